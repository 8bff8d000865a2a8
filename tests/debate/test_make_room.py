"""Exit `make_room`: when a hand waits and no seat is free, those seated are asked who goes; and exit `chair`.

RULES, "Exit".
"""

from fishbowl.debate.events import CircleFull, SeatLent
from tests.debate.stories import NOON, Story, begun


def full(*, turn_seconds: int = 300, open_seats: int = 1, **rules: object) -> Story:
    """Everybody sits, Cleo (and Fay) on the open seats since noon; Dan and Eva are there."""
    seats = {"seats": {"open": open_seats}}
    story = begun("cleo fay dan eva", seats, turn_seconds=turn_seconds, **rules)
    story.cleo.takes_seat()
    if open_seats > 1:
        story.passes(1)
        story.fay.takes_seat()
    return story


def test_the_circle_is_asked() -> None:
    """A hand and no free seat: everybody seated is asked, for a grace of 60 s."""
    story = full(turn_seconds=0)
    assert story.dan.raises_hand() == ["hand.raised", "circle.full"]
    assert story.last(CircleFull) == CircleFull(until=NOON + 60_000, seats=(3, 1, 2))


def test_the_longest_seated_first() -> None:
    """Of the open seats the one held longest is asked first; the speakers come after them."""
    story = full(turn_seconds=0, open_seats=2)
    story.dan.raises_hand()
    assert story.last(CircleFull).seats == (3, 4, 1, 2)
    story.passes(1)
    story.cleo.leaves_seat()
    story.dan.takes_seat()
    story.passes(1)
    story.eva.raises_hand()
    assert story.last(CircleFull).seats == (4, 3, 1, 2)


def test_borrowed_seats_count_as_open() -> None:
    """Who borrowed a speaker's seat is asked like the holder of an open one, by how long they sit."""
    story = begun("cleo dan eva", turn_seconds=0)
    story.ines.leaves_seat()
    story.cleo.takes_seat(1)
    story.passes(5)
    story.dan.takes_seat(3)
    story.eva.raises_hand()
    assert story.last(CircleFull).seats == (1, 3, 2)


def test_newcomers_are_not_asked() -> None:
    """A newcomer is not asked within their first `turn_seconds`; the others are, at once."""
    story = full(turn_seconds=300)
    story.passes(299)
    story.dan.raises_hand()
    assert story.last(CircleFull).seats == (1, 2)


def test_a_newcomers_turn_ends() -> None:
    """With only newcomers seated nobody is asked until the first of them has had their turn."""
    story = full(turn_seconds=300)
    story.chair.closes_seat(1)
    story.chair.closes_seat(2)
    story.passes(60)
    assert story.dan.raises_hand() == ["hand.raised"]
    assert story.passes(239.999) == []
    assert story.passes(0.001) == ["circle.full"]
    assert story.last(CircleFull) == CircleFull(until=NOON + 360_000, seats=(3,))


def test_a_newcomer_may_leave_all_the_same() -> None:
    """Not being asked is no duty to stay."""
    story = full(turn_seconds=300)
    story.dan.raises_hand()
    assert story.cleo.leaves_seat() == ["seat.freed", "seat.offered", "circle.eased"]


def test_anyone_may_go() -> None:
    """Anybody seated may make room, asked first or not: the question is settled when a seat is free."""
    story = full(turn_seconds=0)
    story.dan.raises_hand()
    assert story.tomos.leaves_seat() == ["seat.lent", "seat.offered", "circle.eased"]
    assert story.last(SeatLent).why == "left"
    assert story.seat(2).holder == "dan"
    assert story.state.circle_full is None


def test_the_chair_is_asked_to_decide() -> None:
    """If nobody goes, the chair is asked to decide, and nothing happens by itself."""
    story = full(turn_seconds=0)
    story.dan.raises_hand()
    assert story.passes(59.999) == []
    assert story.passes(0.001) == ["circle.left_to_chair"]
    assert story.state.circle_full is not None
    assert story.state.circle_full.left_to_chair
    assert story.passes(3600) == []
    assert [story.seat(number).state for number in (1, 2, 3)] == ["taken"] * 3


def test_the_chair_decides() -> None:
    """Left to the chair, a seat freed or opened settles it."""
    story = full(turn_seconds=0)
    story.dan.raises_hand()
    story.passes(60)
    assert story.chair.frees_seat(3) == ["seat.freed", "seat.offered", "circle.eased"]
    story.dan.takes_seat()
    story.eva.raises_hand()
    assert story.chair.opens_seat() == ["seat.opened", "seat.offered", "circle.eased"]


def test_nobody_waits_any_more() -> None:
    """The last hand lowered settles the question."""
    story = full(turn_seconds=0)
    story.dan.raises_hand()
    story.eva.raises_hand()
    assert story.dan.lowers_hand() == ["hand.lowered"]
    assert story.eva.lowers_hand() == ["hand.lowered", "circle.eased"]
    assert story.passes(60) == []


def test_it_is_asked_once() -> None:
    """A second hand does not ask again, nor start the clock anew."""
    story = full(turn_seconds=0)
    story.dan.raises_hand()
    story.passes(30)
    assert story.eva.raises_hand() == ["hand.raised"]
    assert story.passes(30) == ["circle.left_to_chair"]


def test_it_is_asked_again() -> None:
    """When one was seated and the next still waits, the circle is asked anew, with a clock of its own."""
    story = full(turn_seconds=0)
    story.dan.raises_hand()
    story.eva.raises_hand()
    story.passes(10)
    story.cleo.leaves_seat()
    assert story.state.circle_full is None
    assert story.dan.takes_seat() == ["seat.taken", "hand.lowered", "circle.full"]
    assert story.last(CircleFull).until == NOON + 70_000


def test_a_closing_seat_is_not_asked() -> None:
    """Who sits on a seat that is about to close is not asked: it would make no room."""
    story = full(turn_seconds=0)
    story.chair.closes_seat(3)
    story.dan.raises_hand()
    assert story.last(CircleFull).seats == (1, 2)


def test_nobody_seated() -> None:
    """Where nobody sits nobody is asked."""
    story = begun("dan", turn_seconds=0)
    for number in (1, 2, 3):
        story.chair.closes_seat(number)
    story.passes(60)
    assert story.dan.raises_hand() == ["hand.raised"]
    assert story.passes(600) == []


def test_not_in_wrap_up() -> None:
    """In wrap-up nobody is asked to make room any more."""
    story = full(turn_seconds=0)
    story.dan.raises_hand()
    assert story.chair.moves_to("wrap_up") == ["phase.moved", "hand.lowered", "circle.eased"]


def test_grace_is_a_rule() -> None:
    """The grace is as long as the rules say."""
    story = full(turn_seconds=0, grace_seconds=20)
    story.dan.raises_hand()
    assert story.last(CircleFull).until == NOON + 20_000


# Exit `chair`


def test_only_the_chair_frees_seats() -> None:
    """Under `chair` nobody is asked, nobody leaves a seat by themselves, and the chair frees them."""
    story = full(turn_seconds=0, exit="chair")
    assert story.dan.raises_hand() == ["hand.raised"]
    for person in (story.cleo, story.ines):
        with story.refuses("seat.chair_decides", "Ask the chair"):
            person.leaves_seat()
    assert story.chair.frees_seat(3) == ["seat.freed", "seat.offered"]


def test_leaving_the_debate_is_nobodys_to_refuse() -> None:
    """Under `chair` too, whoever leaves the debate leaves their seat."""
    story = full(turn_seconds=0, exit="chair")
    assert story.cleo.leaves() == ["seat.freed", "person.left"]


def test_exit_is_changed_under_way() -> None:
    """Going over to `chair` takes the question back; going over to `make_room` asks it."""
    story = full(turn_seconds=0)
    story.dan.raises_hand()
    assert story.chair.sets_rules(exit="chair") == ["rules.changed", "circle.eased"]
    assert story.chair.sets_rules(exit="make_room") == ["rules.changed", "circle.full"]
