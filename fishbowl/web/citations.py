"""`/debates/{slug}/citation`: how a debate or one of its contributions is cited, on a page and as files.

Knows who may have it: whoever may have the public transcript, which is what is cited. Guarantees that a
citation leads to that transcript, and that what is hidden there is not in it either.
"""

from __future__ import annotations

import asyncio
import re
from collections.abc import Sequence
from typing import NamedTuple

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from fishbowl.debate.record import Record
from fishbowl.transcript import Transcript, Version
from fishbowl.transcript import transcript as transcript_of
from fishbowl.transcript.citation import Citation, cite
from fishbowl.transcript.contents import Contribution
from fishbowl.transcript.voice import Voice
from fishbowl.web.problems import not_found
from fishbowl.web.render import language_of
from fishbowl.web.shown import UNLISTED
from fishbowl.web.site import site_of
from fishbowl.web.transcripts import version_for
from fishbowl.web.words import translations

__all__ = ["ROUTES"]

MEDIA_TYPES = {
    "txt": "text/plain; charset=utf-8",
    "bib": "application/x-bibtex; charset=utf-8",
    "csl.json": "application/vnd.citationstyles.csl+json",
}


class _Cited(NamedTuple):
    debate: Transcript
    contribution: Contribution | None
    citation: Citation
    address: str


async def citation_page(request: Request) -> Response:
    cited = await _cited(request)
    return site_of(request).renderer.page(request, "citation", cited._asdict(), headers=UNLISTED)


async def citation_file(request: Request) -> Response:
    ending = request.path_params["ending"]
    if ending not in MEDIA_TYPES:
        raise not_found()
    cited = await _cited(request)
    file = {
        "txt": f"{cited.citation.text}\n",
        "bib": cited.citation.bibtex,
        "csl.json": cited.citation.csl,
    }[ending]
    about = "" if cited.contribution is None else f"-c{cited.contribution.contribution}"
    headers = {
        "Content-Disposition": f'attachment; filename="{cited.debate.slug}{about}.{ending}"',
        "Vary": "Accept-Language, Cookie",
    }
    return Response(file, media_type=MEDIA_TYPES[ending], headers=headers)


async def _cited(request: Request) -> _Cited:
    """The debate, or the contribution that is asked for; 404 where there is none of that number."""
    site = site_of(request)
    visit = await site.access.enter(request, request.path_params["slug"])
    version_for(visit.who, await visit.debate.read(lambda state: state.phase), Version.PUBLIC)
    asked = request.query_params.get("contribution", "")
    if asked and not re.fullmatch(r"[1-9][0-9]{0,8}", asked):
        raise not_found()
    sentences = translations(language_of(request))
    base = site.addresses.base_for(request.headers.get("host"))
    address = f"{base}/debates/{visit.who.slug}/transcript.html"
    cited = await asyncio.to_thread(
        _made, await visit.debate.stored(), asked, address, Voice(sentences.gettext, sentences.language)
    )
    if cited is None:
        raise not_found()
    return cited


def _made(records: Sequence[Record], asked: str, address: str, voice: Voice) -> _Cited | None:
    debate = transcript_of(records)
    contribution = None
    if asked:
        found = (each for each in debate.contributions if each.contribution == int(asked))
        contribution = next(found, None)
        if contribution is None:
            return None
    return _Cited(debate, contribution, cite(debate, address, contribution, voice), address)


ROUTES = [
    Route("/debates/{slug}/citation", citation_page),
    Route("/debates/{slug}/citation.{ending}", citation_file),
]
