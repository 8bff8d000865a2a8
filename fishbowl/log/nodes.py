"""The nodes over one PostgreSQL: which are alive, how each learns that another has stored something.

Knows nothing of debates but their names and how far they are stored. A node leaves a sign of life every
second, by the server's clock; one that has left none for `SILENT_SECONDS` counts as gone. `look` alone is
enough to learn everything; the bell, PostgreSQL's NOTIFY, only makes it sooner, and says nothing but which
debate it is about.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Final, NamedTuple

from fishbowl.log.contract import LogError
from fishbowl.log.hold import Hold
from fishbowl.log.pool import Connection, Pool
from fishbowl.log.turns import Turns

__all__ = ["SILENT_SECONDS", "Nodes", "Stands"]

CHANNEL: Final = "fishbowl"
SILENT_SECONDS: Final = 5
FORGET_SECONDS: Final = 3600
"""When a silent node's rows are removed: long after the last turn in which it was counted out."""
RING_SECONDS: Final = 0.005
"""How often the bell rings at most. A commit with a notification locks the whole database's queue of them,
so it is never a turn's own commit, and one of them is for all that happened meanwhile."""
AGAIN_SECONDS: Final = 1.0

logger = logging.getLogger("fishbowl.nodes")

_BEAT = (
    "INSERT INTO nodes VALUES ($1, clock_timestamp()) ON CONFLICT (node) DO UPDATE SET seen = excluded.seen"
)
_ALIVE = "SELECT node FROM nodes WHERE seen > clock_timestamp() - $1 * interval '1 second'"
_STAND = """
    SELECT d.slug, d.epoch, d.turns, coalesce(sum(p.onlookers) FILTER (WHERE p.node <> $1), 0)::integer
    FROM debates d LEFT JOIN presence p ON p.debate = d.slug AND p.node = ANY($2::text[]) GROUP BY d.slug
"""
_ONLOOKERS = """
    INSERT INTO presence SELECT slug, $1, 0, '{}', count
    FROM unnest($2::text[], $3::integer[]) AS here (slug, count) JOIN debates USING (slug)
    ON CONFLICT (debate, node) DO UPDATE SET onlookers = excluded.onlookers
"""
_FORGET = (
    "WITH gone AS (DELETE FROM nodes WHERE seen < clock_timestamp() - $1 * interval '1 second' "
    "RETURNING node) DELETE FROM presence USING gone WHERE presence.node = gone.node"
)
_LEFT = "DELETE FROM presence WHERE people = '{}' AND node NOT IN (SELECT node FROM nodes)"
_RING = "SELECT pg_notify($1, $2 || ' ' || slug) FROM unnest($3::text[]) AS slug"


class Stands(NamedTuple):
    """How a debate is stored: its life, its last turn, and how many onlookers other nodes have."""

    epoch: str
    turns: int
    onlookers: int


class Nodes:
    """All nodes, as the one called `node` sees them. `heard` may be set: called when another rings.

    It is given the debate's name, and "" where something may have been missed.
    """

    def __init__(self, pool: Pool, directory: Path, node: str) -> None:
        self.node = node
        self.alive: frozenset[str] = frozenset({node})
        """By the last look, this one too."""
        self.heard: Callable[[str], None] = lambda debate: None
        self._pool = pool
        self._directory = directory
        self._onlookers: dict[str, int] = {}
        """As they were stored."""
        self._due: set[str] = set()
        self._news = asyncio.Event()

    def turns(self, debate: str) -> Turns:
        """The turns of this node in a debate."""
        return Turns(
            self._pool, self._directory, debate, self.node, lambda: self.alive, self.ring, self.heard_of
        )

    async def join(self) -> bool:
        """Be one of them from now on; whether another is alive. A node of this name that was is no more."""
        await self._pool.change(("update presence set onlookers = 0 where node = ?", [(self.node,)]))
        await self.look({})
        if len(self.alive) == 1:
            return False
        await self._tell({""})
        return True

    async def beat(self, hold: Hold) -> None:
        """A sign of life on the hold's connection, however busy the others are. Raises `Unavailable`."""
        await hold.run(_BEAT, self.node)

    def heard_of(self, node: str) -> None:
        """It has just had a turn, and so is alive, whether a look has found it yet or not."""
        self.alive |= {node}

    async def look(self, onlookers: Mapping[str, int]) -> dict[str, Stands]:
        """Leave a sign of life, with the number of onlookers here; every debate as it is stored.

        Raises `Unavailable`.
        """
        changed = {slug: count for slug, count in onlookers.items() if self._onlookers.get(slug, 0) != count}
        async with self._pool.transaction() as connection:
            await connection.execute("SET LOCAL synchronous_commit = off")  # the one before will do
            await connection.execute(_BEAT, self.node)
            if changed:
                await connection.execute(_ONLOOKERS, self.node, list(changed), list(changed.values()))
            alive = await connection.fetch(_ALIVE, SILENT_SECONDS)
            names = [node for (node,) in alive]
            rows = await connection.fetch(_STAND, self.node, names)
        self._onlookers.update(changed)
        self.alive = frozenset({self.node, *names})
        return {slug: Stands(*stands) for slug, *stands in rows}

    async def forget(self) -> None:
        """Remove what long silent nodes have left; to be called now and then."""
        async with self._pool.transaction() as connection:
            await connection.execute(_FORGET, FORGET_SECONDS)
            await connection.execute(_LEFT)

    async def leave(self) -> None:
        """Be none of them any more: the others need not wait for our silence."""
        with suppress(LogError):
            async with self._pool.transaction() as connection:
                await connection.execute("DELETE FROM nodes WHERE node = $1", self.node)
            await self._tell({""})

    # The bell

    def ring(self, debate: str) -> None:
        """Tell the others, where there are any, soon that something was stored."""
        if len(self.alive) > 1:  # one that has only just come looks by itself
            self._due.add(debate)
            self._news.set()

    async def keep_ringing(self) -> None:
        """Tell what is due, for as long as the service runs."""
        while True:
            await self._news.wait()
            self._news.clear()
            due, self._due = self._due, set()
            with _told_of():  # they look by themselves
                await self._tell(due)
            await asyncio.sleep(RING_SECONDS)

    async def keep_listening(self) -> None:
        """Hear what others tell, on a connection of its own that is made anew whenever it breaks."""
        while True:
            with _told_of():
                await self._listen()
            await asyncio.sleep(AGAIN_SECONDS)

    async def _listen(self) -> None:
        """Until the connection breaks."""
        broken = asyncio.Event()
        async with self._pool.dedicated() as connection:
            try:
                connection.add_termination_listener(lambda _: broken.set())
                await connection.add_listener(CHANNEL, self._hear)
                self.heard("")  # of what was told before nothing is known
                await broken.wait()
            finally:
                connection.terminate()

    async def _tell(self, debates: set[str]) -> None:
        async with self._pool.connection() as connection:
            await connection.execute(_RING, CHANNEL, self.node, sorted(debates))

    def _hear(self, connection: Connection, pid: int, channel: str, told: object) -> None:
        node, _, debate = str(told).rpartition(" ")
        if node != self.node:
            self.heard(debate)


@contextmanager
def _told_of() -> Iterator[None]:
    """The bell may fail; whoever keeps it goes on, and what nobody expected is told."""
    try:
        yield
    except LogError:
        pass  # that the database fails is told by whoever wants to write there
    except Exception:
        logger.exception("Other nodes could not be told, or heard.")
