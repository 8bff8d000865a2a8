"""Debates that are over: known by their outline, folded when somebody asks, put back when nobody does.

Knows the log and how a debate stands in it; not how one is run. Guarantees that a debate is woken once,
however many ask for it at the same time.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable
from typing import Final

from fishbowl.debate.evolve import outlined
from fishbowl.debate.state import State
from fishbowl.debate.vocabulary import Phase
from fishbowl.live.debate import LiveDebate
from fishbowl.log.contract import Log, LogError, NoSuchDebate

__all__ = ["REST_SECONDS", "Shelf"]

REST_SECONDS: Final = 600.0
"""How long nobody has asked for an archived debate before it is put back: longer than any request takes."""

logger = logging.getLogger("fishbowl.shelf")

Wake = Callable[[str], Awaitable[LiveDebate]]


class Shelf:
    """`wake` folds a debate and runs it."""

    def __init__(self, log: Log, wake: Wake) -> None:
        self._log = log
        self._wake = wake
        self._resting: dict[str, State] = {}
        self._waking: dict[str, asyncio.Task[LiveDebate | None]] = {}
        self._asked: dict[str, float] = {}

    def __contains__(self, slug: str) -> bool:
        return slug in self._resting

    def __len__(self) -> int:
        return len(self._resting)

    def outlines(self) -> list[State]:
        """What is known of those that rest."""
        return list(self._resting.values())

    async def takes(self, slug: str) -> bool:
        """Whether the debate is over, and rests here from now on; never one of another log (a rehearsal)."""
        try:
            outline = outlined(await self._log.outline(slug))
        except NoSuchDebate:
            return False
        if outline.phase is Phase.ARCHIVED:
            self._resting[slug] = outline
        return outline.phase is Phase.ARCHIVED

    async def woken(self, slug: str) -> LiveDebate | None:
        """The debate, running; None where it does not rest here. Raises `LogError`, and it rests on."""
        if slug not in self._resting:
            return None
        if slug not in self._waking:
            self._waking[slug] = asyncio.create_task(self._fold(slug), name=f"waking {slug}")
        return await asyncio.shield(self._waking[slug])

    async def _fold(self, slug: str) -> LiveDebate | None:
        try:
            debate = await self._wake(slug)
        except NoSuchDebate:
            self._resting.pop(slug, None)  # another node has deleted it
            return None
        except LogError as error:
            logger.error("debate %s could not be read: %s", slug, error, extra={"debate": slug})
            raise
        else:
            self._resting.pop(slug, None)
            return debate
        finally:
            del self._waking[slug]

    def forget(self, slug: str) -> None:
        """The debate is deleted."""
        self._asked.pop(slug, None)
        self._resting.pop(slug, None)

    def asked_for(self, slug: str, now: float) -> None:
        """Somebody asked for a debate that runs; `now` in seconds, monotonic."""
        self._asked[slug] = now

    def may_rest(self, debate: LiveDebate, now: float) -> bool:
        """Whether it is over and nobody has been there for a while."""
        is_over = debate.loop.glance().phase is Phase.ARCHIVED
        return is_over and not len(debate.hub) and now - self._asked.get(debate.slug, now) > REST_SECONDS
