"""The seals of this service's debates: made when a debate is archived, and again when it was changed
afterwards.

Knows when there is something to seal and where seals are kept; what a seal is, `transcript.seal` knows.
Guarantees that what was sealed once is never sealed otherwise: a stored seal is handed out as it is, whatever
the log says now, so that whoever altered the log is found out.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Sequence
from pathlib import Path
from typing import Final

import msgspec

from fishbowl.debate.vocabulary import Phase
from fishbowl.live.debates import Debates
from fishbowl.log.codec import Rows, StoredRecord
from fishbowl.log.contract import Log, LogError, NoSuchDebate
from fishbowl.log.stores import Store
from fishbowl.transcript.seal import Key, Seal, chain, line_of

__all__ = ["KEY_FILE", "Seals", "kept_of", "opened_for"]

KEY_FILE: Final = "seal.key"
"""In the data directory: 32 bytes. Whoever has them can seal in this service's name."""
LOOK_SECONDS: Final = 1.0
_SCHEMA = Path(__file__).with_name("seals.sql")

logger = logging.getLogger("fishbowl.seals")


async def opened_for(store: Store) -> None:
    """Make the place for seals in `store`, where there is none yet."""
    await store.ensure(_SCHEMA.read_text("utf-8"))


async def kept_of(store: Store, debate: str) -> list[Seal]:
    """The seals of a debate, oldest first, for whoever only reads them."""
    found = await store.ask("select seal from seals where debate = ? order by number", debate)
    return [msgspec.json.decode(seal, type=Seal) for (seal,) in found]


class Seals:
    """Seals of `log`, kept in `store`, signed with `key`."""

    def __init__(self, store: Store, log: Log, key: Key) -> None:
        self.key = key
        self._store = store
        self._log = log
        self._looked_at: dict[str, int] = {}
        """Up to which seq each archived debate was looked at."""

    async def open(self) -> None:
        await opened_for(self._store)

    async def of(self, debate: str) -> list[Seal]:
        """Oldest first; none before it is archived."""
        return await kept_of(self._store, debate)

    async def keep(self, debates: Debates) -> None:
        """Seal whatever is archived, as soon as it is; for as long as the service runs."""
        while True:
            for debate in debates.all():
                is_over = debate.loop.glance().phase is Phase.ARCHIVED
                if is_over and self._looked_at.get(debate.slug) != debate.head:
                    try:
                        await self.renew(debate.slug)
                    except NoSuchDebate:
                        continue  # deleted a moment ago
                    except LogError as error:  # tried again in a moment
                        logger.warning("%s could not be sealed: %s", debate.slug, error)
            await asyncio.sleep(LOOK_SECONDS)

    async def renew(self, debate: str) -> tuple[list[Seal], Rows]:
        """Seal an archived debate where something is not sealed yet. All seals, and the rows they are of."""
        seals, rows = await self.of(debate), await self._log.rows(debate)
        last = rows[0][-1]
        if not seals or seals[-1].seq < last.seq:
            made = await asyncio.to_thread(self._sealed, debate, seals, rows[0])
            await self._insert(made)
            seals = await self.of(debate)  # another node may have been first
        self._looked_at[debate] = last.seq
        return seals, rows

    def _sealed(self, debate: str, seals: Sequence[Seal], rows: Sequence[StoredRecord]) -> Seal:
        *_, head = chain(map(line_of, rows))
        since = seals[-1].seq if seals else len(rows)
        return self.key.seal(debate, len(seals) + 1, rows[-1], head, map(_told, rows[since:]))

    async def forget(self, debate: str) -> None:
        """The debate was deleted."""
        self._looked_at.pop(debate, None)
        await self._store.change(("delete from seals where debate = ?", [(debate,)]))

    async def _insert(self, seal: Seal) -> None:
        row = (seal.debate, seal.number, seal.seq, msgspec.json.encode(seal).decode())
        await self._store.change(("insert into seals values (?, ?, ?, ?) on conflict do nothing", [row]))


def _told(row: StoredRecord) -> str:
    """What a record changed after the debate was archived: its kind, and what it is about."""
    body = msgspec.json.decode(row.body)
    about = next((f" {body[name]}" for name in ("contribution", "person") if name in body), "")
    return f"{row.kind}{about}"
