"""The transcript as JSON: everything a transcript holds, for programs. The schema is in docs/transcript.md.

Knows no language: texts given in several come in all of them, and nothing is told in sentences. Field names
are those of the public contract wherever the same thing is meant there; times are RFC 3339.

Guarantees one JSON object, a section, contribution or stage direction to a line, in order.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

import msgspec

from fishbowl.clock import to_wire
from fishbowl.debate.events import INSTANTS
from fishbowl.transcript.contents import Contribution, Issue, Section, Transcript
from fishbowl.transcript.gathering import Direction
from fishbowl.transcript.voice import ENGLISH, Voice

__all__ = ["FORMAT_VERSION", "render"]

FORMAT_VERSION = 1
"""Rises when a field changes its meaning or goes; a new field alone does not raise it."""


def render(transcript: Transcript, voice: Voice = ENGLISH) -> Iterator[str]:
    yield "{\n"
    for name, value in _head(transcript).items():
        yield f"{_json(name)}: {_json(value)},\n"
    yield from _list("sections", map(_section, transcript.sections))
    yield ",\n"
    yield from _list("contributions", map(_contribution, transcript.contributions))
    yield ",\n"
    yield from _list("directions", map(_fields, transcript.directions))
    yield ",\n"
    yield from _list("sittings", map(_fields, transcript.sittings))
    yield "\n}\n"


def _head(transcript: Transcript) -> dict[str, Any]:
    choice = transcript.choice.told()
    return {
        "format": "fishbowl.transcript",
        "format_version": FORMAT_VERSION,
        "version": transcript.version,
        "seq": transcript.seq,
        "at": to_wire(transcript.at),
        **({"choice": choice, "left_out": transcript.left_out} if choice else {}),
        **_issued(transcript.issue),
        "debate": _debate(transcript),
        "people": [_fields(person) for person in transcript.people],
        "questions": [_question(question) for question in transcript.questions],
        "figures": msgspec.to_builtins(transcript.figures),
    }


def _issued(issue: Issue) -> dict[str, Any]:
    address = {} if issue.address is None else {"address": issue.address}
    archive = {} if issue.number is None else {"archive": {"number": issue.number, "head": issue.head}}
    return address | archive


def _debate(transcript: Transcript) -> dict[str, Any]:
    names = (
        "slug",
        "title",
        "introduction",
        "hashtags",
        "language",
        "organisation",
        "starts_at",
        "started_at",
        "ended_at",
        "timezone",
        "minutes",
        "phase",
        "rules",
    )
    return _timed({name: msgspec.to_builtins(getattr(transcript, name)) for name in names})


def _question(question: msgspec.Struct) -> dict[str, Any]:
    fields = _fields(question)
    fields["focus_seconds"] = fields.pop("focus_ms") / 1000
    if not fields["dropped"]:
        del fields["dropped"]
    return fields


def _section(section: Section) -> dict[str, Any]:
    """The reading order: contributions by number, thread by thread, and directions by seq."""
    items = [
        {"thread": [each.contribution for each in item]}
        if not isinstance(item, Direction)
        else {"direction": item.seq}
        for item in section.items
    ]
    question = None if section.question is None else section.question.question
    by = {} if section.author is None else {"person": section.author.person}
    return {"question": question, "opening": section.opening, **by, "items": items}


def _contribution(contribution: Contribution) -> dict[str, Any]:
    """In the shape of `contribution.posted`; `text` and `entities` are null where they are not shown."""
    fields = _fields(contribution)
    del fields["depth"], fields["apart"]
    for name in ("text", "entities"):
        fields.setdefault(name, None)
    for name in ("highlighted", "checked"):
        if not fields[name]:
            del fields[name]
    if carried := fields.get("carried_in"):
        fields["carried_in"] = _timed(carried)
    if acts := fields.pop("acts"):
        fields["acts"] = [_timed(act) for act in acts]
    return fields


def _fields(struct: msgspec.Struct) -> dict[str, Any]:
    return _timed(msgspec.to_builtins(struct))


def _timed(fields: dict[str, Any]) -> dict[str, Any]:
    """Without what is None, times as text."""
    return {
        name: to_wire(value) if name in TIMES else value
        for name, value in fields.items()
        if value is not None
    }


TIMES = INSTANTS | {"ended_at"}


def _list(name: str, items: Iterable[dict[str, Any]]) -> Iterator[str]:
    yield f"{_json(name)}: ["
    between = "\n"
    for item in items:
        yield between + _json(item)
        between = ",\n"
    yield "\n]"


def _json(value: object) -> str:
    return msgspec.json.encode(value).decode()
