"""The transcript as Markdown (CommonMark, and tables as GitHub has them).

Knows no debate; replies are quotes within quotes. Guarantees that a reader of CommonMark gives every text
back as it was written: what would be a sign of Markdown is escaped, line ends are hard breaks, so a text is
always one paragraph, and no text can pass for a heading, a quote, a link or another contribution.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from fishbowl.debate.vocabulary import Circle
from fishbowl.transcript.contents import Contribution, Section, Transcript
from fishbowl.transcript.gathering import Direction
from fishbowl.transcript.issue import imprint
from fishbowl.transcript.labels import SHOWN_DEPTH, answers, asides, number, standing
from fishbowl.transcript.sentences import Sentences
from fishbowl.transcript.stage import told
from fishbowl.transcript.voice import ENGLISH, Voice

__all__ = ["render"]

_SIGNS = re.compile(r"[\\`*_\[\]<>&~|^${}]|!(?=\[)")
# What begins a list, a heading, a line under a heading: only at the start of a line.
_STARTS = re.compile(r"^( *)([-+=#:]|[0-9]{1,9}(?=[.)]))", re.MULTILINE)
_EDGES = re.compile(r"^ +| +$", re.MULTILINE)


def render(transcript: Transcript, voice: Voice = ENGLISH) -> Iterator[str]:
    sentences = Sentences(transcript, voice)
    yield from _front(sentences)
    for section in transcript.sections:
        yield f"## {_heading(sentences.heading(section))}\n\n"
        if section.question is not None and section.question.gloss:
            yield f"{_line(section.question.gloss)}\n\n"
        if section.question is not None and not section.contributions:
            yield f"{voice.gettext('No contributions.')}\n\n"
        for item in section.items:
            if not isinstance(item, Direction):
                for contribution in item:
                    yield from _contribution(sentences, section, contribution)
            else:
                yield f"*{sentences.times.hour(item.at)} {_line(told(sentences, item))}*\n\n"
    yield from _circle(sentences)
    yield f"---\n\n{_line(sentences.as_of())} {_line(sentences.version())}\n"


def _front(sentences: Sentences) -> Iterator[str]:
    _, said, transcript = sentences.voice.say, sentences.voice.said, sentences.transcript
    yield f"# {_heading(said(transcript.title))}\n\n"
    if transcript.hashtags:
        yield _line(" ".join(f"#{tag}" for tag in transcript.hashtags)) + "\n\n"
    organisation = [transcript.organisation] if transcript.organisation else []
    yield _line(" · ".join([sentences.when(), *organisation])) + "\n\n"
    yield f"**{_line(sentences.version())}**\n\n"
    for label, text in imprint(sentences):
        yield f"{label}: {_line(text)}\n\n"
    if introduction := said(transcript.introduction):
        yield "\n\n".join(map(_text, introduction.split("\n\n"))) + "\n\n"
    yield f"## {_('People')}\n\n"
    for person in transcript.people:
        about = [sentences.role(person.role)]
        if person.seat is not None:
            about.append(sentences.gettext("seat {seat}", seat=person.seat))
        about += [part for part in (person.affiliation, person.bio) if part]
        yield f"- **{_line(sentences.name(person.name))}**, {_line(', '.join(about))}\n"
    yield f"\n## {_('The rules in short')}\n\n"
    for rule in sentences.rules():
        yield f"- {_line(rule)}\n"
    yield f"\n## {_('Figures')}\n\n| | |\n|---|---:|\n"
    for label, n in sentences.figures():
        yield f"| {_line(label)} | {n} |\n"
    yield from _questions(sentences)


def _questions(sentences: Sentences) -> Iterator[str]:
    _ = sentences.voice.say
    heads = [_("Question"), _("Contributions"), _("People"), _("Minutes in focus")]
    yield f"\n| {' | '.join(map(_line, heads))} |\n|---|---:|---:|---:|\n"
    for question in sentences.transcript.questions:
        text = _line(sentences.question(question))
        minutes = round(question.focus_ms / 60_000)
        yield f"| {text} | {question.contributions} | {question.people} | {minutes} |\n"
    yield "\n"


def _contribution(sentences: Sentences, section: Section, contribution: Contribution) -> Iterator[str]:
    name = _line(sentences.name(contribution.author.name))
    parts = [
        f"**{number(contribution)}**",
        f"**{name}**" if contribution.circle is Circle.INNER else name,
        _line(standing(sentences, contribution)),
        sentences.times.hour(contribution.at),
    ]
    if (answered := answers(sentences, contribution)) is not None:
        parts.append(_line(answered))
    parts += [_line(aside.text) for aside in asides(sentences, section, contribution)]
    paragraphs = [" · ".join(parts)]
    if contribution.needs_placeholder:
        paragraphs.append(f"*«{_line(sentences.placeholder(contribution))}»*")
    if contribution.text is not None:
        paragraphs.append(_text(contribution.text))
    paragraphs += [f"*{_line(sentences.act(act))}*" for act in contribution.acts]
    quote = "> " * min(contribution.depth, SHOWN_DEPTH)
    yield "".join(f"{quote}{line}".rstrip(" ") + "\n" for line in "\n\n".join(paragraphs).split("\n")) + "\n"


def _circle(sentences: Sentences) -> Iterator[str]:
    _, times = sentences.voice.say, sentences.times
    if not sentences.transcript.sittings:
        return
    yield f"## {_('The circle')}\n\n"
    heads = [_("Seat"), _("Name"), _("from"), _("to")]
    yield f"| {' | '.join(map(_line, heads))} |\n|---|---|---|---|\n"
    for sitting in sentences.transcript.sittings:
        until = _("still there") if sitting.until is None else times.hour(sitting.until)
        yield (
            f"| {sitting.seat} | {_line(sentences.name(sitting.name))} | {times.hour(sitting.since)}"
            f" | {_line(until)} |\n"
        )
    yield "\n"


def _text(text: str) -> str:
    """A text as one paragraph that reads back as exactly this text."""
    escaped = _SIGNS.sub(r"\\\g<0>", text)
    escaped = _STARTS.sub(_started, escaped)
    # Spaces at the edges of a line would be dropped; spelled out they stay.
    return _EDGES.sub(lambda spaces: "&#32;" * len(spaces[0]), escaped).replace("\n", "\\\n")


def _started(start: re.Match[str]) -> str:
    spaces, sign = start.groups()
    # "1." is a list, "1\." is not; of the other signs it is the sign itself.
    return f"{spaces}{sign}\\" if sign[0].isdigit() else f"{spaces}\\{sign}"


def _line(text: str) -> str:
    """A text on one line, for names and sentences."""
    return _text(" ".join(text.split("\n")))


def _heading(text: str) -> str:
    return _line(text).replace("#", r"\#").replace(r"\\#", r"\#")
