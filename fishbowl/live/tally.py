"""What the live part tells whoever watches the service: how much, how long, and why not.

Knows no debate by name and keeps nothing. Everything here is called between two strokes, so it must be quick.
"""

from __future__ import annotations

from typing import Protocol

__all__ = ["SILENT", "Tally"]


class Tally(Protocol):
    """Counts. `web.metrics` has the one that Prometheus reads."""

    def stored(self, commands: int, records: int, seconds: float) -> None:
        """A batch of `commands` was decided and its `records` are on disk, `seconds` after it was begun."""

    def refused(self, code: str) -> None:
        """A command was refused."""

    def published(self, records: int, seconds: float) -> None:
        """A stroke of the publisher: the `records` of its frames, and the CPU time to hand them out."""

    def dropped(self, reason: str) -> None:
        """A connection was ended by us."""


class _Silent:
    """Nobody watches."""

    def stored(self, commands: int, records: int, seconds: float) -> None: ...
    def refused(self, code: str) -> None: ...
    def published(self, records: int, seconds: float) -> None: ...
    def dropped(self, reason: str) -> None: ...


SILENT: Tally = _Silent()
