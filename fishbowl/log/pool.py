"""The one place that opens PostgreSQL: a few connections, the tables, and what its errors mean.

Knows nothing of debates. asyncpg is loaded here and only when somebody names such a database; whoever has
SQLite needs none of it.

Guarantees: tables that are somebody else's or a newer fishbowl's are refused before anything is changed; of
several that start at once one makes or changes the tables, in one transaction; a commit that returned is on
the server's disk; where `holder` is set, nothing is stored once another holds the database; and no word of
ours names the password.
"""

from __future__ import annotations

import asyncio
import logging
import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from functools import cache
from importlib.resources import files
from typing import Any
from urllib.parse import urlsplit

from fishbowl.log.contract import DamagedStore, ForeignStore, LogError, Unavailable
from fishbowl.log.database import Change, Value
from fishbowl.log.rewriting import Rewriting

__all__ = ["STEPS", "Connection", "Pool", "Superseded", "shown"]

STEPS = ("postgres.sql", "postgres2.sql", "postgres3.sql")
"""Scripts beside this module; the nth brings the tables from version n - 1 to version n."""
CONNECTIONS = 8
"""How many debates are read or written at once; the others wait for their turn."""
PATIENCE_SECONDS = 10.0
"""How long a connection, a lock or an answer is waited for before the database counts as unavailable."""
ONE_STARTS = 0x66697368
"""The advisory lock under which tables are made and changed."""

PASSING = ("08", "25006", "25P03", "40", "53", "55", "57", "58")
"""Beginnings of SQLSTATEs that say nothing against what is stored: connection, a server that only reads,
transaction to be tried again, resources, locks, operator, system."""
DAMAGE = "XX"
SERVER_SETTINGS = {
    "application_name": "fishbowl",
    # A machine of ours that is gone without a word is noticed by the server after some fifteen seconds.
    "tcp_keepalives_idle": "5",
    "tcp_keepalives_interval": "3",
    "tcp_keepalives_count": "3",
    "tcp_user_timeout": "15000",
    # A node that stands still within a turn holds up all others in that debate, but no longer than they wait.
    "idle_in_transaction_session_timeout": "5000",
}

_HELD = "SELECT fishbowl_is_held_by($1)"

Connection = Any
"""asyncpg's; it ships no types."""

logger = logging.getLogger("fishbowl.log")


class Superseded(Unavailable):
    """Another fishbowl has begun to hold the database: nothing of ours is stored any more."""

    def __init__(self, name: str) -> None:
        super().__init__(f"{name} is held by another fishbowl now; nothing more is stored from here.")


class Pool:
    """An open database. Made by `open`, ended by `close`."""

    is_shared = True
    """Whether others may write it too, so that nothing read from it may be remembered as true."""

    def __init__(self, name: str, url: str, pool: Any) -> None:
        self.name = name
        """Where it is, as it may be shown."""
        self.holder: str | None = None
        """Whose transactions these are; None: anybody's."""
        self.reads = 0
        """Questions so far."""
        self.transactions = 0
        self.waiting = 0
        """Who waits for a connection."""
        self._url = url
        self._pool = pool
        self._failing = False
        self._is_superseded = False
        self._rewriting = Rewriting(self._bare, name)

    @property
    def failing(self) -> bool:
        """Whether the last attempt failed, so that nothing can be stored for all we know."""
        return self._failing or self._is_superseded

    @classmethod
    async def open(cls, url: str, steps: tuple[str, ...] = STEPS) -> Pool:
        """Open the database at `url`, and make the tables or bring them up to what is known here.

        Raises `DamagedStore`, `ForeignStore`, `Unavailable`, and then has changed nothing.
        """
        asyncpg = _asyncpg()
        name = shown(url)
        try:
            await (await _connected(url)).close()
        except (ValueError, asyncpg.ClientConfigurationError):
            # Its text would quote the URL.
            raise Unavailable(f"{name} cannot be used: its URL is not one PostgreSQL takes.") from None
        except Exception as error:
            raise _meaning(error, name) or error from error
        pool = await asyncpg.create_pool(
            url,
            min_size=0,  # asyncpg would say with a traceback that it cannot keep up a number
            max_size=CONNECTIONS,
            timeout=PATIENCE_SECONDS,
            command_timeout=PATIENCE_SECONDS,
            server_settings=SERVER_SETTINGS,
            init=_durably,
            reset=_stays_durable,
        )
        opened = cls(name, url, pool)
        try:
            async with opened.transaction() as connection:
                await _bring_up(connection, name, steps)
            await opened.check()  # a server that only reads is refused here, not at the first post
        except BaseException:
            await opened.close()
            raise
        return opened

    @asynccontextmanager
    async def connection(self) -> AsyncIterator[Connection]:
        """A connection to ask with. Errors of PostgreSQL are raised as those of the contract."""
        self.reads += 1
        if self._is_superseded:
            raise Superseded(self.name)
        async with self._told(), self._taken() as connection:
            yield connection

    @asynccontextmanager
    async def transaction(self, *, asks_for_hold: bool = True) -> AsyncIterator[Connection]:
        """A connection in a transaction, committed at the end, rolled back where something is raised.

        Raises `Superseded` where another holds the database; whoever asks for that by `fishbowl_turn` need
        not have it asked here.
        """
        self.transactions += 1
        async with self._told(), self._taken() as connection, connection.transaction():
            is_asked = asks_for_hold and self.holder is not None
            if is_asked and not await connection.fetchval(_HELD, self.holder):
                raise self.superseded()
            yield connection

    def superseded(self) -> Superseded:
        """To be raised: another holds the database, and from now on nothing is asked of it."""
        self._is_superseded = True
        return Superseded(self.name)

    @asynccontextmanager
    async def at_once(self) -> AsyncIterator[Pool]:
        """A pool all of whose transactions are part of one: stored at the end, or not at all."""
        async with self.transaction() as connection:
            await connection.execute("SET LOCAL idle_in_transaction_session_timeout = 0")
            yield _OneTransaction(self.name, self._url, connection)

    @asynccontextmanager
    async def dedicated(self) -> AsyncIterator[Connection]:
        """A new connection beside the pool, for whoever asks to close; closed where something is raised.

        Errors are raised as those of the contract, and say nothing about `failing`.
        """
        connection = None
        try:
            connection = await _connected(self._url)
            yield connection
        except BaseException as error:
            if connection is not None:
                connection.terminate()
            meaning = _meaning(error, self.name) if isinstance(error, Exception) else None
            raise meaning or error from error

    def meaning(self, error: Exception) -> Exception:
        """What an error of the driver is to those above."""
        return _meaning(error, self.name) or error

    @asynccontextmanager
    async def _bare(self) -> AsyncIterator[Connection]:
        """A connection outside of transactions; its errors as `dedicated` has them."""
        try:
            async with self._taken() as connection:
                yield connection
        except Exception as error:
            raise _meaning(error, self.name) or error from error

    async def leave_nothing_behind(self) -> None:
        """As `Database.leave_nothing_behind`, of texts, in the server's tables; see `rewriting`."""
        await self._rewriting.rewrite()

    async def ensure(self, schema: str) -> None:
        """As `Database.ensure`: the same script, which says SQLite's names of types."""
        async with self.transaction() as connection:
            await connection.execute("SELECT pg_advisory_xact_lock($1::bigint)", ONE_STARTS)
            await connection.execute(_in_our_words(schema))

    async def ask(self, query: str, *values: Value) -> list[tuple[Any, ...]]:
        """As `Database.ask`."""
        async with self.connection() as connection:
            return [tuple(row) for row in await connection.fetch(_numbered(query), *values)]

    async def change(self, *changes: Change) -> None:
        """As `Database.change`."""
        async with self.transaction() as connection:
            for statement, rows in changes:
                await connection.executemany(_numbered(statement), rows)

    async def shared_secret(self, own: bytes, *, replacing: bool = False) -> bytes:
        """The secret of all who serve this database: `own`, where it has none yet, or that is replaced."""
        kept = "$1" if replacing else "coalesce(seal_key, $1)"
        async with self.transaction() as connection:
            shared: bytes = await connection.fetchval(
                f"UPDATE fishbowl SET seal_key = {kept} RETURNING seal_key",  # noqa: S608 - ours
                own,
            )
            return shared

    async def check(self) -> None:
        """Write and sync what changes nothing. Raises `Unavailable` where nothing can be stored."""
        async with self.transaction() as connection:
            await connection.execute("UPDATE fishbowl SET version = version")

    async def close(self) -> None:
        """Finish what is under way, then let go of the server."""
        with suppress(Exception):  # a server that is gone cannot be taken leave of
            await self._rewriting.close()
            await asyncio.wait_for(self._pool.close(), PATIENCE_SECONDS)
            return
        self._pool.terminate()

    @asynccontextmanager
    async def _taken(self) -> AsyncIterator[Connection]:
        self.waiting += 1
        try:
            connection = await self._pool.acquire(timeout=PATIENCE_SECONDS)
        finally:
            self.waiting -= 1
        try:
            yield connection
        finally:
            await self._pool.release(connection)

    @asynccontextmanager
    async def _told(self) -> AsyncIterator[None]:
        try:
            yield
        except LogError:
            raise
        except Exception as error:
            meaning = _meaning(error, self.name)
            if meaning is None:
                raise
            if not self._failing:
                logger.error("Nothing can be stored: %s", meaning)
            self._failing = True
            raise meaning from error
        if self._failing:
            self._failing = False
            logger.warning("%s can be written again.", self.name)


class _OneTransaction(Pool):
    """As `at_once` says: its pool is the one connection."""

    @asynccontextmanager
    async def _taken(self) -> AsyncIterator[Connection]:
        yield self._pool


def shown(url: str) -> str:
    """The database of a URL as it may be shown: without user, password and what follows a question mark."""
    try:
        parts = urlsplit(url)
        where = f"{parts.hostname or 'this machine'}" + (f":{parts.port}" if parts.port else "")
    except ValueError:
        return "The PostgreSQL database"
    return f"The PostgreSQL database {parts.path.strip('/') or 'by default'} at {where}"


@cache
def _numbered(statement: str) -> str:
    """A statement as PostgreSQL has it: the nth `?` is $n. (None of ours holds a question mark otherwise.)"""
    first, *others = statement.split("?")
    return first + "".join(f"${number}{other}" for number, other in enumerate(others, 1))


def _in_our_words(schema: str) -> str:
    """A script for SQLite, for PostgreSQL: with its types, and a number of each row where SQLite has one."""
    script = schema.replace(") strict, without rowid;", ");")
    script = script.replace("\n) strict;", ",\n    rowid bigint generated always as identity\n);")
    return re.sub(r"\binteger\b", "bigint", re.sub(r"\bblob\b", "bytea", script))


def _asyncpg() -> Any:
    try:
        import asyncpg
    except ImportError:
        raise Unavailable(
            "PostgreSQL needs the package asyncpg: install fishbowl[postgres], or leave --database out."
        ) from None
    return asyncpg


async def _connected(url: str) -> Connection:
    return await _asyncpg().connect(
        url, timeout=PATIENCE_SECONDS, command_timeout=PATIENCE_SECONDS, server_settings=SERVER_SETTINGS
    )


async def _stays_durable(connection: Connection) -> None:
    """Instead of asyncpg's `RESET ALL` whenever a connection comes back, which would undo `_durably`.

    Whoever has a connection leaves it as it was.
    """


async def _durably(connection: Connection) -> None:
    """No promise is given for what is only in the server's memory."""
    await connection.execute(
        "SELECT set_config('synchronous_commit', 'on', false) "
        "WHERE current_setting('synchronous_commit') = 'off'"
    )


async def _bring_up(connection: Connection, name: str, steps: tuple[str, ...]) -> None:
    await connection.execute("SELECT pg_advisory_xact_lock($1::bigint)", ONE_STARTS)
    if await connection.fetchval("SHOW server_encoding") != "UTF8":
        raise ForeignStore(f"{name} does not keep text as UTF-8: create one with ENCODING 'UTF8'.")
    version = 0
    if await connection.fetchval("SELECT to_regclass('fishbowl')") is not None:
        version = await connection.fetchval("SELECT version FROM fishbowl")
    elif await connection.fetchval("SELECT coalesce(to_regclass('debates'), to_regclass('records'))"):
        raise ForeignStore(f"{name} has tables of these names that are not fishbowl's.")
    if version > len(steps):
        raise ForeignStore(f"{name} was written by a newer fishbowl (tables {version}, known {len(steps)}).")
    for number, script in enumerate(steps[version:], version + 1):
        await connection.execute(files("fishbowl.log").joinpath(script).read_text("utf-8"))
        await connection.execute("UPDATE fishbowl SET version = $1", number)


def _meaning(error: Exception, name: str) -> LogError | None:
    """What an error tells those above; None where it is about the job, not about the store."""
    state = getattr(error, "sqlstate", None)
    told = " ".join(str(error).split()) or type(error).__name__
    if state is not None and state.startswith(DAMAGE):
        return DamagedStore(f"{name} is damaged: {told}. Restore a backup; nothing was changed.")
    if state is not None and state.startswith(("28", "3D")):  # who we are, or which database
        return Unavailable(f"{name} does not let us in: {told}.")
    is_passing = state is not None and state.startswith(PASSING)
    if is_passing or isinstance(error, OSError | TimeoutError | _asyncpg().InterfaceError):
        return Unavailable(f"{name} cannot be used at the moment: {told}.")
    return None
