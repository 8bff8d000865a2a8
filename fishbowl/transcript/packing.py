"""A debate's contributions, packed: some fifty bytes for each, where a state held whole takes two thousand.

Stands where a `State` has its dictionary of contributions, so that the one fold there is folds into it: the
last ones asked for are open, the others wait compressed. Their texts are not here; `bring` reads them again
from the records they came with. Knows no version and no format.

Guarantees that a contribution asked for has everything the fold gave it, and its text where it was brought.
Whoever changes one does so before the next `tidy`, which the fold's caller calls between records.
"""

from __future__ import annotations

from array import array
from collections import OrderedDict
from collections.abc import Iterable, Iterator, MutableMapping
from dataclasses import replace
from typing import Final
from zlib import compress, decompress

import msgspec

from fishbowl.debate import events
from fishbowl.debate.record import Record
from fishbowl.debate.state import Contribution
from fishbowl.debate.vocabulary import Status
from fishbowl.transcript.reading import Reading

__all__ = ["Packed"]

Came = events.ContributionPosted | events.ContributionHeld
BLOCK: Final = 32
"""How many are packed together."""
OPEN: Final = 24
"""How many blocks are open at a time."""
QUICK: Final = 1
"""Of the levels of compression the cheapest: the next ones save a tenth and take twice as long."""


class Packed(MutableMapping[int, Contribution]):
    """By number, counting from 1 without gaps. `reading` has the records they came with."""

    def __init__(self, reading: Reading) -> None:
        self._reading = reading
        self._came = array("I")
        """The seq of the record each came with."""
        self._packed: list[bytes] = []
        self._open: OrderedDict[int, list[Contribution]] = OrderedDict()
        self._whole: dict[int, Contribution] = {}
        self._settled = False

    def __len__(self) -> int:
        return len(self._came)

    def __iter__(self) -> Iterator[int]:
        return iter(range(1, len(self._came) + 1))

    def __contains__(self, number: object) -> bool:
        return isinstance(number, int) and 0 < number <= len(self._came)

    def __getitem__(self, number: int) -> Contribution:
        self._reading.rest()
        if number in self._whole:
            return self._whole[number]
        if number not in self:
            raise KeyError(number)
        block, place = divmod(number - 1, BLOCK)
        return self._opened(block)[place]

    def __setitem__(self, number: int, new: Contribution) -> None:
        """Take in one that has just come, but for its text; raises `ValueError` where it is not the next."""
        block, place = divmod(len(self._came), BLOCK)
        if number != len(self._came) + 1:
            raise ValueError(f"contribution {number} does not follow {len(self._came)}")
        if new.text is not None:
            new.text = ""
        if place:
            self._opened(block).append(new)
        else:
            self._open[block] = [new]
            self._packed.append(b"")
        self._came.append(new.seq)

    def __delitem__(self, number: int) -> None:
        raise TypeError("A contribution never goes; what is gone is its text.")

    def tidy(self) -> None:
        """Close all but the last few that were asked for."""
        while len(self._open) > OPEN:
            block, contributions = self._open.popitem(last=False)
            self._close(block, contributions)

    def settle(self) -> None:
        """From now on nothing changes any more."""
        for block, contributions in self._open.items():
            self._close(block, contributions)
        self._settled = True

    def bring(self, numbers: Iterable[int], records: Iterable[Record] = ()) -> None:
        """Have these at hand with their texts, and let go of those that were brought before.

        What came with one of `records` is not read again. A text erased since is gone from here too.
        """
        self._whole = {}
        wanted = {self._came[number - 1]: number for number in numbers}
        came = [record for record in records if record.seq in wanted]
        missing = sorted(wanted.keys() - {record.seq for record in came})
        for record in (*came, *(self._reading.pick(missing) if missing else ())):
            assert isinstance(record.event, Came)
            number = wanted[record.seq]
            self._whole[number] = _with_text(self[number], record.event.text)

    def is_at_hand(self, number: int) -> bool:
        return number in self._whole

    def _opened(self, block: int) -> list[Contribution]:
        if block in self._open:
            self._open.move_to_end(block)
            return self._open[block]
        contributions = _CONTRIBUTIONS.decode(decompress(self._packed[block]))
        self._open[block] = contributions
        if self._settled:
            self.tidy()
        return contributions

    def _close(self, block: int, contributions: list[Contribution]) -> None:
        if not self._settled:
            self._packed[block] = compress(_ENCODER.encode(contributions), QUICK)


def _with_text(contribution: Contribution, text: str | None) -> Contribution:
    if contribution.text is None:
        return contribution
    return replace(contribution, text=text, status=Status.ERASED if text is None else contribution.status)


_ENCODER = msgspec.msgpack.Encoder()
_CONTRIBUTIONS = msgspec.msgpack.Decoder(list[Contribution])
