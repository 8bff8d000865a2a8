"""`.../contributions/{contribution}/why`: why a contribution has its tags, and what a chair asks.

Beside it `.../guess`: where a text that is being written would be put.
"""

from __future__ import annotations

from typing import Any

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from fishbowl.debate.commands import Post
from fishbowl.debate.reading import command_from
from fishbowl.debate.refused import Refused
from fishbowl.web.api.reply import json_response, refused
from fishbowl.web.because import explained
from fishbowl.web.body import read_object
from fishbowl.web.problems import Problem, not_found
from fishbowl.web.render import language_of
from fishbowl.web.site import site_of

__all__ = ["ROUTES"]


async def why(request: Request) -> Response:
    """404 for a contribution there is none of, or none that the caller may know of."""
    visit = await site_of(request).access.enter(request, request.path_params["slug"])
    written = request.path_params["contribution"]
    if not (written.isascii() and written.isdigit() and len(written) <= 10):
        raise not_found()
    number = int(written)
    found = await visit.debate.why(visit.who.reader, number)
    if found is None:
        raise not_found()
    language = language_of(request)
    told: dict[str, Any] = {
        "contribution": number,
        "tags": [explained(each, language) for each in found.tags],
    }
    if found.asks is not None:
        told["asks"] = found.asks
    return json_response(told, headers={"Content-Language": language, "Vary": "Accept-Language, Cookie"})


async def guess(request: Request) -> Response:
    """Where a text that is being written would be put by likeness. Nothing of it is stored or logged."""
    site = site_of(request)
    slug = request.path_params["slug"]
    visit = await site.access.enter(request, slug)
    if visit.asker is None or visit.who.person is None:
        raise Problem(403, "right.missing", "This is for people who have joined the debate.")
    body = await read_object(request, frozenset({"text", "reply_to", "questions"}))
    if (wait := site.commands.enter(f"{slug} {visit.asker}")) is not None:
        raise Problem(429, "pace.too_fast", "Too many requests a second.", retry_after=wait)
    try:
        post = command_from({"do": "post", "id": "?", **body})
        assert isinstance(post, Post)
        found = await visit.debate.guess(post, visit.who.person)
    except Refused as refusal:
        raise refused(refusal) from None
    language = language_of(request)
    tags = [] if found is None else [explained(found, language)]
    return json_response({"tags": tags}, headers={"Content-Language": language})


ROUTES = [
    Route("/api/v1/debates/{slug}/guess", guess, methods=["POST"]),
    Route("/api/v1/debates/{slug}/contributions/{contribution}/why", why, methods=["GET"]),
]
