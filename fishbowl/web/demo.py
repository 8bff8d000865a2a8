"""The service as a show: in a directory that is gone afterwards, with a debate under way and a crowd in it.

Knows no act of the crowd's. Guarantees that nothing outlives it.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from dataclasses import replace
from functools import partial
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory
from typing import Final

import click

from fishbowl.clock import SystemClock, to_wire
from fishbowl.crowd import Crowd, HeadStart, Lines, Members, Story, corner_shops
from fishbowl.debate.definition import parse_definition
from fishbowl.debate.vocabulary import Role
from fishbowl.settings import Settings
from fishbowl.web.opening import Opened, open_debate
from fishbowl.web.serve import serve
from fishbowl.web.site import Site

__all__ = ["demo"]

AHEAD_SECONDS: Final = 11 * 60
"""How long the debate has been under way when its links are shown."""
SIZE: Final = 28
SEED: Final = 20140611
"""What is said and done is drawn with it; names and the hour are not."""


def demo(settings: Settings) -> None:
    """Run until told to stop. Raises what `serve` raises; the settings' data directory is not touched."""
    clock = HeadStart(SystemClock(), AHEAD_SECONDS)
    with TemporaryDirectory(prefix="fishbowl-demo-") as folder:
        serve(replace(settings, data=Path(folder)), clock, beside=partial(_under_way, clock))


@asynccontextmanager
async def _under_way(clock: HeadStart, site: Site) -> AsyncIterator[None]:
    story = corner_shops()
    starts = {"starts_at": to_wire(clock.now())}
    opened = await open_debate(site.debates, site.links, parse_definition(story.definition | starts))
    crowd = await _crowd(site, story, opened.slug, clock)
    await crowd.open()
    await crowd.play(until=lambda: clock.has_caught_up)
    _tell(site, opened)
    playing = asyncio.create_task(crowd.play(), name="crowd")
    try:
        yield
    finally:
        playing.cancel()
        with suppress(asyncio.CancelledError):
            await playing


async def _crowd(site: Site, story: Story, slug: str, clock: HeadStart) -> Crowd:
    debate = await site.debates.find(slug)
    assert debate is not None
    by_role = await debate.read(
        lambda state: {role: [p.person for p in state.people.values() if p.role is role] for role in Role}
    )
    members = Members(chair=by_role[Role.CHAIR][0], speakers=by_role[Role.SPEAKER])
    chance = Random(SEED)  # noqa: S311  # a show, no secret
    return Crowd(
        debate,
        Lines.of(story, chance),
        members,
        size=SIZE,
        chance=chance,
        clock=clock,
        pause=clock.pause,
    )


def _tell(site: Site, opened: Opened) -> None:
    links = opened.answer(site.addresses.base)["links"]
    click.echo("A debate is under way there, with a crowd that is invented. Open any of these:")
    click.echo(f"  look on, or join   {links['public']}")
    click.echo(f"  be the chair       {links['chair']}")
    for speaker in links["speakers"][:2]:
        click.echo(f"  be a speaker       {speaker['link']}  ({speaker['name']})")
    click.echo(f"  on the wall        {links['wall']}")
    click.echo("Everything is gone when this ends (Ctrl-C).")
