"""`/debates/{slug}/figures`, and its tables as CSV: a debate in figures.

Knows who may have them: whoever may have the public transcript, from which all is counted, also for chair and
organiser. Guarantees that a page is of one record, which it names.
"""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from typing import Any

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from fishbowl.clock import to_wire
from fishbowl.debate.record import Record
from fishbowl.transcript import Transcript, Version
from fishbowl.transcript import transcript as transcript_of
from fishbowl.transcript.csv import sheet
from fishbowl.transcript.figures import NAMES, Table, figures
from fishbowl.transcript.plots import plot
from fishbowl.transcript.sentences import Sentences
from fishbowl.transcript.voice import Voice
from fishbowl.web.access import Visit
from fishbowl.web.problems import not_found
from fishbowl.web.render import language_of
from fishbowl.web.shown import UNLISTED
from fishbowl.web.site import site_of
from fishbowl.web.transcripts import version_for
from fishbowl.web.words import translations

__all__ = ["ROUTES"]


async def figures_page(request: Request) -> Response:
    """Every table with its picture, the same for all who may have them."""
    site = site_of(request)
    visit = await _visit(request)
    key = ("figures", visit.who.slug, language_of(request))
    kept = site.kept.find(key, visit.debate.head, request.headers)
    if kept is not None:
        return kept
    records = await visit.debate.stored()
    context = await asyncio.to_thread(_context, records, _voice(request))
    page = site.renderer.page(request, "figures", context, headers=UNLISTED)
    site.kept.keep(key, records[-1].seq, page)
    return page


async def figures_file(request: Request) -> Response:
    """One table. Times are those of the wire; its heads are the same in every language."""
    visit, name = await _visit(request), request.path_params["table"]
    if name not in NAMES:
        raise not_found()
    records = await visit.debate.stored()
    table = await asyncio.to_thread(_table, records, _voice(request), name)
    rows = (
        [
            to_wire(cell) if column.kind == "time" and isinstance(cell, int) else cell
            for column, cell in zip(table.columns, row, strict=True)
        ]
        for row in table.rows
    )
    file = "".join(sheet((column.name for column in table.columns), rows))
    disposition = f'attachment; filename="{visit.who.slug}-{name}-{records[-1].seq}.csv"'
    headers = {"Content-Disposition": disposition, "Vary": "Accept-Language, Cookie"}
    return Response(file, media_type="text/csv; charset=utf-8", headers=headers)


async def _visit(request: Request) -> Visit:
    visit = await site_of(request).access.enter(request, request.path_params["slug"])
    version_for(visit.who, await visit.debate.read(lambda state: state.phase), Version.PUBLIC)
    return visit


def _voice(request: Request) -> Voice:
    sentences = translations(language_of(request))
    return Voice(sentences.gettext, sentences.language)


def _table(records: Sequence[Record], voice: Voice, name: str) -> Table:
    return next(table for table in figures(transcript_of(records), voice) if table.name == name)


def _context(records: Sequence[Record], voice: Voice) -> dict[str, Any]:
    made: Transcript = transcript_of(records)
    sentences = Sentences(made, voice)
    tables = figures(made, voice)
    return {
        "debate": made,
        "tables": [(table, plot(table, made, sentences.times, voice.gettext)) for table in tables],
        "times": sentences.times,
        "wire": to_wire,
        "as_of": sentences.as_of(),
    }


ROUTES = [
    Route("/debates/{slug}/figures", figures_page),
    Route("/debates/{slug}/figures/{table}.csv", figures_file),
]
