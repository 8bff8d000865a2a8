"""`/api/v1/debates/{slug}/live`: the way to the live stream.

Knows who may knock (the gate has turned away foreign origins and hosts already) and who somebody is once they
have said hello; what is said on the stream is `fishbowl.live`'s.

Guarantees that the upgrade tells nothing: it is accepted for every slug that could be one, and whether the
debate exists, may be read, or the token is good, is answered after the hello, all in the same way.
"""

from __future__ import annotations

from starlette.routing import WebSocketRoute
from starlette.websockets import WebSocket

from fishbowl.debate.definition import SLUG
from fishbowl.web.access import Credentials, Visit
from fishbowl.web.refusals import teller
from fishbowl.web.render import language_of
from fishbowl.web.site import Site, site_of
from fishbowl.web.window import address_of

__all__ = ["ROUTES", "resolve_hello"]


async def live(websocket: WebSocket) -> None:
    site = site_of(websocket)
    slug = websocket.path_params["slug"]
    if not SLUG.fullmatch(slug):
        await websocket.close()
        return
    shown = site.access.credentials(websocket.headers)
    await site.debates.attach(
        websocket,
        slug=slug,
        address=address_of(websocket.scope.get("client")),
        resolve=lambda token: resolve_hello(site, slug, token, shown),
        tell=teller(language_of(websocket)),
    )


async def resolve_hello(site: Site, slug: str, token: str | None, shown: Credentials) -> Visit | None:
    """The debate and who says hello in it; None where the answer is 4501.

    A token in the hello counts before what came with the upgrade. It is looked up now, not at the upgrade: a
    link may have ended in between.
    """
    return await site.access.visit(slug, shown if token is None else Credentials(bearer=token))


ROUTES = [WebSocketRoute("/api/v1/debates/{slug}/live", live)]
