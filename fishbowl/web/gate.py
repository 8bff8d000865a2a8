"""What every request passes on its way in, and every answer on its way out.

Knows no route. Turns away a host that is not ours and an origin that is not allowed, before anything else is
done, for HTTP and for the upgrade to a WebSocket alike; adds to every answer the headers that keep a page to
itself.
"""

from __future__ import annotations

import logging
from collections.abc import Awaitable, Callable
from typing import Final

from starlette.datastructures import Headers, MutableHeaders
from starlette.requests import HTTPConnection
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from fishbowl.web.access import shown_in
from fishbowl.web.addresses import Addresses
from fishbowl.web.problems import Problem

__all__ = ["CONTENT_SECURITY_POLICY", "SINGLE_FILE_POLICY", "Gate", "framed_by"]

CONTENT_SECURITY_POLICY: Final = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; font-src 'self'; "
    "connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'; "
    "require-trusted-types-for 'script'; trusted-types 'none'"
)
SINGLE_FILE_POLICY: Final = (
    "default-src 'none'; style-src 'unsafe-inline'; img-src data:; "
    "base-uri 'none'; form-action 'none'; frame-ancestors 'none'; sandbox"
)
"""For a transcript that carries its styles with it: it may look like itself and do nothing."""


def framed_by(sites: str | None) -> dict[str, str]:
    """The headers of a page that these sites' pages may show in a frame, beside our own."""
    ancestors = " ".join(filter(None, ["frame-ancestors 'self'", sites]))
    return {
        "Content-Security-Policy": CONTENT_SECURITY_POLICY.replace("frame-ancestors 'none'", ancestors),
        "Cross-Origin-Resource-Policy": "cross-origin",
    }


_HEADERS: Final = {
    "Content-Security-Policy": CONTENT_SECURITY_POLICY,
    # Not `no-referrer`: with it, browsers send our own forms with `Origin: null`, which is refused.
    "Referrer-Policy": "same-origin",
    "X-Content-Type-Options": "nosniff",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cache-Control": "no-store",
}
"""Unless an answer says otherwise. What is not a static file depends on who asks, so no cache keeps it."""

Answer = Callable[[HTTPConnection, Exception], Awaitable[Response]]

logger = logging.getLogger("fishbowl.web")


class Gate:
    """The outermost layer of the application."""

    def __init__(self, app: ASGIApp, *, addresses: Addresses, cookie: str, answer: Answer) -> None:
        self._app = app
        self._addresses = addresses
        self._cookie = cookie
        self._answer = answer

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] not in ("http", "websocket"):
            await self._app(scope, receive, send)
            return
        problem = self._refusal(scope)
        if problem is None:
            await self._let_in(scope, receive, send)
        elif scope["type"] == "websocket":
            # Closing before accepting answers the upgrade with 403.
            await send({"type": "websocket.close", "code": 1008})
        else:
            response = await self._answer(HTTPConnection(scope), problem)
            await response(scope, receive, _with_headers(send))

    async def _let_in(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on. What nobody expected goes to the log, and never to the asker."""
        begun = False

        async def sending(message: Message) -> None:
            nonlocal begun
            begun = True
            await send(message)

        try:
            await self._app(scope, receive, _with_headers(sending))
        except Exception as error:
            if begun or scope["type"] == "websocket":
                raise
            where = {"method": scope["method"], "path": scope["path"]}
            logger.exception("%(method)s %(path)r failed", where, extra=where)
            response = await self._answer(HTTPConnection(scope), error)
            await response(scope, receive, _with_headers(send))

    def _refusal(self, scope: Scope) -> Problem | None:
        headers = Headers(scope=scope)
        hosts = headers.getlist("host")
        if len(hosts) != 1 or not self._addresses.knows(hosts[0]):
            return Problem(400, "host.unknown", "This service is not reached under that host name.")
        rests_on_cookie = shown_in(headers, self._cookie).rests_on_cookie
        method = scope.get("method", "WEBSOCKET")
        if not self._addresses.takes(method, headers, rests_on_cookie=rests_on_cookie):
            return Problem(
                403, "origin.foreign", "The request comes from a page of another site, or hides it."
            )
        return None


def _with_headers(send: Send) -> Send:
    async def sending(message: Message) -> None:
        if message["type"] == "http.response.start":
            headers = MutableHeaders(scope=message)
            for name, value in _HEADERS.items():
                headers.setdefault(name, value)
        await send(message)

    return sending
