"""A debate's pages as their reader sees them.

Knows no rule and no right but whose view it is: what a page shows is the reader's own snapshot, what it
offers their own moves. Guarantees that onlookers, who all see the same page, are handed the same one for a
moment, and that nothing typed by anybody is ever in a page that is kept.
"""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from typing import Any, Final

from msgspec import Struct
from starlette.requests import Request
from starlette.responses import Response

from fishbowl.debate.state import State
from fishbowl.debate.trending import together, trending
from fishbowl.debate.vocabulary import Audience, Instant, Posting
from fishbowl.web.access import Visit
from fishbowl.web.moves import Moves, moves_of
from fishbowl.web.refusals import teller
from fishbowl.web.render import language_of
from fishbowl.web.showing import EVERYTHING, Showing, chosen
from fishbowl.web.site import Site
from fishbowl.web.words import translations

__all__ = ["NOTHING_TYPED", "UNLISTED", "Typed", "page_of", "shown"]

UNLISTED: Final = {"X-Robots-Tag": "noindex, nofollow"}


class Typed(Struct, frozen=True):
    """What one reader's last form left on the page: what was typed into it, and what came of it."""

    text: str = ""
    reply_to: int | None = None
    questions: frozenset[int] = frozenset()
    wrong: str | None = None
    """Said beside the composer."""
    warned: bool = False
    """Sent again as it is, the text goes to the moderators: that is what was said."""
    failed: str | None = None
    """Said across the page: what a button did not do."""
    name: str = ""
    """What somebody wanted to be called, and was not."""
    name_wrong: str | None = None
    return_link: str | None = None
    """Of somebody who has just joined by the form; shown this once."""


NOTHING_TYPED: Final = Typed()


async def shown(
    site: Site,
    request: Request,
    visit: Visit,
    page: str,
    typed: Typed = NOTHING_TYPED,
    before: int | None = None,
    show: Showing = EVERYTHING,
) -> Response:
    """The page as this reader sees the debate; onlookers all see the same one.

    Pages that anybody could think up more of than are kept (`before`, a hashtag) push no other one out.
    """
    if visit.who.person is not None or visit.who.admin or before is not None or show.tag is not None:
        return (await page_of(site, request, visit, page, typed, before=before, show=show))[0]
    base = site.addresses.base_for(request.headers.get("host"))
    key = (page, visit.who.slug, language_of(request), base, show.name)
    kept = site.kept.find(key, visit.debate.head, request.headers)
    if kept is None:
        made, seq = await page_of(site, request, visit, page, show=show)
        site.kept.keep(key, seq, made)
        return made
    return kept


async def page_of(
    site: Site,
    request: Request,
    visit: Visit,
    page: str,
    typed: Typed = NOTHING_TYPED,
    *,
    before: int | None = None,
    show: Showing = EVERYTHING,
    status: int = 200,
) -> tuple[Response, int]:
    """The page, made anew, and the seq it is of.

    `before`: with the contributions before that one; `show`: with what is meant by that.
    """
    found = await visit.debate.read(lambda state: chosen(state, show, visit.who.reader, before))
    hashtags = await visit.debate.read(
        lambda state: trending(state) if show.tag is None else together(state, show.tag)
    )
    focused = await visit.debate.read(lambda state: _minutes_in_focus(state, site.clock.now()))
    streams = await visit.debate.read(lambda state: state.rules.posting is Posting.TWO_STREAM)
    numbers = sorted([*found.meant] if streams else [*found.roots, *found.meant])
    snapshot = await visit.debate.snapshot(visit.who.reader, only=numbers)
    moves = await visit.debate.read(
        lambda state: moves_of(state, visit.who.person, site.clock.now(), numbers)
    )
    waits = bool(snapshot["you"] and snapshot["you"].get("waiting"))
    moderated = not waits or await visit.debate.is_moderated()
    slug = visit.who.slug
    base = site.addresses.base_for(request.headers.get("host"))
    context = {
        "snapshot": snapshot,
        "threads": _streams(snapshot["contributions"]) if streams else _threads(snapshot["contributions"]),
        "show": show,
        "beside": found.roots,
        "earlier": found.earlier,
        "hashtags": hashtags,
        "focused": focused,
        "you": snapshot["you"],
        "rehearsal": site.rehearsals.standing(slug, snapshot["debate"]["phase"]),
        "may": moves,
        "typed": typed,
        "moderated": moderated,
        "silence": _silence(moves, snapshot, language_of(request)),
        "form_id": secrets.token_urlsafe(9),
        "api_url": f"/api/v1/debates/{slug}",
        "live_url": f"/api/v1/debates/{slug}/live",
        "public_url": f"{base}/debates/{slug}",
    }
    headers = {} if snapshot["debate"]["audience"] == Audience.PUBLIC else UNLISTED
    made = site.renderer.page(request, page, context, status=status, admin=visit.who.admin, headers=headers)
    return made, snapshot["seq"]


def _silence(moves: Moves, snapshot: dict[str, Any], language: str) -> str | None:
    """Why the reader may not write, in a sentence; to somebody muted and in a closed round, until when."""
    if moves.silence is None:
        return None
    say = translations(language).gettext

    def until(time: str, told: str) -> str:
        return told.format(time=translations(language).on_the_clock(time, snapshot["debate"]["timezone"]))

    if moves.silence.code == "person.muted":
        told = say("You are muted until {time}. Go on reading; you can write again then.")
        return until(snapshot["you"]["muted_until"], told)
    if moves.silence.code == "round.running":
        if "until" in snapshot["round"]:
            told = say("A closed round is on: until {time}, its group and the chair contribute.")
            return until(snapshot["round"]["until"], told)
        return say("A closed round is on: its group and the chair contribute until the chair ends it.")
    return teller(language)(moves.silence)


def _streams(contributions: Sequence[dict[str, Any]]) -> list[dict[str, Any]]:
    """Each contribution by itself, where it came into its stream: at the end, when it was carried in."""
    alone = [
        {"root": one["contribution"], "seq": one.get("carried_in", one)["seq"], "first": one, "replies": []}
        for one in contributions
    ]
    return sorted(alone, key=lambda thread: thread["seq"])


def _minutes_in_focus(state: State, now: Instant) -> dict[int, int]:
    """How long each question has been in focus, in whole minutes."""
    running = 0 if state.focus_since is None else max(0, now - state.focus_since)
    return {
        number: round((question.focus_ms + (running if number == state.focus else 0)) / 60_000)
        for number, question in state.questions.items()
    }


def _threads(contributions: Sequence[dict[str, Any]]) -> list[dict[str, Any]]:
    """Threads by their roots, replies by their paths. Of a long debate's page the root may be missing."""
    by_root: dict[int, list[dict[str, Any]]] = {}
    for one in contributions:
        by_root.setdefault(one["root"], []).append(one)
    threads = []
    for root, found in sorted(by_root.items()):
        found.sort(key=lambda one: [int(step) for step in one["path"].split(".")])
        first = found[0] if found[0]["contribution"] == root else None
        replies = found[1:] if first else found
        threads.append({"root": root, "seq": found[0]["seq"], "first": first, "replies": replies})
    return threads
