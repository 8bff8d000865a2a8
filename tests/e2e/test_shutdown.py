"""SIGTERM: an end within its grace, whatever is going on, and a word to everybody who can hear it."""

import asyncio
import time
from collections.abc import Iterable

import pytest
from websockets.exceptions import ConnectionClosed

from tests.e2e.client import Debate, Live, Person, request
from tests.e2e.conftest import StartService, new_debate
from tests.e2e.rude import RUDE, reads_nothing

GRACE_SECONDS = 20.0
"""Longer than any grace an orchestrator gives by default would be no grace."""


async def test_everybody_is_told(start_service: StartService) -> None:
    """Streams end with 4001, with a spread `retry`; the exit code is 0; what was acknowledged is there."""
    service = start_service()
    debate = new_debate(service)
    member = debate.join()
    async with member.live() as live, debate.onlooker.live() as watching:
        told = await live.must("post", text="just before")
        service.ask_to_stop()
        assert await live.closed() == 4001
        assert await watching.closed() == 4001
        assert live.hello["retry"]["max"] > live.hello["retry"]["min"]
    assert service.wait(GRACE_SECONDS) == 0
    service.start()
    assert debate.onlooker.records()[told["seq"] - 1 - _skipped(debate)]["text"] == "just before"


def _skipped(debate: Debate) -> int:
    """How many numbers the onlooker's view skips."""
    records = debate.onlooker.records()
    return int(records[-1]["seq"]) - len(records)


@pytest.mark.parametrize(
    "rudeness", ["reads nothing", "pings and reads nothing", "half a handshake", "long poll"]
)
async def test_stalled_reader_does_not_hold_it(start_service: StartService, rudeness: str) -> None:
    """Under load, with peers that never read and never answer, it ends within its grace with code 0."""
    debate = new_debate(start_service(FISHBOWL_PER_ADDRESS="0"))
    promised, _ = await _ends_under_load(debate, debate.join(), [rudeness] * 5, seconds=3)
    assert _posted(debate) >= promised > 0


@pytest.mark.long
@pytest.mark.timeout(0)
async def test_a_hundred_ends(start_service: StartService) -> None:
    """Under load, beside peers of every rudeness, it ends within its grace with code 0, a hundred times."""
    debate = new_debate(start_service(FISHBOWL_PER_ADDRESS="0"))
    member = debate.join()
    ends = [await _ends_under_load(debate, member, [*RUDE, *RUDE], seconds=1) for _ in range(100)]
    promised, slowest = sum(promised for promised, _ in ends), max(took for _, took in ends)
    posted = _posted(debate)
    assert posted >= promised > 0
    print(f"100 ends, the slowest after {slowest:.1f} s; {promised} acknowledged, {posted} stored")  # noqa: T201


async def _ends_under_load(
    debate: Debate, member: Person, rudeness: Iterable[str], seconds: float
) -> tuple[int, float]:
    """Stop the service while people post beside rude peers, and start it again.

    How many posts were acknowledged, and how long the end took.
    """
    service = debate.service
    rude = [RUDE[each](debate) for each in rudeness]
    lives = [await member.dial() for _ in range(5)]
    for live in lives:
        await live.say_hello(member.token)
    writing = [asyncio.create_task(_write(live)) for live in lives]
    await asyncio.sleep(seconds)
    begun = time.monotonic()
    service.ask_to_stop()
    assert await asyncio.to_thread(service.wait, GRACE_SECONDS) == 0
    took = time.monotonic() - begun
    promised = sum(await asyncio.gather(*writing))
    for peer in rude:
        peer.close()
    service.start()
    return promised, took


def _posted(debate: Debate) -> int:
    """How many contributions are stored."""
    return sum(record["type"] == "contribution.posted" for record in debate.onlooker.records())


async def _write(live: Live) -> int:
    """Post long texts until the stream ends; how many were acknowledged."""
    promised = 0
    while live.close_code is None:
        try:
            promised += (await live.do("post", text="x" * 500))["ok"]
        except (AssertionError, ConnectionClosed):
            break
    return promised


async def test_stalled_reader_is_let_go_and_others_are_served(start_service: StartService) -> None:
    """Somebody who never reads is let go (4008, or cut); everybody else gets everything meanwhile."""
    service = start_service()
    debate = new_debate(service)
    stalled = reads_nothing(debate)
    member = debate.join()
    async with member.live() as live, debate.onlooker.live() as other:
        replies = []
        for number in range(60):
            given = [{"do": "post", "id": f"{number}-{each}", "text": "y" * 500} for each in range(100)]
            replies += await asyncio.to_thread(member.commands, given)
        assert all(reply["ok"] for reply in replies)
        await live.until_seq(replies[-1]["seq"])
        await other.until_seq(replies[-1]["seq"])
        assert [record["seq"] for record in other.records] == [reply["seq"] for reply in replies]
        async with asyncio.timeout(GRACE_SECONDS * 3):
            while _open_streams(debate) > 2:  # noqa: ASYNC110  # the service tells nobody when it lets one go
                await asyncio.sleep(0.2)
    stalled.close()


def _open_streams(debate: Debate) -> int:
    """How many connections the service holds, as it says itself."""
    lines = request(debate.service, "GET", "/metrics").text.splitlines()
    found = [line for line in lines if line.startswith("fishbowl_connections")]
    assert found, "no gauge of connections in /metrics"
    return int(float(found[0].rpartition(" ")[2]))
