"""The log in PostgreSQL, which several nodes may write.

Knows the tables of postgres.sql and nothing of how connections are opened (`Pool` does) or of what a record's
body means (the codec does). Guarantees what `contract.Log` promises: whoever appends to a debate holds its
row until the commit, so that of all nodes one at a time writes it and seqs have no gaps in any order of
commits.
"""

from __future__ import annotations

import asyncio
from collections.abc import Iterable, Sequence
from pathlib import Path
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
from fishbowl.log.contract import Conflict, DamagedStore, NoSuchDebate, SlugTaken, Unchanged
from fishbowl.log.erasures import Erasure, erased_by, note, noted
from fishbowl.log.pool import Connection, Pool

__all__ = ["PostgresLog"]

_ROWS = """
    SELECT r.seq, at, by_person, kind, version, body, cause_id, cause_digest, r.checksum,
           field, salt, text, t.checksum
    FROM records r LEFT JOIN texts t ON t.debate = r.debate AND t.seq = r.seq
    WHERE r.debate = $1 AND {which} ORDER BY r.seq, field
"""
_SPAN = _ROWS.format(which="r.seq > $2 AND r.seq <= $3")
_PICKED = _ROWS.format(which="r.seq = ANY($2::bigint[])")
_OUTLINE = _ROWS.format(which="kind = ANY($2::text[])")
_FIELDS = len(StoredRecord._fields)
_LAST = 2**63 - 1
AT_ONCE = 5_000
"""Rows in one statement: however long a debate is that is taken in, no statement takes long."""

_INSERT_RECORDS = """
    INSERT INTO records SELECT $1, * FROM unnest(
      $2::bigint[], $3::bigint[], $4::text[], $5::text[], $6::integer[], $7::text[], $8::text[], $9::text[],
      $10::bigint[]
    )
"""
_INSERT_TEXTS = """
    INSERT INTO texts SELECT $1, *
    FROM unnest($2::bigint[], $3::text[], $4::bytea[], $5::bytea[], $6::bigint[])
"""
_INSERT_UNCHANGED = """
    INSERT INTO unchanged SELECT $1, *
    FROM unnest($2::text[], $3::text[], $4::text[], $5::bytea[], $6::bigint[])
"""
_ERASE_AGAIN = """
    WITH gone AS (
      DELETE FROM texts t
      USING debates d, unnest($1::text[], $2::bigint[], $3::bigint[]) AS e (debate, created_at, seq)
      WHERE d.slug = e.debate AND d.created_at = e.created_at
        AND t.debate = d.slug AND t.seq = e.seq
      RETURNING 1
    ) SELECT count(*) FROM gone
"""


class PostgresLog:
    """A `Log` in `pool`, which it neither opens nor closes; what it erases it notes in `directory` too."""

    def __init__(self, pool: Pool, directory: Path | None = None) -> None:
        self.appends = 0
        self._pool = pool
        self._directory = directory

    async def create(self, slug: str, records: Sequence[Record], epoch: str) -> None:
        if not records:
            raise ValueError("A debate begins with a record.")
        await self._insert_new(slug, encode_following(0, records), epoch)

    async def take_in(self, slug: str, rows: Rows, epoch: str, unchanged: Sequence[Unchanged] = ()) -> None:
        """Store a debate that was kept elsewhere, its rows as they are, but for words that were erased here.

        Raises `DamagedStore` where they are no debate's, `SlugTaken`, `Unavailable`, and then has stored
        nothing.
        """
        decode_following(0, *rows)
        await self._insert_new(slug, rows, epoch, unchanged)

    async def _insert_new(
        self, slug: str, rows: Rows, epoch: str, unchanged: Sequence[Unchanged] = ()
    ) -> None:
        created_at = rows[0][0].at
        async with self._pool.transaction() as connection:
            is_new = await connection.fetchval(
                "INSERT INTO debates VALUES ($1, $2, $3, $4) ON CONFLICT DO NOTHING RETURNING true",
                *(slug, epoch, created_at, rows[0][-1].seq),
            )
            if not is_new:
                raise SlugTaken(slug)
            await _insert(connection, slug, rows, unchanged)
            await connection.execute(
                "DELETE FROM texts t USING erasures e WHERE t.debate = $1 "
                "AND e.debate = t.debate AND e.created_at = $2 AND e.seq = t.seq",
                *(slug, created_at),
            )

    async def append(
        self, debate: str, expected: int, records: Sequence[Record], unchanged: Sequence[Unchanged] = ()
    ) -> None:
        rows = encode_following(expected, records)
        erased = erased_by(records)
        if erased:
            await self._note(debate, erased)
        async with self._pool.transaction() as connection:
            head = await _locked(connection, debate)
            if head != expected:
                raise Conflict(head)
            await _append(connection, debate, rows, unchanged, erased)
        self.appends += 1
        if erased:
            await self._pool.leave_nothing_behind()

    async def _note(self, debate: str, erased: tuple[int, ...]) -> None:
        """First what keeps a dump from giving it back: a crash in between erases once more, never less."""
        if self._directory is None:
            return
        async with self._pool.connection() as connection:
            created_at = await connection.fetchval("SELECT created_at FROM debates WHERE slug = $1", debate)
        if created_at is None:
            raise NoSuchDebate(debate)
        await asyncio.to_thread(note, self._directory, Erasure(debate, created_at, erased))

    async def erase_again(self) -> int:
        """Erase all that was noted in the directory: the database may have been restored from an older dump.

        Returns how many texts. Raises `DamagedStore`, `Unavailable`.
        """
        if self._directory is None:
            return 0
        gone = [
            (each.debate, each.created_at, seq) for each in noted(self._directory) for seq in each.records
        ]
        if not gone:
            return 0
        async with self._pool.transaction() as connection:
            erased = int(await connection.fetchval(_ERASE_AGAIN, *map(list, zip(*gone, strict=True))))
        if erased:
            await self._pool.leave_nothing_behind()
        return erased

    async def read(self, debate: str, since: int = 0, limit: int | None = None) -> list[Record]:
        async with self._pool.connection() as connection:
            rows = await _span(connection, debate, since, limit)
        with damage_named(debate):
            return decode_following(since, *rows)

    async def pick(self, debate: str, seqs: Sequence[int]) -> list[Record]:
        return await self._some(debate, _PICKED, list(seqs))

    async def outline(self, debate: str) -> list[Record]:
        return await self._some(debate, _OUTLINE, sorted(OUTLINE))

    async def _some(self, debate: str, query: str, which: list[int] | list[str]) -> list[Record]:
        async with self._pool.connection() as connection:
            rows = _rows(await connection.fetch(query, debate, which))
            if not rows[0]:
                await _epoch(connection, debate)
        with damage_named(debate):
            return decode_some(*rows)

    async def rows(self, debate: str) -> Rows:
        async with self._pool.connection() as connection:
            return await _span(connection, debate, 0, None)

    async def unchanged(self, debate: str) -> list[Unchanged]:
        async with self._pool.connection() as connection:
            await _epoch(connection, debate)
            return await _unchanged(connection, debate, 0)

    async def check(self) -> None:
        await self._pool.check()

    async def head(self, debate: str) -> int:
        async with self._pool.connection() as connection:
            head = await connection.fetchval("SELECT head FROM debates WHERE slug = $1", debate)
        if head is None:
            raise NoSuchDebate(debate)
        return int(head)

    async def epoch(self, debate: str) -> str:
        async with self._pool.connection() as connection:
            return await _epoch(connection, debate)

    async def debates(self) -> list[str]:
        async with self._pool.connection() as connection:
            rows = await connection.fetch("SELECT slug FROM debates ORDER BY created_at, slug")
        return [slug for (slug,) in rows]

    async def delete(self, debate: str) -> None:
        async with self._pool.transaction() as connection:
            await _locked(connection, debate)
            for table in ("unchanged", "texts", "records"):
                await connection.execute(f"DELETE FROM {table} WHERE debate = $1", debate)  # noqa: S608 - ours
            await connection.execute("DELETE FROM debates WHERE slug = $1", debate)
        await self._pool.leave_nothing_behind()


async def _locked(connection: Connection, debate: str) -> int:
    """The last seq, which nobody else moves before this transaction ends."""
    head = await connection.fetchval("SELECT head FROM debates WHERE slug = $1 FOR UPDATE", debate)
    if head is None:
        raise NoSuchDebate(debate)
    return int(head)


async def _epoch(connection: Connection, debate: str) -> str:
    epoch = await connection.fetchval("SELECT epoch FROM debates WHERE slug = $1", debate)
    if epoch is None:
        raise NoSuchDebate(debate)
    return str(epoch)


async def _span(connection: Connection, debate: str, since: int, limit: int | None) -> Rows:
    """One statement, and so one state of the store: no erasure comes between a record and its words."""
    last = _LAST if limit is None else since + limit  # seqs have no gaps
    rows = _rows(await connection.fetch(_SPAN, debate, since, last))
    if not rows[0]:
        await _epoch(connection, debate)
    return rows


def _rows(found: Iterable[Any]) -> Rows:
    records: list[StoredRecord] = []
    texts: list[StoredText] = []
    for row in found:
        if not records or records[-1].seq != row[0]:
            records.append(StoredRecord._make(row[:_FIELDS]))
        field, salt, text, checksum = row[_FIELDS:]
        if field is not None:
            texts.append(StoredText(row[0], field, salt, _said(row[0], text), checksum))
    return records, texts


def _said(seq: int, text: bytes) -> str:
    try:
        return text.decode()
    except UnicodeDecodeError as error:
        raise DamagedStore(f"the text of record {seq} is not UTF-8: {error}") from error


async def _unchanged(connection: Connection, debate: str, since: int) -> list[Unchanged]:
    rows = await connection.fetch(
        "SELECT by_person, id, digest, salt, seq FROM unchanged WHERE debate = $1 AND seq >= $2",
        *(debate, since),
    )
    return [Unchanged(*row) for row in rows]


async def _append(
    connection: Connection, debate: str, rows: Rows, unchanged: Sequence[Unchanged], erased: Sequence[int]
) -> None:
    """Insert what follows on the head of a debate whose row is locked."""
    await _insert(connection, debate, rows, unchanged)
    if erased:
        await connection.execute(
            "INSERT INTO erasures SELECT slug, created_at, unnest($2::bigint[]) FROM debates "
            "WHERE slug = $1 ON CONFLICT DO NOTHING",
            *(debate, list(erased)),
        )
        await connection.execute(
            "DELETE FROM texts WHERE debate = $1 AND seq = ANY($2::bigint[])", debate, list(erased)
        )
    if rows[0]:
        await connection.execute("UPDATE debates SET head = $2 WHERE slug = $1", debate, rows[0][-1].seq)


async def _insert(connection: Connection, debate: str, rows: Rows, unchanged: Sequence[Unchanged]) -> None:
    records, texts = rows
    stored = [text._replace(text=text.text.encode()) for text in texts]  # type: ignore[arg-type]  # bytea
    for statement, whole in (
        (_INSERT_RECORDS, records),
        (_INSERT_TEXTS, stored),
        (_INSERT_UNCHANGED, unchanged),
    ):
        for start in range(0, len(whole), AT_ONCE):
            columns = zip(*whole[start : start + AT_ONCE], strict=True)
            await connection.execute(statement, debate, *map(list, columns))
