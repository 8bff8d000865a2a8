"""The transcript as JSON Lines: the records themselves, one to a line, as a reader of the stream gets them.

Knows no language, and decides nothing about who may see what: `live.views` does, as for `/records`, so a text
that has since been hidden is hidden here as well. The organiser's version has what the organiser sees,
without the door's code and without the notes that came with hands, which are in no transcript.

Guarantees a first line that says what the file is and as of which record, then records in order of seq. Seqs
may be skipped: those records are not for this reader.
"""

from __future__ import annotations

from collections.abc import Container, Iterator
from itertools import chain

import msgspec

from fishbowl.clock import to_wire
from fishbowl.debate.vocabulary import Role
from fishbowl.live.views import ONLOOKER, TELLING, Reader, record_view
from fishbowl.transcript.contents import Version
from fishbowl.transcript.lines import numbers_of
from fishbowl.transcript.projection import Source

__all__ = ["FORMAT_VERSION", "render"]

FORMAT_VERSION = 1
IN_NO_VERSION = {"debate.created": "join_code", "door.set": "join_code", "hand.raised": "note"}


def render(source: Source) -> Iterator[str]:
    """The lines. Where something is left out, those of the contributions asked for alone; raises
    `BadChoice`.
    """
    transcript = source.flowing() if source.choice.leaves_out else None
    head = {
        "format": "fishbowl.records",
        "format_version": FORMAT_VERSION,
        "version": source.version,
        "debate": source.state.slug,
        "seq": source.state.seq,
        "at": to_wire(source.state.at),
        **({"choice": transcript.choice.told(), "left_out": transcript.left_out} if transcript else {}),
    }
    kept = numbers_of(transcript.contributions) if transcript else None
    return chain([_line(head)], _records(source, kept))


def _records(source: Source, kept: Container[int | None] | None) -> Iterator[str]:
    state, organiser = source.state, source.version is Version.ORGANISER
    reader = Reader(None, Role.ORGANISER) if organiser else ONLOOKER
    for record in source.records(TELLING):
        if kept is not None and getattr(record.event, "contribution", None) not in kept:
            continue
        if (view := record_view(state, record, reader)) is not None:
            view.pop(IN_NO_VERSION.get(view["type"], ""), None)
            yield _line(view)


def _line(value: object) -> str:
    return msgspec.json.encode(value).decode() + "\n"
