"""The log in an SQLite file.

Knows the tables of schema.sql and nothing of how they are written to disk (`Database` does) or of what a
record's body means (the codec does). Guarantees what `contract.Log` promises.
"""

from __future__ import annotations

import asyncio
import json
import sqlite3
from collections.abc import Sequence
from typing import Any

from fishbowl.debate.evolve import OUTLINE
from fishbowl.debate.record import Record
from fishbowl.log.codec import (
    Rows,
    StoredRecord,
    StoredText,
    damage_named,
    decode_following,
    decode_some,
    encode_following,
)
from fishbowl.log.contract import Conflict, NoSuchDebate, SlugTaken, Unchanged
from fishbowl.log.database import Database
from fishbowl.log.erasures import Erasure, delete_texts, erased_by, note

__all__ = ["SqliteLog", "read_records"]

_RECORDS = """
    SELECT seq, at, by_person, kind, version, body, cause_id, cause_digest, checksum
    FROM records WHERE debate = ? AND seq > ? AND seq <= ? ORDER BY seq
"""
_TEXTS = """
    SELECT seq, field, salt, text, checksum
    FROM texts WHERE debate = ? AND seq > ? AND seq <= ? ORDER BY seq
"""
_OUTLINE = """
    SELECT seq, at, by_person, kind, version, body, cause_id, cause_digest, checksum
    FROM records WHERE debate = ?1 AND kind IN (SELECT value FROM json_each(?2)) ORDER BY seq
"""
_PICKED = """
    SELECT seq, at, by_person, kind, version, body, cause_id, cause_digest, checksum
    FROM records WHERE debate = ?1 AND seq IN (SELECT value FROM json_each(?2)) ORDER BY seq
"""
_PICKED_TEXTS = """
    SELECT seq, field, salt, text, checksum FROM texts
    WHERE debate = ?1 AND seq IN (SELECT value FROM json_each(?2))
"""
_UNCHANGED = "SELECT by_person, id, digest, salt, seq FROM unchanged WHERE debate = ?"
_LAST = 2**63 - 1


class SqliteLog:
    """A `Log` in `database`, which it neither opens nor closes."""

    def __init__(self, database: Database) -> None:
        self.appends = 0
        self._database = database

    async def create(self, slug: str, records: Sequence[Record], epoch: str) -> None:
        if not records:
            raise ValueError("A debate begins with a record.")
        await self._insert_new(slug, encode_following(0, records), epoch)

    async def take_in(self, slug: str, rows: Rows, epoch: str, unchanged: Sequence[Unchanged] = ()) -> None:
        """Store a debate that was kept elsewhere, its rows as they are. Raises `DamagedStore` where they are
        no debate's, `SlugTaken`, `Unavailable`, and then has stored nothing.
        """
        decode_following(0, *rows)
        await self._insert_new(slug, rows, epoch, unchanged)

    async def _insert_new(
        self, slug: str, rows: Rows, epoch: str, unchanged: Sequence[Unchanged] = ()
    ) -> None:
        def insert(connection: sqlite3.Connection) -> None:
            if _row(connection, "SELECT 1 FROM debates WHERE slug = ?", slug):
                raise SlugTaken(slug)
            connection.execute("INSERT INTO debates VALUES (?, ?, ?)", (slug, epoch, rows[0][0].at))
            _insert(connection, slug, rows)
            _keep(connection, slug, unchanged)

        await self._database.write(insert)

    async def append(
        self, debate: str, expected: int, records: Sequence[Record], unchanged: Sequence[Unchanged] = ()
    ) -> None:
        rows = encode_following(expected, records)
        erased = erased_by(records)
        if erased:
            # First what keeps a backup from giving it back: a crash in between erases once more, never less.
            created_at = await self._database.read(lambda connection: _created_at(connection, debate))
            await asyncio.to_thread(note, self._database.path.parent, Erasure(debate, created_at, erased))

        def insert(connection: sqlite3.Connection) -> None:
            head = _head(connection, debate)
            if head != expected:
                raise Conflict(head)
            _insert(connection, debate, rows)
            delete_texts(connection, debate, erased)
            _keep(connection, debate, unchanged)

        await self._database.write(insert)
        self.appends += 1
        if erased:
            await self._database.leave_nothing_behind()

    async def read(self, debate: str, since: int = 0, limit: int | None = None) -> list[Record]:
        return await self._database.read(lambda connection: read_records(connection, debate, since, limit))

    async def pick(self, debate: str, seqs: Sequence[int]) -> list[Record]:
        return await self._database.read(lambda connection: _pick(connection, debate, seqs))

    async def outline(self, debate: str) -> list[Record]:
        return await self._database.read(lambda connection: _read_outline(connection, debate))

    async def rows(self, debate: str) -> Rows:
        def stored(connection: sqlite3.Connection) -> Rows:
            _epoch(connection, debate)
            span = (debate, 0, _LAST)
            records = map(StoredRecord._make, connection.execute(_RECORDS, span))
            return list(records), list(map(StoredText._make, connection.execute(_TEXTS, span)))

        return await self._database.read(stored)

    async def unchanged(self, debate: str) -> list[Unchanged]:
        def rows(connection: sqlite3.Connection) -> list[Unchanged]:
            _epoch(connection, debate)
            return [Unchanged._make(row) for row in connection.execute(_UNCHANGED, (debate,))]

        return await self._database.read(rows)

    async def check(self) -> None:
        await self._database.check()

    async def head(self, debate: str) -> int:
        return await self._database.read(lambda connection: _head(connection, debate))

    async def epoch(self, debate: str) -> str:
        return await self._database.read(lambda connection: _epoch(connection, debate))

    async def debates(self) -> list[str]:
        def slugs(connection: sqlite3.Connection) -> list[str]:
            return [
                slug for (slug,) in connection.execute("SELECT slug FROM debates ORDER BY created_at, slug")
            ]

        return await self._database.read(slugs)

    async def delete(self, debate: str) -> None:
        def remove(connection: sqlite3.Connection) -> None:
            _epoch(connection, debate)
            connection.execute("DELETE FROM unchanged WHERE debate = ?", (debate,))
            connection.execute("DELETE FROM texts WHERE debate = ?", (debate,))
            connection.execute("DELETE FROM records WHERE debate = ?", (debate,))
            connection.execute("DELETE FROM debates WHERE slug = ?", (debate,))

        await self._database.write(remove)
        await self._database.leave_nothing_behind()


def _row(connection: sqlite3.Connection, query: str, *values: str) -> tuple[Any, ...] | None:
    row: tuple[Any, ...] | None = connection.execute(query, values).fetchone()
    return row


def _epoch(connection: sqlite3.Connection, debate: str) -> str:
    row = _row(connection, "SELECT epoch FROM debates WHERE slug = ?", debate)
    if row is None:
        raise NoSuchDebate(debate)
    return str(row[0])


def _created_at(connection: sqlite3.Connection, debate: str) -> int:
    row = _row(connection, "SELECT created_at FROM debates WHERE slug = ?", debate)
    if row is None:
        raise NoSuchDebate(debate)
    return int(row[0])


def _head(connection: sqlite3.Connection, debate: str) -> int:
    row = _row(connection, "SELECT max(seq) FROM records WHERE debate = ?", debate)
    if row is None or row[0] is None:
        raise NoSuchDebate(debate)
    return int(row[0])


def _insert(connection: sqlite3.Connection, debate: str, rows: Rows) -> None:
    records, texts = rows
    connection.executemany(
        "INSERT INTO records VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", [(debate, *row) for row in records]
    )
    connection.executemany("INSERT INTO texts VALUES (?, ?, ?, ?, ?, ?)", [(debate, *row) for row in texts])


def _keep(connection: sqlite3.Connection, debate: str, unchanged: Sequence[Unchanged]) -> None:
    connection.executemany(
        "INSERT INTO unchanged VALUES (?, ?, ?, ?, ?, ?)", [(debate, *row) for row in unchanged]
    )


def read_records(connection: sqlite3.Connection, debate: str, since: int, limit: int | None) -> list[Record]:
    """As `Log.read`, on a connection: two scans in order, of records and of texts (a join is slower)."""
    _epoch(connection, debate)
    span = (debate, since, _LAST if limit is None else since + limit)  # seqs have no gaps
    stored = map(StoredRecord._make, connection.execute(_RECORDS, span))
    texts = map(StoredText._make, connection.execute(_TEXTS, span))
    with damage_named(debate):
        return decode_following(since, stored, texts)


def _pick(connection: sqlite3.Connection, debate: str, seqs: Sequence[int]) -> list[Record]:
    _epoch(connection, debate)
    stored = map(StoredRecord._make, connection.execute(_PICKED, (debate, json.dumps(list(seqs)))))
    return _with_texts(connection, debate, list(stored))


def _read_outline(connection: sqlite3.Connection, debate: str) -> list[Record]:
    _epoch(connection, debate)
    kinds = json.dumps(sorted(OUTLINE))
    stored = map(StoredRecord._make, connection.execute(_OUTLINE, (debate, kinds)))
    return _with_texts(connection, debate, list(stored))


def _with_texts(connection: sqlite3.Connection, debate: str, stored: Sequence[StoredRecord]) -> list[Record]:
    seqs = json.dumps([record.seq for record in stored])
    texts = map(StoredText._make, connection.execute(_PICKED_TEXTS, (debate, seqs)))
    with damage_named(debate):
        return decode_some(stored, texts)
