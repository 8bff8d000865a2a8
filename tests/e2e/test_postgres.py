"""The service over PostgreSQL."""

import asyncio
import json
import random
import time
from collections.abc import Callable
from socket import gethostname

import asyncpg
import httpx
import pytest

from tests.e2e.client import PATIENCE, Debate, request
from tests.e2e.conftest import StartService, new_debate
from tests.e2e.ledger import judge
from tests.e2e.service import ADMIN_TOKEN
from tests.e2e.test_http import GOOD
from tests.e2e.writer import Writer
from tests.postgres import a_server


def test_an_evening(start_service: StartService, postgres: str) -> None:
    """What was said is there after kill -9, ids resolve, and commands do what they do with a file."""
    service = start_service(FISHBOWL_DATABASE=postgres)
    debate = new_debate(service)
    heron, crane = debate.join(), debate.join()
    said = {"do": "post", "id": "once", "text": "Who was here first? #ducks"}
    (reply,) = heron.commands(said)
    assert reply["ok"], reply
    crane.must("post", text="The ducks.", reply_to=reply["contribution"])
    debate.chair.must("hide", contribution=2, reason="spam")
    records = debate.organiser.records()

    service.kill()
    service.start()
    assert heron.commands(said) == [reply], "the same id gives the same reply"
    assert debate.organiser.records()[: len(records)] == records
    assert crane.snapshot()["you"]["person"] == crane.person
    for phase in ("wrap_up", "correction", "archived"):
        debate.chair.must("move_to", phase=phase)
    exported = service.command("export", debate.slug, "--format", "json")
    assert exported.returncode == 0, exported.stderr
    assert "Who was here first?" in exported.stdout
    archive = debate.page("/archive.zip", debate.organiser.token)
    assert archive.status_code == 200, archive.text
    assert service.stop() == 0

    assert service.command("export", debate.slug, "--format", "json").stdout == exported.stdout
    link = service.command("admin-link")
    assert link.returncode == 0, link.stderr
    file = service.data.parent / "definition.json"
    file.write_text(json.dumps({**GOOD, "slug": "made-while-stopped"}), "utf-8")
    made = service.command("create", str(file))
    assert made.returncode == 0, made.stderr
    service.start()
    assert Debate(service, json.loads(made.stdout)).organiser.snapshot()["debate"]["phase"] == "draft"
    assert debate.organiser.snapshot()["debate"]["phase"] == "archived"
    assert request(service, "DELETE", debate.api, ADMIN_TOKEN).status_code == 204
    assert debate.organiser.request("GET").status_code == 404


@pytest.mark.parametrize(("command", "instead"), [("backup", "pg_dump"), ("restore", "pg_restore")])
def test_its_own_programs_keep_it(start_service: StartService, command: str, instead: str) -> None:
    """`backup` and `restore` say that they are for the file, and what does the same here."""
    service = start_service()
    refused = service.command(command, "here.db", "--database", "postgresql://anna:geheim@db/pond")
    assert (refused.returncode, instead in refused.stderr) == (2, True)
    assert "geheim" not in refused.stderr


def test_moved_up_and_back(start_service: StartService, postgres: str) -> None:
    """An evening begins over the file, goes on over PostgreSQL and ends over a file, with the same links."""
    service = start_service(FISHBOWL_DATABASE="sqlite")
    debate = new_debate(service)
    heron = debate.join()
    said = {"do": "post", "id": "once", "text": "Who was here first?"}
    (reply,) = heron.commands(said)
    sides = (f"sqlite:{service.data}", postgres)
    in_use = service.command("migrate", "--from", sides[0], "--to", sides[1])
    assert (in_use.returncode, "is in use by another fishbowl" in in_use.stderr) == (1, True)
    for source, target in (sides, sides[::-1]):
        before = debate.organiser.records()
        service.stop()
        transcripts = _transcripts(debate)
        moved = service.command("migrate", "--from", source, "--to", target)
        assert (moved.returncode, "Moved and read back: 1 debate" in moved.stdout) == (0, True), moved.stderr
        if target == postgres:
            (service.data / "fishbowl.sqlite3").rename(service.data / "old")
        service.keeps_records_in(target if target == postgres else "sqlite")
        assert _transcripts(debate) == transcripts
        service.start()
        assert heron.commands(said) == [reply], "the same id gives the same reply"
        assert debate.organiser.records()[: len(before)] == before
        heron.must("post", text=f"Said over {target[:6]}.")
    refused = service.command("migrate", "--from", "sqlite:a", "--to", "sqlite:b")
    assert (refused.returncode, "One side has to be sqlite" in refused.stderr) == (2, True)


def _transcripts(debate: Debate) -> list[str]:
    told = [debate.service.command("export", debate.slug, "--format", ending) for ending in ("json", "txt")]
    assert [each.stderr for each in told] == ["", ""]
    return [each.stdout for each in told]


def test_moved_alone(start_service: StartService, postgres: str) -> None:
    """While a service runs over the database, nothing is moved out of it; commands beside it are done."""
    service = start_service(FISHBOWL_DATABASE=postgres)
    debate = new_debate(service)
    elsewhere = service.data.parent / "elsewhere"
    refused = service.command("migrate", "--from", postgres, "--to", f"sqlite:{elsewhere}")
    assert refused.returncode == 1, refused.stdout
    assert f"is in use by another fishbowl ({gethostname()}:{service.data})" in refused.stderr
    assert "Traceback" not in refused.stderr
    assert debate.join().must("post", text="Still here.")["ok"]
    told = service.command("export", debate.slug, "--format", "txt", "--data", str(elsewhere))
    assert (told.returncode, "Still here." in told.stdout) == (0, True), told.stderr
    service.kill()
    other = start_service(FISHBOWL_DATABASE=postgres)
    assert request(other, "GET", debate.api, ADMIN_TOKEN).status_code == 200


def test_superseded(start_service: StartService, postgres: str) -> None:
    """A service that finds that another has held the database alone stores nothing more, and stops."""
    service = start_service(FISHBOWL_DATABASE=postgres)
    debate = new_debate(service)
    asyncio.run(_give_away(postgres))
    assert service.wait() == 0
    assert "is held by another fishbowl now; nothing more is stored from here. It stops." in service.output
    service.start()
    assert debate.organiser.snapshot()["debate"]["phase"] == "live"


async def _give_away(url: str) -> None:
    connection = await asyncpg.connect(url)
    await connection.execute("UPDATE fishbowl SET holder = 'another'")
    await connection.close()


async def test_kill(start_service: StartService) -> None:
    """Acknowledged minus stored is 0 when service and server are killed in turn under load, and every id
    resolves.
    """
    with a_server() as server:
        service = start_service(FISHBOWL_DATABASE=server.new_database(), FISHBOWL_PER_ADDRESS="0")
        debate = new_debate(service)
        seen: dict[int, int] = {}
        crowd = [Writer(debate.join(), seen) for _ in range(10)]
        chance = random.Random(3)
        for writer in crowd:
            writer.gives_up = True
        for kill, start in ((service.kill, service.start), (server.stop, server.start)) * 3:
            ends = asyncio.Event()
            writing = [asyncio.create_task(writer.write(ends)) for writer in crowd]
            await asyncio.sleep(chance.uniform(0.3, 1.0))
            await asyncio.to_thread(kill)
            await asyncio.gather(*writing)
            await asyncio.to_thread(start)
            await asyncio.to_thread(_once_it_stores, crowd[0])
        for writer in crowd:
            await writer.settle()
        records = debate.organiser.records()
        ledgers = [writer.ledger for writer in crowd]
        assert judge(ledgers, seen, records) == []
        promised = sum(len(ledger.promised) for ledger in ledgers)
        assert promised > 100, "too little was written to prove anything"
        assert service.stop() == 0


def _once_it_stores(writer: Writer) -> None:
    """Asks again for what a writer is owed, or was given, until it is answered."""
    id, text = next(iter(writer.ledger.sent.items()))
    asked = {"do": "post", "id": id, "text": text}
    until(lambda: _is_ready(writer.who.debate.service.base) and _is_taken(writer, asked))


def _is_taken(writer: Writer, asked: dict[str, str]) -> bool:
    answer = writer.who.request("POST", "/commands", json=asked)
    return answer.status_code == 200 and bool(answer.json()[0]["ok"])


def test_a_start_that_is_refused(start_service: StartService) -> None:
    """Without its database the service does not start, and says so in a sentence without the password."""
    service = start_service()
    service.stop()
    refused = service.command(
        "serve", "--port", "0", "--database", "postgresql://anna:geheim@127.0.0.1:1/pond"
    )
    assert refused.returncode == 1
    assert "PostgreSQL database pond at 127.0.0.1:1" in refused.stderr
    assert "geheim" not in refused.stdout + refused.stderr
    assert "Traceback" not in refused.stderr


def test_a_database_that_stops(start_service: StartService) -> None:
    """While PostgreSQL is down nothing is accepted and `/readyz` says so; then all goes on by itself."""
    with a_server() as server:
        service = start_service(FISHBOWL_DATABASE=server.new_database())
        debate = new_debate(service)
        heron = debate.join()
        before = heron.must("post", text="before")
        server.stop()
        refused = heron.do("post", text="into the void")
        assert (refused["ok"], refused["code"]) == (False, "service.unavailable")
        assert httpx.get(f"{service.base}/readyz", trust_env=False).status_code == 503
        server.start()
        until(lambda: _is_ready(service.base))
        after = {"do": "post", "id": "after", "text": "after"}
        until(lambda: heron.request("POST", "/commands", json=after).status_code == 200)
        (reply,) = heron.commands(after)
        assert (reply["ok"], reply["contribution"]) == (True, before["contribution"] + 1), reply
        texts = [record["text"] for record in debate.organiser.records() if "text" in record]
        assert texts[-2:] == ["before", "after"]
        service.stop()


def _is_ready(base: str) -> bool:
    return httpx.get(f"{base}/readyz", trust_env=False).status_code == 200


def until(there: Callable[[], bool]) -> None:
    deadline = time.monotonic() + PATIENCE
    while not there():
        assert time.monotonic() < deadline, "it does not come about"
        time.sleep(0.1)
