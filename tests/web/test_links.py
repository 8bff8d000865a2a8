"""The store of access on its own: issuing, revoking, remembering."""

import asyncio
import sqlite3
from collections.abc import AsyncIterator, Callable
from pathlib import Path
from typing import Any

import pytest

from fishbowl.log.contract import Unavailable
from fishbowl.log.database import Database
from fishbowl.web import links as module
from fishbowl.web.links import ADMINISTRATOR, Links, digest, new_secret
from tests.fakes import FakeClock


@pytest.fixture
async def database(tmp_path: Path) -> AsyncIterator[Database]:
    opened = await Database.open(tmp_path / "store")
    yield opened
    await opened.close()


@pytest.fixture
async def links(database: Database, clock: FakeClock) -> Links:
    opened = Links(database, clock)
    await opened.open()
    return opened


@pytest.fixture
def reads(database: Database, monkeypatch: pytest.MonkeyPatch) -> list[object]:
    """One entry for each query made from now on."""
    made: list[object] = []
    read = database.read

    async def counted(job: Callable[[sqlite3.Connection], Any]) -> Any:
        made.append(job)
        return await read(job)

    monkeypatch.setattr(database, "read", counted)
    return made


def test_secrets() -> None:
    """A secret has 160 bits, is never the same, and fits into an address and a header."""
    many = {new_secret() for _ in range(1000)}
    assert len(many) == 1000
    assert all(len(secret) == 27 and secret.replace("-", "a").replace("_", "a").isalnum() for secret in many)


async def test_issued_and_found(links: Links) -> None:
    """A link is found by its secret; another secret finds nothing."""
    issued = await links.issue("debate", "ann", "chair")
    assert await links.by_secret(issued.secret) == issued.link
    assert (issued.link.debate, issued.link.person, issued.link.role) == ("debate", "ann", "chair")
    assert await links.by_secret(new_secret()) is None
    assert issued.link.secret == digest(issued.secret)


async def test_what_was_seen_costs_no_query(links: Links, reads: list[object]) -> None:
    """A secret and a cookie seen before are answered from memory, however often they come."""
    issued = await links.issue("debate", "ann", "chair")
    await links.hold("cookie", issued.link)
    for _ in range(3):
        await links.by_secret(issued.secret)
        await links.by_id((await links.browser("cookie")).held["debate"])
    assert len(reads) == 2


async def test_revoking(links: Links, reads: list[object]) -> None:
    """A revoked link is found as ended from then on, and stays listed."""
    issued = await links.issue("debate", "ann", "chair")
    await links.by_secret(issued.secret)
    assert await links.revoke("debate", issued.link.id) == issued.link
    found = await links.by_secret(issued.secret)
    assert found is not None
    assert not found.is_open
    assert [link.is_open for link in await links.of("debate")] == [False]
    assert await links.revoke("another", issued.link.id) is None
    assert await links.revoke("debate", "no such id") is None


async def test_a_read_overtaken_by_a_revocation(
    links: Links, database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A link that ends while it is being read is not remembered as open."""
    issued = await links.issue("debate", "ann", "chair")
    read = database.read
    ended = asyncio.Event()

    async def slow(job: Callable[[sqlite3.Connection], Any]) -> Any:
        found = await read(job)
        await ended.wait()
        return found

    monkeypatch.setattr(database, "read", slow)
    finding = asyncio.create_task(links.by_secret(issued.secret))
    await asyncio.sleep(0)
    monkeypatch.setattr(database, "read", read)
    await links.revoke("debate", issued.link.id)
    ended.set()
    found = await finding
    assert found is not None
    assert not found.is_open


async def test_one_link_a_person(links: Links) -> None:
    """A new link ends the person's old one, and nobody else's."""
    first = await links.issue("debate", "ann", "chair")
    other = await links.issue("debate", "bo", "speaker")
    elsewhere = await links.issue("another", "ann", "chair")
    await links.issue("debate", "ann", "chair")
    open_now = []
    for issued in (first, other, elsewhere):
        found = await links.by_secret(issued.secret)
        assert found is not None
        open_now.append(found.is_open)
    assert open_now == [False, True, True]


async def test_all_or_none(links: Links, monkeypatch: pytest.MonkeyPatch) -> None:
    """Several links are issued together, or none of them; what was there stays."""
    before = await links.issue("debate", "ann", "chair")
    monkeypatch.setattr(module, "new_secret", lambda: "always the same")
    with pytest.raises(sqlite3.IntegrityError):
        await links.issue_all("debate", [("ann", "chair"), ("bo", "speaker")])
    assert [(link.id, link.is_open) for link in await links.of("debate")] == [(before.link.id, True)]


async def test_browsers(links: Links) -> None:
    """A browser holds one link per debate, and nothing under a cookie nobody gave out."""
    ann = await links.issue("debate", "ann", "chair")
    bo = await links.issue("debate", "bo", "speaker")
    admin = await links.issue(ADMINISTRATOR, "administrator")
    await links.hold("cookie", ann.link)
    await links.hold("cookie", admin.link)
    await links.browser("cookie")
    await links.hold("cookie", bo.link)
    assert (await links.browser("cookie")).held == {"debate": bo.link.id, ADMINISTRATOR: admin.link.id}
    assert (await links.browser("another")).held == {}


async def test_last_use_is_written_later(links: Links, clock: FakeClock, database: Database) -> None:
    """The list knows the last use at once, the store when it is told to; another instance then knows it."""
    issued = await links.issue("debate", "ann", "chair")
    clock.advance(5)
    links.use(issued.link)
    (listed,) = await links.of("debate")
    assert listed.last_used == clock.now()
    again = Links(database, clock)
    assert [link.last_used for link in await again.of("debate")] == [None]
    await links.note_uses()
    assert [link.last_used for link in await again.of("debate")] == [clock.now()]


async def test_a_use_that_could_not_be_written(
    links: Links, clock: FakeClock, database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A last use that the store could not take is written the next time; a later one is not overwritten."""
    ann, bo = await links.issue("debate", "ann", "chair"), await links.issue("debate", "bo", "speaker")
    write = database.write

    async def fails(job: object) -> None:
        links.use(bo.link)
        raise Unavailable("The disk is full.")

    links.use(ann.link)
    links.use(bo.link)
    clock.advance(5)
    monkeypatch.setattr(database, "write", fails)
    with pytest.raises(Unavailable):
        await links.note_uses()
    monkeypatch.setattr(database, "write", write)
    await links.note_uses()
    again = Links(database, clock)
    assert [link.last_used for link in await again.of("debate")] == [clock.now() - 5000, clock.now()]


async def test_memory_is_bounded(links: Links, monkeypatch: pytest.MonkeyPatch) -> None:
    """However many links and browsers come by, so many are remembered; the others still work."""
    monkeypatch.setattr(module, "_REMEMBERED", 3)
    issued = [await links.issue("debate", f"person {n}", "speaker") for n in range(10)]
    for n, each in enumerate(issued):
        assert await links.by_secret(each.secret) == each.link
        await links.hold(f"cookie {n}", each.link)
        await links.browser(f"cookie {n}")
    assert len(links._by_id) == len(links._by_secret) == len(links._browsers) == 3
    for n, each in enumerate(issued):
        assert await links.by_secret(each.secret) == each.link
        assert (await links.browser(f"cookie {n}")).held == {"debate": each.link.id}


async def test_a_debate_that_is_gone(links: Links) -> None:
    """With a debate go its links and what browsers held by them; others stay."""
    gone = await links.issue("debate", "ann", "chair")
    stays = await links.issue("another", "ann", "chair")
    for each in (gone, stays):
        await links.hold("cookie", each.link)
        await links.by_secret(each.secret)
    await links.browser("cookie")
    await links.forget_debate("debate")
    assert await links.by_secret(gone.secret) is None
    assert await links.by_secret(stays.secret) == stays.link
    assert (await links.browser("cookie")).held == {"another": stays.link.id}


async def test_standing_secrets(database: Database, clock: FakeClock) -> None:
    """The operator's own secret is the administrator's without being stored."""
    links = Links(database, clock, ["the operator's own secret"])
    await links.open()
    found = await links.by_secret("the operator's own secret")
    assert found is not None
    assert (found.debate, found.is_open) == (ADMINISTRATOR, True)
    assert await links.by_id(found.id) == found
    assert await links.of(ADMINISTRATOR) == []
