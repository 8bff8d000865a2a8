"""How often an address has done something lately.

Knows neither what it did nor why it matters. Guarantees that an address gets no more than its number in any
span of the length given, and that memory holds only those of the last two spans: time is cut into spans, and
the one before counts in proportion to how much of it still lies within reach.
"""

from __future__ import annotations

import ipaddress
from collections import Counter

from fishbowl.clock import Clock

__all__ = ["Window", "address_of"]


class Window:
    """At most `most` within `seconds`, for each key; 0 lifts the limit."""

    def __init__(self, clock: Clock, most: int, seconds: float) -> None:
        self._clock = clock
        self._most = most
        self._seconds = seconds
        self._span = 0
        self._now: Counter[str] = Counter()
        self._before: Counter[str] = Counter()

    def enter(self, key: str) -> float | None:
        """Count one more, and return None; or count nothing, and return the seconds to wait."""
        if not self._most:
            return None
        span, passed = divmod(self._clock.monotonic(), self._seconds)
        if span != self._span:
            self._before = self._now if span == self._span + 1 else Counter()
            self._now = Counter()
            self._span = int(span)
        weight = 1 - passed / self._seconds
        if self._before[key] * weight + self._now[key] >= self._most:
            return self._wait(key, passed)
        self._now[key] += 1
        return None

    def _wait(self, key: str, passed: float) -> float:
        """Until enough of the span before is out of reach, or the next span begins."""
        room = self._most - self._now[key]
        if room <= 0 or not self._before[key]:
            return max(1.0, self._seconds - passed)
        return max(1.0, (1 - room / self._before[key]) * self._seconds - passed)


def address_of(client: tuple[str, int] | None) -> str:
    """Whom a limit counts as one: an IPv4 address, or the /64 that one IPv6 customer is given."""
    if client is None:
        return ""
    try:
        address = ipaddress.ip_address(client[0].partition("%")[0])
    except ValueError:
        return client[0]
    if isinstance(address, ipaddress.IPv6Address):
        if address.ipv4_mapped is not None:
            return str(address.ipv4_mapped)
        return str(ipaddress.IPv6Network((address, 64), strict=False))
    return str(address)
