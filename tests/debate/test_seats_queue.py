"""Entry `queue`: a free open seat is offered to the first hand. RULES, "Entry"."""

import pytest

from fishbowl.debate.events import HandLowered, SeatDeclined, SeatOffered, SeatTaken
from fishbowl.debate.refused import Refused
from tests.debate.stories import NOON, begun, opened


def test_nobody_is_seated_by_raising_a_hand() -> None:
    """A hand brings an offer of the free seat, and no seat."""
    story = begun("cleo")
    assert story.cleo.raises_hand() == ["hand.raised", "seat.offered"]
    assert story.seat(3).state == "offered"
    assert story.seat(3).holder == "cleo"
    assert story.state.seat_of("cleo") is None
    assert story.hands == ["cleo"]
    offer = story.last(SeatOffered)
    assert (offer.until, offer.invited) == (NOON + 30_000, False)


def test_an_offer_is_taken() -> None:
    """`take_seat` accepts the offer; the hand is lowered."""
    story = begun("cleo")
    story.cleo.raises_hand()
    assert story.cleo.takes_seat() == ["seat.taken", "hand.lowered"]
    assert (story.seat(3).state, story.seat(3).holder) == ("taken", "cleo")
    assert story.last(SeatTaken).why == "offered"
    assert story.last(HandLowered).why == "seated"
    assert story.hands == []
    assert story.person("cleo").seated == 1


def test_an_offer_is_declined() -> None:
    """`lower_hand` declines the offer and lowers the hand; the next in line is asked."""
    story = begun("cleo dan")
    story.cleo.raises_hand()
    story.dan.raises_hand()
    assert story.cleo.lowers_hand() == ["seat.declined", "hand.lowered", "seat.offered"]
    assert story.last(SeatDeclined).why == "declined"
    assert story.last(HandLowered).why == "declined"
    assert story.seat(3).holder == "dan"
    assert story.hands == ["dan"]


def test_an_offer_lapses() -> None:
    """After 30 s an unanswered offer is over and lowers the hand; the next in line is asked."""
    story = begun("cleo dan")
    story.cleo.raises_hand()
    story.dan.raises_hand()
    assert story.passes(29.999) == []
    assert story.passes(0.001) == ["seat.declined", "hand.lowered", "seat.offered"]
    assert story.last(SeatDeclined).why == "lapsed"
    assert story.last(HandLowered) == HandLowered(person="cleo", why="lapsed")
    assert story.seat(3).holder == "dan"
    assert story.seat(3).until == NOON + 60_000


def test_the_last_offer_lapses() -> None:
    """With nobody else in line a lapsed offer leaves the seat free."""
    story = begun("cleo")
    story.cleo.raises_hand()
    story.passes(31)
    assert (story.seat(3).state, story.seat(3).holder, story.seat(3).until) == ("free", None, None)
    assert story.hands == []


def test_somebody_elses_offer() -> None:
    """`take_seat` on a seat offered to somebody else is not for you, named or not, with or without a hand."""
    story = begun("cleo dan eva")
    story.cleo.raises_hand()
    story.dan.raises_hand()
    for seat in (None, 3):
        with story.refuses("seat.not_first", "number 2 in line"):
            story.dan.takes_seat(seat)
        with story.refuses("seat.not_first", "Raise your hand"):
            story.eva.takes_seat(seat)
    assert story.seat(3).holder == "cleo"


def test_no_hand_up() -> None:
    """With no hand up, `take_seat` seats at once."""
    story = begun("cleo")
    assert story.cleo.takes_seat() == ["seat.taken"]
    assert story.last(SeatTaken).why == "claimed"


def test_your_hand_first() -> None:
    """With your hand first, `take_seat` seats at once, also where no offer could be made."""
    story = begun("cleo dan")
    story.chair.freezes()
    story.cleo.raises_hand()
    story.dan.raises_hand()
    assert story.seat(3).state == "free"
    with story.refuses("seat.not_first", "number 2"):
        story.dan.takes_seat()
    with story.refuses("seat.not_first"):
        story.dan.takes_seat(3)
    assert story.cleo.takes_seat() == ["seat.taken", "hand.lowered"]


def test_no_free_seat() -> None:
    """Where no seat is free or offered, `take_seat` says so, and where you are in line."""
    story = begun("cleo dan eva")
    story.cleo.takes_seat()
    with story.refuses("seat.none_free", "Raise your hand"):
        story.dan.takes_seat()
    story.dan.raises_hand()
    with story.refuses("seat.none_free", "first in line"):
        story.dan.takes_seat()
    with story.refuses("seat.taken", "first in line"):
        story.dan.takes_seat(3)


def test_two_on_one_seat() -> None:
    """Of two people on the same seat one gets it; the other is told at once what happened and what to do."""
    story = begun("cleo dan")
    story.cleo.takes_seat(3)
    with story.refuses("seat.taken", "Seat 3 was taken a moment before you", "Raise your hand"):
        story.dan.takes_seat(3)


def test_already_seated() -> None:
    """Nobody who sits takes another seat or raises a hand."""
    story = begun("cleo", {"seats": {"open": 2}})
    story.cleo.takes_seat()
    with story.refuses("seat.already_seated"):
        story.cleo.takes_seat(4)
    with story.refuses("seat.already_seated"):
        story.cleo.raises_hand()
    with story.refuses("seat.already_seated"):
        story.ines.takes_seat()


def test_a_seat_that_is_not() -> None:
    """A seat that does not exist, is closed or kept for a speaker cannot be taken."""
    story = opened("cleo")
    story.chair.closes_seat(3)
    with story.refuses("seat.unknown", "seat 9"):
        story.cleo.takes_seat(9)
    with story.refuses("seat.closed", "Seat 3"):
        story.cleo.takes_seat(3)
    story.admits("nora", "speaker", "Nora Lind")
    with story.refuses("seat.reserved", "Seat 4"):
        story.cleo.takes_seat(4)
    assert story.state.seat_of("cleo") is None


def test_hands_in_order() -> None:
    """Hands wait in the order they went up; one raised twice keeps its place, one lowered loses it."""
    story = begun("cleo dan eva")
    story.chair.freezes()
    for person in (story.cleo, story.dan, story.eva):
        person.raises_hand()
    assert story.cleo.raises_hand("again") == []
    assert story.hands == ["cleo", "dan", "eva"]
    assert story.cleo.lowers_hand() == ["hand.lowered"]
    assert story.last(HandLowered).why == "lowered"
    story.cleo.raises_hand()
    assert story.hands == ["dan", "eva", "cleo"]


def test_no_hand_to_lower() -> None:
    """Lowering a hand that is not up changes nothing."""
    story = begun("cleo")
    assert story.cleo.lowers_hand() == []


def test_several_free_seats() -> None:
    """Every free seat is offered, to one hand each, in the order of hands and seats."""
    story = begun("cleo dan eva", {"seats": {"open": 2}})
    for person in (story.cleo, story.dan, story.eva):
        person.raises_hand()
    assert [story.seat(number).holder for number in (3, 4)] == ["cleo", "dan"]
    with story.refuses("seat.not_first"):
        story.cleo.takes_seat(4)
    story.dan.lowers_hand()
    assert story.seat(4).holder == "eva"


def test_the_offered_choose_no_other_seat() -> None:
    """Whoever has an offer and takes another free seat, with nobody else waiting, gives the offer back."""
    story = begun("cleo", {"seats": {"open": 2}})
    story.cleo.raises_hand()
    assert story.cleo.takes_seat(4) == ["seat.declined", "seat.taken", "hand.lowered"]
    assert [story.seat(number).state for number in (3, 4)] == ["free", "taken"]


def test_a_freed_seat_goes_on() -> None:
    """A seat that is left is offered to the first hand at once."""
    story = begun("cleo dan")
    story.cleo.takes_seat()
    story.dan.raises_hand()
    assert story.cleo.leaves_seat() == ["seat.freed", "seat.offered", "circle.eased"]
    assert story.seat(3).holder == "dan"


def test_leaving_without_a_seat() -> None:
    """Whoever does not sit cannot leave a seat."""
    story = begun("cleo")
    with story.refuses("seat.not_seated"):
        story.cleo.leaves_seat()
    story.cleo.raises_hand()
    with story.refuses("seat.not_seated"):
        story.cleo.leaves_seat()


def test_hands_in_the_lobby() -> None:
    """Hands, offers and seats begin in the lobby."""
    story = opened("cleo")
    assert story.cleo.raises_hand() == ["hand.raised", "seat.offered"]
    assert story.cleo.takes_seat() == ["seat.taken", "hand.lowered"]


def test_wrap_up_lowers_hands() -> None:
    """In wrap-up no hand is up and none is raised; an offer already made may still be taken."""
    story = begun("cleo dan", {"seats": {"open": 1}})
    story.cleo.raises_hand()
    story.dan.raises_hand()
    assert story.chair.moves_to("wrap_up") == ["phase.moved", "hand.lowered", "hand.lowered"]
    assert story.last(HandLowered).why == "wrap_up"
    with story.refuses("phase.not_live", "lobby, live"):
        story.dan.raises_hand()
    assert story.cleo.takes_seat() == ["seat.taken"]
    assert story.cleo.leaves_seat() == ["seat.freed"]
    assert story.dan.takes_seat() == ["seat.taken"]


def test_no_hand_is_advised_in_wrap_up() -> None:
    """Where no hand can be raised, nobody is told to raise one."""
    story = begun("cleo dan")
    story.cleo.takes_seat()
    story.chair.moves_to("wrap_up")
    with pytest.raises(Refused) as refused:
        story.dan.takes_seat()
    assert refused.value.message == "No seat is free just now."


def test_an_offer_lapses_in_wrap_up() -> None:
    """In wrap-up an offer that lapses leaves the seat free for whoever comes first."""
    story = begun("cleo dan")
    story.cleo.raises_hand()
    story.chair.moves_to("wrap_up")
    assert story.passes(30) == ["seat.declined"]
    assert story.dan.takes_seat() == ["seat.taken"]


def test_a_note_on_a_hand() -> None:
    """A hand may carry a note, for chair and moderators."""
    story = begun("cleo")
    story.cleo.raises_hand("It is about the key.")
    assert story.state.hands["cleo"].note == "It is about the key."


def test_entry_is_changed_under_way() -> None:
    """Going over to `queue` offers what is free to the hands that are up."""
    story = begun("cleo dan", entry="claim")
    story.cleo.raises_hand()
    story.dan.raises_hand()
    assert story.seat(3).state == "free"
    assert story.chair.sets_rules(entry="queue") == ["rules.changed", "seat.offered"]
    assert story.seat(3).holder == "cleo"
