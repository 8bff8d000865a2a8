"""Reserved seats: taken when the speaker comes, lent when the speaker steps out. RULES, "Seats"."""

from fishbowl.debate.events import HandRaised, SeatFreed, SeatLent, SeatTaken
from tests.debate.stories import begun, drafted, opened


def test_a_reserved_seat_waits_for_its_speaker() -> None:
    """A reserved seat is free until its speaker connects in the lobby; then it is taken, as a record."""
    story = drafted()
    assert story.ines.arrives() == []
    assert story.chair.moves_to("announced") == ["phase.moved"]
    assert story.seat(1).state == "free"
    assert story.chair.moves_to("lobby") == ["phase.moved", "seat.taken"]
    assert story.last(SeatTaken) == SeatTaken(seat=1, person="ines", why="reserved")
    assert story.seat(2).state == "free"
    assert story.tomos.arrives() == ["seat.taken"]


def test_a_speaker_comes_late() -> None:
    """A speaker who comes while the debate is live, paused or wrapped up sits down too."""
    for phases in (["live"], ["live", "paused"], ["live", "wrap_up"]):
        story = drafted()
        story.chair.moves_to("lobby", *phases)
        assert story.ines.arrives() == ["seat.taken"]


def test_a_kept_seat_is_nobody_elses() -> None:
    """Until its speaker has come, a reserved seat is neither offered nor taken."""
    story = drafted()
    story.chair.moves_to("live")
    story.cleo.joins()
    story.dan.joins()
    story.cleo.takes_seat()
    with story.refuses("seat.reserved"):
        story.dan.takes_seat(1)
    assert story.dan.raises_hand() == ["hand.raised"]
    with story.refuses("seat.none_free"):
        story.dan.takes_seat()


def test_a_speaker_lends() -> None:
    """A speaker who steps out lends the seat: it counts as a free open one."""
    story = begun("cleo dan")
    assert story.ines.leaves_seat() == ["seat.lent"]
    assert (story.seat(1).state, story.seat(1).speaker, story.seat(1).holder) == ("lent", "ines", None)
    story.cleo.takes_seat()
    assert story.dan.raises_hand() == ["hand.raised", "seat.offered"]
    assert story.dan.takes_seat() == ["seat.taken", "hand.lowered"]
    assert story.seat(1).holder == "dan"
    assert story.last(SeatTaken).why == "offered"


def test_a_lent_seat_is_not_taken_back_by_itself() -> None:
    """A speaker who is still connected is not seated again by themselves."""
    story = begun()
    story.ines.leaves_seat()
    assert story.clock_strikes() == []
    story.ines.drops()
    assert story.ines.arrives() == []
    assert story.seat(1).state == "lent"


def test_a_speaker_sits_down_again() -> None:
    """A speaker takes a seat they have lent back at once, hands or no hands."""
    story = begun("cleo")
    story.chair.freezes()
    story.ines.leaves_seat()
    story.cleo.raises_hand()
    assert story.ines.takes_seat() == ["seat.taken"]
    assert story.last(SeatTaken) == SeatTaken(seat=1, person="ines", why="reserved")


def test_a_speaker_comes_first_in_line() -> None:
    """A speaker whose seat is lent and taken comes first in line, before hands that were up earlier."""
    story = begun("cleo dan eva", turn_seconds=0)
    story.ines.leaves_seat()
    story.cleo.takes_seat(1)
    story.dan.takes_seat(3)
    story.eva.raises_hand()
    assert "hand.raised" in story.ines.raises_hand()
    assert story.last(HandRaised).first
    assert story.hands == ["ines", "eva"]
    story.dan.leaves_seat()
    assert story.seat(3).holder == "ines"


def test_two_speakers_in_line() -> None:
    """Two speakers who wait are served in the order of their hands."""
    story = begun("cleo dan eva", turn_seconds=0)
    for speaker, borrower in ((story.ines, story.cleo), (story.tomos, story.dan)):
        speaker.leaves_seat()
        borrower.takes_seat(story.state.own_seat(speaker.id).seat)  # type: ignore[union-attr]
    story.eva.takes_seat(3)
    story.tomos.raises_hand()
    story.ines.raises_hand()
    assert story.hands == ["tomos", "ines"]


def test_lent_again() -> None:
    """A lent seat whose borrower leaves is lent again."""
    story = begun("cleo")
    story.ines.leaves_seat()
    story.cleo.takes_seat(1)
    assert story.cleo.leaves_seat() == ["seat.freed"]
    assert story.last(SeatFreed).state == "lent"
    assert story.seat(1).state == "lent"


def test_an_offer_of_a_lent_seat_falls_back() -> None:
    """A lent seat whose offer is declined or lapses is lent again, and never free."""
    story = begun("cleo dan")
    story.ines.leaves_seat()
    story.dan.takes_seat(3)
    story.cleo.raises_hand()
    assert (story.seat(1).state, story.seat(1).holder) == ("offered", "cleo")
    story.cleo.lowers_hand()
    assert story.seat(1).state == "lent"
    story.cleo.raises_hand()
    story.passes(30)
    assert story.seat(1).state == "lent"


def test_a_lent_seat_on_offer_is_not_the_speakers() -> None:
    """While a lent seat is offered to somebody, its speaker waits for the answer, first in line."""
    story = begun("cleo dan")
    story.dan.takes_seat(3)
    story.ines.leaves_seat()
    story.cleo.raises_hand()
    for seat in (None, 1):
        with story.refuses("seat.not_first", "offered to somebody else"):
            story.ines.takes_seat(seat)
    story.ines.raises_hand()
    story.cleo.lowers_hand()
    assert (story.seat(1).state, story.seat(1).holder) == ("offered", "ines")
    assert story.ines.takes_seat() == ["seat.taken", "hand.lowered"]


def test_until_its_speaker_sits_in_it() -> None:
    """A speaker who sits on another seat leaves their own lent; leaving that one does not seat them again."""
    story = begun("cleo dan", turn_seconds=0)
    story.ines.leaves_seat()
    story.cleo.takes_seat(1)
    story.ines.takes_seat(3)
    assert story.cleo.leaves_seat() == ["seat.freed"]
    assert story.seat(1).state == "lent"
    assert story.ines.leaves_seat() == ["seat.freed"]
    assert story.seat(1).state == "lent"
    assert story.ines.takes_seat() == ["seat.taken"]
    assert story.seat(1).own


def test_a_speaker_elsewhere_lends_their_kept_seat() -> None:
    """A speaker put on an open seat before they came, who steps out from there, lends their own too."""
    story = drafted()
    story.chair.moves_to("lobby")
    story.chair.seats("ines", 3)
    story.ines.arrives()
    assert (story.seat(3).holder, story.seat(1).state) == ("ines", "free")
    assert story.ines.leaves_seat() == ["seat.freed", "seat.lent"]
    assert story.state.seat_of("ines") is None


def test_a_speaker_prefers_their_own() -> None:
    """Of several free seats a speaker takes their own, everybody else an open one."""
    story = begun("cleo")
    story.ines.leaves_seat()
    story.tomos.leaves_seat()
    story.tomos.takes_seat()
    assert story.seat(2).holder == "tomos"
    story.cleo.takes_seat()
    assert story.seat(3).holder == "cleo"


def test_a_hand_up_when_the_seat_is_kept_again() -> None:
    """A speaker waiting for a seat sits down when the chair opens one for them, and the hand goes down."""
    story = begun("cleo dan", turn_seconds=0)
    story.chair.closes_seat(1)
    story.passes(60)
    story.cleo.takes_seat()
    story.dan.raises_hand()
    story.ines.raises_hand()
    assert not story.last(HandRaised).first, "no seat is reserved for her just now"
    story.tomos.leaves_seat()
    assert story.seat(2).holder == "dan"
    assert story.chair.opens_seat("reserved", "ines") == ["seat.opened", "seat.taken", "hand.lowered"]
    assert story.seat(1).own


def test_an_offer_elsewhere_when_a_speaker_comes() -> None:
    """A speaker who has another seat offered and sits down on their own gives the offer back."""
    story = begun("cleo")
    story.chair.closes_seat(1)
    story.passes(60)
    story.ines.raises_hand()
    assert story.seat(3).holder == "ines"
    opened_again = story.chair.opens_seat("reserved", "ines")
    assert opened_again == ["seat.opened", "seat.declined", "seat.taken", "hand.lowered"]
    assert story.seat(3).state == "free"


def test_no_rule_rotates_a_speaker_out() -> None:
    """Whatever time passes, a speaker who is there keeps the seat."""
    story = opened("cleo dan", turn_seconds=0)
    story.chair.moves_to("live")
    story.cleo.takes_seat()
    story.dan.raises_hand()
    story.passes(7200)
    assert [story.seat(number).holder for number in (1, 2, 3)] == ["ines", "tomos", "cleo"]


def test_a_speaker_leaves_the_debate() -> None:
    """A speaker who leaves lends the seat, stays known, and may come back to it."""
    story = begun("cleo")
    assert story.ines.leaves() == ["seat.lent"]
    assert story.last(SeatLent).why == "gone"
    assert story.ines.leaves() == [], "there is nothing left to leave"
    assert story.ines.takes_seat() == ["seat.taken"]
    assert story.ines.leaves() == ["seat.lent"]
    assert story.chair.seats("ines") == ["seat.taken"]
