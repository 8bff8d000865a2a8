"""The pages of those whom a debate keeps out: who waits at the door, was turned away, or is blocked.

Guarantees that they learn no more of a closed debate than anybody at its door (`told`), and that whoever
waits is in with the next look at the page, by script or by a reload.
"""

from __future__ import annotations

from typing import Any

import msgspec
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from fishbowl.clock import to_wire
from fishbowl.debate.commands import Leave
from fishbowl.debate.state import State
from fishbowl.web.api.entrance import is_moderated
from fishbowl.web.shown import UNLISTED
from fishbowl.web.site import Site, site_of

__all__ = ["ROUTES", "outside", "told"]


async def outside(site: Site, request: Request, slug: str, return_link: str | None) -> Response | None:
    """The page of somebody kept out; None where nothing keeps them out, or the debate does not know them."""
    person = await site.access.outside(slug, site.access.credentials(request.headers))
    found = await site.debates.find(slug)
    if person is None or found is None:
        return None
    if person.blocked:
        return site.renderer.page(request, "blocked", {}, status=403, headers=UNLISTED)
    context = {
        "debate": await found.read(told),
        "person": person,
        "moderated": await is_moderated(site, slug),
        "return_link": return_link,
    }
    status = 200 if person.waiting else 403
    return site.renderer.page(request, "waiting", context, status=status, headers=UNLISTED)


async def stop_waiting(request: Request) -> Response:
    """Whoever waits goes: nobody sees them at the door any more."""
    site = site_of(request)
    slug = request.path_params["slug"]
    person = await site.access.outside(slug, site.access.credentials(request.headers))
    found = await site.debates.find(slug)
    if person is not None and person.waiting and found is not None:
        await found.submit(person.person, Leave(id="stop waiting"), None)
    return RedirectResponse(f"/debates/{slug}", 303)


def told(state: State) -> dict[str, Any]:
    """What anybody at the door may know of a debate."""
    return {
        "slug": state.slug,
        "title": state.title,
        "language": state.language,
        "phase": state.phase,
        "door": state.door,
        "audience": state.audience,
        "starts_at": to_wire(state.starts_at),
        "timezone": state.timezone,
        "rules": msgspec.to_builtins(state.rules),
        "under_18": state.under_18,
        "help_contact": state.help_contact,
    }


ROUTES = [Route("/debates/{slug}/waiting", stop_waiting, methods=["POST"])]
