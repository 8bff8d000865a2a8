"""`/debates/{slug}/embed`: a debate to look at within another site's page.

Knows nobody: whoever asks, and whatever their browser shows, is given what an onlooker sees. So the page that
embeds it, and a click that somebody was led to make in it, can do nothing in anybody's name.
"""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from fishbowl.web.access import Credentials
from fishbowl.web.gate import framed_by
from fishbowl.web.problems import not_found
from fishbowl.web.shown import shown
from fishbowl.web.site import site_of

__all__ = ["ROUTES"]


async def embed(request: Request) -> Response:
    site = site_of(request)
    visit = await site.access.visit(request.path_params["slug"], Credentials())
    if visit is None:
        raise not_found()
    page = await shown(site, request, visit, "embed")
    page.headers.update(framed_by(site.settings.embed_sites))
    return page


ROUTES = [Route("/debates/{slug}/embed", embed)]
