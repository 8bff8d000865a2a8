"""Opening a store: what is damaged, somebody else's or newer is refused in a sentence and left as it is."""

import random
import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from fishbowl.debate.record import Record
from fishbowl.log.contract import DamagedStore, ForeignStore, LogError, Unavailable
from fishbowl.log.database import Database
from fishbowl.log.sqlite import SqliteLog
from tests.log.samples import created, left, posted

RECORDS = [
    created(),
    *(posted(seq, f"The ducks were here {seq} years ago.") for seq in range(2, 120)),
    left(120),
]


@pytest.fixture
async def store(tmp_path: Path) -> Path:
    """A store of a few pages, closed."""
    path = tmp_path / "fishbowl.sqlite3"
    database = await Database.open(path)
    await SqliteLog(database).create("pond", RECORDS, "e1")
    await database.close()
    return path


async def read(path: Path) -> list[Record]:
    """Open the store, read the pond, close it again."""
    database = await Database.open(path, busy_seconds=0.05)
    try:
        return await SqliteLog(database).read("pond")
    finally:
        await database.close()


def contents(folder: Path) -> dict[str, bytes]:
    """Every file of a folder but SQLite's shared memory, which no two processes leave alike."""
    return {path.name: path.read_bytes() for path in folder.iterdir() if not path.name.endswith("-shm")}


async def test_kept(store: Path) -> None:
    """A store is read again as it was left."""
    assert await read(store) == RECORDS


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"Minutes of the parish council, 3 March\n", "not a database of fishbowl"),
        (b"x", "not a database of fishbowl"),
        (random.Random(2).randbytes(20_000), "not a database of fishbowl"),
        (b"SQLite format 3\0" + random.Random(3).randbytes(20_000), "sqlite3"),
    ],
    ids=["text", "one byte", "random", "random behind a true beginning"],
)
async def test_no_store(tmp_path: Path, content: bytes, says: str) -> None:
    """A file that is no database is refused by name and stays as it is."""
    path = tmp_path / "fishbowl.sqlite3"
    path.write_bytes(content)
    with pytest.raises((DamagedStore, ForeignStore), match=says):
        await Database.open(path)
    assert contents(tmp_path) == {path.name: content}


@pytest.mark.parametrize(
    ("statement", "says"),
    [
        ("PRAGMA user_version = 2", "newer fishbowl"),
        ("PRAGMA application_id = 7", "not one of fishbowl"),
        ("PRAGMA application_id = 0", "not one of fishbowl"),
    ],
)
async def test_other_database(store: Path, statement: str, says: str) -> None:
    """A newer fishbowl's store, or another program's database, is refused and stays as it is."""
    with closing(sqlite3.connect(store)) as connection:
        connection.execute(statement)
    before = store.read_bytes()
    with pytest.raises(ForeignStore, match=says):
        await Database.open(store)
    assert store.read_bytes() == before


@pytest.mark.parametrize("part", [0.1, 0.5, 0.9, 0.99])
async def test_cut_short(store: Path, part: float) -> None:
    """A store that lost its end is refused as damaged and stays as it is."""
    content = store.read_bytes()
    store.write_bytes(content[: int(len(content) * part)])
    before = store.read_bytes()
    with pytest.raises(DamagedStore, match="damaged"):
        await Database.open(store)
    assert store.read_bytes() == before


async def test_page_of_noise(store: Path) -> None:
    """A store one of whose pages was overwritten is refused as damaged and stays as it is."""
    content = bytearray(store.read_bytes())
    content[3 * 4096 : 4 * 4096] = random.Random(4).randbytes(4096)
    store.write_bytes(content)
    with pytest.raises(DamagedStore, match="damaged"):
        await Database.open(store)
    assert store.read_bytes() == content


async def test_any_flipped_bit(store: Path, tmp_path_factory: pytest.TempPathFactory) -> None:
    """Whichever bit of a store flips, it is refused, or what is read is what was written."""
    content = store.read_bytes()
    chance = random.Random(5)
    refused = 0
    for _ in range(150):
        folder = tmp_path_factory.mktemp("flipped")
        place = chance.randrange(len(content))
        flipped = bytearray(content)
        flipped[place] ^= 1 << chance.randrange(8)
        (folder / store.name).write_bytes(flipped)
        try:
            records = await read(folder / store.name)
        except (LogError, sqlite3.Error):
            refused += 1
        else:
            assert records == RECORDS, f"a flipped bit at {place} went unnoticed"
        shutil.rmtree(folder)
    assert refused > 75, "most of the file is people's words and what happened to them"


async def test_damage_names_the_debate(store: Path) -> None:
    """Damage that only reading shows names the debate and the record."""
    with closing(sqlite3.connect(store)) as connection, connection:
        connection.execute("UPDATE records SET body = replace(body, 'outer', 'inner') WHERE seq = 77")
    with pytest.raises(DamagedStore, match="'pond' is damaged: record 77 is not what was written"):
        await read(store)


async def test_missing_record(store: Path) -> None:
    """A record missing between others is damage; it is not skipped."""
    with closing(sqlite3.connect(store)) as connection, connection:
        connection.execute("DELETE FROM records WHERE seq = 77")
    with pytest.raises(DamagedStore, match="'pond' is damaged: record 77 is missing"):
        await read(store)


async def test_empty_file(tmp_path: Path) -> None:
    """An empty file is a store about to be made: nothing is lost by making it."""
    path = tmp_path / "fishbowl.sqlite3"
    path.touch()
    database = await Database.open(path)
    await SqliteLog(database).create("pond", [created()], "e1")
    await database.close()
    assert await read(path) == [created()]


async def test_first_start_cut_off(tmp_path: Path) -> None:
    """What a start that was cut off left of a new store is made anew, and does not stay."""
    path = tmp_path / "fishbowl.sqlite3"
    path.with_name(path.name + ".new").write_bytes(b"SQLite format 3\0 and half a page")
    await (await Database.open(path)).close()
    assert [left.name for left in tmp_path.iterdir()] == [path.name]


@pytest.mark.parametrize("ending", ["-wal", "-journal"])
async def test_lost_store(store: Path, ending: str) -> None:
    """Where only the log of what was to be written is left, no new store is put in the lost one's place."""
    log = store.with_name(store.name + ending)
    store.rename(log)
    before = log.read_bytes()
    for _ in range(2):
        with pytest.raises(DamagedStore, match="a file was lost"):
            await Database.open(store)
        assert log.read_bytes() == before
        store.touch()


async def test_damaged_beside_its_log(store: Path, tmp_path_factory: pytest.TempPathFactory) -> None:
    """A damaged store is refused before its write-ahead log is played into it: both stay as they are."""
    folder = tmp_path_factory.mktemp("crashed")
    database = await Database.open(store)
    await SqliteLog(database).append("pond", 120, [posted(121)])
    for name in (store.name, store.name + "-wal"):
        shutil.copy(store.with_name(name), folder / name)
    await database.close()
    with (folder / store.name).open("r+b") as file:
        file.seek(2 * 4096)
        file.write(random.Random(6).randbytes(2 * 4096))
    before = contents(folder)
    assert len(before) == 2
    with pytest.raises(DamagedStore):
        await Database.open(folder / store.name)
    assert contents(folder) == before


async def test_crashed(store: Path, tmp_path_factory: pytest.TempPathFactory) -> None:
    """What a killed service had committed is in the write-ahead log, and is there again when it is opened."""
    folder = tmp_path_factory.mktemp("crashed")
    database = await Database.open(store)
    await SqliteLog(database).append("pond", 120, [posted(121)])
    for name in (store.name, store.name + "-wal"):
        shutil.copy(store.with_name(name), folder / name)
    await database.close()
    assert await read(folder / store.name) == [*RECORDS, posted(121)]


async def test_only_ours_to_read(tmp_path: Path) -> None:
    """A new store is for the eyes of its user only."""
    await (await Database.open(tmp_path / "fishbowl.sqlite3")).close()
    assert (tmp_path / "fishbowl.sqlite3").stat().st_mode & 0o077 == 0


async def test_no_directory(tmp_path: Path) -> None:
    """Where there is no directory, or a directory in the file's place, the sentence names it."""
    with pytest.raises(Unavailable, match="nowhere"):
        await Database.open(tmp_path / "nowhere" / "fishbowl.sqlite3")
    (tmp_path / "folder").mkdir()
    with pytest.raises(Unavailable, match="folder"):
        await Database.open(tmp_path / "folder")


@pytest.mark.parametrize("name", ["a?mode=memory", "50% #1", "ünï çode", "with space"])
async def test_any_name(tmp_path: Path, name: str) -> None:
    """A path is a path, whatever signs are in it."""
    folder = tmp_path / name
    folder.mkdir()
    await (await Database.open(folder / "fishbowl.sqlite3")).close()
    assert (folder / "fishbowl.sqlite3").stat().st_size
