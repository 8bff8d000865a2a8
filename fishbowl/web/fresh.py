"""Links just made, kept for the one page that shows them.

Knows neither pages nor who may see them: whoever asks has found out. The answer to a form that made links
leads on to the sheet, so that a reload does not send the form again; their secrets wait here meanwhile, in
memory, and stand in no address. Where the next request may go to another node they wait in the database,
sealed with what the asker shows, which is stored nowhere. Guarantees that they are given once, to whoever
shows that, and that none is given later than `SECONDS` afterwards.
"""

from __future__ import annotations

from collections.abc import Sequence
from hashlib import sha256
from secrets import token_bytes
from typing import Final, Protocol

import msgspec
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from msgspec import Struct

from fishbowl.clock import Clock
from fishbowl.log.pool import Pool
from fishbowl.web.access import Credentials
from fishbowl.web.links import Issued

__all__ = ["FreshLinks", "InDatabase", "InMemory"]

NONCE: Final = 12
"""Bytes, as AES-GCM has it."""
SECONDS: Final = 180.0
"""Long enough for the way to the next page on the slowest line."""


class _Kept(Struct, frozen=True):
    at: float
    issued: tuple[Issued, ...]


class FreshLinks(Protocol):
    """By debate, and by what the asker showed to be let in."""

    async def keep(self, slug: str, shown: Credentials, issued: Sequence[Issued]) -> None:
        """Keep them for the next look, beside what is kept for it already."""

    async def take(self, slug: str, shown: Credentials) -> tuple[Issued, ...]:
        """What is kept for this look; it is kept no more."""


class InMemory:
    """For a service that has its store alone."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._kept: dict[tuple[str, Credentials], _Kept] = {}
        """Oldest first."""

    def __len__(self) -> int:
        return len(self._kept)

    async def keep(self, slug: str, shown: Credentials, issued: Sequence[Issued]) -> None:
        self._forget()
        before = self._kept.pop((slug, shown), None)
        kept = (*(before.issued if before else ()), *issued)
        if kept:
            self._kept[slug, shown] = _Kept(self._clock.monotonic(), kept)

    async def take(self, slug: str, shown: Credentials) -> tuple[Issued, ...]:
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


class InDatabase:
    """For nodes over one PostgreSQL. `use` tells apart what is kept for different pages."""

    def __init__(self, pool: Pool, clock: Clock, use: str) -> None:
        self._pool = pool
        self._clock = clock
        self._use = use

    async def keep(self, slug: str, shown: Credentials, issued: Sequence[Issued]) -> None:
        now = self._clock.now()
        if not issued:
            return
        key, cipher = self._keys(slug, shown)
        nonce = token_bytes(NONCE)
        sealed = nonce + cipher.encrypt(nonce, msgspec.json.encode(issued), None)
        await self._pool.change(
            ("delete from fresh where until <= ?", [(now,)]),
            (
                "insert into fresh (key, until, sealed) values (?, ?, ?)",
                [(key, now + int(SECONDS * 1000), sealed)],
            ),
        )

    async def take(self, slug: str, shown: Credentials) -> tuple[Issued, ...]:
        key, cipher = self._keys(slug, shown)
        rows = await self._pool.ask("delete from fresh where key = ? returning number, until, sealed", key)
        opened = (
            msgspec.json.decode(cipher.decrypt(sealed[:NONCE], sealed[NONCE:], None), type=tuple[Issued, ...])
            for _, until, sealed in sorted(rows)
            if until > self._clock.now()
        )
        return tuple(each for issued in opened for each in issued)

    def _keys(self, slug: str, shown: Credentials) -> tuple[bytes, AESGCM]:
        """What the row is found by, and what it is read with."""
        asker = msgspec.json.encode((self._use, slug, shown))
        return sha256(b"found by " + asker).digest(), AESGCM(sha256(b"read with " + asker).digest())
