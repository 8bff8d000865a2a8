"""What is debated and what is said: an invented debate with lines for each of its questions, and lines that
suit any debate.

Knows nobody who says them. A line is drawn once before any comes again.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from random import Random
from typing import Any, Final, Self

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


class _Anything(Struct, frozen=True, forbid_unknown_fields=True):
    """What can be said in any debate, and what should not be said in any."""

    lines: list[str]
    replies: list[str]
    mischief: list[str]


def corner_shops() -> Story:
    """What should move into the empty shops: town, guests and words are invented."""
    return msgspec.json.decode((_FOLDER / "corner_shops.json").read_bytes(), type=Story)


class Lines:
    """Lines to be drawn at random: for the floor and for some of the guests, question by question."""

    def __init__(
        self,
        floor: Sequence[_Bag],
        speakers: Mapping[str, Sequence[_Bag]],
        replies: _Bag,
        mischief: _Bag | None = None,
    ) -> None:
        self._floor = floor
        self._speakers = speakers
        self._replies = replies
        self._mischief = mischief

    @classmethod
    def of(cls, story: Story, chance: Random) -> Self:
        """The lines of a story; nobody in it misbehaves."""
        speakers = {
            name: [_Bag(lines, chance) for lines in of_one] for name, of_one in story.speakers.items()
        }
        return cls([_Bag(lines, chance) for lines in story.floor], speakers, _Bag(story.replies, chance))

    @classmethod
    def for_anything(cls, language: str, chance: Random) -> Self:
        """Lines for a debate that nobody here knows, in its language or else in English; with mischief."""
        known = msgspec.json.decode((_FOLDER / "anything.json").read_bytes(), type=dict[str, _Anything])
        said = known.get(language.partition("-")[0], known["en"])
        return cls([_Bag(said.lines, chance)], {}, _Bag(said.replies, chance), _Bag(said.mischief, chance))

    def on(self, question: int, speaker: str | None = None) -> str:
        """What `speaker`, or somebody else, has to say on a question, counted from 1."""
        bags = self._speakers.get(speaker or "", self._floor)
        return bags[(question - 1) % len(bags)].draw()

    def reply(self) -> str:
        return self._replies.draw()

    def mischief(self) -> str | None:
        """What nobody should say; None where nobody misbehaves."""
        return None if self._mischief is None else self._mischief.draw()


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
