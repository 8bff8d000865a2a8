"""Two nodes over one PostgreSQL: the same debate at both, whatever becomes of either."""

import asyncio
import json
import os
import signal
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import asyncpg
import pytest

from tests.e2e.client import PATIENCE, Debate, Live, Person, request
from tests.e2e.conftest import new_debate
from tests.e2e.ledger import judge
from tests.e2e.service import ADMIN_TOKEN, Service
from tests.e2e.writer import Writer
from tests.postgres import Server, a_server

Pair = tuple[Service, Service]


@pytest.fixture
def pair(tmp_path: Path, postgres: str) -> Iterator[Pair]:
    """Two nodes of the test's own."""
    yield from _started(tmp_path, postgres)


@pytest.fixture(scope="module")
def standing(tmp_path_factory: pytest.TempPathFactory, postgres_server: Server) -> Iterator[Pair]:
    """Two nodes for all tests that leave them as they are, and the database."""
    yield from _started(tmp_path_factory.mktemp("standing"), postgres_server.new_database())


def _started(folder: Path, database: str, **settings: str) -> Iterator[Pair]:
    nodes = tuple(
        Service(folder / name, {"FISHBOWL_DATABASE": database, "FISHBOWL_PER_ADDRESS": "0", **settings})
        for name in ("one", "other")
    )
    try:
        for node in nodes:
            node.start()
        one, other = nodes

        yield one, other
    finally:
        for node in nodes:
            node.end()
    assert [complaint for node in nodes for complaint in node.complaints()] == []


def at(node: Service, debate: Debate) -> Debate:
    """The same debate, asked at that node."""
    there = Debate(node, debate.made)
    node.secrets |= debate.service.secrets
    return there


def seen_at(node: Service, person: Person) -> Person:
    """The same person, who asks at that node."""
    return Person(at(node, person.debate), person.token, person.person, person.name)


def records_of(node: Service, debate: Debate) -> list[dict[str, Any]]:
    return at(node, debate).organiser.records()


async def test_an_evening_at_both(standing: Pair) -> None:
    """What is done at one node is at once so at the other: made, joined, posted, seated, hidden, changed."""
    one, other = standing
    debate = new_debate(one)
    there = at(other, debate)
    heron, crane = debate.join(), there.join()
    first = heron.must("post", text="Who was here first?")
    reply = crane.must("post", text="The ducks.", reply_to=first["contribution"])
    assert reply["seq"] > first["seq"]
    async with seen_at(other, heron).live() as live:
        seat = heron.must("take_seat")["seat"]
        record = await _record(live, "seat.taken")
        assert (record["seat"], record["person"]) == (seat, heron.person)
        debate.chair.must("hide", contribution=reply["contribution"], reason="spam")
        await _record(live, "contribution.hidden")
    assert "The ducks." not in there.onlooker.request("GET", "/records").text
    assert crane.must("post", text="Why?")["contribution"] == 3
    assert records_of(one, debate) == records_of(other, debate)
    assert seen_at(other, debate.chair).snapshot()["seq"] == debate.chair.snapshot()["seq"]


async def _record(live: Live, kind: str) -> dict[str, Any]:
    def found() -> list[dict[str, Any]]:
        return [record for record in live.records if record["type"] == kind]

    await live.until(lambda: bool(found()))
    return found()[0]


async def test_the_same_id_at_either(standing: Pair) -> None:
    """An id is answered alike by both, whether its command changed something or not; with another body it
    is refused by both.
    """
    one, other = standing
    heron = new_debate(one).join()
    asked = [
        {"do": "post", "id": "1", "text": "once"},
        {"do": "raise_hand", "id": "2"},
        {"do": "raise_hand", "id": "3"},  # changes nothing
    ]
    answered = heron.commands(asked)
    assert all(reply["ok"] for reply in answered), answered
    assert seen_at(other, heron).commands(asked) == answered
    again = seen_at(other, heron).commands({"do": "lower_hand", "id": "3"})
    assert (again[0]["ok"], again[0]["code"]) == (False, "id.reused")


async def test_thrown_out_at_both(standing: Pair) -> None:
    """Who is blocked by way of one node is cut off at the other; so is whose link has ended, and whoever
    hears a debate that is deleted.
    """
    one, other = standing
    debate = new_debate(one)
    heron = debate.join()
    speaker, stays = debate.speakers
    async with (
        seen_at(other, heron).live() as blocked,
        seen_at(other, speaker).live() as ended,
        seen_at(other, stays).live() as left,
    ):
        debate.chair.must("block", person=heron.person, reason="spam")
        assert await blocked.closed() == 4501
        answer = debate.organiser.request(
            "POST", "/links", json={"person": speaker.snapshot()["you"]["person"]}
        )
        assert answer.status_code == 201
        one.secrets.add(answer.json()["token"])
        assert await ended.closed() == 4501
        async with Person(at(other, debate), answer.json()["token"]).live() as anew:
            said = debate.chair.must("post", text="Go on.")
            await anew.until_seq(said["seq"])
        assert debate.organiser.request("DELETE").status_code == 204
        assert await left.closed() == 4502
    assert seen_at(other, stays).request("GET").status_code == 404


async def test_present_at_either(pair: Pair) -> None:
    """Who sits and is connected to the other node is not away; once nobody hears of them they are, once."""
    one, other = pair
    debate = new_debate(one)
    async with at(other, debate).join().live() as live:  # a request at the one would count for 90 s there
        await live.must("take_seat")
        async with debate.onlooker.live() as onlooker:
            online = await _until_online(onlooker, 2)
            assert online["online"] >= 2, "the onlooker here and the holder there"
        await asyncio.sleep(3)
        assert not [record for record in records_of(one, debate) if record["type"] == "seat.away"]
        assert live.close_code is None
    other.kill()
    await _until(lambda: any(record["type"] == "seat.away" for record in records_of(one, debate)))
    await asyncio.sleep(1)
    kinds = [record["type"] for record in records_of(one, debate)]
    assert (kinds.count("seat.away"), kinds.count("seat.back")) == (1, 0)


async def _until_online(live: Live, least: int) -> dict[str, Any]:
    deadline = time.monotonic() + PATIENCE
    while time.monotonic() < deadline:
        shown = [each for each in live.ephemera if each["type"] == "presence" and each["online"] >= least]
        if shown:
            return shown[-1]
        await asyncio.sleep(0.05)
    raise AssertionError(f"not so many are online: {live.ephemera}")


async def _until(holds: Callable[[], bool]) -> None:
    deadline = time.monotonic() + PATIENCE
    while not holds():
        assert time.monotonic() < deadline, "it does not come about"
        await asyncio.sleep(0.1)


async def _play(pair: Pair, debate: Debate, fault: Callable[[], None] | None = None) -> None:
    """Writers and readers at both nodes, under load, with what `fault` does in the middle of it: nothing that
    was acknowledged is lost, nothing is stored twice, and everybody got every record once, in order.
    """
    seen: dict[int, int] = {}
    crowd = [Writer(seen_at(node, debate.join()), seen) for node in pair for _ in range(5)]
    for writer in crowd:
        writer.gives_up = True
    readers = [await seen_at(node, debate.onlooker).dial() for node in pair for _ in range(3)]
    for reader in readers:
        await reader.say_hello()
    ends = asyncio.Event()
    writing = [asyncio.create_task(writer.write(ends)) for writer in crowd]
    await asyncio.sleep(1)
    if fault is not None:
        await asyncio.to_thread(fault)
    await asyncio.sleep(1)
    ends.set()
    await asyncio.gather(*writing)
    for writer in crowd:
        await _settled(writer, pair)
    records = await asyncio.to_thread(_records_of_any, pair, debate)
    assert judge([writer.ledger for writer in crowd], seen, records) == []
    assert sum(len(writer.ledger.promised) for writer in crowd) > 50, "too little to prove anything"
    last = records[-1]["seq"]
    for reader in readers:
        got = [record["seq"] for record in await _all_of(reader, debate, pair, last)]
        assert got == list(range(got[0], last + 1))
    for node in pair:
        if _runs(node):
            assert records_of(node, debate) == records


async def _settled(writer: Writer, pair: Pair) -> None:
    """Everything the writer is owed, at whichever node answers."""
    deadline = time.monotonic() + PATIENCE
    while True:
        for node in pair:
            if _runs(node):
                writer.who = seen_at(node, writer.who)
                try:
                    await writer.settle()
                except (EOFError, OSError, TimeoutError):
                    continue
                if not writer.ledger.unanswered:
                    return
        assert time.monotonic() < deadline, "nobody answers"
        await asyncio.sleep(0.2)


async def _all_of(reader: Live, debate: Debate, pair: Pair, last: int) -> list[dict[str, Any]]:
    """What a reader got until that record: whoever was cut off goes on at a node that runs."""
    if reader.close_code is None:
        await reader.until_seq(last)
        await reader.leave()
        return reader.records
    node = next(node for node in pair if _runs(node))
    since = reader.records[-1]["seq"] if reader.records else reader.hello["seq"]
    async with at(node, debate).onlooker.live(epoch=reader.hello["epoch"], seq=since) as again:
        assert again.hello["resume"] in ("replayed", "current"), again.hello
        await again.until_seq(last)
        return [*reader.records, *again.records]


def _runs(node: Service) -> bool:
    try:
        return request(node, "GET", "/healthz").status_code == 200
    except OSError:
        return False
    except Exception as error:
        if type(error).__module__.startswith("httpx"):
            return False
        raise


def _records_of_any(pair: Pair, debate: Debate) -> list[dict[str, Any]]:
    return records_of(next(node for node in pair if _runs(node)), debate)


async def test_everybody_hears_the_same(standing: Pair) -> None:
    """Nothing goes wrong: everything is acknowledged, stored once, and heard once by all in one order."""
    await _play(standing, new_debate(standing[0]))


@pytest.mark.parametrize("which", [0, 1], ids=["the one that made it", "the other"])
async def test_a_node_is_killed(pair: Pair, which: int) -> None:
    """kill -9 under load: its people go on at the other, without a gap."""
    await _play(pair, new_debate(pair[0]), pair[which].kill)


async def test_a_node_drains(pair: Pair) -> None:
    """SIGTERM under load: the same, and it ends as it should."""
    codes: list[int] = []
    await _play(pair, new_debate(pair[0]), lambda: codes.append(pair[1].stop()))
    assert codes == [0]


async def test_a_node_hangs(pair: Pair) -> None:
    """A node that stands still for longer than its silence is counted out, and then goes on as before."""
    one, other = pair
    debate = new_debate(one)
    async with at(other, debate).join().live() as live:
        await live.must("take_seat")
        os.kill(other.pid, signal.SIGSTOP)
        await _until(lambda: any(record["type"] == "seat.away" for record in records_of(one, debate)))
        said = debate.chair.must("post", text="Where are they?")
        os.kill(other.pid, signal.SIGCONT)
        async with seen_at(other, debate.chair).live(seq=0, epoch="") as live:
            assert live.hello["seq"] >= said["seq"]
        await _until(lambda: any(record["type"] == "seat.back" for record in records_of(one, debate)))


async def test_listening_is_killed(pair: Pair, postgres: str) -> None:
    """The connections on which nodes listen are ended again and again: all is heard all the same."""

    async def end_listening() -> None:
        connection = await asyncpg.connect(postgres)
        for _ in range(4):
            await connection.fetch(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE query LIKE 'LISTEN%'"
            )
            await asyncio.sleep(0.2)
        await connection.close()

    await _play(pair, new_debate(pair[0]), lambda: asyncio.run(end_listening()))


async def test_without_notifications(tmp_path: Path, postgres: str) -> None:
    """Where every notification is lost, looking alone is enough."""
    connection = await asyncpg.connect(postgres)
    name = await connection.fetchval("SELECT current_database()")
    await connection.execute(
        "CREATE FUNCTION public.pg_notify(text, text) RETURNS void LANGUAGE sql AS 'SELECT'"
    )
    await connection.execute(f"ALTER DATABASE {name} SET search_path = public, pg_catalog")
    await connection.close()
    for pair in _started(tmp_path, postgres):
        await _play(pair, new_debate(pair[0]))


async def test_the_database_is_stopped(tmp_path: Path) -> None:
    """PostgreSQL stops at once, as in a crash, and starts: both nodes go on by themselves."""
    with a_server() as server:
        for pair in _started(tmp_path, server.new_database()):
            await _play(pair, new_debate(pair[0]), lambda: _again(server))


def _again(server: Server) -> None:
    server.stop()
    time.sleep(1)
    server.start()


async def test_one_key_for_all(standing: Pair) -> None:
    """What one node has sealed the other takes for its own, and hands out the same archive."""
    one, other = standing
    debate = new_debate(one)
    debate.join().must("post", text="For the record.")
    for phase in ("wrap_up", "correction", "archived"):
        debate.chair.must("move_to", phase=phase)
    await _until(lambda: _archive(one, debate) is not None)
    await _until(lambda: _archive(other, debate) is not None)
    assert _archive(one, debate) == _archive(other, debate)


def _archive(node: Service, debate: Debate) -> bytes | None:
    answer = at(node, debate).page("/archive.zip", debate.organiser.token)
    return answer.content if answer.status_code == 200 else None


async def test_made_and_deleted_anywhere(standing: Pair) -> None:
    """A debate made at one node is listed and found at the other, and its name is taken there; deleted, it
    may be made again there.
    """
    one, other = standing
    debate = new_debate(one, "draft")
    made = {
        "title": "Again",
        "slug": debate.slug,
        "starts_at": "2026-01-31T12:00:00Z",
        "questions": [{"text": "Why?"}],
    }
    taken = request(other, "POST", "/api/v1/debates", ADMIN_TOKEN, json=made)
    assert taken.status_code == 409, taken.text
    assert at(other, debate).chair.request("GET").status_code == 200
    assert debate.organiser.request("DELETE").status_code == 204
    again = request(other, "POST", "/api/v1/debates", ADMIN_TOKEN, json=made)
    assert again.status_code == 201, again.text
    answer = again.json()
    other.secrets |= {answer["links"][role].rpartition("#")[2] for role in ("chair", "organiser")}
    assert json.loads(request(one, "GET", "/api/v1/debates", ADMIN_TOKEN).text)
    assert debate.chair.request("GET").status_code == 404
    assert Debate(one, answer).organiser.snapshot()["debate"]["title"] == "Again"
