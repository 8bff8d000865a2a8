"""The organiser's pages for a debate that there is: changing what its definition holds, and deleting it.

Knows no rule: the form is the set-up page's, and what was changed in it goes the way of `PATCH`. Guarantees
that a form that lay open does not undo what others changed meanwhile: it brings along what it was filled
with, and only fields that differ from that are changed.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any, Final
from zoneinfo import ZoneInfo

import msgspec
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from fishbowl.debate.definition import BadDefinition, parse_changes
from fishbowl.debate.refused import Refused
from fishbowl.debate.vocabulary import Words, said_in
from fishbowl.web.access import Visit
from fishbowl.web.api import debates as api
from fishbowl.web.body import read_form
from fishbowl.web.card import set_by
from fishbowl.web.refusals import in_words
from fishbowl.web.render import language_of
from fishbowl.web.setup_form import FIELDS, RULES, definition_in, errors_by_field, rules_in
from fishbowl.web.site import Site, site_of
from fishbowl.web.words import LANGUAGES

__all__ = ["ROUTES"]

Form = dict[str, str]

_ELSEWHERE: Final = ("questions", "speakers", "open_seats")
"""Fields of the set-up page that this one does not have: they change by the chair and by links."""
_TOGETHER: Final = {"date": "starts_at", "time": "starts_at", "join_code": "door"}
"""Fields that are changed as part of another key."""


async def form(request: Request) -> Response:
    """What the debate holds, to be changed; `?changed=` tells what just was."""
    site = site_of(request)
    visit = await site.access.enter_as_organiser(request, request.path_params["slug"])
    debate = await _debate(visit)
    filled = _filled(debate)
    changed = [name for name in request.query_params.get("changed", "").split() if name in filled]
    return _page(site, request, visit, debate, filled, filled, changed=changed)


async def change(request: Request) -> Response:
    site = site_of(request)
    visit = await site.access.enter_as_organiser(request, request.path_params["slug"])
    typed = await read_form(request)
    was = _was(typed)
    changed = [name for name in was if _plain(typed.get(name, was[name])) != _plain(was[name])]
    errors = await _refused(visit, typed, changed, language_of(request))
    if errors:
        debate = await _debate(visit)
        return _page(site, request, visit, debate, typed, was, errors=errors, status=422)
    query = f"?changed={'+'.join(changed)}#changed" if changed else ""
    return RedirectResponse(f"/debates/{visit.who.slug}/edit{query}", 303)


async def ask(request: Request) -> Response:
    """Deleting cannot be undone, and is asked once."""
    site = site_of(request)
    visit = await site.access.enter_as_organiser(request, request.path_params["slug"])
    context = {
        "debate": await _debate(visit),
        "contributions": await visit.debate.read(lambda state: len(state.contributions)),
    }
    return site.renderer.page(request, "delete", context, admin=visit.who.admin)


async def delete(request: Request) -> Response:
    site = site_of(request)
    visit = await site.access.enter_as_organiser(request, request.path_params["slug"])
    if (await read_form(request)).get("sure") != "yes":
        return RedirectResponse(f"/debates/{visit.who.slug}/delete", 303)
    await api.delete_debate(site, visit)
    return RedirectResponse("/", 303)


async def _refused(visit: Visit, typed: Form, changed: list[str], language: str) -> dict[str, str]:
    """Change the debate; the errors by field, where it would not be, and nothing is then changed."""
    if not changed:
        return {}
    debate = await _debate(visit)
    main = debate["language"]
    try:
        command = await api.change_in(visit, parse_changes(_changes(typed, changed, debate)))
    except BadDefinition as error:
        return errors_by_field(error, language, main)
    outcome = await visit.debate.submit(visit.who.by, command, None)
    return {changed[0]: in_words(outcome.said, language)} if isinstance(outcome, Refused) else {}


def _changes(typed: Form, changed: list[str], debate: Mapping[str, Any]) -> dict[str, Any]:
    """The changed fields as `PATCH` is given them: what is left empty is taken away."""
    main = debate["language"]
    whole = definition_in(typed | {"language": main}, main)
    changes: dict[str, Any] = {}
    for field in changed:
        name = field.partition("_")[0] if _translated(field) else _TOGETHER.get(field, field)
        if name in ("title", "introduction"):
            changes[name] = _kept(debate[name], whole[name], main)
        elif name in RULES:
            changes.setdefault("rules", {})[name] = rules_in(typed).get(name)
        else:
            changes[name] = whole.get(name)
    if "timezone" in changes:
        changes["starts_at"] = whole["starts_at"]
    if changes.get("door") == "code" and whole.get("join_code"):
        changes["join_code"] = whole["join_code"]
    return changes


def _kept(words: Words, typed: Words, main: str) -> Words:
    """The text as typed; in languages this form has no field for, as it was."""
    if isinstance(words, str):
        return typed
    kept = {tag: text for tag, text in words.items() if tag not in {main, *LANGUAGES}}
    said = {main: typed} if isinstance(typed, str) else typed
    return {**kept, **said} if kept else typed


def _filled(debate: Mapping[str, Any]) -> Form:
    """The form as the debate is now."""
    main = debate["language"]
    starts = datetime.fromisoformat(debate["starts_at"]).astimezone(ZoneInfo(debate["timezone"]))
    plain = {name: str(debate.get(name) or "") for name in FIELDS if name not in ("language", *_ELSEWHERE)}
    filled = plain | {
        "hashtags": " ".join(f"#{tag}" for tag in debate["hashtags"]),
        "held_words": "\n".join(debate.get("held_words") or ()),
        "date": starts.date().isoformat(),
        "time": starts.strftime("%H:%M"),
        **{name: str(debate["rules"][name]) for name in RULES},
    }
    for name in ("title", "introduction"):
        words: Words = debate[name]
        filled[name] = said_in(words, main)
        for tag in LANGUAGES:
            if tag != main:
                filled[f"{name}_{tag}"] = "" if isinstance(words, str) else words.get(tag, "")
    return filled


def _was(typed: Form) -> Form:
    """What the form was filled with, as it brings it along; one that brings nothing changes nothing."""
    try:
        return msgspec.json.decode(typed.get("was", ""), type=Form)
    except msgspec.MsgspecError:
        return {}


def _plain(text: str) -> str:
    """As a browser sends it and as it was: line ends differ, and spaces around."""
    return text.replace("\r\n", "\n").strip()


def _translated(field: str) -> bool:
    return field.startswith(("title_", "introduction_"))


async def _debate(visit: Visit) -> dict[str, Any]:
    debate: dict[str, Any] = (await visit.debate.snapshot(visit.who.reader, limit=0))["debate"]
    return debate


def _page(
    site: Site,
    request: Request,
    visit: Visit,
    debate: Mapping[str, Any],
    filled: Form,
    was: Form,
    *,
    errors: Mapping[str, str] | None = None,
    changed: list[str] | None = None,
    status: int = 200,
) -> Response:
    context = {
        "form": filled,
        "errors": errors or {},
        "card": set_by(filled, debate["rules"]),
        "changing": visit.who.slug,
        "was": msgspec.json.encode(was).decode(),
        "changed": changed or [],
    }
    return site.renderer.page(request, "setup", context, status=status, admin=visit.who.admin)


ROUTES = [
    Route("/debates/{slug}/edit", form),
    Route("/debates/{slug}/edit", change, methods=["POST"]),
    Route("/debates/{slug}/delete", ask),
    Route("/debates/{slug}/delete", delete, methods=["POST"]),
]
