"""Erased words: gone from the store, from what stands beside it, and from every backup that is restored."""

import asyncio
from pathlib import Path
from random import Random

import pytest

from fishbowl.debate.events import ContributionErased, ContributionPosted
from fishbowl.debate.record import Record
from fishbowl.debate.vocabulary import Circle
from fishbowl.log.backup import backup, restore
from fishbowl.log.contract import DamagedStore
from fishbowl.log.database import Database
from fishbowl.log.directory import DATABASE
from fishbowl.log.erasures import LEDGER
from fishbowl.log.sqlite import SqliteLog
from tests.log.samples import NOON, created

SALT = bytes(range(16))
WORDS = "zqsecret{:05d}zq"


def said(seq: int, dice: Random) -> Record:
    """A contribution with a word of its own in it, of some length: so that pages fill up unevenly."""
    text = f"{'a' * dice.randrange(300)} {WORDS.format(seq)} {'b' * dice.randrange(300)}"
    event = ContributionPosted(
        contribution=seq - 1,
        author="p",
        circle=Circle.OUTER,
        root=seq - 1,
        path=str(seq - 1),
        tags=(),
        text=text,
    )
    return Record(seq, NOON + seq, "p", event, None, SALT)


def erased(seq: int, gone: list[int]) -> Record:
    event = ContributionErased(contribution=1, records=tuple(gone), reason="asked for")
    return Record(seq, NOON + seq, "organiser", event, None, SALT)


def found(folder: Path, numbers: list[int]) -> list[tuple[str, int]]:
    """Which of these words stand in which file of the folder, whatever it is."""
    files = {path.name: path.read_bytes() for path in folder.rglob("*") if path.is_file()}
    return [(name, n) for name, file in files.items() for n in numbers if WORDS.format(n).encode() in file]


async def filled(folder: Path, records: int) -> tuple[Database, SqliteLog]:
    folder.mkdir()
    database = await Database.open(folder / DATABASE)
    log, dice = SqliteLog(database), Random(4)
    await log.create("pond", [created()], "e1")
    for start in range(2, records, 50):
        await log.append("pond", start - 1, [said(seq, dice) for seq in range(start, start + 50)])
    return database, log


async def test_no_byte_is_left(tmp_path: Path) -> None:
    """Of 200 texts among 2,000, erased while somebody reads, no byte is left in any file; the others stay."""
    database, log = await filled(tmp_path / "data", 2_000)
    head = await log.head("pond")
    gone = Random(5).sample(range(2, head + 1), 200)
    assert len(found(tmp_path, gone)) >= 200, "they are there to be found"
    reading = asyncio.create_task(log.read("pond"))
    await log.append("pond", head, [erased(head + 1, gone)])
    await reading
    assert found(tmp_path, gone) == []
    kept = [seq for seq in range(2, head + 1) if seq not in gone]
    assert {n for _, n in found(tmp_path, kept)} == set(kept)
    read = await log.read("pond")
    assert [record.seq for record in read if getattr(record.event, "text", "") is None] == sorted(gone)
    await database.close()
    assert found(tmp_path, gone) == []


async def test_a_restored_backup_gives_nothing_back(tmp_path: Path) -> None:
    """What was erased after a backup was made is erased again when it is restored, to the last byte."""
    database, log = await filled(tmp_path / "data", 300)
    backup(tmp_path / "data", tmp_path / "old.backup")
    head = await log.head("pond")
    gone = [2, 17, 18, 200]
    await log.append("pond", head, [erased(head + 1, gone)])
    await database.close()
    for file in (tmp_path / "data").glob(f"{DATABASE}*"):
        file.unlink()
    assert len(found(tmp_path, gone)) >= len(gone), "the backup has them still"
    await asyncio.to_thread(restore, tmp_path / "old.backup", tmp_path / "data")
    assert found(tmp_path / "data", gone) == []
    database = await Database.open(tmp_path / "data" / DATABASE)
    records = await SqliteLog(database).read("pond")
    assert [record.seq for record in records if getattr(record.event, "text", "") is None] == gone
    assert len(records) == head
    await database.close()


async def test_another_debate_of_the_name(tmp_path: Path) -> None:
    """The ledger names when the debate was created: one that has its slug later loses nothing."""
    database, log = await filled(tmp_path / "data", 100)
    head = await log.head("pond")
    await log.append("pond", head, [erased(head + 1, [2, 3])])
    await log.delete("pond")
    later = Record(1, NOON + 999, "organiser", created().event, None, SALT)
    await log.create("pond", [later], "e2")
    await log.append("pond", 1, [said(2, Random(1))])
    backup(tmp_path / "data", tmp_path / "new.backup")
    await database.close()
    for file in (tmp_path / "data").glob(f"{DATABASE}*"):
        file.unlink()
    await asyncio.to_thread(restore, tmp_path / "new.backup", tmp_path / "data")
    assert found(tmp_path / "data", [2]) == [(DATABASE, 2)]


async def test_a_damaged_ledger(tmp_path: Path) -> None:
    """A ledger that cannot be read stops the restoring; nothing is given back in silence."""
    database, _ = await filled(tmp_path / "data", 60)
    backup(tmp_path / "data", tmp_path / "old.backup")
    await database.close()
    (tmp_path / "data" / LEDGER).write_bytes(b"{\n")
    for file in (tmp_path / "data").glob(f"{DATABASE}*"):
        file.unlink()
    with pytest.raises(DamagedStore, match="line 1"):
        await asyncio.to_thread(restore, tmp_path / "old.backup", tmp_path / "data")
    assert not (tmp_path / "data" / DATABASE).exists()


async def test_deleted_with_its_debate(tmp_path: Path) -> None:
    """A debate that is deleted leaves no byte of its texts either."""
    database, log = await filled(tmp_path / "data", 300)
    await log.delete("pond")
    assert found(tmp_path, list(range(2, 302))) == []
    await database.close()
