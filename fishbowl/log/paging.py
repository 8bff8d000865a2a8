"""A debate's records read page by page, in a thread of whoever works on them: a `transcript.Reading`.

Knows no record's meaning. Guarantees that it holds one page, that nothing of the store is held between two,
that it ends at the record it was made for whatever comes later, and, by `rest`, that its thread leaves the
loop most of the time while a debate goes on: both want the same interpreter, and a post must not wait for a
file that somebody downloads.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Coroutine, Iterator, Sequence
from typing import Any, Final

from fishbowl.debate.record import Record
from fishbowl.log.contract import Log, Unavailable

__all__ = ["PagedRecords"]

PAGE: Final = 32
WORK_SECONDS: Final = 0.0005
REST_SECONDS: Final = 0.005
BUSY_SECONDS: Final = 5.0
"""How long after something was stored more of it is reckoned with."""
PATIENCE_SECONDS: Final = 30.0
"""How long the store is waited for. When the service stops, whoever waits in a thread has to hear of it."""


class PagedRecords:
    """The records of `debate` up to `until`; the store is asked on `loop`. Not for the loop's own thread."""

    def __init__(self, log: Log, debate: str, until: int, loop: asyncio.AbstractEventLoop) -> None:
        self.until = until
        self._log = log
        self._debate = debate
        self._loop = loop
        self._since = time.perf_counter()
        self._appends = log.appends
        self._busy_until = self._since

    def __iter__(self) -> Iterator[Record]:
        """Raises as `Log.read`."""
        for since in range(0, self.until, PAGE):
            yield from self._asked(self._log.read(self._debate, since, min(PAGE, self.until - since)))

    def pick(self, seqs: Sequence[int]) -> list[Record]:
        """Raises as `Log.pick`."""
        return self._asked(self._log.pick(self._debate, seqs))

    def rest(self) -> None:
        now = time.perf_counter()
        if now - self._since < WORK_SECONDS:
            return
        if self._log.appends != self._appends:
            self._appends = self._log.appends
            self._busy_until = now + BUSY_SECONDS
        if now < self._busy_until:
            time.sleep(REST_SECONDS)
        self._since = time.perf_counter()

    def _asked(self, asking: Coroutine[Any, Any, list[Record]]) -> list[Record]:
        answer = asyncio.run_coroutine_threadsafe(asking, self._loop)
        try:
            return answer.result(PATIENCE_SECONDS)
        except TimeoutError:
            answer.cancel()
            raise Unavailable(f"The records of {self._debate!r} could not be read in time.") from None
        finally:
            self._since = time.perf_counter()
