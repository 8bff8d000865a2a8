"""`/debates/{slug}/erase`: the organiser erases a contribution, or somebody with all they wrote, and says how
long what people wrote is kept.

Plain forms, and nothing is erased that was not asked about once: the first sending shows what will be gone,
the second does it. Knows no rule of erasing (`debate.erasing`) and no store; what a page shows before it is
erased is what the organiser reads anyway.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from types import MappingProxyType
from typing import Any, Final, NamedTuple

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from fishbowl.debate.commands import Erase
from fishbowl.debate.refused import Refused
from fishbowl.debate.state import State
from fishbowl.debate.vocabulary import Status
from fishbowl.web.access import Visit
from fishbowl.web.body import read_form
from fishbowl.web.refusals import in_words
from fishbowl.web.render import language_of
from fishbowl.web.retention import MOST_DAYS
from fishbowl.web.shown import UNLISTED
from fishbowl.web.site import site_of

__all__ = ["ROUTES"]

REASON_LENGTH: Final = 200
NOTHING: Final[Mapping[str, str]] = MappingProxyType({})


class _Meant(NamedTuple):
    """What a form asks to erase: a contribution by number, or a person by id."""

    contribution: int | None
    person: str | None


async def page(request: Request) -> Response:
    visit = await site_of(request).access.enter_as_organiser(request, request.path_params["slug"])
    number = request.query_params.get("contribution", "")
    return await _page(request, visit, {"contribution": number} if number.isdecimal() else NOTHING)


async def erase(request: Request) -> Response:
    """Ask once, then do it; what cannot be done is said beside the form."""
    site = site_of(request)
    visit = await site.access.enter_as_organiser(request, request.path_params["slug"])
    form = await read_form(request)
    meant, wrong = _meant(form), {}
    reason = form.get("reason", "").strip()
    if not 0 < len(reason) <= REASON_LENGTH:
        wrong["reason"] = "missing"
    told = None if meant is None else await visit.debate.read(lambda state: _told(state, meant))
    if meant is None:
        wrong["what"] = "one"
    elif told is None:
        wrong["what"] = "unknown"
    if meant is None or told is None or wrong:
        return await _page(request, visit, form, wrong, status=422)
    if "sure" not in form:
        return await _page(request, visit, form, told=told)
    command = Erase(id="", reason=reason, contribution=meant.contribution, person=meant.person)
    outcome = await visit.debate.submit(visit.who.by, command, None)
    if isinstance(outcome, Refused):
        return await _page(request, visit, form, {"what": "refused"}, status=409, refused=outcome)
    return RedirectResponse(f"/debates/{visit.who.slug}/erase?done=yes", 303)


async def keep(request: Request) -> Response:
    """For how many days names and texts are kept after the archive; nothing typed: as the service has it."""
    site = site_of(request)
    visit = await site.access.enter_as_organiser(request, request.path_params["slug"])
    form = await read_form(request)
    typed = form.get("days", "").strip()
    if typed and not (re.fullmatch(r"[0-9]{1,5}", typed) and int(typed) <= MOST_DAYS):
        return await _page(request, visit, form, {"days": "number"}, status=422)
    await site.retention.keep_for(visit.who.slug, int(typed) if typed else None)
    return RedirectResponse(f"/debates/{visit.who.slug}/erase?kept=yes", 303)


def _meant(form: Mapping[str, str]) -> _Meant | None:
    """None where the form names neither or both, or a number that is none."""
    number, person = form.get("contribution", "").strip().lstrip("#"), form.get("person", "")
    if bool(number) == bool(person) or (number and not re.fullmatch(r"[1-9][0-9]{0,8}", number)):
        return None
    return _Meant(int(number) if number else None, person or None)


def _told(state: State, meant: _Meant) -> dict[str, Any] | None:
    """What will be gone; None where there is no such thing, or it is gone already."""
    if meant.contribution is not None:
        contribution = state.contributions.get(meant.contribution)
        if contribution is None or contribution.status is Status.ERASED:
            return None
        name = state.people[contribution.author].name
        return {"contribution": meant.contribution, "text": contribution.text, "name": name}
    person = state.people.get(meant.person or "")
    if person is None or person.erased:
        return None
    return {"contribution": None, "name": person.name, "n": _written(state).get(person.person, 0)}


def _written(state: State) -> dict[str, int]:
    """How many contributions of everybody are not erased yet."""
    counted: dict[str, int] = {}
    for each in state.contributions.values():
        if each.status is not Status.ERASED:
            counted[each.author] = counted.get(each.author, 0) + 1
    return counted


def _people(state: State) -> list[tuple[str, str, int]]:
    """Everybody who can be erased: id, name, and how many contributions are theirs."""
    written = _written(state)
    named = [
        (person.person, person.name, written.get(person.person, 0))
        for person in state.people.values()
        if not person.erased and person.name
    ]
    return sorted(named, key=lambda each: each[1].casefold())


async def _page(
    request: Request,
    visit: Visit,
    form: Mapping[str, str],
    wrong: Mapping[str, str] = NOTHING,
    *,
    told: dict[str, Any] | None = None,
    refused: Refused | None = None,
    status: int = 200,
) -> Response:
    site = site_of(request)
    snapshot = await visit.debate.snapshot(visit.who.reader, limit=0)
    context = {
        "debate": snapshot["debate"],
        "people": await visit.debate.read(_people),
        "form": {name: form.get(name, "") for name in ("contribution", "person", "reason")},
        "wrong": {name: wrong.get(name) for name in ("what", "reason", "days")},
        "told": told,
        "refused": in_words(refused.said, language_of(request)) if refused else None,
        "done": request.method == "GET" and "done" in request.query_params,
        "kept": request.method == "GET" and "kept" in request.query_params,
        "days": form.get("days") or await site.retention.days(visit.who.slug),
        "otherwise": site.retention.otherwise,
        "longest": REASON_LENGTH,
    }
    return site.renderer.page(
        request, "erase", context, status=status, admin=visit.who.admin, headers=UNLISTED
    )


ROUTES = [
    Route("/debates/{slug}/erase", page),
    Route("/debates/{slug}/erase", erase, methods=["POST"]),
    Route("/debates/{slug}/retention", keep, methods=["POST"]),
]
