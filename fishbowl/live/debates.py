"""The debates of one service: opened with it, found by slug, made and deleted; those that are over rest."""

from __future__ import annotations

import asyncio
import secrets
from collections.abc import Mapping
from contextlib import suppress
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
from fishbowl.log.contract import Log, LogError, SlugTaken
from fishbowl.settings import Settings

__all__ = ["Accepted", "Created", "Debates", "Joined", "LiveDebate"]

STOP_SECONDS = 5.0


@dataclass(frozen=True)
class Created:
    """A new debate and who it knows."""

    slug: str
    people: Cast


class Debates:
    """Every debate of the store: running, or over and resting until somebody asks for it."""

    def __init__(self, log: Log, clock: Clock, settings: Settings, tally: Tally = SILENT) -> None:
        self.admission = Admission(
            settings.connections, settings.per_address, settings.per_person, settings.per_debate
        )
        self._log = log
        self._clock = clock
        self._tally = tally
        self._running: dict[str, LiveDebate] = {}
        self._shelf = Shelf(log, self._wake)

    @classmethod
    async def open(
        cls,
        log: Log,
        clock: Clock,
        settings: Settings,
        last_alive: Instant | None = None,
        tally: Tally = SILENT,
    ) -> Debates:
        """Fold every debate that is not over from the log, and start it.

        `last_alive`: when the service is known to have run last; without it, clocks count as stopped since
        each debate's last record.
        """
        debates = cls(log, clock, settings, tally)
        for slug in await log.debates():
            if not await debates._shelf.takes(slug):
                await debates._start(slug, await standing(log, slug), last_alive or 0, log)
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
        """The debate of this slug; whether the caller may know of it is theirs to ask.

        Raises `LogError` where one that rested cannot be read.
        """
        debate = self._running.get(slug) or await self._shelf.woken(slug)
        if debate is not None:
            self._shelf.asked_for(slug, self._clock.monotonic())
        return debate

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
                del self._running[debate.slug]
                await debate.stop(Close.GOING_DOWN)

    async def create(
        self, definition: Definition, role_names: Mapping[Role, str] = ROLE_NAMES, log: Log | None = None
    ) -> Created:
        """Make a debate; `role_names` as in `opening`. Raises `SlugTaken`, `Unavailable`.

        `log`: where its records are kept, if not with all others; then it is gone when the service ends.
        """
        log = log or self._log
        if definition.slug in self._running or definition.slug in self._shelf:
            raise SlugTaken(definition.slug)
        now, salt = self._clock.now(), lambda: secrets.token_bytes(16)
        cast, records = opening(definition, now, fresh_id, salt, role_names)
        await log.create(definition.slug, records, secrets.token_hex(8))
        await self._start(definition.slug, Standing(fold(records), [], []), None, log)
        return Created(definition.slug, cast)

    async def delete(self, slug: str) -> None:
        """Remove a debate with all its records; its connections are told 4502."""
        debate = await self.find(slug)
        if debate is not None:
            del self._running[slug]
            self._shelf.forget(slug)
            await debate.delete()

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
        return await self._start(slug, await standing(self._log, slug), None, self._log)

    async def _start(self, slug: str, stands: Standing, last_alive: Instant | None, log: Log) -> LiveDebate:
        epoch = await log.epoch(slug)
        debate = LiveDebate(slug, epoch, log, self._clock, stands.state, stands.unchanged, self._tally)
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
