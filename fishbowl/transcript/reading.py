"""Records that are read as often as they are needed, instead of held: what a file of a very long debate is
made from.

Knows no store: whoever has one hands in a `Reading`. `log.paging` is one.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from typing import Final, Protocol, TypeVar, runtime_checkable

from fishbowl.debate.record import Record

__all__ = ["AT_ONCE", "Reading", "batches"]

AT_ONCE: Final = 32
"""How many records, and texts of contributions, are held at once."""

T = TypeVar("T")


@runtime_checkable
class Reading(Protocol):
    """The records of a debate up to one of them. Each may be read again, and then has lost what was erased
    meanwhile; nothing else about it changes.
    """

    def __iter__(self) -> Iterator[Record]:
        """All of them, in order."""

    def pick(self, seqs: Sequence[int]) -> Iterable[Record]:
        """Those of these seqs."""

    def rest(self) -> None:
        """Called between any two small steps of the work, for whoever has to let others have their turn."""


def batches(items: Iterable[T], most: int = AT_ONCE) -> Iterator[list[T]]:
    """`items`, so many at a time."""
    left = iter(items)
    while batch := list(islice(left, most)):
        yield batch
