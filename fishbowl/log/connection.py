"""One connection to an SQLite file, on a thread of its own.

Knows nothing of what is stored or of who waits for it. It decides how the file is opened, what in it is
refused, and what an error of SQLite means to those above.

Guarantees: a file that is damaged, somebody else's or a newer fishbowl's is refused before anything could
change it; a connection that broke is opened anew with the next job, and never makes a new file in place of
one that has gone.
"""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Callable
from contextlib import closing, suppress
from functools import partial
from pathlib import Path
from typing import TypeVar

import aiosqlite

from fishbowl.log.contract import DamagedStore, ForeignStore, LogError, Unavailable

__all__ = [
    "WRITER_PRAGMAS",
    "Connection",
    "inspect",
    "is_broken",
    "meaning_of",
    "open_as_one_file",
    "open_to_read",
    "prepare",
    "sync",
]

T = TypeVar("T")

APPLICATION = 0x66697368
"""`PRAGMA application_id` of our files, as schema.sql sets it."""

VERSION = 1
"""`PRAGMA user_version` of the tables we know, as schema.sql sets it."""

WRITER_PRAGMAS: tuple[str, ...] = (
    "PRAGMA synchronous = FULL",  # a commit returns once the write-ahead log is synced
    "PRAGMA foreign_keys = ON",
    "PRAGMA secure_delete = ON",  # an erased text leaves no bytes behind in free pages
    "PRAGMA cell_size_check = ON",  # damage shows where it is read, not where it spreads
    "PRAGMA journal_size_limit = 67108864",  # a long reader lets the write-ahead log grow; give it back
)
READER_PRAGMAS = ("PRAGMA query_only = ON", "PRAGMA cell_size_check = ON")

BROKEN = frozenset({sqlite3.SQLITE_IOERR, sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_READONLY})
"""Errors after which a connection is not trusted again (its view of the file may be wrong)."""

PASSING = BROKEN | {
    sqlite3.SQLITE_BUSY,
    sqlite3.SQLITE_FULL,
    sqlite3.SQLITE_INTERRUPT,
    sqlite3.SQLITE_LOCKED,
    sqlite3.SQLITE_NOMEM,
    sqlite3.SQLITE_PROTOCOL,
}
"""Errors that say nothing against the file: trying again may help."""

DAMAGE = frozenset({sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB})


class Connection:
    """A connection that runs one job after another, each in one hop to its thread and back."""

    def __init__(self, path: Path, *, read_only: bool, busy_seconds: float) -> None:
        self._connect = partial(open_to_read if read_only else _open_to_write, path, busy_seconds)
        self._path = path
        self._thread: _Thread | None = None

    async def run(self, job: Callable[[sqlite3.Connection], T]) -> T:
        """What `job` returns, run to its end even if this call is cancelled. One call at a time.

        Raises what `job` raises, but errors of SQLite as `meaning_of` has them.
        """
        try:
            if self._thread is None:
                thread = _Thread(self._connect, 1)
                await thread
                self._thread = thread
            return await self._thread.call(job)
        except sqlite3.Error as error:
            if is_broken(error):
                await self.close()
            if meaning := meaning_of(error, self._path):
                raise meaning from error
            raise

    async def close(self) -> None:
        """End the thread. The next job would open the file again."""
        thread, self._thread = self._thread, None
        if thread is not None:
            with suppress(sqlite3.Error):  # a connection that broke may not close cleanly; it is gone anyway
                await thread.close()


class _Thread(aiosqlite.Connection):
    """aiosqlite's connection, with the one thing it keeps to itself: a whole job in one hop.

    Three hops a transaction (begin, insert, commit) halve the commits there are in a second.
    """

    async def call(self, job: Callable[[sqlite3.Connection], T]) -> T:
        result: T = await self._execute(job, self._conn)  # type: ignore[no-untyped-call]
        return result


def prepare(path: Path, schema: str, busy_seconds: float) -> None:
    """See to it that there is a store at `path`: the one that is there, or a new one with `schema`'s tables.

    A new one gets its name when it is complete, so that a start that is cut off leaves nothing half-made.
    Raises as `inspect`.
    """
    if inspect(path, busy_seconds):
        return
    unfinished = path.with_name(f"{path.name}.new")
    try:
        unfinished.unlink(missing_ok=True)
        unfinished.touch(0o600)
        with closing(open_as_one_file(unfinished)) as store:
            store.executescript(schema)
        sync(unfinished)
        unfinished.replace(path)
        sync(path.parent)
    except OSError as error:
        raise Unavailable(f"{path} cannot be made: {error.strerror}.") from error
    except sqlite3.Error as error:
        raise meaning_of(error, path) or error from error


def inspect(path: Path, busy_seconds: float) -> bool:
    """Whether there is a store at `path`, undamaged and ours; False where there is nothing, or an empty file.

    Reads only. Raises `DamagedStore` or `ForeignStore` for anything else, `Unavailable` where it cannot tell.
    """
    try:
        with path.open("rb") as file:
            beginning = file.read(16)
    except FileNotFoundError:
        beginning = b""
    except OSError as error:
        raise Unavailable(f"{path} cannot be read: {error.strerror}.") from error
    if not beginning:
        for log in (path.with_name(path.name + "-wal"), path.with_name(path.name + "-journal")):
            if log.exists():  # it goes by its name alone, and would be played into whatever is made here
                raise DamagedStore(f"{path} is empty or gone, but {log.name} is there: a file was lost.")
        return False
    if beginning != b"SQLite format 3\0":
        raise ForeignStore(f"{path} is not a database of fishbowl, or its beginning is damaged.")
    try:
        with closing(open_to_read(path, busy_seconds)) as connection:
            _refuse_unless_ours(connection, path)
    except sqlite3.Error as error:
        raise meaning_of(error, path) or DamagedStore(f"{path} cannot be read: {error}.") from error
    return True


def is_broken(error: Exception) -> bool:
    """Whether the connection that met `error` must be opened anew."""
    return isinstance(error, sqlite3.Error) and _primary(error) in BROKEN


def meaning_of(error: sqlite3.Error, path: Path) -> LogError | None:
    """What an error of SQLite tells those above; None where it is about the job, not about the store."""
    primary = _primary(error)
    if primary in PASSING:
        return Unavailable(f"{path} cannot be used at the moment: {error}.")
    if primary in DAMAGE or (primary is None and "UTF-8" in str(error)):
        return DamagedStore(f"{path} is damaged: {error}. Restore a backup; nothing was changed.")
    return None


def _refuse_unless_ours(connection: sqlite3.Connection, path: Path) -> None:
    (application,) = connection.execute("PRAGMA application_id").fetchone()
    (version,) = connection.execute("PRAGMA user_version").fetchone()
    if application != APPLICATION:
        raise ForeignStore(f"{path} is a database, but not one of fishbowl.")
    if version > VERSION:
        raise ForeignStore(f"{path} was written by a newer fishbowl (tables {version}, known {VERSION}).")
    (finding,) = connection.execute("PRAGMA quick_check(1)").fetchone()
    if finding != "ok":
        raise DamagedStore(f"{path} is damaged: {finding}. Restore a backup; nothing was changed.")


def _open_to_write(path: Path, busy_seconds: float) -> sqlite3.Connection:
    connection = _open(path, "rw", busy_seconds)
    try:
        (mode,) = connection.execute("PRAGMA journal_mode = WAL").fetchone()
        if mode != "wal":
            raise Unavailable(f"{path} cannot have a write-ahead log: its file system does not allow it.")
        for pragma in WRITER_PRAGMAS:
            connection.execute(pragma)
    except BaseException:
        connection.close()
        raise
    return connection


def open_to_read(path: Path, busy_seconds: float) -> sqlite3.Connection:
    """A connection that changes nothing: not the store, nor its write-ahead log when it is closed."""
    connection = _open(path, "ro", busy_seconds)
    for pragma in READER_PRAGMAS:
        connection.execute(pragma)
    return connection


def open_as_one_file(path: Path) -> sqlite3.Connection:
    """A connection to a store in the making: whole in its one file, and safe once that is given to `sync`.

    No journal stands beside it: one left by a process that was killed would be played into the next attempt.
    """
    connection = _open(path, "rw", 0)
    connection.execute("PRAGMA journal_mode = MEMORY")
    connection.execute("PRAGMA synchronous = OFF")
    return connection


def sync(path: Path) -> None:
    """A file's bytes, or the names in a directory, are on the disk when this returns."""
    file = os.open(path, os.O_RDONLY)
    try:
        os.fsync(file)
    finally:
        os.close(file)


def _open(path: Path, mode: str, busy_seconds: float) -> sqlite3.Connection:
    return sqlite3.connect(
        f"{path.absolute().as_uri()}?mode={mode}",
        uri=True,
        timeout=busy_seconds,
        isolation_level=None,  # transactions are begun and ended where they stand, never in between
    )


def _primary(error: sqlite3.Error) -> int | None:
    """SQLite's code without its details; None for what Python's own layer found wrong."""
    code: int | None = getattr(error, "sqlite_errorcode", None)
    return None if code is None else code & 0xFF
