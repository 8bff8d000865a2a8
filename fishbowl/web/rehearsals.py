"""Rehearsals: a debate played beforehand, by a crowd that is not there, for its own chair.

A rehearsal is a debate of its own, made from what its original holds, closed to everybody else, and kept in
memory alone. Knows neither pages nor requests. Guarantees that it is gone as soon as its original opens its
doors, after `MOST_MS`, when it is ended, and when the service ends; and that nothing of it reaches the store
but its chair's link, which goes with it.
"""

from __future__ import annotations

import asyncio
import secrets
from contextlib import suppress
from random import Random
from typing import Final

from msgspec import Struct
from msgspec.structs import replace

from fishbowl.clock import Clock
from fishbowl.crowd import Crowd, Lines, Members
from fishbowl.debate.again import definition_of
from fishbowl.debate.definition import Definition
from fishbowl.debate.vocabulary import Audience, Door, Instant, Phase, Role, Words
from fishbowl.live.debates import Created, Debates, LiveDebate
from fishbowl.log.memory import MemoryLog
from fishbowl.web.links import Link, Links
from fishbowl.web.opening import role_names
from fishbowl.web.words import negotiate, translations

__all__ = ["Rehearsal", "Rehearsals"]

BEFOREHAND: Final = frozenset({Phase.DRAFT, Phase.ANNOUNCED})
"""Phases of a debate in which it can be rehearsed."""
MOST_MS: Final = 2 * 3600 * 1000
SIZE: Final = 24
_ENDING: Final = "-rehearsal"
_STEM: Final = 60 - len(_ENDING)


class Rehearsal(Struct, frozen=True):
    """One that is going on: of which debate, under which slug, and its chair's link."""

    original: str
    slug: str
    chair: Link


class Rehearsals:
    """All that are going on in one service."""

    def __init__(self, debates: Debates, links: Links, clock: Clock) -> None:
        self._debates = debates
        self._links = links
        self._clock = clock
        self._going_on: dict[str, Rehearsal] = {}
        """By the slug of the original."""
        self._playing: dict[str, asyncio.Task[None]] = {}

    def of(self, original: str) -> Rehearsal | None:
        return self._going_on.get(original)

    def by_slug(self, slug: str) -> Rehearsal | None:
        """The rehearsal that is this debate; None where it is a real one."""
        return next((one for one in self._going_on.values() if one.slug == slug), None)

    def standing(self, slug: str, phase: str) -> str | None:
        """How things are, for the button: "this one", "going on", "possible"; None: there can be none."""
        if self.by_slug(slug) is not None:
            return "this one"
        if self.of(slug) is not None:
            return "going on"
        return "possible" if phase in BEFOREHAND else None

    async def begin(self, original: LiveDebate) -> Rehearsal:
        """Begin one, or find the one that is going on: two chairs rehearse together.

        Raises `SlugTaken` where a debate has the name that its rehearsal needs.
        """
        if (going_on := self.of(original.slug)) is not None:
            return going_on
        definition = _rehearsed(await original.read(definition_of), self._clock.now())
        created = await self._debates.create(definition, role_names(definition.language), MemoryLog())
        try:
            issued = await self._links.issue(created.slug, created.people.chair, Role.CHAIR)
        except BaseException:
            await self._debates.delete(created.slug)
            raise
        rehearsal = Rehearsal(original.slug, created.slug, issued.link)
        self._going_on[original.slug] = rehearsal
        debate = await self._debates.find(created.slug)
        assert debate is not None
        await debate.ask(created.people.chair, {"do": "move_to", "id": "rehearsal", "phase": Phase.LOBBY})
        crowd = self._crowd(debate, created, definition)
        playing = self._play(crowd, rehearsal, original)
        self._playing[original.slug] = asyncio.create_task(playing, name=f"rehearsal {created.slug}")
        return rehearsal

    async def end(self, rehearsal: Rehearsal) -> None:
        """Everything of it is gone. Harmless when it is already."""
        playing = self._playing.pop(rehearsal.original, None)
        if playing is not None:
            playing.cancel()
            with suppress(asyncio.CancelledError):
                await playing
        await self._forget(rehearsal)

    async def close(self) -> None:
        for rehearsal in list(self._going_on.values()):
            await self.end(rehearsal)

    def _crowd(self, debate: LiveDebate, created: Created, definition: Definition) -> Crowd:
        chance = Random(secrets.randbits(32))  # noqa: S311  # a play, no secret
        return Crowd(
            debate,
            Lines.for_anything(definition.language, chance),
            Members(speakers=[person for person, _ in created.people.speakers]),
            size=SIZE,
            chance=chance,
            clock=self._clock,
            pause=asyncio.sleep,
            code=definition.join_code,
            dropouts=True,
        )

    async def _play(self, crowd: Crowd, rehearsal: Rehearsal, original: LiveDebate) -> None:
        until = self._clock.now() + MOST_MS

        def is_over() -> bool:
            stands = self._debates.running(original.slug) is original
            early = original.loop.glance().phase in BEFOREHAND
            return not (stands and early) or self._clock.now() > until

        await crowd.play(until=is_over)
        self._playing.pop(rehearsal.original, None)
        await self._forget(rehearsal)

    async def _forget(self, rehearsal: Rehearsal) -> None:
        if self._going_on.pop(rehearsal.original, None) is not None:
            await self._debates.delete(rehearsal.slug)
            await self._links.forget_debate(rehearsal.slug)


def _rehearsed(definition: Definition, now: Instant) -> Definition:
    """The definition of its rehearsal: called so, starting now, and nobody's but the chair's."""
    return replace(
        definition,
        title=_called(definition.title, definition.language),
        slug=definition.slug[:_STEM].rstrip("-") + _ENDING,
        starts_at=now,
        audience=Audience.CLOSED,
        door=Door.CODE,
        join_code=secrets.token_hex(8),
        max_people=None,
        under_18=False,  # nobody else is there, and one chair may rehearse alone
    )


def _called(title: Words, language: str) -> Words:
    if isinstance(title, str):
        return translations(negotiate(language)).gettext("Rehearsal: {title}", title=title)
    return {tag: str(_called(said, tag)) for tag, said in title.items()}
