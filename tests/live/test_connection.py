"""One connection, from its hello to its end, with a peer that only notes what it is told."""

from __future__ import annotations

import asyncio
import json
from typing import Any

import pytest

from fishbowl.debate.vocabulary import Role
from fishbowl.live.admission import Admission
from fishbowl.live.connection import Connection
from fishbowl.live.frames import Frame
from fishbowl.live.hub import MOST_BUFFERED
from fishbowl.live.pieces import PIECE_BYTES
from fishbowl.live.ring import Ring
from fishbowl.live.session import Close
from fishbowl.live.views import ONLOOKER, Reader
from tests.fakes import FakeClock
from tests.live.stage import Stage, stage
from tests.live.visits import Guest, Visiting


class Phone:
    """The other end."""

    def __init__(self) -> None:
        self.frames: list[Frame] = []
        self.closed: int | None = None
        self.unread = 0
        self.rests: list[float] = []

    def write(self, frame: Frame) -> None:
        assert self.closed is None, "nothing is written after the end"
        self.frames.append(frame)
        self.unread += len(frame.payload)

    def buffered(self) -> int:
        return self.unread

    def rest(self, seconds: float) -> None:
        self.rests.append(seconds)

    def reads(self) -> None:
        """Take everything that was written."""
        self.unread = 0

    def close(self, code: int, reason: str = "") -> None:
        self.closed = code

    @property
    def messages(self) -> list[dict[str, Any]]:
        return [message for frame in self.frames for message in json.loads(frame.payload)]

    def numbers(self) -> list[int]:
        return [each["contribution"] for each in self.messages if each["type"] == "contribution.posted"]


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


@pytest.mark.parametrize("is_started_anew", [False, True])
async def test_hello_with_a_seq_gets_exactly_what_was_missed(clock: FakeClock, is_started_anew: bool) -> None:
    """`replayed`: from the client's seq on, without gap or repetition, from the ring or the log."""
    async with stage(clock) as played:
        cleo = await played.joins()
        for number in range(8):
            await played.does(cleo, "post", f"{number}", text=f"point {number}")
        if is_started_anew:
            played.debate.ring = played.debate.hub.ring = Ring(played.debate.head)
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


async def test_a_long_replay_goes_out_as_it_is_read(clock: FakeClock) -> None:
    """Who reads slowly gets every missed record, once, in order, and never much ahead of their reading."""
    async with stage(clock) as played:
        cleo = await played.joins()
        for number in range(1600):
            await played.does(cleo, "post", f"{number}", text="x" * 500)
        connection, phone = connect(played)
        await says(connection, do="hello", epoch="epoch", seq=3)
        pauses = 0
        while len(phone.numbers()) < 1600:
            assert phone.unread < MOST_BUFFERED + 2 * PIECE_BYTES
            phone.reads()
            connection.drained()
            pauses += 1
            assert pauses < 100
        assert pauses > 2
        seqs = [message["seq"] for message in phone.messages[1:] if "seq" in message]
        assert seqs == list(range(4, played.debate.head + 1))
        assert connection.lagging_since is None


async def test_what_is_hidden_during_a_replay_is_not_replayed(clock: FakeClock) -> None:
    """The rest of a long replay is cut from the ring as it is then: a text hidden meanwhile is gone."""
    async with stage(clock) as played:
        cleo = await played.joins()
        for number in range(1600):
            await played.does(cleo, "post", f"{number}", text=f"secret {number} " + "x" * 450)
        connection, phone = connect(played)
        await says(connection, do="hello", epoch="epoch", seq=3)
        assert 1600 not in phone.numbers()
        await played.does("chair", "hide", contribution=1600)
        for _ in range(10):
            phone.reads()
            connection.drained()
        assert 1600 in phone.numbers()
        assert "secret 1598 " in str(phone.messages)
        assert "secret 1599 " not in str(phone.messages)


async def test_one_reading_of_the_log_serves_all_who_come_back(clock: FakeClock) -> None:
    """After a start the ring is empty; a hundred who resume together cost the log what one does."""
    async with stage(clock) as played:
        cleo = await played.joins()
        for number in range(400):
            await played.does(cleo, "post", f"{number}", text="hello")
        played.debate.ring = played.debate.hub.ring = Ring(played.debate.head)
        before = played.log.reads
        phones = []
        for _ in range(100):
            connection, phone = connect(played)
            phones.append(phone)
            connection.received(b'{"do":"hello","epoch":"epoch","seq":10}')
        for _ in range(300):
            await asyncio.sleep(0)
        assert all(phone.messages[0]["resume"] == "replayed" for phone in phones)
        assert all(len(phone.numbers()) >= 395 for phone in phones)
        assert played.log.reads - before == 2, "two pages of the log"


async def test_what_is_answered_in_one_stroke_comes_in_one_frame(clock: FakeClock) -> None:
    """Replies to commands of one batch share a frame, in the order in which the commands came."""
    async with stage(clock) as played:
        cleo = await played.joins()
        connection, phone = connect(played, Reader(cleo, Role.PARTICIPANT))
        connection.received(b'{"do":"hello"}')
        await played.settles()
        seen = len(phone.frames)
        played.log.gate.clear()
        for id in ("a", "b", "c", "d"):
            connection.received(json.dumps({"do": "post", "id": id, "text": f"point {id}"}).encode())
            await asyncio.sleep(0)
        played.log.gate.set()
        await played.settles()
        replies = [
            [message["reply"] for message in json.loads(frame.payload) if message["type"] == "reply"]
            for frame in phone.frames[seen:]
        ]
        shared = [ids for ids in replies if ids]
        assert [id for ids in shared for id in ids] == ["a", "b", "c", "d"]
        assert len(shared) <= 2
        connection.lost()
