"""`/api/v1/debates/{slug}/links`: the organiser's list of ways in; issuing and revoking them."""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from typing import Any

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from fishbowl.clock import to_wire
from fishbowl.debate.commands import Admit, Replace
from fishbowl.debate.refused import Refused
from fishbowl.debate.state import Person, State
from fishbowl.debate.vocabulary import Role
from fishbowl.web.access import Visit
from fishbowl.web.api.reply import json_response, refused
from fishbowl.web.body import read_object
from fishbowl.web.links import Issued, Link
from fishbowl.web.opening import role_names, way_in
from fishbowl.web.problems import Problem, not_found
from fishbowl.web.site import Site, site_of

__all__ = ["ROUTES", "for_person", "for_role", "in_place_of", "listed", "revoke"]

ISSUED_FOR = (Role.CHAIR, Role.MODERATOR, Role.SPEAKER, Role.ORGANISER)
"""Roles with a link of their own; participants come in by the door."""


async def show(request: Request) -> Response:
    site = site_of(request)
    visit = await site.access.enter_as_organiser(request, request.path_params["slug"])
    return json_response({"links": await listed(site, visit)})


async def issue(request: Request) -> Response:
    site = site_of(request)
    visit = await site.access.enter_as_organiser(request, request.path_params["slug"])
    asked = await read_object(
        request, frozenset({"role", "name", "person", "instead_of", "bio", "affiliation"})
    )
    if "instead_of" in asked:
        issued, person = await in_place_of(site, visit, asked)
    elif "person" in asked:
        issued, person = await for_person(site, visit, asked["person"])
    else:
        issued, person = await for_role(site, visit, asked.get("role"), asked.get("name"))
    base = site.addresses.base_for(request.headers.get("host"))
    answer = _shown(issued.link, person) | {
        "link": way_in(base, visit.who.slug, issued),
        "token": issued.secret,
    }
    return json_response(answer, 201)


async def end(request: Request) -> Response:
    site = site_of(request)
    visit = await site.access.enter_as_organiser(request, request.path_params["slug"])
    if not await revoke(site, visit, request.path_params["id"]):
        raise not_found()
    return Response(status_code=204)


async def listed(site: Site, visit: Visit) -> list[dict[str, Any]]:
    """The links of a debate that the organiser issued, without secrets: the latest of each person."""
    people = await visit.debate.read(lambda state: dict(state.people))
    latest = {link.person: link for link in await site.links.of(visit.who.slug)}
    return [
        _shown(link, people[person])
        for person, link in latest.items()
        if person in people and people[person].role in ISSUED_FOR and not people[person].replaced
    ]


async def for_role(site: Site, visit: Visit, role: object, name: object) -> tuple[Issued, Person]:
    """A link for somebody new in this role."""
    if not isinstance(role, str) or role not in ISSUED_FOR:
        raise Problem(400, "bad_request", f"role must be one of {', '.join(ISSUED_FOR)}.")
    if not isinstance(name, str | None):
        raise Problem(400, "bad_request", "name must be a text.")
    person = secrets.token_hex(8)
    word = role_names(await visit.debate.read(lambda state: state.language))[Role(role)]
    command = Admit(person=person, role=Role(role), name=name or None, word=word)
    outcome = await visit.debate.submit(visit.who.by, command, None)
    if isinstance(outcome, Refused):
        raise refused(outcome)
    return await for_person(site, visit, person)


async def in_place_of(site: Site, visit: Visit, asked: Mapping[str, object]) -> tuple[Issued, Person]:
    """A link for somebody new who speaks `instead_of` a speaker; that one's opens nothing from then on."""
    given = {name: asked.get(name) for name in ("instead_of", "name", "bio", "affiliation")}
    for name, value in given.items():
        if not isinstance(value, str) and (name in ("instead_of", "name") or value is not None):
            raise Problem(400, "bad_request", f"{name} must be a text.")
    person = secrets.token_hex(8)
    command = Replace(
        person=str(given["instead_of"]),
        successor=person,
        name=str(given["name"]),
        bio=_text(given["bio"]),
        affiliation=_text(given["affiliation"]),
    )
    outcome = await visit.debate.submit(visit.who.by, command, None)
    if isinstance(outcome, Refused):
        raise refused(outcome)
    for link in await site.links.of(visit.who.slug):
        if link.person == command.person and link.is_open:
            await site.links.revoke(visit.who.slug, link.id)
    return await for_person(site, visit, person)


def _text(value: object) -> str | None:
    return value or None if isinstance(value, str) else None


async def for_person(site: Site, visit: Visit, person: object) -> tuple[Issued, Person]:
    """A new link for somebody the debate knows; the one they had ends at once, with its sockets."""

    def known(state: State) -> Person | None:
        return state.people.get(person) if isinstance(person, str) else None

    found = await visit.debate.read(known)
    if found is None or found.replaced:
        raise Problem(400, "person.unknown", "There is nobody of this id in the debate.")
    issued = await site.links.issue(visit.who.slug, found.person, found.role)
    visit.debate.close_sessions(found.person)
    site.debates.tell_others(visit.who.slug)
    return issued, found


async def revoke(site: Site, visit: Visit, id: str) -> bool:
    """End a link, and close its sockets at once; False where the debate has none of this id."""
    link = await site.links.revoke(visit.who.slug, id)
    if link is None:
        return False
    visit.debate.close_sessions(link.person)
    site.debates.tell_others(visit.who.slug)
    return True


def _shown(link: Link, person: Person) -> dict[str, Any]:
    shown: dict[str, Any] = {
        "id": link.id,
        "person": link.person,
        "role": link.role,
        "name": person.name,
        "created_at": to_wire(link.created_at),
        "revoked": not link.is_open,
    }
    if link.last_used is not None:
        shown["last_used"] = to_wire(link.last_used)
    return shown


ROUTES = [
    Route("/api/v1/debates/{slug}/links", show, methods=["GET"]),
    Route("/api/v1/debates/{slug}/links", issue, methods=["POST"]),
    Route("/api/v1/debates/{slug}/links/{id}", end, methods=["DELETE"]),
]
