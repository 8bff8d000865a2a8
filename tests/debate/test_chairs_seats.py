"""What the chair does with seats: opens, closes, frees, seats, invites. RULES, "Seats"."""

import pytest

from fishbowl.debate.circle import MAX_SEATS
from fishbowl.debate.events import HandLowered, SeatClosed, SeatDeclined, SeatFreed, SeatLeaving, SeatOffered
from tests.debate.stories import NOON, begun, drafted

# Opening and closing


def test_a_further_seat() -> None:
    """The chair opens a further open seat; it goes to the first hand."""
    story = begun("cleo dan", turn_seconds=300)
    story.cleo.takes_seat()
    story.dan.raises_hand()
    assert story.chair.opens_seat() == ["seat.opened", "seat.offered", "circle.eased"]
    assert (story.seat(4).kind, story.seat(4).holder) == ("open", "dan")


def test_a_closed_seat_opens_again() -> None:
    """A seat that was closed is the one that opens again, before a new one is made."""
    story = begun()
    story.chair.closes_seat(3)
    story.chair.opens_seat()
    assert story.seat(3).state == "free"
    assert 4 not in story.state.seats


def test_a_reserved_seat_is_for_a_speaker() -> None:
    """A reserved seat is opened for a speaker who has none, and nobody else."""
    story = begun("cleo")
    with story.refuses("bad_request", '"person"'):
        story.chair.opens_seat("reserved")
    with story.refuses("bad_request", "reserved seat only"):
        story.chair.opens_seat("open", "ines")
    with story.refuses("person.not_speaker"):
        story.chair.opens_seat("reserved", "cleo")
    with story.refuses("person.unknown"):
        story.chair.opens_seat("reserved", "nobody")
    with story.refuses("seat.reserved", "Seat 1"):
        story.chair.opens_seat("reserved", "ines")
    story.chair.closes_seat(1)
    story.passes(60)
    assert story.chair.opens_seat("reserved", "ines") == ["seat.opened", "seat.taken"]
    assert story.seat(1).own


def test_a_circle_has_its_limit() -> None:
    """A circle holds at most so many seats, opened or issued with a speaker's link."""
    story = begun()
    for _ in range(MAX_SEATS - 3):
        story.chair.opens_seat()
    with story.refuses("seat.too_many", str(MAX_SEATS)):
        story.chair.opens_seat()
    with story.refuses("seat.too_many"):
        story.admits("nora", "speaker", "Nora Lind")
    story.chair.closes_seat(5)
    assert story.chair.opens_seat() == ["seat.opened"]


@pytest.mark.parametrize("state", ["free", "kept", "lent"])
def test_a_free_seat_closes_at_once(state: str) -> None:
    """A seat where nobody sits closes at once, and can be neither taken nor offered."""
    story = drafted()
    story.chair.moves_to("live")
    story.cleo.joins()
    seat = 3 if state == "free" else 1
    if state == "lent":
        story.ines.arrives()
        story.ines.leaves_seat()
    assert story.chair.closes_seat(seat, "One is enough.") == ["seat.closed"]
    assert story.last(SeatClosed).reason == "One is enough."
    assert story.seat(seat).state == "closed"
    with story.refuses("seat.closed"):
        story.cleo.takes_seat(seat)
    with story.refuses("seat.closed", "Open it first"):
        story.chair.seats("cleo", seat)
    assert story.chair.closes_seat(seat) == [], "it is closed already"


def test_a_taken_seat_closes_after_grace() -> None:
    """Closing a taken seat starts its holder's grace; at its end the seat is freed and closed."""
    story = begun("cleo dan")
    story.cleo.takes_seat()
    assert story.chair.closes_seat(3, "We end with speakers.") == ["seat.leaving"]
    leaving = story.last(SeatLeaving)
    assert (leaving.until, leaving.closing) == (NOON + 60_000, True)
    assert leaving.reason == "We end with speakers."
    assert story.seat(3).holder == "cleo"
    assert story.chair.closes_seat(3) == [], "it is closing already"
    assert story.passes(59.999) == []
    assert story.passes(0.001) == ["seat.freed", "seat.closed"]
    assert story.last(SeatFreed) == SeatFreed(seat=3, person="cleo", why="closed")


def test_a_closing_seat_goes_to_nobody() -> None:
    """A seat whose holder goes before the grace is over closes then; no hand is asked."""
    story = begun("cleo dan")
    story.cleo.takes_seat()
    story.dan.raises_hand()
    story.chair.closes_seat(3)
    assert story.cleo.leaves_seat() == ["seat.freed", "seat.closed"]
    assert story.hands == ["dan"]


def test_a_speakers_seat_closes() -> None:
    """A speaker's own seat that closes is not lent; without it their hand is one like others."""
    story = begun("cleo")
    story.chair.closes_seat(1)
    assert story.passes(60) == ["seat.freed", "seat.closed"]
    assert story.seat(1).state == "closed"
    story.cleo.takes_seat()
    story.ines.raises_hand()
    assert not story.state.hands["ines"].first


def test_an_away_seat_closes_after_grace() -> None:
    """Who is away when their seat closes has the same grace as somebody who is there."""
    story = begun("cleo")
    story.cleo.takes_seat()
    story.cleo.drops()
    assert story.chair.closes_seat(3) == ["seat.leaving"]
    assert story.cleo.arrives() == []
    assert (story.seat(3).state, story.seat(3).until) == ("leaving", NOON + 60_000)
    assert story.passes(60) == ["seat.freed", "seat.closed"]


def test_an_offered_seat_closes() -> None:
    """Closing an offered seat takes the offer back; the hand keeps its place for the next seat."""
    story = begun("cleo dan")
    story.cleo.raises_hand()
    story.dan.raises_hand()
    closed = story.chair.closes_seat(3)
    assert closed[:2] == ["seat.declined", "seat.closed"]
    assert story.last(SeatDeclined) == SeatDeclined(seat=3, person="cleo", why="taken_back")
    assert story.hands == ["cleo", "dan"]
    story.chair.opens_seat()
    assert story.seat(3).holder == "cleo"


def test_a_seat_that_is_not() -> None:
    """No act of the chair works on a seat that does not exist."""
    story = begun("cleo")
    with story.refuses("seat.unknown", "no seat 9"):
        story.chair.closes_seat(9)
    with story.refuses("seat.unknown", "no seat 9"):
        story.chair.frees_seat(9)
    for act in (story.chair.seats, story.chair.invites):
        with story.refuses("seat.unknown", "no seat 9"):
            act("cleo", 9)


# Freeing


def test_a_seat_is_freed() -> None:
    """The chair frees a held seat at once, with a reason; a speaker's is lent."""
    story = begun("cleo")
    story.cleo.takes_seat()
    assert story.chair.frees_seat(3, "You had ten minutes.") == ["seat.freed"]
    assert story.last(SeatFreed) == SeatFreed(
        seat=3, person="cleo", why="chair", reason="You had ten minutes."
    )
    assert story.chair.frees_seat(1) == ["seat.lent"]
    assert story.ines.takes_seat() == ["seat.taken"]


def test_nobody_to_free() -> None:
    """Where nobody sits there is nobody to free."""
    story = begun("cleo")
    story.ines.leaves_seat()
    for seat in (1, 3):
        with story.refuses("seat.not_seated", f"seat {seat}"):
            story.chair.frees_seat(seat)
    story.chair.closes_seat(3)
    with story.refuses("seat.not_seated"):
        story.chair.frees_seat(3)


def test_an_offer_is_taken_back() -> None:
    """Freeing an offered seat takes the offer back and lowers the hand: the next in line is asked."""
    story = begun("cleo dan")
    story.cleo.raises_hand()
    story.dan.raises_hand()
    assert story.chair.frees_seat(3, "Dan first.") == ["seat.declined", "hand.lowered", "seat.offered"]
    back = story.last(SeatDeclined)
    assert (back.person, back.why, back.reason) == ("cleo", "taken_back", "Dan first.")
    assert story.last(HandLowered) == HandLowered(person="cleo", why="taken_back")
    assert story.seat(3).holder == "dan"


def test_an_invitation_is_taken_back() -> None:
    """An invitation taken back ends, without a hand to lower."""
    story = begun("cleo")
    story.chair.invites("cleo")
    assert story.chair.frees_seat(3) == ["seat.declined"]
    assert (story.seat(3).state, story.seat(3).holder) == ("free", None)


# Seating


def test_the_chair_seats_somebody() -> None:
    """Under every rule the chair may seat somebody at once, before all hands."""
    for entry in ("queue", "claim"):
        story = begun("cleo dan", entry=entry)
        story.cleo.raises_hand()
        seated = story.chair.seats("dan")
        assert "seat.taken" in seated
        assert story.seat(3).holder == "dan"
        assert story.hands == ["cleo"], "an offer taken back leaves the hand where it was"


def test_seating_ends_what_they_waited_for() -> None:
    """Who is seated elsewhere gives back an offer, and the hand goes down."""
    story = begun("cleo", {"seats": {"open": 2}})
    story.cleo.raises_hand()
    assert story.chair.seats("cleo", 4) == ["seat.declined", "seat.taken", "hand.lowered"]
    assert [story.seat(number).state for number in (3, 4)] == ["free", "taken"]


def test_seating_on_their_own_offer() -> None:
    """Who has an offer is seated there."""
    story = begun("cleo", {"seats": {"open": 2}})
    story.cleo.raises_hand()
    assert story.chair.seats("cleo") == ["seat.taken", "hand.lowered"]
    assert story.seat(3).holder == "cleo"


def test_a_speaker_is_seated_on_their_own() -> None:
    """A speaker is seated on their own seat where nobody else sits there, offered to somebody or not."""
    story = begun("cleo dan")
    story.dan.takes_seat()
    story.ines.leaves_seat()
    story.cleo.raises_hand()
    assert story.seat(1).holder == "cleo"
    assert story.chair.seats("ines")[:2] == ["seat.declined", "seat.taken"]
    assert story.seat(1).own
    assert story.hands == ["cleo"]


def test_nowhere_to_seat() -> None:
    """Where no seat is free the chair is told; a held seat is not cleared by seating."""
    story = begun("cleo dan")
    story.cleo.takes_seat()
    with story.refuses("seat.none_free", "Open another"):
        story.chair.seats("dan")
    with story.refuses("seat.taken", "seat 3"):
        story.chair.seats("dan", 3)
    story.admits("nora", "speaker", "Nora Lind")
    with story.refuses("seat.reserved", "Seat 4"):
        story.chair.seats("dan", 4)


def test_who_can_be_seated() -> None:
    """Only participants and speakers who are in the debate and do not sit are seated or invited."""
    story = begun("cleo dan", {"seats": {"open": 3}})
    story.cleo.takes_seat()
    story.dan.leaves()
    for act in (story.chair.seats, story.chair.invites):
        with story.refuses("seat.already_seated", story.person("cleo").name or "", "seat 3"):
            act("cleo")
        for person in ("chair", "organiser", "dan", "nobody"):
            with story.refuses("person.unknown"):
                act(person)


# Inviting


@pytest.mark.parametrize("entry", ["queue", "claim"])
def test_an_invitation(entry: str) -> None:
    """The chair invites somebody, with or without a hand up: an offer like any other."""
    story = begun("cleo", entry=entry)
    assert story.chair.invites("cleo") == ["seat.offered"]
    assert story.last(SeatOffered) == SeatOffered(seat=3, person="cleo", until=NOON + 30_000, invited=True)
    assert story.cleo.takes_seat() == ["seat.taken"]


def test_an_invitation_is_declined() -> None:
    """An invitation is declined by lowering the hand, up or not, or lapses; the seat is free again."""
    story = begun("cleo")
    story.chair.invites("cleo")
    assert story.cleo.lowers_hand() == ["seat.declined"]
    story.chair.invites("cleo")
    assert story.passes(30) == ["seat.declined"]
    assert story.seat(3).state == "free"


def test_invited_with_a_hand_up() -> None:
    """Invited under `claim` with a hand up, declining lowers that hand too."""
    story = begun("cleo dan", entry="claim")
    story.cleo.raises_hand()
    story.chair.invites("cleo")
    assert story.cleo.lowers_hand() == ["seat.declined", "hand.lowered"]


def test_an_invitation_passes_the_line() -> None:
    """An invitation takes an offered seat from the first hand, who keeps their place."""
    story = begun("cleo dan")
    story.cleo.raises_hand()
    assert story.chair.invites("dan") == ["seat.declined", "seat.offered"]
    assert story.seat(3).holder == "dan"
    assert story.hands == ["cleo"]
    story.dan.lowers_hand()
    assert story.seat(3).holder == "cleo"


def test_invited_twice() -> None:
    """Nobody has two offers."""
    story = begun("cleo", {"seats": {"open": 2}})
    story.chair.invites("cleo")
    with story.refuses("seat.offered", "Seat 3"):
        story.chair.invites("cleo", 4)


def test_a_speaker_needs_no_invitation() -> None:
    """A seat that is kept for a speaker need not be offered to them; one they lent may be."""
    story = drafted()
    story.chair.moves_to("live")
    for seat in (None, 1):
        with story.refuses("seat.reserved", "Seat 1"):
            story.chair.invites("ines", seat)
    story.ines.arrives()
    story.ines.leaves_seat()
    assert story.chair.invites("ines") == ["seat.offered"]
    assert story.ines.takes_seat() == ["seat.taken"]


def test_leaving_with_an_offer() -> None:
    """Who leaves the debate while a seat is offered to them gives it back, and the hand goes down."""
    story = begun("cleo dan")
    story.cleo.raises_hand()
    story.dan.raises_hand()
    assert story.cleo.leaves() == ["seat.declined", "hand.lowered", "person.left", "seat.offered"]
    assert story.last(HandLowered).why == "gone"
    assert story.seat(3).holder == "dan"
