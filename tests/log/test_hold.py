"""The hold on a PostgreSQL database: one at a time, and nothing of the one before once another has begun."""

import asyncio
from collections.abc import AsyncIterator, Callable, Coroutine
from contextlib import suppress
from importlib.resources import files
from typing import Any

import asyncpg
import pytest

from fishbowl.log.contract import Unavailable
from fishbowl.log.hold import HOLDING, TAKING, DatabaseInUse, Hold
from fishbowl.log.pool import Pool, Superseded
from fishbowl.log.postgres import PostgresLog
from tests.log.samples import created, left
from tests.postgres import Server, a_server

OpenPool = Callable[[], Coroutine[Any, Any, Pool]]


@pytest.fixture
async def opened(postgres: str, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[OpenPool]:
    """Opens the database once more."""
    monkeypatch.setattr("fishbowl.log.hold.PATIENCE_SECONDS", 0.3)
    pools: list[Pool] = []

    async def opening() -> Pool:
        pools.append(await Pool.open(postgres))
        return pools[-1]

    yield opening
    for pool in pools:
        await pool.close()


async def lose_the_lock(postgres: str) -> None:
    """The connection that has the lock breaks."""
    connection = await asyncpg.connect(postgres)
    ended = "SELECT pg_terminate_backend(pid, 5000) FROM pg_locks WHERE objid = $1::bigint::oid"
    assert await connection.fetchval(ended, HOLDING)
    await connection.close()


async def test_one_holds(opened: OpenPool) -> None:
    """While one holds, another is refused and told who it is; once it has let go, the other may."""
    one = await Hold.take(await opened(), "here:/data")
    with pytest.raises(DatabaseInUse, match="in use by another fishbowl \\(here:/data\\)"):
        await Hold.take(await opened(), "there:/data")
    await one.release()
    other = await Hold.take(await opened(), "there:/data")
    await other.release()


async def test_last_alive(opened: OpenPool) -> None:
    """Whoever holds next learns when the one before was last alive."""
    one = await Hold.take(await opened(), "here")
    assert one.last_alive is None
    await one.beat(1_000)
    await one.beat(2_000)
    await one.release()
    other = await Hold.take(await opened(), "there")
    assert other.last_alive == 2_000
    await other.release()


async def test_a_lost_lock_is_taken_again(opened: OpenPool, postgres: str) -> None:
    """Whoever lost the lock to nobody goes on, has it again with the next beat, and keeps others out."""
    pool = await opened()
    one = await Hold.take(pool, "here")
    await lose_the_lock(postgres)
    await PostgresLog(pool).create("pond", [created()], "e1")
    await one.beat(1)
    with pytest.raises(DatabaseInUse):
        await Hold.take(await opened(), "there")
    await one.beat(2)
    await one.release()


async def test_superseded(opened: OpenPool, postgres: str) -> None:
    """Once another holds, the one before stores nothing and reads nothing, and its beat says so."""
    pool, next_pool = await opened(), await opened()
    one, log = await Hold.take(pool, "here"), PostgresLog(pool)
    await log.create("pond", [created()], "e1")
    await lose_the_lock(postgres)
    other = await Hold.take(next_pool, "there")
    for refused in (log.append("pond", 1, [left(2)]), one.beat(1), log.read("pond"), log.check()):
        with pytest.raises(Superseded, match="held by another fishbowl now"):
            await refused
    assert pool.failing
    assert await PostgresLog(next_pool).read("pond") == [created()]
    await PostgresLog(next_pool).append("pond", 1, [left(2)])
    await other.release()


async def test_what_is_under_way_is_waited_for(opened: OpenPool, postgres: str) -> None:
    """Whoever begins to hold misses nothing of the one before: its last transaction is waited for."""
    pool, next_pool = await opened(), await opened()
    one = await Hold.take(pool, "here")
    await lose_the_lock(postgres)
    async with pool.transaction() as connection:
        taking = asyncio.create_task(Hold.take(next_pool, "there"))
        await _somebody_waits(postgres)
        assert not taking.done()
        await connection.execute("UPDATE fishbowl SET seen = 7")
    other = await taking
    assert other.last_alive == 7
    await one.release()
    await other.release()


async def _somebody_waits(postgres: str) -> None:
    connection = await asyncpg.connect(postgres)
    waiting = "SELECT count(*) FROM pg_locks WHERE NOT granted AND objid = $1::bigint::oid"
    while not await connection.fetchval(waiting, TAKING):  # noqa: ASYNC110 - the server tells nobody
        await asyncio.sleep(0.01)
    await connection.close()


def test_the_tables_know_the_lock() -> None:
    """The number in the script is the number here."""
    assert (
        f"pg_advisory_xact_lock_shared({TAKING})"
        in files("fishbowl.log").joinpath("postgres2.sql").read_text()
    )


async def test_a_server_that_is_started_again() -> None:
    """A server that was down takes the hold from nobody: with the next beat it is as before."""
    with a_server() as server:
        pool = await Pool.open(server.new_database())
        hold = await Hold.take(pool, "here")
        log = PostgresLog(pool)
        await log.create("pond", [created()], "e1")
        await asyncio.to_thread(_again, server)
        for _ in range(20):  # each broken connection is found out by one attempt
            with suppress(Unavailable):
                await hold.beat(3)
                break
        await log.append("pond", 1, [left(2)])
        await hold.release()
        await pool.close()


def _again(server: Server) -> None:
    server.stop()
    server.start()


async def test_a_name_of_ones_own(opened: OpenPool) -> None:
    """Those who share hold together, but each under its own name; nobody holds alone beside them."""
    one = await Hold.share(await opened(), "here:/data")
    other = await Hold.share(await opened(), "there:/data")
    with pytest.raises(DatabaseInUse, match="of the same name \\(here:/data\\)"):
        await Hold.share(await opened(), "here:/data")
    with pytest.raises(DatabaseInUse, match="in use by another fishbowl"):
        await Hold.take(await opened(), "mover")
    await one.release()
    again = await Hold.share(await opened(), "here:/data")
    await again.beat(1)
    await again.release()
    await other.release()
    alone = await Hold.take(await opened(), "mover")
    with pytest.raises(DatabaseInUse, match="mover"):
        await Hold.share(await opened(), "here:/data")
    await alone.release()
