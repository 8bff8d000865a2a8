"""How a debate stands: its state and what it has answered, folded from the log.

Knows the log's contract and the fold, nothing of who asks. Guarantees that nobody waits for it: a debate of
any length is read and folded in slices, and others have their turn in between.
"""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from fishbowl.debate.evolve import fold
from fishbowl.debate.record import Record
from fishbowl.debate.state import State
from fishbowl.log.contract import Log, Unchanged

__all__ = ["Standing", "standing"]

RECORDS_A_SLICE: Final = 500
"""Some ten milliseconds' worth."""


@dataclass
class Standing:
    """`since`: the records after the seq that was asked for, which somebody has yet to be shown."""

    state: State
    unchanged: list[Unchanged]
    since: list[Record]


async def standing(log: Log, slug: str, since: int | None = None) -> Standing:
    """The debate as it is stored now. Raises what `Log.read` does, and then has changed nothing."""
    state, later = State(), list[Record]()
    while records := await log.read(slug, state.seq, RECORDS_A_SLICE):
        fold(records, state)
        if since is not None:
            later += _after(records, since)
        await asyncio.sleep(0)
    return Standing(state, await log.unchanged(slug), later)


def _after(records: list[Record], seq: int) -> Iterator[Record]:
    return (record for record in records if record.seq > seq)
