"""`/api/v1/debates` and one debate: making, reading, changing and deleting it."""

from __future__ import annotations

from typing import Any

import msgspec
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from fishbowl.debate.commands import Change, SetDoor, SetRules
from fishbowl.debate.definition import BadDefinition, Problem, parse_changes, parse_definition
from fishbowl.debate.refused import Refused, worded
from fishbowl.debate.vocabulary import Door
from fishbowl.log.contract import SlugTaken
from fishbowl.web import problems
from fishbowl.web.access import Visit
from fishbowl.web.api.query import whole_number
from fishbowl.web.api.reply import json_response, refused
from fishbowl.web.body import read_json
from fishbowl.web.opening import open_debate
from fishbowl.web.site import Site, site_of

__all__ = ["ROUTES", "change_in", "delete_debate", "malformed"]


async def create(request: Request) -> Response:
    site = site_of(request)
    await site.access.require_administrator(request)
    data = await read_json(request)
    try:
        definition = parse_definition(data)
        opened = await open_debate(site.debates, site.links, definition)
    except BadDefinition as error:
        raise malformed(error) from None
    except SlugTaken as error:
        raise problems.Problem(409, "slug.taken", str(error)) from None
    base = site.addresses.base_for(request.headers.get("host"))
    headers = {"Location": f"/api/v1/debates/{opened.slug}"}
    return json_response(opened.answer(base), 201, headers)


async def read(request: Request) -> Response:
    site = site_of(request)
    limit = whole_number(request, "limit", 200, 1, 1000)
    before = whole_number(request, "before", None, 1, 2**31)
    visit = await site.access.enter(request, request.path_params["slug"])
    return json_response(await visit.debate.snapshot(visit.who.reader, limit=limit, before=before))


async def change(request: Request) -> Response:
    site = site_of(request)
    visit = await site.access.enter_as_organiser(request, request.path_params["slug"])
    data = await read_json(request)
    try:
        command = await change_in(visit, parse_changes(data))
    except BadDefinition as error:
        raise malformed(error) from None
    outcome = await visit.debate.submit(visit.who.by, command, None)
    if isinstance(outcome, Refused):
        raise refused(outcome)
    return json_response(await visit.debate.snapshot(visit.who.reader))


async def delete(request: Request) -> Response:
    site = site_of(request)
    visit = await site.access.enter_as_organiser(request, request.path_params["slug"])
    await delete_debate(site, visit)
    return Response(status_code=204)


async def delete_debate(site: Site, visit: Visit) -> None:
    """The debate and every way into it are gone, for good; the debate last, whose name is then free."""
    await site.links.forget_debate(visit.who.slug)
    await site.seals.forget(visit.who.slug)
    await site.retention.forget(visit.who.slug)
    await site.debates.delete(visit.who.slug)


async def change_in(visit: Visit, changes: dict[str, Any]) -> Change:
    """The command behind changed keys of a definition. A new code alone leaves the door as it is."""
    fields = dict(changes)
    door, code = fields.pop("door", None), fields.pop("join_code", None)
    if door is not None or code is not None:
        standing, known = await visit.debate.read(lambda state: (state.door, state.join_code))
        if (door or standing) is Door.CODE and not (code or known):
            needed = worded("a code is required where the door is `code`")
            raise BadDefinition([Problem("join_code", None, needed)])
        fields["door"] = SetDoor(id="", door=door or standing, join_code=code)
    if (rules := fields.pop("rules", None)) is not None:
        fields["rules"] = msgspec.convert({"do": "set_rules", "id": "change", **rules}, SetRules)
    return Change(**fields)


def malformed(error: BadDefinition) -> problems.Problem:
    """422 for the first thing wrong, with all of them listed."""
    found = [
        {"key": problem.key, "value": problem.value, "expected": problem.expected}
        for problem in error.problems[:50]
    ]
    first = error.problems[0]
    return problems.Problem(422, "definition.malformed", str(first), members={**found[0], "problems": found})


ROUTES = [
    Route("/api/v1/debates", create, methods=["POST"]),
    Route("/api/v1/debates/{slug}", read, methods=["GET"]),
    Route("/api/v1/debates/{slug}", change, methods=["PATCH"]),
    Route("/api/v1/debates/{slug}", delete, methods=["DELETE"]),
]
