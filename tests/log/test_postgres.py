"""What PostgreSQL owes beyond the contract: several writers, servers that fail, tables that are not ours."""

import asyncio
from pathlib import Path

import asyncpg
import pytest

from fishbowl.debate.events import ContributionErased
from fishbowl.debate.record import Record
from fishbowl.log.contract import Conflict, DamagedStore, ForeignStore, Unavailable
from fishbowl.log.hold import Hold
from fishbowl.log.pool import STEPS, Pool, shown
from fishbowl.log.postgres import PostgresLog
from tests.log.samples import NOON, SALT, created, left, posted
from tests.postgres import Server, a_server


async def append_somehow(log: PostgresLog, text: str) -> None:
    """Go on from whatever the head is, until it is stored."""
    while True:
        head = await log.head("pond")
        try:
            return await log.append("pond", head, [posted(head + 1, text), left(head + 2)])
        except Conflict:
            continue


async def follow(log: PostgresLog, until: int) -> list[int]:
    """The seqs a reader sees who asks again and again for what comes after the last."""
    seen: list[int] = []
    while len(seen) < until:
        seen += [record.seq for record in await log.read("pond", seen[-1] if seen else 0)]
        await asyncio.sleep(0)
    return seen


async def race(url: str, trials: int) -> None:
    """Commits from two nodes, read by a third as they come."""
    nodes = [await Pool.open(url) for _ in range(3)]
    one, other, reader = map(PostgresLog, nodes)
    await one.create("pond", [created()], "e1")
    reading = asyncio.create_task(follow(reader, 1 + 2 * trials))
    for first in range(0, trials, 20):
        texts = range(first, min(first + 20, trials))
        await asyncio.gather(*(append_somehow((one, other)[n % 2], f"text {n}") for n in texts))
    assert await reading == list(range(1, 2 * trials + 2))
    said = [record.event.text for record in await one.read("pond") if hasattr(record.event, "text")]
    assert sorted(said) == sorted(f"text {n}" for n in range(trials))
    for node in nodes:
        await node.close()


async def test_no_reader_skips_a_seq(postgres: str) -> None:
    """However two nodes race, a reader sees every seq once, in order, and every text is stored once."""
    await race(postgres, 60)


@pytest.mark.long
async def test_no_reader_skips_a_seq_in_a_thousand_trials(postgres: str) -> None:
    """The same a thousand times."""
    await race(postgres, 1_000)


async def test_several_start_at_once(postgres: str) -> None:
    """Of several nodes that start on an empty database one makes the tables; all of them can use them."""
    nodes = await asyncio.gather(*(Pool.open(postgres) for _ in range(4)))
    for number, node in enumerate(nodes):
        await PostgresLog(node).create(f"pond{number}", [created(f"pond{number}")], "e1")
        await node.close()


async def test_a_newer_fishbowls_tables(postgres: str) -> None:
    """Tables of a version that is not known here are refused, and stay as they are."""
    await (await Pool.open(postgres)).close()
    connection = await asyncpg.connect(postgres)
    await connection.execute("UPDATE fishbowl SET version = 99")
    with pytest.raises(ForeignStore, match=rf"newer fishbowl \(tables 99, known {len(STEPS)}\)"):
        await Pool.open(postgres)
    assert await connection.fetchval("SELECT version FROM fishbowl") == 99
    await connection.close()


async def test_tables_of_somebody_else(postgres: str) -> None:
    """Tables of our names that are not ours are refused, and stay as they are."""
    connection = await asyncpg.connect(postgres)
    await connection.execute("CREATE TABLE records (song text)")
    with pytest.raises(ForeignStore, match="not fishbowl's"):
        await Pool.open(postgres)
    assert await connection.fetchval("SELECT to_regclass('debates')") is None
    await connection.close()


async def test_tables_are_brought_up(postgres: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """An older fishbowl's tables are brought up by the steps they lack, once, and keep what they hold."""
    pool = await Pool.open(postgres)
    await PostgresLog(pool).create("pond", [created()], "e1")
    await pool.close()
    for step in STEPS:
        (tmp_path / step).write_text("this step was done before")
    (tmp_path / "later.sql").write_text("CREATE TABLE later (n integer); INSERT INTO later VALUES (1);")
    monkeypatch.setattr("fishbowl.log.pool.files", lambda _: tmp_path)
    for _ in range(2):
        pool = await Pool.open(postgres, (*STEPS, "later.sql"))
        async with pool.connection() as connection:
            assert await connection.fetchval("SELECT version FROM fishbowl") == len(STEPS) + 1
            assert await connection.fetchval("SELECT count(*) FROM later") == 1
        assert await PostgresLog(pool).read("pond") == [created()]
        await pool.close()


async def test_a_step_that_fails_changes_nothing(
    postgres: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Tables are made whole or not at all."""
    (tmp_path / "broken.sql").write_text("CREATE TABLE fishbowl (version integer); SELECT nonsense;")
    monkeypatch.setattr("fishbowl.log.pool.files", lambda _: tmp_path)
    with pytest.raises(asyncpg.UndefinedColumnError):
        await Pool.open(postgres, ("broken.sql",))
    connection = await asyncpg.connect(postgres)
    assert await connection.fetchval("SELECT to_regclass('fishbowl')") is None
    await connection.close()


async def test_the_first_tables_are_brought_up(postgres: str) -> None:
    """Tables of version 1 become today's, and what was stored in them is there."""
    pool = await Pool.open(postgres, STEPS[:1])
    await PostgresLog(pool).create("pond", [created(), posted(2)], "e1")
    await pool.close()
    pool = await Pool.open(postgres)
    assert await PostgresLog(pool).read("pond") == [created(), posted(2)]
    hold = await Hold.take(pool, "here")
    await PostgresLog(pool).append("pond", 2, [left(3)])
    await hold.release()
    await pool.close()


async def test_commits_reach_the_disk(postgres: str) -> None:
    """Where a database lets commits return early, ours wait, however often a connection was used before."""
    connection = await asyncpg.connect(postgres)
    name = await connection.fetchval("SELECT current_database()")
    await connection.execute(f"ALTER DATABASE {name} SET synchronous_commit = off")
    await connection.close()
    pool = await Pool.open(postgres)
    for _ in range(5):
        async with pool.transaction() as ours:
            assert await ours.fetchval("SHOW synchronous_commit") == "on"
    await pool.close()


async def test_damage_is_named(postgres: str) -> None:
    """A row that is not what was written is refused by debate and seq, and so is a text."""
    pool = await Pool.open(postgres)
    log = PostgresLog(pool)
    await log.create("pond", [created(), posted(2)], "e1")
    for change in ("UPDATE texts SET text = 'Geese.'", "UPDATE records SET by_person = 'x' WHERE seq = 2"):
        async with pool.transaction() as connection:
            await connection.execute(change)
        with pytest.raises(DamagedStore, match=r"'pond' is damaged: .*record 2"):
            await log.read("pond")
    await pool.close()


async def test_imported_words_stay_erased(postgres: str) -> None:
    """A debate that is taken in from an older archive gets none of the words that were erased here since."""
    pool = await Pool.open(postgres)
    log = PostgresLog(pool)
    await log.create("pond", [created(), posted(2), posted(3)], "e1")
    rows = await log.rows("pond")
    gone = ContributionErased(contribution=2, records=(2,), reason="asked for")
    await log.append("pond", 3, [Record(4, NOON + 4, "organiser", gone, None, SALT)])
    await log.delete("pond")
    await log.take_in("pond", rows, "e2")
    assert [text.seq for text in (await log.rows("pond"))[1]] == [3]
    assert await log.epoch("pond") == "e2"
    await pool.close()


async def test_a_server_that_stops() -> None:
    """While the server is down everything is `Unavailable`; when it is back, the same log goes on."""
    with a_server() as server:
        pool = await Pool.open(server.new_database())
        log = PostgresLog(pool)
        await log.create("pond", [created()], "e1")
        await asyncio.to_thread(server.stop)
        for attempt in (log.read("pond"), log.append("pond", 1, [left(2)]), log.check()):
            with pytest.raises(Unavailable):
                await attempt
        failed = pool.failing
        assert failed
        await asyncio.to_thread(server.start)
        await _once_it_works(log)
        assert await log.read("pond") == [created()]
        await log.append("pond", 1, [left(2)])
        assert await log.head("pond") == 2
        assert not pool.failing
        await pool.close()


async def _once_it_works(log: PostgresLog) -> None:
    """Connections that broke unnoticed are found out and replaced, each by one attempt that fails."""
    for _ in range(20):
        try:
            return await log.check()
        except Unavailable:
            continue
    raise AssertionError("the log does not come back")


async def test_no_server(postgres_server: Server) -> None:
    """Where nothing answers, or not to us, the start is refused in a sentence without the password."""
    for url in (
        "postgresql://anna:geheim@127.0.0.1:1/pond",
        f"postgresql://anna:geheim@/pond?host={postgres_server.folder}",
        "postgresql://anna:geheim@nowhere.invalid/pond",
        "postgresql://anna:geheim@[broken/pond",
        "postgresql://anna:geheim@127.0.0.1/pond?sslmode=nonsense",
    ):
        with pytest.raises(Unavailable) as refused:
            await Pool.open(url)
        assert "geheim" not in str(refused.value)
        assert "PostgreSQL database" in str(refused.value)


def test_shown() -> None:
    """A database is named by host, port and name; nothing else of its URL is told."""
    told = shown("postgresql://anna:geheim@db.example.org:5433/pond?sslpassword=auch-geheim")
    assert told == "The PostgreSQL database pond at db.example.org:5433"
