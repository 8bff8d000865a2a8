"""Where chair and organiser begin a rehearsal and end it: two buttons of plain forms.

Knows nothing of how one is played.
"""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from fishbowl.debate.vocabulary import Role
from fishbowl.log.contract import SlugTaken
from fishbowl.web.access import Visit
from fishbowl.web.api.entrance import held_by
from fishbowl.web.body import read_form
from fishbowl.web.problems import Problem, code_for
from fishbowl.web.site import Site, site_of

__all__ = ["ROUTES"]


async def change(request: Request) -> Response:
    """`do` is begin, on the page of a debate, or end, in a rehearsal's own console."""
    site = site_of(request)
    visit = await site.access.enter(request, request.path_params["slug"])
    if not (visit.who.is_organiser or visit.who.role is Role.CHAIR):
        raise Problem(403, "right.missing", "Only the chair and the organiser may do this.")
    match (await read_form(request)).get("do"):
        case "begin":
            return await _begin(site, request, visit)
        case "end":
            return await _end(site, visit)
    raise code_for(400)


async def _begin(site: Site, request: Request, visit: Visit) -> Response:
    phase = await visit.debate.read(lambda state: state.phase)
    if site.rehearsals.standing(visit.who.slug, phase) not in ("possible", "going on"):
        raise Problem(409, "phase.not_live", "A debate can be rehearsed until its lobby opens.")
    try:
        rehearsal = await site.rehearsals.begin(visit.debate)
    except SlugTaken as taken:
        raise Problem(409, "slug.taken", str(taken)) from None
    cookie = await held_by(site, request, rehearsal.chair)
    headers = {"Set-Cookie": site.access.set_cookie(cookie)}
    return RedirectResponse(f"/debates/{rehearsal.slug}/chair", 303, headers)


async def _end(site: Site, visit: Visit) -> Response:
    """Back to where it was begun from: whoever is not the original's chair is its organiser."""
    rehearsal = site.rehearsals.by_slug(visit.who.slug)
    if rehearsal is None:
        raise code_for(400)
    await site.rehearsals.end(rehearsal)
    return RedirectResponse(f"/debates/{rehearsal.original}", 303)


ROUTES = [Route("/debates/{slug}/rehearsal", change, methods=["POST"])]
