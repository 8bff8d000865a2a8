"""The database: one writer, everything that waits in one transaction, readers beside it."""

import asyncio
import sqlite3
import threading

import pytest

from fishbowl.log.contract import Conflict, Overloaded, Unavailable
from fishbowl.log.database import READERS, Database
from fishbowl.log.sqlite import SqliteLog
from tests.log.ducks import POND, begin, ducks, hatch, held_up
from tests.log.samples import created, left, posted


async def statements(database: Database) -> list[str]:
    """Every statement the writer runs from now on, as it runs it."""
    seen: list[str] = []
    await database.write(lambda connection: connection.set_trace_callback(seen.append))
    seen.clear()
    return seen


async def test_group_commit(database: Database) -> None:
    """What waits is committed in one transaction, whichever debate it belongs to."""
    log = SqliteLog(database)
    for slug in ("pond", "weir", "brook"):
        await log.create(slug, [created(slug)], "e1")
    seen = await statements(database)
    async with held_up(database):
        tasks = await begin(*(log.append(slug, 1, [posted(2)]) for slug in ("pond", "weir", "brook")))
    await asyncio.gather(*tasks)
    assert seen.count("BEGIN IMMEDIATE") == seen.count("COMMIT") == 2, "the one that held up, and the rest"
    assert [await log.head(slug) for slug in ("pond", "weir", "brook")] == [2, 2, 2]


async def test_alone(database: Database) -> None:
    """What comes alone does not wait for company: each has its own transaction."""
    seen = await statements(database)
    for name in ("Ada", "Ben", "Cleo"):
        await database.write(hatch(name))
    assert seen.count("COMMIT") == 3


async def test_result_after_commit(database: Database) -> None:
    """A result is handed out after COMMIT: whoever has it finds what was written."""
    seen = await statements(database)
    assert await database.write(hatch("Ada")) == "Ada"
    assert seen[-1] == "COMMIT"
    assert await database.read(ducks) == ["Ada"]


async def test_one_failing_job(database: Database) -> None:
    """A job that fails is undone alone and hears its own error; those beside it are stored."""

    def fail_late(connection: sqlite3.Connection) -> None:
        hatch("Ben")(connection)
        raise Conflict(7)

    async with held_up(database):
        tasks = await begin(
            database.write(hatch("Ada")),
            database.write(fail_late),
            database.write(hatch("Ada")),
            database.write(hatch("Cleo")),
        )
    first, conflict, twice, last = await asyncio.gather(*tasks, return_exceptions=True)
    assert (first, last) == ("Ada", "Cleo")
    assert isinstance(conflict, Conflict)
    assert conflict.head == 7
    assert isinstance(twice, sqlite3.IntegrityError)
    assert await database.read(ducks) == ["Ada", "Cleo"]


async def test_job_that_ends_the_transaction(database: Database) -> None:
    """A job that ends the transaction fails, and nothing after it is written outside of one."""

    def commit(connection: sqlite3.Connection) -> None:
        connection.execute("COMMIT")

    async with held_up(database):
        tasks = await begin(database.write(commit), database.write(hatch("Ada")))
    outcomes = await asyncio.gather(*tasks, return_exceptions=True)
    assert [type(outcome) for outcome in outcomes] == [sqlite3.ProgrammingError] * 2
    assert await database.read(ducks) == []
    assert await database.write(hatch("Ben")) == "Ben"


async def test_cancelled_asker(database: Database) -> None:
    """Cancelling who waits does not cancel what was handed over, nor what others wait for."""
    async with held_up(database):
        cancelled, other = await begin(database.write(hatch("Ada")), database.write(hatch("Ben")))
        cancelled.cancel()
    assert await other == "Ben"
    assert cancelled.cancelled()
    assert await database.read(ducks) == ["Ada", "Ben"]


async def test_cancelled_reader(database: Database) -> None:
    """A reader whose asker went away is used again when its thread is free, not before."""
    loop = asyncio.get_running_loop()
    go_on, begun = threading.Event(), asyncio.Event()

    def wait(_: sqlite3.Connection) -> None:
        loop.call_soon_threadsafe(begun.set)
        assert go_on.wait(10)

    for _ in range(READERS - 1):
        reading = asyncio.create_task(database.read(wait))
        await begun.wait()
        begun.clear()
        reading.cancel()
    async with asyncio.timeout(5):
        for _ in range(READERS):
            assert await database.read(ducks) == [], "the reader that is free answers"
    go_on.set()


async def test_bounded(database: Database) -> None:
    """Beyond its bound the queue refuses at once; what was taken in is stored."""
    async with held_up(database):
        tasks = await begin(*(database.write(hatch(str(n))) for n in range(50)))
        with pytest.raises(Overloaded, match="50 writes are waiting"):
            await database.write(hatch("one too many"))
    await asyncio.gather(*tasks)
    assert len(await database.read(ducks)) == 50


async def test_snapshot(database: Database) -> None:
    """A job reads one state of the store, however long it takes and whatever is written meanwhile."""
    loop = asyncio.get_running_loop()
    await database.write(hatch("Ada"))

    def read_twice(connection: sqlite3.Connection) -> tuple[list[str], list[str]]:
        before = ducks(connection)
        asyncio.run_coroutine_threadsafe(database.write(hatch("Ben")), loop).result(10)
        return before, ducks(connection)

    assert await database.read(read_twice) == (["Ada"], ["Ada"])
    assert await database.read(ducks) == ["Ada", "Ben"]


async def test_readers_cannot_write(database: Database) -> None:
    """A job given to a reader changes nothing, whatever it tries."""
    with pytest.raises((Unavailable, sqlite3.OperationalError), match="readonly"):
        await database.read(hatch("Ada"))
    assert await database.read(ducks) == []


async def test_settings(database: Database) -> None:
    """The writer syncs every commit, keeps foreign keys and leaves no bytes of what was deleted."""

    def ask(connection: sqlite3.Connection) -> dict[str, object]:
        names = ("journal_mode", "synchronous", "foreign_keys", "secure_delete", "cell_size_check")
        return {name: connection.execute(f"PRAGMA {name}").fetchone()[0] for name in names}

    assert await database.write(ask) == {
        "journal_mode": "wal",
        "synchronous": 2,
        "foreign_keys": 1,
        "secure_delete": 1,
        "cell_size_check": 1,
    }


async def test_erased_bytes(database: Database) -> None:
    """The bytes of a deleted text are nowhere in the file once it is closed."""
    log = SqliteLog(database)
    await log.create("pond", [created(), posted(2, "a secret about the heron"), left(3)], "e1")
    await log.delete("pond")
    await database.close()
    assert b"about the heron" not in database.path.read_bytes()
    assert not database.path.with_name(database.path.name + "-wal").exists()


async def test_ensure(database: Database) -> None:
    """A schema of comments and statements over several lines is made whole or not at all; twice is fine."""
    good = """-- nests;
CREATE TABLE IF NOT EXISTS nests (
  place TEXT -- where;
);
CREATE INDEX IF NOT EXISTS by_place
ON nests (place);
-- end
"""
    await database.ensure(good)
    await database.ensure(good)
    with pytest.raises(sqlite3.OperationalError, match="syntax"):
        await database.ensure("CREATE TABLE eggs (n TEXT);\nCREATE TABEL shells (n TEXT);")
    tables = await database.read(
        lambda connection: [name for (name,) in connection.execute("SELECT name FROM sqlite_schema")]
    )
    assert "nests" in tables
    assert "eggs" not in tables


async def test_closed(database: Database) -> None:
    """Closing finishes what waits and ends every thread; then all is refused, and closing again is fine."""
    threads = set(threading.enumerate())
    other = await Database.open(database.path.with_name("other.sqlite3"))
    await other.ensure(POND)
    tasks = await begin(*(other.write(hatch(str(n))) for n in range(10)), other.read(ducks))
    await other.close()
    await asyncio.gather(*tasks)
    with pytest.raises(Unavailable, match="closed"):
        await other.write(hatch("Ada"))
    with pytest.raises(Unavailable, match="closed"):
        await other.read(ducks)
    await other.close()
    for thread in set(threading.enumerate()) - threads:
        if "_connection_worker" in repr(thread):
            thread.join(5)
            assert not thread.is_alive()
