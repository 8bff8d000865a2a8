"""What several nodes cost beside one: two nodes over one PostgreSQL, and one service over SQLite.

    python -m tests.benchmarks.nodes [VIEWERS [POSTS_A_SECOND [SECONDS]]]

2,000 viewers at each node, 100 posts a second spread over all nodes, 10 s, unless said otherwise. In one run,
one after the other: one service over a file, one node over PostgreSQL, two nodes; then the two again without
any notification. Each viewer's records are checked: every one, once, in order. Then posts by writers who are
the only viewers, for each second of the nodes' CPU (PostgreSQL's is printed, not counted). PostgreSQL runs
without fsync, as in all tests: it is the nodes' share that is measured. Needs PostgreSQL's programs.
"""

from __future__ import annotations

import asyncio
import json
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final

from tests.e2e.client import Debate, Live
from tests.e2e.conftest import new_debate
from tests.e2e.service import CHECKOUT, Service
from tests.e2e.test_fanout import judge
from tests.postgres import Server, a_server

WRITERS: Final = 10
BUSY_WRITERS: Final = 50
ON_THEIR_WAY: Final = 20
POSTING_SECONDS: Final = 5


def main(viewers: int = 2000, rate: int = 100, seconds: int = 10) -> None:
    most = resource.getrlimit(resource.RLIMIT_NOFILE)[1]
    resource.setrlimit(resource.RLIMIT_NOFILE, (most, most))
    print(f"{viewers:,} viewers at each, {rate} posts a second, {seconds} s")
    with a_server() as server:
        for name, database, number in _stands(server):
            with _nodes(database, number) as nodes:
                asyncio.run(_watched(name, nodes, viewers, rate, seconds))
        print(f"\n{BUSY_WRITERS} writers, each with {ON_THEIR_WAY} posts on their way, {POSTING_SECONDS} s")
        for name, database, number in list(_stands(server))[:3]:
            with _nodes(database, number) as nodes:
                asyncio.run(_written(name, nodes, server))


def _stands(server: Server) -> Iterator[tuple[str, str, int]]:
    yield "one service, a file", "sqlite", 1
    yield "one node, PostgreSQL", server.new_database(), 1
    yield "two nodes", server.new_database(), 2
    silent = server.new_database()
    for statement in (
        "CREATE FUNCTION public.pg_notify(text, text) RETURNS void LANGUAGE sql AS 'SELECT'",
        f"ALTER DATABASE {silent.partition('@/')[2].partition('?')[0]} SET search_path = public, pg_catalog",
    ):
        server.run("psql", "--quiet", "--dbname", silent, "--command", statement)
    yield "two, no notification", silent, 2


@contextmanager
def _nodes(database: str, number: int) -> Iterator[list[Service]]:
    with tempfile.TemporaryDirectory() as folder:
        settings = {"FISHBOWL_DATABASE": database, "FISHBOWL_PER_ADDRESS": "0"}
        nodes = [Service(Path(folder) / f"node{n}", settings) for n in range(number)]
        try:
            for node in nodes:
                node.start()
            time.sleep(1.5)
            yield nodes
        finally:
            for node in nodes:
                node.end()


async def _watched(name: str, nodes: Sequence[Service], viewers: int, rate: int, seconds: int) -> None:
    debate = new_debate(nodes[0], rules={"max_length": 2000})
    crowds = [_crowd(node, debate, viewers) for node in nodes]
    for crowd in crowds:
        await _line(crowd)
    lives = [await _writer(nodes[n % len(nodes)], debate) for n in range(WRITERS)]
    head = debate.onlooker.snapshot()["seq"]
    before = [_cpu_seconds(node.pid) for node in nodes]
    begin = time.monotonic()
    posts = []
    for number in range(rate * seconds):
        await asyncio.sleep(max(0.0, begin + number / rate - time.monotonic()))
        posts.append(asyncio.create_task(lives[number % WRITERS].must("post", text=f"post {number} #fish")))
    await asyncio.gather(*posts)
    expected = [record["seq"] for record in debate.onlooker.records(since=head)]
    found = [await asyncio.to_thread(_ended, crowd, expected[-1]) for crowd in crowds]
    spent = [_cpu_seconds(node.pid) - cpu for node, cpu in zip(nodes, before, strict=True)]
    wrong = [each for got in found for each in judge(got, expected, viewers)]
    deliveries = len(expected) * viewers
    each = " and ".join(f"{1e6 * cpu / deliveries:.2f}" for cpu in spent)
    late = max(got["milliseconds"]["p99"] for got in found)
    print(
        f"{name:22}{len(expected):6,} records to {viewers * len(nodes):6,}: {each} us of CPU a delivery; "
        f"p99 {late} ms; wrong: {wrong or 'nothing'}"
    )
    for live in lives:
        await live.leave()


async def _written(name: str, nodes: Sequence[Service], server: Server) -> None:
    debate = new_debate(nodes[0])
    lives = [await _writer(nodes[n % len(nodes)], debate) for n in range(BUSY_WRITERS)]
    before, database = [_cpu_seconds(node.pid) for node in nodes], _database_cpu(server)
    until = time.monotonic() + POSTING_SECONDS
    posted = sum(await asyncio.gather(*(_posting(live, until) for live in lives)))
    cpu = sum(_cpu_seconds(node.pid) - was for node, was in zip(nodes, before, strict=True))
    print(
        f"{name:22}{posted:6,} posts: {posted / cpu:6,.0f} for each second of the nodes' CPU; "
        f"PostgreSQL {_database_cpu(server) - database:.1f} s beside {cpu:.1f}"
    )
    for live in lives:
        await live.leave()


async def _posting(live: Live, until: float) -> int:
    waiting: list[asyncio.Task[Any]] = []
    count = 0
    while time.monotonic() < until:
        while len(waiting) < ON_THEIR_WAY:
            count += 1
            waiting.append(asyncio.create_task(live.must("post", text=f"post {count}")))
        await waiting.pop(0)
    await asyncio.gather(*waiting)
    return count


async def _writer(node: Service, debate: Debate) -> Live:
    person = debate.join()
    live = await Debate(node, debate.made).onlooker.dial()
    await live.say_hello(person.token)
    return live


def _crowd(node: Service, debate: Debate, viewers: int) -> subprocess.Popen[str]:
    host, _, port = node.address.partition(":")
    return subprocess.Popen(
        [sys.executable, "-m", "tests.e2e.onlookers", host, port, debate.slug, str(viewers)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        cwd=CHECKOUT,
    )


async def _line(crowd: subprocess.Popen[str]) -> None:
    assert crowd.stdout is not None
    assert (await asyncio.to_thread(crowd.stdout.readline)).strip() == "ready"


def _ended(crowd: subprocess.Popen[str], last: int) -> dict[str, Any]:
    output, _ = crowd.communicate(f"{last}\n", 120)
    found: dict[str, Any] = json.loads(output)
    return found


def _cpu_seconds(pid: int) -> float:
    fields = Path(f"/proc/{pid}/stat").read_text("ascii").rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / 100


def _database_cpu(server: Server) -> float:
    """Of all processes below the server's first, ended ones too."""
    first = int((server.data / "postmaster.pid").read_text().split()[0])
    children = Path(f"/proc/{first}/task/{first}/children").read_text().split()
    ended = Path(f"/proc/{first}/stat").read_text("ascii").rpartition(")")[2].split()
    return sum(map(_cpu_seconds, map(int, children))) + (int(ended[13]) + int(ended[14])) / 100


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
