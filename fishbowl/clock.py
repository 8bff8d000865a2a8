"""What time it is, and how a time is written on the wire.

Knows no debate and no deadline: who needs the time is handed a `Clock`, so that a test can hand over one
that stands still.

Inside, a time is an `int`: milliseconds since 1970-01-01T00:00:00Z. On the wire it is RFC 3339 in UTC with
exactly three decimals, so that times of one length sort as text. `from_wire(to_wire(at)) == at` for every
time of the years 1 to 9999.
"""

import re
import time
from datetime import UTC, datetime, timedelta, timezone
from functools import lru_cache
from typing import Protocol

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_SECOND = timedelta(seconds=1)
_SLOWER = 0.9
"""How fast time goes while the machine's clock was set back."""
_BELIEVABLE = 24 * 3600 * 1000
"""A service that was a day ahead was wrong."""
_RFC3339 = re.compile(
    r"(?P<date>[0-9]{4}-[0-9]{2}-[0-9]{2})[Tt](?P<time>[0-9]{2}:[0-9]{2}:[0-9]{2})"
    r"(?:\.(?P<fraction>[0-9]{1,9}))?"
    r"(?:[Zz]|(?P<sign>[+-])(?P<hours>[0-9]{2}):(?P<minutes>[0-9]{2}))"
)


class Clock(Protocol):
    """Two readings, never to be mixed: one is for people and records, the other for measuring."""

    def now(self) -> int:
        """Milliseconds since 1970 UTC. May jump when the machine's clock is set."""
        ...

    def monotonic(self) -> float:
        """Seconds since some moment of no meaning. Never steps back."""
        ...


class SystemClock:
    """The machine's own clock, but one that never steps back: set back, it goes slower until it is right.

    So a minute is a minute (or a little more) for whoever waits on a seat's clock, also while somebody sets
    the machine's. Set forward, it follows at once; what that means for clocks is the loop's to say.
    `not_before`: what the service before this one took for the time, where that is later than the machine's.
    """

    def __init__(self, not_before: int = 0) -> None:
        self._ran = self.monotonic()
        self._now = self._wall()
        if self._now < not_before < self._now + _BELIEVABLE:
            self._now = not_before

    def now(self) -> int:
        wall, ran = self._wall(), self.monotonic()
        gone_on = int((ran - self._ran) * 1000 * _SLOWER)
        if wall >= self._now + gone_on:
            self._now, self._ran = wall, ran
        else:
            self._now += gone_on
            self._ran += gone_on / (1000 * _SLOWER)  # not to `ran`: parts of milliseconds would be lost
        return self._now

    def _wall(self) -> int:
        return time.time_ns() // 1_000_000

    def monotonic(self) -> float:
        return time.monotonic()


def to_wire(at: int) -> str:
    """`1769860800000` as `2026-01-31T12:00:00.000Z`."""
    second, millisecond = divmod(at, 1000)
    return f"{_to_the_second(second)}.{millisecond:03d}Z"


# A batch of records shares its second, so most of them cost one look-up and no walk through the calendar.
@lru_cache(maxsize=256)
def _to_the_second(second: int) -> str:
    try:
        moment = _EPOCH + timedelta(seconds=second)
    except OverflowError:
        raise ValueError(f"{second} seconds from 1970 lies outside the years 1 to 9999") from None
    return moment.isoformat()[:19]


def from_wire(written: str) -> int:
    """The time written as RFC 3339, at any offset; digits finer than a millisecond are dropped.

    Raises `ValueError` with a sentence that can be shown to whoever wrote it.
    """
    match = _RFC3339.fullmatch(written)
    if match is None:
        raise ValueError(
            f"{written!r} is not a time; expected RFC 3339 with an offset, as in "
            "2026-01-31T12:00:00.000Z or 2026-01-31T13:00:00+01:00"
        )
    try:
        moment = datetime.fromisoformat(f"{match['date']}T{match['time']}").replace(tzinfo=_offset(match))
    except ValueError as wrong:
        raise ValueError(f"{written!r} is not a time: {wrong}") from None
    fraction = (match["fraction"] or "").ljust(3, "0")[:3]
    return (moment - _EPOCH) // _SECOND * 1000 + int(fraction)


def _offset(match: re.Match[str]) -> timezone:
    if match["sign"] is None:
        return UTC
    hours, minutes = int(match["hours"]), int(match["minutes"])
    if hours > 23 or minutes > 59:
        raise ValueError("an offset lies between -23:59 and +23:59")
    offset = timedelta(hours=hours, minutes=minutes)
    return timezone(-offset if match["sign"] == "-" else offset)
