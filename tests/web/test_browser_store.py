"""The browser's store folds a debate to what the server's snapshot says, after any play, for every reader.

One law for two languages: static/js/fold.js beside fishbowl/debate/evolve.py. The plays are random, the
readers of every kind, the store begins anywhere in the play, and it hears the rest either live (each record
as seen when it was committed) or late (all of them as seen at the end, as after a lost connection).
"""

from __future__ import annotations

import json
import shutil
import subprocess
from pathlib import Path
from random import Random
from typing import Any

import pytest

from fishbowl.debate import commands
from fishbowl.debate.commands import Asked, Command
from fishbowl.debate.decide import play
from fishbowl.debate.definition import parse_definition
from fishbowl.debate.evolve import fold
from fishbowl.debate.opening import opening
from fishbowl.debate.reading import command_from
from fishbowl.debate.record import Record
from fishbowl.debate.refused import Refused
from fishbowl.debate.rights import ADMINISTRATOR
from fishbowl.debate.state import State
from fishbowl.debate.vocabulary import CLOCK, Instant, Role
from fishbowl.live.snapshot import snapshot_view
from fishbowl.live.views import ONLOOKER, Reader, may_read, record_view
from tests.debate.stories import HARBOUR, NOON
from tests.debate.wandering import wish

ROOT = Path(__file__).resolve().parents[2]
SALT = b"0123456789abcdef"
READERS = [
    ONLOOKER,
    Reader("cleo", Role.PARTICIPANT),
    Reader("fay", Role.PARTICIPANT),
    Reader("ines", Role.SPEAKER),
    Reader("chair", Role.CHAIR),
    Reader("mo", Role.MODERATOR),
    Reader("organiser", Role.ORGANISER),
]
NOT_IN_RECORDS = ("now", "online", "epoch")
"""What a snapshot says that is no fold of the log: the time it was made, who is connected, which store."""


class Play:
    """A random debate: its records, and every view of it on the way."""

    def __init__(self, seed: int, turns: int) -> None:
        self.random = Random(seed)
        ids = iter(["organiser", "chair", "ines", "tomos"])
        _, records = opening(parse_definition(HARBOUR), NOON, lambda: next(ids), lambda: SALT)
        self.state = fold(records)
        self.now: Instant = NOON
        self.present: set[str] = set()
        self.moments: list[list[tuple[dict[str, Any], list[dict[str, Any]]]]] = []
        self.records: list[Record] = []
        self.turn(ADMINISTRATOR, commands.Admit(person="mo", role=Role.MODERATOR))
        for phase in ("announced", "lobby", "live"):
            self.turn("chair", self.wire({"do": "move_to", "phase": phase}))
            for person in ("cleo", "dan", "eva") if phase == "lobby" else ():
                self.turn(person, commands.Join(person=person, choice=self.random.randrange(99)))
        self.turn("chair", self.wire({"do": "set_door", "door": "approve"}))
        self.turn("fay", commands.Join(person="fay", choice=7))
        for _ in range(turns):
            self.somebody_does_something()
        if turns and self.random.random() < 0.5:
            for phase in ("wrap_up", "correction"):
                self.turn("chair", self.wire({"do": "move_to", "phase": phase}))
            self.somebody_does_something()

    def wire(self, body: dict[str, Any]) -> Command:
        return command_from({"id": f"i{self.random.random()}", **body})

    def somebody_does_something(self) -> None:
        chance = self.random.random()
        self.now += self.random.choice([5, 900, 4_000, 31_000])
        if chance < 0.15:
            who = self.random.choice(["cleo", "dan", "eva", "ines", "tomos", "chair"])
            (self.present.discard if who in self.present else self.present.add)(who)
            self.turn(CLOCK, commands.TimePasses())
        elif chance < 0.25:
            self.turn(CLOCK, commands.TimePasses())
        elif chance < 0.27:
            self.turn(CLOCK, commands.Resume(since=self.now - 3_000))
        elif chance < 0.3:
            self.turn("organiser", commands.Change(minutes=self.random.randint(30, 90), title="Whose pier?"))
        elif chance < 0.31:
            old = self.random.choice([one for one in self.state.people if one.startswith(("tomos", "guest"))])
            guest = f"guest{len(self.records)}"
            self.turn("organiser", commands.Replace(person=old, successor=guest, name=f"Guest {guest}"))
        elif chance < 0.34:
            comer = f"comer{len(self.records)}"
            name = self.random.choice([None, "Nora Lind", "Ring 07700 900123"])
            self.turn(comer, commands.Join(person=comer, choice=self.random.randrange(99), name=name))
        else:
            by, body = wish(self.random, self.state)
            try:
                command = self.wire(body)
            except Refused:
                return
            self.turn(by, command)

    def turn(self, by: str, command: Command) -> None:
        played = play(self.state, Asked(by, command, self.now), cause=None, present=self.present, salt=SALT)
        if isinstance(played, Refused) or not played:
            return
        self.records += played
        self.moments.append(
            [(seen(self.state, self.now, reader), heard(self.state, played, reader)) for reader in READERS]
        )


def seen(state: State, now: Instant, reader: Reader) -> dict[str, Any]:
    if not may_read(state, reader):
        return {}
    return snapshot_view(state, reader, epoch="e", now=now, limit=1000)


def heard(state: State, records: list[Record], reader: Reader) -> list[dict[str, Any]]:
    views = (record_view(state, record, reader) for record in records)
    return [view for view in views if view is not None]


def folded(cases: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """What the browser's store makes of each case."""
    node = shutil.which("node")
    if node is None:
        pytest.skip("no Node on this machine: apt-get install nodejs")
    done = subprocess.run(
        [node, "tests/js/fold.js"],
        cwd=ROOT,
        input="\n".join(json.dumps(case) for case in cases),
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return [json.loads(line) for line in done.stdout.splitlines()]


def told(snapshot: dict[str, Any]) -> dict[str, Any]:
    """A snapshot as JSON has it, without what no record says. Who is blocked stands in no order."""
    whole: dict[str, Any] = json.loads(json.dumps(snapshot))
    if "blocked" in whole:
        whole["blocked"].sort(key=lambda one: one["person"])
    return {name: value for name, value in whole.items() if name not in NOT_IN_RECORDS}


@pytest.mark.parametrize("seed", range(10))
def test_the_store_folds_to_the_snapshot(seed: int) -> None:
    """Snapshot and later records, live or late, make the snapshot the server would give at the end."""
    played = Play(seed, turns=150)
    cases, wanted = [], []
    for number, reader in enumerate(READERS):
        readable = [at for at, moment in enumerate(played.moments) if stands(moment[number][0], reader)]
        for begin in played.random.sample(readable, 3):
            snapshot = played.moments[begin][number][0]
            live = [moment[number][1] for moment in played.moments[begin + 1 :]]
            rest = [record for record in played.records if record.seq > snapshot["seq"]]
            late = [heard(played.state, rest, reader)]
            cases += [{"snapshot": snapshot, "frames": live}, {"snapshot": snapshot, "frames": late}]
            wanted += [told(played.moments[-1][number][0])] * 2
    for got, expected in zip(folded(cases), wanted, strict=True):
        assert got["seq"] <= expected["seq"], "the last records may be for others"
        assert told(got) == expected | {"seq": got["seq"]}


NUMBERS = [number for number, reader in enumerate(READERS) if reader.backstage]


@pytest.mark.parametrize("number", NUMBERS, ids=lambda number: READERS[number].role)
@pytest.mark.parametrize("then", ["release", "withdraw"])
def test_what_was_refused_and_then(number: int, then: str) -> None:
    """Released after all it counts once, withdrawn it is gone: also where its refusal is heard of late."""
    played = Play(seed=1, turns=0)
    played.turn("chair", played.wire({"do": "set_rules", "moderation": "hold"}))
    begin = len(played.moments)
    played.turn("cleo", played.wire({"do": "post", "text": "Q1 whose key?", "questions": [1]}))
    held = max(played.state.contributions)
    played.turn("mo", played.wire({"do": "refuse", "contribution": held, "reason": "off_topic"}))
    assert played.state.contributions[held].status == "refused"
    by, more = ("mo", {"note": "Fine."}) if then == "release" else ("cleo", {})
    played.turn(by, played.wire({"do": then, "contribution": held, **more}))
    expected = told(played.moments[-1][number][0])
    cases = []
    for at in (begin, begin + 1):  # knowing nothing of it, and knowing that it is held
        snapshot = played.moments[at - 1][number][0]
        frames = [each[number][1] for each in played.moments[at:]]
        late = [heard(played.state, played.records[-len(frames) :], READERS[number])]
        cases += [{"snapshot": snapshot, "frames": frames}, {"snapshot": snapshot, "frames": late}]
    assert len(expected["contributions"]) == 1
    assert expected["contributions"][0]["status"] == ("posted" if then == "release" else "withdrawn")
    for got in folded(cases):
        assert told(got) == expected | {"seq": got["seq"]}


def test_a_store_that_missed_a_record_is_found_out() -> None:
    """The comparison can fail: with one record less, the store differs."""
    played = Play(seed=1, turns=60)
    snapshot = played.moments[3][0][0]
    frames = [moment[0][1] for moment in played.moments[4:]]
    posted = next(
        at for at, frame in enumerate(frames) if any(r["type"] == "contribution.posted" for r in frame)
    )
    del frames[posted]
    (got,) = folded([{"snapshot": snapshot, "frames": frames}])
    assert told(got) != told(played.moments[-1][0][0])


def stands(snapshot: dict[str, Any], reader: Reader) -> bool:
    """Whether a store may begin here: the reader may read, and is who they will be."""
    return bool(snapshot) and (reader.person is None or snapshot["you"] is not None)
