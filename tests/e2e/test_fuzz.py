"""Frames nobody would write: every one is answered as documented, and nothing breaks."""

import json
import random
import re
from collections import Counter
from collections.abc import Callable
from typing import Any

import pytest

from tests.e2e.client import Debate, Live, Person
from tests.e2e.fold import Fold, view_of
from tests.e2e.service import CHECKOUT

MakeDebate = Callable[..., Debate]

LONG = [pytest.mark.long, pytest.mark.timeout(0)]

FIELDS: dict[str, tuple[str, ...]] = {
    "post": ("text", "reply_to", "questions", "language"),
    "withdraw": ("contribution",),
    "endorse": ("contribution", "on"),
    "raise_hand": ("note",),
    "lower_hand": (),
    "take_seat": ("seat",),
    "leave_seat": (),
    "extend_turn": (),
    "hide": ("contribution", "reason", "note"),
    "restore": ("contribution", "reason", "note"),
    "erase": ("contribution", "person", "reason"),
    "thread": ("contribution", "reply_to"),
    "tag": ("contribution", "questions", "thread"),
    "highlight": ("contribution", "on"),
    "carry_in": ("contribution",),
    "freeze": ("on",),
    "move_to": ("phase",),
    "focus": ("question",),
    "open_seat": ("kind", "person"),
    "close_seat": ("seat", "reason"),
    "seat": ("person", "seat"),
    "invite": ("person", "seat"),
    "free_seat": ("seat", "reason"),
    "extend": ("seat", "seconds"),
    "announce": ("text",),
    "set_rules": ("posting", "entry", "exit", "grace_seconds", "max_length", "away_seconds"),
    "set_door": ("door", "join_code"),
    "add_question": ("text", "minutes", "gloss"),
    "edit_question": ("question", "text", "minutes", "gloss"),
    "move_question": ("question", "to"),
    "start_round": ("people", "title"),
    "end_round": (),
    "drop_question": ("question",),
}
SANE: dict[str, tuple[Any, ...]] = {
    "text": ("a text", "Q2 #fish @Chair", "x" * 300, "\U0001f41f" * 50),
    "language": ("en", "cy", "de-AT"),
    "note": ("a note",),
    "reason": ("off_topic", "a reason of its own"),
    "on": (True, False),
    "thread": (True, False),
    "phase": ("live", "live", "live", "paused", "wrap_up", "lobby"),
    "kind": ("open", "reserved"),
    "questions": ([], [1], [2, 3], [1, 1]),
    "posting": ("virtual", "two_stream", "classic"),
    "entry": ("queue", "claim"),
    "exit": ("make_room", "timed", "oldest_out", "say_your_piece", "chair"),
    "door": ("open", "shut", "code"),
    "join_code": ("otter",),
    "gloss": ("explained",),
    "seconds": (1, 60),
    "grace_seconds": (60,),
    "away_seconds": (90,),
    "max_length": (140, 500, 2000),
    "minutes": (5,),
}
NASTY: tuple[Any, ...] = (
    None, True, False, 0, -1, 1, 7, 2**31, 2**53, 2**63, -(2**63), 10**40, 0.5, -0.0, 1e308, "", " ", "\n",
    "0", "1", "null", "\u0000", "\u0007", "\u200b", "\u202e", "\ufeff", "e\u0301", "\u2028", "x" * 5000,
    "%s%n", "../..", "'; --", "<b>", [], [[]], [None], [1] * 300, {}, {"a": 1}, {"text": "x"},
    [[[[[[[1]]]]]]], "\U0010ffff", "archived?",
)  # fmt: skip


def _some_command(chance: random.Random, people: list[str]) -> dict[str, Any]:
    """A command by its name, with some of its fields, some of them sane, and now and then one too many."""
    name = chance.choice(list(FIELDS))
    given: dict[str, Any] = {"do": name if chance.random() < 0.98 else chance.choice(NASTY)}
    for field in FIELDS[name]:
        if chance.random() < 0.85:
            given[field] = _some_value(field, chance, people)
    if chance.random() < 0.03:
        given[chance.choice(["wat", "", "do ", "\u0000", "type", "seq", "text", "__class__"])] = 1
    return given


def _some_value(field: str, chance: random.Random, people: list[str]) -> Any:
    if chance.random() < 0.2:
        return chance.choice(NASTY)
    if field == "person":
        return chance.choice(people)
    return chance.choice(SANE.get(field, (1, 2, 3, 4, chance.randint(1, 400))))


def _documented_codes() -> set[str]:
    text = (CHECKOUT / "docs" / "protocol.md").read_text("utf-8")
    return set(re.findall(r"^\| `([a-z_.]+)` \|", text.partition("## Refusals")[2], re.MULTILINE))


@pytest.mark.parametrize(
    ("frames", "seed"),
    [
        pytest.param(100_000, 7, id="100,000 frames"),
        pytest.param(1_000_000, 8, id="1,000,000 frames", marks=LONG),
    ],
)
async def test_mutated_commands(make_debate: MakeDebate, frames: int, seed: int) -> None:
    """Commands of every kind with wrong and right values: each has one reply, each code is documented."""
    debate = make_debate(seats={"open": 2})
    chance = random.Random(seed)
    crowd = [debate.join() for _ in range(3)]
    askers: list[Person] = [*crowd, debate.speakers[0], debate.chair, debate.chair, debate.organiser]
    people = [person.person for person in crowd] + ["nobody", debate.speakers[0].snapshot()["you"]["person"]]
    lives = [await person.dial() for person in askers]
    for live, person in zip(lives, askers, strict=True):
        await live.say_hello(person.token)
    codes: Counter[str] = Counter()
    batch = 500
    for number in range(0, frames, batch):
        live = chance.choice(lives)
        ids = [f"{number + each}" for each in range(batch)]
        for id in ids:
            await live.send(_some_command(chance, people) | {"id": id})
        await _all_answered(live, batch)
        for id in ids:
            (reply,) = live.replies.pop(id)
            codes["ok" if reply["ok"] else reply["code"]] += 1
        assert not live.replies, "a reply nobody asked for"
        for each in lives:
            each.records.clear()
    assert set(codes) - {"ok"} <= _documented_codes(), codes
    assert codes["ok"] > frames / 20, codes
    for live in lives:
        await live.leave()
    records = debate.organiser.records()
    assert [record["seq"] for record in records] == list(range(1, len(records) + 1))
    fold = Fold()
    for record in records:
        fold.take(record)
    view = view_of(debate.organiser.snapshot(limit=1))
    assert {key: fold.view()[key] for key in view if key != "contributions"} == {
        key: view[key] for key in view if key != "contributions"
    }


async def _all_answered(live: Live, number: int) -> None:
    await live.until(lambda: len(live.replies) >= number)


async def test_mutated_bytes(make_debate: MakeDebate) -> None:
    """Frames with bytes changed, cut or doubled are answered, or closed with a documented code."""
    debate = make_debate()
    chance = random.Random(9)
    outcomes: Counter[str] = Counter()
    member = debate.join()
    for number in range(400):
        live = await member.dial()
        frame = bytearray(
            json.dumps({"do": "post", "id": f"m{number}", "text": "a text Q1", "reply_to": 1}).encode()
        )
        if chance.random() < 0.5:
            frame = bytearray(
                json.dumps({"do": "hello", "token": member.token, "seq": 4, "epoch": "e"}).encode()
            )
        else:
            await live.say_hello(member.token)
        for _ in range(chance.randint(1, 4)):
            _mutate(frame, chance)
        await live.socket.send(bytes(frame), text=True)
        await live.send({"do": "lower_hand", "id": "sentinel"})
        await live.until_answered("sentinel")
        outcomes[str(live.close_code or "answered")] += 1
        await live.leave()
    assert set(outcomes) <= {"answered", "4503", "1007", "4501"}, outcomes
    assert len(outcomes) >= 3, f"too tame: {outcomes}"


def _mutate(frame: bytearray, chance: random.Random) -> None:
    place = chance.randrange(len(frame))
    match chance.randrange(5):
        case 0:
            frame[place] = chance.randrange(256)
        case 1:
            del frame[place : place + chance.randint(1, 5)]
            frame += b" " if not frame else b""
        case 2:
            frame[place:place] = bytes(chance.randrange(256) for _ in range(chance.randint(1, 3)))
        case 3:
            frame[place:place] = frame[place : place + chance.randint(1, 20)]
        case 4:
            frame[place:place] = chance.choice(
                [b"[", b"{", b'"', b"\\", b"\\u0000", b"\\ud800", b",", b"null"]
            )
