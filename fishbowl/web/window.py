"""How often an address has done something lately.

Knows neither what it did nor why it matters. Guarantees that an address does so no more than its number of
times within any span of the length given, and that nothing is kept of an address that has been quiet for as
long.
"""

from __future__ import annotations

import ipaddress
from collections import deque
from collections.abc import Callable
from functools import lru_cache

from fishbowl.clock import Clock

__all__ = ["Window", "address_of"]


class Window:
    """At most `most` within `seconds`, for each key; 0 lifts the limit.

    `shared_by`: how many services there are of which each lets in its part.
    """

    def __init__(
        self, clock: Clock, most: int, seconds: float, shared_by: Callable[[], int] = lambda: 1
    ) -> None:
        self._clock = clock
        self._most = most
        self._seconds = seconds
        self._shared_by = shared_by
        self._times: dict[str, deque[float]] = {}
        """When each was let in, oldest first; who was let in last stands last."""

    def __len__(self) -> int:
        """How many addresses are remembered."""
        return len(self._times)

    def enter(self, key: str) -> float | None:
        """Let one more in, and return None; or count nothing, and return the seconds to wait."""
        if not self._most:
            return None
        now = self._clock.monotonic()
        self._forget_until(now - self._seconds)
        times = self._times.get(key, deque())
        while times and times[0] <= now - self._seconds:
            times.popleft()
        if len(times) >= max(1, self._most // self._shared_by()):
            return times[0] + self._seconds - now
        times.append(now)
        self._times.pop(key, None)
        self._times[key] = times
        return None

    def _forget_until(self, past: float) -> None:
        while self._times:
            key, times = next(iter(self._times.items()))
            if times[-1] > past:
                return
            del self._times[key]


def address_of(client: tuple[str, int] | None) -> str:
    """Whom a limit counts as one: an IPv4 address, or the /64 that one IPv6 customer is given."""
    return "" if client is None else _counted_as(client[0])


@lru_cache(maxsize=4096)  # asked twice for every connection, and a school of 500 has one address
def _counted_as(host: str) -> str:
    try:
        address = ipaddress.ip_address(host.partition("%")[0])
    except ValueError:
        return host
    if isinstance(address, ipaddress.IPv6Address):
        if address.ipv4_mapped is not None:
            return str(address.ipv4_mapped)
        return str(ipaddress.IPv6Network((address, 64), strict=False))
    return str(address)
