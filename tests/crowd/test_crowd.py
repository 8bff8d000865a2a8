"""The crowd that is not there: it keeps a debate going, by the rules, and never stands still."""

import asyncio
from collections import Counter
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from random import Random

import pytest

from fishbowl.clock import to_wire
from fishbowl.crowd import Crowd, HeadStart, Members, corner_shops
from fishbowl.crowd.acts import next_act
from fishbowl.crowd.story import Lines
from fishbowl.debate.definition import parse_definition
from fishbowl.debate.evolve import fold
from fishbowl.debate.opening import opening
from fishbowl.debate.record import Record
from fishbowl.debate.state import State
from fishbowl.debate.vocabulary import Role
from fishbowl.live.debate import LiveDebate, fresh_id
from fishbowl.live.session import Close
from fishbowl.log.memory import MemoryLog
from fishbowl.text import find_entities, graphemes
from tests.fakes import FakeClock

STORY = corner_shops()
AHEAD = 11 * 60


@asynccontextmanager
async def under_way(
    size: int = 20, seconds: float = AHEAD, *, rehearsal: bool = False, real: FakeClock | None = None
) -> AsyncIterator[tuple[Crowd, LiveDebate]]:
    """A debate in which the crowd has been at it for `seconds`."""
    clock, log = HeadStart(real or FakeClock(), seconds), MemoryLog()
    definition = parse_definition({**STORY.definition, "starts_at": to_wire(clock.now())})
    cast, records = opening(definition, clock.now(), fresh_id, lambda: b"sixteen bytes of")
    await log.create(definition.slug, records, "epoch")
    debate = LiveDebate(definition.slug, "epoch", log, clock, fold(records))
    debate.start(None)
    members = Members(cast.chair, [person for person, _ in cast.speakers])
    chance = Random(7)
    lines = Lines.for_anything("de", chance) if rehearsal else Lines.of(STORY, chance)
    crowd = Crowd(
        debate,
        lines,
        members,
        size=size,
        chance=chance,
        clock=clock,
        pause=clock.pause,
        dropouts=rehearsal,
    )
    try:
        await crowd.open()
        await crowd.play(until=lambda: clock.has_caught_up)
        yield crowd, debate
    finally:
        await debate.stop(Close.GOING_DOWN)


def happened(records: list[Record]) -> Counter[str]:
    return Counter(type(record.event).__name__ for record in records)


async def test_a_crowd_brings_about_all_that_a_debate_is() -> None:
    """After eleven minutes every question was spoken on, seats changed hands, and people answered."""
    async with under_way() as (crowd, debate):
        state: State = await debate.read(lambda state: state)
        what = happened(await debate.stored())
        assert all(question.contributions > 3 for question in state.questions.values())
        taken_by = {seat.holder for seat in state.seats.values() if seat.held and seat.speaker is None} | {
            person.person
            for person in state.people.values()
            if person.seated and person.role is Role.PARTICIPANT
        }
        assert len(taken_by) >= 4, "open seats rotate"
        for event in ("HandRaised", "SeatOffered", "SeatFreed", "ContributionEndorsed", "QuestionFocused"):
            assert what[event] > 3, f"{event} was to be seen"
        replies = [one for one in state.contributions.values() if one.reply_to]
        assert len(replies) > 10
        assert len(crowd.members.floor) == 20


async def test_a_crowd_keeps_to_the_rules() -> None:
    """It is seldom refused, and only where somebody was faster or had to wait."""
    async with under_way() as (crowd, _):
        assert crowd.refused.total() < crowd.acts / 20, crowd.refused
        assert not crowd.refused.keys() & {"bad_request", "right.missing", "text.empty", "id.reused"}


async def test_a_crowd_for_rehearsals_misbehaves() -> None:
    """In a rehearsal there is something to hide, always by the same two, and some lines go dead."""
    real = FakeClock()
    async with under_way(rehearsal=True, real=real) as (crowd, debate):
        state = await debate.read(lambda state: state)
        said = {one.text: one.author for one in state.contributions.values()}
        assert "asdfghjkl" in said, "mischief, in the debate's language"
        assert any("Frage" in (text or "") for text in said)
        rude = {said[text] for text in ("asdfghjkl", "DAS IST ALLES QUATSCH") if text in said}
        assert rude <= set(crowd.members.floor[:2])
        while not crowd.members.gone:
            await crowd.once()
        gone = set(crowd.members.gone)
        assert not gone & set(crowd.members.here())
        real.advance(200)
        await crowd.once()
        assert len(gone & set(crowd.members.here())) >= len(gone) - 1, "they come back"


async def test_a_crowd_rests_while_nothing_may_be_said() -> None:
    """In a pause, and on a frozen floor, nobody of it does anything."""
    async with under_way(size=4, seconds=60) as (crowd, debate):
        for do in ({"do": "freeze", "on": True}, {"do": "move_to", "phase": "paused"}):
            assert crowd.members.chair is not None
            reply = await debate.ask(crowd.members.chair, {**do, "id": do["do"]})
            assert reply["ok"], reply
            before = debate.head
            for _ in range(50):
                await crowd.once()
            assert debate.head == before


async def test_without_a_chair_of_its_own_a_crowd_steers_nothing() -> None:
    """Where a person chairs, the focus is theirs to move."""
    async with under_way(seconds=60) as (crowd, debate):
        crowd.members.chair = None
        chance, lines = Random(3), Lines.of(STORY, Random(3))
        state = await debate.read(lambda state: state)
        late = state.at + 3_600_000
        acts = [next_act(state, crowd.members, lines, chance, late) for _ in range(500)]
        done = {act.command["do"] for act in acts if act is not None}
        assert {"post", "endorse"} <= done
        assert not done & {"focus", "highlight", "move_to"}


def test_the_story_fits_its_debate() -> None:
    """Every guest and the floor have lines on every question, short enough, and all different."""
    definition = parse_definition({**STORY.definition, "starts_at": "2026-01-31T12:00:00.000Z"})
    questions = len(definition.questions)
    assert STORY.speakers.keys() == {speaker.name for speaker in definition.speakers}
    assert {len(lines) for lines in STORY.speakers.values()} == {questions} == {len(STORY.floor)}
    said = [line for guest in STORY.speakers.values() for lines in guest for line in lines]
    said += [line for lines in STORY.floor for line in lines] + STORY.replies
    assert len(said) == len(set(said)) > 80
    assert all(0 < graphemes(line) <= 200 for line in said)
    assert any(find_entities(line).hashtags for line in said)


def test_no_line_comes_again_before_all_have_come() -> None:
    """Lines are drawn in a new order each time all were drawn."""
    lines = Lines.of(STORY, Random(1))
    drawn = [lines.on(2) for _ in range(2 * len(STORY.floor[1]))]
    assert Counter(drawn) == Counter(STORY.floor[1] * 2)


async def test_a_clock_with_a_head_start_catches_up_and_never_goes_back() -> None:
    """What is paused for costs no time until then, and its time afterwards."""
    clock, real = HeadStart(FakeClock(), 90.0), FakeClock()
    seen = [clock.now()]
    for _ in range(3):
        await clock.pause(30)
        seen.append(clock.now())
    assert seen == [real.now() - late for late in (90_000, 60_000, 30_000, 0)]
    assert clock.has_caught_up
    with pytest.raises(TimeoutError):
        # Caught up, it waits as any clock does.
        await asyncio.wait_for(clock.pause(60), 0.01)
