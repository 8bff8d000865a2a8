"""`/debates/{slug}/archive.zip`, and the page on which anybody checks one.

Knows who may have which archive (as for the transcript, once the debate is archived) and how much may be sent
to be checked. What an archive holds and what checking finds is `fishbowl.transcript`'s. Guarantees that a
file sent to be checked is kept nowhere.
"""

from __future__ import annotations

import asyncio
from typing import Any, Final

from starlette.datastructures import UploadFile
from starlette.formparsers import MultiPartException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from fishbowl.debate.vocabulary import Phase
from fishbowl.log.codec import Rows, decode_following
from fishbowl.transcript.archive import archive
from fishbowl.transcript.contents import Version
from fishbowl.transcript.seal import Seal, fingerprint
from fishbowl.transcript.verify import NotAnArchive, verify
from fishbowl.transcript.voice import Voice
from fishbowl.web.problems import Problem, code_for
from fishbowl.web.render import language_of
from fishbowl.web.site import Site, site_of
from fishbowl.web.transcripts import version_for
from fishbowl.web.words import translations

__all__ = ["PAGES", "ROUTES"]

MOST: Final = 128 * 1024**2
"""Bytes of a file sent to be checked; larger ones `fishbowl verify` takes."""


async def archive_file(request: Request) -> Response:
    site = site_of(request)
    visit = await site.access.enter(request, request.path_params["slug"])
    phase = await visit.debate.read(lambda state: state.phase)
    version = version_for(visit.who, phase, request.query_params.get("version"))
    if phase is not Phase.ARCHIVED:
        raise Problem(403, "phase.not_live", "The archive is made when the debate is archived.")
    seals, rows = await site.seals.renew(visit.who.slug)
    async with site.office:
        made = await asyncio.to_thread(_made, site, seals, rows, version, language_of(request))
    name = f"{visit.who.slug}-{version}-{rows[0][-1].seq}.zip"
    headers = {"Content-Disposition": f'attachment; filename="{name}"', "Vary": "Accept-Language, Cookie"}
    return Response(made, media_type="application/zip", headers=headers)


def _made(site: Site, seals: list[Seal], rows: Rows, version: Version, language: str) -> bytes:
    sentences = translations(language)
    voice = Voice(sentences.gettext, sentences.language)
    address = site.settings.public_url
    return archive(decode_following(0, *rows), rows, version, seals, site.seals.key, voice, address)


async def verify_page(request: Request) -> Response:
    return _page(request, {})


async def verify_file(request: Request) -> Response:
    """What is found in the file that was sent."""
    declared = request.headers.get("content-length", "")
    if not declared.isdigit() or int(declared) > MOST:
        raise code_for(413)
    try:
        async with request.form(max_files=1, max_fields=1) as form:
            sent = form.get("file")
            if not isinstance(sent, UploadFile) or not sent.filename:
                return _page(request, {"wrong": "missing"}, 400)
            async with site_of(request).office:
                found = await asyncio.to_thread(verify, sent.file)
    except MultiPartException:
        raise code_for(400) from None
    except NotAnArchive:
        return _page(request, {"wrong": "unreadable"}, 400)
    return _page(request, {"found": found, "fingerprint": fingerprint(found.key)})


def _page(request: Request, context: dict[str, Any], status: int = 200) -> Response:
    site = site_of(request)
    ours = site.seals.key.public
    given = {"found": None, "wrong": None, "ours": ours, "our_fingerprint": fingerprint(ours), **context}
    return site.renderer.page(request, "verify", given, status=status)


PAGES = [Route("/verify", verify_page), Route("/verify", verify_file, methods=["POST"])]
ROUTES = [Route("/debates/{slug}/archive.zip", archive_file)]
