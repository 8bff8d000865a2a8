"""Many onlookers, steady posting, a plain start: everybody gets everything, in order, once."""

import asyncio
import copy
import json
import resource
import subprocess
import sys
import time
from typing import Any

import pytest

from tests.e2e import idle
from tests.e2e.client import Debate, request
from tests.e2e.conftest import StartService, new_debate
from tests.e2e.rude import reads_nothing
from tests.e2e.service import CHECKOUT, Service

WRITERS = 10
TWO_PING_BUDGETS = 80
MOST_HELD = 256 * 1024
"""What the service holds back for one who does not read, in bytes."""


LONG = [pytest.mark.long, pytest.mark.timeout(0)]


@pytest.mark.parametrize(
    ("onlookers", "posts_a_second", "seconds"),
    [
        pytest.param(1000, 50, 6, id="1,000 x 50/s x 6 s"),
        pytest.param(1000, 50, 60, id="1,000 x 50/s x 60 s", marks=LONG),
        pytest.param(5000, 50, 30, id="5,000 x 50/s x 30 s", marks=LONG),
    ],
)
async def test_fanout(start_service: StartService, onlookers: int, posts_a_second: int, seconds: int) -> None:
    """100 % of the records reach every onlooker, in order, once."""
    found, expected, spent = await _run(start_service, onlookers, posts_a_second, seconds)
    assert judge(found, expected, onlookers) == []
    deliveries = len(expected) * onlookers
    print(  # noqa: T201
        f"{onlookers} onlookers, {len(expected)} records, {deliveries} deliveries, {found['frames']} frames: "
        f"{1e6 * spent / deliveries:.1f} us of the service's CPU each; {found['milliseconds']} ms"
    )


@pytest.mark.parametrize(
    "onlookers", [pytest.param(1000, id="1,000"), pytest.param(5000, id="5,000", marks=LONG)]
)
async def test_all_cut_off_at_once(start_service: StartService, onlookers: int) -> None:
    """Everybody loses the connection at the same moment, twice: all resume, no gap, no record twice.

    They come back at once, faster than `retry` lets browsers, and from memory: a hundred resumes ask the
    store for one thing at most.
    """
    found, expected, _ = await _run(start_service, onlookers, posts_a_second=50, seconds=6, drops=2)
    assert judge(found, expected, onlookers) == []
    assert found["snapshots"] == 0
    assert found["reads"] <= 0.01 * 2 * onlookers
    print(  # noqa: T201
        f"{onlookers} cut off twice: {found['reads']:.0f} reads of the store, back in {found['back']} s, "
        f"{found['spent_on_return'] * 1e6 / 2 / onlookers:.0f} us of the service's CPU each, posts included"
    )


@pytest.mark.long
@pytest.mark.timeout(0)
@pytest.mark.parametrize("stalled", [0, 1, 20, 400])
async def test_stalled_readers_beside_others(start_service: StartService, stalled: int) -> None:
    """Of 2,000 some never read: the others get everything; those cost a bounded buffer, and are let go."""
    found, expected, _ = await _run(start_service, 2000 - stalled, 20, 30, stalled=stalled, filling=1500)
    assert judge(found, expected, 2000 - stalled) == []
    assert found["let_go"] == stalled
    most = 20 * 2**20 + stalled * (MOST_HELD + 100 * 1024)
    assert found["grown"] <= most
    print(  # noqa: T201
        f"{stalled} of 2,000 stalled: {found['milliseconds']} ms for the others; the service grew by "
        f"{found['grown'] / 2**20:.0f} MB at most"
    )


async def _run(
    start_service: StartService,
    onlookers: int,
    posts_a_second: int,
    seconds: int,
    drops: int = 0,
    stalled: int = 0,
    filling: int = 0,
) -> tuple[dict[str, Any], list[int], float]:
    """What the crowd got, what it was to get, and the CPU seconds the service spent meanwhile."""
    hard = resource.getrlimit(resource.RLIMIT_NOFILE)[1]
    resource.setrlimit(resource.RLIMIT_NOFILE, (hard, hard))
    service = start_service(FISHBOWL_PER_ADDRESS="0")
    debate = new_debate(service, rules={"max_length": 2000})
    crowd = _start_crowd(debate, onlookers)
    try:
        await _ready(crowd)
        rude = [reads_nothing(debate) for _ in range(stalled)]
        head = debate.onlooker.snapshot()["seq"]
        grown = asyncio.create_task(_growth(service))
        spent = _cpu_seconds(service)
        posting = asyncio.create_task(_post_steadily(debate, posts_a_second, seconds, filling))
        reads, back, returning = 0.0, list[float](), 0.0
        for _ in range(drops):
            await asyncio.sleep(seconds / (drops + 1))
            before, begun, cpu = _reads(service), time.monotonic(), _cpu_seconds(service)
            await asyncio.to_thread(_say, crowd, "drop")
            await _ready(crowd)
            back.append(round(time.monotonic() - begun, 1))
            returning += _cpu_seconds(service) - cpu
            reads += _reads(service) - before
        posts = await posting
        grown.cancel()
        if stalled:
            await asyncio.sleep(TWO_PING_BUDGETS)
        left = _metric(service, "fishbowl_connections ") - onlookers
        for peer in rude:
            peer.close()
        spent = _cpu_seconds(service) - spent
        expected = [record["seq"] for record in debate.onlooker.records(since=head)]
        output, _ = await asyncio.to_thread(crowd.communicate, f"{expected[-1]}\n", 120)
    finally:
        crowd.kill()
        crowd.wait()
    assert len(posts) == posts_a_second * seconds
    assert len(expected) >= len(posts)
    seen = {"reads": reads, "back": back, "spent_on_return": returning}
    seen |= {"let_go": stalled - left, "grown": max(_grown.pop(service.pid, [0]))}
    return {**json.loads(output), **seen}, expected, spent


_grown: dict[int, list[int]] = {}


async def _growth(service: Service) -> None:
    """Note, until it is cancelled, by how much the service's memory has grown."""
    before = idle.resident(service.pid)
    while True:
        _grown.setdefault(service.pid, []).append(idle.resident(service.pid) - before)
        await asyncio.sleep(0.2)


def _reads(service: Service) -> float:
    """How often the service has asked its store so far."""
    return _metric(service, "fishbowl_store_reads ")


def _metric(service: Service, beginning: str) -> float:
    lines = request(service, "GET", "/metrics").text.splitlines()
    (line,) = [line for line in lines if line.startswith(beginning)]
    return float(line.rpartition(" ")[2])


def _say(crowd: subprocess.Popen[str], line: str) -> None:
    assert crowd.stdin is not None
    crowd.stdin.write(line + "\n")
    crowd.stdin.flush()


async def _ready(crowd: subprocess.Popen[str]) -> None:
    assert crowd.stdout is not None
    assert (await asyncio.to_thread(crowd.stdout.readline)).strip() == "ready"


def judge(found: dict[str, Any], expected: list[int], onlookers: int) -> list[str]:
    """What is wrong with what the crowd got; records from before they began to post may come first."""
    wrong = [f"{found['closed']} were cut off"] if found["closed"] else []
    counted = sum(count for _, count in found["streams"])
    wrong += [f"{counted} of {onlookers} reported"] if counted != onlookers else []
    for seqs, count in found["streams"]:
        while seqs and seqs[0] < expected[0]:
            seqs = seqs[1:]
        if seqs != expected:
            missing = sorted(set(expected) - set(seqs))[:5]
            wrong.append(
                f"{count} got {len(seqs)} of {len(expected)}, not {missing}, or out of order, or twice"
            )
    return wrong


async def _post_steadily(debate: Debate, posts_a_second: int, seconds: int, filling: int) -> list[int]:
    """Post on a fixed schedule by several writers; every post is acknowledged."""
    writers = [debate.join() for _ in range(WRITERS)]
    lives = [await writer.dial() for writer in writers]
    for live, writer in zip(lives, writers, strict=True):
        await live.say_hello(writer.token)
    begin = time.monotonic()
    posts = []
    for number in range(posts_a_second * seconds):
        await asyncio.sleep(max(0.0, begin + number / posts_a_second - time.monotonic()))
        posts.append(
            asyncio.create_task(
                lives[number % WRITERS].must("post", text=f"post {number} #fish {'x' * filling}")
            )
        )
    replies = await asyncio.gather(*posts)
    for live in lives:
        await live.leave()
    return [reply["seq"] for reply in replies]


def _start_crowd(debate: Debate, onlookers: int) -> subprocess.Popen[str]:
    host, _, port = debate.service.address.partition(":")
    return subprocess.Popen(
        [sys.executable, "-m", "tests.e2e.onlookers", host, port, debate.slug, str(onlookers)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        cwd=CHECKOUT,
    )


def _cpu_seconds(service: Service) -> float:
    """The CPU time of the service so far, all its threads."""
    with open(f"/proc/{service.pid}/stat", encoding="ascii") as stat:  # noqa: PTH123
        fields = stat.read().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / 100


@pytest.mark.parametrize("fault", ["lost", "twice", "swapped", "cut off", "missing onlooker", "late start"])
def test_judge_sees_a_planted_fault(fault: str) -> None:
    """One onlooker of many who gets one record too few, too many or too early is seen."""
    expected = list(range(7, 20))
    good: dict[str, Any] = {"streams": [[[5, 6, *expected], 9], [list(expected), 1]], "closed": 0}
    assert judge(copy.deepcopy(good), expected, 10) == []
    seqs = good["streams"][1][0]
    match fault:
        case "lost":
            del seqs[4]
        case "twice":
            seqs.insert(4, seqs[4])
        case "swapped":
            seqs[4], seqs[5] = seqs[5], seqs[4]
        case "cut off":
            good["closed"] = 1
        case "missing onlooker":
            good["streams"].pop()
        case "late start":
            del seqs[0]
    assert judge(good, expected, 10) != []
