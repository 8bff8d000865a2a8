"""Writing the texts in PostgreSQL anew, so that no byte of what was deleted is left in its tables.

A deleted row stays in its page until that is tidied up, and its bytes even longer. `VACUUM FULL` writes the
table, and what was stored beside it for being long, into new files and empties the old ones. It leaves out no
row that some transaction in the database might still see, and says how many: then it is done again. (What the
server keeps for its own recovery, the write-ahead log, is its operator's: docs/operating.md.)
"""

from __future__ import annotations

import asyncio
import logging
import re
import time
from collections.abc import Callable
from contextlib import AbstractAsyncContextManager, suppress
from typing import Any, Final

from fishbowl.log.contract import LogError

__all__ = ["Rewriting"]

LOCK_MILLISECONDS: Final = 500
"""How long readers are made to wait behind us for somebody who reads for longer (a dump, say)."""
WRITE_SECONDS: Final = 600.0
"""How long the writing itself may take."""
AGAIN_SECONDS: Final = 0.2
PATIENCE_SECONDS: Final = 5.0
LATER_SECONDS: Final = 30.0

_TOLD: Final = "What was erased may still be in the files of %s; it is tried again."

logger = logging.getLogger("fishbowl.log")


class Rewriting:
    """`take`: a connection outside of transactions; `name`: of the database, for the operator."""

    def __init__(self, take: Callable[[], AbstractAsyncContextManager[Any]], name: str) -> None:
        self._take = take
        self._name = name
        self._later: asyncio.Task[None] | None = None

    async def rewrite(self) -> None:
        """Nothing is left when this returns; or the operator was told so, and it is tried again."""
        patience = time.monotonic() + PATIENCE_SECONDS
        while not await self._is_done():
            if time.monotonic() > patience:
                logger.error(_TOLD, self._name)
                if self._later is None or self._later.done():
                    self._later = asyncio.create_task(self._until_done())
                return
            await asyncio.sleep(AGAIN_SECONDS)

    async def close(self) -> None:
        if self._later is not None:
            self._later.cancel()
            with suppress(asyncio.CancelledError):
                await self._later

    async def _until_done(self) -> None:
        while True:
            await asyncio.sleep(LATER_SECONDS)
            if await self._is_done():
                break
        logger.warning("What was erased is no longer in the files of %s.", self._name)

    async def _is_done(self) -> bool:
        kept: list[int] = []

        def hear(_: Any, message: Any) -> None:
            # INFO: "public.texts": found 3 removable, 7 nonremovable row versions in 1 pages
            # DETAIL: 0 dead row versions cannot be removed yet.
            if getattr(message, "severity_en", None) == "INFO" and (
                number := re.search(r"\d+", getattr(message, "detail", None) or "")
            ):
                kept.append(int(number[0]))

        try:
            async with self._take() as connection:
                connection.add_log_listener(hear)
                await connection.execute(f"SET lock_timeout = {LOCK_MILLISECONDS}")
                try:
                    await connection.execute("VACUUM (FULL, VERBOSE) texts", timeout=WRITE_SECONDS)
                finally:
                    connection.remove_log_listener(hear)
                    await connection.execute("RESET lock_timeout")
        except LogError:
            return False
        return kept == [0]
