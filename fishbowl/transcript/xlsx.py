"""The transcript as an Excel workbook: contributions, seats, questions and moderation, a sheet to each.

Knows no format's insides: XlsxWriter does. Columns are those of the CSV and the JSON, without a language;
`moderation` tells what was done, when and by which role, and names nobody but in the organiser's version.

Guarantees that every cell that holds words is a string to the spreadsheet, whatever it begins with: no cell
is a formula or a link, and no text is changed to make it so. Times are text, as in every other format.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, datetime
from io import BytesIO
from typing import Any

import msgspec
import xlsxwriter

from fishbowl.clock import to_wire
from fishbowl.debate.vocabulary import Role, said_in
from fishbowl.transcript.contents import Transcript, Version
from fishbowl.transcript.csv import COLUMNS, chosen, values
from fishbowl.transcript.gathering import Sitting
from fishbowl.transcript.voice import ENGLISH, Voice

__all__ = ["SHEETS", "render"]

SHEETS = {
    "contributions": COLUMNS,
    "seats": ("seat", "person", "name", "role", "since", "until", "why", "ended", "reason"),
    "questions": (*("question", "text", "gloss", "minutes", "contributions", "people", "focus_seconds"),),
    "moderation": ("seq", "at", "act", "contribution", "seat", "question", "by", "name", "reason", "note"),
    "about": ("what", "value"),
}
MODERATED = ("seat.closed", "seat.freed", "seat.lent", "floor.frozen", "floor.thawed", "door.set")
"""Stage directions that are acts of chair or moderators, where a person did them."""
MODERATING = (Role.CHAIR, Role.MODERATOR)
ACTING = {"chair", "moderators"}
"""How they read where nobody is named."""
WIDTHS = {"text": 80, "name": 22, "at": 24, "since": 24, "until": 24, "as_of": 24, "reason": 30, "value": 60}
MOST = 32_767
"""What a cell can hold."""

Row = Sequence[object]


def render(transcript: Transcript, voice: Voice = ENGLISH) -> bytes:
    made = BytesIO()
    book = xlsxwriter.Workbook(
        made, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    )
    title = said_in(transcript.title, transcript.language)
    at = datetime.fromtimestamp(transcript.at / 1000, UTC).replace(tzinfo=None)
    book.set_properties(
        {"title": title[:255], "created": at, "comments": f"fishbowl, record {transcript.seq}"}
    )
    heading = book.add_format({"bold": True, "bottom": 1})
    wrapped = book.add_format({"text_wrap": True, "valign": "top"})
    for name, rows in _sheets(transcript).items():
        sheet = book.add_worksheet(name)
        columns = SHEETS[name]
        if transcript.version is Version.ORGANISER:
            sheet.set_header("&C" + "Organiser's version: not to be passed on")
        for place, column in enumerate(columns):
            sheet.write_string(0, place, column, heading)
            sheet.set_column(place, place, WIDTHS.get(column, 12), wrapped)
        sheet.freeze_panes(1, 0)
        sheet.repeat_rows(0)
        last = 0
        for last, row in enumerate(rows, 1):
            _write(sheet, last, row)
        if last:
            sheet.autofilter(0, 0, last, len(columns) - 1)
    book.close()
    return made.getvalue()


def _write(sheet: Any, place: int, row: Row) -> None:
    for column, value in enumerate(row):
        if isinstance(value, int | float) and not isinstance(value, bool):
            sheet.write_number(place, column, value)
        elif value is not None and value != "":
            sheet.write_string(place, column, str(value)[:MOST])


def _sheets(transcript: Transcript) -> dict[str, Iterable[Row]]:
    return {
        "contributions": (values(transcript, each) for each in transcript.contributions),
        "seats": _seats(transcript),
        "questions": _questions(transcript),
        "moderation": _moderation(transcript),
        "about": _about(transcript),
    }


def _seats(transcript: Transcript) -> Iterator[Row]:
    """Who sat where, from when to when, why they sat down and why they rose."""
    ended = {
        (each.seat, each.at): each
        for each in transcript.directions
        if each.event in ("seat.freed", "seat.lent")
    }
    for sitting in transcript.sittings:
        end = ended.get((sitting.seat, sitting.until or -1))
        yield (
            *(sitting.seat, sitting.person, sitting.name, sitting.role),
            *(to_wire(sitting.since), _until(sitting), sitting.why),
            *(end.why if end else None, end.reason if end else None),
        )


def _until(sitting: Sitting) -> str | None:
    return None if sitting.until is None else to_wire(sitting.until)


def _questions(transcript: Transcript) -> Iterator[Row]:
    for each in transcript.questions:
        text = said_in(each.text, transcript.language)
        yield (
            *(each.question, text, each.gloss, each.minutes),
            *(each.contributions, each.people, each.focus_ms / 1000),
        )


def _moderation(transcript: Transcript) -> Iterator[Row]:
    """What chair and moderators did, in order. `acts` are there in the organiser's version alone; in the
    others the contributions withheld now are told, by their status.
    """
    organiser = transcript.version is Version.ORGANISER
    rows: list[tuple[int, Row]] = []
    about: Row
    for each in transcript.contributions:
        for act in each.acts:
            about = (act.act, each.contribution, None, None, act.by, act.name, act.reason, act.note)
            rows.append((act.seq, (act.seq, to_wire(act.at), *about)))
        if not organiser and each.needs_placeholder:
            rows.append((each.seq, (None, None, str(each.status), each.contribution, *(None,) * 6)))
    acting = {person.person for person in transcript.people if person.role in MODERATING} | ACTING
    for told in transcript.directions:
        if told.event in MODERATED and told.by in acting:
            about = (told.event, None, told.seat, told.question, told.by, told.actor, told.reason, None)
            rows.append((told.seq, (told.seq, to_wire(told.at), *about)))
    return (row for _, row in sorted(rows, key=lambda row: row[0]))


def _about(transcript: Transcript) -> Iterator[Row]:
    yield "title", said_in(transcript.title, transcript.language)
    yield "debate", transcript.slug
    yield "version", transcript.version
    yield "as_of_seq", transcript.seq
    yield "as_of", to_wire(transcript.at)
    if choice := chosen(transcript):
        yield "choice", choice
    yield "language", transcript.language
    yield "timezone", transcript.timezone
    for name, value in msgspec.to_builtins(transcript.figures).items():
        if isinstance(value, dict):
            yield from ((f"{name} {reason}", n) for reason, n in value.items())
        else:
            yield name, value
