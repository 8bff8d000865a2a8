"""A process killed at any moment loses nothing that it has said to be stored."""

import random
import subprocess
import sys
from pathlib import Path

from fishbowl.debate.events import ContributionPosted
from fishbowl.log.database import Database
from fishbowl.log.sqlite import SqliteLog
from tests.durability import appending

DEBATES = 3
KILLS = 20


async def test_killed_at_any_moment(tmp_path: Path) -> None:
    """After every one of twenty kills all that was acknowledged is there, once, in order, without gaps."""
    store = tmp_path / "store"
    chance = random.Random(8)
    acknowledged: dict[str, dict[int, int]] = {f"pond-{n}": {} for n in range(DEBATES)}
    for _ in range(KILLS):
        for debate, seq, process in said_before_kill(store, after=chance.randrange(60)):
            assert seq not in acknowledged[debate], "a seq was given twice"
            acknowledged[debate][seq] = process
    database = await Database.open(store)
    log = SqliteLog(database)
    for debate, stored_by in acknowledged.items():
        assert len(stored_by) > KILLS, "the kills came while much was being stored"
        records = await log.read(debate)
        assert [record.seq for record in records] == list(range(1, len(records) + 1))
        for record in records[1:]:
            assert isinstance(record.event, ContributionPosted)
            writer = stored_by.get(record.seq)
            if writer is not None:
                assert record.event.text == f"{debate} {record.seq} by {writer}"
        assert max(stored_by) <= len(records)
    await database.close()


def said_before_kill(store: Path, after: int) -> list[tuple[str, int, int]]:
    """Run the program, kill it when it has said so many words: debate, seq and process of what it stored."""
    with subprocess.Popen(
        [sys.executable, "-m", appending.__name__, str(store), "100000", str(DEBATES)],
        stdout=subprocess.PIPE,
        text=True,
        cwd=Path(__file__).parents[2],
    ) as process:
        assert process.stdout is not None
        said = [process.stdout.readline() for _ in range(after)]
        process.kill()
        said += process.stdout.readlines()
    whole = [words.split() for words in said if words.endswith("\n")]
    assert all(outcome == "stored" for outcome, _, _ in whole)
    return [(debate, int(seq), process.pid) for _, debate, seq in whole]
