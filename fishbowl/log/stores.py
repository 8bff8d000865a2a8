"""Which store keeps the records: chosen here and nowhere else."""

from __future__ import annotations

import socket
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass

from fishbowl.debate.vocabulary import Instant
from fishbowl.log.database import Database
from fishbowl.log.directory import DataDirectory
from fishbowl.log.hold import Hold
from fishbowl.log.nodes import Nodes
from fishbowl.log.pool import Pool
from fishbowl.log.postgres import PostgresLog
from fishbowl.log.sqlite import SqliteLog

__all__ = ["SQLITE", "OpenStore", "Store", "StoredLog", "is_postgres", "open_store"]

SQLITE = "sqlite"
"""The file in the data directory; anything else is a PostgreSQL URL."""

Store = Database | Pool
StoredLog = SqliteLog | PostgresLog


@dataclass(frozen=True)
class OpenStore:
    """A store until it is closed, and the log in it; `nodes`: where others may be beside us."""

    store: Store
    log: StoredLog
    directory: DataDirectory
    hold: Hold | None = None
    nodes: Nodes | None = None

    @property
    def last_alive(self) -> Instant:
        """When a service over this store was last alive, this one or one before."""
        held = None if self.hold is None else self.hold.last_alive
        return self.directory.last_alive() if held is None else held

    async def secret(self, name: str, make: Callable[[], bytes]) -> bytes:
        """The secret of that name, which all who serve this store share: the first brings its own."""
        own = self.directory.secret(name, make)
        return await self.store.shared_secret(own) if isinstance(self.store, Pool) else own

    async def beat(self, now: Instant) -> None:
        """Leave a sign of life, every second. Raises as `Hold.beat`, `OSError`."""
        self.directory.heartbeat(now)
        if self.hold is not None:
            if self.nodes is not None:
                await self.nodes.beat(self.hold)
            await self.hold.beat(now)


def is_postgres(database: str) -> bool:
    """Whether a setting names a PostgreSQL database."""
    return database.startswith(("postgresql://", "postgres://"))


@asynccontextmanager
async def open_store(
    database: str, directory: DataDirectory, *, alone: bool = False
) -> AsyncIterator[OpenStore]:
    """The store that a setting names, opened or made; closed at the end. `alone`: with nobody beside us.

    Raises `DamagedStore`, `DatabaseInUse`, `ForeignStore`, `Unavailable`.
    """
    if not is_postgres(database):
        file = await Database.open(directory.database)
        try:
            yield OpenStore(file, SqliteLog(file), directory)
        finally:
            await file.close()
        return
    pool = await Pool.open(database)
    try:
        name = f"{socket.gethostname()}:{directory.path.resolve()}"
        hold = await (Hold.take if alone else Hold.share)(pool, name)
        try:
            log = PostgresLog(pool, directory.path)
            await log.erase_again()
            nodes = None if alone else Nodes(pool, directory.path, name)
            yield OpenStore(pool, log, directory, hold, nodes)
        finally:
            await hold.release()
    finally:
        await pool.close()
