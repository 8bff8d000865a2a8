"""What people take away from a debate's pages: a calendar entry, and its address as a QR code.

Knows who may have them: whoever may read the debate's page, closed debates' doors included for the QR code,
which holds nothing but the address that was asked.
"""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from fishbowl.debate.definition import SLUG
from fishbowl.web import calendar, qr
from fishbowl.web.problems import not_found
from fishbowl.web.render import language_of
from fishbowl.web.site import site_of

__all__ = ["ROUTES"]


async def entry(request: Request) -> Response:
    """The debate for one's calendar."""
    site = site_of(request)
    slug = request.path_params["slug"]
    visit = await site.access.enter(request, slug)
    snapshot = await visit.debate.snapshot(visit.who.reader, limit=0)
    address = f"{site.addresses.base_for(request.headers.get('host'))}/debates/{slug}"
    text = calendar.calendar_entry(snapshot, address, language_of(request))
    headers = {"Content-Disposition": f'attachment; filename="{slug}.ics"'}
    return Response(text, media_type=calendar.MEDIA_TYPE, headers=headers)


async def code(request: Request) -> Response:
    """The address at which people join, as a QR code; the same picture for every slug that could be one."""
    site = site_of(request)
    slug = request.path_params["slug"]
    if not SLUG.fullmatch(slug):
        raise not_found()
    address = f"{site.addresses.base_for(request.headers.get('host'))}/join/{slug}"
    return Response(
        qr.qr_code(address), media_type=qr.MEDIA_TYPE, headers={"Cache-Control": "public, max-age=3600"}
    )


ROUTES = [
    Route("/debates/{slug}/calendar.ics", entry),
    Route("/join/{slug}/qr.svg", code),
]
