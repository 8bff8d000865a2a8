"""How turns of one debate are shared among many nodes, and what a look costs with many debates.

    python -m tests.benchmarks.turns [NODES ...]

For each number of nodes (1, 2, 10 and 50 unless named): so many nodes' turns in one process, each of which
stores ten records as soon as it may, for some seconds, in one debate of a PostgreSQL of its own; the others'
records are read at every turn, as a node does. Then a look at 1,000 debates. Turns a second, how long a node
waits for one, and how unequal their shares are. Only the log is at work: no rules, no viewers.
"""

from __future__ import annotations

import asyncio
import sys
import time
from pathlib import Path
from typing import Final

from fishbowl.log.contract import Behind
from fishbowl.log.nodes import Nodes
from fishbowl.log.pool import Pool
from fishbowl.log.postgres import PostgresLog
from fishbowl.log.turns import Turns
from tests.log.samples import created, left
from tests.postgres import a_server

SECONDS: Final = 5.0
RECORDS: Final = 10
DEBATES: Final = 1_000


async def measure(url: str, numbers: list[int]) -> None:
    for number in numbers:
        # Eight connections each, as a node has them, would be more than a server takes by default.
        pools = [await Pool.open(url) for _ in range(min(number, 10))]
        debate = f"pond{number}"
        await PostgresLog(pools[0]).create(debate, [created()], "e1")
        names = frozenset(f"node {n}" for n in range(number))
        until = time.monotonic() + SECONDS
        waits = await asyncio.gather(
            *(
                _take(pools[n % len(pools)], debate, name, names, until)
                for n, name in enumerate(sorted(names))
            )
        )
        all_waits = sorted(wait for of_one in waits for wait in of_one)
        shares = sorted(map(len, waits))
        rate = len(all_waits) / SECONDS
        print(
            f"{number:3} nodes: {rate:6,.0f} turns, {RECORDS * rate:7,.0f} records a second; "
            f"a turn takes {1000 * all_waits[len(all_waits) // 2]:.0f} ms in the median, "
            f"{1000 * all_waits[-len(all_waits) // 100]:.0f} at p99; shares {shares[0]} to {shares[-1]}"
        )
        for pool in pools:
            await pool.close()
    await _look(url)


async def _take(pool: Pool, debate: str, name: str, names: frozenset[str], until: float) -> list[float]:
    """Turns of one node until that moment: how long each took, from asking to the disk."""
    turns = Turns(pool, Path(), debate, name, lambda: names, lambda _: None)
    await turns.begin()
    seq, waits = 1, list[float]()
    while time.monotonic() < until:
        began = time.monotonic()
        missed = await turns.missed(seq)
        seq += len(missed.records)
        if missed.more:
            continue
        try:
            async with turns.turn(seq, frozenset) as turn:
                seq += len(turn.missed.records)
                turn.store([left(seq + n) for n in range(1, RECORDS + 1)], ())
        except Behind:
            continue
        seq += RECORDS
        waits.append(time.monotonic() - began)
    return waits


async def _look(url: str) -> None:
    pool = await Pool.open(url)
    log, nodes = PostgresLog(pool), Nodes(pool, Path(), "one")
    for n in range(DEBATES):
        await log.create(f"another{n}", [created()], "e1")
    await nodes.look({})
    began, cpu = time.perf_counter(), time.process_time()
    for _ in range(20):
        await nodes.look({})
    took, spent = (time.perf_counter() - began) / 20, (time.process_time() - cpu) / 20
    print(f"A look at {DEBATES:,} debates: {1000 * took:.1f} ms, {1000 * spent:.1f} of them the node's CPU")
    await pool.close()


def main() -> None:
    numbers = [int(number) for number in sys.argv[1:]] or [1, 2, 10, 50]
    with a_server() as server:
        asyncio.run(measure(server.new_database(), numbers))


if __name__ == "__main__":
    main()
