"""What every log owes: one suite for all of them."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fishbowl.debate.events import ContributionErased, ContributionPosted, PhaseMoved
from fishbowl.debate.record import Record
from fishbowl.debate.vocabulary import Phase
from fishbowl.log.codec import encode_following
from fishbowl.log.contract import Conflict, Log, NoSuchDebate, SlugTaken, Unchanged
from fishbowl.log.database import Database
from fishbowl.log.memory import MemoryLog
from fishbowl.log.pool import Pool
from fishbowl.log.postgres import PostgresLog
from fishbowl.log.sqlite import SqliteLog
from tests.log.samples import NOON, SALT, created, left, posted
from tests.postgres import Server

OpenLog = Callable[[Path], AbstractAsyncContextManager[Log]]


@asynccontextmanager
async def in_memory(_: Path) -> AsyncIterator[Log]:
    yield MemoryLog()


@asynccontextmanager
async def in_sqlite(folder: Path) -> AsyncIterator[Log]:
    database = await Database.open(folder / "fishbowl.sqlite3")
    yield SqliteLog(database)
    await database.close()


def in_postgres(server: Server) -> OpenLog:
    @asynccontextmanager
    async def opened(_: Path) -> AsyncIterator[Log]:
        pool = await Pool.open(server.new_database())
        yield PostgresLog(pool)
        await pool.close()

    return opened


@pytest.fixture(scope="session", params=["memory", "sqlite", "postgres"])
def open_log(request: pytest.FixtureRequest) -> OpenLog:
    match request.param:
        case "memory":
            return in_memory
        case "sqlite":
            return in_sqlite
        case _:
            return in_postgres(request.getfixturevalue("postgres_server"))


@pytest.fixture
async def log(open_log: OpenLog, tmp_path: Path) -> AsyncIterator[Log]:
    async with open_log(tmp_path) as log:
        yield log


async def test_created_and_read(log: Log) -> None:
    """A debate begins with the records it was created with, and its epoch."""
    first = [created(), left(2)]
    await log.create("pond", first, "e1")
    assert await log.read("pond") == first
    assert (await log.head("pond"), await log.epoch("pond")) == (2, "e1")


async def test_rows(log: Log) -> None:
    """The rows are those the records were encoded to, all of them."""
    records = [created(), left(2), posted(3)]
    await log.create("pond", records[:1], "e1")
    await log.append("pond", 1, records[1:])
    assert await log.rows("pond") == encode_following(0, records)
    with pytest.raises(NoSuchDebate):
        await log.rows("lake")


async def test_slug_taken(log: Log) -> None:
    """A slug is given once, and the second one's records leave nothing behind."""
    await log.create("pond", [created()], "e1")
    with pytest.raises(SlugTaken) as refused:
        await log.create("pond", [created(), left(2)], "e2")
    assert refused.value.slug == "pond"
    assert (await log.read("pond"), await log.epoch("pond")) == ([created()], "e1")


async def test_appended_in_order(log: Log) -> None:
    """Appended records follow on those before, in order, words and salts included."""
    await log.create("pond", [created()], "e1")
    await log.append("pond", 1, [posted(2, "one"), left(3)])
    await log.append("pond", 3, [posted(4, "two")])
    assert await log.read("pond") == [created(), posted(2, "one"), left(3), posted(4, "two")]
    assert log.appends == 2
    with pytest.raises(Conflict):
        await log.append("pond", 3, [posted(4, "three")])
    assert log.appends == 2


async def test_outline(log: Log) -> None:
    """Of all records, those that say what the debate is and where it stands; the store takes a write."""
    moved = Record(3, NOON + 3, "p-chair", PhaseMoved(phase=Phase.LIVE, was=Phase.DRAFT))
    await log.create("pond", [created(), posted(2)], "e1")
    await log.append("pond", 2, [moved, posted(4)])
    assert await log.outline("pond") == [created(), moved]
    await log.check()
    assert await log.head("pond") == 4
    with pytest.raises(NoSuchDebate):
        await log.outline("lake")


async def test_pick(log: Log) -> None:
    """Records are picked by their seqs, in order, with the texts they have; what is not there is left out."""
    await log.create("pond", [created(), posted(2, "one"), posted(3, "two"), posted(4, "three")], "e1")
    assert await log.pick("pond", [4, 2, 9]) == [posted(2, "one"), posted(4, "three")]
    assert await log.pick("pond", []) == []
    with pytest.raises(NoSuchDebate):
        await log.pick("lake", [1])


async def test_conflict_leaves_nothing(log: Log) -> None:
    """An append to a head that has moved on is refused with the head now, and stores nothing."""
    await log.create("pond", [created()], "e1")
    await log.append("pond", 1, [left(2)])
    for expected in (1, 5):
        with pytest.raises(Conflict) as refused:
            await log.append("pond", expected, [posted(expected + 1)])
        assert refused.value.head == 2
    with pytest.raises(Conflict):
        await log.append("pond", 1, [])
    assert await log.read("pond") == [created(), left(2)]


async def test_nothing_to_append(log: Log) -> None:
    """An append of nothing on the right head is fine and changes nothing."""
    await log.create("pond", [created()], "e1")
    await log.append("pond", 1, [])
    assert await log.read("pond") == [created()]


async def test_one_of_many(log: Log) -> None:
    """Of many that append after the same record, one succeeds; the others hear what the head is now."""
    await log.create("pond", [created()], "e1")
    outcomes = await asyncio.gather(
        *(log.append("pond", 1, [posted(2, f"from {n}")]) for n in range(10)), return_exceptions=True
    )
    assert outcomes.count(None) == 1
    assert [outcome.head for outcome in outcomes if isinstance(outcome, Conflict)] == [2] * 9
    assert await log.read("pond") == [created(), posted(2, f"from {outcomes.index(None)}")]


@pytest.mark.parametrize("seqs", [[3], [2, 4], [1], [2, 2]])
async def test_gap_is_refused(log: Log, seqs: list[int]) -> None:
    """Records that do not follow on `expected` are refused, and none of them is stored."""
    await log.create("pond", [created()], "e1")
    with pytest.raises(ValueError, match=r"Record \d stands where record \d should"):
        await log.append("pond", 1, [left(seq) for seq in seqs])
    assert await log.head("pond") == 1


async def test_begins_with_a_record(log: Log) -> None:
    """A debate without a first record is not made."""
    with pytest.raises(ValueError, match="begins with a record"):
        await log.create("pond", [], "e1")
    assert await log.debates() == []


@pytest.mark.parametrize(
    ("since", "limit", "seqs"),
    [
        (0, None, [1, 2, 3, 4, 5]),
        (2, None, [3, 4, 5]),
        (2, 2, [3, 4]),
        (4, 10, [5]),
        (5, None, []),
        (99, 3, []),
        (0, 0, []),
    ],
)
async def test_a_part(log: Log, since: int, limit: int | None, seqs: list[int]) -> None:
    """Reading gives what comes after `since`, at most `limit`, each with its own words."""
    await log.create("pond", [created(), *(posted(seq, f"text {seq}") for seq in range(2, 6))], "e1")
    part = await log.read("pond", since, limit)
    assert part == [created() if seq == 1 else posted(seq, f"text {seq}") for seq in seqs]


async def test_no_such_debate(log: Log) -> None:
    """Whatever is asked of a debate that does not exist, the answer says so, and nothing is made."""
    calls = [
        log.append("pond", 0, [created()]),
        log.append("pond", 0, []),
        log.read("pond"),
        log.head("pond"),
        log.epoch("pond"),
        log.delete("pond"),
    ]
    for call in calls:
        with pytest.raises(NoSuchDebate, match="'pond'"):
            await call
    assert await log.debates() == []


async def test_debates_in_order(log: Log) -> None:
    """Debates are listed in the order they were created, those of the same moment by name."""
    for slug, at in [("weir", NOON + 1), ("pond", NOON), ("brook", NOON + 1)]:
        await log.create(slug, [created(slug, at)], "e1")
    assert await log.debates() == ["pond", "brook", "weir"]


async def test_debates_stand_apart(log: Log) -> None:
    """What happens in one debate shows in no other."""
    await log.create("pond", [created("pond")], "e1")
    await log.create("weir", [created("weir")], "e2")
    await log.append("weir", 1, [posted(2)])
    assert (await log.read("pond"), await log.epoch("pond")) == ([created("pond")], "e1")


async def test_deleted(log: Log) -> None:
    """A deleted debate is gone, the others stay, and its slug may be used anew."""
    await log.create("pond", [created(), posted(2)], "e1")
    await log.create("weir", [created("weir"), posted(2)], "e1")
    await log.delete("pond")
    with pytest.raises(NoSuchDebate):
        await log.read("pond")
    with pytest.raises(NoSuchDebate):
        await log.append("pond", 2, [posted(3)])
    assert await log.debates() == ["weir"]
    assert await log.read("weir") == [created("weir"), posted(2)]
    await log.create("pond", [created()], "e2")
    assert await log.read("pond") == [created()]


@settings(max_examples=5)
@given(texts=st.lists(st.text(), min_size=1, max_size=30))
async def test_text_survives(
    open_log: OpenLog, texts: list[str], tmp_path_factory: pytest.TempPathFactory
) -> None:
    """Any text comes back as it went in, code point by code point, NUL and unassigned ones included."""
    async with open_log(tmp_path_factory.mktemp("log")) as log:
        records: list[Record] = [created(), *(posted(seq, text) for seq, text in enumerate(texts, 2))]
        await log.create("pond", records, "e1")
        assert await log.read("pond") == records


async def test_what_changed_nothing_is_kept_beside_the_records(log: Log) -> None:
    """Stored with the records or without, all or none of it; gone with the debate, and never another's."""
    first = Unchanged("cleo", "a", "d1", b"salt", 1)
    second = Unchanged("dan", "a", "d2", b"pepper", 2)
    await log.create("pond", [created()], "e1")
    await log.create("lake", [created()], "e1")
    await log.append("pond", 1, [], [first])
    with pytest.raises(Conflict):
        await log.append("pond", 0, [left(1)], [second])
    assert await log.unchanged("pond") == [first]
    await log.append("pond", 1, [left(2)], [second])
    assert set(await log.unchanged("pond")) == {first, second}
    assert await log.unchanged("lake") == []
    await log.delete("pond")
    with pytest.raises(NoSuchDebate):
        await log.unchanged("pond")


async def test_erased_words_are_gone(log: Log) -> None:
    """With the record that erases them go the words and the salt of the records it names, of no others."""
    await log.create("pond", [created(), posted(2, "mine"), posted(3, "yours")], "e1")
    gone = ContributionErased(contribution=2, records=(2,), reason="asked for")
    await log.append("pond", 3, [Record(4, NOON + 4, "organiser", gone, None, SALT)])
    _, mine, yours, _ = await log.read("pond")
    assert isinstance(mine.event, ContributionPosted)
    assert (mine.event.text, mine.salt) == (None, None)
    assert yours == posted(3, "yours")
    assert [text.seq for text in (await log.rows("pond"))[1]] == [3, 4]
