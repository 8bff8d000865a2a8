"""Backup and restore: one state of the store in one file, and a store from it with a new epoch."""

import sqlite3
from collections.abc import AsyncIterator
from contextlib import closing
from pathlib import Path

import pytest

from fishbowl.log.backup import AlreadyThere, backup, restore
from fishbowl.log.contract import DamagedStore, ForeignStore, Unavailable
from fishbowl.log.database import Database
from fishbowl.log.directory import DATABASE, DataDirectory, DirectoryInUse
from fishbowl.log.sqlite import SqliteLog
from tests.log.samples import NOON, created, left, posted


@pytest.fixture
async def running(tmp_path: Path) -> AsyncIterator[SqliteLog]:
    """The log of a running service: two debates, its directory held, its write-ahead log in use."""
    with DataDirectory.lock(tmp_path / "data") as directory:
        database = await Database.open(directory.database)
        log = SqliteLog(database)
        await log.create("pond", [created("pond"), posted(2)], "e1")
        await log.create("weir", [created("weir"), left(2), posted(3, "Fish pass here.")], "e1")
        yield log
        await database.close()


async def test_there_and_back(running: SqliteLog, tmp_path: Path) -> None:
    """What is restored is what was there at the backup, in new epochs; the service is not disturbed."""
    copy = tmp_path / "friday.backup"
    backup(tmp_path / "data", copy)
    await running.append("pond", 2, [left(3)])
    assert {path.name for path in tmp_path.iterdir()} == {"data", "friday.backup"}
    restore(copy, tmp_path / "new")
    with DataDirectory.lock(tmp_path / "new") as directory:
        assert directory.last_alive() == NOON + 3, "clocks stood still since the last record"
        database = await Database.open(directory.database)
        log = SqliteLog(database)
        assert await log.read("pond") == [created("pond"), posted(2)]
        assert await log.read("weir") == await running.read("weir")
        epochs = {"e1", await log.epoch("pond"), await log.epoch("weir")}
        assert len(epochs) == 3
        await log.append("pond", 2, [posted(3)])
        await database.close()
    assert await running.head("pond") == 3
    assert await running.epoch("pond") == "e1"


async def test_never_over_a_file(running: SqliteLog, tmp_path: Path) -> None:
    """A backup is not written over anything."""
    copy = tmp_path / "friday.backup"
    copy.write_bytes(b"last friday")
    with pytest.raises(AlreadyThere, match=r"friday\.backup"):
        backup(tmp_path / "data", copy)
    assert copy.read_bytes() == b"last friday"
    with pytest.raises(Unavailable, match="nowhere"):
        backup(tmp_path / "data", tmp_path / "nowhere" / "friday.backup")


async def test_nothing_to_back_up(tmp_path: Path) -> None:
    """A directory without a store is refused, and no empty backup is made."""
    with pytest.raises(ForeignStore, match="holds no store"):
        backup(tmp_path, tmp_path / "friday.backup")
    assert list(tmp_path.iterdir()) == []


async def test_damaged_is_not_backed_up(running: SqliteLog, tmp_path: Path) -> None:
    """A store that cannot be read makes no backup: it would be found out when it is needed."""
    with closing(sqlite3.connect(tmp_path / "data" / DATABASE)) as connection, connection:
        connection.execute("UPDATE texts SET text = 'No fish.' WHERE debate = 'weir'")
    with pytest.raises(DamagedStore, match="'weir' is damaged: a text of record 3"):
        backup(tmp_path / "data", tmp_path / "friday.backup")
    assert not (tmp_path / "friday.backup").exists()


async def test_not_while_held(running: SqliteLog, tmp_path: Path) -> None:
    """Nothing is restored into the directory of a running service."""
    copy = tmp_path / "friday.backup"
    backup(tmp_path / "data", copy)
    with pytest.raises(DirectoryInUse):
        restore(copy, tmp_path / "data")
    assert await running.epoch("pond") == "e1"


@pytest.mark.parametrize("name", [DATABASE, f"{DATABASE}-wal", f"{DATABASE}-journal"])
async def test_never_over_a_store(running: SqliteLog, tmp_path: Path, name: str) -> None:
    """A store that is there stays, and so does the write-ahead log of one: it would harm the new."""
    copy = tmp_path / "friday.backup"
    backup(tmp_path / "data", copy)
    (tmp_path / "new").mkdir()
    (tmp_path / "new" / name).write_bytes(b"older")
    with pytest.raises(AlreadyThere, match=name):
        restore(copy, tmp_path / "new")
    assert {path.name for path in (tmp_path / "new").iterdir()} == {name, "lock"}
    assert (tmp_path / "new" / name).read_bytes() == b"older"


@pytest.mark.parametrize("damage", ["nothing", "empty", "noise", "cut short", "a text"])
async def test_bad_backup(running: SqliteLog, tmp_path: Path, damage: str) -> None:
    """What is no backup, or a damaged one, is refused, and no store is made of it."""
    copy = tmp_path / "friday.backup"
    backup(tmp_path / "data", copy)
    content = copy.read_bytes()
    copy.unlink()
    if damage != "nothing":
        copy.write_bytes(
            {"empty": b"", "noise": b"noise" * 5000, "cut short": content[:-5000]}.get(damage, content)
        )
    if damage == "a text":
        with closing(sqlite3.connect(copy)) as connection, connection:
            connection.execute("UPDATE texts SET text = 'No fish.' WHERE debate = 'weir'")
    with pytest.raises((DamagedStore, ForeignStore)):
        restore(copy, tmp_path / "new")
    made = tmp_path / "new"
    assert not made.exists() or {path.name for path in made.iterdir()} == {"lock"}


async def test_only_ours_to_read(running: SqliteLog, tmp_path: Path) -> None:
    """A backup and a restored store are for the eyes of their user only."""
    backup(tmp_path / "data", tmp_path / "friday.backup")
    restore(tmp_path / "friday.backup", tmp_path / "new")
    for made in (tmp_path / "friday.backup", tmp_path / "new" / DATABASE):
        assert made.stat().st_mode & 0o077 == 0
