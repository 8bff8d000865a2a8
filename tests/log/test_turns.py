"""Several nodes over one PostgreSQL: turns, presence, and how each learns what the others stored."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from pathlib import Path

import asyncpg
import pytest

from fishbowl.log.contract import Behind, DamagedStore, Missed, NoSuchDebate, Unavailable, Unchanged
from fishbowl.log.nodes import Nodes
from fishbowl.log.pool import Pool
from fishbowl.log.postgres import PostgresLog
from fishbowl.log.turns import MOST_MISSED, Turns
from tests.log.samples import SALT, created, left

NOBODY: frozenset[str] = frozenset()
SOON = 10.0


class Node:
    """One node with a debate called pond, which exists."""

    def __init__(self, name: str, pool: Pool, directory: Path) -> None:
        self.pool = pool
        self.log = PostgresLog(pool, directory)
        self.nodes = Nodes(pool, directory, name)
        self.turns = self.nodes.turns("pond")
        self.seen: list[int] = [1]
        """The seqs it has read."""
        self.here: frozenset[str] = NOBODY

    @property
    def seq(self) -> int:
        return self.seen[-1]

    def takes_in(self, missed: Missed) -> None:
        self.seen += [record.seq for record in missed.records]

    async def has_a_turn(self, records: int = 1) -> Missed:
        """Stores so many records, after what it missed."""
        async with self.turns.turn(self.seq, lambda: self.here) as turn:
            self.takes_in(turn.missed)
            last = self.seq
            turn.store([left(last + 1 + n) for n in range(records)], ())
        self.seen += range(last + 1, last + 1 + records)
        return turn.missed

    async def catches_up(self) -> None:
        more = True
        while more:
            missed = await self.turns.missed(self.seq)
            self.takes_in(missed)
            more = missed.more


@pytest.fixture
async def nodes(postgres: str, tmp_path: Path) -> AsyncIterator[tuple[Node, Node]]:
    """Two, each of which knows of the other."""
    pools = [await Pool.open(postgres) for _ in range(2)]
    one, other = (Node(name, pool, tmp_path) for name, pool in zip(("one", "other"), pools, strict=True))
    await one.log.create("pond", [created()], "e1")
    for node in (one, other, one):
        await node.turns.begin()
        await node.nodes.join()
    yield one, other
    for pool in pools:
        await pool.close()


Pair = tuple[Node, Node]


async def test_each_sees_what_it_missed(nodes: Pair) -> None:
    """A turn begins with what others stored since the last one, and stores after it."""
    one, other = nodes
    await one.has_a_turn(2)
    missed = await other.has_a_turn()
    assert [record.seq for record in missed.records] == [2, 3]
    assert (await one.has_a_turn()).records == [left(4)]
    assert (await one.has_a_turn()) == Missed()
    assert [record.seq for record in await one.log.read("pond")] == [1, 2, 3, 4, 5, 6]


async def test_a_turn_that_raises_stores_nothing(nodes: Pair) -> None:
    """Whatever was decided in it is undone, and the next one begins where that one did."""
    one, other = nodes

    async def fail() -> None:
        async with one.turns.turn(1, lambda: frozenset({"ann"})) as turn:
            turn.store([left(2)], ())
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        await fail()
    assert await other.has_a_turn() == Missed()
    assert other.turns.elsewhere == NOBODY
    assert (await one.has_a_turn()).records == [left(2)]


async def test_answered_ids_are_missed_too(nodes: Pair) -> None:
    """What was accepted and changed nothing is known to the next turn, by whichever node it is."""
    one, other = nodes
    unchanged = Unchanged("ann", "1", "digest", SALT, 1)
    async with one.turns.turn(1, lambda: NOBODY) as turn:
        turn.store([], [unchanged])
    assert (await other.turns.missed(1)).unchanged == [unchanged]
    assert not (await other.has_a_turn()).unchanged
    assert not (await one.has_a_turn()).unchanged


async def test_an_empty_turn_is_none(nodes: Pair) -> None:
    """Where there is nothing to store nothing is, and nobody is told."""
    one, other = nodes
    for _ in range(3):
        await one.has_a_turn(0)
    assert await one.pool.ask("select turns from debates") == [(0,)]
    assert await other.turns.missed(1) == Missed()


async def test_racing_commits(nodes: Pair) -> None:
    """Of 1,000 turns that two nodes race for, no reader skips a record, and none comes twice."""
    one, other = nodes
    turns = 500

    async def race(node: Node) -> None:
        for _ in range(turns):
            await node.has_a_turn()

    async def read(node: Node, racing: asyncio.Future[tuple[None, None]], seen: list[int]) -> None:
        reader = Turns(node.pool, Path(), "pond", "reader", lambda: frozenset({"reader"}), lambda _: None)
        await reader.begin()
        while not racing.done() or seen[-1] < 1 + 2 * turns:
            seen += [record.seq for record in (await reader.missed(seen[-1])).records]
            await asyncio.sleep(0)

    racing = asyncio.gather(race(one), race(other))
    readers: list[list[int]] = [[1], [1]]
    await asyncio.gather(
        racing, *(read(node, racing, seen) for node, seen in zip(nodes, readers, strict=True))
    )
    for node in nodes:
        await node.catches_up()
    whole = list(range(1, 2 + 2 * turns))
    assert one.seen == other.seen == readers[0] == readers[1] == whole
    assert [record.seq for record in await one.log.read("pond")] == whole


async def test_too_far_behind_for_a_turn(nodes: Pair) -> None:
    """Whoever has missed very much reads it first, piece by piece, and keeps nobody waiting."""
    one, other = nodes
    await one.has_a_turn(MOST_MISSED + 1)
    with pytest.raises(Behind):
        await other.has_a_turn()
    await other.catches_up()
    assert other.seen == one.seen
    await other.has_a_turn()


async def test_who_is_present_elsewhere(nodes: Pair) -> None:
    """Each turn knows who is present by way of any node as of the turn before."""
    one, other = nodes
    one.here = frozenset({"ann", "bob"})
    assert one.turns.out_of_date(one.here)
    await one.has_a_turn(0)
    assert not one.turns.out_of_date(one.here)
    other.here = frozenset({"bob", "cleo"})
    async with other.turns.turn(1, lambda: other.here) as turn:
        assert turn.present == {"ann", "bob", "cleo"}
    one.here = NOBODY
    await one.has_a_turn(0)
    await other.catches_up()
    assert other.turns.elsewhere == NOBODY
    await one.catches_up()
    assert one.turns.elsewhere == {"bob", "cleo"}


async def test_a_silent_node_has_nobody(nodes: Pair) -> None:
    """Who was present by way of a node that fell silent no longer is, from one turn on, for everybody; if
    the node was alive all the same, it finds out and says who is there again.
    """
    one, other = nodes
    one.here = frozenset({"ann"})
    await one.has_a_turn(0)
    await other.catches_up()
    assert other.turns.elsewhere == {"ann"}
    async with one.pool.transaction() as connection:
        await connection.execute("UPDATE nodes SET seen = seen - interval '1 minute' WHERE node = 'one'")
    await other.nodes.look({})
    assert other.nodes.alive == {"other"}
    assert other.turns.elsewhere == {"ann"}
    assert other.turns.out_of_date(NOBODY)
    async with other.turns.turn(1, lambda: NOBODY) as turn:
        assert turn.present == NOBODY
    assert other.turns.elsewhere == NOBODY
    await one.catches_up()
    assert one.turns.out_of_date(one.here)
    await one.has_a_turn(0)
    await other.catches_up()
    assert other.turns.elsewhere == {"ann"}


async def test_a_node_that_leaves_is_missed_at_once(nodes: Pair) -> None:
    """Nobody waits for the silence of a node that has said goodbye."""
    one, other = nodes
    assert (await other.nodes.look({})).keys() == {"pond"}
    assert other.nodes.alive == {"one", "other"}
    await one.nodes.leave()
    await other.nodes.look({})
    assert other.nodes.alive == {"other"}


async def test_onlookers_are_added_up(nodes: Pair) -> None:
    """Each look tells how many onlookers the other nodes have."""
    one, other = nodes
    await one.nodes.look({"pond": 7})
    assert (await other.nodes.look({"pond": 5}))["pond"].onlookers == 7
    assert (await one.nodes.look({"pond": 0}))["pond"].onlookers == 5
    assert (await other.nodes.look({"pond": 5}))["pond"].onlookers == 0


async def test_another_debate_of_the_name(nodes: Pair) -> None:
    """A debate that was deleted and made anew elsewhere is not written as if it were the old one."""
    one, other = nodes
    await one.log.delete("pond")
    with pytest.raises(NoSuchDebate):
        await other.has_a_turn()
    await one.log.create("pond", [created()], "e2")
    for ask in (other.has_a_turn(), other.turns.missed(1)):
        with pytest.raises(NoSuchDebate):
            await ask
    assert len(await one.log.read("pond")) == 1


async def test_a_database_that_has_lost_records(nodes: Pair) -> None:
    """Where fewer records are stored than were read here, nothing is stored on top of them."""
    one, other = nodes
    await one.has_a_turn(2)
    await one.pool.change(
        ("delete from records where seq = ?", [(3,)]), ("update debates set head = 2", [()])
    )
    with pytest.raises(DamagedStore, match="up to record 2 only, of 3"):
        await one.has_a_turn()
    await other.catches_up()
    assert other.seen == [1, 2]


async def test_whose_links_have_ended(nodes: Pair, postgres: str) -> None:
    """What ended by way of another node is told once; what ended by one's own is not."""
    one, other = nodes
    await one.pool.change(
        ("update debates set turns = turns + 1", [()]),
        ("insert into endings select slug, turns, ?, ? from debates", [("one", "ann")]),
    )
    assert (await other.turns.missed(1)).ended == ["ann"]
    assert (await other.has_a_turn()).ended == ()
    assert not (await one.turns.missed(1)).ended


async def heard(nodes: Pair, act: Callable[[], Awaitable[object]], wanted: str = "pond") -> bool:
    """Whether the other node is told of it within a while."""
    one, other = nodes
    told: asyncio.Queue[str] = asyncio.Queue()
    other.nodes.heard = told.put_nowait
    async with _keeping(one.nodes.keep_ringing(), other.nodes.keep_listening()):
        assert await asyncio.wait_for(told.get(), SOON) == "", "it listens now, and may have missed anything"
        await act()
        try:
            return await asyncio.wait_for(told.get(), 1.0) == wanted
        except TimeoutError:
            return False


@asynccontextmanager
async def _keeping(*chores: Awaitable[None]) -> AsyncIterator[None]:
    tasks = [asyncio.ensure_future(chore) for chore in chores]
    yield
    for task in tasks:
        task.cancel()
    await asyncio.gather(*tasks, return_exceptions=True)


async def test_the_bell(nodes: Pair) -> None:
    """Whoever stores something rings, and whoever listens hears for which debate."""
    assert await heard(nodes, nodes[0].has_a_turn)
    assert not await heard(nodes, lambda: nodes[0].has_a_turn(0))


async def test_one_hears_nothing_of_oneself(nodes: Pair) -> None:
    """A node's own bell tells it nothing."""
    one, _ = nodes
    assert not await heard((one, one), one.has_a_turn)


async def test_a_bell_that_is_taken_away(nodes: Pair, postgres: str) -> None:
    """Where every notification is lost, nothing else is: a look tells what there is to read."""
    connection = await asyncpg.connect(postgres)
    name = await connection.fetchval("SELECT current_database()")
    await connection.execute(
        "CREATE FUNCTION public.pg_notify(text, text) RETURNS void LANGUAGE sql AS 'SELECT'"
    )
    await connection.execute(f"ALTER DATABASE {name} SET search_path = public, pg_catalog")
    await connection.execute(
        "SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity "
        "WHERE pid <> pg_backend_pid() AND datname = current_database()"
    )
    await connection.close()
    one, other = nodes
    for _ in range(8):  # each broken connection is found out by one attempt
        for node in nodes:
            try:
                await node.nodes.look({})
            except Unavailable:
                continue
    assert not await heard(nodes, one.has_a_turn)
    stands = (await other.nodes.look({}))["pond"]
    assert other.turns.is_behind(stands.turns)
    await other.catches_up()
    assert other.seen == [1, 2]


async def test_listening_is_taken_up_again(nodes: Pair, postgres: str) -> None:
    """A listener whose connection was killed listens again, and knows that it may have missed something."""
    one, other = nodes
    told: asyncio.Queue[str] = asyncio.Queue()
    other.nodes.heard = told.put_nowait
    async with _keeping(one.nodes.keep_ringing(), other.nodes.keep_listening()):
        assert await asyncio.wait_for(told.get(), SOON) == ""
        connection = await asyncpg.connect(postgres)
        ended = await connection.fetch(
            "SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity WHERE query LIKE 'LISTEN%' "
            "AND datname = current_database()"
        )
        assert len(ended) == 1
        await connection.close()
        assert await asyncio.wait_for(told.get(), SOON) == ""
        await one.has_a_turn()
        assert await asyncio.wait_for(told.get(), SOON) == "pond"


async def test_a_node_that_has_just_come(nodes: Pair) -> None:
    """Who is present by way of a node that no look has found yet is present all the same."""
    one, other = nodes
    other.here = frozenset({"bob"})
    one.nodes.alive = frozenset({"one"})  # as before the other came
    await other.has_a_turn(0)
    async with one.turns.turn(1, lambda: NOBODY) as turn:
        assert turn.present == {"bob"}
        assert not turn.silenced
    assert not one.turns.is_alone
    await one.nodes.look({})
    assert one.nodes.alive == {"one", "other"}


async def test_a_turn_that_stands_still(nodes: Pair, monkeypatch: pytest.MonkeyPatch) -> None:
    """A node that stops in the middle of a turn loses it after a while; the others then have theirs."""
    one, other = nodes
    await one.pool.ask("select 1")
    began = time.monotonic()

    async def stop() -> None:
        async with one.turns.turn(1, lambda: NOBODY) as turn:
            await asyncio.wait_for(other.has_a_turn(), 60)  # the server lets go of our turn for it
            turn.store([left(2)], ())

    with pytest.raises(Unavailable):
        await stop()
    assert time.monotonic() - began < 60
    await one.catches_up()
    assert one.seen == other.seen == [1, 2]
    await one.has_a_turn()


async def test_onlookers_of_a_node_that_left(nodes: Pair) -> None:
    """They are counted no more, and what it left is removed."""
    one, other = nodes
    await one.nodes.look({"pond": 7})
    await one.nodes.leave()
    assert (await other.nodes.look({}))["pond"].onlookers == 0
    await other.nodes.forget()
    assert await other.pool.ask("select node from presence where node = 'one'") == []
