"""Everything a service keeps, from SQLite to PostgreSQL or back.

Knows which tables there are beside the log's, and nothing of how they are moved (`log.moving` does). The data
directory is the same on both sides: what lies in it beside the store stays where it is.

Guarantees: neither store is in use meanwhile; the one it comes from keeps what it has; the one it goes to has
nothing of it unless all of it is there, read back equal.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from importlib.resources import files
from pathlib import Path
from typing import Final

from fishbowl.log.backup import AlreadyThere
from fishbowl.log.connection import sync
from fishbowl.log.contract import LogError, Unavailable
from fishbowl.log.database import Database
from fishbowl.log.directory import DATABASE, DataDirectory
from fishbowl.log.moving import Moved, move
from fishbowl.log.pool import Pool
from fishbowl.log.sqlite import SqliteLog
from fishbowl.log.stores import SQLITE, OpenStore, is_postgres, open_store
from fishbowl.transcript.seal import Key
from fishbowl.web.links import Link
from fishbowl.web.seals import KEY_FILE

__all__ = ["TABLES", "BadMove", "migrate"]

TABLES: Final = {
    "links": Link.__struct_fields__,
    "browsers": ("cookie", "debate", "link"),
    "seals": ("debate", "number", "seq", "seal"),
    "retention": ("debate", "days"),
    "retention_done": ("debate", "at", "people", "contributions"),
}
"""Those beside the log's, and what makes them."""
SCRIPTS: Final = ("links.sql", "seals.sql", "retention.sql")


class BadMove(LogError):
    """What was named are not one SQLite store and one PostgreSQL database."""


def migrate(source: str, target: str) -> Moved:
    """Move everything from one to the other: one is `sqlite:DIRECTORY`, the other a PostgreSQL URL.

    Raises `BadMove`, `AlreadyThere`, `DirectoryInUse`, `DatabaseInUse`, `NotEmpty`, `DamagedStore`,
    `ForeignStore`, `Unavailable`; the target is then as it was.
    """
    path = _directory(source) or _directory(target)
    if path is None or not (is_postgres(source) or is_postgres(target)):
        raise BadMove(
            "One side has to be sqlite: with the data directory (sqlite:/var/lib/fishbowl), the other "
            "postgresql:// with a database."
        )
    with DataDirectory.lock(path) as directory:
        return asyncio.run(_up(directory, target) if is_postgres(target) else _down(source, directory))


def _directory(store: str) -> Path | None:
    prefix = f"{SQLITE}:"
    return Path(store.removeprefix(prefix)) if store.startswith(prefix) and store != prefix else None


async def _up(directory: DataDirectory, url: str) -> Moved:
    if not directory.database.exists():
        raise Unavailable(f"{directory.path} holds no store: there is nothing to move.")
    async with open_store(SQLITE, directory) as old, open_store(url, directory, alone=True) as new:
        moved = await _moved(old, new)
        if isinstance(new.store, Pool):  # what was sealed was sealed with this directory's
            await new.store.shared_secret(directory.secret(KEY_FILE, Key.new), replacing=True)
        return moved


async def _down(url: str, directory: DataDirectory) -> Moved:
    for name in (DATABASE, f"{DATABASE}-wal", f"{DATABASE}-journal"):
        if (directory.path / name).exists():
            raise AlreadyThere(f"{directory.path / name} exists already; move it away first.")
    async with open_store(url, directory, alone=True) as old:
        await _take_key(old, directory)
        unfinished = directory.path / f"{DATABASE}.moving"
        async with _in_the_making(unfinished, directory) as new:
            moved = await _moved(old, new)
        sync(unfinished)
        unfinished.rename(directory.database)
        sync(directory.path)
    return moved


async def _take_key(old: OpenStore, directory: DataDirectory) -> None:
    """The key with which the nodes of a database sealed is the directory's from now on."""
    ((key,),) = await old.store.ask("select seal_key from fishbowl")
    if key is not None and directory.secret(KEY_FILE, lambda: key) != key:
        raise AlreadyThere(
            f"{directory.path / KEY_FILE} is not the key with which the services over this database seal; "
            "move it away first."
        )


@asynccontextmanager
async def _in_the_making(path: Path, directory: DataDirectory) -> AsyncIterator[OpenStore]:
    """A new SQLite file, gone where something is raised."""
    _remove(path)
    _touch(path)
    try:
        file = await Database.open(path)
        try:
            yield OpenStore(file, SqliteLog(file), directory)
        finally:
            await file.close()
    except BaseException:
        _remove(path)
        raise


def _touch(path: Path) -> None:
    path.touch(0o600)


def _remove(path: Path) -> None:
    for each in path.parent.glob(f"{path.name}*"):
        each.unlink()


async def _moved(old: OpenStore, new: OpenStore) -> Moved:
    for side in (old, new):
        for script in SCRIPTS:
            await side.store.ensure(files("fishbowl.web").joinpath(script).read_text("utf-8"))
    return await move(old, new, TABLES)
