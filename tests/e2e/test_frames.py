"""What arrives on a stream and is no proper command: answered by name where it has an id, else closed."""

import json
import time
from collections.abc import Callable
from typing import Any

import pytest

from tests.e2e.client import Debate, Live, Message

MakeDebate = Callable[..., Debate]

# Commands without the fields they need, and two words that are no commands.
UNREADABLE = ["report", "mute", "block", "release", "refuse", "admit", "carry_in", "erase"]
UNREADABLE += ["summarise", "start_round", "resolve_report", "unmute", "unblock", "check"]


@pytest.mark.parametrize(
    ("frame", "code"),
    [
        pytest.param(b'{"do":"post","id":"b","text":"binary"}', 1003, id="binary"),
        pytest.param("this is not JSON", 4503, id="not JSON"),
        pytest.param("", 4503, id="empty"),
        pytest.param("[]", 4503, id="an array"),
        pytest.param('[{"do":"post","id":"a","text":"in an array"}]', 4503, id="a command in an array"),
        pytest.param("null", 4503, id="null"),
        pytest.param('{"do":"post","text":"no id"}', 4503, id="no id"),
        pytest.param('{"do":"post","id":7,"text":"a number"}', 4503, id="the id a number"),
        pytest.param('{"do":"post","id":null,"text":"null"}', 4503, id="the id null"),
        pytest.param('{"do":"post","id":"s","text":"\\ud800"}', 4503, id="lone surrogate in the text"),
        pytest.param('{"do":"post","id":"\\udfff","text":"x"}', 4503, id="lone surrogate in the id"),
        pytest.param('{"do":"post","id":"n","text":NaN}', 4503, id="NaN"),
        pytest.param('{"do":"post","id":"t","text":"cut off', 4503, id="cut off"),
        pytest.param(
            '{"do":"post","id":"d","text":' + "[" * 30_000 + "]" * 30_000 + "}", 4503, id="deep array"
        ),
        pytest.param(
            '{"do":"post","id":"e","text":' + '{"a":' * 9_000 + "1" + "}" * 9_001, 4503, id="deep object"
        ),
        pytest.param("[" * 60_000, 4503, id="deep and cut off"),
        pytest.param('{"do":"post","id":"l","text":"' + "x" * 65_536 + '"}', 1009, id="too large"),
    ],
)
async def test_frame_that_cannot_be_answered_closes(make_debate: MakeDebate, frame: Any, code: int) -> None:
    """A frame without a readable id ends its stream with the documented code, and nobody else's."""
    debate = make_debate()
    head = debate.onlooker.snapshot()["seq"]
    async with debate.onlooker.live() as other:
        async with debate.chair.live() as live:
            await live.socket.send(frame)
            assert await live.closed() == code
            assert live.replies == {}
        assert debate.onlooker.snapshot()["seq"] == head
        await other.until_seq(debate.chair.must("post", text="life goes on")["seq"])


async def test_text_frame_that_is_not_utf8_closes(make_debate: MakeDebate) -> None:
    """Bytes that are not UTF-8 in a text frame are 1007."""
    async with make_debate().chair.live() as live:
        await live.socket.send(b'{"do":"post","id":"u","text":"\xff\xfe"}', text=True)
        assert await live.closed() == 1007


async def test_hello_that_is_binary_or_too_large_closes(make_debate: MakeDebate) -> None:
    """The limits hold before the hello too."""
    debate = make_debate()
    for frame, code in ((b'{"do":"hello"}', 1003), ('{"do":"hello","token":"' + "x" * 65_536 + '"}', 1009)):
        live = await debate.onlooker.dial()
        await live.socket.send(frame)
        assert await live.closed() == code


async def test_frame_of_64_kib_is_taken(make_debate: MakeDebate) -> None:
    """A frame of exactly 64 KiB is read, and refused for what is in it."""
    async with make_debate().chair.live() as live:
        empty = json.dumps({"do": "post", "id": "big", "text": ""})
        frame = json.dumps({"do": "post", "id": "big", "text": "x" * (65_536 - len(empty))})
        assert len(frame) == 65_536
        await live.socket.send(frame)
        await live.until(lambda: "big" in live.replies)
        assert live.replies["big"][0]["code"] == "text.too_long"


async def test_fragmented_frame_is_one_command(make_debate: MakeDebate) -> None:
    """A message may come in several WebSocket fragments."""
    async with make_debate().chair.live() as live:
        await live.socket.send(iter(['{"do":"post","id":"f",', '"text":"in', ' pieces"}']))
        await live.until(lambda: "f" in live.replies)
        assert live.replies["f"][0]["ok"] is True


@pytest.mark.parametrize(
    ("command", "named"),
    [
        ({"do": "shout", "text": "x"}, "shout"),
        ({"do": 7}, "command 7"),
        ({}, "command"),
        ({"do": "post"}, "text"),
        ({"do": "post", "text": 7}, "text"),
        ({"do": "post", "text": None}, "text"),
        ({"do": "post", "text": ["x"]}, "text"),
        ({"do": "post", "text": "x", "wat": 1}, "wat"),
        ({"do": "post", "text": "x", "colour\u2028": 1}, "colour"),
        ({"do": "post", "text": "a\u0000b"}, "U+0000"),
        ({"do": "post", "text": "a\u0007b"}, "U+0007"),
        ({"do": "post", "text": "x", "reply_to": 0}, "reply_to"),
        ({"do": "post", "text": "x", "reply_to": -1}, "reply_to"),
        ({"do": "post", "text": "x", "reply_to": "1"}, "reply_to"),
        ({"do": "post", "text": "x", "reply_to": 1.5}, "reply_to"),
        ({"do": "post", "text": "x", "reply_to": True}, "reply_to"),
        ({"do": "post", "text": "x", "reply_to": 2**63}, "reply_to"),
        ({"do": "post", "text": "x", "reply_to": 10**400}, "reply_to"),
        ({"do": "post", "text": "x", "questions": 1}, "questions"),
        ({"do": "post", "text": "x", "questions": ["1"]}, "questions"),
        ({"do": "post", "text": "x", "questions": [0]}, "questions"),
        ({"do": "post", "text": "x", "questions": [[[[[[1]]]]]]}, "questions"),
        ({"do": "post", "text": "x", "language": 7}, "language"),
        ({"do": "endorse", "contribution": 1, "on": "yes"}, "on"),
        ({"do": "endorse", "contribution": 1}, "on"),
        ({"do": "take_seat", "seat": 0}, "seat"),
        ({"do": "take_seat", "seat": 2**70}, "seat"),
        ({"do": "raise_hand", "note": 1}, "note"),
        ({"do": "raise_hand", "note": "a\u0000b"}, "U+0000"),
        ({"do": "leave_seat", "seat": 1}, "seat"),
        ({"do": "focus", "question": "1"}, "question"),
        ({"do": "move_to", "phase": "party"}, "phase"),
        ({"do": "move_to"}, "phase"),
        ({"do": "hide", "contribution": "1"}, "contribution"),
        ({"do": "set_rules", "entry": "loudest"}, "entry"),
        ({"do": "set_rules", "exit": "never"}, "exit"),
        ({"do": "set_rules", "posting": "three_streams"}, "posting"),
        ({"do": "set_rules", "moderation": "later"}, "moderation"),
        ({"do": "set_rules", "colour": "red"}, "colour"),
        ({"do": "set_door", "door": "ajar"}, "door"),
        *(({"do": name}, name) for name in UNREADABLE),
    ],
    ids=lambda value: json.dumps(value)[:60],
)
async def test_malformed_command_is_answered_by_name(
    make_debate: MakeDebate, command: dict[str, Any], named: str
) -> None:
    """A command with an id gets `bad_request` naming what was wrong, the same on both ways in."""
    debate = make_debate()
    head = debate.onlooker.snapshot()["seq"]
    async with debate.chair.live() as live:
        reply = await live.ask({"id": "odd", **command})
        assert (reply["ok"], reply["code"]) == (False, "bad_request"), reply
        assert named in reply["message"], reply
        assert set(reply) == {"type", "reply", "ok", "code", "message"}
        assert debate.chair.commands({"id": "odd", **command}) == [reply]
        assert debate.onlooker.snapshot()["seq"] == head
        assert (await live.ask({"do": "post", "id": "odd", "text": "the same id, well-formed"}))["ok"] is True


@pytest.mark.parametrize("id", ["", "x" * 65, "a\u0000b"], ids=["empty", "65 long", "NUL"])
async def test_id_outside_its_bounds_is_not_accepted(make_debate: MakeDebate, id: str) -> None:
    """An id has 1 to 64 characters; any other is answered `bad_request` or closed, and stores nothing."""
    debate = make_debate()
    head = debate.onlooker.snapshot()["seq"]
    async with debate.chair.live() as live:
        await live.send({"do": "post", "id": id, "text": "x"})
        await live.until(lambda: bool(live.replies) or live.close_code is not None)
        if live.close_code is not None:
            assert live.close_code == 4503
        else:
            assert live.replies[id][0]["code"] == "bad_request"
    assert debate.onlooker.snapshot()["seq"] == head


async def test_id_of_64_code_points_is_taken(make_debate: MakeDebate) -> None:
    """64 characters are 64 characters in any script."""
    async with make_debate().chair.live() as live:
        assert (await live.ask({"do": "post", "id": "\U0001f41f" * 64, "text": "fish"}))["ok"] is True


async def test_text_is_refused_for_its_length(make_debate: MakeDebate) -> None:
    """`text.empty`, `text.too_long`; 500 graphemes are 500 however many code points each has."""
    async with make_debate().chair.live() as live:
        cases = {
            "": "text.empty",
            " \n\t ": "text.empty",
            "x" * 501: "text.too_long",
            "e\u0301" * 501: "text.too_long",
        }
        for text, code in cases.items():
            assert (await live.do("post", text=text))["code"] == code, text[:10]
        for text in ("x" * 500, "é" * 500, "\U0001f468\u200d\U0001f469" * 500):
            assert (await live.do("post", text=text))["ok"] is True, text[:10]


async def test_flood_is_refused_not_closed(make_debate: MakeDebate) -> None:
    """Beyond 100 frames a second commands are refused `pace.too_fast`; each has its reply, none is lost."""
    debate = make_debate(rules={"pace_per_minute": 6})
    async with debate.join().live() as live:
        await _flood(live, 1000)
        codes = [live.replies[f"flood-{number}"][0].get("code") for number in range(1000)]
        assert set(codes[:3]) == {"right.missing"}
        assert codes.count("pace.too_fast") >= 50
        assert all(len(replies) == 1 for replies in live.replies.values())


async def test_flood_by_http_is_refused_alike(make_debate: MakeDebate) -> None:
    """Lists of commands have the same limit: a hand goes up and down a hundred times a second, no more."""
    debate = make_debate(rules={"pace_per_minute": 6})
    member = debate.join()
    begun = time.monotonic()
    replies: list[Message] = []
    for page in range(10):
        hands = ("raise_hand", "lower_hand")
        replies += member.commands([{"do": hands[n % 2], "id": f"{page}.{n}"} for n in range(100)])
    seconds = time.monotonic() - begun
    assert len([reply for reply in replies if reply["ok"]]) <= 100 * (seconds + 1)
    assert {reply["code"] for reply in replies if not reply["ok"]} == {"pace.too_fast"}
    assert replies[-1]["retry_after"] > 0
    assert debate.join().do("raise_hand")["ok"] is True, "nobody else is held up"


async def test_flood_without_pace_is_all_decided(make_debate: MakeDebate) -> None:
    """With `pace_per_minute` 0 there is no limit of frames."""
    async with make_debate().join().live() as live:
        await _flood(live, 300)
        assert {live.replies[f"flood-{number}"][0]["code"] for number in range(300)} == {"right.missing"}


async def _flood(live: Live, number: int) -> None:
    for each in range(number):
        await live.send({"do": "freeze", "id": f"flood-{each}", "on": True})
    await live.until(lambda: len(live.replies) == number)
