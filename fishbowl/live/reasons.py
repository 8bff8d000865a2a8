"""Why a contribution has its tags, as its reader may know it: made when it is asked for, never stored.

Knows the state and the tagger's memory. Guarantees that nothing is told that its reader may not see: the
words for which a text is like a question are its own, and told only where it is shown.
"""

from __future__ import annotations

from msgspec import Struct

from fishbowl.debate.state import State
from fishbowl.live.likeness import Likeness
from fishbowl.live.readers import Reader, may_see
from fishbowl.text import Source

__all__ = ["Reason", "reasons"]

MOST_WORDS = 5


class Reason(Struct, frozen=True):
    """Why one tag is there. `shared`: of a likeness, the words that tell most; `reply_to`: of a thread."""

    question: int
    source: Source
    confidence: float
    shared: tuple[str, ...] = ()
    reply_to: int | None = None


def reasons(state: State, likeness: Likeness, number: int, reader: Reader) -> list[Reason] | None:
    """The reason of each tag of contribution `number`; None where there is none that `reader` may know of."""
    contribution = state.contributions.get(number)
    if contribution is None or not may_see(state, number, reader):
        return None
    return [
        Reason(
            tag.question,
            tag.source,
            tag.confidence,
            tuple(likeness.shared(contribution, tag.question)[:MOST_WORDS])
            if tag.source == "similar"
            else (),
            contribution.reply_to if tag.source == "thread" else None,
        )
        for tag in contribution.tags
    ]
