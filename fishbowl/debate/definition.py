"""The definition of a debate: what an organiser writes down before it begins.

Reads the JSON of `fishbowl create` and `POST /api/v1/debates`, and what the set-up form makes of its fields,
key by key (definition_keys.py). Knows nothing of where it came from. Either the whole definition is good, or
`BadDefinition` names every key that is not, the value found there and what is expected; nothing is half made.
"""

from __future__ import annotations

import re
import unicodedata
from typing import Any

from msgspec import Struct

from fishbowl.debate.definition_keys import SLUG, Problem, QuestionDefinition, Reader, SpeakerDefinition
from fishbowl.debate.refused import worded
from fishbowl.debate.under_18 import hold
from fishbowl.debate.vocabulary import Audience, Door, Instant, Rules, Words

__all__ = [
    "SLUG",
    "BadDefinition",
    "Definition",
    "Problem",
    "QuestionDefinition",
    "SpeakerDefinition",
    "parse_changes",
    "parse_definition",
    "slug_from",
]


class BadDefinition(ValueError):
    """A definition that cannot be taken; `problems` in the order of the definition."""

    def __init__(self, problems: list[Problem]) -> None:
        super().__init__("; ".join(map(str, problems)))
        self.problems = problems


class Definition(Struct, frozen=True, kw_only=True):
    """A good definition. `starts_at` in milliseconds; a start in the past is allowed."""

    title: Words
    introduction: Words
    starts_at: Instant
    slug: str
    hashtags: tuple[str, ...] = ()
    language: str = "en"
    timezone: str = "UTC"
    minutes: int = 60
    audience: Audience = Audience.LINK
    door: Door = Door.OPEN
    join_code: str | None = None
    max_people: int | None = None
    organisation: str | None = None
    help_contact: str | None = None
    held_words: tuple[str, ...] | None = None
    """A contribution with one of these in it waits for the moderators; only they know the list."""
    under_18: bool = False
    rules: Rules = Rules()
    open_seats: int = 1
    speakers: tuple[SpeakerDefinition, ...] = ()
    questions: tuple[QuestionDefinition, ...] = ()


def parse_definition(data: object) -> Definition:
    """The definition in parsed JSON. Raises `BadDefinition` with every problem found."""
    if not isinstance(data, dict):
        raise BadDefinition([Problem("definition", data, worded("a JSON object is expected"))])
    reader = Reader(data)
    found = dict(reader.top())
    if found.get("under_18"):
        for key, value, choices in hold(found, data.get("rules")):
            reader.wrong(key, value, "for people under 18, one of {choices} is expected", choices=choices)
    for key in ("title", "starts_at", "questions"):
        if key not in data:
            reader.wrong(key, None, "this key is required")
    if found.get("door") is Door.CODE and not found.get("join_code") and "join_code" not in reader.bad:
        reader.wrong("join_code", None, "a code of 3 to 40 characters is required where the door is `code`")
    if reader.problems:
        raise BadDefinition(reader.problems)
    found.setdefault("introduction", "")
    if "slug" not in found:
        found["slug"] = slug_from(found["title"])
    return Definition(**found)


CHANGEABLE = (
    "title",
    "introduction",
    "hashtags",
    "language",
    "starts_at",
    "timezone",
    "minutes",
    "audience",
    "max_people",
    "organisation",
    "help_contact",
    "held_words",
)
"""What the organiser may change by PATCH beside `rules`, `door` and `join_code`; questions, seats and
speakers change by the chair's commands and the organiser's links, one record each."""


def parse_changes(data: object) -> dict[str, Any]:
    """The changed keys of a definition, read by the same rules; `rules` as given. Raises `BadDefinition`."""
    if not isinstance(data, dict):
        raise BadDefinition([Problem("changes", data, worded("a JSON object is expected"))])
    reader = Reader(data)
    for key, value in data.items():
        if key in ("questions", "seats", "speakers", "slug", "under_18"):
            reader.wrong(
                key,
                value,
                "this cannot be changed here: questions and seats change by the chair's"
                " commands, speakers by the organiser's links, slug and under_18 not at all",
            )
    found = dict(reader.top())
    if reader.problems:
        raise BadDefinition(reader.problems)
    if "rules" in found:
        found["rules"] = dict(data["rules"])
    return found


def slug_from(title: Words) -> str:
    """A slug made from a title: 3 to 60 of a-z, 0-9 and `-`."""
    words = title if isinstance(title, str) else next(iter(title.values()), "")
    plain = unicodedata.normalize("NFKD", words).encode("ascii", "ignore").decode().lower()
    slug = re.sub(r"[^a-z0-9]+", "-", plain).strip("-")[:48].strip("-")
    return slug if len(slug) >= 3 else f"debate-{slug}".strip("-")
