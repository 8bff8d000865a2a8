"""Clocks stand still while the debate is paused or frozen and while the service is down. RULES, "Phases".

A clock is the time at which it ends. Nothing is written while it stands; the record that starts it again
says how long it stood (`stood_still`), and every end moves by that.
"""

import pytest

from fishbowl.debate.commands import Change, Resume
from fishbowl.debate.events import FloorThawed, PhaseMoved, SeatExtended, ServiceResumed
from fishbowl.debate.settle import next_deadline
from fishbowl.debate.vocabulary import CLOCK
from tests.debate.stories import NOON, Story, begun, opened

MINUTE = 60_000


def with_clocks() -> Story:
    """An offer to Cleo until 30 s past noon, and Tomos away until 90 s past noon."""
    story = begun("cleo dan")
    story.cleo.raises_hand()
    story.tomos.drops()
    return story


def stop(story: Story, how: str) -> None:
    if how == "paused":
        story.chair.moves_to("paused")
    elif how == "frozen":
        story.chair.freezes()


def start(story: Story, how: str) -> None:
    if how == "paused":
        story.chair.moves_to("live")
    elif how == "frozen":
        story.chair.thaws()


@pytest.mark.parametrize("how", ["paused", "frozen"])
def test_clocks_stand_still(how: str) -> None:
    """While they stand no clock ends; when they run again each has as long as it had."""
    story = with_clocks()
    story.passes(10)
    stop(story, how)
    assert next_deadline(story.state) is None
    assert story.passes(600) == []
    start(story, how)
    assert (story.seat(3).until, story.seat(2).until) == (NOON + 630_000, NOON + 690_000)
    assert story.passes(19.999) == []
    assert story.passes(0.001) == ["seat.declined", "hand.lowered"]
    assert story.passes(60) == ["seat.lent"]


@pytest.mark.parametrize(("how", "kind"), [("paused", PhaseMoved), ("frozen", FloorThawed)])
def test_the_record_says_how_long(how: str, kind: type[PhaseMoved | FloorThawed]) -> None:
    """The record that starts the clocks says how long they stood, so that every reader moves them alike."""
    story = with_clocks()
    stop(story, how)
    story.passes(123.456)
    start(story, how)
    assert story.last(kind).stood_still == 123_456


def test_the_service_was_down() -> None:
    """Time the service was down counts for no clock, and the record says from when to when."""
    story = with_clocks()
    story.passes(10)
    since = story.now
    story.service_is_down(600)
    resumed = story.last(ServiceResumed)
    assert (resumed.since, resumed.stood_still) == (since, 600_000)
    assert story.seat(3).until == NOON + 630_000
    assert story.passes(19.999) == []
    assert story.passes(0.001) == ["seat.declined", "hand.lowered"]


def test_down_while_paused() -> None:
    """Down in a pause: the pause counts once."""
    story = with_clocks()
    story.chair.moves_to("paused")
    story.passes(60)
    story.service_is_down(600)
    assert story.last(ServiceResumed).stood_still == 0
    story.passes(40)
    story.chair.moves_to("live")
    assert story.last(PhaseMoved).stood_still == 700_000
    assert story.seat(3).until == NOON + 730_000


def test_last_seen_before_the_last_record() -> None:
    """The service was alive when it wrote its last record, whatever else it noted."""
    story = begun("cleo")
    story.passes(30)
    story.cleo.raises_hand()
    story.now += 60_000
    story.play(CLOCK, Resume(since=NOON))
    assert story.last(ServiceResumed) == ServiceResumed(since=NOON + 30_000, stood_still=60_000)


def test_frozen_within_a_pause() -> None:
    """Frozen and paused at once, clocks run when both are over, and stood from the first to the last."""
    story = with_clocks()
    story.chair.moves_to("paused")
    story.passes(10)
    story.chair.freezes()
    story.passes(10)
    story.chair.moves_to("live")
    assert story.last(PhaseMoved).stood_still == 0
    assert not story.state.running
    story.passes(10)
    story.chair.thaws()
    assert story.last(FloorThawed).stood_still == 30_000
    assert story.seat(3).until == NOON + 60_000


def test_thawed_within_a_pause() -> None:
    """A thaw in a pause starts nothing."""
    story = with_clocks()
    story.chair.freezes()
    story.passes(10)
    story.chair.moves_to("paused")
    story.passes(10)
    story.chair.thaws()
    assert story.last(FloorThawed).stood_still == 0
    assert not story.state.running
    story.passes(10)
    story.chair.moves_to("live")
    assert story.last(PhaseMoved).stood_still == 30_000
    assert story.seat(3).until == NOON + 60_000


def test_a_clock_begun_while_they_stand() -> None:
    """A clock that begins while clocks stand has its full time once they run."""
    story = begun("cleo dan")
    story.passes(5)
    story.chair.moves_to("paused")
    story.passes(100)
    story.chair.invites("dan")
    assert story.passes(100) == []
    story.chair.moves_to("live")
    assert story.passes(29.999) == []
    assert story.passes(0.001) == ["seat.declined"]


def test_a_turn_begun_while_they_stand() -> None:
    """A newcomer seated in a pause has the full turn after it."""
    story = begun("cleo dan", turn_seconds=30)
    story.chair.closes_seat(1)
    story.chair.closes_seat(2)
    story.passes(60)
    story.chair.moves_to("paused")
    story.passes(1000)
    story.chair.seats("cleo")
    story.passes(1000)
    story.chair.moves_to("live")
    assert story.dan.raises_hand() == ["hand.raised"]
    assert story.passes(29.999) == []
    assert story.passes(0.001) == ["circle.full"]


def test_who_makes_room_stands_still() -> None:
    """The question who makes room waits through a pause."""
    story = begun("cleo dan", turn_seconds=0)
    story.cleo.takes_seat()
    story.dan.raises_hand()
    story.passes(50)
    story.chair.moves_to("paused")
    assert story.passes(600) == []
    assert story.chair.moves_to("live") == ["phase.moved"]
    assert story.passes(9.999) == []
    assert story.passes(0.001) == ["circle.left_to_chair"]


def test_nothing_is_offered_while_they_stand() -> None:
    """A seat that falls free on a frozen floor is offered once it is thawed, with the full time."""
    story = begun("cleo dan")
    story.cleo.takes_seat()
    story.chair.freezes()
    story.dan.raises_hand()
    assert story.cleo.leaves_seat() == ["seat.freed"]
    story.passes(100)
    assert story.chair.thaws() == ["floor.thawed", "seat.offered"]
    assert story.seat(3).until == story.now + 30_000


def test_the_plan_moves_along() -> None:
    """The end of the plan is the first start plus the minutes, later by every interruption."""
    story = begun("cleo")
    assert (story.state.started_at, story.state.ends_at) == (NOON, NOON + 60 * MINUTE)
    story.chair.moves_to("paused")
    story.passes(300)
    story.chair.moves_to("live")
    story.service_is_down(60)
    story.chair.freezes()
    story.passes(60)
    story.chair.thaws()
    assert story.state.started_at == NOON
    assert story.state.ends_at == NOON + 67 * MINUTE


def test_seven_minutes_more() -> None:
    """Another length of the plan moves its end while it runs."""
    story = begun()
    story.play("organiser", Change(minutes=67))
    assert story.state.ends_at == NOON + 67 * MINUTE


def test_several_clocks_at_once() -> None:
    """Clocks that ended while nobody looked are carried out together, the earliest first."""
    story = with_clocks()
    story.ines.drops()
    story.now += 300_000
    assert story.clock_strikes() == ["seat.declined", "hand.lowered", "seat.lent", "seat.lent"]
    assert story.clock_strikes() == []


def test_time_never_goes_back() -> None:
    """Where the clock on the wall is set back, records and clocks go on from the last record."""
    story = begun("cleo")
    story.passes(60)
    story.chair.announces("Tea is ready.")
    story.now -= 50_000
    story.cleo.raises_hand()
    assert story.records[-1].at == NOON + 60_000
    assert story.seat(3).until == NOON + 90_000
    story.chair.moves_to("paused")
    story.chair.moves_to("live")
    assert story.last(PhaseMoved).stood_still == 0


# More time


def test_the_chair_extends_any_clock() -> None:
    """The chair gives any running clock at a seat more time, as often as needed."""
    story = with_clocks()
    assert story.chair.extends(3, 60) == ["seat.extended"]
    assert story.chair.extends(3, 60) == ["seat.extended"]
    assert story.last(SeatExtended) == SeatExtended(seat=3, until=NOON + 150_000)
    story.chair.extends(2, 600)
    story.chair.closes_seat(1)
    story.chair.extends(1, 30)
    assert (story.seat(2).until, story.seat(1).until) == (NOON + 690_000, NOON + 90_000)


def test_no_clock_to_extend() -> None:
    """Where no clock runs there is nothing to extend."""
    story = begun("cleo")
    story.cleo.takes_seat()
    for seat in (1, 3):
        with story.refuses("seat.no_clock", f"seat {seat}"):
            story.chair.extends(seat, 60)
    with story.refuses("seat.no_clock"):
        story.cleo.extends_turn()
    with story.refuses("seat.unknown"):
        story.chair.extends(9, 60)


def test_an_offer_is_extended_once() -> None:
    """Whoever has an offer may have its 30 s once more, and no more; the chair can give more."""
    story = with_clocks()
    assert story.cleo.extends_turn() == ["seat.extended"]
    assert story.last(SeatExtended) == SeatExtended(seat=3, until=NOON + 60_000, own=True)
    with story.refuses("seat.extended", "chair"):
        story.cleo.extends_turn()
    assert story.chair.extends(3, 5) == ["seat.extended"]
    with story.refuses("seat.extended"):
        story.cleo.extends_turn()


def test_a_grace_is_extended_once() -> None:
    """The holder of a seat that closes may have the grace once more."""
    story = begun("cleo")
    story.cleo.takes_seat()
    story.chair.closes_seat(3)
    story.cleo.extends_turn()
    assert story.seat(3).until == NOON + 120_000
    with story.refuses("seat.extended"):
        story.cleo.extends_turn()


def test_another_offer_is_another_clock() -> None:
    """A new offer may be extended again."""
    story = with_clocks()
    story.cleo.extends_turn()
    story.cleo.lowers_hand()
    story.cleo.raises_hand()
    assert story.cleo.extends_turn() == ["seat.extended"]


def test_neither_seated_nor_offered() -> None:
    """Who neither sits nor has an offer has no clock of their own."""
    story = opened("cleo")
    with story.refuses("seat.not_seated", "no seat is offered"):
        story.cleo.extends_turn()
