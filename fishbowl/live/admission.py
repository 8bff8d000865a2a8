"""How many connections are let in: in all, to one debate, from one address, of one person.

Counts only; knows nothing of sockets. A school of 500 behind one address gets in by default, a single
machine does not take every place.
"""

from __future__ import annotations

from collections import Counter

__all__ = ["Admission"]


class Admission:
    """The limits are settings (`FISHBOWL_CONNECTIONS`, `_PER_DEBATE`, ...); 0 lifts one."""

    def __init__(self, connections: int, per_address: int, per_person: int, per_debate: int = 0) -> None:
        self.refused = 0
        self._connections = connections
        self._per_address = per_address
        self._per_person = per_person
        self._per_debate = per_debate
        self._addresses: Counter[str] = Counter()
        self._debates: Counter[str] = Counter()
        self._open = 0

    @property
    def open(self) -> int:
        """How many connections are in."""
        return self._open

    def enter(self, address: str, debate: str = "") -> bool:
        """Whether one more connection from `address` to `debate` is let in; counted until `leave`.

        A debate that does not exist counts like one that does: what is refused must tell nothing.
        """
        full = self._connections and self._open >= self._connections
        crowded = self._per_address and self._addresses[address] >= self._per_address
        popular = self._per_debate and self._debates[debate] >= self._per_debate
        if full or crowded or popular:
            self.refused += 1
            return False
        self._open += 1
        self._addresses[address] += 1
        self._debates[debate] += 1
        return True

    def leave(self, address: str, debate: str = "") -> None:
        self._open -= 1
        _one_less(self._addresses, address)
        _one_less(self._debates, debate)

    def one_more_of(self, sockets: int) -> bool:
        """Whether a person who has `sockets` connections may have another."""
        if self._per_person and sockets >= self._per_person:
            self.refused += 1
            return False
        return True


def _one_less(counts: Counter[str], key: str) -> None:
    counts[key] -= 1
    if not counts[key]:
        del counts[key]
