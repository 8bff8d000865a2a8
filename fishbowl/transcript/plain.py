"""The transcript as plain text, for mail and for every reader there is.

Knows no markup. Replies are indented. Every line of a text stands behind a bar, thick for the inner circle
and thin for the outer, and nothing else does: whatever somebody writes, it cannot pass for a heading or for
another contribution. Lines are not broken anew: a text reads back as it was written.
"""

from __future__ import annotations

from collections.abc import Iterator

from fishbowl.debate.vocabulary import Circle
from fishbowl.transcript.contents import Contribution, Section, Transcript
from fishbowl.transcript.gathering import Direction
from fishbowl.transcript.issue import imprint
from fishbowl.transcript.labels import SHOWN_DEPTH, answers, asides, number, standing
from fishbowl.transcript.sentences import Sentences
from fishbowl.transcript.stage import told
from fishbowl.transcript.voice import ENGLISH, Voice

__all__ = ["BARS", "render"]

BARS = {Circle.INNER: "┃ ", Circle.OUTER: "│ "}


def render(transcript: Transcript, voice: Voice = ENGLISH) -> Iterator[str]:
    sentences = Sentences(transcript, voice)
    yield from _front(sentences)
    for section in transcript.sections:
        yield "\n" + _underlined(sentences.heading(section), "-")
        if section.question is not None and section.question.gloss:
            yield f"{_line(section.question.gloss)}\n"
        if section.question is not None and not section.contributions:
            yield f"\n{voice.gettext('No contributions.')}\n"
        for item in section.items:
            if not isinstance(item, Direction):
                for contribution in item:
                    yield from _contribution(sentences, section, contribution)
            else:
                yield f"\n-- {sentences.times.hour(item.at)} {_line(told(sentences, item))}\n"
    yield from _circle(sentences)
    yield f"\n{sentences.as_of()} {sentences.version()}\n"


def _front(sentences: Sentences) -> Iterator[str]:
    _, said, transcript = sentences.voice.say, sentences.voice.said, sentences.transcript
    yield _underlined(said(transcript.title), "=")
    if transcript.hashtags:
        yield " ".join(f"#{tag}" for tag in transcript.hashtags) + "\n"
    yield sentences.when() + "\n"
    if transcript.organisation:
        yield _line(transcript.organisation) + "\n"
    yield sentences.version() + "\n"
    for label, text in imprint(sentences):
        yield f"{label}: {_line(text)}\n"
    if introduction := said(transcript.introduction):
        yield f"\n{introduction}\n"
    yield "\n" + _underlined(_("People"), "-")
    for person in transcript.people:
        about = [sentences.name(person.name), sentences.role(person.role)]
        if person.seat is not None:
            about.append(sentences.gettext("seat {seat}", seat=person.seat))
        about += [part for part in (person.affiliation, person.bio) if part]
        yield _line(", ".join(about)) + "\n"
    yield "\n" + _underlined(_("The rules in short"), "-")
    for rule in sentences.rules():
        yield f"{rule}\n"
    yield "\n" + _underlined(_("Figures"), "-")
    for label, n in sentences.figures():
        yield f"{n:>6}  {label}\n"
    for question in transcript.questions:
        text = _line(sentences.question(question))
        counted = sentences.gettext(
            "Contributions: {n}, people: {people}, minutes in focus: {minutes}",
            n=question.contributions,
            people=question.people,
            minutes=round(question.focus_ms / 60_000),
        )
        yield f"\n{text}\n    {counted}\n"


def _contribution(sentences: Sentences, section: Section, contribution: Contribution) -> Iterator[str]:
    indent = "    " * min(contribution.depth, SHOWN_DEPTH)
    name = _line(sentences.name(contribution.author.name))
    yield (
        f"\n{indent}[{number(contribution)}] {name} ({standing(sentences, contribution)})"
        f" {sentences.times.hour(contribution.at)}\n"
    )
    if (answered := answers(sentences, contribution)) is not None:
        yield f"{indent}({answered})\n"
    if contribution.needs_placeholder:
        yield f"{indent}«{sentences.placeholder(contribution)}»\n"
    if contribution.text is not None:
        bar = BARS[contribution.circle]
        for line in contribution.text.split("\n"):
            yield f"{indent}{bar}{line}\n"
    if notes := asides(sentences, section, contribution):
        yield f"{indent}({'; '.join(note.text for note in notes)})\n"
    for act in contribution.acts:
        yield f"{indent}({_line(sentences.act(act))})\n"


def _circle(sentences: Sentences) -> Iterator[str]:
    _, times = sentences.voice.say, sentences.times
    if not sentences.transcript.sittings:
        return
    yield "\n" + _underlined(_("The circle"), "-")
    for sitting in sentences.transcript.sittings:
        seat = sentences.gettext("seat {seat}", seat=sitting.seat)
        until = _("still there") if sitting.until is None else times.hour(sitting.until)
        yield f"{seat}: {times.hour(sitting.since)} - {until}  {_line(sentences.name(sitting.name))}\n"


def _underlined(heading: str, sign: str) -> str:
    heading = _line(heading)
    return f"{heading}\n{sign * len(heading)}\n"


def _line(text: str) -> str:
    return " ".join(text.split("\n"))
