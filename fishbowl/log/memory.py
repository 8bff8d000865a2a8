"""The log in memory, for tests and rehearsals: it behaves as the one on disk and forgets everything.

Knows nothing of files. Records pass the codec both ways, so that whoever is tested against it meets what a
store would give back, not the objects it handed in. Guarantees what `contract.Log` promises, except the disk.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from fishbowl.debate.evolve import OUTLINE
from fishbowl.debate.record import Record
from fishbowl.log.codec import (
    Rows,
    StoredRecord,
    StoredText,
    decode_following,
    decode_some,
    encode_following,
)
from fishbowl.log.contract import Conflict, DamagedStore, NoSuchDebate, SlugTaken, Unchanged
from fishbowl.log.erasures import erased_by

__all__ = ["MemoryLog"]


@dataclass
class _Debate:
    epoch: str
    records: list[StoredRecord]
    texts: list[StoredText]
    unchanged: list[Unchanged] = field(default_factory=list)


class MemoryLog:
    """A `Log` that is gone when whoever made it is."""

    def __init__(self) -> None:
        self.appends = 0
        self._debates: dict[str, _Debate] = {}

    async def create(self, slug: str, records: Sequence[Record], epoch: str) -> None:
        if not records:
            raise ValueError("A debate begins with a record.")
        stored, texts = encode_following(0, records)
        if slug in self._debates:
            raise SlugTaken(slug)
        self._debates[slug] = _Debate(epoch, stored, texts)

    async def append(
        self, debate: str, expected: int, records: Sequence[Record], unchanged: Sequence[Unchanged] = ()
    ) -> None:
        stored, texts = encode_following(expected, records)
        kept = self._kept(debate)
        if len(kept.records) != expected:
            raise Conflict(len(kept.records))
        kept.records += stored
        kept.texts += texts
        erased = set(erased_by(records))
        kept.texts = [text for text in kept.texts if text.seq not in erased]
        kept.unchanged += unchanged
        self.appends += 1

    async def read(self, debate: str, since: int = 0, limit: int | None = None) -> list[Record]:
        kept = self._kept(debate)
        last = len(kept.records) if limit is None else since + limit
        texts = [text for text in kept.texts if since < text.seq <= last]
        try:
            return decode_following(since, kept.records[since:last], texts)
        except DamagedStore as damage:
            raise DamagedStore(f"The debate {debate!r} is damaged: {damage}.") from damage

    async def pick(self, debate: str, seqs: Sequence[int]) -> list[Record]:
        kept, asked = self._kept(debate), set(seqs)
        return decode_some(
            [row for row in kept.records if row.seq in asked],
            [text for text in kept.texts if text.seq in asked],
        )

    async def outline(self, debate: str) -> list[Record]:
        kept = self._kept(debate)
        return decode_some([row for row in kept.records if row.kind in OUTLINE], kept.texts)

    async def rows(self, debate: str) -> Rows:
        kept = self._kept(debate)
        return list(kept.records), list(kept.texts)

    async def unchanged(self, debate: str) -> list[Unchanged]:
        return list(self._kept(debate).unchanged)

    async def check(self) -> None:
        """There is no disk."""

    async def head(self, debate: str) -> int:
        return len(self._kept(debate).records)

    async def epoch(self, debate: str) -> str:
        return self._kept(debate).epoch

    async def debates(self) -> list[str]:
        return sorted(self._debates, key=lambda slug: (self._debates[slug].records[0].at, slug))

    async def delete(self, debate: str) -> None:
        self._kept(debate)
        del self._debates[debate]

    def _kept(self, debate: str) -> _Debate:
        if debate not in self._debates:
            raise NoSuchDebate(debate)
        return self._debates[debate]
