"""`/debates/{slug}/transcript`, and `.{format}` behind it: the record of a debate as a file.

Knows who may have which version, and how a file is sent; what stands in it is `fishbowl.transcript`'s.
Guarantees a file name made here, of the slug, the version and the seq alone, and that the single-file page
can do nothing in the browser that opens it.
"""

from __future__ import annotations

import asyncio
from collections.abc import Iterator, Sequence
from contextlib import nullcontext

from starlette.requests import Request
from starlette.responses import Response, StreamingResponse
from starlette.routing import Route

from fishbowl.debate.evolve import fold
from fishbowl.debate.record import Record
from fishbowl.debate.vocabulary import Phase, Role
from fishbowl.transcript import FORMATS, NothingToRead, Version, render
from fishbowl.transcript.seal import fingerprint
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
    records = await visit.debate.stored()
    try:
        # Folding a long debate takes a while, and others are waiting.
        language = language_of(request)
        async with site.office if ending in WHOLE else nullcontext():
            pieces = await asyncio.to_thread(transcript_file, records, ending, version, language)
    except NothingToRead:
        raise not_found() from None
    headers = {
        "Content-Disposition": _disposition(visit.who.slug, version, records[-1].seq, ending),
        "Vary": "Accept-Language, Cookie",
    }
    if ending == "html":
        headers["Content-Security-Policy"] = SINGLE_FILE_POLICY
    return StreamingResponse(pieces, headers=headers, media_type=FORMATS[ending].media_type)


async def transcript_page(request: Request) -> Response:
    """Every format, and what each is for, in the versions this reader may have."""
    site = site_of(request)
    visit = await site.access.enter(request, request.path_params["slug"])
    snapshot = await visit.debate.snapshot(visit.who.reader, limit=0)
    phase = await visit.debate.read(lambda state: state.phase)
    versions = [version for version in Version if _refusal(visit.who, phase, version) is None]
    context = {
        "debate": snapshot["debate"],
        "versions": versions,
        "seals": await site.seals.of(visit.who.slug),
        "fingerprint": fingerprint(site.seals.key.public),
    }
    return site.renderer.page(request, "downloads", context, headers=UNLISTED)


def transcript_file(
    records: Sequence[Record], ending: str, version: str, language: str | None = None
) -> Iterator[bytes]:
    """The file, its frame in the reader's language; where nobody is known to read it, in the debate's.

    The same seq gives the same bytes in the same language.
    """
    sentences = translations(language or (fold(records[:1]).language if records else "en"))
    return render(ending, records, version, say=sentences.gettext, language=sentences.language)


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


def _disposition(slug: str, version: str, seq: int, ending: str) -> str:
    """A page opens in the browser, everything else is saved; the name is of our letters alone."""
    kind = "inline" if ending == "html" else "attachment"
    return f'{kind}; filename="{slug}-{version}-{seq}.{ending}"'


ROUTES = [
    Route("/debates/{slug}/transcript", transcript_page),
    Route("/debates/{slug}/transcript.{ending}", transcript),
]
