"""What other nodes store of a debate, heard of here: how far behind we are, and who waits until we are not.

Knows a debate's turns, not its state: what was missed is handed to the loop, which takes it in between
strokes. Guarantees that whoever waited in `up_to_date` reads everything that any node had stored when they
began to wait, unless the store fails or takes too long; then they read what is known here.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from collections.abc import Set as AbstractSet
from typing import Final

from fishbowl.log.contract import Log, Missed, NoSuchDebate, Turns

__all__ = ["Others"]

PATIENCE_SECONDS: Final = 1.0
"""How long a reader waits to be up to date."""


class Others:
    """`turns` are ours in the debate; `wake` makes the loop call `catch_up`.

    What was missed goes to `take_in`, but first to `ended` whose links have ended.
    """

    def __init__(
        self,
        turns: Turns,
        wake: Callable[[], None],
        take_in: Callable[[Missed], None],
        ended: Callable[[Sequence[str]], None],
    ) -> None:
        self.turns = turns
        self.is_behind = False
        """Whether something may have been stored that was not read here."""
        self.is_gone = False
        """Whether the debate is no longer stored."""
        self._wake = wake
        self._take_in = take_in
        self._ended = ended
        self._waiting: list[asyncio.Future[None]] = []

    def stored(self) -> None:
        """Another has stored something, or may have."""
        self.is_behind = True
        self._wake()

    def stand_at(self, turn: int) -> None:
        """Of all turns this was the last, some time ago."""
        if self.turns.is_behind(turn):
            self.stored()

    def is_owed_a_turn(self, here: AbstractSet[str]) -> bool:
        """Whether others have to be told who is here, or who is no longer anywhere."""
        return self.turns.out_of_date(here)

    async def up_to_date(self) -> None:
        """Return when what is stored now is known here, as the module says."""
        if self.turns.is_alone:
            return
        answer: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._waiting.append(answer)
        self.stored()
        await asyncio.wait([answer], timeout=PATIENCE_SECONDS)

    async def check(self, log: Log) -> None:
        """Raises `NoSuchDebate` where what is stored under the debate's name is another one."""
        if await log.epoch(self.turns.debate) != self.turns.epoch:
            self.is_gone = True
            raise NoSuchDebate(self.turns.debate)

    def take_in(self, missed: Missed) -> None:
        """What others have stored, to whom it concerns."""
        if missed.ended:
            self._ended(missed.ended)
        self._take_in(missed)

    async def catch_up(self, since: Callable[[], int]) -> None:
        """Take in what was stored after the record `since` says. Raises as `Turns.missed`."""
        waiting, self._waiting = self._waiting, []
        self.is_behind = False
        try:
            more = True
            while more:
                missed = await self.turns.missed(since())
                self.take_in(missed)
                more = missed.more
                await asyncio.sleep(0)
        except NoSuchDebate:
            self.is_gone = True
            raise
        finally:
            for answer in waiting:
                if not answer.done():
                    answer.set_result(None)
