"""`/debates/{slug}/yours`: what somebody wrote in a debate, and what they may still do about it.

Knows no rule: what is offered was tried on the state (`moves`). Plain forms, answered by `plain`. Guarantees
that nothing that cannot be undone happens before its page has said what it does.
"""

from __future__ import annotations

import secrets
from collections.abc import Iterator
from typing import Final

from msgspec import Struct
from msgspec.structs import replace
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from fishbowl.debate import commands
from fishbowl.debate.refused import Refused
from fishbowl.debate.rights import RIGHTS
from fishbowl.debate.state import Contribution, Person, State
from fishbowl.debate.vocabulary import Phase, Role, Status
from fishbowl.web.access import Visit
from fishbowl.web.api.reply import refused
from fishbowl.web.moves import moves_of
from fishbowl.web.problems import Problem
from fishbowl.web.refusals import teller
from fishbowl.web.render import language_of
from fishbowl.web.shown import UNLISTED
from fishbowl.web.site import Site, site_of

__all__ = ["ROUTES", "Wrong", "before_anonymity", "yours_again"]

MOST: Final = 20
"""So many contributions that name somebody are listed; of more, the number is told."""


class Wrong(Struct, frozen=True):
    """What somebody wanted corrected of a contribution, and what was wrong with saying so."""

    contribution: str
    note: str
    said: str = ""


async def yours(request: Request) -> Response:
    site = site_of(request)
    slug = request.path_params["slug"]
    visit = await site.access.enter(request, slug)
    if {"why", "show"} & request.query_params.keys():  # a tag's link, which is the debate page's
        return RedirectResponse(f"/debates/{slug}?{request.url.query}", 303)
    if visit.who.person is None or visit.who.role is Role.ORGANISER:
        raise Problem(403, "right.missing", "This page is for people who take part in the debate.")
    return await _page(site, request, visit)


async def yours_again(site: Site, request: Request, visit: Visit, wrong: Wrong, refusal: Refused) -> Response:
    """The page, with what was refused beside the field it was typed into."""
    problem = refused(refusal)
    said = replace(wrong, said=teller(language_of(request))(refusal))
    made = await _page(site, request, visit, said, problem.status)
    made.headers.update(problem.headers)
    return made


async def _page(
    site: Site, request: Request, visit: Visit, wrong: Wrong | None = None, status: int = 200
) -> Response:
    said = await visit.debate.read(lambda state: list(_person(state, visit).said))
    snapshot = await visit.debate.snapshot(visit.who.reader, only=said)
    context = {
        "debate": snapshot["debate"],
        "you": snapshot["you"],
        "contributions": snapshot["contributions"],
        "may": await visit.debate.read(
            lambda state: moves_of(state, visit.who.person, site.clock.now(), said)
        ),
        "checks": await visit.debate.read(
            lambda state: {number: _check(state.contributions[number]) for number in said}
        ),
        "wrong": wrong,
        "anonymity": await visit.debate.read(lambda state: _anonymity(_person(state, visit), state)),
        "form_id": secrets.token_urlsafe(9),
    }
    return site.renderer.page(
        request, "yours", context, status=status, admin=visit.who.admin, headers=UNLISTED
    )


def _check(contribution: Contribution) -> tuple[bool | None, str | None]:
    return contribution.checked, contribution.objection


async def before_anonymity(site: Site, request: Request, visit: Visit, form_id: str) -> Response:
    """What being anonymous will do, told before it is done."""
    if visit.who.person is None or visit.who.role is not Role.PARTICIPANT:
        raise Problem(403, "right.missing", "This is for people who joined the debate by its door.")
    snapshot = await visit.debate.snapshot(visit.who.reader, limit=0)
    named = await visit.debate.read(lambda state: list(_naming(state, _person(state, visit))))
    context = {
        "debate": snapshot["debate"],
        "you": snapshot["you"],
        "named": named[:MOST],
        "more": len(named[MOST:]),
        "form_id": form_id,
    }
    return site.renderer.page(request, "anonymous", context, admin=visit.who.admin, headers=UNLISTED)


def _person(state: State, visit: Visit) -> Person:
    return state.people[visit.who.person or ""]


def _anonymity(person: Person, state: State) -> str | None:
    """`done`, `now`, or `later` where it has its time yet; None for whom it is not."""
    right = RIGHTS[commands.Anonymise]
    if person.anonymous:
        return "done"
    if person.role not in right.roles or state.phase is Phase.ARCHIVED:
        return None
    return "now" if state.phase in right.phases else "later"


def _naming(state: State, person: Person) -> Iterator[int]:
    """Which contributions of others call them by name or handle."""
    called = [each.casefold() for each in (person.name, f"@{person.handle}") if each]
    for one in state.contributions.values():
        if one.author != person.person and one.status is Status.POSTED and one.text:
            folded = one.text.casefold()
            if any(each in folded for each in called):
                yield one.contribution


ROUTES = [Route("/debates/{slug}/yours", yours)]
