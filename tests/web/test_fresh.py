"""Links just made wait for the one page that shows them."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest

from fishbowl.log.pool import Pool
from fishbowl.web.access import Credentials
from fishbowl.web.fresh import SECONDS, FreshLinks, InDatabase, InMemory
from fishbowl.web.links import Issued, Link
from tests.fakes import FakeClock

MINE = Credentials(cookie="mine")


def issued(id: str) -> Issued:
    link = Link(id=id, debate="pier", person=id, role="chair", secret=b"hashed", created_at=0)
    return Issued(link, f"secret of {id}")


@pytest.fixture(params=["memory", "database"])
async def fresh(request: pytest.FixtureRequest, clock: FakeClock) -> AsyncIterator[FreshLinks]:
    """Every kind; of the database's two nodes, one keeps and the other is asked."""
    if request.param == "memory":
        yield InMemory(clock)
        return
    pool = await Pool.open(request.getfixturevalue("postgres"))
    yield InDatabase(pool, clock, "sheet")
    await pool.close()


async def test_shown_once(fresh: FreshLinks) -> None:
    """What was made is given to its maker once, all of it; to nobody else, and for no other debate."""
    await fresh.keep("pier", MINE, [issued("a")])
    await fresh.keep("pier", MINE, [issued("b")])
    assert await fresh.take("pier", Credentials(cookie="yours")) == ()
    assert await fresh.take("pier", Credentials()) == ()
    assert await fresh.take("harbour", MINE) == ()
    assert await fresh.take("pier", MINE) == (issued("a"), issued("b"))
    assert await fresh.take("pier", MINE) == ()


async def test_nothing_is_kept_for_long(fresh: FreshLinks, clock: FakeClock) -> None:
    """Whoever never looks leaves no secret behind."""
    await fresh.keep("pier", MINE, [issued("a")])
    clock.advance(SECONDS)
    await fresh.keep("harbour", MINE, [])
    assert await fresh.take("pier", MINE) == ()


async def test_nothing_stays_in_memory(clock: FakeClock) -> None:
    """What is too old is let go of when somebody else comes."""
    fresh = InMemory(clock)
    await fresh.keep("pier", MINE, [issued("a")])
    clock.advance(SECONDS)
    await fresh.keep("harbour", MINE, [])
    assert len(fresh) == 0


async def test_the_database_reads_no_secret(clock: FakeClock, postgres: str) -> None:
    """Nodes find what another kept; whoever has the tables alone reads nothing of it; old rows go."""
    pool, other = await Pool.open(postgres), await Pool.open(postgres)
    await InDatabase(pool, clock, "sheet").keep("pier", MINE, [issued("a")])
    stored = repr(await pool.ask("select key, sealed from fresh"))
    assert "secret of a" not in stored
    assert "mine" not in stored
    assert await InDatabase(other, clock, "return").take("pier", MINE) == ()
    assert await InDatabase(other, clock, "sheet").take("pier", MINE) == (issued("a"),)
    await InDatabase(pool, clock, "sheet").keep("pier", MINE, [issued("b")])
    clock.advance(SECONDS + 1)
    await InDatabase(other, clock, "sheet").keep("harbour", MINE, [issued("c")])
    assert len(await pool.ask("select key from fresh")) == 1
    await pool.close()
    await other.close()
