"""The short things around a contribution: its number, where its author stood, its tags and counts.

Knows no format; every label is plain text, the same in all formats for people (HTML, Markdown, plain text).
"""

from __future__ import annotations

from typing import Literal, NamedTuple

from fishbowl.debate.vocabulary import Circle, Role
from fishbowl.transcript.choice import Order
from fishbowl.transcript.contents import Contribution, Section
from fishbowl.transcript.sentences import Sentences

__all__ = ["SHOWN_DEPTH", "Aside", "anchor", "answering", "answers", "asides", "number", "standing"]

SHOWN_DEPTH = 5
"""How deep replies are indented; deeper ones say what they answer. RULES: threads of any depth, shown to a
comfortable one.
"""
PATH_LENGTH = 24
"""Paths longer than this are shown with their middle left out."""


class Aside(NamedTuple):
    """A note beneath a contribution, and what it is about."""

    kind: Literal["tag", "endorsements", "highlight", "checked"]
    text: str


def number(contribution: Contribution) -> str:
    """`12` for a root, `31 (12.1.3)` for a reply: its number, and its place in the thread."""
    if contribution.reply_to is None:
        return str(contribution.contribution)
    path = contribution.path
    if len(path) > PATH_LENGTH:
        path = f"{path[: PATH_LENGTH // 2].rpartition('.')[0]}.….{path.rpartition('.')[2]}"
    return f"{contribution.contribution} ({path})"


def anchor(section: Section) -> str:
    """The name of a section within its file, no contribution's and no other section's."""
    if section.question is not None:
        return f"q{section.question.question}"
    if section.author is not None:
        return f"by-{section.author.person}"
    if section.order is not Order.QUESTION:
        return "by-time" if section.order is Order.TIME else "directions"
    return "opening" if section.opening else "no-question"


def answers(sentences: Sentences, contribution: Contribution) -> str | None:
    """What it answers, said where its place does not say it, or where that is a guess."""
    if contribution.inferred or contribution.apart or contribution.depth > SHOWN_DEPTH:
        return answering(sentences, contribution)
    return None


def answering(sentences: Sentences, contribution: Contribution) -> str:
    """What a reply answers, or probably does."""
    if contribution.inferred:
        return sentences.gettext("probably answers {number}", number=contribution.reply_to)
    return sentences.gettext("answers {number}", number=contribution.reply_to)


def standing(sentences: Sentences, contribution: Contribution) -> str:
    """Role, circle, seat and who carried it in: `Speaker, inner circle, seat 1`."""
    _ = sentences.voice.say
    parts = []
    role = sentences.role(contribution.author.role)
    if contribution.author.role is not Role.PARTICIPANT and contribution.author.name != role:
        parts.append(role)
    parts.append(_("inner circle") if contribution.circle is Circle.INNER else _("outer circle"))
    if contribution.seat is not None:
        parts.append(sentences.gettext("seat {seat}", seat=contribution.seat))
    if contribution.carried_in is not None:
        by, name = contribution.carried_in.by, contribution.carried_in.name
        told = _("carried in by the chair") if by == "chair" else _("carried in by {name}")
        parts.append(told.format(name=sentences.actor(by, name)))
    return ", ".join(parts)


def asides(sentences: Sentences, section: Section, contribution: Contribution) -> list[Aside]:
    """Tags with their source, endorsements, what the chair highlighted, what its speaker checked.

    A reply's tags are shown where they differ from the question it stands under.
    """
    _ = sentences.voice.say
    sources = {
        "author": _("by its author"),
        "marker": _("by its words"),
        "thread": _("by its thread"),
        "similar": _("by likeness"),
        "focus": _("by focus"),
        "chair": _("by the chair"),
    }
    here = () if section.question is None else (section.question.question,)
    notes = []
    if contribution.reply_to is None or contribution.questions != here:
        notes += [Aside("tag", f"Q{tag.question} {sources[tag.source]}") for tag in contribution.tags]
    if contribution.endorsements:
        endorsed = sentences.gettext("endorsed: {n}", n=contribution.endorsements)
        notes.append(Aside("endorsements", endorsed))
    if contribution.highlighted:
        notes.append(Aside("highlight", _("highlighted")))
    if contribution.checked:
        notes.append(Aside("checked", _("checked by the speaker")))
    return notes
