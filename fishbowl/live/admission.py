"""How many connections are let in: in all, from one address, of one person.

Counts only; knows nothing of sockets. A school of 500 behind one address gets in by default, a single
machine does not take every place.
"""

from __future__ import annotations

from collections import Counter

__all__ = ["Admission"]


class Admission:
    """The limits are settings (`FISHBOWL_CONNECTIONS`, `_PER_ADDRESS`, `_PER_PERSON`); 0 lifts one."""

    def __init__(self, connections: int, per_address: int, per_person: int) -> None:
        self.refused = 0
        self._connections = connections
        self._per_address = per_address
        self._per_person = per_person
        self._addresses: Counter[str] = Counter()
        self._open = 0

    @property
    def open(self) -> int:
        """How many connections are in."""
        return self._open

    def enter(self, address: str) -> bool:
        """Whether one more connection from `address` is let in; it is counted then, until `leave`."""
        full = self._connections and self._open >= self._connections
        crowded = self._per_address and self._addresses[address] >= self._per_address
        if full or crowded:
            self.refused += 1
            return False
        self._open += 1
        self._addresses[address] += 1
        return True

    def leave(self, address: str) -> None:
        self._open -= 1
        self._addresses[address] -= 1
        if not self._addresses[address]:
            del self._addresses[address]

    def one_more_of(self, sockets: int) -> bool:
        """Whether a person who has `sockets` connections may have another."""
        if self._per_person and sockets >= self._per_person:
            self.refused += 1
            return False
        return True
