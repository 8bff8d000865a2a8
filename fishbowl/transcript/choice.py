"""What of a transcript is asked for, and in which order: a choice, as an address or a command line says it.

Knows no transcript; `arranging` carries it out. Guarantees that what cannot be meant is refused by name, and
that a choice told (`told`) reads back as the same choice.
"""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from typing import Final

from msgspec import Struct

from fishbowl.debate.vocabulary import Circle

__all__ = ["EVERYTHING", "BadChoice", "Choice", "Order", "choice_of"]


class BadChoice(ValueError):
    """What was asked for is not there; the message names it, and what there is."""


class Order(StrEnum):
    """By question, each thread in one piece; one after another; or all of one person, then of the next."""

    QUESTION = "question"
    TIME = "time"
    SPEAKER = "speaker"


class Choice(Struct, frozen=True):
    """`hashtag` without its sign; `person` by id or handle. All that is given must hold of a contribution."""

    order: Order = Order.QUESTION
    question: int | None = None
    hashtag: str | None = None
    circle: Circle | None = None
    person: str | None = None

    @property
    def leaves_out(self) -> bool:
        return (self.question, self.hashtag, self.circle, self.person) != (None, None, None, None)

    def told(self) -> dict[str, str]:
        """As the parameters of an address; what is not asked for is not there."""
        given = {name: getattr(self, name) for name in self.__struct_fields__}
        return {
            name: str(value)
            for name, value in given.items()
            if value is not None and value != getattr(EVERYTHING, name)
        }


EVERYTHING: Final = Choice()


def choice_of(given: Mapping[str, str]) -> Choice:
    """The choice in these parameters; others among them are left alone, empty ones are as good as left out.

    Raises `BadChoice`.
    """
    asked = {name: given[name].strip() for name in Choice.__struct_fields__ if given.get(name, "").strip()}
    question = asked.get("question", "").lower().removeprefix("q")
    if "question" in asked and not (question.isascii() and question.isdigit() and len(question) < 4):
        raise BadChoice("question must be the number of a question.")
    return Choice(
        order=Order(_one_of("order", Order, asked.get("order", Order.QUESTION))),
        question=int(question) if question else None,
        hashtag=asked["hashtag"].lstrip("#＃") or None if "hashtag" in asked else None,
        circle=Circle(_one_of("circle", Circle, asked["circle"])) if "circle" in asked else None,
        person=asked["person"].lstrip("@") or None if "person" in asked else None,
    )


def _one_of(name: str, there_is: type[StrEnum], asked: str) -> str:
    if asked not in list(there_is):
        raise BadChoice(f"{name} must be one of {', '.join(there_is)}.")
    return asked
