"""The transcript as a Word document that screen readers can walk: headings, lists, tables with header rows,
every text in its language.

Knows no debate; python-docx brings the document around it, what stands in it is put together here, for it
makes a paragraph at a time and a long debate has a hundred thousand. Guarantees a text in one paragraph of
the style `Said`, its line ends as breaks, and the same bytes for the same transcript.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from io import BytesIO
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from docx import Document
from docx.enum.style import WD_STYLE_TYPE
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from docx.shared import Pt, RGBColor

from fishbowl.debate.vocabulary import Circle
from fishbowl.transcript.contents import Contribution, Section, Transcript, Version
from fishbowl.transcript.gathering import Direction
from fishbowl.transcript.issue import imprint
from fishbowl.transcript.labels import SHOWN_DEPTH, answers, asides, number, standing
from fishbowl.transcript.sentences import Sentences
from fishbowl.transcript.stage import told
from fishbowl.transcript.voice import ENGLISH, Voice
from fishbowl.transcript.xml import attribute, escaped, holdable

__all__ = ["render"]

STYLES = {"Said": (11, False), "Placeholder": (11, True), "Stage": (10, True), "Aside": (9, False)}
"""Styles of our own by name: size in points, and whether in italics."""
QUIET = RGBColor(0x4A, 0x4A, 0x4A)
INDENT = 360
"""Twentieths of a point by which each reply is further in."""


def render(transcript: Transcript, voice: Voice = ENGLISH) -> bytes:
    sentences = Sentences(transcript, voice)
    document = Document()
    _dress(document, sentences)
    parts = "".join(_body(sentences))
    body = document.element.body
    page = body[-1]
    body.extend(list(parse_xml(f"<w:body {nsdecls('w')}>{parts}</w:body>")))
    body.append(page)  # what describes the page stands last
    made = BytesIO()
    document.save(made)
    return _without_clock(made)


def _dress(document: Any, sentences: Sentences) -> None:
    """What stands around the text: properties, language, styles, what is on every page."""
    transcript, voice = sentences.transcript, sentences.voice
    at = datetime.fromtimestamp(transcript.at / 1000, UTC).replace(tzinfo=None)
    about = document.core_properties
    about.title = holdable(voice.said(transcript.title))[:255]
    about.author = holdable(transcript.organisation or "fishbowl")[:255]
    about.language = voice.language
    about.comments = f"{transcript.slug} {transcript.version} {transcript.seq}"
    about.created = about.modified = at
    about.last_modified_by, about.revision = "fishbowl", 1
    defaults = document.styles.element.find(".//{*}rPrDefault/{*}rPr")
    for language in defaults.findall("{*}lang"):
        defaults.remove(language)
    defaults.append(parse_xml(f'<w:lang {nsdecls("w")} w:val="{attribute(voice.language)}"/>'))
    for name, (size, italic) in STYLES.items():
        style = document.styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
        style.base_style = document.styles["Normal"]
        style.font.size, style.font.italic = Pt(size), italic
        style.paragraph_format.space_after = Pt(4)
        if name != "Said":
            style.font.color.rgb = QUIET
    section = document.sections[0]
    section.footer.paragraphs[0].text = holdable(sentences.as_of())
    if transcript.version is Version.ORGANISER:
        section.header.paragraphs[0].text = sentences.whose()


def _body(sentences: Sentences) -> Iterator[str]:
    transcript, voice = sentences.transcript, sentences.voice
    yield from _front(sentences)
    for section in transcript.sections:
        yield _paragraph(sentences.heading(section), "Heading1")
        if section.question is not None and section.question.gloss:
            yield _paragraph(section.question.gloss, "Aside")
        if section.question is not None and not section.contributions:
            yield _paragraph(voice.gettext("No contributions."), "Stage")
        for item in section.items:
            if not isinstance(item, Direction):
                for contribution in item:
                    yield from _contribution(sentences, section, contribution)
            else:
                yield _paragraph(f"{sentences.times.hour(item.at)} {told(sentences, item)}", "Stage")
    if transcript.sittings:
        yield _paragraph(voice.gettext("The circle"), "Heading1")
        yield _table(*_circle(sentences), voice.gettext("Who sat where, and when"))
    yield _paragraph(f"{sentences.as_of()} {sentences.version()}", "Aside")


def _front(sentences: Sentences) -> Iterator[str]:
    _, said, transcript = sentences.voice.say, sentences.voice.said, sentences.transcript
    yield _paragraph(said(transcript.title), "Title")
    if transcript.hashtags:
        yield _paragraph(" ".join(f"#{tag}" for tag in transcript.hashtags))
    organisation = [transcript.organisation] if transcript.organisation else []
    yield _paragraph(" · ".join([sentences.when(), *organisation]))
    yield _paragraph(sentences.version())
    for label, text in imprint(sentences):
        yield _paragraph(f"{label}: {text}")
    if introduction := said(transcript.introduction):
        yield _paragraph(introduction)
    yield _paragraph(_("People"), "Heading1")
    for person in transcript.people:
        about = [sentences.name(person.name), sentences.role(person.role)]
        if person.seat is not None:
            about.append(sentences.gettext("seat {seat}", seat=person.seat))
        yield _paragraph(
            ", ".join([*about, *(part for part in (person.affiliation, person.bio) if part)]), "ListBullet"
        )
    yield _paragraph(_("The rules in short"), "Heading1")
    for rule in sentences.rules():
        yield _paragraph(rule, "ListBullet")
    yield _paragraph(_("Figures"), "Heading1")
    yield _table(
        [_("Figures"), _("Number")], [[label, str(n)] for label, n in sentences.figures()], _("Figures")
    )
    heads = [_("Question"), _("Contributions"), _("People"), _("Minutes in focus")]
    rows = [
        [
            sentences.question(each),
            *map(str, (each.contributions, each.people, round(each.focus_ms / 60_000))),
        ]
        for each in transcript.questions
    ]
    if rows:
        yield _paragraph(_("Questions"), "Heading2")
        yield _table(heads, rows, _("Questions"))


def _contribution(sentences: Sentences, section: Section, contribution: Contribution) -> Iterator[str]:
    depth = min(contribution.depth, SHOWN_DEPTH)
    parts = [
        number(contribution),
        sentences.name(contribution.author.name),
        standing(sentences, contribution),
        sentences.times.hour(contribution.at),
    ]
    if (answered := answers(sentences, contribution)) is not None:
        parts.append(answered)
    yield _paragraph(" · ".join(parts), "Heading2", depth=depth, anchor=contribution.contribution)
    if contribution.needs_placeholder:
        yield _paragraph(f"«{sentences.placeholder(contribution)}»", "Placeholder", depth=depth)
    if contribution.text is not None:
        spoken = contribution.language or sentences.transcript.language
        yield _paragraph(
            contribution.text,
            "Said",
            depth=depth,
            language=None if spoken == sentences.voice.language else spoken,
            bold=contribution.circle is Circle.INNER and contribution.highlighted,
        )
    notes = [note.text for note in asides(sentences, section, contribution)]
    notes += [sentences.act(act) for act in contribution.acts]
    if notes:
        yield _paragraph("; ".join(notes), "Aside", depth=depth)


def _circle(sentences: Sentences) -> tuple[list[str], list[list[str]]]:
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
    return [_("Seat"), _("Name"), _("from"), _("to")], rows


def _paragraph(
    text: str,
    style: str | None = None,
    *,
    depth: int = 0,
    language: str | None = None,
    anchor: int | None = None,
    bold: bool = False,
) -> str:
    described = f'<w:pStyle w:val="{style}"/>' if style else ""
    if depth:
        described += f'<w:ind w:left="{depth * INDENT}"/>'
    run = "<w:b/>" if bold else ""
    run += f'<w:lang w:val="{attribute(language)}"/>' if language else ""
    lines = '</w:t><w:br/><w:t xml:space="preserve">'.join(escaped(text).split("\n"))
    start, end = "", ""
    if anchor is not None:
        start = f'<w:bookmarkStart w:id="{anchor}" w:name="c{anchor}"/>'
        end = f'<w:bookmarkEnd w:id="{anchor}"/>'
    return (
        f"<w:p>{f'<w:pPr>{described}</w:pPr>' if described else ''}{start}"
        f"<w:r>{f'<w:rPr>{run}</w:rPr>' if run else ''}"
        f'<w:t xml:space="preserve">{lines}</w:t></w:r>{end}</w:p>'
    )


def _table(heads: list[str], rows: Iterable[list[str]], caption: str) -> str:
    """A table whose first row is its header, said again on every page."""
    head = "".join(f"<w:tc><w:tcPr/>{_paragraph(cell, bold=True)}</w:tc>" for cell in heads)
    body = "".join(
        f"<w:tr>{''.join(f'<w:tc><w:tcPr/>{_paragraph(cell)}</w:tc>' for cell in row)}</w:tr>" for row in rows
    )
    grid = "<w:gridCol/>" * len(heads)
    return (
        '<w:tbl><w:tblPr><w:tblStyle w:val="TableGrid"/><w:tblW w:w="5000" w:type="pct"/>'
        f'<w:tblLook w:firstRow="1" w:firstColumn="0"/><w:tblCaption w:val="{attribute(caption)}"/></w:tblPr>'
        f"<w:tblGrid>{grid}</w:tblGrid>"
        f"<w:tr><w:trPr><w:cantSplit/><w:tblHeader/></w:trPr>{head}</w:tr>{body}</w:tbl>"
    )


def _without_clock(made: BytesIO) -> bytes:
    """The same file, its parts without the time at which they were written."""
    again = BytesIO()
    with ZipFile(made) as old, ZipFile(again, "w", ZIP_DEFLATED) as new:
        for name in old.namelist():
            new.writestr(ZipInfo(name), old.read(name), ZIP_DEFLATED)
    return again.getvalue()
