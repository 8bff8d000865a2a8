"""The pages people open: the debate in its views, and the way in.

Knows no rule and no store: what a page shows is the reader's own snapshot. Everything works without scripts
for reading and joining; scripts take over from what the page holds.
"""

from __future__ import annotations

import re
from functools import partial
from typing import Any

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from fishbowl.debate.definition import SLUG
from fishbowl.debate.state import State
from fishbowl.debate.vocabulary import Audience, Phase, Role
from fishbowl.web.access import Credentials, Visit
from fishbowl.web.api.entrance import come_in
from fishbowl.web.body import read_form
from fishbowl.web.embed import ROUTES as EMBED_ROUTES
from fishbowl.web.forgetting import ROUTES as FORGETTING_ROUTES
from fishbowl.web.handouts import ROUTES as HANDOUT_ROUTES
from fishbowl.web.language import ROUTES as LANGUAGE_ROUTES
from fishbowl.web.opening import way_in as link_of
from fishbowl.web.organiser import ROUTES as ORGANISER_ROUTES
from fishbowl.web.outside import ROUTES as OUTSIDE_ROUTES
from fishbowl.web.outside import outside, told
from fishbowl.web.people import ROUTES as PEOPLE_ROUTES
from fishbowl.web.plain import ROUTES as PLAIN_ROUTES
from fishbowl.web.policies import ROUTES as POLICY_ROUTES
from fishbowl.web.problems import Problem, not_found
from fishbowl.web.quotes import ROUTES as QUOTES_ROUTES
from fishbowl.web.refusals import in_words
from fishbowl.web.render import language_of
from fishbowl.web.repeating import ROUTES as REPEATING_ROUTES
from fishbowl.web.reporting import ROUTES as REPORTING_ROUTES
from fishbowl.web.showing import showing
from fishbowl.web.shown import UNLISTED, Typed, shown
from fishbowl.web.site import Site, site_of
from fishbowl.web.why import why
from fishbowl.web.yours import ROUTES as YOURS_ROUTES

__all__ = ["ROUTES"]


async def home(request: Request) -> Response:
    """What is public, what this browser takes part in; for the administrator, everything."""
    site = site_of(request)
    admin = await site.access.is_administrator(request)
    visits = await _held(site, request)
    listed = [
        summary | {"organised": admin or (slug in visits and visits[slug].who.is_organiser)}
        for summary in site.debates.summaries()
        if (slug := summary["slug"]) in visits
        or admin
        or (summary["audience"] == Audience.PUBLIC and summary["phase"] != Phase.DRAFT)
    ]
    held = [await visit.debate.read(partial(_as_whom, visit)) for visit in visits.values()]
    context = {"debates": listed, "held": [one for one in held if one]}
    return site.renderer.page(request, "home", context, admin=admin)


async def _held(site: Site, request: Request) -> dict[str, Visit]:
    """The debates this browser is somebody in and may read, by slug."""
    shown = site.access.credentials(request.headers)
    visits = {slug: await site.access.visit(slug, shown) for slug in await site.access.held(request)}
    return {slug: visit for slug, visit in sorted(visits.items()) if visit is not None}


def _as_whom(visit: Visit, state: State) -> dict[str, Any] | None:
    """What the front page says of somebody in a debate; None for an administrator who is nobody there."""
    person = state.people.get(visit.who.person or "")
    if person is None:
        return None
    return {
        "slug": state.slug,
        "title": state.title,
        "language": state.language,
        "name": person.name,
        "role": person.role,
    }


async def administrator(request: Request) -> Response:
    site = site_of(request)
    return site.renderer.page(request, "admin", {}, admin=await site.access.is_administrator(request))


async def debate(request: Request) -> Response:
    """The debate; to somebody who has not joined a closed one, its title and the way in."""
    site = site_of(request)
    slug = request.path_params["slug"]
    visit = await site.access.visit(slug, site.access.credentials(request.headers))
    if visit is None:
        if (
            kept_out := await outside(site, request, slug, await _return_link(site, request, slug))
        ) is not None:
            return kept_out
        if (way_in := await _closed(site, request, slug)) is None:
            raise not_found()
        return _joining(site, request, way_in, {}, {})
    if (number := _whole(request, "why")) is not None:
        return await why(site, request, visit, number)
    typed = Typed(reply_to=_whole(request, "reply"), return_link=await _return_link(site, request, slug))
    show = showing(request.query_params.get("show", "")[:200])
    return await shown(site, request, visit, "debate", typed, _whole(request, "before"), show)


async def chair(request: Request) -> Response:
    site = site_of(request)
    visit = await site.access.enter(request, request.path_params["slug"])
    if visit.who.role not in (Role.CHAIR, Role.MODERATOR):
        raise Problem(
            403, "right.missing", "This page is for the chair and moderators; open it by their link."
        )
    return await shown(site, request, visit, "chair")


async def wall(request: Request) -> Response:
    site = site_of(request)
    return await shown(site, request, await site.access.enter(request, request.path_params["slug"]), "wall")


async def way_in(request: Request) -> Response:
    """Where a personal link leads, and where people join.

    The secret is behind the `#`, so this page cannot know whose link it is: for a debate the reader may not
    see, or that does not exist, it is the same empty door.
    """
    site = site_of(request)
    slug = request.path_params["slug"]
    if not SLUG.fullmatch(slug):
        raise not_found()
    return _joining(site, request, await _door(site, request, slug), {}, {})


FIELDS = {"door.wrong_code": "code", "name.looks_like": "name", "name.unfit": "name"}
"""Beside which field of the door's form a problem is told; else above its button."""


async def join(request: Request) -> Response:
    """The door, for people without scripts."""
    site = site_of(request)
    slug = request.path_params["slug"]
    form = await read_form(request)
    try:
        entered = await come_in(site, request, slug, form.get("name"), form.get("code"))
    except Problem as problem:
        if problem.status == 404:
            raise
        field = FIELDS.get(problem.code, "join")
        door = await _door(site, request, slug)
        wrong = {field: in_words(problem.said, language_of(request))}
        return _joining(site, request, door, form, wrong, problem.status)
    headers = {}
    if entered.issued is not None and entered.cookie is not None:
        headers["Set-Cookie"] = site.access.set_cookie(entered.cookie)
        await site.returns.keep(slug, Credentials(cookie=entered.cookie), [entered.issued])
    return RedirectResponse(f"/debates/{slug}", 303, headers)


async def _return_link(site: Site, request: Request, slug: str) -> str | None:
    """The link of somebody who joined by the form a moment ago. It is shown this once."""
    if request.method != "GET":
        return None
    base = site.addresses.base_for(request.headers.get("host"))
    issued = await site.returns.take(slug, site.access.credentials(request.headers))
    return link_of(base, slug, issued[-1]) if issued else None


def _whole(request: Request, name: str) -> int | None:
    """A number in the page's address; what is none is as good as left out."""
    written = request.query_params.get(name, "")
    return int(written) if re.fullmatch(r"[1-9][0-9]{0,8}", written) else None


def _joining(
    site: Site,
    request: Request,
    door: dict[str, Any],
    form: dict[str, str],
    errors: dict[str, str],
    status: int = 200,
) -> Response:
    context = {"debate": door, "form": form, "errors": errors}
    return site.renderer.page(request, "join", context, status=status, headers=UNLISTED)


async def _door(site: Site, request: Request, slug: str) -> dict[str, Any]:
    """What the join page may tell this reader of the debate."""
    visit = await site.access.visit(slug, site.access.credentials(request.headers))
    if visit is not None:
        return await visit.debate.read(told)
    closed = await _closed(site, request, slug)
    return closed or dict.fromkeys(("title", "phase", "door", "audience", "rules")) | {"slug": slug}


async def _closed(site: Site, request: Request, slug: str) -> dict[str, Any] | None:
    """What a closed debate tells somebody who has not joined; None where it tells nothing."""
    who = await site.access.resolve(slug, site.access.credentials(request.headers))
    found = await site.debates.find(slug)
    if who is None or found is None:
        return None
    closed: dict[str, Any] = await found.read(told)
    if closed["audience"] is not Audience.CLOSED or closed["phase"] is Phase.DRAFT:
        return None
    return closed


ROUTES = [
    Route("/", home),
    Route("/admin", administrator),
    *LANGUAGE_ROUTES,
    *FORGETTING_ROUTES,
    *ORGANISER_ROUTES,
    *HANDOUT_ROUTES,
    *OUTSIDE_ROUTES,
    *PEOPLE_ROUTES,
    *PLAIN_ROUTES,
    *REPORTING_ROUTES,
    *QUOTES_ROUTES,
    *YOURS_ROUTES,
    *REPEATING_ROUTES,
    *POLICY_ROUTES,
    *EMBED_ROUTES,
    Route("/debates/{slug}", debate),
    Route("/debates/{slug}/chair", chair),
    Route("/debates/{slug}/wall", wall),
    Route("/join/{slug}", way_in),
    Route("/join/{slug}", join, methods=["POST"]),
]
