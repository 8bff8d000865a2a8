"""The first word on a stream, and coming back: `current`, `replayed`, `snapshot`, and what closes it."""

import re
from collections.abc import Callable
from typing import Any

import pytest

from tests.e2e.client import Debate, Live, dial

MakeDebate = Callable[..., Debate]
RFC_3339_MS = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z")


async def test_hello_without_seq_is_current(make_debate: MakeDebate) -> None:
    """Without `seq` a stream begins at the head: what was before does not come, what is after does."""
    debate = make_debate()
    head = debate.chair.must("post", text="before")["seq"]
    async with debate.onlooker.live() as live:
        assert live.hello["resume"] == "current"
        assert live.hello["seq"] == head
        assert live.hello["epoch"] == debate.onlooker.snapshot()["epoch"]
        assert live.hello["you"] is None
        assert RFC_3339_MS.fullmatch(live.hello["now"])
        assert 0 <= live.hello["retry"]["min"] < live.hello["retry"]["max"]
        after = debate.chair.must("post", text="after")["seq"]
        await live.until_seq(after)
        assert [(record["seq"], record.get("text")) for record in live.records] == [(after, "after")]


async def test_hello_tells_a_person_who_they_are(make_debate: MakeDebate) -> None:
    """`you` is the person the token stands for."""
    debate = make_debate()
    member = debate.join()
    async with member.live() as live:
        you = live.hello["you"]
        assert (you["person"], you["name"], you["role"]) == (member.person, member.name, "participant")
        assert re.fullmatch(r"[A-Za-z0-9_]{1,20}", you["handle"])


async def test_resume_with_nothing_missed_is_current(make_debate: MakeDebate) -> None:
    """At the head there is nothing to replay."""
    debate = make_debate()
    at = debate.onlooker.snapshot()
    async with debate.onlooker.live(epoch=at["epoch"], seq=at["seq"]) as live:
        assert live.hello["resume"] == "current"
        assert live.hello["seq"] == at["seq"]


async def test_resume_replays_everything_missed(make_debate: MakeDebate) -> None:
    """From any seq on, exactly the records of `/records` after it come, then the new ones."""
    debate = make_debate()
    for number in range(20):
        debate.chair.must("post", text=f"number {number}")
    at = debate.onlooker.snapshot()
    for seq in (0, 1, at["seq"] - 20, at["seq"] - 7, at["seq"] - 1):
        expected = debate.onlooker.records(since=seq)
        async with debate.onlooker.live(epoch=at["epoch"], seq=seq) as live:
            assert live.hello["resume"] in {"replayed", "snapshot"}
            if live.hello["resume"] == "snapshot":
                assert seq == 0, "a seq just left behind is replayed"
                continue
            await live.until_seq(at["seq"])
            assert live.records == expected


@pytest.mark.parametrize(
    "stale",
    [
        pytest.param(lambda at: {"seq": at["seq"]}, id="seq without epoch"),
        pytest.param(lambda at: {"seq": at["seq"], "epoch": "another"}, id="another epoch"),
        pytest.param(lambda at: {"seq": at["seq"] + 1, "epoch": at["epoch"]}, id="one beyond the head"),
        pytest.param(lambda at: {"seq": 2**53, "epoch": at["epoch"]}, id="far beyond the head"),
    ],
)
async def test_resume_that_cannot_be_followed_gets_a_snapshot(
    make_debate: MakeDebate, stale: Callable[[Any], Any]
) -> None:
    """A seq that cannot be followed gets the whole, never a part; what comes later comes once."""
    debate = make_debate()
    debate.chair.must("post", text="said before")
    at = debate.onlooker.snapshot()
    async with debate.onlooker.live(**stale(at)) as live:
        assert live.hello["resume"] == "snapshot"
        assert live.snapshot is not None
        assert live.snapshot["type"] == "snapshot"
        assert live.snapshot["seq"] == live.hello["seq"] == at["seq"]
        assert set(live.snapshot) - {"type"} == set(at)
        assert [said["text"] for said in live.snapshot["contributions"]] == ["said before"]
        after = debate.chair.must("post", text="said after")["seq"]
        await live.until_seq(after)
        assert [record["seq"] for record in live.records] == [after]


async def test_epoch_without_seq_is_current(make_debate: MakeDebate) -> None:
    """Without `seq`: `current`, whatever else the hello says."""
    debate = make_debate()
    async with debate.onlooker.live(epoch="another") as live:
        assert live.hello["resume"] == "current"


async def test_command_before_hello_closes(make_debate: MakeDebate) -> None:
    """A command before the hello is 4503, and stores nothing."""
    debate = make_debate()
    head = debate.onlooker.snapshot()["seq"]
    live = await debate.chair.dial()
    await live.send({"do": "post", "id": "early", "text": "too early"})
    assert await live.closed() == 4503
    assert debate.onlooker.snapshot()["seq"] == head


async def test_second_hello_closes(make_debate: MakeDebate) -> None:
    """There is one hello per stream."""
    debate = make_debate()
    async with debate.onlooker.live() as live:
        await live.send({"do": "hello"})
        assert await live.closed() == 4503


async def test_no_hello_within_ten_seconds_closes(make_debate: MakeDebate) -> None:
    """A socket that says nothing is closed with 4503; one that said hello stays."""
    debate = make_debate()
    async with debate.onlooker.live() as stays:
        silent = await debate.onlooker.dial()
        assert await silent.closed() == 4503
        after = debate.chair.must("post", text="still here?")["seq"]
        await stays.until_seq(after)


@pytest.mark.parametrize(
    "hello",
    [
        {"do": "hello", "seq": "1"},
        {"do": "hello", "seq": -1},
        {"do": "hello", "seq": 1.5},
        {"do": "hello", "epoch": 7},
        {"do": "hello", "token": 7},
        {"do": "hello", "seq": 10**400},
        {"do": "hello", "wat": 1},
        {"do": "hello", "seq": True},
    ],
    ids=str,
)
async def test_malformed_hello_closes(make_debate: MakeDebate, hello: Any) -> None:
    """A hello carries no id to answer to: a malformed one is 4503."""
    live = await make_debate().onlooker.dial()
    await live.send(hello)
    assert await live.closed() == 4503


async def test_wrong_token_is_told_nothing(make_debate: MakeDebate) -> None:
    """An unknown token, an unknown debate and one that may not be read are closed with the same 4501."""
    debate = make_debate()
    codes = []
    for slug, token in ((debate.slug, "x" * 27), ("no-such-debate", None), ("no-such-debate", "x" * 27)):
        live = Live(await dial(debate.service, slug))
        await live.send({"do": "hello", **({} if token is None else {"token": token})})
        codes.append(await live.closed())
        assert not live.hello
    assert codes == [4501, 4501, 4501]


async def test_archived_debate_still_answers(make_debate: MakeDebate) -> None:
    """An `archived` debate answers a hello, and replays."""
    debate = make_debate("archived")
    at = debate.onlooker.snapshot()
    async with debate.onlooker.live(epoch=at["epoch"], seq=at["seq"] - 2) as live:
        await live.until_seq(at["seq"])
        assert live.records == debate.onlooker.records(since=at["seq"] - 2)
