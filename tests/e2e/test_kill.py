"""Kill -9 while people write: nothing acknowledged is lost, nothing is stored twice, nothing is left open."""

import asyncio
import copy
import random
import sqlite3
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.e2e.conftest import StartService, new_debate
from tests.e2e.ledger import Ledger, Record, judge
from tests.e2e.service import Service
from tests.e2e.writer import Writer

LONG = [pytest.mark.long, pytest.mark.timeout(0)]


@pytest.mark.parametrize(
    ("writers", "kills", "longest", "seed"),
    [
        pytest.param(30, 20, 1.5, 1, id="30 writers, 20 kills"),
        pytest.param(100, 300, 0.6, 2, id="100 writers, 300 kills", marks=LONG),
    ],
)
async def test_kill(start_service: StartService, writers: int, kills: int, longest: float, seed: int) -> None:
    """Acknowledged minus stored is 0 after kill -9 at random moments under load, and every id resolves."""
    service = start_service(FISHBOWL_PER_ADDRESS="0")
    debate = new_debate(service)
    seen: dict[int, int] = {}
    crowd = [Writer(debate.join(), seen, window=4 if number % 3 == 0 else 1) for number in range(writers)]
    chance = random.Random(seed)
    for _ in range(kills):
        await _write_until_killed(service, crowd, chance.uniform(0.05, longest))
        service.start()
    for writer in crowd:
        await writer.settle()

    ledgers = [writer.ledger for writer in crowd]
    records = debate.organiser.records()
    assert judge(ledgers, seen, records) == []
    promised = sum(len(ledger.promised) for ledger in ledgers)
    assert promised > kills * writers, "too little was written to prove anything"
    print(f"{kills} kills, {writers} writers: {promised} acknowledged, {len(records)} records")  # noqa: T201

    asked_again = [writer for writer in crowd for _ in range(3)]
    for writer in chance.sample(asked_again, 20):
        _ask_again(writer, chance)
    assert debate.organiser.records() == records, "asking again stored something"
    assert service.stop() == 0
    if "FISHBOWL_DATABASE" not in service.environment():  # which looks after itself
        assert _integrity(service.data) == ["ok"]


async def _write_until_killed(service: Service, crowd: list[Writer], seconds: float) -> None:
    ends = asyncio.Event()
    writing = [asyncio.create_task(writer.write(ends)) for writer in crowd]
    await asyncio.sleep(seconds)
    service.kill()
    await asyncio.gather(*writing)


def _ask_again(writer: Writer, chance: random.Random) -> None:
    """The same id and body give the same reply, long after and after any number of crashes."""
    id = chance.choice(list(writer.ledger.promised))
    reply = writer.who.commands({"do": "post", "id": id, "text": writer.ledger.sent[id]})[0]
    assert (reply["seq"], reply["contribution"]) == writer.ledger.promised[id]


def _integrity(data: Path) -> list[str]:
    stores = [
        path for path in data.rglob("*") if path.is_file() and path.read_bytes()[:15] == b"SQLite format 3"
    ]
    assert stores, "no store found"
    found = []
    for store in stores:
        connection = sqlite3.connect(store)
        found += [row[0] for row in connection.execute("PRAGMA integrity_check")]
        connection.close()
    return sorted(set(found))


def _posted(seq: int, contribution: int, person: str, text: str) -> dict[str, object]:
    author = {"person": person}
    return {
        "type": "contribution.posted",
        "seq": seq,
        "contribution": contribution,
        "author": author,
        "text": text,
    }


def _a_run() -> tuple[list[Ledger], list[Record]]:
    ann = Ledger("ann", {"1": "a1", "2": "a2"}, {"1": (1, 1), "2": (3, 3)})
    bob = Ledger("bob", {"1": "b1", "2": "b2"}, {"1": (2, 2), "2": (4, 4)})
    said = [("ann", "a1"), ("bob", "b1"), ("ann", "a2"), ("bob", "b2")]
    return [ann, bob], [_posted(place, place, *each) for place, each in enumerate(said, 1)]


def _lose_the_last(log: list[Record]) -> None:
    log.pop()


def _lose_one_in_the_middle(log: list[Record]) -> None:
    del log[1]


def _store_one_twice(log: list[Record]) -> None:
    log.append({**log[0], "seq": 5, "contribution": 5})


def _swap_texts(log: list[Record]) -> None:
    log[0], log[2] = {**log[0], "text": "a2"}, {**log[2], "text": "a1"}


def _swap_places(log: list[Record]) -> None:
    log[0], log[1] = log[1], log[0]


def _invent_one(log: list[Record]) -> None:
    log.append(_posted(5, 5, "ann", "never sent"))


@pytest.mark.parametrize(
    "fault",
    [_lose_the_last, _lose_one_in_the_middle, _store_one_twice, _swap_texts, _swap_places, _invent_one],
)
def test_judge_sees_a_planted_fault(fault: Callable[[list[Record]], None]) -> None:
    """The verdict on a run is not always "nothing wrong": each fault it is for, planted, is seen."""
    ledgers, log = _a_run()
    assert judge(ledgers, {}, log) == []
    doctored = copy.deepcopy(log)
    fault(doctored)
    assert judge(ledgers, {}, doctored) != []


def test_judge_sees_an_unanswered_id() -> None:
    """An id that stays without an answer is a fault, stored or not."""
    ledgers, log = _a_run()
    del ledgers[0].promised["2"]
    assert judge(ledgers, {}, log) == ["ann's 2 has no answer"]


def test_judge_sees_what_was_shown_and_then_taken_back() -> None:
    """What anybody was shown before a crash is there after it, at the same place."""
    ledgers, log = _a_run()
    assert judge(ledgers, {1: 1, 4: 4}, log) == []
    assert judge(ledgers, {4: 5}, log) != []
    assert judge(ledgers, {5: 5}, log) != []
