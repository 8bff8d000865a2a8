"""One service among several over one store: what the others do to its debates, followed here.

Knows the debates and the nodes; nothing of what is in either. A look every second is enough to learn
everything; whatever is heard in between only makes it sooner. Guarantees that a debate made, deleted or made
anew by another node is so here, too, and that no record of it is missed for longer than a look takes.
"""

from __future__ import annotations

import asyncio
import logging
from typing import Final

from fishbowl.live.debates import Debates
from fishbowl.log.contract import LogError
from fishbowl.log.nodes import Nodes, Stands

__all__ = ["follow"]

LOOK_SECONDS: Final = 1.0
FORGET_LOOKS: Final = 600
"""After so many looks, what nodes left that are long gone is removed."""

logger = logging.getLogger("fishbowl.nodes")


async def follow(debates: Debates, nodes: Nodes) -> None:
    """Follow the other nodes for as long as the service runs."""
    followers = _Followers(debates, nodes)
    nodes.heard = followers.hear
    async with asyncio.TaskGroup() as tasks:
        tasks.create_task(nodes.keep_ringing())
        tasks.create_task(nodes.keep_listening())
        tasks.create_task(followers.keep_looking())
        tasks.create_task(followers.keep_taking())


class _Followers:
    def __init__(self, debates: Debates, nodes: Nodes) -> None:
        self._debates = debates
        self._nodes = nodes
        self._stood: dict[str, Stands] = {}
        """By the last look."""
        self._missing: set[str] = set()
        """Running here, but not stored by the last look: made during it, or deleted before it."""
        self._looking = asyncio.Lock()
        self._unknown: set[str] = set()
        """Heard of, but not running."""
        self._news = asyncio.Event()

    def hear(self, slug: str) -> None:
        """Something was stored of this debate; of any, where none is named."""
        if not slug:
            self._news.set()
        elif (debate := self._debates.running(slug)) is not None:
            if debate.loop.others is not None:
                debate.loop.others.stored()
        else:
            self._unknown.add(slug)
            self._news.set()

    async def keep_taking(self) -> None:
        """Look out of turn, and for debates that are new."""
        while True:
            await self._news.wait()
            self._news.clear()
            unknown, self._unknown = self._unknown, set()
            try:
                for slug in unknown:
                    await self._debates.find(slug)
                if not unknown:
                    await self._look()
            except LogError as error:
                logger.warning("What other nodes store could not be looked at: %s", error)
            except Exception:  # whatever it was, the next look may do better
                logger.exception("What other nodes store could not be looked at.")
            await asyncio.sleep(LOOK_SECONDS / 10)

    async def keep_looking(self) -> None:
        looks = 0
        while True:
            await asyncio.sleep(LOOK_SECONDS)
            looks += 1
            try:
                await self._look()
                if looks % FORGET_LOOKS == 0:
                    await self._nodes.forget()
            except LogError:
                pass  # that the store fails is told by whoever wants to write there
            except Exception:
                logger.exception("What other nodes store could not be looked at.")

    async def _look(self) -> None:
        async with self._looking:
            await self._look_once()

    async def _look_once(self) -> None:
        here = [debate for debate in self._debates.all() if debate.is_shared]
        stand = await self._nodes.look({debate.slug: debate.hub.onlookers for debate in here})
        before, self._stood = self._stood, stand
        missing, self._missing = self._missing, set()
        for debate in here:
            now = stand.get(debate.slug)
            if now is not None and now.epoch == debate.epoch:
                debate.follows(now.turns, now.onlookers)
            elif now is not None or debate.slug in before or debate.slug in missing:
                await self._debates.lost(debate)
            else:
                self._missing.add(debate.slug)
        for slug in before:
            if slug not in stand or stand[slug].epoch != before[slug].epoch:
                self._debates.forget(slug)
        for slug in stand:
            if not self._debates.knows(slug):
                await self._debates.find(slug)
