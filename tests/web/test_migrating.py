"""Everything from SQLite to PostgreSQL and back: what is there afterwards is what was there before."""

import asyncio
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

import asyncpg
import pytest

from fishbowl.debate.record import Record
from fishbowl.log.backup import AlreadyThere
from fishbowl.log.codec import decode_following
from fishbowl.log.contract import DamagedStore, Unavailable, Unchanged
from fishbowl.log.directory import DATABASE, DataDirectory
from fishbowl.log.erasures import erased_in
from fishbowl.log.hold import DatabaseInUse
from fishbowl.log.moving import Moved, NotEmpty
from fishbowl.log.pool import Pool
from fishbowl.log.stores import OpenStore, open_store
from fishbowl.transcript import FORMATS, Version, render
from fishbowl.web.links import ADMINISTRATOR, Links
from fishbowl.web.migrating import SCRIPTS, TABLES, BadMove, migrate
from fishbowl.web.retention import Retention
from tests.fakes import FakeClock
from tests.log.samples import created, left, posted
from tests.log.test_erasures import erased
from tests.transcript.test_archive import rows

LOGS_OWN = {"debates", "records", "texts", "unchanged"}
SLUG = "library-hours"
ANSWERED = [Unchanged("p", f"id {n}", "digest", bytes(16), n) for n in range(1, 4)]


def evening() -> list[Record]:
    return decode_following(0, *rows())


def within(data: Path, database: str, use: Callable[[OpenStore], Awaitable[Any]]) -> Any:
    """What comes of using the store of `data`."""

    async def opened() -> Any:
        with DataDirectory.lock(data) as directory:
            async with open_store(database, directory) as store:
                return await use(store)

    return asyncio.run(opened())


async def fill(store: OpenStore) -> None:
    """An evening, a second debate with an erased contribution, links, browsers, days and seals."""
    await store.log.create(SLUG, evening(), "e1")
    await store.log.create("pond", [created(), posted(2), posted(3, "Geese \U0001f986.")], "e2")
    await store.log.append("pond", 3, [left(4)], ANSWERED)
    await store.log.append("pond", 4, [erased(5, [2])])
    links = Links(store.store, FakeClock())
    await links.open()
    issued = await links.issue_all("pond", [(name, "speaker") for name in ("zoe", "ann", "mia")])
    await links.issue("pond", "ann", "chair")
    await links.issue(ADMINISTRATOR, "administrator")
    await links.hold("a cookie", issued[2].link)
    await Retention(store.store, store.log, FakeClock(), 0).open()
    for script in SCRIPTS:
        await store.store.ensure((Path(__file__).parents[2] / "fishbowl/web" / script).read_text())
    await store.store.change(
        ("insert into seals values (?, ?, ?, ?)", [("pond", 1, 3, "{}"), ("pond", 2, 5, "{}")]),
        ("insert into retention values (?, ?)", [("pond", 30)]),
        ("insert into retention_done values (?, ?, ?, ?)", [("lake", 1, 2, 3)]),
    )
    await store.beat(1_234_567)


async def kept(store: OpenStore) -> dict[str, Any]:
    """All that can be asked of it, and the transcripts of the evening in every format and version."""
    tables = {
        name: await store.store.ask(
            f"select {', '.join(columns)} from {name} order by {'rowid' if name == 'links' else '1, 2'}"
        )
        for name, columns in TABLES.items()
    }
    said = await store.log.read(SLUG)
    return {
        "debates": await store.log.debates(),
        "rows": [await store.log.rows(slug) for slug in await store.log.debates()],
        "epochs": [await store.log.epoch(slug) for slug in await store.log.debates()],
        "unchanged": sorted(await store.log.unchanged("pond")),
        "last_alive": store.last_alive,
        "transcripts": transcripts(said),
        "cut": transcripts(said[: len(said) // 2]),
        **tables,
    }


def transcripts(of: list[Record]) -> dict[tuple[str, str], bytes]:
    """Every format in every version; a PDF takes a second to lay out, so there it is one version."""
    return {
        (ending, version): b"".join(render(ending, of, version))
        for ending in sorted(FORMATS)
        for version in Version
        if ending != "pdf" or version is Version.PUBLIC
    }


def test_there_and_back(tmp_path: Path, postgres: str) -> None:
    """Debates, links, browsers, seals and days are the same in PostgreSQL, and the same again in a file."""
    data = tmp_path / "data"
    within(data, "sqlite", fill)
    before = within(data, "sqlite", kept)
    assert all(before[name] for name in before), "there is something of everything"
    count = sum(len(rows[0]) for rows in before["rows"])

    assert migrate(f"sqlite:{data}", postgres) == Moved(2, count)
    assert within(data, postgres, kept) == before
    assert within(data, "sqlite", kept) == before, "the source keeps what it has"

    (data / DATABASE).rename(tmp_path / "away")
    assert migrate(postgres, f"sqlite:{data}") == Moved(2, count)
    assert within(data, "sqlite", kept) == before
    assert [path.name for path in data.glob(f"{DATABASE}*")] == [DATABASE]


def test_it_goes_on(tmp_path: Path, postgres: str) -> None:
    """The moved debates take records and answer old ids; numbers go on from where they stood."""
    data = tmp_path / "data"
    within(data, "sqlite", fill)
    migrate(f"sqlite:{data}", postgres)

    async def go_on(store: OpenStore) -> int:
        await store.log.append("pond", 5, [left(6)])
        return await store.log.head("pond")

    assert within(data, postgres, go_on) == 6
    (data / DATABASE).unlink()
    assert migrate(postgres, f"sqlite:{data}").records == len(evening()) + 6
    assert (data / DATABASE).stat().st_mode & 0o77 == 0, "for the eyes of its user only"


def test_erased_in_a_new_directory(tmp_path: Path, postgres: str) -> None:
    """What PostgreSQL knows as erased the ledger of the directory it is moved to knows too."""
    within(tmp_path / "old", postgres, fill)
    assert migrate(postgres, f"sqlite:{tmp_path / 'new'}").debates == 2
    assert erased_in(tmp_path / "new", "pond", created().at) == {2}


def test_where_debates_are(tmp_path: Path, postgres: str) -> None:
    """Nothing is put where debates are, or a file is, and nothing changes there."""
    data = tmp_path / "data"
    within(data, "sqlite", fill)
    within(tmp_path / "other", postgres, fill)
    before = within(tmp_path / "other", postgres, kept)
    with pytest.raises(NotEmpty, match=f"debates already: pond, {SLUG}"):
        migrate(f"sqlite:{data}", postgres)
    with pytest.raises(AlreadyThere, match=DATABASE):
        migrate(postgres, f"sqlite:{data}")
    assert within(tmp_path / "other", postgres, kept) == before


def test_a_damaged_source(tmp_path: Path, postgres: str) -> None:
    """A record that is not what was written stops the moving, and nothing of it is there afterwards."""
    data = tmp_path / "data"
    within(data, "sqlite", fill)

    async def damage(store: OpenStore) -> None:
        await store.store.change(
            ("update records set by_person = 'x' where debate = ? and seq = 2", [("pond",)])
        )

    within(data, "sqlite", damage)
    with pytest.raises(DamagedStore, match="record 2"):
        migrate(f"sqlite:{data}", postgres)

    async def everything(store: OpenStore) -> list[Any]:
        tables = [*LOGS_OWN, *TABLES]
        return [await store.store.ask(f"select * from {table}") for table in tables]

    assert not any(within(tmp_path / "other", postgres, everything))


def test_what_is_stored_as_something_else(
    tmp_path: Path, postgres: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What comes back other than it went is found out, whichever side it is on, and leaves nothing."""
    data = tmp_path / "data"
    within(data, "sqlite", fill)
    for table, change in (
        ("records", "UPDATE {0} SET at = at + 1"),
        ("texts", "UPDATE {0} SET salt = salt || salt"),
        ("unchanged", "DELETE FROM {0}"),
    ):
        asyncio.run(_meddle(postgres, table, change.format(table)))
        with pytest.raises(DamagedStore, match="stored as something else"):
            migrate(f"sqlite:{data}", postgres)
        asyncio.run(_meddle(postgres, table, None))
    assert migrate(f"sqlite:{data}", postgres).debates == 2


async def _meddle(url: str, table: str, change: str | None) -> None:
    """From now on the server changes what is put into a table; None: no longer."""
    connection = await asyncpg.connect(url)
    if change is None:
        await connection.execute(f"DROP TRIGGER meddle ON {table}")
    else:
        await (await Pool.open(url)).close()
        await connection.execute(
            "CREATE OR REPLACE FUNCTION meddle() RETURNS trigger LANGUAGE plpgsql AS "
            f"$$ BEGIN {change}; RETURN NULL; END $$"
        )
        await connection.execute(
            f"CREATE TRIGGER meddle AFTER INSERT ON {table} FOR EACH STATEMENT EXECUTE FUNCTION meddle()"
        )
    await connection.close()


def test_a_service_runs(tmp_path: Path, postgres: str) -> None:
    """A database that somebody holds is not moved from, nor to."""
    data = tmp_path / "data"
    within(data, "sqlite", fill)

    async def meanwhile(_: OpenStore) -> None:
        for pair in ((f"sqlite:{data}", postgres), (postgres, f"sqlite:{tmp_path / 'new'}")):
            with pytest.raises(DatabaseInUse):
                await asyncio.to_thread(migrate, *pair)

    within(tmp_path / "other", postgres, meanwhile)
    assert not (tmp_path / "new" / DATABASE).exists()


@pytest.mark.parametrize(
    ("source", "target"),
    [
        ("sqlite:here", "sqlite:there"),
        ("postgresql://db/one", "postgresql://db/two"),
        ("sqlite:", "postgresql://db/two"),
        ("mysql://db/one", "sqlite:here"),
    ],
)
def test_what_is_no_move(source: str, target: str) -> None:
    """One side is a file and the other a server, or it is refused before anything is opened."""
    with pytest.raises(BadMove, match="One side has to be sqlite"):
        migrate(source, target)


def test_nothing_to_move(tmp_path: Path, postgres: str) -> None:
    """A directory without a store is refused, and gets none."""
    with pytest.raises(Unavailable, match="nothing to move"):
        migrate(f"sqlite:{tmp_path / 'empty'}", postgres)
    assert not (tmp_path / "empty" / DATABASE).exists()


def test_no_table_is_forgotten(tmp_path: Path) -> None:
    """Whatever table a service makes is the log's or is moved, with all its columns."""

    async def columns(store: OpenStore) -> dict[str, tuple[str, ...]]:
        await fill(store)
        found = await store.store.ask(
            "select m.name, c.name from sqlite_master m join pragma_table_info(m.name) c "
            "where m.type = 'table'"
        )
        tables: dict[str, tuple[str, ...]] = {}
        for table, column in found:
            tables[table] = (*tables.get(table, ()), column)
        return tables

    there = within(tmp_path / "data", "sqlite", columns)
    assert {name: there[name] for name in there if name not in LOGS_OWN} == TABLES
