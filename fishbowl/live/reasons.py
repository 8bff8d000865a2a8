"""Why a contribution has its tags, as its reader may know it: made when it is asked for, never stored.

Knows the state and the tagger's memory. Guarantees that nothing is told that its reader may not see: the
words for which a text is like a question are its own, and told only where it is shown.
"""

from __future__ import annotations

from msgspec import Struct

from fishbowl.debate.commands import Post
from fishbowl.debate.decide import check_form
from fishbowl.debate.state import Contribution, State
from fishbowl.debate.vocabulary import Instant, Role, Status, said_ways
from fishbowl.live.likeness import Likeness
from fishbowl.live.readers import Reader, may_see
from fishbowl.tagging.asking import asked
from fishbowl.text import Source, Tag

__all__ = ["Reason", "Why", "guessed", "why"]

MOST_WORDS = 5


class Reason(Struct, frozen=True):
    """Why one tag is there. `shared`: of a likeness, the words that tell most; `reply_to`: of a thread,
    `inferred` where its first word tells what it answers and nobody has said so.
    """

    question: int
    source: Source
    confidence: float
    shared: tuple[str, ...] = ()
    reply_to: int | None = None
    inferred: bool = False


class Why(Struct, frozen=True):
    """The reason of each tag of a contribution. `asks`: the question that a chair's text puts, if it does."""

    tags: list[Reason]
    asks: int | None = None


def why(state: State, likeness: Likeness, number: int, reader: Reader) -> Why | None:
    """Why contribution `number` has its tags; None where there is none that `reader` may know of."""
    contribution = state.contributions.get(number)
    if contribution is None or not may_see(state, number, reader):
        return None
    return Why(
        [_reason(likeness, contribution, tag) for tag in contribution.tags], _asks(state, contribution)
    )


def _reason(likeness: Likeness, contribution: Contribution, tag: Tag) -> Reason:
    shared = likeness.shared(contribution, tag.question)[:MOST_WORDS] if tag.source == "similar" else ()
    if tag.source != "thread":
        return Reason(tag.question, tag.source, tag.confidence, tuple(shared))
    answered, guess = contribution.reply_to, bool(contribution.inferred)
    return Reason(tag.question, tag.source, tag.confidence, reply_to=answered, inferred=guess)


def _asks(state: State, contribution: Contribution) -> int | None:
    """The question a chair's text puts, as a chair does who goes on to it."""
    text, author = contribution.text, state.people[contribution.author]
    if text is None or contribution.status is not Status.POSTED or author.role is not Role.CHAIR:
        return None
    questions = {number: said_ways(state.questions[number].text) for number in state.order}
    return asked(text, questions)


def guessed(state: State, likeness: Likeness, post: Post, by: str, at: Instant) -> Reason | None:
    """Why a text that `by` is writing would be put under a question by likeness; None where it would not.

    Raises `Refused` where its form is wrong: too long a text is not looked at.
    """
    if (wrong := check_form(state, post)) is not None:
        raise wrong
    found = likeness.guess(state, post, by, at)
    if found is None:
        return None
    question, confidence, words = found
    return Reason(question, "similar", confidence, tuple(words[:MOST_WORDS]))
