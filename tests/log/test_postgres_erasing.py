"""Erased words in PostgreSQL: gone from the server's tables, and from what an older dump brings back."""

import asyncio
import re
import shutil
from pathlib import Path
from random import Random

import asyncpg
import pytest

from fishbowl.log.directory import DataDirectory
from fishbowl.log.pool import Pool
from fishbowl.log.postgres import PostgresLog
from fishbowl.log.stores import open_store
from tests.log.samples import created
from tests.log.test_erasures import WORDS, erased, said
from tests.postgres import Server

_WORD = re.compile(WORDS.replace("{:05d}", r"(\d{5})").encode())


def found(server: Server, numbers: list[int]) -> list[tuple[str, int]]:
    """Which of these words stand in which file of the server's, but for its write-ahead log."""
    files = [path for path in server.data.rglob("*") if path.is_file() and "pg_wal" not in path.parts]
    there = {(path.name, int(n)) for path in files for n in _WORD.findall(path.read_bytes())}
    return sorted(each for each in there if each[1] in numbers)


async def filled(url: str, records: int) -> tuple[Pool, PostgresLog]:
    pool = await Pool.open(url)
    log, dice = PostgresLog(pool), Random(4)
    await log.create("pond", [created()], "e1")
    for start in range(2, records, 50):
        await log.append("pond", start - 1, [said(seq, dice) for seq in range(start, start + 50)])
    return pool, log


async def on_disk(pool: Pool) -> None:
    async with pool.connection() as connection:
        await connection.execute("CHECKPOINT")


async def test_no_byte_is_left(postgres_server: Server, postgres: str) -> None:
    """Of 200 texts among 2,000, erased while somebody reads, no byte is left in any table; others stay."""
    pool, log = await filled(postgres, 2_000)
    await on_disk(pool)
    head = await log.head("pond")
    gone = Random(5).sample(range(2, head + 1), 200)
    assert len(found(postgres_server, gone)) >= 200, "they are there to be found"
    reading = asyncio.create_task(log.read("pond"))
    await log.append("pond", head, [erased(head + 1, gone)])
    await reading
    assert found(postgres_server, gone) == []
    await on_disk(pool)
    assert found(postgres_server, gone) == []
    kept = [seq for seq in range(2, head + 1) if seq not in gone]
    assert {n for _, n in found(postgres_server, kept)} == set(kept)
    read = await log.read("pond")
    assert [record.seq for record in read if getattr(record.event, "text", "") is None] == sorted(gone)
    await log.delete("pond")
    await on_disk(pool)
    assert found(postgres_server, kept) == []
    await pool.close()


async def test_somebody_who_might_still_see_it(
    postgres_server: Server, postgres: str, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    """What another transaction might still see stays; that is told, and it is done afterwards."""
    for name, seconds in (("PATIENCE_SECONDS", 0.3), ("LATER_SECONDS", 0.1), ("LOCK_MILLISECONDS", 50)):
        monkeypatch.setattr(f"fishbowl.log.rewriting.{name}", seconds)
    pool, log = await filled(postgres, 100)
    other = await asyncpg.connect(postgres)
    for look in ("SELECT count(*) FROM texts", "SELECT count(*) FROM records"):
        caplog.clear()
        looking = other.transaction(isolation="repeatable_read")
        await looking.start()
        await other.fetchval(look)
        head = await log.head("pond")
        await log.append("pond", head, [erased(head + 1, [head // 2])])
        assert "may still be in the files" in caplog.text
        await on_disk(pool)
        assert found(postgres_server, [head // 2]), look
        await looking.rollback()
        async with asyncio.timeout(10):
            while "no longer in the files" not in caplog.text:  # noqa: ASYNC110 - the log wakes nobody
                await asyncio.sleep(0.05)
        await on_disk(pool)
        assert found(postgres_server, [head // 2]) == [], look
    assert not pool.failing
    await other.close()
    await pool.close()


async def test_an_older_dump_gives_nothing_back(
    postgres_server: Server, postgres: str, tmp_path: Path
) -> None:
    """What was erased after a dump was made is erased again when the service starts over it."""
    pool, _ = await filled(postgres, 100)
    await pool.close()
    connection = await asyncpg.connect(postgres)
    name = await connection.fetchval("SELECT current_database()")
    await connection.close()
    dump = postgres_server.folder / f"{name}.dump"
    connecting = ("--host", str(postgres_server.folder), "--username=fishbowl")
    await asyncio.to_thread(
        postgres_server.run, "pg_dump", *connecting, "--format=custom", f"--file={dump}", name
    )
    with DataDirectory.lock(tmp_path / "data") as directory:
        async with open_store(postgres, directory) as opened:
            head = await opened.log.head("pond")
            await opened.log.append("pond", head, [erased(head + 1, [7, 9])])
        restored = postgres_server.new_database()
        into = restored.rpartition("@/")[2].partition("?")[0]
        await asyncio.to_thread(postgres_server.run, "pg_restore", *connecting, f"--dbname={into}", str(dump))
        async with open_store(restored, directory) as opened:
            await opened.store.ask(
                "UPDATE debates SET epoch = left(md5(random()::text || slug), 16) RETURNING 1"
            )
            assert await opened.log.epoch("pond") != "e1"
            records = await opened.log.read("pond")
            assert len(records) == head
            gone = [record.seq for record in records if getattr(record.event, "text", "") is None]
            assert gone == [7, 9]
    shutil.rmtree(tmp_path / "data")
    with DataDirectory.lock(tmp_path / "data") as directory:
        again = postgres_server.new_database()
        into = again.rpartition("@/")[2].partition("?")[0]
        await asyncio.to_thread(postgres_server.run, "pg_restore", *connecting, f"--dbname={into}", str(dump))
        async with open_store(again, directory) as opened:
            records = await opened.log.read("pond")
    assert all(getattr(record.event, "text", "") is not None for record in records), "it had them still"
