"""`.../commands` and `.../records`: taking part in a debate without a socket."""

from __future__ import annotations

import asyncio
from collections.abc import Coroutine
from typing import Any

import msgspec
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from fishbowl.debate.commands import Report, WireCommand
from fishbowl.debate.reading import command_from, read_json
from fishbowl.debate.refused import Refused
from fishbowl.live.debate import Tell, reply_view
from fishbowl.web.access import Visit
from fishbowl.web.api.query import whole_number
from fishbowl.web.api.reply import json_response, refused
from fishbowl.web.body import read_body
from fishbowl.web.problems import Problem
from fishbowl.web.refusals import teller
from fishbowl.web.render import language_of
from fishbowl.web.site import Site, site_of
from fishbowl.web.window import address_of

__all__ = ["ROUTES", "by_onlooker", "in_time"]

MOST_COMMANDS = 100
A_FRAME = 64 * 1024
MOST_BYTES = MOST_COMMANDS * A_FRAME
"""As many commands as there may be in a request, each as large as a frame of the live stream may be."""


async def command(request: Request) -> Response:
    """Always a list of replies, in the order of the commands; a refusal does not stop the rest."""
    site = site_of(request)
    slug = request.path_params["slug"]
    visit = await site.access.enter_to_ask(request, slug)
    body = await _body(request, MOST_BYTES if visit.asker is not None else A_FRAME)
    # Asked again: a body may be long in coming, and a link may have ended meanwhile.
    visit = await site.access.enter_to_ask(request, slug)
    bodies = body if isinstance(body, list) else [body]
    if not 1 <= len(bodies) <= MOST_COMMANDS:
        raise Problem(400, "bad_request", f"The body must be a command, or a list of 1 to {MOST_COMMANDS}.")
    commands = [in_time(site, visit, _command(each)) for each in bodies]
    # All are asked before the first answer is waited for, so that they are stored together.
    tell = teller(language_of(request))
    if visit.asker is None:
        address = address_of(request.scope.get("client"))
        return json_response([await by_onlooker(site, visit, each, address, tell) for each in commands])
    answers = [
        each if isinstance(each, Refused) else visit.debate.asked(visit.asker, each) for each in commands
    ]
    replies = [
        reply_view(each.id, answer if isinstance(answer, Refused) else await answer, tell)
        for each, answer in zip(commands, answers, strict=True)
    ]
    return json_response(replies)


async def by_onlooker(
    site: Site, visit: Visit, command: WireCommand | Refused, address: str, tell: Tell
) -> dict[str, Any]:
    """The reply to somebody who has not joined: they may report, and their ids are known for an hour."""
    if not isinstance(command, Report):
        asked = command if isinstance(command, Refused) else await visit.debate.asked(None, command)
        return reply_view(command.id, asked, tell)
    key, body = (visit.debate.slug, address, command.id), msgspec.json.encode(command)
    if (kept := site.receipts.find(key)) is not None:
        known, reply = kept
        reused = Refused("id.reused", "This id was used before with another command.")
        return reply if known == body else reply_view(command.id, reused, tell)
    if (wait := site.commands.enter(f"{visit.debate.slug} {address}")) is not None:
        too_fast = Refused("pace.too_fast", "Too many commands a second.", wait)
        return reply_view(command.id, too_fast, tell)
    answer = await visit.debate.reported(command)
    reply = reply_view(command.id, answer, tell)
    if not isinstance(answer, Refused):
        site.receipts.keep(key, body, reply)
    return reply


async def _body(request: Request, most: int) -> object:
    """As a frame is read: a number out of range is refused in the reply to its command, not here."""
    try:
        return read_json(await read_body(request, most))
    except Refused as refusal:
        raise refused(refusal) from None


def _command(body: object) -> WireCommand | Refused:
    """The command, or its refusal; 400 for what has no id that a reply could name."""
    try:
        return command_from(body)
    except Refused as refusal:
        if not refusal.id:
            raise refused(refusal) from None
        return refusal


def in_time(site: Site, visit: Visit, command: WireCommand | Refused) -> WireCommand | Refused:
    """The command, refused where its sender gives more a second than one connection may send frames."""
    if isinstance(command, Refused) or visit.asker is None or visit.debate.unlimited:
        return command
    wait = site.commands.enter(f"{visit.debate.slug} {visit.asker}")
    if wait is None:
        return command
    return Refused("pace.too_fast", "Too many commands a second.", wait, id=command.id)


async def records(request: Request) -> Response:
    site = site_of(request)
    slug = request.path_params["slug"]
    since = whole_number(request, "since", 0, 0, 2**53)
    limit = whole_number(request, "limit", 200, 1, 1000)
    wait = whole_number(request, "wait", 0, 0, 30)
    visit = await site.access.enter(request, slug)
    if wait and since >= visit.debate.head:
        await _first(visit.debate.records(visit.who.reader, since, limit, wait), site.going_down.wait())
    found = await visit.debate.records(visit.who.reader, since, limit)
    if wait:
        # Whoever's link ended while they waited gets nothing that came after.
        await site.access.enter(request, slug)
    return json_response(found)


async def _first(*waited_for: Coroutine[Any, Any, object]) -> None:
    """Return when the first of these does; the others are given up."""
    tasks = [asyncio.ensure_future(each) for each in waited_for]
    try:
        await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
    finally:
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)


ROUTES = [
    Route("/api/v1/debates/{slug}/commands", command, methods=["POST"]),
    Route("/api/v1/debates/{slug}/records", records, methods=["GET"]),
]
