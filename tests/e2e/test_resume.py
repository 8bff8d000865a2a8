"""Losing the connection and coming back, while people write as fast as they are answered."""

import asyncio
import random
from collections.abc import AsyncIterator, Callable
from contextlib import AsyncExitStack, asynccontextmanager
from datetime import datetime

from tests.e2e.client import Debate, Live, Message, Person
from tests.e2e.conftest import StartService, new_debate

MakeDebate = Callable[..., Debate]


@asynccontextmanager
async def _busy(debate: Debate, writers: int = 4) -> AsyncIterator[None]:
    """While this lasts, several people post as fast as they are answered."""
    people = [debate.join() for _ in range(writers)]
    stop = asyncio.Event()

    async def write(live: Live) -> None:
        while not stop.is_set():
            await live.must("post", text="as fast as can be #fish Q1")

    async with AsyncExitStack() as stack:
        lives = [await stack.enter_async_context(person.live()) for person in people]
        writing = [asyncio.create_task(write(live)) for live in lives]
        yield
        stop.set()
        await asyncio.gather(*writing)


async def _follow(reader: Person, start: Message, chance: random.Random, drops: int) -> list[Message]:
    """Read on streams that drop at random, resuming where the last one ended; then up to the present head."""
    got: list[Message] = []
    seq = start["seq"]
    for _ in range(drops):
        async with reader.live(epoch=start["epoch"], seq=seq) as live:
            await asyncio.sleep(chance.uniform(0, 0.2))
            live.drop()
        got += live.records
        seq = got[-1]["seq"] if got else seq
    return got


async def test_every_record_exactly_once(make_debate: MakeDebate) -> None:
    """Readers that drop and resume under load have every record, once, as `/records` has it."""
    debate = make_debate()
    start = debate.onlooker.snapshot()
    chance = random.Random(11)
    member = debate.join()
    async with _busy(debate):
        readers = [debate.onlooker] * 5 + [member, debate.chair, debate.organiser]
        streams = await asyncio.gather(*(_follow(reader, start, chance, 25) for reader in readers))
    for reader, got in zip(readers, streams, strict=True):
        expected = reader.records(since=start["seq"])
        assert len(got) > 10, "too little was written to prove anything"
        assert got == expected[: len(got)]


async def test_long_poll_has_every_record(make_debate: MakeDebate) -> None:
    """Whoever only polls `/records` with `wait` gets the same records as a stream."""
    debate = make_debate()
    start = debate.onlooker.snapshot()
    got: list[Message] = []
    async with debate.onlooker.live(epoch=start["epoch"], seq=start["seq"]) as live, _busy(debate, 2):
        since = start["seq"]
        while len(got) < 300:
            query = {"since": since, "wait": 20, "limit": 50}
            answer = await asyncio.to_thread(debate.onlooker.request, "GET", "/records", params=query)
            page = answer.json()
            got += page["records"]
            since = page["next"] or got[-1]["seq"]
        await live.until_seq(got[-1]["seq"])
    assert got == live.records[: len(got)]


async def test_long_absence_is_bridged(make_debate: MakeDebate) -> None:
    """Thousands of records later: replayed without a gap, or an explicit snapshot and then no gap."""
    debate = make_debate()
    start = debate.onlooker.snapshot()
    member = debate.join()
    for page in range(60):
        member.commands([{"do": "post", "id": f"{page}.{n}", "text": "z"} for n in range(100)])
    everything = debate.onlooker.records(since=start["seq"])
    for missed in (1, 3900, 4500, len(everything)):
        seq = everything[-missed]["seq"] - 1
        async with debate.onlooker.live(epoch=start["epoch"], seq=seq) as live:
            if live.hello["resume"] == "replayed":
                await live.until_seq(everything[-1]["seq"])
                assert live.records == everything[-missed:]
            else:
                assert live.hello["resume"] == "snapshot"
                assert live.snapshot is not None
                assert live.snapshot["seq"] == everything[-1]["seq"]
                assert live.records == []
            new = debate.chair.must("post", text="and on it goes")["seq"]
            await live.until_seq(new)
            everything += live.records[-1:]


async def test_revoked_under_load_hears_nothing_more(make_debate: MakeDebate) -> None:
    """However busy it is: after the link's end is answered, no record arrives on its sockets."""
    debate = make_debate()
    speaker = debate.speakers[0]
    async with _busy(debate):
        listed = debate.organiser.request("GET", "/links").json()
        links = listed["links"] if isinstance(listed, dict) else listed
        link = next(link for link in links if link["name"] == speaker.name)
        lives = [await speaker.dial() for _ in range(5)]
        for live in lives:
            await live.say_hello(speaker.token)
        answer = await asyncio.to_thread(debate.organiser.request, "DELETE", f"/links/{link['id']}")
        assert answer.status_code in {200, 204}
        head = (await asyncio.to_thread(debate.onlooker.snapshot))["seq"]
        for live in lives:
            assert await live.closed() == 4501
            assert all(record["seq"] <= head for record in live.records)
        await asyncio.sleep(0.3)
        assert debate.onlooker.snapshot()["seq"] > head, "others went on"


async def test_restart_under_load_is_resumed(start_service: StartService) -> None:
    """The epoch outlives restarts: streams cut by SIGTERM and SIGKILL go on where they were, gapless."""
    service = start_service()
    debate = new_debate(service)
    start = debate.onlooker.snapshot()
    got: list[Message] = []
    for stop in (service.stop, service.kill, service.stop, service.kill):
        writer = debate.join()
        async with debate.onlooker.live(
            epoch=start["epoch"], seq=got[-1]["seq"] if got else start["seq"]
        ) as live:
            assert live.hello["epoch"] == start["epoch"]
            assert live.hello["resume"] in {"current", "replayed"}
            for number in range(50):
                writer.must("post", text=f"{number}")
            await asyncio.to_thread(stop)
            await live.closed()
            got += live.records
        service.start()
    expected = debate.onlooker.records(since=start["seq"])
    async with debate.onlooker.live(epoch=start["epoch"], seq=got[-1]["seq"]) as live:
        if live.hello["resume"] == "replayed":
            await live.until_seq(expected[-1]["seq"])
        got += live.records
    assert got == expected
    assert [record["seq"] for record in got] == list(range(start["seq"] + 1, got[-1]["seq"] + 1))


async def test_restart_leaves_people_where_they_sat(start_service: StartService) -> None:
    """After a start every holder is away, with the full time; whoever comes back sits there as before."""
    service = start_service()
    debate = new_debate(service, rules={"entry": "claim"})
    member = debate.join()
    member.must("take_seat")
    service.kill()
    service.start()
    async with debate.onlooker.live(epoch=debate.onlooker.snapshot()["epoch"], seq=1) as watching:
        await watching.until(lambda: any(record["type"] == "seat.away" for record in watching.records))
        away = next(record for record in watching.records if record["type"] == "seat.away")
        assert _milliseconds(away["until"]) - _milliseconds(away["at"]) == 90_000
        async with member.live() as live:
            assert live.hello["you"]["seat"] == 3
            await watching.until(lambda: watching.records[-1]["type"] == "seat.back")


def _milliseconds(time: str) -> int:
    return round(datetime.fromisoformat(time).timestamp() * 1000)
