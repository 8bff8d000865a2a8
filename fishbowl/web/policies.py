"""How a debate is moderated: a page that tells everybody, and the log that tells the organiser what was done.

Knows no rule: the page says what is set, the log what is recorded. Guarantees that nobody but the organiser
gets the log, and that the page names no moderator.
"""

from __future__ import annotations

import asyncio

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from fishbowl.debate.vocabulary import Audience
from fishbowl.transcript.moderation import LOG_FORMATS, moderation_log
from fishbowl.web.problems import not_found
from fishbowl.web.shown import UNLISTED
from fishbowl.web.site import site_of

__all__ = ["ROUTES"]


async def policy(request: Request) -> Response:
    """What is looked at and by whom, what may become of a contribution and of a person, and how to report."""
    site = site_of(request)
    visit = await site.access.enter(request, request.path_params["slug"])
    debate = (await visit.debate.snapshot(visit.who.reader, limit=0))["debate"]
    headers = {} if debate["audience"] == Audience.PUBLIC else UNLISTED
    return site.renderer.page(request, "policy", {"debate": debate}, headers=headers)


async def log(request: Request) -> Response:
    """The moderation log, of all that is stored as this is asked."""
    site = site_of(request)
    visit = await site.access.enter_as_organiser(request, request.path_params["slug"])
    ending = request.path_params["ending"]
    if ending not in LOG_FORMATS:
        raise not_found()
    records = await visit.debate.stored()
    file = await asyncio.to_thread(moderation_log, visit.who.slug, records, ending)
    name = f"{visit.who.slug}-moderation-{records[-1].seq}.{ending}"
    headers = {"Content-Disposition": f'attachment; filename="{name}"', "Cache-Control": "no-store"}
    return Response(file, media_type=LOG_FORMATS[ending], headers=headers)


ROUTES = [
    Route("/debates/{slug}/policy", policy),
    Route("/debates/{slug}/moderation.{ending}", log),
]
