"""One connection, from its hello to its end, with a peer that only notes what it is told."""

from __future__ import annotations

import asyncio
import json
from dataclasses import dataclass
from typing import Any

import pytest

from fishbowl.debate.vocabulary import Role
from fishbowl.live.admission import Admission
from fishbowl.live.connection import Connection
from fishbowl.live.debate import LiveDebate
from fishbowl.live.frames import Frame
from fishbowl.live.ring import Ring
from fishbowl.live.session import Close
from fishbowl.live.views import ONLOOKER, Reader
from tests.fakes import FakeClock
from tests.live.stage import Stage, stage


class Phone:
    """The other end."""

    def __init__(self) -> None:
        self.frames: list[Frame] = []
        self.closed: int | None = None

    def write(self, frame: Frame) -> None:
        assert self.closed is None, "nothing is written after the end"
        self.frames.append(frame)

    def buffered(self) -> int:
        return 0

    def close(self, code: int, reason: str = "") -> None:
        self.closed = code

    @property
    def messages(self) -> list[dict[str, Any]]:
        return [message for frame in self.frames for message in json.loads(frame.payload)]

    def numbers(self) -> list[int]:
        return [each["contribution"] for each in self.messages if each["type"] == "contribution.posted"]


@dataclass
class Guest:
    reader: Reader


@dataclass
class Visiting:
    debate: LiveDebate
    who: Guest
    asker: str | None


def connect(
    played: Stage, reader: Reader = ONLOOKER, admission: Admission | None = None, known: bool = True
) -> tuple[Connection, Phone]:
    async def resolve(token: str | None) -> Visiting | None:
        return Visiting(played.debate, Guest(reader), reader.person) if known else None

    phone = Phone()
    return Connection(phone, resolve, admission or Admission(0, 0, 0), "127.0.0.1"), phone


async def says(connection: Connection, **fields: Any) -> None:
    connection.received(json.dumps(fields).encode())
    for _ in range(30):
        await asyncio.sleep(0)


async def test_hello_without_a_seq_hears_what_follows(clock: FakeClock) -> None:
    """`current`: nothing of the past, everything from the head on."""
    async with stage(clock) as played:
        cleo = await played.joins()
        await played.does(cleo, "post", text="before")
        connection, phone = connect(played)
        await says(connection, do="hello")
        assert [message["type"] for message in phone.messages] == ["hello"]
        hello = phone.messages[0]
        assert (hello["resume"], hello["seq"], hello["epoch"]) == ("current", played.debate.head, "epoch")
        assert hello["retry"]["min"] < hello["retry"]["max"]
        assert hello["you"] is None
        await played.does(cleo, "post", "after", text="after")
        await played.settles()
        assert phone.numbers() == [2]


@pytest.mark.parametrize("ring_size", [4096, 3])
async def test_hello_with_a_seq_gets_exactly_what_was_missed(clock: FakeClock, ring_size: int) -> None:
    """`replayed`: from the client's seq on, without gap or repetition, from the ring or the log."""
    async with stage(clock) as played:
        cleo = await played.joins()
        for number in range(8):
            await played.does(cleo, "post", f"{number}", text=f"point {number}")
        if ring_size < 8:
            played.debate.ring = played.debate.hub.ring = Ring(played.debate.head, ring_size)
            await played.does(cleo, "post", "last", text="in the ring")
        seq = played.debate.head - 6
        connection, phone = connect(played)
        await says(connection, do="hello", epoch="epoch", seq=seq)
        for _ in range(20):
            await asyncio.sleep(0)
        assert phone.messages[0]["resume"] == "replayed"
        seqs = [message["seq"] for message in phone.messages[1:]]
        assert seqs == list(range(seq + 1, played.debate.head + 1))


@pytest.mark.parametrize(
    "stand", [{"seq": 5}, {"seq": 5, "epoch": "another"}, {"seq": 10_000, "epoch": "epoch"}]
)
async def test_where_the_stand_is_unknown_a_snapshot_follows(clock: FakeClock, stand: dict[str, Any]) -> None:
    """A seq without epoch, of another epoch, or of the future: never a partial replay."""
    async with stage(clock) as played:
        connection, phone = connect(played)
        await says(connection, do="hello", **stand)
        assert [message["type"] for message in phone.messages] == ["hello", "snapshot"]
        assert phone.messages[0]["resume"] == "snapshot"
        assert phone.messages[1]["seq"] == phone.messages[0]["seq"] == played.debate.head


async def test_nothing_missed_is_current(clock: FakeClock) -> None:
    """Who comes back before anything happened is told so, and sent nothing."""
    async with stage(clock) as played:
        connection, phone = connect(played)
        await says(connection, do="hello", epoch="epoch", seq=played.debate.head)
        assert [message.get("resume") for message in phone.messages] == ["current"]


async def test_a_command_is_answered_by_its_id(clock: FakeClock) -> None:
    """A reply says whether, with which record and which number; a refusal says why."""
    async with stage(clock) as played:
        cleo = await played.joins()
        connection, phone = connect(played, Reader(cleo, Role.PARTICIPANT))
        await says(connection, do="hello")
        await says(connection, do="post", id="a", text="hello")
        await says(connection, do="hide", id="b", contribution=1)
        await says(connection, do="dance", id="c")
        replies = {each["reply"]: each for each in phone.messages if each["type"] == "reply"}
        assert replies["a"] | {"seq": 0} == {
            "type": "reply", "reply": "a", "ok": True, "seq": 0, "contribution": 1, "status": "posted"
        }  # fmt: skip
        assert (replies["b"]["ok"], replies["b"]["code"]) == (False, "right.missing")
        assert (replies["c"]["ok"], replies["c"]["code"]) == (False, "bad_request")
        assert phone.closed is None


async def test_commands_may_follow_the_hello_in_the_same_breath(clock: FakeClock) -> None:
    """What comes while the hello is being looked up waits for it and is carried out once, in order."""
    async with stage(clock) as played:
        cleo = await played.joins()
        connection, phone = connect(played, Reader(cleo, Role.PARTICIPANT))
        connection.received(b'{"do":"hello"}')
        connection.received(b'{"do":"post","id":"1","text":"one"}')
        await says(connection, do="post", id="2", text="two")
        assert phone.messages[0]["type"] == "hello"
        assert phone.numbers() == [1, 2]


async def test_who_may_not_read_is_closed_like_who_does_not_exist(clock: FakeClock) -> None:
    """4501, and not one message before it."""
    async with stage(clock) as played:
        connection, phone = connect(played, known=False)
        await says(connection, do="hello", token="ended")
        assert (phone.closed, phone.frames) == (Close.REVOKED, [])


async def test_a_protocol_error_ends_the_connection(clock: FakeClock) -> None:
    """4503; the debate no longer counts it, and what follows is not heard."""
    async with stage(clock) as played:
        connection, phone = connect(played)
        await says(connection, do="hello")
        assert len(played.debate.hub) == 1
        await says(connection, do="hello")
        assert phone.closed == Close.PROTOCOL_ERROR
        assert len(played.debate.hub) == 0


async def test_one_too_many_is_told_to_come_later(clock: FakeClock) -> None:
    """4013 beyond the limits in all, of one address, of one person; a place left is free again."""
    async with stage(clock) as played:
        cleo = await played.joins()
        for admission in (Admission(1, 0, 0), Admission(0, 1, 0)):
            first, _ = connect(played, admission=admission)
            _, refused = connect(played, admission=admission)
            assert refused.closed == Close.TOO_MANY
            first.lost()
            _, again = connect(played, admission=admission)
            assert again.closed is None
        admission = Admission(0, 0, 1)
        one, _ = connect(played, Reader(cleo, Role.PARTICIPANT), admission)
        await says(one, do="hello")
        two, phone = connect(played, Reader(cleo, Role.PARTICIPANT), admission)
        await says(two, do="hello")
        assert phone.closed == Close.TOO_MANY
        assert admission.open == 1


async def test_a_connection_lost_leaves_nothing_behind(clock: FakeClock) -> None:
    """Lost before, during or after its hello: no listener, no place taken, no answer written."""
    async with stage(clock) as played:
        admission = Admission(0, 0, 0)
        cleo = await played.joins()
        early, _ = connect(played, admission=admission)
        early.lost()
        during, _ = connect(played, admission=admission)
        during.received(b'{"do":"hello"}')
        during.lost()
        after, phone = connect(played, Reader(cleo, Role.PARTICIPANT), admission)
        await says(after, do="hello")
        played.log.gate.clear()
        after.received(b'{"do":"post","id":"1","text":"one"}')
        after.lost()
        written = len(phone.frames)
        played.log.gate.set()
        await played.settles()
        assert (admission.open, len(played.debate.hub), len(phone.frames)) == (0, 0, written)
        assert await played.debate.read(lambda state: len(state.contributions)) == 1


async def test_link_that_ends_during_the_hello_hears_nothing(clock: FakeClock) -> None:
    """Who could read when they said hello, and may not when it is answered, is closed without a word."""
    async with stage(clock) as played:
        answers: list[Visiting | None] = [Visiting(played.debate, Guest(ONLOOKER), None), None]

        async def resolve(token: str | None) -> Visiting | None:
            return answers.pop(0)

        phone = Phone()
        connection = Connection(phone, resolve, Admission(0, 0, 0), "127.0.0.1")
        await says(connection, do="hello")
        assert (phone.closed, phone.frames) == (Close.REVOKED, [])
        assert len(played.debate.hub) == 0
