"""The organiser's pages: setting a debate up, and the sheet of its links.

Plain forms; what a form made is shown by the page it leads on to, so that a reload sends nothing again. Knows
no rule of a definition and no secret but those just made: they are shown on that next page, to the browser
that made them, and never again; no cache keeps it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import count
from types import MappingProxyType
from typing import Any

from msgspec.structs import replace
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from fishbowl.debate.definition import BadDefinition, Definition, parse_definition
from fishbowl.debate.presets import PRESETS
from fishbowl.log.contract import SlugTaken
from fishbowl.web.access import Visit
from fishbowl.web.api import links as api
from fishbowl.web.body import read_form
from fishbowl.web.card import filled_by, set_by
from fishbowl.web.changing import ROUTES as CHANGING_ROUTES
from fishbowl.web.erasing import ROUTES as ERASING_ROUTES
from fishbowl.web.links import Issued
from fishbowl.web.opening import Opened, open_debate, way_in
from fishbowl.web.problems import Problem, code_for
from fishbowl.web.qr import qr_inline
from fishbowl.web.refusals import in_words
from fishbowl.web.rehearsing import ROUTES as REHEARSING_ROUTES
from fishbowl.web.render import language_of
from fishbowl.web.setup_form import definition_in, errors_by_field, uneven
from fishbowl.web.site import Site, site_of

__all__ = ["ROUTES", "on_to_the_sheet", "opened_under_a_free_slug"]


async def new(request: Request) -> Response:
    site = site_of(request)
    await site.access.require_administrator(request)
    return _setup(site, request, {}, {})


async def make(request: Request) -> Response:
    site = site_of(request)
    await site.access.require_administrator(request)
    form = await read_form(request)
    if (preset := PRESETS.get(form.pop("preset", ""))) is not None:
        return _setup(site, request, form | filled_by(preset), {})
    language = language_of(request)
    if errors := uneven(form, language):
        return _setup(site, request, form, errors, 422)
    try:
        opened = await opened_under_a_free_slug(site, parse_definition(definition_in(form, language)))
    except BadDefinition as error:
        errors = errors_by_field(error, language, form.get("language") or language)
        return _setup(site, request, form, errors, 422)
    return await on_to_the_sheet(site, request, opened.slug, opened.issued())


async def sheet(request: Request) -> Response:
    site = site_of(request)
    visit = await site.access.enter_as_organiser(request, request.path_params["slug"])
    # A HEAD shows nobody anything.
    shown = site.access.credentials(request.headers)
    fresh = await site.fresh.take(visit.who.slug, shown) if request.method == "GET" else ()
    return await _sheet(site, request, visit, fresh)


async def change(request: Request) -> Response:
    """One of four: `do` is issue, reissue, replace or revoke."""
    site = site_of(request)
    visit = await site.access.enter_as_organiser(request, request.path_params["slug"])
    form = await read_form(request)
    fresh: list[Issued] = []
    match form.get("do"):
        case "issue":
            try:
                fresh = [(await api.for_role(site, visit, form.get("role"), form.get("name", "").strip()))[0]]
            except Problem as problem:
                if problem.code == "bad_request":
                    raise
                return await _sheet(site, request, visit, (), form, problem)
        case "reissue":
            link = await site.links.by_id(form.get("link", ""))
            if link is not None and link.debate == visit.who.slug:
                fresh = [(await api.for_person(site, visit, link.person))[0]]
        case "replace":
            try:
                fresh = [(await api.in_place_of(site, visit, _stripped(form)))[0]]
            except Problem as problem:
                return await _sheet(site, request, visit, (), form, problem)
        case "revoke":
            await api.revoke(site, visit, form.get("link", ""))
        case _:
            raise code_for(400)
    return await on_to_the_sheet(site, request, visit.who.slug, fresh)


async def opened_under_a_free_slug(site: Site, definition: Definition) -> Opened:
    """The debate made, under the first slug that is free: nobody typed one here."""
    for number in count(2):
        try:
            return await open_debate(site.debates, site.links, definition)
        except SlugTaken:
            if number > 99:
                raise Problem(409, "slug.taken", "There are too many debates of this title.") from None
            stem = definition.slug if number == 2 else definition.slug.rpartition("-")[0]
            definition = replace(definition, slug=f"{stem}-{number}")
    raise AssertionError("count does not end")


def _setup(
    site: Site, request: Request, form: dict[str, str], errors: dict[str, str], status: int = 200
) -> Response:
    context = {"form": form, "errors": errors, "card": set_by(form), "changing": None}
    return site.renderer.page(request, "setup", context, status=status, admin=True)


async def on_to_the_sheet(site: Site, request: Request, slug: str, fresh: Sequence[Issued]) -> Response:
    await site.fresh.keep(slug, site.access.credentials(request.headers), fresh)
    return RedirectResponse(f"/debates/{slug}/links", 303)


async def _sheet(
    site: Site,
    request: Request,
    visit: Visit,
    fresh: Sequence[Issued],
    form: Mapping[str, str] = MappingProxyType({}),
    problem: Problem | None = None,
) -> Response:
    """The sheet; with a `problem`, what was typed into the form for one more link and why it was refused."""
    base = site.addresses.base_for(request.headers.get("host"))
    slug = visit.who.slug
    secret: dict[str, Issued] = {issued.link.id: issued for issued in fresh}
    links = [
        link | (_shown_once(way_in(base, slug, secret[link["id"]])) if link["id"] in secret else {})
        for link in await api.listed(site, visit)
    ]
    snapshot = await visit.debate.snapshot(visit.who.reader, limit=1)
    context = {
        "debate": snapshot["debate"],
        "links": links,
        "public": f"{base}/debates/{slug}",
        "public_code": qr_inline(f"{base}/debates/{slug}"),
        "wall": f"{base}/debates/{slug}/wall",
        "wall_code": qr_inline(f"{base}/debates/{slug}/wall"),
        "rehearsal": site.rehearsals.standing(slug, snapshot["debate"]["phase"]),
        "form": form,
        "wrong": in_words(problem.said, language_of(request)) if problem else None,
    }
    status = problem.status if problem else 200
    return site.renderer.page(request, "links", context, status=status, admin=visit.who.admin)


def _stripped(form: Mapping[str, str]) -> dict[str, str]:
    return {name: value.strip() for name, value in form.items()}


def _shown_once(link: str) -> dict[str, Any]:
    return {"link": link, "code": qr_inline(link)}


ROUTES = [
    *CHANGING_ROUTES,
    *ERASING_ROUTES,
    *REHEARSING_ROUTES,
    Route("/debates/new", new),
    Route("/debates/new", make, methods=["POST"]),
    Route("/debates/{slug}/links", sheet),
    Route("/debates/{slug}/links", change, methods=["POST"]),
]
