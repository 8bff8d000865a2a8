"""How a debate, and each contribution of it, is cited: as a line of text, as BibTeX, as CSL-JSON.

Knows no web: it is told the address under which the transcript stands. What is not shown is cited by its
number without a word of it. A citation names the record its transcript is as of and the day on which it
was said, never the day on which somebody looked.
"""

from __future__ import annotations

import re
from datetime import UTC, datetime
from typing import Any, NamedTuple
from zoneinfo import ZoneInfo

import msgspec

from fishbowl.debate.vocabulary import Instant
from fishbowl.transcript.contents import Contribution, Transcript
from fishbowl.transcript.sentences import Sentences
from fishbowl.transcript.voice import ENGLISH, Voice

__all__ = ["Citation", "cite", "cited"]

_BIBTEX = re.compile(r"[\\{}$&#%_^~]")
_SPELT = {"\\": r"\textbackslash{}", "^": r"\textasciicircum{}", "~": r"\textasciitilde{}"}


class Citation(msgspec.Struct, frozen=True):
    """The same thing in three forms; `csl` is a JSON list of one item."""

    text: str
    bibtex: str
    csl: str


def cite(
    transcript: Transcript, address: str, contribution: Contribution | None = None, voice: Voice = ENGLISH
) -> Citation:
    """`address`: of the transcript, absolute; a contribution's is that with its anchor."""
    sentences = Sentences(transcript, voice)
    title = voice.said(transcript.title) or transcript.slug
    organisation = transcript.organisation
    part = None
    if contribution is not None:
        address = f"{address}#c{contribution.contribution}"
        part = sentences.gettext("Contribution {number}", number=contribution.contribution)
        part += f" ({contribution.path})" if contribution.reply_to is not None else ""
    author = contribution.author.name if contribution else organisation
    said_on = _day(contribution.at if contribution else transcript.begins, transcript.timezone)
    as_of = sentences.gettext("Transcript as of record {seq}", seq=transcript.seq)
    kind = sentences.gettext("Fishbowl debate")
    whole = f"{title} [{kind}]" if part is None else f"{part}. In: {title} [{kind}]"
    held_by = organisation if organisation and organisation != author else None
    text = _told(author, said_on, whole, held_by, as_of, address)
    facts = _Facts(
        key=transcript.slug if contribution is None else f"{transcript.slug}-c{contribution.contribution}",
        author=author,
        part=part,
        title=title,
        organisation=organisation,
        day=said_on,
        note=f"{kind}. {as_of}",
        address=address,
        language=(contribution and contribution.language) or transcript.language,
    )
    return Citation(text=text, bibtex=_bibtex(facts), csl=_csl(facts))


def cited(sentences: Sentences, address: str | None) -> str:
    """The line of text by which a debate is cited, of a transcript that is being written."""
    debate = sentences.transcript
    said_on = _day(debate.begins, debate.timezone)
    title = sentences.voice.said(debate.title) or debate.slug
    as_of = sentences.gettext("Transcript as of record {seq}", seq=debate.seq)
    kind = sentences.gettext("Fishbowl debate")
    return _told(debate.organisation, said_on, f"{title} [{kind}]", None, as_of, address)


def _told(
    author: str | None, said_on: str, whole: str, held_by: str | None, as_of: str, address: str | None
) -> str:
    parts = [f"{author} ({said_on})" if author else f"({said_on})", whole, held_by, as_of, address]
    return ". ".join(filter(None, parts))


class _Facts(NamedTuple):
    """What both forms for programs say. `part`: what of the debate is cited, where it is not all of it."""

    key: str
    author: str | None
    part: str | None
    title: str
    organisation: str | None
    day: str
    note: str
    address: str
    language: str


def _day(at: Instant, timezone: str) -> str:
    return datetime.fromtimestamp(at / 1000, UTC).astimezone(ZoneInfo(timezone)).date().isoformat()


def _bibtex(facts: _Facts) -> str:
    fields = {
        "author": facts.author and f"{{{_escaped(facts.author)}}}",
        "title": f"{{{_escaped(facts.part or facts.title)}}}",
        "booktitle": facts.part and f"{{{_escaped(facts.title)}}}",
        "organization": facts.organisation and _escaped(facts.organisation),
        "year": facts.day[:4],
        "month": str(int(facts.day[5:7])),
        "day": str(int(facts.day[8:])),
        "note": _escaped(facts.note),
        "url": facts.address,
    }
    lines = [f"  {name} = {{{value}}},\n" for name, value in fields.items() if value]
    return f"@misc{{{facts.key},\n{''.join(lines)}}}\n"


def _csl(facts: _Facts) -> str:
    item: dict[str, Any] = {
        "id": facts.key,
        "type": "webpage" if facts.part is None else "post",
        "title": facts.part or facts.title,
        "container-title": facts.title if facts.part else None,
        "author": [{"literal": facts.author}] if facts.author else None,
        "publisher": facts.organisation,
        "issued": {"date-parts": [[int(number) for number in facts.day.split("-")]]},
        "language": facts.language,
        "note": facts.note,
        "URL": facts.address,
    }
    kept = {name: value for name, value in item.items() if value}
    return msgspec.json.format(msgspec.json.encode([kept]), indent=2).decode() + "\n"


def _escaped(text: str) -> str:
    """What BibTeX shows as `text`: no sign of it opens, closes or commands anything."""
    return _BIBTEX.sub(lambda sign: _SPELT.get(sign[0], f"\\{sign[0]}"), " ".join(text.split()))
