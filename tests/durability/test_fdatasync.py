"""What is acknowledged is on the disk: seen from outside, by strace.

Killing a process cannot show this: the kernel keeps what was written and not synced. So the trace is read:
between the last write to the write-ahead log and the word that it is stored, that log must be synced.
"""

import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from fishbowl.debate.events import ContributionPosted
from fishbowl.log.database import Database
from fishbowl.log.sqlite import SqliteLog
from tests.durability import appending

RECORDS = 20
CALLS = "fdatasync,fsync,write,pwrite64,pwritev,writev,sendto"
FINISHED = re.compile(r"^(?P<thread>\d+) +(?P<call>\w+)\((?P<rest>.*)\) += (?P<result>-?\d+)(?P<why>.*)$")
UNFINISHED = re.compile(r"^(?P<thread>\d+) +(?P<call>\w+)\((?P<rest>.*) <unfinished \.\.\.>$")
RESUMED = re.compile(r"^(?P<thread>\d+) +<\.\.\. (?P<call>\w+) resumed>.*\) += (?P<result>-?\d+)(?P<why>.*)$")


def traced(store: Path, *options: str, synchronous: str = "") -> tuple[list[str], list[str]]:
    """Append under strace; what the program said, and the lines of the trace."""
    if not shutil.which("strace"):
        pytest.skip("no strace on this machine: apt-get install strace")
    trace = store.with_suffix(".trace")
    run = subprocess.run(
        [
            *("strace", "-f", "-y", "-s", "64", "-o", str(trace), "-e", f"trace={CALLS}", *options),
            *(sys.executable, "-m", appending.__name__, str(store), str(RECORDS), "1"),
            *([synchronous] if synchronous else []),
        ],
        capture_output=True,
        text=True,
        check=False,
        cwd=Path(__file__).parents[2],
    )
    if "ptrace" in run.stderr:
        pytest.skip(f"strace may not look at programs here: {run.stderr.strip()}")
    assert run.returncode == 0, run.stderr
    return run.stdout.splitlines(), trace.read_text().splitlines()


def said_too_early(lines: list[str], log: str) -> tuple[list[str], int]:
    """What was said to be stored while `log` held something not synced; and how much was said in all.

    A write counts from when it begins, a sync from when it has succeeded.
    """
    early: list[str] = []
    said = 0
    unsynced = False
    syncing: dict[str, bool] = {}  # thread -> whether the sync it is in is of the log
    for line in lines:
        if match := FINISHED.match(line) or UNFINISHED.match(line):
            call, rest = match["call"], match["rest"]
            finished = "result" in match.groupdict()
            if call in ("fdatasync", "fsync"):
                if not finished:
                    syncing[match["thread"]] = log in rest
                elif log in rest and match["result"] == "0":
                    unsynced = False
            elif log in rest:
                unsynced = True
            elif word := re.search(r'"(stored pond-0 \d+)\\n"', rest):
                said += 1
                if unsynced:
                    early.append(word[1])
        elif (match := RESUMED.match(line)) and syncing.pop(match["thread"], False):
            unsynced = unsynced and match["result"] != "0"
    return early, said


@pytest.mark.parametrize("synchronous", ["", "FULL", "NORMAL", "OFF"])
def test_synced_before_said(tmp_path: Path, synchronous: str) -> None:
    """Nothing is said to be stored before the log it was written to is synced.

    With syncing turned down, as a fault planted, the same check finds what is said too early.
    """
    _, lines = traced(tmp_path / "store", synchronous=synchronous)
    early, said = said_too_early(lines, "store-wal")
    assert said == RECORDS + 1
    if synchronous in ("", "FULL"):
        assert early == []
    else:
        assert len(early) == said


async def test_sync_that_fails(tmp_path: Path) -> None:
    """When syncs fail, what is said to be stored is there, once; the rest is refused; it recovers."""
    store = tmp_path / "store"
    said, lines = traced(store, "-e", "inject=fdatasync:error=EIO:when=12")  # each writer's twelfth
    early, _ = said_too_early(lines, "store-wal")
    assert early == []
    acknowledged = [int(words.split()[2]) for words in said if words.startswith("stored")]
    refused = [int(words.split()[2]) for words in said if words.startswith("refused")]
    assert refused, "the planted error was met"
    assert max(acknowledged) > min(refused), "it recovers without a restart"
    assert len(acknowledged) + len(refused) == RECORDS + 1
    assert len(set(acknowledged)) == len(acknowledged)
    database = await Database.open(store)
    records = await SqliteLog(database).read("pond-0")
    await database.close()
    assert set(acknowledged) <= {record.seq for record in records}
    texts = [record.event.text for record in records if isinstance(record.event, ContributionPosted)]
    assert len(set(texts)) == len(texts) == len(records) - 1
