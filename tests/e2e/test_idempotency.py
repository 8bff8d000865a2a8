"""The same command asked again: one record and the same reply, over any socket and across restarts."""

import asyncio
import random
from collections.abc import Callable
from contextlib import AsyncExitStack

from tests.e2e.client import Debate, Live, Message
from tests.e2e.conftest import StartService, new_debate

MakeDebate = Callable[..., Debate]


async def test_same_id_over_several_sockets(make_debate: MakeDebate) -> None:
    """Asked 1 to 5 times, at once, by sockets and by HTTP: one record, and every reply the same."""
    debate = make_debate()
    member = debate.join()
    chance = random.Random(3)
    async with AsyncExitStack() as stack:
        lives = [await stack.enter_async_context(member.live()) for _ in range(4)]
        for number in range(30):
            given = {"do": "post", "id": f"same-{number}", "text": f"text {number}"}
            asked = [chance.randrange(4) for _ in range(chance.randint(1, 5))]
            by_http = asyncio.create_task(asyncio.to_thread(member.commands, given))
            for way in asked:
                await lives[way].send(given)
            replies = await by_http
            for way in set(asked):
                replies += await _replies(lives[way], given["id"], asked.count(way))
            assert len(replies) == len(asked) + 1
            expected = {"type": "reply", "reply": given["id"], "ok": True, "seq": replies[0]["seq"]}
            assert replies == [expected | {"contribution": number + 1, "status": "posted"}] * len(replies)
        posted = [record for record in member.records() if record["type"] == "contribution.posted"]
        assert [record["text"] for record in posted] == [f"text {number}" for number in range(30)]


async def _replies(live: Live, id: str, number: int) -> list[Message]:
    await live.until(lambda: len(live.replies.get(id, ())) == number)
    return live.replies[id]


async def test_every_kind_of_command_is_remembered(make_debate: MakeDebate) -> None:
    """Any accepted command asked again gives its reply again, whatever has happened since."""
    debate = make_debate(rules={"entry": "claim"})
    member = debate.join()
    member.must("post", text="one")
    asked = [
        (debate.chair, {"do": "endorse", "id": "k1", "contribution": 1, "on": True}),
        (debate.chair, {"do": "endorse", "id": "k2", "contribution": 1, "on": False}),
        (member, {"do": "take_seat", "id": "k3"}),
        (member, {"do": "leave_seat", "id": "k4"}),
        (debate.chair, {"do": "hide", "id": "k5", "contribution": 1, "reason": "spam"}),
        (debate.chair, {"do": "restore", "id": "k6", "contribution": 1}),
        (debate.chair, {"do": "focus", "id": "k7", "question": 2}),
        (debate.chair, {"do": "focus", "id": "k8", "question": None}),
        (debate.chair, {"do": "announce", "id": "k9", "text": "Five minutes left."}),
        (debate.chair, {"do": "move_to", "id": "k10", "phase": "paused"}),
        (debate.chair, {"do": "move_to", "id": "k11", "phase": "live"}),
        (member, {"do": "withdraw", "id": "k12", "contribution": 1}),
        (member, {"do": "leave", "id": "k13"}),
    ]
    first = [person.commands(command)[0] for person, command in asked]
    assert all(reply["ok"] for reply in first), first
    head = debate.organiser.records()
    assert [person.commands(command)[0] for person, command in asked] == first
    assert debate.organiser.records() == head


async def test_same_id_other_body(make_debate: MakeDebate) -> None:
    """The same id with another body is `id.reused`; ids are each person's own."""
    debate = make_debate()
    member, other = debate.join(), debate.join()
    member.commands({"do": "post", "id": "mine", "text": "first"})
    for body in (
        {"do": "post", "id": "mine", "text": "second"},
        {"do": "post", "id": "mine", "text": "first", "questions": [1]},
        {"do": "withdraw", "id": "mine", "contribution": 1},
    ):
        assert member.commands(body)[0]["code"] == "id.reused", body
    assert other.commands({"do": "post", "id": "mine", "text": "first"})[0]["contribution"] == 2
    assert member.commands({"text": "first", "id": "mine", "do": "post"})[0]["contribution"] == 1


async def test_refused_id_may_be_used_again(make_debate: MakeDebate) -> None:
    """Refusals are not remembered: the id is decided anew, with the same or another body."""
    debate = make_debate("lobby")
    member = debate.join()
    given = {"do": "post", "id": "again", "text": "hello"}
    assert member.commands(given)[0]["code"] == "phase.not_live"
    assert member.commands({**given, "text": ""})[0]["code"] == "text.empty"
    debate.chair.must("move_to", phase="live")
    reply = member.commands({**given, "text": "hello, now"})[0]
    assert (reply["ok"], reply["contribution"]) == (True, 1)
    assert member.commands(given)[0]["code"] == "id.reused"


async def test_pace_is_not_paid_twice(make_debate: MakeDebate) -> None:
    """A repeated id costs no pace; too fast is refused with the seconds to wait."""
    debate = make_debate(rules={"pace_per_minute": 1, "pace_burst": 2})
    member = debate.join()
    given = {"do": "post", "id": "paced", "text": "once"}
    replies = [member.commands(given)[0] for _ in range(5)]
    assert replies == replies[:1] * 5
    assert replies[0]["ok"] is True
    member.must("post", text="the burst's second")
    refused = member.do("post", text="the burst's third")
    assert refused["code"] == "pace.too_fast"
    assert 0 < refused["retry_after"] <= 60
    assert member.commands(given) == replies[:1]


async def test_same_id_across_restarts(start_service: StartService) -> None:
    """A reply is remembered across SIGTERM and SIGKILL; an epoch and a seq stay good for resuming."""
    service = start_service()
    debate = new_debate(service)
    member = debate.join()
    given = {"do": "post", "id": "lasting", "text": "said once"}
    first = member.commands(given)
    at = member.snapshot()
    for stop in (service.kill, service.stop, service.kill):
        stop()
        service.start()
        async with member.live(epoch=at["epoch"], seq=first[0]["seq"] - 1) as live:
            assert live.hello["resume"] == "replayed"
            assert await live.ask(given) == first[0]
            await live.until_seq(first[0]["seq"])
            assert live.records[0]["text"] == "said once"
            assert (await live.ask({**given, "text": "other"}))["code"] == "id.reused"
    posted = [record for record in member.records() if record["type"] == "contribution.posted"]
    assert [record["text"] for record in posted] == ["said once"]


def test_command_that_changed_nothing_is_remembered_across_restarts(start_service: StartService) -> None:
    """An accepted command without a record gives the same reply after a restart too, and does nothing."""
    service = start_service()
    debate = new_debate(service)
    given = {"do": "freeze", "id": "freeze-once", "on": False}
    first = debate.chair.commands(given)
    assert first[0]["ok"] is True
    debate.chair.must("freeze", on=True)
    assert debate.chair.commands(given) == first
    service.stop()
    service.start()
    assert debate.chair.commands(given) == first
