"""A clock that begins in the past and catches up: what is played meanwhile seems to have happened then.

Knows nothing of what is played. Guarantees that it never goes back, and is the clock it was made of from the
moment it has caught up.
"""

from __future__ import annotations

import asyncio

from fishbowl.clock import Clock

__all__ = ["HeadStart"]


class HeadStart:
    """`clock`, `seconds` late at first."""

    def __init__(self, clock: Clock, seconds: float) -> None:
        self._clock = clock
        self._late = seconds

    @property
    def has_caught_up(self) -> bool:
        return self._late == 0

    def now(self) -> int:
        return self._clock.now() - round(self._late * 1000)

    def monotonic(self) -> float:
        return self._clock.monotonic() - self._late

    async def pause(self, seconds: float) -> None:
        """Wait for `seconds` of this clock: no time at all while it is late."""
        waited = min(self._late, seconds)
        self._late -= waited
        await asyncio.sleep(seconds - waited)
