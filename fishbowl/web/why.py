"""`/debates/{slug}?why=12`: why a contribution has its tags, and where they may be changed, without scripts.

Knows no rule: what is told are the reader's own reasons, and whether they may change them is tried on the
state. With scripts the same opens beneath the contribution (static/js/why.js).
"""

from __future__ import annotations

import secrets

from starlette.requests import Request
from starlette.responses import Response

from fishbowl.debate.vocabulary import Audience
from fishbowl.web.access import Visit
from fishbowl.web.because import explained
from fishbowl.web.moves import moves_of
from fishbowl.web.problems import not_found
from fishbowl.web.render import language_of
from fishbowl.web.shown import UNLISTED
from fishbowl.web.site import Site

__all__ = ["why"]


async def why(site: Site, request: Request, visit: Visit, number: int) -> Response:
    """The page of contribution `number`; 404 where there is none that the reader may know of."""
    found = await visit.debate.why(visit.who.reader, number)
    if found is None:
        raise not_found()
    snapshot = await visit.debate.snapshot(visit.who.reader, only=[number])
    moves = await visit.debate.read(
        lambda state: moves_of(state, visit.who.person, site.clock.now(), [number])
    )
    language = language_of(request)
    context = {
        "debate": snapshot["debate"],
        "questions": snapshot["questions"],
        "one": snapshot["contributions"][0],
        "reasons": [explained(each, language) for each in found.tags],
        "may_tag": number in moves.tag,
        "may_thread": number in moves.thread,
        "form_id": secrets.token_urlsafe(9),
    }
    headers = {} if snapshot["debate"]["audience"] == Audience.PUBLIC else UNLISTED
    return site.renderer.page(request, "why", context, admin=visit.who.admin, headers=headers)
