"""The receipts of onlookers' reports: what was answered to which id, for an hour, by address.

Whoever has not joined has no name under which the debate could remember an id. Knows no rule and writes
nothing down: an address is kept in memory only, and no longer than that.
"""

from __future__ import annotations

from collections import OrderedDict
from typing import Any, Final

from fishbowl.clock import Clock

__all__ = ["Receipts"]

KEPT_MS: Final = 3_600_000
MOST: Final = 10_000
"""Receipts kept at most; then the oldest goes."""

Key = tuple[str, str, str]
"""Debate, address, id."""


class Receipts:
    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._kept: OrderedDict[Key, tuple[int, bytes, dict[str, Any]]] = OrderedDict()

    def find(self, key: Key) -> tuple[bytes, dict[str, Any]] | None:
        """The body that was sent and the reply that was given."""
        self._forget()
        kept = self._kept.get(key)
        return None if kept is None else kept[1:]

    def has(self, debate: str, address: str, report: str) -> bool:
        """Whether this report came from that address."""
        self._forget()
        return any(
            key[:2] == (debate, address) and reply.get("report") == report
            for key, (_, _, reply) in self._kept.items()
        )

    def keep(self, key: Key, body: bytes, reply: dict[str, Any]) -> None:
        self._kept[key] = (self._clock.now(), body, reply)
        if len(self._kept) > MOST:
            self._kept.popitem(last=False)

    def _forget(self) -> None:
        while self._kept and next(iter(self._kept.values()))[0] + KEPT_MS < self._clock.now():
            self._kept.popitem(last=False)
