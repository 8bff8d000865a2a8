"""The fold law over the wire: the records alone lead to the snapshot, after any play, for any reader."""

import random
from collections import Counter
from collections.abc import Callable
from typing import Any

import pytest

from tests.e2e.client import Debate, Live, Person
from tests.e2e.fold import Fold, view_of

MakeDebate = Callable[..., Debate]
Play = tuple[Person, str, dict[str, Any]]


@pytest.mark.parametrize(("entry", "leaving", "seed"), [("claim", "chair", 1), ("queue", "make_room", 2)])
async def test_fold_law(make_debate: MakeDebate, entry: str, leaving: str, seed: int) -> None:
    """Seats, hands, questions, people and contributions: folded from the records = the snapshot's."""
    debate = make_debate("lobby", rules={"entry": entry, "exit": leaving}, seats={"open": 2})
    chance = random.Random(seed)
    crowd = [debate.join() for _ in range(6)]
    outcomes: Counter[str] = Counter()
    folds = {name: Fold() for name in ("onlooker", "participant", "chair")}
    readers = {"onlooker": debate.onlooker, "participant": crowd[0], "chair": debate.chair}
    for turn in range(500):
        person, command, fields = _some_command(debate, crowd, chance, turn)
        reply = person.do(command, **fields)
        outcomes["ok" if reply["ok"] else reply["code"]] += 1
        assert reply["ok"] or reply["code"] != "service.failed", reply
        if turn % 25 == 24:
            for name, reader in readers.items():
                _follow(folds[name], reader)
    for phase in ("live", "wrap_up", "correction", "archived"):
        debate.chair.do("move_to", phase=phase)
        for name, reader in readers.items():
            _follow(folds[name], reader)
    assert outcomes["ok"] > 150, outcomes
    assert len(outcomes) >= 6, f"too tame a play: {outcomes}"


async def test_stream_that_drops_folds_alike(make_debate: MakeDebate) -> None:
    """A client that drops and resumes at random has every record once, and folds to the same."""
    debate = make_debate("lobby", rules={"entry": "claim", "exit": "chair"})
    chance = random.Random(5)
    crowd = [debate.join() for _ in range(4)]
    at = debate.onlooker.snapshot()
    got = debate.onlooker.records()
    for round_ in range(12):
        async with debate.onlooker.live(epoch=at["epoch"], seq=got[-1]["seq"]) as live:
            for turn in range(chance.randint(1, 12)):
                person, command, fields = _some_command(debate, crowd, chance, round_ * 40 + turn)
                person.do(command, **fields)
            if chance.random() < 0.7 and debate.onlooker.snapshot()["seq"] > got[-1]["seq"]:
                await _something(live)
            live.drop()
            got += live.records
        for turn in range(chance.randint(0, 12)):
            person, command, fields = _some_command(debate, crowd, chance, round_ * 40 + 20 + turn)
            person.do(command, **fields)
    async with debate.onlooker.live(epoch=at["epoch"], seq=got[-1]["seq"]) as live:
        head = live.hello["seq"]
        if live.hello["resume"] == "replayed":
            await live.until_seq(head)
        got += live.records
    assert [record["seq"] for record in got] == [record["seq"] for record in debate.onlooker.records()]
    fold = Fold()
    for record in got:
        fold.take(record)
    assert fold.view() == view_of(debate.onlooker.snapshot(limit=1000))


async def _something(live: Live) -> None:
    await live.until(lambda: bool(live.records))


def _follow(fold: Fold, reader: Person) -> None:
    """Take what is new, and compare. A chair sees what is hidden; the records tell everybody it is."""
    for record in reader.records(since=fold.seq):
        fold.take(record)
    seen, expected = fold.view(), view_of(reader.snapshot(limit=1000))
    assert {key: seen[key] for key in seen if key != "contributions"} == {
        key: expected[key] for key in expected if key != "contributions"
    }
    assert _without_hidden(seen) == _without_hidden(expected)


def _without_hidden(view: dict[str, Any]) -> dict[int, Any]:
    return {
        number: said | ({"text": None} if said["status"] == "hidden" else {})
        for number, said in view["contributions"].items()
    }


def _some_command(debate: Debate, crowd: list[Person], chance: random.Random, turn: int) -> Play:
    """One command somebody might give: mostly sensible, now and then not."""
    number, seat = chance.randint(1, max(1, turn // 3)), chance.randint(1, 5)
    anybody = chance.choice([*crowd, *crowd, *debate.speakers, debate.chair])
    sitter = chance.choice([*crowd, *debate.speakers])
    somebody = chance.choice(crowd).person
    questions = [chance.randint(1, 3)]
    said: Play = (anybody, "post", {"text": f"turn {turn}" + chance.choice(["", " #fish", " Q2", " A1"])})
    reply: Play = (anybody, "post", {"text": f"turn {turn}", "reply_to": number})
    return chance.choice(
        [
            said, said, said, reply, reply,
            (anybody, "post", {"text": f"turn {turn}", "questions": questions}),
            (anybody, "withdraw", {"contribution": number}),
            (anybody, "endorse", {"contribution": number, "on": chance.random() < 0.7}),
            (sitter, "raise_hand", {}), (sitter, "raise_hand", {"note": "please"}),
            (sitter, "raise_hand", {}), (sitter, "lower_hand", {}),
            (sitter, "take_seat", {}), (sitter, "take_seat", {}), (sitter, "take_seat", {"seat": seat}),
            (sitter, "leave_seat", {}), (sitter, "leave_seat", {}),
            (sitter, "extend_turn", {}),
            (debate.chair, "hide", {"contribution": number, "reason": "off_topic"}),
            (debate.chair, "restore", {"contribution": number}),
            (debate.chair, "tag", {"contribution": number, "questions": questions}),
            (debate.chair, "tag", {"contribution": number, "questions": []}),
            (debate.chair, "highlight", {"contribution": number, "on": chance.random() < 0.7}),
            (debate.organiser, "erase", {"contribution": number, "reason": "asked for"}),
            (debate.chair, "freeze", {"on": chance.random() < 0.3}), (debate.chair, "freeze", {"on": False}),
            (debate.chair, "focus", {"question": chance.choice([None, 1, 2, 3, 9])}),
            (debate.chair, "open_seat", {}), (debate.chair, "close_seat", {"seat": seat}),
            (debate.chair, "seat", {"person": somebody}),
            (debate.chair, "free_seat", {"seat": seat, "reason": "time is up"}),
            (debate.chair, "extend", {"seat": seat, "seconds": 60}),
            (debate.chair, "announce", {"text": f"announcement {turn}"}),
            (debate.chair, "add_question", {"text": f"And what of {turn}?"}),
            (debate.chair, "edit_question", {"question": questions[0], "text": f"What, {turn}?"}),
            (debate.chair, "start_round", {"people": [sitter.person, somebody]}),
            (debate.chair, "end_round", {}), (debate.chair, "end_round", {}),
            (debate.chair, "move_question", {"question": questions[0], "to": chance.randint(1, 3)}),
            (debate.chair, "drop_question", {"question": chance.randint(1, 9)}),
            (debate.chair, "move_to", {"phase": chance.choice(["live", "live", "paused", "wrap_up"])}),
            (debate.chair, "move_to", {"phase": "live"}), (debate.chair, "move_to", {"phase": "live"}),
            (debate.onlooker, "post", {"text": "I never joined"}),
        ]
    )  # fmt: skip


def test_fold_sees_a_planted_fault() -> None:
    """A record left out of the log leads to another view."""
    log: list[dict[str, Any]] = [
        {"type": "phase.moved", "seq": 1, "phase": "live", "was": "lobby"},
        {"type": "seat.opened", "seq": 2, "seat": 1, "kind": "open"},
        {"type": "seat.taken", "seq": 3, "seat": 1, "person": "ann", "why": "claimed"},
        {"type": "question.added", "seq": 4, "question": 1, "text": "Why?"},
        {"type": "hand.raised", "seq": 5, "person": "bob"},
    ]
    views = []
    for left_out in range(len(log) + 1):
        fold = Fold()
        for place, record in enumerate(log):
            if place != left_out and not (left_out == 1 and record["type"].startswith("seat")):
                fold.take(record)
        views.append(fold.view())
    assert all(view != views[-1] for view in views[:-1])
