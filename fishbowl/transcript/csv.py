"""The transcript as CSV: a contribution to a row, for spreadsheets and for counting.

Knows no language and no sentence: columns and values are those of the JSON. UTF-8 with a byte order mark,
which spreadsheets need to read letters beyond ASCII; commas, CRLF, cells quoted where needed (RFC 4180).

Guarantees that no cell is a formula to a spreadsheet: a value that begins with a sign of one gets an
apostrophe in front, and so does one that begins with apostrophes before such a sign, so that taking one
apostrophe away again (`plain_cell`) always gives the value back. Nothing else about a text is changed.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable, Iterator
from io import StringIO

from fishbowl.clock import to_wire
from fishbowl.transcript.contents import Contribution, Transcript, Version
from fishbowl.transcript.voice import ENGLISH, Voice

__all__ = ["BYTE_ORDER_MARK", "COLUMNS", "chosen", "plain_cell", "render", "safe_cell", "sheet", "values"]

BYTE_ORDER_MARK = "\ufeff"
COLUMNS = (
    "debate",
    "version",
    "as_of_seq",
    "as_of",
    "contribution",
    "path",
    "root",
    "reply_to",
    "inferred",
    "seq",
    "at",
    "person",
    "name",
    "handle",
    "role",
    "circle",
    "seat",
    "status",
    "questions",
    "sources",
    "confidences",
    "endorsements",
    "highlighted",
    "carried_in",
    "language",
    "text",
)
"""The organiser's version adds `acts`: what moderation did; where not everything was asked for, `choice`."""

# Full-width signs too: a spreadsheet set to Chinese or Japanese takes them for the plain ones.
_FORMULA = re.compile("'*[=+\\-@\t\r\n＝＋－＠]")


def safe_cell(value: str) -> str:
    """`value`, with an apostrophe in front where a spreadsheet would take it for a formula."""
    return f"'{value}" if _FORMULA.match(value) else value


def plain_cell(cell: str) -> str:
    """The value behind a cell: the reverse of `safe_cell`."""
    return cell[1:] if cell.startswith("'") and _FORMULA.match(cell[1:]) else cell


def render(transcript: Transcript, voice: Voice = ENGLISH) -> Iterator[str]:
    organiser = transcript.version is Version.ORGANISER
    line = StringIO()
    writer = csv.writer(line)
    yield BYTE_ORDER_MARK
    choice = chosen(transcript)
    more = [*(["acts"] if organiser else []), *(["choice"] if choice else [])]
    writer.writerow([*COLUMNS, *more])
    for contribution in transcript.contributions:
        yield _taken(line)
        cells = ["" if value is None else str(value) for value in values(transcript, contribution)]
        if organiser:
            cells.append(_acts(contribution))
        if choice:
            cells.append(choice)
        writer.writerow(map(safe_cell, cells))
    yield _taken(line)


def sheet(heads: Iterable[str], rows: Iterable[Iterable[object]]) -> Iterator[str]:
    """Any other table in the same way; None is an empty cell."""
    line = StringIO()
    writer = csv.writer(line)
    yield BYTE_ORDER_MARK
    writer.writerow(heads)
    for row in rows:
        yield _taken(line)
        writer.writerow(safe_cell("" if value is None else str(value)) for value in row)
    yield _taken(line)


def _taken(line: StringIO) -> str:
    taken = line.getvalue()
    line.seek(0)
    line.truncate()
    return taken


def values(transcript: Transcript, contribution: Contribution) -> tuple[object, ...]:
    """A contribution's values in the order of `COLUMNS`; None where there is none."""
    author = contribution.author
    return (
        transcript.slug,
        transcript.version,
        transcript.seq,
        to_wire(transcript.at),
        contribution.contribution,
        contribution.path,
        contribution.root,
        contribution.reply_to,
        "yes" if contribution.inferred else "",
        contribution.seq,
        to_wire(contribution.at),
        author.person,
        author.name,
        author.handle,
        author.role,
        contribution.circle,
        contribution.seat,
        contribution.status,
        " ".join(str(tag.question) for tag in contribution.tags),
        " ".join(tag.source for tag in contribution.tags),
        " ".join(str(tag.confidence) for tag in contribution.tags),
        contribution.endorsements,
        "yes" if contribution.highlighted else "",
        None if contribution.carried_in is None else to_wire(contribution.carried_in.at),
        contribution.language,
        contribution.text,
    )


def chosen(transcript: Transcript) -> str:
    """`order=time question=3: 212 left out`; empty where everything was asked for."""
    asked = " ".join(f"{name}={value}" for name, value in transcript.choice.told().items())
    return asked and f"{asked}: {transcript.left_out} left out"


def _acts(contribution: Contribution) -> str:
    """`hidden 2026-01-31T19:42:00.000Z p7 Moderator: spam (seen by two of us)`, an act to a line."""
    lines = []
    for act in contribution.acts:
        about = f": {act.reason}" if act.reason else ""
        note = f" ({act.note})" if act.note else ""
        lines.append(f"{act.act} {to_wire(act.at)} {act.by} {act.name or ''}".rstrip() + about + note)
    return "\n".join(lines)
