"""Reporting a contribution by plain forms, and what came of it.

Knows the fields of the form, and no rule: whoever may read may report, and the debate decides. Guarantees
that a receipt is shown to the person who reported, for an hour to the address an onlooker reported from, and
to the backstage; for everybody else it is not there. It says whether the report was looked at, and no more.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any, Final

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from fishbowl.clock import to_wire
from fishbowl.debate.commands import Report
from fishbowl.debate.reading import command_from
from fishbowl.debate.refused import Refused
from fishbowl.debate.state import State
from fishbowl.web.access import Visit
from fishbowl.web.api.floor import by_onlooker, in_time
from fishbowl.web.problems import code_for, not_found
from fishbowl.web.refusals import teller
from fishbowl.web.render import language_of
from fishbowl.web.shown import UNLISTED
from fishbowl.web.site import Site, site_of
from fishbowl.web.window import address_of

__all__ = ["ROUTES", "report"]

_ID: Final = re.compile(r"[A-Za-z0-9_-]{1,32}")
_NUMBER: Final = re.compile(r"[1-9][0-9]{0,8}")


async def report(site: Site, request: Request, visit: Visit, form: Mapping[str, str]) -> Response:
    """Ask for the reason; with one, report it and lead on to the receipt."""
    if not _NUMBER.fullmatch(form.get("contribution", "")) or not _ID.fullmatch(form.get("id", "")):
        raise code_for(400)
    reason, note = form.get("reason", "").strip(), form.get("note", "").strip()
    if not reason:
        return await _ask(site, request, visit, form, None)
    number = int(form["contribution"])
    body = {"do": "report", "id": f"{form['id']}.report.{number}", "contribution": number, "reason": reason}
    try:
        command = command_from(body | ({"note": note} if note else {}))
        assert isinstance(command, Report)
        given = await _given(site, request, visit, command)
    except Refused as refusal:
        return await _ask(site, request, visit, form, teller(language_of(request))(refusal))
    return RedirectResponse(f"/debates/{visit.who.slug}/reports/{given}", 303)


async def _given(site: Site, request: Request, visit: Visit, command: Report) -> str:
    """The id of the report, also of one that the same person made before. Raises what it was refused for."""
    if visit.asker is None:
        tell = teller(language_of(request))
        reply = await by_onlooker(site, visit, command, address_of(request.scope.get("client")), tell)
        if not reply["ok"]:
            told = (reply["code"], reply["message"], reply.get("retry_after"))
            raise Refused(*told)
        return str(reply["report"])
    asked = in_time(site, visit, command)
    answer = asked if isinstance(asked, Refused) else await visit.debate.asked(visit.asker, asked)
    if isinstance(answer, Refused):
        raise answer
    earlier: str = await visit.debate.read(lambda state: _own(state, visit.asker, command.contribution))
    return answer.report or earlier


def _own(state: State, person: str | None, contribution: int) -> str:
    """The id of the report that somebody made of a contribution; "" where there is none."""
    reports = [each for each in state.reports.values() if each.contribution == contribution]
    return next((each.report for each in reports if each.person == person), "")


async def _ask(
    site: Site, request: Request, visit: Visit, form: Mapping[str, str], wrong: str | None
) -> Response:
    number = int(form["contribution"])
    known = await visit.debate.read(lambda state: [number] if number in state.contributions else [])
    snapshot = await visit.debate.snapshot(visit.who.reader, only=known)
    if not snapshot["contributions"]:
        raise code_for(404)
    context = {
        "debate": snapshot["debate"],
        "one": snapshot["contributions"][0],
        "form": form,
        "wrong": wrong,
    }
    status = 409 if wrong else 200
    return site.renderer.page(request, "report", context, status=status, headers=UNLISTED)


async def receipt(request: Request) -> Response:
    """Whether a report was looked at."""
    site = site_of(request)
    slug, id = request.path_params["slug"], request.path_params["report"]
    visit = await site.access.enter(request, slug)
    told: dict[str, Any] | None = await visit.debate.read(lambda state: _told(state, id))
    own = told is not None and visit.asker is not None and told["person"] == visit.asker
    address = address_of(request.scope.get("client"))
    if told is None or not (own or visit.who.reader.backstage or site.receipts.has(slug, address, id)):
        raise not_found()
    debate = (await visit.debate.snapshot(visit.who.reader, limit=0))["debate"]
    context = {"debate": debate, "report": told}
    return site.renderer.page(request, "receipt", context, headers=UNLISTED)


def _told(state: State, id: str) -> dict[str, Any] | None:
    found = state.reports.get(id)
    if found is None:
        return None
    return {
        "report": found.report,
        "contribution": found.contribution,
        "at": to_wire(found.at),
        "person": found.person,
        "resolved": found.resolved,
    }


ROUTES = [Route("/debates/{slug}/reports/{report}", receipt)]
