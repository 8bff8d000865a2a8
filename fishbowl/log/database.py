"""The one place that opens a database: a single writer, a few readers.

Knows nothing of debates. It runs jobs (functions given a plain `sqlite3.Connection`) on its own threads, so
that no disk ever holds up the event loop.

Guarantees: everything that waits to be written, whoever asked, goes into one transaction, each job in a
savepoint of its own; a result is handed out after that transaction is committed and synced, never before. The
queue is bounded. A store that fails is tried again with the next job and recovers without a restart.
"""

from __future__ import annotations

import asyncio
import logging
import sqlite3
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from functools import partial
from importlib.resources import files
from pathlib import Path
from typing import Any, NamedTuple, TypeVar

from fishbowl.log.connection import Connection, is_broken, meaning_of, prepare
from fishbowl.log.contract import LogError, Overloaded, Unavailable

__all__ = ["Change", "Database", "Value"]

T = TypeVar("T")
Job = Callable[[sqlite3.Connection], T]
Value = str | bytes | int | None
Change = tuple[str, Sequence[Sequence[Value]]]
"""A statement, and the rows of values it is run with."""

READERS = 4
EMPTY_SECONDS = 0.05
"""How long is waited before the write-ahead log is tried to be emptied again."""
PATIENCE_SECONDS = 5.0
"""How long that is waited for."""
MOST_WAITING = 1024
"""Writes kept waiting. A debate's loop has one at a time, so this many debates write at once."""
BUSY_SECONDS = 5.0
"""How long a store locked by another program is waited for."""

logger = logging.getLogger("fishbowl.log")


class Outcome(NamedTuple):
    """What became of one job: its result, or why its savepoint was rolled back."""

    result: Any
    error: Exception | None = None


class Database:
    """An open store. Made by `open`, ended by `close`; its threads keep the process alive in between."""

    is_shared = False
    """As `Pool` has it: while it is open, this process has it alone."""

    def __init__(self, path: Path, busy_seconds: float, most_waiting: int) -> None:
        self.path = path
        self._writer = Connection(path, read_only=False, busy_seconds=busy_seconds)
        self._readers: asyncio.Queue[Connection] = asyncio.Queue()
        for _ in range(READERS):
            self._readers.put_nowait(Connection(path, read_only=True, busy_seconds=busy_seconds))
        self._most_waiting = most_waiting
        self._waiting: list[tuple[Job[Any], asyncio.Future[Any]]] = []
        self._owed = False
        """Whether bytes of what was deleted may be left in the files."""
        self._wake = asyncio.Event()
        self._closed = False
        self.reads = 0
        """Questions to the store so far: what is served from memory asks none."""
        self.transactions = 0
        self._failing = False
        self._writing = asyncio.create_task(self._write_what_waits(), name="fishbowl.log writer")

    @property
    def waiting(self) -> int:
        """How many writes wait for the transaction under way to end."""
        return len(self._waiting)

    @property
    def failing(self) -> bool:
        """Whether the last transaction failed, so that nothing can be stored for all we know."""
        return self._failing

    @classmethod
    async def open(
        cls, path: Path, *, busy_seconds: float = BUSY_SECONDS, most_waiting: int = MOST_WAITING
    ) -> Database:
        """Open the store at `path`, or make one where there is none.

        Raises `DamagedStore`, `ForeignStore`, `Unavailable`, and then has changed nothing.
        """
        schema = files("fishbowl.log").joinpath("schema.sql").read_text("utf-8")
        await asyncio.to_thread(prepare, path, schema, busy_seconds)
        database = cls(path, busy_seconds, most_waiting)
        try:
            await database.check()  # a file that cannot be written is refused here, not at the first post
        except BaseException:
            await database.close()
            raise
        return database

    async def ensure(self, schema: str) -> None:
        """Run a script of `CREATE ... IF NOT EXISTS` statements (one or more lines each), all or none."""

        def create(connection: sqlite3.Connection) -> None:
            for statement in _statements(schema):
                connection.execute(statement)

        await self.write(create)

    async def ask(self, query: str, *values: Value) -> list[tuple[Any, ...]]:
        """The rows of a query; `?` stands for a value."""
        return await self.read(lambda connection: connection.execute(query, values).fetchall())

    async def change(self, *changes: Change) -> None:
        """Run each statement with each of its rows, in order, all or none; raises as `write`."""

        def run(connection: sqlite3.Connection) -> None:
            for statement, rows in changes:
                connection.executemany(statement, rows)

        await self.write(run)

    async def write(self, job: Job[T]) -> T:
        """What `job` returns, once all it wrote is committed and synced. It must not end the transaction.

        What `job` raises is raised here, and nothing of it stays; the others in its transaction go on. An
        `Unavailable` store stops all of them, and the outcome is unknown. `Overloaded`: too many are waiting.
        Once waiting, the job runs, also when this call is cancelled.
        """
        if self._closed:
            raise Unavailable(f"{self.path} is closed.")
        if len(self._waiting) >= self._most_waiting:
            raise Overloaded(f"{len(self._waiting)} writes are waiting for {self.path} already.")
        future: asyncio.Future[T] = asyncio.get_running_loop().create_future()
        self._waiting.append((job, future))
        self._wake.set()
        return await future

    async def leave_nothing_behind(self) -> None:
        """No byte of what was deleted is left in the store's files when this returns.

        `secure_delete` clears what is deleted, but not what was left behind when a page was laid out anew
        before: so the store is written anew, and its write-ahead log emptied. Where that cannot be done in
        time (somebody reads for long, the disk is full), the operator is told, and it is done with the next
        write that can.
        """
        self._owed = True
        patience = 0.0
        while self._owed and not self._closed and patience < PATIENCE_SECONDS:
            await self.write(_nothing)
            if self._owed:
                await asyncio.sleep(EMPTY_SECONDS)
                patience += EMPTY_SECONDS
        if self._owed:
            logger.error("What was erased may still be in the files of %s; it is tried again.", self.path)

    async def check(self) -> None:
        """Write and sync what changes nothing. Raises `Unavailable` where nothing can be stored."""
        await self.write(_rewrite)

    async def read(self, job: Job[T]) -> T:
        """What `job` returns, reading from one state of the store: all that was written before this call."""
        if self._closed:
            raise Unavailable(f"{self.path} is closed.")
        self.reads += 1
        reader = await self._readers.get()
        running = asyncio.ensure_future(reader.run(partial(_in_snapshot, job)))
        # The reader is free when its thread is, not when the asker goes away.
        running.add_done_callback(lambda _: self._readers.put_nowait(reader))
        return await asyncio.shield(running)

    async def close(self) -> None:
        """Finish what waits, then end every thread. The writer goes last: it empties the write-ahead log."""
        if self._closed:
            return
        self._closed = True
        self._wake.set()
        await self._writing
        for _ in range(READERS):
            await (await self._readers.get()).close()
        await self._writer.close()

    async def _write_what_waits(self) -> None:
        """The one task that owns the writer: while a batch is synced, the next one gathers."""
        while self._waiting or not self._closed:
            await self._wake.wait()
            self._wake.clear()
            while self._waiting:
                batch, self._waiting = self._waiting, []
                outcomes = await self._commit([job for job, _ in batch])
                if self._owed and not self._failing:
                    await self._write_anew()
                for (_, future), outcome in zip(batch, outcomes, strict=True):
                    if future.done():
                        continue  # its asker was cancelled
                    if outcome.error is None:
                        future.set_result(outcome.result)
                    else:
                        future.set_exception(outcome.error)

    async def _write_anew(self) -> None:
        """Leave nothing behind of what was deleted; still owed where it could not be done."""
        with suppress(
            LogError
        ):  # it is tried again with the next write, which tells if nothing can be written
            self._owed = await self._writer.run(_keeps_old_bytes)

    async def _commit(self, jobs: list[Job[Any]]) -> list[Outcome]:
        self.transactions += 1
        try:
            outcomes = await self._writer.run(partial(_transaction, jobs, self.path))
        except LogError as error:
            self._note(error)
            # Each asker gets an exception of its own: one raised in many places collects tracebacks.
            return [Outcome(None, type(error)(str(error))) for _ in jobs]
        except Exception as error:  # noqa: BLE001  whatever it was, every asker must hear of it
            return [Outcome(None, error) for _ in jobs]
        self._note(None)
        return outcomes

    def _note(self, error: LogError | None) -> None:
        """Tell the operator when the store begins to fail and when it is well again, not at every write."""
        if error is not None and not self._failing:
            logger.error("Nothing can be stored: %s", error)
        elif error is None and self._failing:
            logger.warning("%s can be written again.", self.path)
        self._failing = error is not None


def _nothing(connection: sqlite3.Connection) -> None:
    """A write for its place in the queue."""


def _keeps_old_bytes(connection: sqlite3.Connection) -> bool:
    """Write the store anew and empty its log; whether somebody who reads kept that from being done."""
    connection.execute("VACUUM")
    busy, *_ = connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
    return bool(busy)


def _rewrite(connection: sqlite3.Connection) -> None:
    """Write the number of the tables as it stands: a page that has to reach the disk like any other."""
    (version,) = connection.execute("PRAGMA user_version").fetchone()
    connection.execute(f"PRAGMA user_version = {int(version)}")


def _transaction(jobs: list[Job[Any]], path: Path, connection: sqlite3.Connection) -> list[Outcome]:
    """Run `jobs` in one transaction, and commit it. On the writer's thread."""
    connection.execute("BEGIN IMMEDIATE")
    try:
        outcomes = [_in_savepoint(job, path, connection) for job in jobs]
        connection.execute("COMMIT")
    except BaseException:
        with suppress(sqlite3.Error):  # it may have rolled back by itself, and the first error matters
            connection.execute("ROLLBACK")
        raise
    return outcomes


def _in_savepoint(job: Job[Any], path: Path, connection: sqlite3.Connection) -> Outcome:
    """Run one job so that its failure undoes nothing but itself.

    Where SQLite has ended the whole transaction (it may, when a disk is full), going on would commit the
    other jobs one statement at a time: then the error is everybody's.
    """
    connection.execute("SAVEPOINT job")
    try:
        result = job(connection)
    except Exception as error:
        if not connection.in_transaction or is_broken(error):
            raise
        connection.execute("ROLLBACK TO job")
        connection.execute("RELEASE job")
        meaning = meaning_of(error, path) if isinstance(error, sqlite3.Error) else None
        return Outcome(None, meaning or error)
    if not connection.in_transaction:
        raise sqlite3.ProgrammingError("A job ended the transaction it shares with others.")
    connection.execute("RELEASE job")
    return Outcome(result)


def _in_snapshot(job: Job[T], connection: sqlite3.Connection) -> T:
    connection.execute("BEGIN")
    try:
        return job(connection)
    finally:
        with suppress(sqlite3.Error):
            connection.execute("ROLLBACK")


def _statements(script: str) -> Iterator[str]:
    """The statements of an SQL script. (`executescript` would commit what waits in the transaction.)"""
    statement = ""
    for line in script.splitlines(keepends=True):
        statement += line
        if sqlite3.complete_statement(statement):
            yield statement
            statement = ""
    if statement.strip():
        yield statement
