"""Making a debate once more, at another time: all that was prepared for it, and nothing that was said.

Knows no rule of a definition. Guarantees that the first debate is left as it is, and that everybody of the
second gets a link of their own, shown once.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

from msgspec.structs import replace
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from fishbowl.debate.again import definition_of
from fishbowl.debate.definition import BadDefinition, parse_changes
from fishbowl.web.access import Visit
from fishbowl.web.body import read_form
from fishbowl.web.organiser import on_to_the_sheet, opened_under_a_free_slug
from fishbowl.web.render import language_of
from fishbowl.web.setup_form import errors_by_field, start_of
from fishbowl.web.site import Site, site_of

__all__ = ["ROUTES"]

NOTHING = MappingProxyType[str, str]({})


async def ask(request: Request) -> Response:
    site = site_of(request)
    await site.access.require_administrator(request)
    visit = await site.access.enter(request, request.path_params["slug"])
    return await _page(site, request, visit, NOTHING, NOTHING)


async def make(request: Request) -> Response:
    """The same definition with another start, under a slug of its own; then the sheet of its links."""
    site = site_of(request)
    await site.access.require_administrator(request)
    visit = await site.access.enter(request, request.path_params["slug"])
    form = await read_form(request)
    definition = await visit.debate.read(definition_of)
    start = start_of(form.get("date", ""), form.get("time", ""), definition.timezone)
    try:
        changes = parse_changes({"starts_at": start})
    except BadDefinition as error:
        errors = errors_by_field(error, language_of(request), definition.language)
        return await _page(site, request, visit, form, errors)
    again = replace(definition, starts_at=changes["starts_at"])
    opened = await opened_under_a_free_slug(site, again)
    return await on_to_the_sheet(site, request, opened.slug, opened.issued())


async def _page(
    site: Site, request: Request, visit: Visit, form: Mapping[str, str], errors: Mapping[str, str]
) -> Response:
    debate: dict[str, Any] = (await visit.debate.snapshot(visit.who.reader, limit=0))["debate"]
    context = {"debate": debate, "form": form, "errors": errors}
    return site.renderer.page(request, "again", context, status=422 if errors else 200, admin=True)


ROUTES = [
    Route("/debates/{slug}/again", ask),
    Route("/debates/{slug}/again", make, methods=["POST"]),
]
