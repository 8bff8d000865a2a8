"""All that one store keeps, into another that keeps nothing yet.

Knows of other tables than the log's only their names and columns. Guarantees: every record, text, answered
id and row is as it was, read back from where it went and compared; epochs too, so that whoever comes back
goes on where they stood. What was erased stays erased there. The source keeps what it has.
"""

from __future__ import annotations

import asyncio
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any, NamedTuple

from fishbowl.log.contract import DamagedStore, LogError
from fishbowl.log.erasures import Erasure, note, noted
from fishbowl.log.pool import Pool
from fishbowl.log.postgres import PostgresLog
from fishbowl.log.stores import OpenStore

__all__ = ["Moved", "NotEmpty", "move"]

Tables = Mapping[str, Sequence[str]]
"""Names and columns. Rows with a column `id` stand in an order that is kept; that of others tells nothing."""
AT_ONCE = 2_000
"""Rows in one transaction of SQLite's, or one statement of PostgreSQL's."""


class NotEmpty(LogError):
    """There are debates where others are to be put."""


class Moved(NamedTuple):
    """How much."""

    debates: int
    records: int


async def move(source: OpenStore, target: OpenStore, tables: Tables) -> Moved:
    """Put all of `source` into `target`; in PostgreSQL all or nothing.

    `tables` are those beside the log, made already on both sides; rows that `target` has in them go. Raises
    `DamagedStore` where something is not what was written, there or here; `NotEmpty`, `Unavailable`.
    """
    if isinstance(target.store, Pool):
        async with target.store.at_once() as pool:
            moved = await _move(source, replace(target, store=pool, log=PostgresLog(pool)), tables)
    else:
        moved = await _move(source, target, tables)
    await target.beat(source.last_alive)
    return moved


async def _move(source: OpenStore, target: OpenStore, tables: Tables) -> Moved:
    if there := await target.log.debates():
        raise NotEmpty(f"There are debates already: {', '.join(there[:3])}{', ...' if there[3:] else ''}.")
    slugs = await source.log.debates()
    records = 0
    for slug in slugs:
        records += await _move_debate(source, target, slug)
    if await target.log.debates() != slugs:
        raise DamagedStore("The debates that were stored are not those that were read.")
    for name, columns in tables.items():
        await _move_table(source, target, name, columns)
    await _move_erasures(source, target)
    return Moved(len(slugs), records)


async def _move_debate(source: OpenStore, target: OpenStore, slug: str) -> int:
    rows, unchanged = await source.log.rows(slug), await source.log.unchanged(slug)
    epoch = await source.log.epoch(slug)
    await target.log.take_in(slug, rows, epoch, unchanged)
    records, texts = await target.log.rows(slug)
    for was, now in zip(rows[0], records, strict=True):
        if was != now:
            raise DamagedStore(f"{slug!r}: record {was.seq} was stored as something else.")
    if sorted(texts) != sorted(rows[1]):
        raise DamagedStore(f"{slug!r}: its texts were stored as something else.")
    if sorted(await target.log.unchanged(slug)) != sorted(unchanged) or await target.log.epoch(slug) != epoch:
        raise DamagedStore(f"{slug!r}: its answered ids or its epoch were stored as something else.")
    return len(records)


async def _move_table(source: OpenStore, target: OpenStore, name: str, columns: Sequence[str]) -> None:
    rows = await _rows(source, name, columns)
    insert = f"insert into {name} ({', '.join(columns)}) values ({', '.join('?' * len(columns))})"  # noqa: S608
    await target.store.change((f"delete from {name}", [()]))  # noqa: S608 - ours
    for start in range(0, len(rows), AT_ONCE):
        await target.store.change((insert, rows[start : start + AT_ONCE]))
    if await _rows(target, name, columns) != rows:
        raise DamagedStore(f"The rows of {name} were stored as something else.")


async def _rows(store: OpenStore, name: str, columns: Sequence[str]) -> list[tuple[Any, ...]]:
    query = f"select {', '.join(columns)} from {name}"  # noqa: S608 - ours
    if "id" in columns:
        return await store.store.ask(f"{query} order by rowid")
    return sorted(await store.store.ask(query))


async def _move_erasures(source: OpenStore, target: OpenStore) -> None:
    """What the source knows as erased the target knows too; the ledger of the directory is both's."""
    known = {
        (each.debate, each.created_at, seq) for each in noted(target.directory.path) for seq in each.records
    }
    if isinstance(target.store, Pool):
        await target.store.change(
            ("insert into erasures values (?, ?, ?) on conflict do nothing", sorted(known))
        )
    if isinstance(source.store, Pool):
        for debate, created_at, seq in await source.store.ask("select debate, created_at, seq from erasures"):
            if (debate, created_at, seq) not in known:
                await asyncio.to_thread(note, target.directory.path, Erasure(debate, created_at, (seq,)))
