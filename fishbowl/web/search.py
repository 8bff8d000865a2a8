"""`/debates/{slug}/search` and `/archives`: words looked for in a debate, or in all that are over.

Knows who may look where: in a debate whoever may read it, across debates everybody, in those that are public
and over. Guarantees that what is shown is what can be read now: every hit is looked at again in its debate,
so a text that was hidden, withdrawn or erased a moment ago is not found.
"""

from __future__ import annotations

from functools import partial
from typing import Any, Final

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from fishbowl.clock import to_wire
from fishbowl.debate.state import State
from fishbowl.debate.vocabulary import Audience, Phase
from fishbowl.live.debates import LiveDebate
from fishbowl.web.searching import Found, is_open, words_of
from fishbowl.web.shown import UNLISTED
from fishbowl.web.site import Site, site_of
from fishbowl.web.transcripts import PUBLISHED

__all__ = ["ROUTES"]

MOST: Final = 50
"""Hits on a page: whoever gets more looks for more words."""
LONGEST: Final = 200
OVER: Final = frozenset({Phase.CORRECTION, Phase.ARCHIVED})


async def in_debate(request: Request) -> Response:
    """Contributions of one debate with the words asked for."""
    site = site_of(request)
    visit = await site.access.enter(request, request.path_params["slug"])
    asked = _asked(request)
    hits = await _hits(site, asked, [visit.debate])
    context = await visit.debate.read(partial(_told, visit.debate)) | {"asked": asked, "hits": hits}
    return site.renderer.page(request, "search", context | {"archives": None}, headers=UNLISTED)


async def in_archives(request: Request) -> Response:
    """Every public debate that is over, and what was found in them."""
    site, asked = site_of(request), _asked(request)
    archives = [
        summary
        for summary in site.debates.summaries()
        if summary["audience"] is Audience.PUBLIC and summary["phase"] in OVER
    ]
    debates = []
    if words_of(asked):
        found = [await _awake(site, each["slug"]) for each in archives]
        debates = [debate for debate in found if debate is not None]
    hits = await _hits(site, asked, debates)
    context = {"archives": archives, "asked": asked, "hits": hits, "debate": None}
    return site.renderer.page(request, "search", context)


def _asked(request: Request) -> str:
    return request.query_params.get("q", "").strip()[:LONGEST]


async def _awake(site: Site, slug: str) -> LiveDebate | str | None:
    """The debate where it has to be looked at, else its slug: what rests is as it was when it was indexed."""
    if slug in site.index and site.debates.running(slug) is None:
        return slug
    return await site.debates.find(slug)


async def _hits(site: Site, asked: str, debates: list[LiveDebate | str]) -> list[dict[str, Any]]:
    if not words_of(asked):
        return []
    slugs = []
    for debate in debates:
        if isinstance(debate, str):
            slugs.append(debate)
            continue
        slugs.append(debate.slug)
        fresh, gone = await debate.read(site.index.missing)
        if fresh or gone or debate.slug not in site.index:
            await site.index.renew(debate.slug, fresh, gone)
    hits = []
    for found in await site.index.look(asked, slugs, MOST):
        there = await site.debates.find(found.debate)
        if there is None:
            await site.index.forget(found.debate)
        elif (hit := await there.read(partial(_hit, found))) is not None:
            hits.append(hit)
    return hits


def _hit(found: Found, state: State) -> dict[str, Any] | None:
    """What is shown of it; None where it is not to be read any more."""
    contribution = state.contributions.get(found.contribution)
    if contribution is None or not is_open(contribution) or contribution.text != found.text:
        return None
    author = state.people[contribution.author]
    over = state.phase in PUBLISHED
    page = f"/debates/{state.slug}" + ("/transcript.html?version=public" if over else "")
    return {
        "address": f"{page}#c{contribution.contribution}",
        "contribution": contribution.contribution,
        "debate": {"slug": state.slug, "title": state.title, "language": state.language},
        "name": author.name,
        "at": to_wire(contribution.at),
        "timezone": state.timezone,
        "language": contribution.language or state.language,
        "questions": [tag.question for tag in contribution.tags],
        "pieces": found.pieces,
        "citable": over,
    }


def _told(debate: LiveDebate, state: State) -> dict[str, Any]:
    return {"debate": {"slug": debate.slug, "title": state.title, "language": state.language}}


ROUTES = [
    Route("/archives", in_archives),
    Route("/debates/{slug}/search", in_debate),
]
