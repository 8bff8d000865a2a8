"""Exit `timed`, `oldest_out` and `say_your_piece`: how a turn on an open seat ends.

RULES, "Exit".
"""

import pytest

from fishbowl.debate.events import SeatExtended, SeatFreed, SeatLeaving, SeatOffered
from fishbowl.debate.vocabulary import Exit
from tests.debate.stories import NOON, Story, begun


def full(leaving: str = "timed", *, open_seats: int = 1, **rules: object) -> Story:
    """Cleo (and Fay, a second later) sit on the open seats since noon; Dan and Eva are there."""
    seats = {"seats": {"open": open_seats}}
    story = begun("cleo fay dan eva", seats, exit=leaving, **rules)
    story.cleo.takes_seat()
    if open_seats > 1:
        story.passes(1)
        story.fay.takes_seat()
    return story


def test_a_turn_without_anybody_waiting_does_not_end() -> None:
    """An open seat is held as long as nobody wants it."""
    story = full()
    assert story.passes(3600) == []
    assert story.seat(3).holder == "cleo"


def test_a_hand_during_the_turn() -> None:
    """With a hand up early, the seat falls free when the turn is over, after a minute's warning."""
    story = full()
    story.passes(30)
    assert story.dan.raises_hand() == ["hand.raised"]
    assert story.passes(209.999) == []
    assert story.passes(0.001) == ["seat.leaving"]
    assert story.last(SeatLeaving) == SeatLeaving(seat=3, person="cleo", until=NOON + 300_000)
    assert story.passes(60) == ["seat.freed", "seat.offered"]
    assert story.last(SeatFreed).why == "turn_over"
    assert story.last(SeatOffered).person == "dan"


def test_a_hand_after_the_turn() -> None:
    """With a hand up late, the holder has a minute from then on."""
    story = full()
    story.passes(1000)
    assert story.dan.raises_hand() == ["hand.raised", "seat.leaving"]
    assert story.last(SeatLeaving).until == NOON + 1_060_000


def test_the_holder_extends_once() -> None:
    """One extension on request; the chair's come on top."""
    story = full()
    story.passes(1000)
    story.dan.raises_hand()
    story.cleo.extends_turn()
    assert story.last(SeatExtended) == SeatExtended(seat=3, until=NOON + 1_120_000, own=True)
    with story.refuses("seat.extended"):
        story.cleo.extends_turn()
    story.chair.extends(3, 30)
    assert story.passes(149) == []
    assert story.passes(1) == ["seat.freed", "seat.offered"]


def test_nobody_waits_any_more() -> None:
    """Whoever was to go stays when the last hand is lowered."""
    story = full()
    story.passes(1000)
    story.dan.raises_hand()
    assert story.dan.lowers_hand() == ["hand.lowered", "seat.back"]
    assert story.passes(500) == []


def test_as_many_are_warned_as_wait() -> None:
    """One hand moves the longest seated, a second hand the next."""
    story = full(open_seats=2)
    story.passes(1000)
    story.dan.raises_hand()
    assert (story.seat(3).state, story.seat(4).state) == ("leaving", "taken")
    story.eva.raises_hand()
    assert (story.seat(3).state, story.seat(4).state) == ("leaving", "leaving")
    story.dan.lowers_hand()
    assert (story.seat(3).state, story.seat(4).state) == ("leaving", "taken")


def test_nobody_goes_where_there_is_room() -> None:
    """A seat that falls free meanwhile lets the holder stay."""
    story = full()
    story.passes(1000)
    story.dan.raises_hand()
    assert story.chair.opens_seat() == ["seat.opened", "seat.offered", "seat.back"]


def test_no_turn_of_a_speaker_ends() -> None:
    """A speaker's own seat has no turn; a borrower's of it has."""
    story = begun("cleo dan", {"seats": {"open": 0}}, exit="timed")
    story.dan.raises_hand()
    assert story.passes(3600) == []
    story.ines.leaves_seat()
    story.dan.takes_seat()
    story.cleo.raises_hand()
    assert story.passes(300) == ["seat.leaving", "seat.freed", "seat.offered"]
    assert story.last(SeatFreed).state == "lent"


def test_turns_stand_still_with_the_clocks() -> None:
    """A pause is nobody's turn."""
    story = full()
    story.dan.raises_hand()
    story.passes(100)
    story.chair.moves_to("paused")
    assert story.passes(5000) == []
    story.chair.moves_to("live")
    assert story.passes(139) == []
    assert story.passes(1) == ["seat.leaving"]


@pytest.mark.parametrize("leaving", [each for each in Exit if each != "timed"])
def test_the_rule_is_changed_while_somebody_is_to_go(leaving: str) -> None:
    """A changed rule holds from its record on: nobody goes by the old one."""
    story = full()
    story.passes(1000)
    story.dan.raises_hand()
    assert story.chair.sets_rules(exit=leaving)[:2] == ["rules.changed", "seat.back"]
    assert story.passes(30) == []
    assert story.seat(3).holder == "cleo"


def test_the_rule_is_changed_to_timed() -> None:
    """Whoever has had their turn by then has a minute from the change on."""
    story = full("chair")
    story.dan.raises_hand()
    story.passes(1000)
    assert story.chair.sets_rules(exit="timed") == ["rules.changed", "seat.leaving"]
    assert story.last(SeatLeaving).until == NOON + 1_060_000


def test_the_newest_moves_the_oldest() -> None:
    """A newcomer's `take_seat` starts the grace of the longest seated; then the seat is offered to them."""
    story = full("oldest_out", open_seats=2)
    story.passes(100)
    assert story.dan.takes_seat() == ["hand.raised", "seat.leaving"]
    assert story.last(SeatLeaving) == SeatLeaving(
        seat=3, person="cleo", until=story.now + 60_000, successor="dan"
    )
    assert story.dan.takes_seat() == []
    assert story.passes(60) == ["seat.freed", "seat.offered"]
    assert story.last(SeatOffered).person == "dan"
    assert story.dan.takes_seat() == ["seat.taken", "hand.lowered"]


@pytest.mark.parametrize("entry", ["claim", "queue", "least_heard"])
def test_the_seat_is_for_whoever_asked(entry: str) -> None:
    """Nobody else gets the seat that was freed for somebody, under any rule of entry."""
    story = full("oldest_out", entry=entry)
    story.passes(100)
    story.dan.takes_seat()
    story.passes(5)
    story.eva.raises_hand()
    story.cleo.leaves_seat()
    assert story.seat(3).holder == "dan"
    with story.refuses("seat.not_first"):
        story.eva.takes_seat()


def test_a_minute_is_everybodys() -> None:
    """Who sat down less than a minute ago is not moved."""
    story = full("oldest_out")
    story.passes(59)
    with story.refuses("seat.none_free", "long enough"):
        story.dan.takes_seat()
    story.passes(1)
    assert "seat.leaving" in story.dan.takes_seat()


def test_no_speaker_is_moved() -> None:
    """With speakers alone in the circle nobody can be moved."""
    story = begun("dan", {"seats": {"open": 0}}, exit="oldest_out")
    story.passes(600)
    with story.refuses("seat.none_free"):
        story.dan.takes_seat()


def test_one_waits_ones_turn_to_move_somebody() -> None:
    """In a line, only the first hand moves the longest seated; by invitation, nobody does."""
    story = full("oldest_out")
    story.passes(100)
    story.eva.raises_hand()
    with story.refuses("seat.not_first"):
        story.dan.takes_seat()
    story.chair.sets_rules(entry="invite")
    with story.refuses("seat.by_invitation"):
        story.eva.takes_seat()


def test_lowering_the_hand_lets_them_stay() -> None:
    """Whoever thinks better of it lowers the hand, and the holder stays."""
    story = full("oldest_out")
    story.passes(100)
    story.dan.takes_seat()
    assert story.dan.lowers_hand() == ["hand.lowered", "seat.back"]
    assert story.passes(100) == []


def test_wrap_up_begins_no_turn() -> None:
    """From wrap-up on nobody is moved, and who was to go stays."""
    story = full("oldest_out")
    story.passes(100)
    story.dan.takes_seat()
    assert story.chair.moves_to("wrap_up") == ["phase.moved", "hand.lowered", "seat.back"]
    with story.refuses("seat.none_free"):
        story.dan.takes_seat()


def test_who_has_said_their_piece_goes() -> None:
    """Nobody is asked and nothing ends by itself; who sits leaves by their own click."""
    story = full("say_your_piece", turn_seconds=0)
    story.dan.raises_hand()
    assert story.passes(3600) == []
    assert story.cleo.leaves_seat() == ["seat.freed", "seat.offered"]
