"""The database on a disk that is full, locked, broken or gone: nothing is acknowledged that is not stored."""

import asyncio
import sqlite3
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path

import pytest

from fishbowl.log.contract import DamagedStore, Unavailable
from fishbowl.log.database import Database
from fishbowl.log.sqlite import SqliteLog
from tests.disks import full, tiny_disk
from tests.log.ducks import begin, ducks, hatch, held_up
from tests.log.samples import created, posted


async def test_disk_full(database: Database, caplog: pytest.LogCaptureFixture) -> None:
    """Without space nothing is acknowledged, reading goes on, and writing recovers when there is space again.

    The bound on pages stands in for a full disk: SQLite gives the same error for both.
    """
    log = SqliteLog(database)
    await log.create("pond", [created()], "e1")
    await database.write(lambda connection: connection.execute("PRAGMA max_page_count = 1").fetchone())
    with pytest.raises(Unavailable, match="full"):
        await log.append("pond", 1, [posted(2, "x" * 9000)])
    assert await log.read("pond") == [created()]
    await database.write(lambda connection: connection.execute("PRAGMA max_page_count = 100000").fetchone())
    await log.append("pond", 1, [posted(2, "x" * 9000)])
    assert await log.head("pond") == 2


async def test_tiny_disk(disk: Path, caplog: pytest.LogCaptureFixture) -> None:
    """On a disk that is really full a commit fails, a later one succeeds, nothing is half-made."""
    database = await Database.open(disk / "fishbowl.sqlite3")
    log = SqliteLog(database)
    await log.create("pond", [created()], "e1")
    head = 1
    with full(disk):
        with suppress(Unavailable):
            while head < 10_000:
                await log.append("pond", head, [posted(head + 1, "y" * 2000)])
                head += 1
        assert head < 10_000, "a full disk refuses in the end"
        assert "Nothing can be stored" in caplog.text
        acknowledged = head
        assert len(await log.read("pond")) == acknowledged
        with pytest.raises(Unavailable):
            await log.check()
    await log.check()
    await log.append("pond", acknowledged, [posted(acknowledged + 1)])
    assert "can be written again" in caplog.text
    await database.close()
    reopened = await Database.open(disk / "fishbowl.sqlite3")
    assert await SqliteLog(reopened).head("pond") == acknowledged + 1
    await reopened.close()


@pytest.fixture
def disk(tmp_path: Path) -> Iterator[Path]:
    """A file system of one megabyte."""
    with tiny_disk(tmp_path / "disk") as disk:
        yield disk


async def test_locked_by_another_program(database: Database) -> None:
    """While another program locks the store, writes are refused after a while and reads go on."""
    await database.write(hatch("Ada"))
    script = """
import sqlite3, sys
connection = sqlite3.connect(sys.argv[1], isolation_level=None)
connection.execute("BEGIN EXCLUSIVE")
print("locked", flush=True)
sys.stdin.read()
"""
    other = await asyncio.create_subprocess_exec(
        *(sys.executable, "-c", script, str(database.path)), stdin=subprocess.PIPE, stdout=subprocess.PIPE
    )
    assert other.stdout is not None
    assert await other.stdout.readline() == b"locked\n"
    with pytest.raises(Unavailable, match="locked"):
        await database.write(hatch("Ben"))
    assert await database.read(ducks) == ["Ada"]
    await other.communicate(b"let go")
    assert await database.write(hatch("Cleo")) == "Cleo"
    assert await database.read(ducks) == ["Ada", "Cleo"]


@pytest.mark.parametrize("error", [sqlite3.SQLITE_IOERR_FSYNC, sqlite3.SQLITE_IOERR_WRITE])
async def test_broken_writer(database: Database, error: int) -> None:
    """After an error of the disk all who waited are told, and the next write opens the file anew."""
    before = await database.write(lambda connection: connection)

    async with held_up(database):
        tasks = await begin(database.write(failing_with(error)), database.write(hatch("Ada")))
    outcomes = await asyncio.gather(*tasks, return_exceptions=True)
    assert [type(outcome) for outcome in outcomes] == [Unavailable] * 2
    assert outcomes[0] is not outcomes[1]
    failing = [database.failing]
    assert await database.read(ducks) == []
    assert await database.write(hatch("Ben")) == "Ben"
    failing.append(database.failing)
    assert failing == [True, False]
    assert await database.write(lambda connection: connection) is not before
    assert (await database.write(lambda connection: connection.execute("PRAGMA synchronous").fetchone())) == (
        2,
    )


async def test_broken_reader(database: Database) -> None:
    """A reader that met an error of the disk answers the next question."""
    for _ in range(3):
        with pytest.raises(Unavailable):
            await database.read(failing_with(sqlite3.SQLITE_IOERR_READ))
    assert await database.read(ducks) == []


async def test_file_gone(database: Database) -> None:
    """A store whose file is gone is unavailable; no new one is made in its place."""
    for name in (database.path.name, database.path.name + "-wal", database.path.name + "-shm"):
        database.path.with_name(name).unlink()
    for _ in range(2):
        with pytest.raises(Unavailable):
            await database.write(failing_with(sqlite3.SQLITE_IOERR))
    assert not database.path.exists()


def failing_with(error: int) -> Callable[[sqlite3.Connection], None]:
    """A job that meets an error of SQLite."""

    def job(_: sqlite3.Connection) -> None:
        planted = sqlite3.OperationalError("disk I/O error")
        planted.sqlite_errorcode = error
        raise planted

    return job


async def test_damage_met_on_the_way(database: Database) -> None:
    """Damage that a job meets is said to be damage, not left to SQLite's words."""
    with pytest.raises(DamagedStore, match="Restore a backup"):
        await database.write(failing_with(sqlite3.SQLITE_CORRUPT))
