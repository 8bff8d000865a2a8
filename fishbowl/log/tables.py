"""The rows of PostgreSQL's tables: how they are read and written, in whatever transaction is at hand.

Knows the tables of postgres.sql and its successors; neither opens nor ends a transaction. `PostgresLog` and
`Turns` are made of it.
"""

from __future__ import annotations

import asyncio
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

from fishbowl.log.codec import Rows, StoredRecord, StoredText
from fishbowl.log.contract import DamagedStore, NoSuchDebate, Unchanged
from fishbowl.log.erasures import Erasure, note
from fishbowl.log.pool import Connection

__all__ = [
    "OUTLINED",
    "PICKED",
    "append",
    "epoch_of",
    "insert",
    "locked",
    "note_erased",
    "rows_of",
    "span",
    "unchanged_in",
]

_ROWS = """
    SELECT r.seq, at, by_person, kind, version, body, cause_id, cause_digest, r.checksum,
           field, salt, text, t.checksum
    FROM records r LEFT JOIN texts t ON t.debate = r.debate AND t.seq = r.seq
    WHERE r.debate = $1 AND {which} ORDER BY r.seq, field
"""
_SPAN = _ROWS.format(which="r.seq > $2 AND r.seq <= $3")
PICKED = _ROWS.format(which="r.seq = ANY($2::bigint[])")
OUTLINED = _ROWS.format(which="kind = ANY($2::text[])")
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
    INSERT INTO unchanged (debate, by_person, id, digest, salt, seq, turn)
    SELECT $1, * FROM unnest($2::text[], $3::text[], $4::text[], $5::bytea[], $6::bigint[], $7::bigint[])
"""


async def locked(connection: Connection, debate: str) -> tuple[int, int]:
    """The last seq and the last turn, which nobody else moves before this transaction ends."""
    row = await connection.fetchrow("SELECT head, turns FROM debates WHERE slug = $1 FOR UPDATE", debate)
    if row is None:
        raise NoSuchDebate(debate)
    return row[0], row[1]


async def epoch_of(connection: Connection, debate: str) -> str:
    epoch = await connection.fetchval("SELECT epoch FROM debates WHERE slug = $1", debate)
    if epoch is None:
        raise NoSuchDebate(debate)
    return str(epoch)


async def span(connection: Connection, debate: str, since: int, limit: int | None) -> Rows:
    """One statement, and so one state of the store: no erasure comes between a record and its words."""
    last = _LAST if limit is None else since + limit  # seqs have no gaps
    rows = rows_of(await connection.fetch(_SPAN, debate, since, last))
    if not rows[0]:
        await epoch_of(connection, debate)
    return rows


def rows_of(found: Iterable[Any]) -> Rows:
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


async def unchanged_in(connection: Connection, debate: str, after: int = -1) -> list[Unchanged]:
    """Those of turns after that one."""
    rows = await connection.fetch(
        "SELECT by_person, id, digest, salt, seq FROM unchanged WHERE debate = $1 AND turn > $2",
        *(debate, after),
    )
    return [Unchanged(*row) for row in rows]


async def note_erased(
    connection: Connection, directory: Path | None, debate: str, erased: Sequence[int]
) -> None:
    """First what keeps a dump from giving it back: a crash in between erases once more, never less."""
    if directory is None:
        return
    created_at = await connection.fetchval("SELECT created_at FROM debates WHERE slug = $1", debate)
    await asyncio.to_thread(note, directory, Erasure(debate, created_at, tuple(erased)))


async def append(
    connection: Connection,
    debate: str,
    rows: Rows,
    unchanged: Sequence[Unchanged],
    erased: Sequence[int],
    turn: int,
) -> None:
    """Insert what follows on the head of a debate whose row is locked, as its turn of that number."""
    await insert(connection, debate, rows, unchanged, turn)
    if erased:
        await connection.execute(
            "INSERT INTO erasures SELECT slug, created_at, unnest($2::bigint[]) FROM debates "
            "WHERE slug = $1 ON CONFLICT DO NOTHING",
            *(debate, list(erased)),
        )
        await connection.execute(
            "DELETE FROM texts WHERE debate = $1 AND seq = ANY($2::bigint[])", debate, list(erased)
        )
    await connection.execute(
        "UPDATE debates SET head = coalesce($2, head), turns = $3 WHERE slug = $1",
        *(debate, rows[0][-1].seq if rows[0] else None, turn),
    )


async def insert(
    connection: Connection, debate: str, rows: Rows, unchanged: Sequence[Unchanged], turn: int = 0
) -> None:
    records, texts = rows
    stored = [text._replace(text=text.text.encode()) for text in texts]  # type: ignore[arg-type]  # bytea
    for statement, whole in (
        (_INSERT_RECORDS, records),
        (_INSERT_TEXTS, stored),
        (_INSERT_UNCHANGED, [(*each, turn) for each in unchanged]),
    ):
        for start in range(0, len(whole), AT_ONCE):
            columns = zip(*whole[start : start + AT_ONCE], strict=True)
            await connection.execute(statement, debate, *map(list, columns))
