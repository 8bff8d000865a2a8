"""`/debates/{slug}/quotes`: what speakers said of what they are quoted with, for the organiser, who decides.

Knows no rule and changes nothing: what is wrong is hidden on the console, erased on its page, or left.
"""

from __future__ import annotations

from typing import Any

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from fishbowl.debate.state import State
from fishbowl.debate.vocabulary import Role, Status
from fishbowl.web.shown import UNLISTED
from fishbowl.web.site import site_of

__all__ = ["ROUTES"]


async def quotes(request: Request) -> Response:
    site = site_of(request)
    visit = await site.access.enter_as_organiser(request, request.path_params["slug"])
    speakers = await visit.debate.read(_speakers)
    asked = [number for each in speakers for number, _ in each["asked"]]
    snapshot = await visit.debate.snapshot(visit.who.reader, only=sorted(asked))
    context = {
        "debate": snapshot["debate"],
        "speakers": speakers,
        "shown": {one["contribution"]: one for one in snapshot["contributions"]},
    }
    return site.renderer.page(request, "quotes", context, admin=visit.who.admin, headers=UNLISTED)


def _speakers(state: State) -> list[dict[str, Any]]:
    """Everybody who is quoted as a speaker: which of their contributions are right, which are not and why,
    and which they said nothing of; of those, what can be read. `settled`: not right, and gone since.
    """
    found = []
    for person in state.people.values():
        said = [state.contributions[number] for number in person.said]
        if person.role is not Role.SPEAKER or not said:
            continue
        posted = [one for one in said if one.status is Status.POSTED]
        found.append(
            {
                "name": person.name,
                "right": [one.contribution for one in posted if one.checked],
                "asked": [(one.contribution, one.objection) for one in posted if one.checked is False],
                "open": [one.contribution for one in posted if one.checked is None],
                "settled": [
                    one.contribution
                    for one in said
                    if one.checked is False and one.status is not Status.POSTED
                ],
            }
        )
    return found


ROUTES = [Route("/debates/{slug}/quotes", quotes)]
