"""`POST /debates/{slug}/act`: taking part by plain forms, for whoever reads without scripts.

Knows the fields of the page's forms, and no rule: what comes is made into the same command that a script
would send, and given to the debate. Guarantees that a form sent twice is one record: the page's `id` and what
was filled in make the command's id. A refusal is the page again, with its sentence beside the form and what
was typed kept.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from hashlib import sha256
from typing import Any, Final

import msgspec
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from fishbowl.debate.commands import WireCommand
from fishbowl.debate.reading import command_from
from fishbowl.debate.refused import Refused
from fishbowl.debate.vocabulary import Status
from fishbowl.live.loop import Accepted
from fishbowl.web.access import Visit
from fishbowl.web.api.floor import in_time
from fishbowl.web.api.reply import refused
from fishbowl.web.body import read_fields
from fishbowl.web.problems import code_for
from fishbowl.web.refusals import teller
from fishbowl.web.render import language_of
from fishbowl.web.reporting import report
from fishbowl.web.shown import Typed, page_of
from fishbowl.web.site import Site, site_of
from fishbowl.web.yours import Wrong, before_anonymity, yours_again

__all__ = ["ROUTES"]

Fields = Sequence[tuple[str, str]]

_ID: Final = re.compile(r"[A-Za-z0-9_-]{1,32}")
_WHOLE: Final = re.compile(r"[0-9]{1,10}")


def _text(written: Sequence[str]) -> str:
    return written[-1]


def _number(written: Sequence[str]) -> int:
    if not _WHOLE.fullmatch(written[-1]):
        raise Refused("bad_request", "A number was expected.")
    return int(written[-1])


def _numbers(written: Sequence[str]) -> list[int]:
    return sorted({_number([each]) for each in written})


def _switch(written: Sequence[str]) -> bool:
    return written[-1] == "true"


_TAKEN: Final[Mapping[str, Mapping[str, Callable[[Sequence[str]], Any]]]] = {
    "post": {"text": _text, "reply_to": _number, "questions": _numbers},
    "withdraw": {"contribution": _number},
    "tag": {"contribution": _number, "questions": _numbers},
    "thread": {"contribution": _number, "reply_to": _number},
    "check": {"contribution": _number, "note": _text},
    "endorse": {"contribution": _number, "on": _switch},
    "carry_in": {"contribution": _number},
    "raise_hand": {"note": _text},
    "lower_hand": {},
    "take_seat": {"seat": _number},
    "leave_seat": {},
    "extend_turn": {},
    "rename": {"name": _text},
    "anonymise": {},
    "leave": {},
}
"""The commands there are forms for, and how their fields are read. What else a form holds is passed over."""
_NEED_NOT: Final = ("reply_to", "questions", "note", "seat")
"""Fields that count as left out where they are empty."""


async def act(request: Request) -> Response:
    """Give the command a form holds; then the page again, where it shows what came of it."""
    site = site_of(request)
    slug = request.path_params["slug"]
    await site.access.enter(request, slug)
    fields = await read_fields(request)
    # Asked again: a form may be long in coming, and a link may have ended meanwhile.
    visit = await site.access.enter(request, slug)
    do = dict(fields).get("do", "")
    if do == "reply":
        number = _contribution(fields)
        return RedirectResponse(f"/debates/{slug}?reply={number}", 303)
    if do == "again":
        return await _anew(site, request, visit, _contribution(fields))
    if do == "report":
        return await report(site, request, visit, dict(fields))
    if do in ("withdraw", "leave", "anonymise") and "sure" not in dict(fields):
        return await _asked_once(site, request, visit, fields)
    answer = await _given(site, visit, fields)
    if isinstance(answer, Refused) and do == "check" and visit.who.person:
        wrong = Wrong(dict(fields).get("contribution", ""), dict(fields).get("note", ""))
        return await yours_again(site, request, visit, wrong, answer)
    if isinstance(answer, Refused):
        return await _again(site, request, visit, fields, answer)
    return RedirectResponse(f"/debates/{slug}{_where(do, fields, answer)}", 303)


async def page(request: Request) -> Response:
    """Who asks for the address of the forms' answers is led to the page they are answered with."""
    query = f"?{request.url.query}" if request.url.query else ""
    return RedirectResponse(f"/debates/{request.path_params['slug']}{query}", 303)


async def _given(site: Site, visit: Visit, fields: Fields) -> Accepted | Refused:
    try:
        command = in_time(site, visit, _command(fields))
        return command if isinstance(command, Refused) else await visit.debate.asked(visit.asker, command)
    except Refused as refusal:
        return refusal


def _command(fields: Fields) -> WireCommand:
    """The command in the fields; 400 for a form that no page of ours holds."""
    found: dict[str, list[str]] = {}
    for name, value in fields:
        found.setdefault(name, []).append(value)
    do, form = found.get("do", [""])[-1], found.get("id", [""])[-1]
    if do not in _TAKEN or not _ID.fullmatch(form):
        raise code_for(400)
    taken = {
        name: read(found[name])
        for name, read in _TAKEN[do].items()
        if name in found and (found[name][-1].strip() or name not in _NEED_NOT or do == "check")
    }
    if do == "post":
        taken["warn"] = taken.get("text") != _text(found.get("warned", [""]))
    if do == "tag":
        taken.setdefault("questions", [])  # of boxes none of which is ticked, a form holds nothing
    if do == "thread":
        taken.setdefault("reply_to", None)
    filled_in = sha256(msgspec.json.encode([do, taken])).hexdigest()[:24]
    return command_from({"do": do, "id": f"{form}.{filled_in}", **taken})


def _contribution(fields: Fields) -> int:
    try:
        return _number([dict(fields).get("contribution", "")])
    except Refused:
        raise code_for(400) from None


def _where(do: str, fields: Fields, answer: Accepted) -> str:
    """Where on the page the reader finds what they did."""
    if do in ("rename", "leave"):
        return ""
    if do == "anonymise":
        return "/yours"
    if do == "check":
        return f"/yours#c{_contribution(fields)}"
    if do in ("endorse", "withdraw", "carry_in", "tag", "thread"):
        return f"#c{_contribution(fields)}"
    return f"#c{answer.contribution}" if do == "post" else "#circle-title"


async def _asked_once(site: Site, request: Request, visit: Visit, fields: Fields) -> Response:
    """What cannot be undone is asked once."""
    if dict(fields).get("do") == "anonymise":
        return await before_anonymity(site, request, visit, dict(fields).get("id", ""))
    if dict(fields).get("do") == "leave":
        snapshot = await visit.debate.snapshot(visit.who.reader, limit=0)
        asked = {"debate": snapshot["debate"], "form_id": dict(fields).get("id", "")}
        return site.renderer.page(request, "leave", asked, admin=visit.who.admin)
    number = _contribution(fields)
    snapshot = await visit.debate.snapshot(visit.who.reader, limit=1, before=number + 1)
    found = [one for one in snapshot["contributions"] if one["contribution"] == number]
    if not found:
        raise code_for(404)
    context = {"debate": snapshot["debate"], "one": found[0], "form_id": dict(fields).get("id", "")}
    return site.renderer.page(request, "sure", context, admin=visit.who.admin)


async def _anew(site: Site, request: Request, visit: Visit, number: int) -> Response:
    """The page, with what was refused put back where one writes, for its author."""
    snapshot = await visit.debate.snapshot(visit.who.reader, limit=1, before=number + 1)
    found = [one for one in snapshot["contributions"] if one["contribution"] == number]
    if not found or found[0]["author"]["person"] != visit.who.person or found[0]["status"] != Status.REFUSED:
        raise code_for(404)
    chosen = frozenset(tag["question"] for tag in found[0]["tags"] if tag["source"] == "author")
    answers = None if found[0].get("inferred") else found[0].get("reply_to")
    typed = Typed(text=found[0]["text"] or "", reply_to=answers, questions=chosen)
    return (await page_of(site, request, visit, "debate", typed))[0]


async def _again(site: Site, request: Request, visit: Visit, fields: Fields, refusal: Refused) -> Response:
    """The page, with what was refused beside the form it was filled into."""
    form = dict(fields)
    sentence = teller(language_of(request))(refusal)
    is_post, is_name = (form.get("do") == do for do in ("post", "rename"))
    typed = Typed(
        text=form.get("text", "") if is_post else "",
        reply_to=next(_numbers_in(fields, "reply_to"), None),
        questions=frozenset(_numbers_in(fields, "questions")),
        wrong=sentence if is_post else None,
        warned=refusal.code == "text.concern",
        failed=None if is_post or is_name else sentence,
        name=form.get("name", "") if is_name else "",
        name_wrong=sentence if is_name else None,
    )
    problem = refused(refusal)
    made, _ = await page_of(site, request, visit, "debate", typed, status=problem.status)
    made.headers.update(problem.headers)
    return made


def _numbers_in(fields: Fields, name: str) -> Iterator[int]:
    return (int(value) for field, value in fields if field == name and _WHOLE.fullmatch(value))


ROUTES = [
    Route("/debates/{slug}/act", act, methods=["POST"]),
    Route("/debates/{slug}/act", page),
]
