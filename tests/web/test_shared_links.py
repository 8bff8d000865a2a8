"""Links in a PostgreSQL database that another node writes too."""

from collections.abc import AsyncIterator

import pytest

from fishbowl.log.pool import Pool
from fishbowl.web.links import ADMINISTRATOR, Links
from tests.fakes import FakeClock


@pytest.fixture
async def nodes(postgres: str, clock: FakeClock) -> AsyncIterator[tuple[Links, Links]]:
    pools = [await Pool.open(postgres) for _ in range(2)]
    here, there = (Links(pool, clock) for pool in pools)
    await here.open()
    await there.open()
    yield here, there
    for pool in pools:
        await pool.close()


async def test_revoked_everywhere(nodes: tuple[Links, Links]) -> None:
    """A link that one node has ended opens nothing on the other from that moment."""
    here, there = nodes
    issued = await here.issue("debate", "ann", "chair")
    assert await there.by_secret(issued.secret) == issued.link
    await here.revoke("debate", issued.link.id)
    for found in (await there.by_secret(issued.secret), await there.by_id(issued.link.id)):
        assert found is not None
        assert not found.is_open


async def test_held_everywhere(nodes: tuple[Links, Links]) -> None:
    """What a browser holds by one node it holds on the other, and no longer once it let go."""
    here, there = nodes
    issued = await here.issue("debate", "ann", "chair")
    other = await here.issue(ADMINISTRATOR, "administrator")
    assert (await there.browser("cookie")).held == {}
    await here.hold("cookie", issued.link)
    await there.hold("cookie", other.link)
    held = {"debate": issued.link.id, ADMINISTRATOR: other.link.id}
    assert (await here.browser("cookie")).held == (await there.browser("cookie")).held == held
    await there.release("cookie", "debate")
    assert (await here.browser("cookie")).held == {ADMINISTRATOR: other.link.id}
    await here.release("cookie")
    assert (await there.browser("cookie")).held == {}


async def test_listed_in_order(nodes: tuple[Links, Links], clock: FakeClock) -> None:
    """Links are listed in the order they were issued, with their uses, and gone with their debate."""
    here, there = nodes
    issued = await here.issue_all("debate", [(name, "speaker") for name in ("zoe", "ann", "mia")])
    listed = await there.of("debate")
    assert [link.person for link in listed] == ["zoe", "ann", "mia"]
    clock.advance(5)
    here.use(issued[1].link)
    await here.note_uses()
    assert [link.last_used is not None for link in await there.of("debate")] == [False, True, False]
    await there.forget_debate("debate")
    assert await here.of("debate") == []
