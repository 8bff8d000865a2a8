"""`/healthz`, `/readyz`, `/metrics` and `/api/v1/openapi.json`: the service about itself."""

from __future__ import annotations

import asyncio
from pathlib import Path

from msgspec import to_builtins
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

from fishbowl import __version__
from fishbowl.clock import to_wire
from fishbowl.transcript.seal import fingerprint
from fishbowl.web import opening
from fishbowl.web.api.reply import json_response
from fishbowl.web.problems import Problem
from fishbowl.web.site import site_of

__all__ = ["ROUTES"]

READY_SECONDS = 5.0
DOCUMENT = Path(__file__).with_name("openapi.json")


async def healthz(request: Request) -> Response:
    """Alive: the process answers. Nothing else is asked, so that a busy store does not get us restarted."""
    return PlainTextResponse("alive\n")


async def readyz(request: Request) -> Response:
    """Ready: the store takes a write (one that changes nothing) and every loop turns, within a few seconds.

    Not what became of the last write: with nobody sent here, nobody would write, and it would fail for ever.
    """
    site = site_of(request)
    try:
        async with asyncio.timeout(READY_SECONDS):
            await site.store.check()
            await site.debates.turning()
    except TimeoutError:
        raise Problem(503, "service.unavailable", "The service does not keep up.", retry_after=5) from None
    return PlainTextResponse("ready\n")


async def metrics(request: Request) -> Response:
    site = site_of(request)
    return Response(site.metrics.text(), media_type=site.metrics.content_type)


async def openapi(request: Request) -> Response:
    document = DOCUMENT.read_text("utf-8").replace('"VERSION"', f'"{__version__}"')
    return Response(document, media_type="application/json")


async def key(request: Request) -> Response:
    """The key that this service seals archives with."""
    public = site_of(request).seals.key.public
    return json_response({"algorithm": "Ed25519", "key": public, "fingerprint": fingerprint(public)})


async def admin_link(request: Request) -> Response:
    """A new link for the administrator; the one before ends."""
    site = site_of(request)
    await site.access.require_administrator(request)
    return json_response({"link": await opening.admin_link(site.links, site.addresses)}, 201)


async def retention(request: Request) -> Response:
    """What was erased because its days were over."""
    site = site_of(request)
    await site.access.require_administrator(request)
    done = [{**to_builtins(each), "at": to_wire(each.at)} for each in await site.retention.done()]
    return json_response({"erased": done})


ROUTES = [
    Route("/api/v1/admin-link", admin_link, methods=["POST"]),
    Route("/healthz", healthz),
    Route("/readyz", readyz),
    Route("/metrics", metrics),
    Route("/api/v1/openapi.json", openapi),
    Route("/api/v1/key", key),
    Route("/api/v1/retention", retention),
]
