"""Which contributions a reader asked for: everything, the inner circle with what it carried in, what stands
beside it, a question, a hashtag, their own.

Knows no page: a choice is what an address says (`?show=inner`, `beside`, `q3`, `tag:keys`, `mine`), and is
read here as static/js/showing.js reads it, held to the same cases (tests/js/showing_cases.json). Guarantees
that nobody learns by a hashtag what a text says that they may not see.
"""

from __future__ import annotations

import re
from typing import Final

from msgspec import Struct

from fishbowl.debate.state import Contribution, State
from fishbowl.debate.vocabulary import Circle, Status
from fishbowl.live.views import Reader, may_see

__all__ = ["EVERYTHING", "Chosen", "Showing", "chosen", "showing"]

LOOKED_AT: Final = 5_000
"""How many contributions one page goes back through for those that are meant; then it offers to go on."""

_QUESTION: Final = re.compile(r"q([1-9][0-9]?)")


class Showing(Struct, frozen=True):
    """A choice by its `name` in the address; what cannot be read is everything, whose name is empty."""

    name: str = ""
    question: int | None = None
    tag: str | None = None

    def means(self, state: State, contribution: Contribution, you: str | None) -> bool:
        if self.question is not None:
            return any(tag.question == self.question for tag in contribution.tags)
        if self.tag is not None:
            return self.tag in map(str.lower, state.hashtags) or _says(contribution, self.tag)
        if self.name in ("inner", "beside"):
            is_inner = contribution.circle is Circle.INNER or contribution.carried_in is not None
            return is_inner is (self.name == "inner")
        return not self.name or (you is not None and contribution.author == you)


EVERYTHING: Final = Showing()


class Chosen(Struct, frozen=True):
    """A page of contributions by their numbers, ascending."""

    meant: list[int]
    roots: list[int]
    """What the meant ones answer, where that is not meant itself: they would hang in the air without it."""
    earlier: int | None
    """The `before` of the page before this one; None where there is nothing left to look at."""


def showing(name: str) -> Showing:
    if question := _QUESTION.fullmatch(name):
        return Showing(name, question=int(question[1]))
    if name.startswith("tag:") and len(name) > 4:
        return Showing(name, tag=name[4:].lower())
    return Showing(name) if name in ("inner", "beside", "mine") else EVERYTHING


def chosen(state: State, show: Showing, reader: Reader, before: int | None, limit: int = 200) -> Chosen:
    """The newest `limit` contributions before `before` that `show` means and `reader` may see."""
    last = len(state.contributions) if before is None else min(before - 1, len(state.contributions))
    looked_at = max(0, last - LOOKED_AT)
    meant: list[int] = []
    number = last
    while number > looked_at and len(meant) < limit:
        if may_see(state, number, reader) and show.means(state, state.contributions[number], reader.person):
            meant.append(number)
        number -= 1
    meant.reverse()
    roots = {state.contributions[each].root for each in meant} - set(meant) if show.name else set()
    return Chosen(meant, sorted(roots), earlier=number + 1 if number > 0 else None)


def _says(contribution: Contribution, tag: str) -> bool:
    if contribution.status is not Status.POSTED or tag not in (contribution.text or "").lower():
        return False  # before its hashtags are looked for: that costs a hundred times as much
    return tag in [found.text.lower() for found in contribution.entities.hashtags]
