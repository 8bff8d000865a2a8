"""Records read page by page: the thread rests while a debate goes on, and not where nothing happens."""

import asyncio

import pytest

from fishbowl.log import paging
from fishbowl.log.memory import MemoryLog
from fishbowl.log.paging import PagedRecords
from tests.log.samples import created, posted


class Watch:
    """A clock that goes on by itself a little and by what is slept."""

    def __init__(self) -> None:
        self.now, self.slept = 0.0, 0

    def perf_counter(self) -> float:
        self.now += paging.WORK_SECONDS / 4
        return self.now

    def sleep(self, seconds: float) -> None:
        self.now += seconds
        self.slept += 1


@pytest.fixture
def watch(monkeypatch: pytest.MonkeyPatch) -> Watch:
    watch = Watch()
    monkeypatch.setattr(paging, "time", watch)
    return watch


async def test_rests_while_something_is_stored(watch: Watch) -> None:
    """From the first record that is stored until a while after the last; before and later it works on."""
    log = MemoryLog()
    await log.create("pier", [created()], "e")
    paged = PagedRecords(log, "pier", 1, asyncio.get_running_loop())

    def works() -> int:
        before = watch.slept
        for _ in range(100):
            paged.rest()
        return watch.slept - before

    assert works() == 0
    await log.append("pier", 1, [posted(2)])
    assert works() > 10
    assert works() > 10
    watch.now += paging.BUSY_SECONDS
    assert works() == 0
    await log.append("pier", 2, [posted(3)])
    assert works() > 10
