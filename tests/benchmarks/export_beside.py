"""What a post takes while a very long transcript of the same debate is exported, and what the service grows.

    python -m tests.benchmarks.export_beside [CONTRIBUTIONS [FORMAT ...]]

100,000 contributions as CSV, JSON Lines and HTML unless told otherwise, written to a store of their own; then
a service starts on it. Somebody posts, each post after the one before was answered; an answered post is on
the disk. For every format first while nothing else is asked, then for as long as a process of its own
downloads the file. Of what the service grows by, what as many posts took without an export is taken off. The
last column is the ratio of the two p99.
"""

import asyncio
import secrets
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from itertools import count
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

import httpx

from fishbowl.debate.events import PhaseMoved
from fishbowl.debate.record import Record
from fishbowl.debate.vocabulary import Phase
from fishbowl.log.database import Database
from fishbowl.log.directory import DATABASE
from fishbowl.log.sqlite import SqliteLog
from fishbowl.transcript.reading import batches
from tests.e2e.service import Service
from tests.transcript.stored import LongDebate

SLUG: Final = "library-hours"
AT_ONCE: Final = 5_000
QUIET_SECONDS: Final = 25.0
PAUSE_SECONDS: Final = 0.02
NUMBERS: Final = count(1)


async def write(store: Path, contributions: int) -> None:
    """The debate, in its wrap-up, into a new store."""
    debate = LongDebate(contributions)
    records = [*debate]
    last = records[-1]
    over = PhaseMoved(phase=Phase.WRAP_UP, was=Phase.LIVE)
    records.append(Record(last.seq + 1, last.at, "clock", over))
    database = await Database.open(store)
    try:
        log = SqliteLog(database)
        first, *others = batches(records, AT_ONCE)
        await log.create(SLUG, first, secrets.token_hex(8))
        for batch in others:
            await log.append(SLUG, batch[0].seq - 1, batch)
    finally:
        await database.close()


def posts(client: httpx.Client, token: str, goes_on: Callable[[], bool]) -> list[float]:
    """Milliseconds until each post was answered, shortest first."""
    took = []
    while goes_on():
        post = {"do": "post", "id": f"beside-{next(NUMBERS)}", "text": "Is there still room for a word?"}
        began = time.perf_counter()
        answer = client.post(
            f"/api/v1/debates/{SLUG}/commands", json=[post], headers={"Authorization": f"Bearer {token}"}
        )
        took.append(1000 * (time.perf_counter() - began))
        assert answer.json()[0]["ok"], answer.text
        time.sleep(PAUSE_SECONDS)
    return sorted(took)


def p(hundredth: int, took: list[float]) -> float:
    return took[min(len(took) - 1, len(took) * hundredth // 100)]


def told(took: list[float]) -> str:
    return f"{len(took)}: {p(50, took):.0f} / {p(99, took):.0f} ms"


def most_resident(pid: int, *, anew: bool = False) -> float:
    """The most megabytes the process held; `anew`: from now on."""
    if anew:
        Path(f"/proc/{pid}/clear_refs").write_text("5")
    status = Path(f"/proc/{pid}/status").read_text("ascii")
    return int(status.split("VmHWM:")[1].split()[0]) / 1024


def measure(service: Service, endings: Sequence[str]) -> None:
    with httpx.Client(base_url=service.base, trust_env=False, timeout=120) as client:
        joined = client.post(f"/api/v1/debates/{SLUG}/join", json={}).raise_for_status().json()
        print("format, seconds, grew by, posts and p50 / p99 alone, posts and p50 / p99 beside it, ratio")
        for ending in endings:
            until = time.monotonic() + QUIET_SECONDS
            before = most_resident(service.pid, anew=True)
            alone = posts(client, joined["token"], lambda: time.monotonic() < until)  # noqa: B023
            posted = (most_resident(service.pid) - before) / len(alone)
            before, began = most_resident(service.pid, anew=True), time.monotonic()
            address = f"{service.base}/debates/{SLUG}/transcript.{ending}"
            download = subprocess.Popen(["curl", "-sf", "-o", "/dev/null", address])
            beside = posts(client, joined["token"], lambda: download.poll() is None)  # noqa: B023
            assert download.wait() == 0
            took = time.monotonic() - began
            grew = most_resident(service.pid) - before - posted * len(beside)
            print(
                f"{ending}, {took:.0f} s, {grew:.1f} MB, {told(alone)}, {told(beside)},"
                f" {p(99, beside) / p(99, alone):.2f}",
                flush=True,
            )


def main() -> None:
    contributions = int(sys.argv[1]) if len(sys.argv) > 1 else 100_000
    with TemporaryDirectory() as folder:
        data = Path(folder) / "data"
        data.mkdir(mode=0o700)
        asyncio.run(write(data / DATABASE, contributions))
        service = Service(data).start()
        try:
            measure(service, sys.argv[2:] or ("csv", "jsonl", "html"))
        finally:
            service.end()


if __name__ == "__main__":
    main()
