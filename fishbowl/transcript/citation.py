"""How a debate, and each contribution of it, is cited: as a line of text, as BibTeX, as CSL-JSON.

Knows no web: it is told the address under which the transcript stands. What is not shown is cited by its
number without a word of it. A citation names the record its transcript is as of and the day on which it
was said, never the day on which somebody looked.
"""

from __future__ import annotations

import re
from datetime import UTC, datetime
from typing import Any
from zoneinfo import ZoneInfo

import msgspec

from fishbowl.debate.vocabulary import Instant
from fishbowl.transcript.contents import Contribution, Transcript
from fishbowl.transcript.sentences import Sentences
from fishbowl.transcript.voice import ENGLISH, Voice

__all__ = ["Citation", "cite"]

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
    text = ". ".join(
        filter(None, [f"{author} ({said_on})" if author else f"({said_on})", whole, held_by, as_of, address])
    )
    return Citation(
        text=text,
        bibtex=_bibtex(transcript, contribution, author, part, title, said_on, f"{kind}. {as_of}", address),
        csl=_csl(transcript, contribution, author, part, title, said_on, f"{kind}. {as_of}", address),
    )


def _day(at: Instant, timezone: str) -> str:
    return datetime.fromtimestamp(at / 1000, UTC).astimezone(ZoneInfo(timezone)).date().isoformat()


def _bibtex(
    transcript: Transcript,
    contribution: Contribution | None,
    author: str | None,
    part: str | None,
    title: str,
    day: str,
    note: str,
    address: str,
) -> str:
    key = transcript.slug if contribution is None else f"{transcript.slug}-c{contribution.contribution}"
    fields = {
        "author": author and f"{{{_escaped(author)}}}",
        "title": f"{{{_escaped(part or title)}}}",
        "booktitle": part and f"{{{_escaped(title)}}}",
        "organization": transcript.organisation and _escaped(transcript.organisation),
        "year": day[:4],
        "month": str(int(day[5:7])),
        "day": str(int(day[8:])),
        "note": _escaped(note),
        "url": address,
    }
    lines = [f"  {name} = {{{value}}},\n" for name, value in fields.items() if value]
    return f"@misc{{{key},\n{''.join(lines)}}}\n"


def _csl(
    transcript: Transcript,
    contribution: Contribution | None,
    author: str | None,
    part: str | None,
    title: str,
    day: str,
    note: str,
    address: str,
) -> str:
    item: dict[str, Any] = {
        "id": transcript.slug if contribution is None else f"{transcript.slug}-c{contribution.contribution}",
        "type": "webpage" if contribution is None else "post",
        "title": part or title,
        "container-title": title if part else None,
        "author": [{"literal": author}] if author else None,
        "publisher": transcript.organisation,
        "issued": {"date-parts": [[int(number) for number in day.split("-")]]},
        "language": (contribution and contribution.language) or transcript.language,
        "note": note,
        "URL": address,
    }
    kept = {name: value for name, value in item.items() if value}
    return msgspec.json.format(msgspec.json.encode([kept]), indent=2).decode() + "\n"


def _escaped(text: str) -> str:
    """What BibTeX shows as `text`: no sign of it opens, closes or commands anything."""
    return _BIBTEX.sub(lambda sign: _SPELT.get(sign[0], f"\\{sign[0]}"), " ".join(text.split()))
