"""Pages that are the same for every onlooker, kept for a moment.

Knows neither what a page shows nor who may see it: whoever asks has found out both. Guarantees that a page is
never older than a second, nor than the debate's last record, so that a text which was hidden is in no kept
page; and that only so many are kept.

The harm prevented: a page of a hundred contributions takes some 30 ms to make, and a whole audience that
reloads at once would take minutes of them.
"""

from __future__ import annotations

import gzip
from typing import Final

from msgspec import Struct
from starlette.datastructures import Headers
from starlette.responses import Response

from fishbowl.clock import Clock

__all__ = ["KeptPages"]

SECONDS: Final = 1.0
MOST: Final = 64


class _Kept(Struct, frozen=True):
    seq: int
    at: float
    body: bytes
    packed: bytes
    headers: dict[str, str]


class KeptPages:
    """Keyed by whatever tells one onlooker's page from another's."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._kept: dict[tuple[str, ...], _Kept] = {}

    def find(self, key: tuple[str, ...], seq: int, asked: Headers) -> Response | None:
        """The page as of the record `seq`, if it was kept and is fresh."""
        kept = self._kept.get(key)
        if kept is None or kept.seq != seq or self._clock.monotonic() - kept.at >= SECONDS:
            return None
        if "gzip" in asked.get("accept-encoding", ""):
            return Response(kept.packed, headers=kept.headers | {"content-encoding": "gzip"})
        return Response(kept.body, headers=kept.headers)

    def keep(self, key: tuple[str, ...], seq: int, page: Response) -> None:
        """Keep a page that was just made of the records up to `seq`."""
        headers = {name: value for name, value in page.headers.items() if name != "content-length"}
        headers["vary"] = headers.get("vary", "") + ", Accept-Encoding"
        body = bytes(page.body)
        packed = gzip.compress(body, compresslevel=5, mtime=0)
        self._kept.pop(key, None)
        if len(self._kept) >= MOST:
            del self._kept[next(iter(self._kept))]
        self._kept[key] = _Kept(seq, self._clock.monotonic(), body, packed, headers)
