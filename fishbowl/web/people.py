"""`/debates/{slug}/people`: who is in a debate, for whoever may read it.

Knows no right but whose view it is: it lists whom the reader's own snapshot lists, by role, in the order in
which they came. Roles are told by the page, never by a name.
"""

from __future__ import annotations

from typing import Any, Final

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from fishbowl.debate.vocabulary import Role
from fishbowl.web.shown import UNLISTED
from fishbowl.web.site import site_of

__all__ = ["ROUTES"]

ORDER: Final = (Role.CHAIR, Role.MODERATOR, Role.SPEAKER, Role.PARTICIPANT)


async def people(request: Request) -> Response:
    site = site_of(request)
    visit = await site.access.enter(request, request.path_params["slug"])
    snapshot = await visit.debate.snapshot(visit.who.reader, limit=0)
    by_role: dict[str, list[dict[str, Any]]] = {str(role): [] for role in ORDER}
    for person in snapshot["people"]:
        by_role[person["role"]].append(person)
    context = {
        "debate": snapshot["debate"],
        "you": snapshot["you"],
        "groups": [(role, found) for role, found in by_role.items() if found],
    }
    return site.renderer.page(request, "people", context, admin=visit.who.admin, headers=UNLISTED)


ROUTES = [Route("/debates/{slug}/people", people)]
