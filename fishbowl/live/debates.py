"""The debates of one service: opened with it, found by slug, made and deleted; those that are over rest."""

from __future__ import annotations

import asyncio
import secrets
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from typing import Any

from starlette.websockets import WebSocket

from fishbowl.clock import Clock, to_wire
from fishbowl.debate.definition import Definition
from fishbowl.debate.evolve import fold
from fishbowl.debate.opening import Cast, opening
from fishbowl.debate.people import ROLE_NAMES
from fishbowl.debate.state import State
from fishbowl.debate.vocabulary import Instant, Role
from fishbowl.live.admission import Admission
from fishbowl.live.connection import Connection, Resolve
from fishbowl.live.debate import Joined, LiveDebate, Tell, fresh_id, in_english
from fishbowl.live.loop import Accepted
from fishbowl.live.session import Close
from fishbowl.live.shelf import Shelf
from fishbowl.live.standing import Standing, standing
from fishbowl.live.tally import SILENT, Tally
from fishbowl.live.wire import serve_peer
from fishbowl.log.contract import Log, LogError, NoSuchDebate, SlugTaken
from fishbowl.log.nodes import Nodes
from fishbowl.settings import Settings

__all__ = ["Accepted", "Created", "Debates", "Joined", "LiveDebate"]

STOP_SECONDS = 5.0


@dataclass(frozen=True)
class Created:
    """A new debate and who it knows."""

    slug: str
    people: Cast


class Debates:
    """Every debate of the store: running, or over and resting until somebody asks for it.

    `nodes`: this service and those beside it, where several serve one store; see `several`.
    """

    def __init__(
        self, log: Log, clock: Clock, settings: Settings, tally: Tally = SILENT, nodes: Nodes | None = None
    ) -> None:
        self.admission = Admission(
            settings.connections, settings.per_address, settings.per_person, settings.per_debate
        )
        self._log = log
        self._clock = clock
        self._tally = tally
        self._nodes = nodes
        self._running: dict[str, LiveDebate] = {}
        self._changing: set[str] = set()
        """Being made or deleted here: they are not to be found in the store meanwhile."""
        self._found: dict[str, asyncio.Task[LiveDebate | None]] = {}
        self._shelf = Shelf(log, self._wake)

    @classmethod
    async def open(
        cls,
        log: Log,
        clock: Clock,
        settings: Settings,
        last_alive: Instant | None = None,
        tally: Tally = SILENT,
        nodes: Nodes | None = None,
    ) -> Debates:
        """Fold every debate that is not over from the log, and start it.

        `last_alive`: when the service is known to have run last; without it, clocks count as stopped since
        each debate's last record. Where another node is alive, no clock has stopped.
        """
        debates = cls(log, clock, settings, tally, nodes)
        others = nodes is not None and await nodes.join()
        for slug in await log.debates():
            if not await debates._shelf.takes(slug):
                await debates._start(slug, None, None if others else last_alive or 0, log)
        return debates

    def __len__(self) -> int:
        """How many there are, running or not."""
        return len(self._running) + len(self._shelf)

    async def close(self) -> None:
        """Finish what is under way, tell every connection that we are going down."""
        stopping = [debate.stop(Close.GOING_DOWN) for debate in self._running.values()]
        await asyncio.gather(*stopping, return_exceptions=True)
        self._running.clear()

    async def find(self, slug: str) -> LiveDebate | None:
        """The debate of this slug, up to date; whether the caller may know of it is theirs to ask.

        Raises `LogError` where one that rested cannot be read.
        """
        debate = self._running.get(slug) or await self._shelf.woken(slug)
        if debate is not None:
            self._shelf.asked_for(slug, self._clock.monotonic())  # it does not rest while we wait
        if debate is not None and self._nodes is not None and not await debate.up_to_date():
            await self.lost(debate)
            debate = None
        if debate is None and self._nodes is not None and slug not in self._changing:
            debate = await self._made_elsewhere(slug)
        if debate is not None:
            self._shelf.asked_for(slug, self._clock.monotonic())
        return debate

    def knows(self, slug: str) -> bool:
        """Whether it runs or rests here, or is being made or deleted."""
        return slug in self._running or slug in self._shelf or slug in self._changing

    async def lost(self, debate: LiveDebate) -> None:
        """Another node has deleted a debate that ran here."""
        if self._running.get(debate.slug) is debate:
            del self._running[debate.slug]
        await debate.stop(Close.GONE)

    def forget(self, slug: str) -> None:
        """Another node has deleted a debate that may rest here."""
        self._shelf.forget(slug)

    async def _made_elsewhere(self, slug: str) -> LiveDebate | None:
        """The debate, running, where another node has made it; looked for once, however many ask."""
        if slug not in self._found:
            self._found[slug] = asyncio.create_task(self._look_for(slug), name=f"looking for {slug}")
        return await asyncio.shield(self._found[slug])

    async def _look_for(self, slug: str) -> LiveDebate | None:
        try:
            await self._log.epoch(slug)
            if await self._shelf.takes(slug):
                return await self._shelf.woken(slug)
            return await self._start(slug, None, None, self._log)
        except NoSuchDebate:
            return None
        finally:
            del self._found[slug]

    def running(self, slug: str) -> LiveDebate | None:
        """The debate of this slug, if it runs."""
        return self._running.get(slug)

    def all(self) -> list[LiveDebate]:
        """Those that run."""
        return list(self._running.values())

    async def rest(self) -> None:
        """Put back what is over and nobody has asked for in a while; to be called now and then."""
        for debate in self.all():
            is_due = self._shelf.may_rest(debate, self._clock.monotonic())
            if is_due and await self._shelf.takes(debate.slug):
                if self._running.get(debate.slug) is not debate:  # deleted meanwhile
                    self._shelf.forget(debate.slug)
                    continue
                del self._running[debate.slug]
                await debate.stop(Close.GOING_DOWN)

    async def create(
        self, definition: Definition, role_names: Mapping[Role, str] = ROLE_NAMES, log: Log | None = None
    ) -> Created:
        """Make a debate; `role_names` as in `opening`. Raises `SlugTaken`, `Unavailable`.

        `log`: where its records are kept, if not with all others; then it is gone when the service ends.
        """
        log = log or self._log
        if self.knows(definition.slug) and await self.find(definition.slug) is not None:
            raise SlugTaken(definition.slug)
        now, salt = self._clock.now(), lambda: secrets.token_bytes(16)
        cast, records = opening(definition, now, fresh_id, salt, role_names)
        with self._change(definition.slug):
            await log.create(definition.slug, records, secrets.token_hex(8))
            await self._start(definition.slug, Standing(fold(records), [], []), None, log)
        self.tell_others(definition.slug)
        return Created(definition.slug, cast)

    async def delete(self, slug: str) -> None:
        """Remove a debate with all its records; its connections are told 4502."""
        debate = await self.find(slug)
        if debate is not None and self._running.get(slug) is debate:
            with self._change(slug):
                del self._running[slug]
                self._shelf.forget(slug)
                await debate.delete()
            self.tell_others()

    @contextmanager
    def _change(self, slug: str) -> Iterator[None]:
        self._changing.add(slug)
        try:
            yield
        finally:
            self._changing.discard(slug)

    def tell_others(self, slug: str = "") -> None:
        """Have other nodes, where there are any, look at this debate, or at everything."""
        if self._nodes is not None:
            self._nodes.ring(slug)

    def summaries(self) -> list[dict[str, Any]]:
        """What lists of debates show of each, newest start first."""
        return sorted(
            map(_summary, [*(debate.loop.glance() for debate in self.all()), *self._shelf.outlines()]),
            key=lambda summary: str(summary["starts_at"]),
            reverse=True,
        )

    def lagging(self) -> int:
        """How many connections do not read as fast as they are written to."""
        return sum(debate.hub.lagging for debate in self._running.values())

    def waiting(self) -> int:
        """How many commands wait to be decided."""
        return sum(debate.loop.waiting for debate in self._running.values())

    def failing(self) -> int:
        """How many debates could not store what they last tried to."""
        return sum(debate.loop.failing for debate in self._running.values())

    async def turning(self) -> None:
        """Returns once every loop has answered; for readiness checks under a time limit.

        One that cannot read its debate back has answered too: `failing` counts it.
        """
        for debate in self.all():
            with suppress(LogError):
                await debate.read(lambda state: state.seq)

    async def attach(
        self, websocket: WebSocket, *, slug: str, address: str, resolve: Resolve, tell: Tell = in_english
    ) -> None:
        """Serve one connection of the stream; returns when it is handed over, or over."""
        await serve_peer(
            websocket,
            lambda peer: Connection(peer, resolve, self.admission, address, tell, self._tally, slug),
        )

    async def _wake(self, slug: str) -> LiveDebate:
        return await self._start(slug, None, None, self._log)

    async def _start(
        self, slug: str, stands: Standing | None, last_alive: Instant | None, log: Log
    ) -> LiveDebate:
        """Run the debate as it `stands`: as the log has it, where that is not known."""
        turns = self._nodes.turns(slug) if self._nodes is not None and log is self._log else None
        if turns is not None:
            await turns.begin()
        epoch = await log.epoch(slug)
        stands = stands or await standing(log, slug)
        running = self._running.get(slug)
        if running is not None and running.epoch == epoch:  # somebody else was first
            return running
        debate = LiveDebate(slug, epoch, log, self._clock, stands.state, stands.unchanged, self._tally, turns)
        self._running[slug] = debate
        debate.start(last_alive)
        return debate


def _summary(state: State) -> dict[str, Any]:
    return {
        "slug": state.slug,
        "title": state.title,
        "phase": state.phase,
        "starts_at": to_wire(state.starts_at),
        "timezone": state.timezone,
        "audience": state.audience,
        "organisation": state.organisation,
        "language": state.language,
    }
