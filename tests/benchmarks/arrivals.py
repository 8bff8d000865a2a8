"""What it costs this service to take things in: posts, upgrades, and viewers who come back.

    python -m tests.benchmarks.arrivals [posts | upgrades | resumes] ...

All three unless named. Posts: 100 people, each with 20 posts on their way at a time, in one debate that
nobody watches but they; every reply says that its post is on disk. Upgrades: viewers who come, one after the
other, and say nothing, or say hello. Resumes: they come back and have missed 100 records. Rates are given for
each second of the service's CPU, all its threads, so that they mean something where other things run as well.
"""

import asyncio
import json
import sys
import time
from typing import Final

from tests.benchmarks.crowd import Viewer, dial, open_many_files
from tests.benchmarks.stands import FILLING, Stand, Writer, port_of, running
from tests.e2e.client import Debate

WRITERS: Final = 100
ON_THEIR_WAY: Final = 20
SECONDS: Final = 6
VIEWERS: Final = 1000
MISSED: Final = 100


async def posts() -> None:
    """How many posts a CPU second takes in, each of them stored and answered."""
    async with running(writers=WRITERS) as (service, debate, writers):
        stand = Stand(0, "", (), _nothing, lambda: [service.pid])
        before, began = stand.cpu(), time.monotonic()
        posted = sum(await asyncio.gather(*(_posting(writer, began + SECONDS) for writer in writers)))
        took, cpu = time.monotonic() - began, stand.cpu() - before
        assert debate.onlooker.snapshot(limit=1)["contributions"][0]["contribution"] == posted
    _print("posts, stored and answered", posted, cpu)
    print(f"{'':34}{posted / took:9,.0f} a second, at {100 * cpu / took:.0f} % of a core")


async def _posting(writer: Writer, until: float) -> int:
    """Post as fast as answers come; how many."""
    waiting: list[asyncio.Future[None]] = []
    count = 0
    while time.monotonic() < until:
        while len(waiting) < ON_THEIR_WAY:
            count += 1
            waiting.append(writer.post(f"{count}: {FILLING} {FILLING}"))
        await waiting.pop(0)
    await asyncio.gather(*waiting)
    return count


async def _nothing(text: str) -> None:
    pass


async def upgrades() -> None:
    """How many upgrades a CPU second takes, without and with a hello."""
    async with running(writers=1) as (service, debate, _):
        stand = Stand(port_of(service), f"{debate.api}/live", (), _nothing, lambda: [service.pid])
        _print("upgrades", VIEWERS, await _come(stand, ()))
        _print("upgrades with a hello", VIEWERS, await _come(stand, ('{"do":"hello"}',)))


async def resumes() -> None:
    """How many resumes a CPU second takes, the upgrades that lead to them included."""
    async with running(writers=1) as (service, debate, (writer, *_)):
        for number in range(MISSED):
            await writer.post(f"{number}: {FILLING}")
        stand = Stand(port_of(service), f"{debate.api}/live", (), _nothing, lambda: [service.pid])
        cpu = await _come(stand, (_hello(debate),), MISSED)
    _print(f"resumes of {MISSED} records", VIEWERS, cpu)


def _hello(debate: Debate) -> str:
    now = debate.onlooker.snapshot(limit=1)
    return json.dumps({"do": "hello", "epoch": now["epoch"], "seq": now["seq"] - MISSED})


async def _come(stand: Stand, said: tuple[str, ...], records: int = 0) -> float:
    """Let all viewers come and be answered; what that cost the server, in CPU seconds."""
    before = stand.cpu()
    viewers = await asyncio.to_thread(dial, "127.0.0.1", stand.port, stand.path, VIEWERS, said)
    if said:
        await asyncio.to_thread(_answered, viewers, records)
    cpu = stand.cpu() - before
    for viewer in viewers:
        viewer.socket.close()
    return cpu


def _answered(viewers: list[Viewer], records: int) -> None:
    """Read until everybody has the answer to the hello, and that many records."""
    for viewer in viewers:
        viewer.socket.settimeout(60)
        answer = b""
        while b'"type":"hello"' not in answer or answer.count(b'"type":"contribution.posted"') < records:
            more = viewer.socket.recv(1 << 20)
            assert more, "cut off"
            answer += more


def _print(what: str, count: int, cpu: float) -> None:
    print(f"{what:34}{count / cpu:9,.0f} a CPU second, {1e6 * cpu / count:7.0f} us each", flush=True)


MEASURES: Final = {"posts": posts, "upgrades": upgrades, "resumes": resumes}


async def main(*names: str) -> None:
    open_many_files()
    for name in names or MEASURES:
        await MEASURES[name]()


if __name__ == "__main__":
    asyncio.run(main(*sys.argv[1:]))
