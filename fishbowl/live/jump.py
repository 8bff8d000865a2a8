"""Whether a clock has jumped: the wall's compared with one that nobody sets.

Knows nothing but the two. A machine that slept, or a clock that was set ahead, is no time that has passed for
anybody in a debate.
"""

from __future__ import annotations

from typing import Final

from fishbowl.clock import Clock
from fishbowl.debate.vocabulary import Instant

__all__ = ["JUMP_MS", "Moment", "jumped_from", "moment"]

JUMP_MS: Final = 5_000
"""A clock that is ahead by so much, and a thousandth of the time passed, has jumped; below that it drifts."""

Moment = tuple[Instant, float]
"""By both clocks: milliseconds, and seconds that only ever grow."""


def moment(clock: Clock) -> Moment:
    return clock.now(), clock.monotonic()


def jumped_from(seen: Moment, clock: Clock) -> Instant | None:
    """What time it would be now, had the clock not jumped since `seen`; None where it has not."""
    now, monotonic = moment(clock)
    passed = (monotonic - seen[1]) * 1000
    due = seen[0] + int(passed)
    return None if now - due < JUMP_MS + passed / 1000 else due
