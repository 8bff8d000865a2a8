"""Turns: how several nodes write one debate, each seeing what it missed before it decides.

Knows the tables and who else is alive; nothing of rules or readers. A turn locks the debate's row, reads what
was stored since this node's last, lets the caller decide, and stores that, all in one transaction. Whoever
waits for the lock has seen nothing yet and so decides nothing twice.

Guarantees: turns of one debate follow each other, whichever nodes have them; a turn begins with everything
stored before it, records, answered ids and who is present elsewhere; what `turn` has returned from is on the
server's disk. People count as present by a node that fell silent until the first turn after that was noticed.
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable, Sequence
from collections.abc import Set as AbstractSet
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from fishbowl.debate.record import Record
from fishbowl.log import tables
from fishbowl.log.codec import damage_named, decode_following, encode_following
from fishbowl.log.contract import Behind, DamagedStore, Missed, NoSuchDebate, Unchanged
from fishbowl.log.erasures import erased_by
from fishbowl.log.pool import Connection, Pool

__all__ = ["Turn", "Turns"]

AT_ONCE: Final = 500
"""Records read at once without a turn: some ten milliseconds' worth."""
MOST_MISSED: Final = 5_000
"""Records read within a turn, whose end others wait for. Far more than they store while one waits for it, or
whoever waits would be too far behind every time.
"""

_PRESENT = """
    INSERT INTO presence VALUES ($1, $2, $3, $4, 0)
    ON CONFLICT (debate, node) DO UPDATE SET turn = excluded.turn, people = excluded.people
"""
_SILENCED = """
    UPDATE presence SET turn = $3, people = '{}', onlookers = 0
    WHERE debate = $1 AND node = ANY($2::text[]) AND people <> '{}'
"""


@dataclass
class Turn:
    """One turn: what came before it, and what the caller gives it to store."""

    missed: Missed
    here: frozenset[str]
    """Who is present by way of this node, as this turn stores it."""
    present: frozenset[str]
    """Who is, by way of any."""
    silenced: list[str]
    """Nodes that are counted out with this turn."""
    records: Sequence[Record] = ()
    unchanged: Sequence[Unchanged] = ()

    def store(self, records: Sequence[Record], unchanged: Sequence[Unchanged]) -> None:
        """At the end of the turn, on disk once it is left."""
        self.records, self.unchanged = records, unchanged


class Turns:
    """One debate's turns at this node, which is called `node`.

    `alive` gives the nodes that are, this one too; `stored` is called after a turn that stored something,
    `heard_of` with a node that has had one.
    """

    def __init__(
        self,
        pool: Pool,
        directory: Path,
        debate: str,
        node: str,
        alive: Callable[[], frozenset[str]],
        stored: Callable[[str], None],
        heard_of: Callable[[str], None] = lambda node: None,
    ) -> None:
        self.debate = debate
        self.epoch = ""
        self.elsewhere: frozenset[str] = frozenset()
        """Who is present by way of other nodes."""
        self._pool = pool
        self._directory = directory
        self._node = node
        self._alive = alive
        self._stored = stored
        self._heard_of = heard_of
        self._turn = -1
        """The last turn of which nothing is missing here."""
        self._people: dict[str, frozenset[str]] = {}
        """Who is present by way of each node, this one too, as it was stored."""

    async def begin(self) -> None:
        """To be called before the debate is read for the first time. Raises as `Log.read`."""
        async with self._pool.connection() as connection:
            self.epoch = await tables.epoch_of(connection, self.debate)
            turn = await self._turns(connection)
            await self._hear_who(connection)
            self._turn = turn

    @property
    def is_alone(self) -> bool:
        """Whether no other node is alive."""
        return len(self._alive()) == 1

    def is_behind(self, turn: int) -> bool:
        """Whether something of the turns up to this one was not read here."""
        return turn > self._turn

    def out_of_date(self, here: AbstractSet[str]) -> bool:
        """Whether a turn is due only to tell the others who is here, or no longer anywhere."""
        told = self._people.get(self._node, frozenset())
        return told != here or bool(self._silenced())

    async def missed(self, since: int) -> Missed:
        """What was stored after the record `since`, without a turn; at most `AT_ONCE` records of it.

        Raises as `Log.read`.
        """
        async with self._pool.connection() as connection:
            turn = await self._turns(connection)
            if turn == self._turn:
                return Missed()
            missed = await self._read(connection, since, AT_ONCE)
            if not missed.more:
                self._turn = turn
            return missed

    @asynccontextmanager
    async def turn(self, since: int, here: Callable[[], AbstractSet[str]]) -> AsyncIterator[Turn]:
        """A turn of somebody who knows the records up to `since`, while `here` are present by this node.

        Raises `Behind` where too much was missed to read it within a turn: use `missed` first. Where the
        body raises, nothing is stored. Else as `Log.append`.
        """
        async with self._pool.transaction(asks_for_hold=False) as connection:
            head, turns = await self._lock(connection, since)
            is_news = turns != self._turn
            missed = await self._read(connection, since, MOST_MISSED) if is_news else Missed()
            turn = self._begun(missed, frozenset(here()))
            yield turn
            stored = await self._store(connection, head, turns + 1, turn)
        self._turn = turns + stored
        if not stored:
            return
        self._people[self._node] = turn.here
        for node in turn.silenced:
            self._people.pop(node, None)
        self._sum_up()
        self._stored(self.debate)
        if erased_by(turn.records):
            await self._pool.leave_nothing_behind()

    def _begun(self, missed: Missed, here: frozenset[str]) -> Turn:
        silenced = self._silenced()
        others = (people for node, people in self._people.items() if node not in (self._node, *silenced))
        return Turn(missed, here, here.union(*others), silenced=silenced)

    async def _lock(self, connection: Connection, since: int) -> tuple[int, int]:
        held, epoch, head, turns = await connection.fetchrow(
            "SELECT held, epoch, head, turns FROM fishbowl_turn($1, $2)", self._pool.holder, self.debate
        )
        if not held:
            raise self._pool.superseded()
        if epoch != self.epoch:
            raise NoSuchDebate(self.debate)
        if head < since:
            raise DamagedStore(
                f"The debate {self.debate!r} is stored up to record {head} only, of {since} that were read: "
                "the database has lost some. Give its debates new epochs (docs/operating.md)."
            )
        if head - since > MOST_MISSED:
            raise Behind(head)
        return head, turns

    async def _store(self, connection: Connection, head: int, number: int, turn: Turn) -> bool:
        """Whether there was anything to store."""
        is_news = turn.here != self._people.get(self._node, frozenset())
        if not (turn.records or turn.unchanged or is_news or turn.silenced):
            return False
        erased = erased_by(turn.records)
        if erased:
            await tables.note_erased(connection, self._directory, self.debate, erased)
        rows = encode_following(head, turn.records)
        await tables.append(connection, self.debate, rows, turn.unchanged, erased, number)
        if is_news:
            await connection.execute(_PRESENT, self.debate, self._node, number, sorted(turn.here))
        if turn.silenced:
            await connection.execute(_SILENCED, self.debate, turn.silenced, number)
        return True

    async def _turns(self, connection: Connection) -> int:
        row = await connection.fetchrow("SELECT epoch, turns FROM debates WHERE slug = $1", self.debate)
        if row is None or row[0] != self.epoch:
            raise NoSuchDebate(self.debate)
        return int(row[1])

    async def _read(self, connection: Connection, since: int, most: int) -> Missed:
        """What is of later turns than the last known, and at least all of the turns up to now."""
        unchanged = await tables.unchanged_in(connection, self.debate, self._turn)
        rows = await tables.span(connection, self.debate, since, most)
        with damage_named(self.debate):
            records = decode_following(since, *rows)
        await self._hear_who(connection)
        ended = await connection.fetch(  # after the records: they are shown to none of these
            "SELECT person FROM endings WHERE debate = $1 AND turn > $2 AND node <> $3",
            *(self.debate, self._turn, self._node),
        )
        return Missed(records, unchanged, [person for (person,) in ended], len(records) == most)

    async def _hear_who(self, connection: Connection) -> None:
        found = await connection.fetch(
            "SELECT node, people FROM presence WHERE debate = $1 AND turn > $2", self.debate, self._turn
        )
        for node, people in found:
            self._people[node] = frozenset(people)
            if people and node != self._node and self._turn >= 0:  # at the beginning it may be long ago
                self._heard_of(node)
        if found:
            self._sum_up()

    def _silenced(self) -> list[str]:
        """Nodes by way of which somebody counts as present, but which are not alive."""
        alive = self._alive()
        return [node for node, people in self._people.items() if people and node not in alive]

    def _sum_up(self) -> None:
        self.elsewhere = frozenset().union(
            *(people for node, people in self._people.items() if node != self._node)
        )
