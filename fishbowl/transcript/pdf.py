"""The transcript as a tagged PDF: for filing, for paper, and for screen readers.

Knows no page: Typst lays out `templates/transcript.typ`, which holds every word of its markup; what people
wrote goes in as data. Guarantees tags for headings, paragraphs, lists and tables with header cells, bookmarks
for every part, a title and a language, and no date but the record's own text, so that the same transcript
gives the same bytes wherever the same fonts are. Where every sign has a font it is PDF/UA-1 and says so;
where one has not, a box is drawn for it and the file makes no such claim.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import typst

from fishbowl.assets import find_assets
from fishbowl.debate.vocabulary import Circle
from fishbowl.transcript.contents import Contribution, Section, Transcript, Version
from fishbowl.transcript.gathering import Direction
from fishbowl.transcript.issue import imprint
from fishbowl.transcript.labels import SHOWN_DEPTH, answers, asides, number, standing
from fishbowl.transcript.sentences import Sentences
from fishbowl.transcript.stage import told
from fishbowl.transcript.voice import ENGLISH, Voice

__all__ = ["render"]

WIDE, NARROW = 0, 1
"""Widths of a table's columns: what is left, or as wide as what stands there."""


def render(transcript: Transcript, voice: Voice = ENGLISH) -> bytes:
    sentences = Sentences(transcript, voice)
    template = (find_assets("templates") / "transcript.typ").read_bytes()
    given = {"transcript": json.dumps(_debate(sentences), ensure_ascii=False)}
    try:
        return _laid_out(template, given, "ua-1")
    except typst.TypstError:
        return _laid_out(template, given, None)


def _laid_out(template: bytes, given: dict[str, str], standard: Any) -> bytes:
    made, _warnings = typst.compile_with_warnings(
        template, sys_inputs=given, format="pdf", pdf_standards=standard, timestamp=0
    )
    assert isinstance(made, bytes)
    return made


def _debate(sentences: Sentences) -> dict[str, Any]:
    transcript, voice = sentences.transcript, sentences.voice
    warned = transcript.version is Version.ORGANISER
    return {
        "title": voice.said(transcript.title) or transcript.slug,
        "author": transcript.organisation or "fishbowl",
        "language": voice.language,
        "as_of": sentences.as_of(),
        "warning": sentences.whose() if warned else None,
        "watermark": voice.gettext("Organiser"),
        "front": list(_front(sentences)),
        "parts": [
            *_about(sentences),
            *(_part(sentences, each) for each in transcript.sections),
            *_circle(sentences),
        ],
    }


def _front(sentences: Sentences) -> Iterator[str]:
    transcript = sentences.transcript
    if transcript.hashtags:
        yield " ".join(f"#{tag}" for tag in transcript.hashtags)
    yield " · ".join([sentences.when(), *filter(None, [transcript.organisation])])
    yield sentences.version()
    for label, text in imprint(sentences):
        yield f"{label}: {text}"
    if introduction := sentences.voice.said(transcript.introduction):
        yield introduction


def _about(sentences: Sentences) -> Iterator[dict[str, Any]]:
    _, transcript = sentences.voice.say, sentences.transcript
    people = []
    for person in transcript.people:
        about = [sentences.name(person.name), sentences.role(person.role)]
        if person.seat is not None:
            about.append(sentences.gettext("seat {seat}", seat=person.seat))
        people.append(", ".join([*about, *filter(None, [person.affiliation, person.bio])]))
    if people:
        yield {"heading": _("People"), "items": [{"kind": "list", "lines": people}]}
    yield {"heading": _("The rules in short"), "items": [{"kind": "list", "lines": [*sentences.rules()]}]}
    figures = [[label, str(n)] for label, n in sentences.figures()]
    yield {
        "heading": _("Figures"),
        "items": [_table([_("Figures"), _("Number")], figures, [WIDE, NARROW])],
    }
    questions = [
        [
            sentences.question(each),
            *map(str, (each.contributions, each.people, round(each.focus_ms / 60_000))),
        ]
        for each in transcript.questions
    ]
    heads = [_("Question"), _("Contributions"), _("People"), _("Minutes in focus")]
    if questions:
        yield {"heading": _("Questions"), "items": [_table(heads, questions, [WIDE, NARROW, NARROW, NARROW])]}


def _part(sentences: Sentences, section: Section) -> dict[str, Any]:
    items: list[dict[str, Any]] = []
    if section.question is not None and section.question.gloss:
        items.append({"kind": "paragraph", "text": section.question.gloss})
    if section.question is not None and not section.contributions:
        items.append({"kind": "stage", "text": sentences.gettext("No contributions.")})
    for item in section.items:
        if not isinstance(item, Direction):
            items += [_said(sentences, section, contribution) for contribution in item]
        else:
            said = f"{sentences.times.hour(item.at)} {told(sentences, item)}"
            items.append({"kind": "stage", "text": said})
    return {"heading": sentences.heading(section), "items": items}


def _said(sentences: Sentences, section: Section, contribution: Contribution) -> dict[str, Any]:
    about = [standing(sentences, contribution), sentences.times.hour(contribution.at)]
    if (answered := answers(sentences, contribution)) is not None:
        about.append(answered)
    notes = [note.text for note in asides(sentences, section, contribution)]
    notes += [sentences.act(act) for act in contribution.acts]
    withheld = contribution.needs_placeholder
    # Typst takes languages without their region.
    language = (contribution.language or sentences.transcript.language).split("-")[0].lower()
    return {
        "kind": "said",
        "depth": min(contribution.depth, SHOWN_DEPTH),
        "inner": contribution.circle is Circle.INNER,
        "number": number(contribution),
        "name": sentences.name(contribution.author.name),
        "about": " · ".join(about),
        "placeholder": f"«{sentences.placeholder(contribution)}»" if withheld else None,
        "text": contribution.text,
        "language": language,
        "notes": "; ".join(notes) or None,
    }


def _circle(sentences: Sentences) -> list[dict[str, Any]]:
    _, times = sentences.voice.say, sentences.times
    rows = [
        [
            str(sitting.seat),
            sentences.name(sitting.name),
            times.hour(sitting.since),
            _("still there") if sitting.until is None else times.hour(sitting.until),
        ]
        for sitting in sentences.transcript.sittings
    ]
    heads = [_("Seat"), _("Name"), _("from"), _("to")]
    table = _table(heads, rows, [NARROW, WIDE, NARROW, NARROW])
    return [{"heading": _("The circle"), "items": [table]}] if rows else []


def _table(heads: list[str], rows: list[list[str]], widths: list[int]) -> dict[str, Any]:
    return {"kind": "table", "heads": heads, "rows": rows, "widths": widths}
