"""Jobs for a database with a table of ducks, and a way to keep its writer busy."""

import asyncio
import contextlib
import sqlite3
import threading
from collections.abc import AsyncIterator, Awaitable, Callable

from fishbowl.log.database import Database

POND = "CREATE TABLE IF NOT EXISTS ducks (name TEXT UNIQUE);"


def hatch(name: str) -> Callable[[sqlite3.Connection], str]:
    """A job that stores a duck and says its name."""

    def job(connection: sqlite3.Connection) -> str:
        connection.execute("INSERT INTO ducks VALUES (?)", (name,))
        return name

    return job


def ducks(connection: sqlite3.Connection) -> list[str]:
    return [name for (name,) in connection.execute("SELECT name FROM ducks ORDER BY name")]


@contextlib.asynccontextmanager
async def held_up(database: Database) -> AsyncIterator[None]:
    """The writer's thread is busy inside this block, so that whatever is written meanwhile waits together."""
    go_on, begun = threading.Event(), asyncio.Event()
    loop = asyncio.get_running_loop()

    def wait(_: sqlite3.Connection) -> None:
        loop.call_soon_threadsafe(begun.set)
        assert go_on.wait(10)

    busy = asyncio.create_task(database.write(wait))
    await begun.wait()
    try:
        yield
    finally:
        go_on.set()
        await busy


async def begin(*writes: Awaitable[object]) -> list[asyncio.Task[object]]:
    """`writes` as tasks that have come as far as waiting for the writer."""

    async def waiting(write: Awaitable[object]) -> object:
        return await write

    tasks = [asyncio.create_task(waiting(write)) for write in writes]
    await asyncio.sleep(0)
    return tasks
