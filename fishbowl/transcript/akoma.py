"""The transcript as Akoma Ntoso 1.0 (OASIS LegalDocML), the XML in which parliaments keep their debates.

Knows no debate; a question is a `debateSection`, a contribution a `speech`, a stage direction a `scene`.
Guarantees a file that is valid by the standard's own schema, written as it goes. A text stands in one `p`,
its line ends as `eol`; what is not shown has the `class` of its status and a placeholder instead.
"""

from __future__ import annotations

from collections.abc import Iterator

from fishbowl.clock import to_wire
from fishbowl.debate.vocabulary import Role
from fishbowl.transcript.contents import Contribution, Section, Transcript
from fishbowl.transcript.gathering import Direction
from fishbowl.transcript.issue import imprint
from fishbowl.transcript.labels import anchor, answering, number
from fishbowl.transcript.sentences import Sentences
from fishbowl.transcript.stage import told
from fishbowl.transcript.voice import ENGLISH, Voice
from fishbowl.transcript.xml import attribute, escaped

__all__ = ["NAMESPACE", "render"]

NAMESPACE = "http://docs.oasis-open.org/legaldocml/ns/akn/3.0"
NO_COUNTRY = "zz"
"""Akoma Ntoso asks for a country; a debate has none. The code that means unknown."""


def render(transcript: Transcript, voice: Voice = ENGLISH) -> Iterator[str]:
    sentences = Sentences(transcript, voice)
    yield '<?xml version="1.0" encoding="UTF-8"?>\n'
    yield f'<akomaNtoso xmlns="{NAMESPACE}">\n<debate name="debate" contains="singleVersion">\n'
    yield "<meta>\n"
    yield from _identification(sentences)
    yield from _references(sentences)
    yield "</meta>\n"
    yield from _preface(sentences)
    yield "<debateBody>\n"
    if not transcript.sections:
        yield '<debateSection name="opening" eId="opening"/>\n'
    for section in transcript.sections:
        yield from _section(sentences, section)
    yield "</debateBody>\n</debate>\n</akomaNtoso>\n"


def _identification(sentences: Sentences) -> Iterator[str]:
    """Work, expression (this version, as of this record) and file, as FRBR parts them."""
    debate = sentences.transcript
    work = f"/akn/{NO_COUNTRY}/debate/{to_wire(debate.begins)[:10]}/{debate.slug}"
    expression = f"{work}/{debate.language}@{to_wire(debate.at)[:10]}"
    yield '<identification source="#fishbowl">\n'
    for level, uri, at in (
        ("Work", work, debate.begins),
        ("Expression", expression, debate.at),
        ("Manifestation", f"{expression}.akn.xml", debate.at),
    ):
        yield f'<FRBR{level}><FRBRthis value="{uri}/!main"/><FRBRuri value="{uri}"/>'
        if level == "Manifestation":
            version = f"{debate.version}, record {debate.seq}, {to_wire(debate.at)}"
            yield f'<FRBRalias name="version" value="{version}"/>'
            if debate.issue.number is not None:
                archived = f"{debate.slug}/{debate.issue.number}"
                yield f'<FRBRalias name="archive" value="{archived}"/>'
        yield f'<FRBRdate name="{level.lower()}" date="{to_wire(at)[:10]}"/>'
        yield '<FRBRauthor href="#fishbowl"/>'
        if level == "Work":
            yield f'<FRBRcountry value="{NO_COUNTRY}"/>'
        if level == "Expression":
            yield f'<FRBRlanguage language="{attribute(debate.language)}"/>'
        yield f"</FRBR{level}>\n"
    yield "</identification>\n"


def _references(sentences: Sentences) -> Iterator[str]:
    debate = sentences.transcript
    authors = {each.author.person: each.author for each in debate.contributions}
    people = {person.person: person.name for person in debate.people} | {
        author.person: author.name for author in authors.values()
    }
    yield '<references source="#fishbowl">\n'
    organisation = attribute(debate.organisation or "fishbowl")
    href = "/ontology/organization/fishbowl"
    yield f'<TLCOrganization eId="fishbowl" href="{href}" showAs="{organisation}"/>\n'
    for person, name in people.items():
        shown = attribute(sentences.name(name))
        yield f'<TLCPerson eId="p-{person}" href="/ontology/person/{person}" showAs="{shown}"/>\n'
    for role in Role:
        shown = attribute(sentences.role(role))
        yield f'<TLCRole eId="{role}" href="/ontology/role/{role}" showAs="{shown}"/>\n'
    yield "</references>\n"


def _preface(sentences: Sentences) -> Iterator[str]:
    debate, said = sentences.transcript, sentences.voice.said
    yield f"<preface>\n<p><docTitle>{escaped(said(debate.title))}</docTitle></p>\n"
    if introduction := said(debate.introduction):
        yield _paragraph(introduction, "introduction", sentences.voice.language_of(debate.introduction, "en"))
    yield _paragraph(f"{sentences.when()}. {sentences.version()}. {sentences.as_of()}", "version")
    for label, text in imprint(sentences):
        yield _paragraph(f"{label}: {text}", "imprint")
    for label, n in sentences.figures():
        yield f'<p class="figure">{escaped(label)}: {n}</p>\n'
    yield "</preface>\n"


def _section(sentences: Sentences, section: Section) -> Iterator[str]:
    name = anchor(section)
    kind = "question" if section.question else "speaker" if section.author else name
    yield f'<debateSection name="{kind}" eId="{name}">\n'
    yield f"<heading>{escaped(sentences.heading(section))}</heading>\n"
    for item in section.items:
        if not isinstance(item, Direction):
            for contribution in item:
                yield from _speech(sentences, contribution)
        else:
            said = f"{sentences.times.hour(item.at)} {told(sentences, item)}"
            yield f'<scene eId="r{item.seq}">{escaped(said)}</scene>\n'
    yield "</debateSection>\n"


def _speech(sentences: Sentences, contribution: Contribution) -> Iterator[str]:
    author = contribution.author
    yield (
        f'<speech eId="c{contribution.contribution}" class="{contribution.circle} {contribution.status}"'
        f' by="#p-{author.person}" as="#{author.role}" startTime="{to_wire(contribution.at)}">'
        f"<num>{escaped(number(contribution))}</num>"
        f"<from>{escaped(sentences.name(author.name))}</from>\n"
    )
    if contribution.reply_to is not None:
        answers = escaped(answering(sentences, contribution))
        if sentences.is_in(contribution.reply_to):
            answers = f'<ref href="#c{contribution.reply_to}">{answers}</ref>'
        yield f'<p class="answers">{answers}</p>\n'
    if contribution.needs_placeholder:
        yield _paragraph(sentences.placeholder(contribution), "placeholder")
    if contribution.text is not None:
        yield _paragraph(contribution.text, "text", contribution.language)
    for act in contribution.acts:
        yield _paragraph(sentences.act(act), "act")
    yield "</speech>\n"


def _paragraph(text: str, kind: str, language: str | None = None) -> str:
    spoken = "" if language is None else f' xml:lang="{attribute(language)}"'
    lines = escaped(text).replace("\n", "<eol/>")
    return f'<p class="{kind}"{spoken} xml:space="preserve">{lines}</p>\n'
