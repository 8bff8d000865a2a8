"""More is asked than can be done: the chair is heard all the same, and who was answered is in the record."""

from __future__ import annotations

import asyncio
import sys
import time
from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context

import httpx

from tests.e2e.client import Message, new_id
from tests.e2e.conftest import StartService, new_debate

CROWD = 200
AT_ONCE = 100  # commands in a request, as many as it takes
SAID = 3


def test_a_flood_does_not_keep_the_chair_out(start_service: StartService) -> None:
    """Twenty thousand posts wait when the chair speaks, three times: each time before most of them.

    Every post has one reply: stored, exactly once, or refused with when to try again.
    """
    service = start_service(FISHBOWL_PER_ADDRESS="0", FISHBOWL_JOINS_PER_ADDRESS="0")
    debate = new_debate(service, "live", rules={"pace_per_minute": 0})
    tokens = [str(debate.join().token) for _ in range(CROWD)]
    # In a process of its own: nobody here is to wait for what the crowd has to read.
    with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as elsewhere:
        flood = elsewhere.submit(all_post_at_once, f"{service.base}{debate.api}/commands", tokens)
        while not debate.onlooker.snapshot(limit=1)["contributions"]:
            assert not flood.done(), flood.result()
            time.sleep(0.05)
        for number in range(SAID):
            debate.chair.must("announce", text=f"Announcement {number}.")
        replies = flood.result()
    assert len(replies) == CROWD * AT_ONCE
    for reply in replies:
        assert reply["ok"] or (reply["code"] == "service.overloaded" and reply["retry_after"] > 0), reply
    records = debate.chair.records()
    posted = [record["seq"] for record in records if record["type"] == "contribution.posted"]
    assert sorted(reply["seq"] for reply in replies if reply["ok"]) == posted
    announced = [record["seq"] for record in records if record["type"] == "announcement.made"]
    assert len(announced) == SAID
    behind = sum(seq > announced[-1] for seq in posted)
    sys.stdout.write(f"{behind:,} of {len(posted):,} posts came after the chair's last word\n")
    assert behind > len(posted) / 4


def all_post_at_once(address: str, tokens: Sequence[str]) -> list[Message]:
    """A hundred posts of each, in one request each; the replies to all."""

    async def flood() -> list[Message]:
        limits = httpx.Limits(max_connections=len(tokens))
        async with httpx.AsyncClient(timeout=240, limits=limits, trust_env=False) as client:
            answers = await asyncio.gather(*(_posts(client, address, token) for token in tokens))
        return [reply for replies in answers for reply in replies]

    return asyncio.run(flood())


async def _posts(client: httpx.AsyncClient, address: str, token: str) -> list[Message]:
    texts = [f"An opinion about the night bus, {n}" for n in range(AT_ONCE)]
    commands = [{"do": "post", "id": new_id(), "text": text} for text in texts]
    answer = await client.post(address, json=commands, headers={"Authorization": f"Bearer {token}"})
    assert answer.status_code == 200, answer.text
    replies: list[Message] = answer.json()
    return replies
