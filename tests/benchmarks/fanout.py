"""What it costs to tell everybody: this service beside nginx with nchan, python-socketio and a plain loop.

    python -m tests.benchmarks.fanout [VIEWERS] [POSTS_A_SECOND] [SECONDS] [PAIRS]
    python -m tests.benchmarks.fanout grid [PICTURE.svg]

1,000 viewers, 200 posts a second, 10 seconds and 3 pairs unless told otherwise; `grid` goes through viewers
and paces and draws what came out. Each server runs by itself on the same machine, with the same publisher and
the same crowd (crowd.py, stands.py). This service and nchan take turns, PAIRS times; the
others run once, from 3 pairs on.
"""

import asyncio
import json
import subprocess
import sys
import time
from pathlib import Path
from statistics import median
from typing import Final, NamedTuple

from tests.benchmarks.crowd import Found, marked, open_many_files
from tests.benchmarks.plot import Line, Plot, drawn
from tests.benchmarks.stands import FILLING, STANDS, WRITERS, Stand, missing
from tests.e2e.service import CHECKOUT

GRID: Final = (
    (1000, 5),
    (1000, 20),
    (1000, 50),
    (1000, 200),
    (1000, 500),
    (500, 100),
    (2000, 100),
    (5000, 100),
)
"""Viewers and posts a second."""
GRID_SECONDS: Final = 6


class Run(NamedTuple):
    """What came of one run, and what it cost the server: CPU seconds, and kilobytes for each viewer."""

    found: Found
    cpu: float
    memory: float

    @property
    def microseconds(self) -> float:
        """The server's CPU for each delivery."""
        return 1e6 * self.cpu / max(1, self.found.deliveries)


Runs = dict[str, list[Run]]
"""By the server's name, in the order in which they were taken."""


async def measure(stand: Stand, viewers: int, posts_a_second: int, seconds: int) -> Run:
    """Publish on a fixed schedule before a crowd of `viewers`."""
    last = posts_a_second * seconds
    empty = stand.memory()
    command = [sys.executable, "-m", "tests.benchmarks.crowd", "127.0.0.1", str(stand.port), stand.path]
    crowd = await asyncio.create_subprocess_exec(
        *command, str(viewers), str(last), *stand.said, cwd=CHECKOUT, stdout=subprocess.PIPE
    )
    assert crowd.stdout is not None
    assert (await crowd.stdout.readline()).strip() == b"ready", "the crowd did not come in"
    memory = (stand.memory() - empty) / viewers
    before, began = stand.cpu(), time.monotonic()
    posting: list[asyncio.Future[None]] = []
    for number in range(1, last + 1):
        await asyncio.sleep(max(0.0, began + number / posts_a_second - time.monotonic()))
        posting.append(asyncio.ensure_future(stand.publish(marked(number, f" {FILLING} {FILLING}"))))
        if len(posting) >= WRITERS:
            await posting.pop(0)
    await asyncio.gather(*posting)
    found = Found(**json.loads(await crowd.stdout.readline()))
    await crowd.wait()
    return Run(found, stand.cpu() - before, memory)


async def compare(viewers: int, posts_a_second: int, seconds: int, pairs: int) -> Runs:
    """Every server in its turn; prints each run as it comes, and what the pairs say."""
    without = missing()
    print(f"\n{viewers:,} viewers, {posts_a_second} posts a second for {seconds} s")
    heads = ("deliveries", 12), ("whole", 8), ("bytes", 7), ("CPU s", 8), ("us each", 9), ("p50 ms", 9)
    more = ("p99 ms", 9), ("KB/viewer", 11), ("crowd", 7)
    print(f"{'':16}" + "".join(f"{head:>{width}}" for head, width in heads + more))
    runs: Runs = {}
    for name in ["fishbowl", "nchan"] * pairs + ["python-socketio", "plain loop"] * (pairs > 2):
        if name in without:
            continue
        async with STANDS[name]() as stand:
            run = await measure(stand, viewers, posts_a_second, seconds)
        runs.setdefault(name, []).append(run)
        found = run.found
        print(
            f"{name:16}{found.deliveries:12,}{found.whole:8,}{found.bytes_each:7.0f}{run.cpu:8.2f}"
            f"{run.microseconds:9.2f}{found.p50 or 0:9.1f}{found.p99 or 0:9.1f}"
            f"{run.memory:11.1f}{found.busy:7.2f}",
            flush=True,
        )
    if "nchan" in runs:
        both = list(zip(runs["fishbowl"], runs["nchan"], strict=True))
        cheaper = median(theirs.microseconds / own.microseconds for own, theirs in both)
        later = median((own.found.p99 or 0) / (theirs.found.p99 or 1) for own, theirs in both)
        print(f"to nchan, median of {pairs}: {cheaper:.1f} deliveries for the same CPU, p99 x {later:.2f}")
    return runs


async def grid(picture: Path | None) -> None:
    """The whole table; where it is drawn, the cost of a delivery over the pace and over the viewers."""
    figures = {cell: await compare(*cell, GRID_SECONDS, 1) for cell in GRID}

    def line(name: str, place: int, held: int) -> Line:
        """A server's costs over what stands at `place` in the cells, the other one being `held`."""
        cells = sorted(cell for cell in GRID if cell[1 - place] == held)
        points = [
            (cell[place], figures[cell][name][0].microseconds) for cell in cells if name in figures[cell]
        ]
        return Line(name, points)

    plots = [
        Plot("1,000 viewers", "posts a second", [line(name, 1, 1000) for name in ("fishbowl", "nchan")]),
        Plot("100 posts a second", "viewers", [line(name, 0, 100) for name in ("fishbowl", "nchan")]),
    ]
    if picture is not None:
        picture.write_text(drawn("CPU for each delivery, in microseconds", plots), "utf-8")


async def main(*arguments: str) -> None:
    open_many_files()
    for name, how in missing().items():
        print(f"left out: {name} ({how})")
    if arguments[:1] == ("grid",):
        await grid(Path(arguments[1]) if len(arguments) > 1 else None)
    else:
        given = [int(argument) for argument in arguments]
        await compare(*given, *(1000, 200, 10, 3)[len(given) :])


if __name__ == "__main__":
    asyncio.run(main(*sys.argv[1:]))
