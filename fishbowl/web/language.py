"""`POST /language`, by which a reader chooses the language of the pages.

Knows no sentence and no page; which language a reader gets is `render.language_of`'s to say. The choice is
kept in a cookie of its own, which names a language and nobody: an onlooker who chooses stays one. Guarantees
that only a language there is gets into the cookie, and that the way back never leads to another site.
"""

from __future__ import annotations

import re
from typing import Final
from urllib.parse import urlsplit

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from fishbowl.web.body import read_form
from fishbowl.web.problems import code_for
from fishbowl.web.render import LANGUAGE_COOKIE
from fishbowl.web.site import site_of
from fishbowl.web.words import LANGUAGES

__all__ = ["ROUTES"]

COOKIE_SECONDS: Final = 365 * 24 * 3600
_OURS: Final = re.compile(r"/(?!/)[A-Za-z0-9._/-]*")
"""The path of a page of ours. With two slashes at its start it would name another site's host."""


async def choose(request: Request) -> Response:
    """Keep the choice, and go back to the page it was made on."""
    form = await read_form(request)
    language = form.get("language")
    if language not in LANGUAGES:
        raise code_for(400)
    secure = "; Secure" if site_of(request).addresses.is_https else ""
    cookie = f"{LANGUAGE_COOKIE}={language}; Path=/; Max-Age={COOKIE_SECONDS}; HttpOnly; SameSite=Lax{secure}"
    return RedirectResponse(
        _back(form.get("back", ""), request.headers.get("referer", "")), 303, {"Set-Cookie": cookie}
    )


def _back(page: str, referer: str) -> str:
    """The page's address, or the one the browser names where the page does not say.

    The query is known from the browser alone: one page is kept for many readers.
    """
    try:
        came = urlsplit(referer)
    except ValueError:
        came = urlsplit("")
    page = page or came.path
    if not _OURS.fullmatch(page):
        return "/"
    return f"{page}?{came.query}" if came.query and came.path == page else page


ROUTES = [Route("/language", choose, methods=["POST"])]
