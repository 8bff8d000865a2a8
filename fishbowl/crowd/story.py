"""What is debated and what is said: an invented debate with lines for each of its questions.

Knows nobody who says them. A line is drawn once before any comes again.
"""

from __future__ import annotations

from pathlib import Path
from random import Random
from typing import Any, Final

import msgspec
from msgspec import Struct

__all__ = ["Lines", "Story", "corner_shops"]

_FOLDER: Final = Path(__file__).resolve().parent


class Story(Struct, frozen=True, forbid_unknown_fields=True):
    """A definition, and by question (in their order) what the floor and each of its guests have to say."""

    definition: dict[str, Any]
    speakers: dict[str, list[list[str]]]
    floor: list[list[str]]
    replies: list[str]


def corner_shops() -> Story:
    """What should move into the empty shops: town, guests and words are invented."""
    return msgspec.json.decode((_FOLDER / "corner_shops.json").read_bytes(), type=Story)


class Lines:
    """The lines of a story, drawn at random."""

    def __init__(self, story: Story, chance: Random) -> None:
        self._said_by = {
            name: [_Bag(lines, chance) for lines in of_one] for name, of_one in story.speakers.items()
        }
        self._said_on_the_floor = [_Bag(lines, chance) for lines in story.floor]
        self._replies = _Bag(story.replies, chance)

    def on(self, question: int, speaker: str | None = None) -> str:
        """What `speaker`, or somebody else, has to say on a question, counted from 1."""
        bags = self._said_on_the_floor if speaker is None else self._said_by[speaker]
        return bags[question - 1].draw()

    def reply(self) -> str:
        return self._replies.draw()


class _Bag:
    """Lines drawn in a new order each time all were drawn."""

    def __init__(self, lines: list[str], chance: Random) -> None:
        self._lines = lines
        self._chance = chance
        self._left: list[str] = []

    def draw(self) -> str:
        if not self._left:
            self._left = self._chance.sample(self._lines, len(self._lines))
        return self._left.pop()
