"""Pieces of the ring for whoever is behind: a resume, or a connection that did not drain.

Knows the ring and the ways to see it, nothing of connections. A piece is small, so that no transport is
handed more than it can hold; it is made once for all who stand at the same place, because after a cut they
come back by the thousand. Guarantees that a piece shows what may be seen now, and that few are kept.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from fishbowl.live.frames import Frame, frame_of
from fishbowl.live.ring import Encoded, Ring
from fishbowl.live.views import Reader

__all__ = ["Piece", "Pieces"]

PIECE_BYTES: Final = 64 * 1024
"""A piece ends with the record that makes it longer."""
KEPT: Final = 16
"""Pieces kept to be used again, a megabyte or so."""


@dataclass(slots=True)
class Piece:
    """The records after some seq up to `end`; `frame` is None where none of them is theirs."""

    frame: Frame | None
    end: int
    otherwise: frozenset[str]
    """People who see something in it otherwise than the rest of the public."""


class Pieces:
    """What is cut from one ring."""

    def __init__(self) -> None:
        self._kept: dict[tuple[int, int, str], Piece] = {}
        self._version = 0

    def after(self, ring: Ring, cursor: int, end: int, reader: Reader) -> Piece:
        """The first piece of what `reader` may see after `cursor` up to `end`: at least one record.

        `ring` must hold what follows `cursor`.
        """
        if self._version != ring.version or len(self._kept) >= KEPT:
            self._kept.clear()
            self._version = ring.version
        key = (cursor, end, reader.audience)
        piece = self._kept.get(key)
        if piece is None:
            piece = self._kept[key] = _cut(ring.since(cursor, end), Reader(None, reader.role), cursor)
        if reader.person in piece.otherwise and not reader.backstage:
            return _cut(ring.since(cursor, piece.end), reader, cursor)
        return piece


def _cut(entries: Iterable[Encoded], reader: Reader, cursor: int) -> Piece:
    messages: list[bytes] = []
    otherwise: set[str] = set()
    size = 0
    for entry in entries:
        cursor = entry.record.seq
        otherwise.update(entry.personal)
        if (message := entry.for_(reader)) is not None:
            messages.append(message)
            size += len(message)
            if size > PIECE_BYTES:
                break
    return Piece(frame_of(messages) if messages else None, cursor, frozenset(otherwise))
