"""`.../contributions/{contribution}/why`: why a contribution has its tags, and what a chair asks."""

from __future__ import annotations

from typing import Any

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from fishbowl.web.api.reply import json_response
from fishbowl.web.because import explained
from fishbowl.web.problems import not_found
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


ROUTES = [Route("/api/v1/debates/{slug}/contributions/{contribution}/why", why, methods=["GET"])]
