"""The log in PostgreSQL, which several nodes may write.

Knows the tables of postgres.sql and nothing of how connections are opened (`Pool` does) or of what a record's
body means (the codec does). Guarantees what `contract.Log` promises: whoever appends to a debate holds its
row until the commit, so that of all nodes one at a time writes it and seqs have no gaps in any order of
commits.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from fishbowl.debate.evolve import OUTLINE
from fishbowl.debate.record import Record
from fishbowl.log import tables
from fishbowl.log.codec import (
    Rows,
    damage_named,
    decode_following,
    decode_some,
    encode_following,
)
from fishbowl.log.contract import Conflict, NoSuchDebate, SlugTaken, Unchanged
from fishbowl.log.erasures import erased_by, noted
from fishbowl.log.pool import Pool

__all__ = ["PostgresLog"]

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
            await tables.insert(connection, slug, rows, unchanged)
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
        async with self._pool.transaction() as connection:
            head, turns = await tables.locked(connection, debate)
            if head != expected:
                raise Conflict(head)
            if erased:
                await tables.note_erased(connection, self._directory, debate, erased)
            if records or unchanged:
                await tables.append(connection, debate, rows, unchanged, erased, turns + 1)
        self.appends += 1
        if erased:
            await self._pool.leave_nothing_behind()

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
            rows = await tables.span(connection, debate, since, limit)
        with damage_named(debate):
            return decode_following(since, *rows)

    async def pick(self, debate: str, seqs: Sequence[int]) -> list[Record]:
        return await self._some(debate, tables.PICKED, list(seqs))

    async def outline(self, debate: str) -> list[Record]:
        return await self._some(debate, tables.OUTLINED, sorted(OUTLINE))

    async def _some(self, debate: str, query: str, which: list[int] | list[str]) -> list[Record]:
        async with self._pool.connection() as connection:
            rows = tables.rows_of(await connection.fetch(query, debate, which))
            if not rows[0]:
                await tables.epoch_of(connection, debate)
        with damage_named(debate):
            return decode_some(*rows)

    async def rows(self, debate: str) -> Rows:
        async with self._pool.connection() as connection:
            return await tables.span(connection, debate, 0, None)

    async def unchanged(self, debate: str) -> list[Unchanged]:
        async with self._pool.connection() as connection:
            await tables.epoch_of(connection, debate)
            return await tables.unchanged_in(connection, debate)

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
            return await tables.epoch_of(connection, debate)

    async def debates(self) -> list[str]:
        async with self._pool.connection() as connection:
            rows = await connection.fetch("SELECT slug FROM debates ORDER BY created_at, slug")
        return [slug for (slug,) in rows]

    async def delete(self, debate: str) -> None:
        async with self._pool.transaction() as connection:
            await tables.locked(connection, debate)
            for table in ("endings", "presence", "unchanged", "texts", "records"):
                await connection.execute(f"DELETE FROM {table} WHERE debate = $1", debate)  # noqa: S608 - ours
            await connection.execute("DELETE FROM debates WHERE slug = $1", debate)
        await self._pool.leave_nothing_behind()
