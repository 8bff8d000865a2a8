"""A store that fails under a running debate: never a lie, nobody else held up, and well again by itself."""

from __future__ import annotations

import asyncio

import pytest

from fishbowl.debate.refused import Refused
from fishbowl.live import loop as loop_module
from fishbowl.live import standing as standing_module
from fishbowl.live.loop import Accepted
from fishbowl.live.session import Close
from fishbowl.live.standing import standing
from fishbowl.log.contract import Unavailable
from tests.fakes import FakeClock
from tests.live.served import within
from tests.live.stage import SLUG, Stage, stage
from tests.live.test_connection import connect, says

SOON = 0.01


async def fails(played: Stage, person: str) -> None:
    played.log.broken = True
    assert isinstance(await played.does(person, "post", "first", text="lost"), Refused)
    await played.settles()


async def test_while_it_fails_nothing_is_decided_and_all_is_read(clock: FakeClock) -> None:
    """One folding anew, then a look whether the store takes a write: readers never wait for either."""
    async with stage(clock) as played:
        cleo = await played.joins()
        await fails(played, cleo)
        reads, checks = played.log.reads, played.log.checks
        for number in range(20):
            refused = await played.does(cleo, "post", f"{number}", text="not now")
            assert isinstance(refused, Refused)
            assert (refused.code, refused.retry_after) == ("service.unavailable", 2.0)
            assert await asyncio.wait_for(played.debate.read(lambda state: len(state.people)), 0.1) == 5
        assert played.log.reads == reads
        assert played.log.checks == checks + 20


async def test_it_is_found_well_without_being_asked(
    clock: FakeClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nobody has to post for a debate to notice that the store takes writes again."""
    monkeypatch.setattr(loop_module, "RETRY_SECONDS", SOON)
    async with stage(clock) as played:
        cleo = await played.joins()
        await fails(played, cleo)
        assert played.debate.loop.failing
        played.log.broken = False
        assert await within(2, lambda: not played.debate.loop.failing)
        assert isinstance(await played.does(cleo, "post", "first", text="lost"), Accepted)


async def test_a_clock_that_cannot_be_stored_does_not_spin(clock: FakeClock) -> None:
    """A seat's clock that runs out on a failing store is tried every two seconds, not at once and again."""
    async with stage(clock) as played:
        cleo = await played.joins()
        await played.does("chair", "invite", person=cleo)
        assert played.debate.loop.alarm_in is not None
        await fails(played, cleo)
        clock.advance(600_000)
        checks = played.log.checks
        played.debate.loop.someone_came_or_went()
        await asyncio.sleep(0.1)
        assert played.log.checks - checks == 1
        assert (played.debate.loop.alarm_in or 0) > 1
        played.log.broken = False
        played.debate.loop.someone_came_or_went()
        await played.settles()
        assert await played.debate.read(lambda state: state.offer_to(cleo)) is None


async def test_who_reads_is_told_where_nothing_can_be_read_back(
    clock: FakeClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nobody waits for a store that is gone: readers hear it, newcomers 1013; then all is as before."""
    monkeypatch.setattr(loop_module, "RETRY_SECONDS", SOON)
    async with stage(clock) as played:
        cleo = await played.joins()
        played.log.broken = played.log.unreadable = True
        played.log.gate.clear()
        refused = played.asks(cleo, "post", "first", text="lost")
        await asyncio.sleep(0)
        waiting = asyncio.ensure_future(played.debate.read(lambda state: state.seq))
        played.log.gate.set()
        assert isinstance(await refused, Refused)
        with pytest.raises(Unavailable):
            await asyncio.wait_for(waiting, 1)
        with pytest.raises(Unavailable):
            await asyncio.wait_for(played.debate.read(lambda state: state.seq), 1)
        connection, phone = connect(played)
        await says(connection, do="hello")
        assert phone.closed == Close.TRY_AGAIN
        played.log.broken = played.log.unreadable = False
        assert await within(2, lambda: not played.debate.loop.failing)
        assert isinstance(await played.does(cleo, "post", "first", text="lost"), Accepted)


@pytest.mark.parametrize("guarded", [True, False], ids=["guarded", "guard taken out"])
async def test_a_long_debate_is_folded_in_slices(
    clock: FakeClock, monkeypatch: pytest.MonkeyPatch, guarded: bool
) -> None:
    """Others have their turn while a long debate is read back; folded in one go, they would wait for it."""
    async with stage(clock) as played:
        cleo = await played.joins()
        await asyncio.gather(*(played.asks(cleo, "post", f"{n}", text="hello") for n in range(3000)))
        monkeypatch.setattr(standing_module, "RECORDS_A_SLICE", 100 if guarded else 10**9)
        turns = 0

        async def others() -> None:
            nonlocal turns
            while True:
                await asyncio.sleep(0)
                turns += 1

        beside = asyncio.create_task(others())
        stood = await standing(played.log, SLUG, since=2900)
        beside.cancel()
        assert (turns > 25) is guarded
        assert [record.seq for record in stood.since] == list(range(2901, played.debate.head + 1))
        assert await played.debate.read(lambda state: state == stood.state)
