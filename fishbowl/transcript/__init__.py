"""Transcripts: a debate's log made into files for reading, as of one record.

    render("html", records, "public")          # pieces of bytes, to be joined or streamed
    FORMATS["html"].media_type                 # "text/html; charset=utf-8"

`projection` makes the `Transcript`, one module per format writes it. Knows no store, no web and no reader's
right: whoever calls has decided which version they may have. The same records give the same bytes.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import NamedTuple

from fishbowl.debate.record import Record
from fishbowl.transcript import activity, akoma, csv, docx, html, json, jsonl, markdown, pdf, plain, xlsx
from fishbowl.transcript.choice import EVERYTHING, BadChoice, Choice
from fishbowl.transcript.contents import Issue, Transcript, Version
from fishbowl.transcript.projection import UNISSUED, NothingToRead, Source, transcript
from fishbowl.transcript.voice import Say, Voice, as_written

__all__ = [
    "FORMATS",
    "BadChoice",
    "Choice",
    "Format",
    "Issue",
    "NothingToRead",
    "Transcript",
    "UnknownFormat",
    "UnknownVersion",
    "Version",
    "render",
    "transcript",
]

PIECE = 16 * 1024
"""Bytes handed on at once, about: few large pieces stream better than many small ones."""


Write = Callable[[Source, Voice], Iterator[bytes]]


class Format(NamedTuple):
    """One kind of file: its ending, its media type, and what writes it."""

    ending: str
    media_type: str
    write: Write


TextRender = Callable[[Transcript, Voice], Iterator[str]]


def _text(render: TextRender) -> Write:
    """A format that is written as it goes, of a transcript that is held."""
    return lambda source, voice: _gathered(render(source.transcript(), voice))


def _flowing(render: TextRender) -> Write:
    """A format that is written as it goes, of a transcript that is made as it goes."""
    return lambda source, voice: _gathered(render(source.flowing(), voice))


def _whole(render: Callable[[Transcript, Voice], bytes]) -> Write:
    """A format whose file is there only when all of it is."""

    def write(source: Source, voice: Voice) -> Iterator[bytes]:
        made = render(source.transcript(), voice)
        return (made[start : start + PIECE] for start in range(0, len(made), PIECE))

    return write


OFFICE = "application/vnd.openxmlformats-officedocument"

FORMATS: dict[str, Format] = {
    each.ending: each
    for each in (
        Format("html", "text/html; charset=utf-8", _flowing(html.render)),
        Format("pdf", "application/pdf", _whole(pdf.render)),
        Format("docx", f"{OFFICE}.wordprocessingml.document", _whole(docx.render)),
        Format("md", "text/markdown; charset=utf-8", _text(markdown.render)),
        Format("txt", "text/plain; charset=utf-8", _text(plain.render)),
        Format("csv", "text/csv; charset=utf-8", _flowing(csv.render)),
        Format("xlsx", f"{OFFICE}.spreadsheetml.sheet", _whole(xlsx.render)),
        Format("json", "application/json", _text(json.render)),
        Format("jsonl", "application/jsonl", lambda source, voice: _gathered(jsonl.render(source))),
        Format("akn.xml", "application/xml", _text(akoma.render)),
        Format("as2.json", "application/activity+json", _text(activity.render)),
    )
}
"""Every format by its file ending."""


class UnknownFormat(ValueError):
    """There is no format of this ending."""

    def __init__(self, ending: str) -> None:
        super().__init__(f"There is no transcript as {ending!r}; there is {', '.join(FORMATS)}.")
        self.ending = ending


class UnknownVersion(ValueError):
    """There is no version of this name."""

    def __init__(self, version: str) -> None:
        super().__init__(f"There is no version {version!r} of a transcript; there is {', '.join(Version)}.")
        self.version = version


def render(
    ending: str,
    records: Iterable[Record],
    version: str = Version.PUBLIC,
    *,
    seq: int | None = None,
    choice: Choice = EVERYTHING,
    say: Say = as_written,
    language: str = "en",
    issue: Issue = UNISSUED,
) -> Iterator[bytes]:
    """The file, in pieces: the transcript of `records` (from the first on) as of `seq`, or of the last,
    with what `choice` asks for.

    `say` speaks `language`: it gives our English sentences in it. `issue`: what the file says of how it was
    handed out. Everything that can be refused is refused
    before this returns: raises `UnknownFormat`, `UnknownVersion`, `NothingToRead`,
    `BadChoice`.
    """
    if ending not in FORMATS:
        raise UnknownFormat(ending)
    if version not in list(Version):
        raise UnknownVersion(version)
    source = Source(records, Version(version), seq, choice, issue)
    return FORMATS[ending].write(source, Voice(say, language))


def _gathered(parts: Iterator[str]) -> Iterator[bytes]:
    waiting: list[str] = []
    size = 0
    for part in parts:
        waiting.append(part)
        size += len(part)
        if size >= PIECE:
            yield "".join(waiting).encode()
            waiting, size = [], 0
    if waiting:
        yield "".join(waiting).encode()
