"""The right to a PostgreSQL database: of all nodes together, or of one that moves it elsewhere.

Knows nothing of debates. A lock on a connection of its own tells whether a holder is there: the server lets
go when that connection ends, however it ends. A name in the database tells whose transactions count: nodes
share it, whoever holds alone gives a new one, and every transaction of ours asks for it.

Guarantees: while one holds alone, everybody else is refused by name, and while others hold, nobody holds
alone. Where a lock is lost (the server was started again, the network failed) and another has held alone
meanwhile, nothing of the one before is stored any more, whatever it believes; what it had stored until then,
the other has read.
"""

from __future__ import annotations

import asyncio
from contextlib import suppress
from secrets import token_hex
from typing import Final, Self

from fishbowl.debate.vocabulary import Instant
from fishbowl.log.contract import LogError
from fishbowl.log.pool import Connection, Pool

__all__ = ["DatabaseInUse", "Hold"]

NAMING: Final = 0x6669736B
"""With a name's hash, the advisory lock of whoever goes by that name."""
HOLDING: Final = 0x66697369
"""The advisory lock of whoever holds, for as long as it does; nodes hold it together."""
TAKING: Final = 0x6669736A
"""The advisory lock between transactions and whoever begins to hold alone; postgres2.sql has it too."""
PATIENCE_SECONDS: Final = 3.0
"""How long is waited for a holder that has just ended: the server may still be busy with its last words."""
AGAIN_SECONDS: Final = 0.1

_NAMED: Final = "UPDATE fishbowl SET holder = $1, held_by = $2 RETURNING holder, seen"
_SHARED: Final = "UPDATE fishbowl SET holder = coalesce(holder, $1), held_by = $2 RETURNING holder, seen"


class DatabaseInUse(LogError):
    """Another fishbowl holds the database."""


class Hold:
    """What `take` or `share` has got, until `release`."""

    def __init__(self, pool: Pool, lock: str, name: str) -> None:
        self.last_alive: Instant | None = None
        """When a service that held was last alive; None where none ever was."""
        self._pool = pool
        self._lock_with = f"SELECT {lock}($1::bigint)"
        self._name = name
        self._connection: Connection = None

    @classmethod
    async def take(cls, pool: Pool, name: str) -> Self:
        """Hold alone, as `name` to others: from now on the transactions of `pool` are the only ones.

        Raises `DatabaseInUse`, `Unavailable`.
        """
        return await cls(pool, "pg_try_advisory_lock", name)._begin(_NAMED)

    @classmethod
    async def share(cls, pool: Pool, name: str) -> Self:
        """Hold with others that share, each by a name of its own. Raises as `take`."""
        return await cls(pool, "pg_try_advisory_lock_shared", name)._begin(_SHARED)

    async def _begin(self, naming: str) -> Self:
        try:
            await self._lock(PATIENCE_SECONDS)
            async with self._pool.transaction() as connection:
                if naming is _NAMED:
                    await connection.execute("SELECT pg_advisory_xact_lock($1::bigint)", TAKING)
                holder, self.last_alive = await connection.fetchrow(naming, token_hex(8), self._name)
        except BaseException:
            await self.release()
            raise
        self._pool.holder = holder
        return self

    async def beat(self, now: Instant) -> None:
        """Leave a sign of life, and take the lock again where it was lost.

        Raises `Unavailable`; `Superseded` where another has held alone.
        """
        if self._connection is None or self._connection.is_closed():
            with suppress(DatabaseInUse):  # by one that is about to begin: then the next line tells
                await self._lock(0)
        async with self._pool.transaction() as connection:
            await connection.execute("SET LOCAL synchronous_commit = off")  # the one before will do
            await connection.execute("UPDATE fishbowl SET seen = greatest(seen, $1)", now)

    async def run(self, statement: str, *values: object) -> None:
        """Run it on the connection of the hold, which waits for no other; not at all while that is broken.

        Raises `Unavailable`.
        """
        if self._connection is not None and not self._connection.is_closed():
            try:
                await self._connection.execute(statement, *values)
            except Exception as error:
                raise self._pool.meaning(error) from error

    async def release(self) -> None:
        """Let go; the pool is not to be used any more."""
        connection, self._connection = self._connection, None
        if connection is not None:
            with suppress(Exception):  # the server lets go all the same, when it misses us
                await connection.close(timeout=AGAIN_SECONDS * 10)

    async def _lock(self, patience: float) -> None:
        async with self._pool.dedicated() as connection:
            while not await connection.fetchval(self._lock_with, HOLDING):
                if patience <= 0:
                    who = await connection.fetchval("SELECT held_by FROM fishbowl")
                    raise DatabaseInUse(
                        f"{self._pool.name} is in use by another fishbowl ({who or 'just starting'}). "
                        "Stop that one, or give this one a database of its own."
                    )
                patience -= AGAIN_SECONDS
                await asyncio.sleep(AGAIN_SECONDS)
            named = "SELECT pg_try_advisory_lock($1::integer, hashtext($2))"
            while not await connection.fetchval(named, NAMING, self._name):
                if patience <= 0:
                    raise DatabaseInUse(
                        f"{self._pool.name} is in use by another fishbowl of the same name ({self._name}). "
                        "Each needs a host name and a data directory of its own."
                    )
                patience -= AGAIN_SECONDS
                await asyncio.sleep(AGAIN_SECONDS)
        self._connection = connection
