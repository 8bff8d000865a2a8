"""`POST /forget`: a browser forgets who it is, in one debate or in all.

For people who share a computer. Knows no secret and ends no link: whoever left comes back by their personal
link, here or elsewhere. Guarantees that afterwards the browser is nobody there, whatever it shows.
"""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from fishbowl.web.body import read_form
from fishbowl.web.problems import code_for
from fishbowl.web.site import site_of

__all__ = ["ROUTES"]


async def forget(request: Request) -> Response:
    """Forget the debate the form names (the administrator's links name none), or `all`."""
    site = site_of(request)
    form = await read_form(request)
    if "all" not in form and "debate" not in form:
        raise code_for(400)
    cookie = site.access.credentials(request.headers).cookie
    if cookie is None:
        return RedirectResponse("/", 303)
    await site.links.release(cookie, None if "all" in form else form["debate"])
    headers = {} if (await site.links.browser(cookie)).held else {"Set-Cookie": site.access.end_cookie()}
    return RedirectResponse("/", 303, headers)


ROUTES = [Route("/forget", forget, methods=["POST"])]
