"""Transcripts: a debate's log made into files for reading, as of one record.

    render("html", records, "public")          # str pieces, to be joined or streamed
    FORMATS["html"].media_type                 # "text/html; charset=utf-8"

`transcript` makes the `Transcript`, one module per format writes it. Knows no store, no web and no reader's
right: whoever calls has decided which version they may have. The same records give the same bytes.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import NamedTuple

from fishbowl.debate.record import Record
from fishbowl.transcript import csv, html, json, markdown, plain
from fishbowl.transcript.contents import Transcript, Version
from fishbowl.transcript.projection import NothingToRead, transcript
from fishbowl.transcript.voice import Say, Voice, as_written

__all__ = [
    "FORMATS",
    "Format",
    "NothingToRead",
    "Transcript",
    "UnknownFormat",
    "UnknownVersion",
    "Version",
    "render",
    "transcript",
]

PIECE = 16 * 1024
"""Characters gathered before they are handed on: few large pieces stream better than many small ones."""


class Format(NamedTuple):
    """One kind of file: its ending, its media type, and what writes it."""

    ending: str
    media_type: str
    render: Callable[[Transcript, Voice], Iterator[str]]


FORMATS: dict[str, Format] = {
    each.ending: each
    for each in (
        Format("html", "text/html; charset=utf-8", html.render),
        Format("md", "text/markdown; charset=utf-8", markdown.render),
        Format("txt", "text/plain; charset=utf-8", plain.render),
        Format("csv", "text/csv; charset=utf-8", csv.render),
        Format("json", "application/json", json.render),
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
    say: Say = as_written,
    language: str = "en",
) -> Iterator[str]:
    """The file, in pieces: the transcript of `records` (from the first on) as of `seq`, or of the last.

    `say` speaks `language`: it gives our English sentences in it. Everything that can be refused is refused
    before this returns: raises `UnknownFormat`, `UnknownVersion`, `NothingToRead`.
    """
    if ending not in FORMATS:
        raise UnknownFormat(ending)
    if version not in list(Version):
        raise UnknownVersion(version)
    made = transcript(records, Version(version), seq=seq)
    return _gathered(FORMATS[ending].render(made, Voice(say, language)))


def _gathered(parts: Iterator[str]) -> Iterator[str]:
    waiting: list[str] = []
    size = 0
    for part in parts:
        waiting.append(part)
        size += len(part)
        if size >= PIECE:
            yield "".join(waiting)
            waiting, size = [], 0
    if waiting:
        yield "".join(waiting)
