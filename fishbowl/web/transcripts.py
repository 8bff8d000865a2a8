"""`/debates/{slug}/transcript`, and `.{format}` behind it: the record of a debate as a file.

Knows who may have which version, and how a file is sent; what stands in it is `fishbowl.transcript`'s.
Guarantees a file name made here, of the slug, the version and the seq alone, and that the single-file page
can do nothing in the browser that opens it.
"""

from __future__ import annotations

import asyncio
from collections.abc import Iterable, Iterator
from contextlib import nullcontext
from itertools import islice
from typing import Final

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response, StreamingResponse
from starlette.routing import Route

from fishbowl.debate.evolve import fold
from fishbowl.debate.record import Record
from fishbowl.debate.state import State
from fishbowl.debate.vocabulary import Phase, Role, said_in
from fishbowl.transcript import FORMATS, BadChoice, Choice, NothingToRead, Version, render, replay
from fishbowl.transcript import transcript as made_of
from fishbowl.transcript.choice import EVERYTHING, choice_of
from fishbowl.transcript.contents import Issue
from fishbowl.transcript.issue import issue_of
from fishbowl.transcript.projection import UNISSUED
from fishbowl.transcript.seal import fingerprint
from fishbowl.transcript.voice import Voice
from fishbowl.web.access import Who
from fishbowl.web.gate import SINGLE_FILE_POLICY
from fishbowl.web.problems import Problem, not_found
from fishbowl.web.render import language_of
from fishbowl.web.shown import UNLISTED
from fishbowl.web.site import site_of
from fishbowl.web.words import translations

__all__ = ["ROUTES", "transcript_file", "version_for"]

PUBLISHED = frozenset({Phase.WRAP_UP, Phase.CORRECTION, Phase.ARCHIVED})
"""From wrap-up on whoever may read a debate may have its public transcript."""
WHOLE = frozenset({"pdf", "docx", "xlsx"})
"""Formats whose file is made before any of it is sent."""
FLOWING = frozenset({"html", "csv", "jsonl"})
"""Formats for which nobody holds the records: they are read while the file is sent."""
QUESTION_LENGTH: Final = 60
"""How much of a question stands in a menu."""
REPLAY_SANDBOX: Final = "form-action 'none'; frame-ancestors 'none'; sandbox allow-scripts"
"""It may run its own script and is of no origin: it reaches nothing of ours."""
AT_ANY_TIME = frozenset({Role.CHAIR, Role.ORGANISER})


async def transcript(request: Request) -> Response:
    """The file, of all that is stored as this is asked."""
    site = site_of(request)
    visit = await site.access.enter(request, request.path_params["slug"])
    ending = request.path_params["ending"]
    if ending not in FORMATS:
        raise not_found()
    phase = await visit.debate.read(lambda state: state.phase)
    version = version_for(visit.who, phase, request.query_params.get("version"))
    choice = _choice(request)
    paged, language = visit.debate.paged(), language_of(request)
    records: Iterable[Record] = paged if ending in FLOWING else await visit.debate.stored(paged.until)
    issue = issue_of(await site.seals.of(visit.who.slug), paged.until, site.settings.public_url)
    try:
        # Folding a long debate takes a while, and others are waiting.
        async with site.office if ending in WHOLE else nullcontext():
            pieces = await run_in_threadpool(
                transcript_file, records, ending, version, language, choice, issue
            )
    except NothingToRead:
        raise not_found() from None
    except BadChoice as bad:
        raise Problem(400, "bad_request", str(bad)) from None
    headers = {
        "Content-Disposition": _disposition(visit.who.slug, version, paged.until, ending, choice),
        "Vary": "Accept-Language, Cookie",
    }
    if ending == "html":
        headers["Content-Security-Policy"] = SINGLE_FILE_POLICY
    return StreamingResponse(pieces, headers=headers, media_type=FORMATS[ending].media_type)


async def replay_page(request: Request) -> Response:
    """The debate to be played back: a page, or with `?download` a file; in the transcript's versions."""
    site = site_of(request)
    visit = await site.access.enter(request, request.path_params["slug"])
    phase = await visit.debate.read(lambda state: state.phase)
    version = version_for(visit.who, phase, request.query_params.get("version"))
    records = await visit.debate.stored()
    sentences = translations(language_of(request))
    voice = Voice(sentences.gettext, sentences.language)
    pieces = await asyncio.to_thread(lambda: replay.render(made_of(records, version), voice))
    kind = "attachment" if "download" in request.query_params else "inline"
    name = f"{visit.who.slug}-{version}-{records[-1].seq}-replay.html"
    headers = {
        "Content-Disposition": f'{kind}; filename="{name}"',
        "Content-Security-Policy": f"{replay.policy()}; {REPLAY_SANDBOX}",
        "Vary": "Accept-Language, Cookie",
        **UNLISTED,
    }
    return StreamingResponse(pieces, headers=headers, media_type="text/html; charset=utf-8")


async def transcript_page(request: Request) -> Response:
    """Every format, and what each is for, in the versions this reader may have."""
    site = site_of(request)
    visit = await site.access.enter(request, request.path_params["slug"])
    snapshot = await visit.debate.snapshot(visit.who.reader, limit=0)
    phase = await visit.debate.read(lambda state: state.phase)
    versions = [version for version in Version if _refusal(visit.who, phase, version) is None]
    choice, language = _choice(request), language_of(request)
    context = {
        "debate": snapshot["debate"],
        "questions": [
            (str(each["question"]), f"Q{each['question']}. {_short(said_in(each['text'], language))}")
            for each in snapshot["questions"]
        ],
        "authors": await visit.debate.read(_authors),
        "choice": choice,
        "chosen": choice.told(),
        "versions": versions,
        "seals": await site.seals.of(visit.who.slug),
        "fingerprint": fingerprint(site.seals.key.public),
    }
    return site.renderer.page(request, "downloads", context, headers=UNLISTED)


def transcript_file(
    records: Iterable[Record],
    ending: str,
    version: str,
    language: str | None = None,
    choice: Choice = EVERYTHING,
    issue: Issue = UNISSUED,
) -> Iterator[bytes]:
    """The file, its frame in the reader's language; where nobody is known to read it, in the debate's.

    The same seq gives the same bytes in the same language, and from the same issue.
    """
    sentences = translations(language or fold(islice(records, 1)).language)
    return render(
        ending,
        records,
        version,
        choice=choice,
        say=sentences.gettext,
        language=sentences.language,
        issue=issue,
    )


def _authors(state: State) -> list[tuple[str, str]]:
    """Everybody whose contributions can be chosen: handle and name, in order of names."""
    authors = {each.author for each in state.contributions.values() if each.shown}
    people = (state.people[author] for author in authors)
    named = [(person.handle, person.name) for person in people if person.handle and person.name]
    return sorted(named, key=lambda each: (each[1].casefold(), each[0]))


def _short(text: str) -> str:
    return text if len(text) <= QUESTION_LENGTH else f"{text[: QUESTION_LENGTH - 1].rstrip()}…"


def _choice(request: Request) -> Choice:
    try:
        return choice_of(request.query_params)
    except BadChoice as bad:
        raise Problem(400, "bad_request", str(bad)) from None


def version_for(who: Who, phase: Phase, asked: str | None) -> Version:
    """The version they get; 403 where they may not have it (yet), 400 where there is none of that name."""
    try:
        version = Version(asked or (Version.ORGANISER if who.is_organiser else Version.PUBLIC))
    except ValueError:
        raise Problem(400, "bad_request", f"version must be one of {', '.join(Version)}.") from None
    if (refusal := _refusal(who, phase, version)) is not None:
        raise refusal
    return version


def _refusal(who: Who, phase: Phase, version: Version) -> Problem | None:
    """Why they may not have this version; None where they may."""
    if version is not Version.PUBLIC and not who.is_organiser:
        return Problem(403, "right.missing", "This version is for the organiser of the debate.")
    if phase not in PUBLISHED and not who.is_organiser and who.role not in AT_ANY_TIME:
        return Problem(403, "phase.not_live", "The transcript is published from the wrap-up on.")
    return None


def _disposition(slug: str, version: str, seq: int, ending: str, choice: Choice) -> str:
    """A page opens in the browser, everything else is saved; the name is of our letters alone."""
    kind = "inline" if ending == "html" else "attachment"
    part = "" if choice == EVERYTHING else "-arranged"
    return f'{kind}; filename="{slug}-{version}-{seq}{part}.{ending}"'


ROUTES = [
    Route("/debates/{slug}/replay", replay_page),
    Route("/debates/{slug}/transcript", transcript_page),
    Route("/debates/{slug}/transcript.{ending}", transcript),
]
