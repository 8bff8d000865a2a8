"""How many commands are decided in one go.

Knows neither commands nor stores. Deciding is not interrupted: so long nobody else is heard, not even the
chair, whose next request waits for the batch under way and then comes first in the next. So a batch is as
large as can be decided within `DECIDE_SECONDS`, as fast as this machine was just now; the larger it is, the
fewer times the disk is asked.
"""

from __future__ import annotations

__all__ = ["BATCH", "GATHER_SECONDS", "BatchSize"]

BATCH = 1_000
"""Commands in one transaction at most."""
LEAST = 50
"""And at least, where so many wait: on a machine that slow the disk is what there is to save."""
DECIDE_SECONDS = 0.1
GATHER_SECONDS = 0.02
"""How long commands gather for the next batch while their records would have to wait for a frame anyway."""


class BatchSize:
    """How large the next batch may be."""

    def __init__(self) -> None:
        self.most = BATCH

    def took(self, commands: int, seconds: float) -> None:
        """Learn from the batch just decided. A small one tells too little to slow down for."""
        if seconds > DECIDE_SECONDS or commands >= LEAST:
            self.most = min(BATCH, max(LEAST, int(commands * DECIDE_SECONDS / max(seconds, 1e-6))))
