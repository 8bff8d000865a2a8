"""Tags: which questions a contribution answers, by whose word, and how surely.

Knows nothing of how likeness is measured, and stores nothing: candidates come in, tags go out.
The order is RULES' ("Questions and tags"): the author's choice, markers, the tag of what it replies to,
clear likeness, the question in focus. The first source that yields anything decides alone, so every tag of
one contribution has the same source; what names a question that does not exist yields nothing.
"""

from collections.abc import Collection, Iterable, Sequence
from typing import Literal

import msgspec

Source = Literal["author", "marker", "thread", "similar", "focus", "chair"]

AUTHOR_CONFIDENCE = 1.0
CHAIR_CONFIDENCE = 1.0
MARKER_CONFIDENCE = 0.95  # "Q3" is somebody's word for it, but they miscount, and "Q3" can be a quarter
FOCUS_CONFIDENCE = 0.3  # in live chaired chat the focus alone says little: people answer late and early
THREAD_FACTOR = 0.9  # a reply agreed with what it answers 92 % of the time, in chats tagged by hand


class Tag(msgspec.Struct, frozen=True):
    """One question a contribution answers; `confidence` runs from 0 to 1."""

    question: int
    source: Source
    confidence: float


def choose_tags(
    *,
    questions: Collection[int],
    author: Sequence[int] = (),
    markers: Iterable[int] = (),
    parent: Sequence[Tag] = (),
    likely: Sequence[tuple[int, float]] = (),
    focus: int | None = None,
) -> tuple[Tag, ...]:
    """The tags of one contribution, by the first source that yields any; () leaves it untagged.

    `questions` are the numbers that exist; `author` the choice made in the composer; `markers` the numbers
    found in the text; `parent` the present tags of what it replies to; `likely` the likenesses clear enough
    to tell, with their confidence; `focus` the question in focus. Each question is tagged once at most, in
    the order given.
    """
    exist = [number for number in dict.fromkeys(author) if number in questions]
    if exist:
        return author_tags(exist)
    exist = [number for number in dict.fromkeys(markers) if number in questions]
    if exist:
        return tuple(Tag(number, "marker", MARKER_CONFIDENCE) for number in exist)
    inherited = tuple(
        Tag(tag.question, "thread", round(tag.confidence * THREAD_FACTOR, 4))
        for tag in parent
        if tag.question in questions
    )
    if inherited:
        return inherited
    alike = tuple(Tag(number, "similar", sure) for number, sure in likely if number in questions)
    if alike:
        return alike
    if focus is not None and focus in questions:
        return (Tag(focus, "focus", FOCUS_CONFIDENCE),)
    return ()


def author_tags(questions: Iterable[int]) -> tuple[Tag, ...]:
    """What an author puts in the place of all tags of their own contribution; none of them is ()."""
    return tuple(Tag(number, "author", AUTHOR_CONFIDENCE) for number in dict.fromkeys(questions))


def chair_tags(questions: Iterable[int]) -> tuple[Tag, ...]:
    """What a correction by chair or moderators puts in the place of all tags; none of them is ()."""
    return tuple(Tag(number, "chair", CHAIR_CONFIDENCE) for number in dict.fromkeys(questions))
