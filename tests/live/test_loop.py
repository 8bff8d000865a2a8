"""One debate's loop: batch = transaction, answers after the disk, failures that lose nothing."""

from __future__ import annotations

import asyncio

import pytest

from fishbowl.debate.commands import Resume, TimePasses
from fishbowl.debate.events import ServiceResumed
from fishbowl.debate.evolve import fold
from fishbowl.debate.reading import command_from
from fishbowl.debate.refused import Refused
from fishbowl.debate.vocabulary import CLOCK
from fishbowl.live.debate import LiveDebate
from fishbowl.live.lanes import MOST_WAITING
from fishbowl.live.loop import Accepted
from fishbowl.live.session import Close
from tests.fakes import FakeClock
from tests.live.stage import SLUG, Stage, stage


async def agrees_with_the_log(played: Stage) -> None:
    """What is stored folds to what is live."""
    stored = fold(await played.log.read(SLUG))
    await played.debate.read(lambda state: _equal(state, stored))


def failing(played: Stage) -> bool:
    return played.debate.loop.failing


def _equal(state: object, stored: object) -> None:
    assert state == stored


async def test_what_waits_becomes_one_transaction(clock: FakeClock) -> None:
    """Commands that come while a batch commits are the next batch, decided in order."""
    async with stage(clock) as played:
        cleo = await played.joins()
        before = len(played.log.appended)
        played.log.gate.clear()
        first = played.asks(cleo, "post", "1", text="one")
        await asyncio.sleep(0)
        rest = [played.asks(cleo, "post", f"{number}", text="more") for number in range(2, 9)]
        await asyncio.sleep(0)
        played.log.gate.set()
        answers = await asyncio.gather(first, *rest)
        assert played.log.appended[before:] == [1, 7]
        assert [answer.contribution for answer in answers if isinstance(answer, Accepted)] == list(
            range(1, 9)
        )


async def test_commands_gather_while_frames_do(clock: FakeClock) -> None:
    """Where publishing gathers records, what comes one by one shares transactions; else each has its own."""
    async with stage(clock) as played:
        cleo = await played.joins()

        async def one_by_one(name: str) -> int:
            before = len(played.log.appended)
            asked = []
            for number in range(6):
                asked.append(played.asks(cleo, "post", f"{name} {number}", text="more"))
                for _ in range(10):
                    await asyncio.sleep(0)
            await asyncio.gather(*asked)
            return len(played.log.appended) - before

        assert await one_by_one("at rest") == 6
        played.debate.hub.pressed = True
        played.debate.hub.wake = lambda: None  # type: ignore[method-assign]  # it stays pressed
        assert await one_by_one("pressed") == 2


async def test_nothing_is_answered_or_shown_before_it_is_on_disk(clock: FakeClock) -> None:
    """While the log has not returned, the asker waits, nobody hears the record, no reader sees it."""
    async with stage(clock) as played:
        cleo = await played.joins()
        ear = played.ear()
        await played.settles()
        played.log.gate.clear()
        answer = played.asks(cleo, "post", "1", text="not yet")
        looking = asyncio.ensure_future(played.debate.read(lambda state: len(state.contributions)))
        for _ in range(20):
            await asyncio.sleep(0)
        assert not answer.done()
        assert ear.heard("contribution.posted") == []
        assert played.debate.head == (await played.log.head(SLUG))
        played.log.gate.set()
        assert isinstance(await answer, Accepted)
        assert await looking == 1
        await played.settles()
        assert len(ear.heard("contribution.posted")) == 1


async def test_a_failing_store_is_never_acknowledged_and_forgets_nothing(clock: FakeClock) -> None:
    """Disk full: refused with a retryable code, reading goes on, and it recovers when space returns."""
    async with stage(clock) as played:
        cleo = await played.joins()
        played.log.broken = True
        refused = await played.does(cleo, "post", "1", text="lost?")
        assert isinstance(refused, Refused)
        assert (refused.code, refused.retry_after) == ("service.unavailable", 2.0)
        assert failing(played)
        assert await played.debate.read(lambda state: len(state.contributions)) == 0
        await agrees_with_the_log(played)
        played.log.broken = False
        answer = await played.does(cleo, "post", "1", text="lost?")
        assert isinstance(answer, Accepted)
        assert answer.contribution == 1
        assert not failing(played)
        await agrees_with_the_log(played)


async def test_what_a_failing_disk_kept_all_the_same_is_found_and_answered(clock: FakeClock) -> None:
    """The fate of a failed append is unknown: asked again with its id, it is stored once and answered."""
    async with stage(clock) as played:
        cleo = await played.joins()
        ear = played.ear()
        played.log.broken = played.log.kept_though_failed = True
        assert isinstance(await played.does(cleo, "post", "1", text="kept"), Refused)
        played.log.broken = False
        answer = await played.does(cleo, "post", "1", text="kept")
        assert isinstance(answer, Accepted)
        assert answer.contribution == 1
        assert await played.debate.read(lambda state: len(state.contributions)) == 1
        await played.settles()
        assert len(ear.heard("contribution.posted")) == 1
        await agrees_with_the_log(played)


async def test_the_same_id_gives_the_same_reply_and_one_record(clock: FakeClock) -> None:
    """Asked several times at once and again later, a command is stored once; another body is `id.reused`."""
    async with stage(clock) as played:
        cleo = await played.joins()
        asked = [played.asks(cleo, "post", "same", text="once") for _ in range(5)]
        answers = await asyncio.gather(*asked)
        assert len(set(answers)) == 1
        assert await played.does(cleo, "post", "same", text="once") == answers[0]
        reused = await played.does(cleo, "post", "same", text="twice")
        assert isinstance(reused, Refused)
        assert reused.code == "id.reused"
        assert await played.debate.read(lambda state: len(state.contributions)) == 1


async def test_batches_and_refusals_are_told(clock: FakeClock) -> None:
    """Whoever watches hears of every batch on disk and of every refusal by its code, and of nothing else."""
    async with stage(clock) as played:
        cleo = await played.joins()
        batches = len(played.noted.batches)
        await asyncio.gather(*(played.asks(cleo, "post", f"{n}", text="hello") for n in range(3)))
        assert played.noted.batches[batches:] == [(3, 3)]
        assert played.noted.refusals == []
        played.log.broken = True
        await played.does(cleo, "post", "lost", text="hello")
        played.log.broken = False
        await played.does(cleo, "focus", "mine", question=1)
        assert played.noted.refusals == ["service.unavailable", "right.missing"]
        assert played.noted.batches[batches:] == [(3, 3)]
        await played.settles()
        assert played.noted.drops == []


async def test_ids_belong_to_a_person(clock: FakeClock) -> None:
    """Two people may use the same id."""
    async with stage(clock) as played:
        cleo, dan = await played.joins(), await played.joins()
        answers = [await played.does(person, "post", "same", text="hello") for person in (cleo, dan)]
        assert [answer.contribution for answer in answers if isinstance(answer, Accepted)] == [1, 2]


async def test_a_refused_id_is_decided_anew(clock: FakeClock) -> None:
    """A refusal is not remembered: when its reason is gone, the same id is accepted."""
    async with stage(clock) as played:
        cleo = await played.joins()
        await played.does("chair", "freeze", on=True)
        assert isinstance(await played.does(cleo, "post", "1", text="hello"), Refused)
        await played.does("chair", "freeze", on=False)
        assert isinstance(await played.does(cleo, "post", "1", text="hello"), Accepted)


async def test_what_changed_nothing_is_remembered_too(clock: FakeClock) -> None:
    """A repeated id whose command changed nothing does not act later, when it would."""
    async with stage(clock) as played:
        await played.does("chair", "focus", "a", question=2)
        unchanged = await played.does("chair", "focus", "b", question=2)
        await played.does("chair", "focus", "c", question=3)
        assert await played.does("chair", "focus", "b", question=2) == unchanged
        assert await played.debate.read(lambda state: state.focus) == 3
        reused = await played.does("chair", "focus", "b", question=1)
        assert isinstance(reused, Refused)
        assert reused.code == "id.reused"


async def test_an_onlooker_can_ask_for_nothing(clock: FakeClock) -> None:
    """Whoever has not joined is refused `right.missing`."""
    async with stage(clock) as played:
        reply = await played.debate.ask(None, {"do": "post", "id": "1", "text": "hello"})
        assert (reply["ok"], reply["code"]) == (False, "right.missing")
        assert await played.debate.read(lambda state: len(state.contributions)) == 0


async def test_the_queue_is_bounded(clock: FakeClock) -> None:
    """Beyond its bound, commands are refused at once with a time to wait; those within are carried out."""
    async with stage(clock) as played:
        cleo = await played.joins()
        played.log.gate.clear()
        first = played.asks(cleo, "post", "first", text="hello")
        await asyncio.sleep(0)
        waiting = [played.asks(cleo, "lower_hand", f"{number}") for number in range(MOST_WAITING)]
        refused = await played.asks(cleo, "post", "late", text="hello")
        assert isinstance(refused, Refused)
        assert refused.code == "service.overloaded"
        assert refused.retry_after
        played.log.gate.set()
        answers = await asyncio.gather(first, *waiting)
        assert all(isinstance(answer, Accepted) for answer in answers)


async def test_a_time_never_goes_back(clock: FakeClock) -> None:
    """The wall clock may be set back; records' times do not follow it."""
    async with stage(clock) as played:
        cleo = await played.joins()
        clock.advance(100)
        await played.does(cleo, "post", "1", text="one")
        clock.set_back(3600)
        await played.does(cleo, "post", "2", text="two")
        times = [record.at for record in await played.log.read(SLUG)]
        assert times == sorted(times)


async def test_a_deadline_is_carried_out_and_the_next_one_awaited(clock: FakeClock) -> None:
    """An offer that nobody answers lapses; the loop has set its alarm for it and none afterwards."""
    async with stage(clock) as played:
        cleo = await played.joins()
        await played.does(cleo, "raise_hand")
        assert played.debate.loop.alarm_in is not None
        assert 0 < played.debate.loop.alarm_in <= 31
        clock.advance(31)
        await played.debate.submit(CLOCK, TimePasses(), None)
        seat = await played.debate.read(lambda state: state.seats[3].state)
        assert seat == "free"
        assert await played.debate.read(lambda state: state.hands) == {}
        assert played.debate.loop.alarm_in is None


async def test_after_a_restart_clocks_have_stood_still(clock: FakeClock) -> None:
    """The time the service was down does not count, and every holder is away with the full time."""
    async with stage(clock) as played:
        cleo = await played.joins()
        played.debate.touch(cleo)
        await played.does(cleo, "take_seat")
        clock.advance(500)
        await played.debate.submit(CLOCK, Resume(since=clock.now() - 400_000), None)
        seat = await played.debate.read(lambda state: (state.seats[3].state, state.seats[3].turn_until))
        assert seat == ("taken", clock.now() + 200_000)


async def test_what_changed_nothing_is_remembered_across_a_restart(clock: FakeClock) -> None:
    """Its id is kept beside the records, in the same transaction; a failed one is not remembered."""
    async with stage(clock) as played:
        await played.does("chair", "focus", "a", question=2)
        unchanged = await played.does("chair", "focus", "b", question=2)
        played.log.broken = True
        assert isinstance(await played.does("chair", "focus", "lost", question=2), Refused)
        played.log.broken = False
        await played.does("chair", "focus", "c", question=3)
        state = fold(await played.log.read(SLUG))
        again = LiveDebate(SLUG, "epoch", played.log, clock, state, await played.log.unchanged(SLUG))
        again.start(None)
        try:
            asked = command_from({"do": "focus", "id": "b", "question": 2})
            assert await again.submit("chair", asked, "b") == unchanged
            assert await again.read(lambda state: state.focus) == 3
            lost = command_from({"do": "focus", "id": "lost", "question": 2})
            answer = await again.submit("chair", lost, "lost")
            assert isinstance(answer, Accepted)
            assert await again.read(lambda state: state.focus) == 2
        finally:
            await again.stop(Close.GOING_DOWN)


@pytest.mark.parametrize("guarded", [True, False], ids=["guarded", "guard taken out"])
async def test_a_clock_set_forward_lets_no_seat_run_out(
    clock: FakeClock, monkeypatch: pytest.MonkeyPatch, guarded: bool
) -> None:
    """An hour that never was is an interruption: clocks stood still in it, as when the service is down."""
    if not guarded:
        monkeypatch.setattr("fishbowl.live.jump.JUMP_MS", 10**12)
    async with stage(clock) as played:
        cleo, dan = await played.joins(), await played.joins()
        await played.does("chair", "invite", person=cleo)
        clock.advance(10)
        clock.set_forward(3600)
        await played.does(dan, "post", text="what time is it?")
        played.debate.loop.someone_came_or_went()
        await played.settles()
        offered = await played.debate.read(lambda state: state.offer_to(cleo))
        assert (offered is not None) is guarded
        if offered is not None:
            assert offered.until == clock.now() + 20_000
        await agrees_with_the_log(played)


async def test_a_clock_that_drifts_is_no_interruption(clock: FakeClock) -> None:
    """A second in a quarter of an hour is drift; and time that passes is no jump."""
    async with stage(clock) as played:
        cleo = await played.joins()
        for number in range(5):
            clock.advance(900)
            clock.set_forward(1)
            await played.does(cleo, "post", f"{number}", text="still here")
        kinds = {type(record.event) for record in await played.log.read(SLUG)}
        assert ServiceResumed not in kinds


async def test_a_clock_set_back_goes_on(clock: FakeClock) -> None:
    """Records never go back in time, and what is asked for then is decided."""
    async with stage(clock) as played:
        cleo = await played.joins()
        await played.does(cleo, "post", "before", text="before")
        clock.set_back(3600)
        assert isinstance(await played.does(cleo, "post", "after", text="after"), Accepted)
        times = [record.at for record in await played.log.read(SLUG)]
        assert times == sorted(times)
