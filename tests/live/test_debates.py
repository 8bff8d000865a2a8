"""Many debates in one process: what waits in all of them is one transaction, and one that fails is alone."""

from __future__ import annotations

import asyncio
import sqlite3
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from fishbowl.debate.definition import parse_definition
from fishbowl.debate.reading import command_from
from fishbowl.debate.refused import Refused
from fishbowl.live.debates import Debates
from fishbowl.live.loop import Accepted
from fishbowl.live.shelf import REST_SECONDS
from fishbowl.live.views import ONLOOKER
from fishbowl.log.contract import NoSuchDebate
from fishbowl.log.database import Database
from fishbowl.log.sqlite import SqliteLog
from fishbowl.settings import Settings
from tests.debate.stories import HARBOUR
from tests.fakes import FakeClock
from tests.live.served import within
from tests.live.stage import Ear
from tests.log.ducks import held_up

MANY = 200


@pytest.fixture
async def database(tmp_path: Path) -> AsyncIterator[Database]:
    database = await Database.open(tmp_path / "store")
    yield database
    await database.close()


async def debates_of(database: Database, clock: FakeClock, count: int) -> tuple[Debates, list[str]]:
    """So many debates, and the id of each one's chair."""
    debates, chairs = await Debates.open(SqliteLog(database), clock, Settings()), []
    for number in range(count):
        made = await debates.create(parse_definition({**HARBOUR, "slug": f"harbour-{number}"}))
        chairs.append(made.people.chair)
    return debates, chairs


def announce(debates: Debates, number: int, chair: str) -> asyncio.Future[Accepted | Refused]:
    debate = debates.running(f"harbour-{number}")
    assert debate is not None
    return debate.asked(chair, command_from({"do": "move_to", "id": "go", "phase": "announced"}))


async def test_what_waits_in_two_hundred_debates_is_one_transaction(
    database: Database, clock: FakeClock
) -> None:
    """While one batch is synced, all debates gather the next; each of their askers is answered."""
    debates, chairs = await debates_of(database, clock, MANY)
    async with held_up(database):
        before = database.transactions
        asked = [announce(debates, number, chair) for number, chair in enumerate(chairs)]
        assert await within(5, lambda: database.waiting == MANY)
    answers = await asyncio.gather(*asked)
    assert database.transactions - before == 1
    assert all(isinstance(answer, Accepted) for answer in answers)
    await debates.close()


async def test_a_debate_that_fails_is_alone(database: Database, clock: FakeClock) -> None:
    """One whose rows are gone is refused and counted; the others, in its transaction too, go on."""
    debates, chairs = await debates_of(database, clock, 5)

    def lose(connection: sqlite3.Connection) -> None:
        connection.execute("PRAGMA defer_foreign_keys = ON")
        for table, column in (("texts", "debate"), ("records", "debate"), ("debates", "slug")):
            connection.execute(f"DELETE FROM {table} WHERE {column} = 'harbour-2'")

    await database.write(lose)
    answers = await asyncio.gather(*(announce(debates, number, chair) for number, chair in enumerate(chairs)))
    assert [isinstance(answer, Accepted) for answer in answers] == [True, True, False, True, True]
    assert isinstance(answers[2], Refused)
    assert answers[2].code == "service.unavailable"
    assert debates.failing() == 1
    assert not database.failing
    await asyncio.wait_for(debates.turning(), 1)
    await debates.close()


async def archive(debates: Debates, number: int, chair: str) -> None:
    debate = debates.running(f"harbour-{number}")
    assert debate is not None
    for phase in ("live", "wrap_up", "correction", "archived"):
        command = command_from({"do": "move_to", "id": phase, "phase": phase})
        assert isinstance(await debate.asked(chair, command), Accepted)


async def test_a_debate_that_is_over_is_read_when_somebody_asks(database: Database, clock: FakeClock) -> None:
    """After a start it is listed and not folded; found by a hundred at once, it is folded once."""
    before, chairs = await debates_of(database, clock, 3)
    await archive(before, 1, chairs[1])
    listed = sorted(before.summaries(), key=lambda summary: str(summary["slug"]))
    await before.close()
    debates = await Debates.open(SqliteLog(database), clock, Settings())
    assert (len(debates), [debate.slug for debate in debates.all()]) == (3, ["harbour-0", "harbour-2"])
    assert sorted(debates.summaries(), key=lambda summary: str(summary["slug"])) == listed
    found = await asyncio.gather(*(debates.find("harbour-1") for _ in range(100)))
    assert found[0] is not None
    assert set(found) == {found[0]}
    assert len(debates) == len(debates.all()) == 3
    assert await found[0].read(lambda state: (state.phase, len(state.questions))) == ("archived", 3)
    await debates.close()


async def test_a_debate_nobody_asks_for_any_more_is_put_back(database: Database, clock: FakeClock) -> None:
    """Over, nobody connected, and nobody there for a while: it rests. One that is not over never does."""
    debates, chairs = await debates_of(database, clock, 2)
    await archive(debates, 0, chairs[0])
    for slug in ("harbour-0", "harbour-1"):
        await debates.find(slug)
    await debates.rest()
    assert len(debates.all()) == 2, "it was asked for just now"
    clock.advance(REST_SECONDS + 1)
    await debates.rest()
    assert [debate.slug for debate in debates.all()] == ["harbour-1"]
    again = await debates.find("harbour-0")
    assert again is not None
    ear = Ear(ONLOOKER)
    again.hub.add(ear)
    clock.advance(REST_SECONDS + 1)
    await debates.rest()
    assert debates.running("harbour-0") is again, "somebody is there"
    again.hub.remove(ear)
    await debates.rest()
    assert debates.running("harbour-0") is None
    await debates.delete("harbour-0")
    assert (await debates.find("harbour-0"), len(debates)) == (None, 1)
    with pytest.raises(NoSuchDebate):
        await SqliteLog(database).head("harbour-0")
    await debates.close()
