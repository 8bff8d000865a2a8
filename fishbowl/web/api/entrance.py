"""`/api/v1/session` and `.../join`: coming in by a link, and by the door."""

from __future__ import annotations

from typing import Any

from msgspec import Struct
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from fishbowl.debate.refused import Refused
from fishbowl.debate.state import Person
from fishbowl.debate.vocabulary import Door, Phase, Role
from fishbowl.live.debates import LiveDebate
from fishbowl.web.access import Credentials, Visit
from fishbowl.web.api.reply import json_response, refused
from fishbowl.web.body import read_object
from fishbowl.web.links import ADMINISTRATOR, Issued, Link, new_secret
from fishbowl.web.opening import way_in
from fishbowl.web.problems import Problem, not_found
from fishbowl.web.site import Site, site_of
from fishbowl.web.window import address_of

__all__ = ["ROUTES", "Entered", "come_in", "held_by", "is_moderated"]


class Entered(Struct, frozen=True):
    """Somebody at the door, let in. Who was in already is given nothing new."""

    person: Person
    issued: Issued | None = None
    cookie: str | None = None
    """By which their browser is known from now on; a program has none."""


START = {Role.CHAIR: "/chair", Role.MODERATOR: "/chair", Role.ORGANISER: "/links"}
"""Where somebody begins who came in by a link: their page of the debate."""


async def exchange(request: Request) -> Response:
    """A secret in, a cookie out. The browser then is who the link was issued for, in that debate."""
    site = site_of(request)
    asked = await read_object(request, frozenset({"secret", "instead"}))
    secret = asked.get("secret")
    if not isinstance(secret, str) or not isinstance(asked.get("instead", False), bool):
        raise Problem(400, "bad_request", "secret must be a text, and instead true or false.")
    link = await site.links.by_secret(secret)
    if link is None or not link.is_open:
        raise not_found()
    if link.debate == ADMINISTRATOR:
        return await _hold(site, request, link, {"administrator": True, "go": "/"})
    waiting = await site.access.outside(link.debate, Credentials(bearer=secret))
    if waiting is not None and waiting.waiting:
        start = f"/debates/{link.debate}"
        return await _hold(site, request, link, {"slug": link.debate, **_shown(waiting), "go": start})
    visit = await site.access.visit(link.debate, Credentials(bearer=secret))
    if visit is None or visit.who.person is None:
        raise not_found()
    person = await visit.debate.read(lambda state: state.people[link.person])
    other = await _other_person(site, request, visit)
    if other is not None and not asked.get("instead"):
        raise Problem(
            409,
            "session.other_person",
            "This browser takes part in the debate as somebody else; send instead: true to change.",
            members={"enter_as": person.name, "instead_of": other.name},
        )
    start = f"/debates/{link.debate}{START.get(person.role, '')}"
    return await _hold(site, request, link, {"slug": link.debate, **_shown(person), "go": start})


async def join(request: Request) -> Response:
    site = site_of(request)
    slug = request.path_params["slug"]
    asked = await read_object(request, frozenset({"name", "code"}))
    if not all(isinstance(value, str | None) for value in asked.values()):
        raise Problem(400, "bad_request", "name and code must be texts.")
    entered = await come_in(site, request, slug, asked.get("name"), asked.get("code"))
    waits: dict[str, Any] = {}
    if entered.person.waiting:
        waits = {"waiting": True, "moderated": await is_moderated(site, slug)}
    if entered.issued is None:
        return json_response(_shown(entered.person) | waits, 200)
    base = site.addresses.base_for(request.headers.get("host"))
    answer = {
        "person": entered.person.person,
        "name": entered.person.name,
        "handle": entered.person.handle,
        "token": entered.issued.secret,
        "link": way_in(base, slug, entered.issued),
        **waits,
    }
    return json_response(answer, 201, _set(site, entered.cookie))


async def come_in(site: Site, request: Request, slug: str, name: str | None, code: str | None) -> Entered:
    """Join by the door, and say who they are now.

    A program is given its token and no cookie: one that keeps cookies would join but once, and its next
    request, which names no origin, would be refused.
    """
    debate, person = await _at_the_door(site, request, slug)
    if person is not None:
        return Entered(person)
    wait = site.joins.enter(address_of(request.scope.get("client")))
    if wait is not None:
        raise Problem(429, "pace.too_fast", "Too many people join from this address.", retry_after=wait)
    joined = await debate.join(name, code)
    if isinstance(joined, Refused):
        raise refused(joined)
    issued = await site.links.issue(slug, joined.person, Role.PARTICIPANT)
    person = await debate.read(lambda state: state.people[joined.person])
    cookie = await held_by(site, request, issued.link) if _is_browser(request) else None
    return Entered(person, issued, cookie)


async def _at_the_door(site: Site, request: Request, slug: str) -> tuple[LiveDebate, Person | None]:
    """The debate, and who the asker is in it. (A closed one is joined by people who cannot read it.)"""
    shown = site.access.credentials(request.headers)
    debate = await site.debates.find(slug)
    who = await site.access.resolve(slug, shown)
    if debate is None or who is None:
        raise not_found()
    visit = await site.access.visit(slug, shown)
    if visit is not None and (known := visit.who.person) is not None:
        return debate, await debate.read(lambda state: state.people[known])
    if visit is None and await debate.read(lambda state: state.phase is Phase.DRAFT):
        raise not_found()
    outside = await site.access.outside(slug, shown)
    if outside is None or await debate.read(lambda state: state.door is Door.OPEN):
        return debate, None
    if outside.blocked:
        raise Problem(403, "door.blocked", "The moderators have blocked you from this debate.")
    if outside.turned_away:
        raise Problem(403, "door.turned_away", "The moderators did not let you in.")
    return debate, outside


async def is_moderated(site: Site, slug: str) -> bool:
    """Whether chair or a moderator is there, who could let somebody in."""
    debate = await site.debates.find(slug)
    return debate is not None and await debate.is_moderated()


async def _other_person(site: Site, request: Request, visit: Visit) -> Person | None:
    """Who this browser is in the debate so far, if that is somebody else."""
    cookie = site.access.credentials(request.headers).cookie
    held = await site.access.visit(visit.who.slug, Credentials(cookie=cookie)) if cookie else None
    if held is None or held.who.person in (None, visit.who.person):
        return None
    return await visit.debate.read(lambda state: state.people.get(held.who.person or ""))


async def _hold(site: Site, request: Request, link: Link, answer: dict[str, Any]) -> Response:
    return json_response(answer, 200, _set(site, await held_by(site, request, link)))


async def held_by(site: Site, request: Request, link: Link) -> str:
    """The cookie by which the browser holds the link. One we never gave out is not taken over."""
    cookie = site.access.credentials(request.headers).cookie
    if cookie is None or not (await site.links.browser(cookie)).held:
        cookie = new_secret()
    await site.links.hold(cookie, link)
    return cookie


def _set(site: Site, cookie: str | None) -> dict[str, str]:
    return {} if cookie is None else {"Set-Cookie": site.access.set_cookie(cookie)}


def _is_browser(request: Request) -> bool:
    return "origin" in request.headers or "sec-fetch-site" in request.headers


def _shown(person: Person) -> dict[str, Any]:
    return {"person": person.person, "name": person.name, "handle": person.handle, "role": person.role}


ROUTES = [
    Route("/api/v1/session", exchange, methods=["POST"]),
    Route("/api/v1/debates/{slug}/join", join, methods=["POST"]),
]
