"""Contributions and what stands under a heading, made while they are read, so that nobody holds all of them.

Numbers stand here in order; `Making` turns them into contributions when their turn comes. Knows no version
and no format. Guarantees that the texts of those that come next are read together, `AT_ONCE` of them.
"""

from __future__ import annotations

from array import array
from collections.abc import Container, Iterable, Iterator, Sequence
from heapq import merge
from typing import NamedTuple, Protocol, overload

from msgspec import structs

from fishbowl.transcript.contents import Contribution, Thread
from fishbowl.transcript.gathering import Direction
from fishbowl.transcript.reading import AT_ONCE

__all__ = ["Items", "Lines", "Making", "Numbers", "Place", "numbers_of"]


class Making(Protocol):
    """Makes a contribution of its number."""

    def bring(self, numbers: Sequence[int]) -> None:
        """Have these at hand; they come next."""

    def is_at_hand(self, number: int) -> bool:
        """Whether its text need not be read first."""

    def make(self, number: int) -> Contribution:
        """The contribution of this number, which is at hand."""


class Place(NamedTuple):
    """Where a contribution stands in a thread: how deep, and whether what it answers is not above it."""

    number: int
    depth: int
    apart: bool = False


class Numbers:
    """A set of numbers from 1 on, a byte for each."""

    def __init__(self, numbers: Iterable[int], most: int) -> None:
        self._has = bytearray(most + 1)
        for number in numbers:
            self._has[number] = 1

    def __contains__(self, number: object) -> bool:
        return isinstance(number, int) and 0 <= number < len(self._has) and bool(self._has[number])


class Lines(Sequence[Contribution]):
    """Contributions in an order, those of `numbers` from `start` to `end`, made anew whenever they are
    read.
    """

    __slots__ = ("_apart", "_depths", "_end", "_making", "_numbers", "_start")

    def __init__(
        self,
        making: Making,
        numbers: array[int],
        start: int = 0,
        end: int | None = None,
        depths: array[int] | None = None,
        apart: bytearray | None = None,
    ) -> None:
        self._making = making
        self._numbers = numbers
        self._start = start
        self._end = len(numbers) if end is None else end
        self._depths = depths
        self._apart = apart

    def __len__(self) -> int:
        return self._end - self._start

    def __iter__(self) -> Iterator[Contribution]:
        return map(self._at, range(self._start, self._end))

    @overload
    def __getitem__(self, place: int) -> Contribution: ...

    @overload
    def __getitem__(self, place: slice) -> Sequence[Contribution]: ...

    def __getitem__(self, place: int | slice) -> Contribution | Sequence[Contribution]:
        places = range(self._start, self._end)[place]
        return self._at(places) if isinstance(places, int) else list(map(self._at, places))

    def places(self) -> Iterator[Place]:
        """Where each stands in its thread, without making it; for lines that are one."""
        assert self._depths is not None
        assert self._apart is not None
        for place in range(self._start, self._end):
            yield Place(self._numbers[place], self._depths[place], bool(self._apart[place]))

    def numbers(self) -> Numbers:
        own = self._numbers[self._start : self._end]
        return Numbers(own, max(own, default=0))

    def _at(self, place: int) -> Contribution:
        number = self._numbers[place]
        if not self._making.is_at_hand(number):
            self._making.bring(self._numbers[place : place + AT_ONCE])
        made = self._making.make(number)
        if self._depths is None or self._apart is None:
            return made
        return structs.replace(made, depth=self._depths[place], apart=bool(self._apart[place]))


def numbers_of(contributions: Sequence[Contribution]) -> Container[int | None]:
    """The numbers of contributions, to be asked for."""
    if isinstance(contributions, Lines):
        return contributions.numbers()
    return {each.contribution for each in contributions}


class Items(Sequence[Thread | Direction]):
    """What stands under a heading, in order of time: threads, which are put here in that order, and
    directions.
    """

    def __init__(self, making: Making) -> None:
        self.directions: list[Direction] = []
        self._making = making
        self._numbers = array("I")
        self._depths = array("I")
        self._apart = bytearray()
        self._starts = array("I", [0])
        """Where in `_numbers` each thread begins, and where the last one ends."""
        self._seqs = array("I")
        """The record each thread began with."""

    def put(self, seq: int, thread: Iterable[Place]) -> None:
        for number, depth, apart in thread:
            self._numbers.append(number)
            self._depths.append(depth)
            self._apart.append(apart)
        self._starts.append(len(self._numbers))
        self._seqs.append(seq)

    def __len__(self) -> int:
        return len(self._seqs) + len(self.directions)

    def __iter__(self) -> Iterator[Thread | Direction]:
        threads = zip(self._seqs, map(self._thread, range(len(self._seqs))), strict=True)
        directions = ((direction.seq, direction) for direction in self.directions)
        timed: Iterator[tuple[int, Thread | Direction]] = merge(threads, directions, key=lambda item: item[0])
        return (item for _, item in timed)

    @overload
    def __getitem__(self, place: int) -> Thread | Direction: ...

    @overload
    def __getitem__(self, place: slice) -> Sequence[Thread | Direction]: ...

    def __getitem__(self, place: int | slice) -> Thread | Direction | Sequence[Thread | Direction]:
        return list(self)[place]

    def _thread(self, thread: int) -> Lines:
        start, end = self._starts[thread], self._starts[thread + 1]
        return Lines(self._making, self._numbers, start, end, self._depths, self._apart)
