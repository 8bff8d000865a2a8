"""Links just made, kept for the one page that shows them.

Knows neither pages nor who may see them: whoever asks has found out. The answer to a form that made links
leads on to the sheet, so that a reload does not send the form again; their secrets wait here meanwhile, in
memory, and stand in no address. Guarantees that they are given once, to whoever shows what the asker showed,
and that none is kept for longer than `SECONDS`.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from msgspec import Struct

from fishbowl.clock import Clock
from fishbowl.web.access import Credentials
from fishbowl.web.links import Issued

__all__ = ["FreshLinks"]

SECONDS: Final = 180.0
"""Long enough for the way to the next page on the slowest line."""


class _Kept(Struct, frozen=True):
    at: float
    issued: tuple[Issued, ...]


class FreshLinks:
    """By debate, and by what the asker showed to be let in."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._kept: dict[tuple[str, Credentials], _Kept] = {}
        """Oldest first."""

    def __len__(self) -> int:
        return len(self._kept)

    def keep(self, slug: str, shown: Credentials, issued: Sequence[Issued]) -> None:
        """Keep them for the next look, beside what is kept for it already."""
        self._forget()
        before = self._kept.pop((slug, shown), None)
        kept = (*(before.issued if before else ()), *issued)
        if kept:
            self._kept[slug, shown] = _Kept(self._clock.monotonic(), kept)

    def take(self, slug: str, shown: Credentials) -> tuple[Issued, ...]:
        """What is kept for this look; it is kept no more."""
        self._forget()
        kept = self._kept.pop((slug, shown), None)
        return kept.issued if kept else ()

    def _forget(self) -> None:
        past = self._clock.monotonic() - SECONDS
        while self._kept:
            key, kept = next(iter(self._kept.items()))
            if kept.at > past:
                return
            del self._kept[key]
