"""The words of a debate, as types.

Knows nothing of how a debate runs: only which words there are (RULES, "Words") and what belongs together in
a definition or a rule set. Every value outside these is refused by name where it enters, so the code behind
never meets an unknown word.
"""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated

from msgspec import Meta, Struct

from fishbowl.text.tags import Tag

__all__ = [
    "CLOCK",
    "Audience",
    "Circle",
    "Door",
    "Entry",
    "Exit",
    "Instant",
    "Moderation",
    "Names",
    "Phase",
    "Posting",
    "Role",
    "Rules",
    "SeatKind",
    "SeatState",
    "Status",
    "Tag",
    "Tagging",
    "Words",
    "language_said",
    "said_in",
    "said_ways",
    "threaded",
]

Instant = int
"""Milliseconds since 1970-01-01 UTC."""

Words = str | dict[str, str]
"""A text, or the same text in several languages: ``{"en": "...", "de": "..."}``."""

CLOCK = "clock"
"""Who acted, where no person did: the rules themselves, or time running out."""


def said_in(words: Words, language: str) -> str:
    """`words` in `language`; else in English; else in the first language given."""
    if isinstance(words, str):
        return words
    return words.get(language) or words.get("en") or next(iter(words.values()), "")


def said_ways(words: Words) -> tuple[str, ...]:
    """A text in each of its languages."""
    return (words,) if isinstance(words, str) else tuple(words.values())


def language_said(words: Words, language: str, otherwise: str) -> str:
    """The language `said_in(words, language)` gives them in; a text in only one is in `otherwise`."""
    if isinstance(words, str):
        return otherwise
    said = said_in(words, language)
    languages = [each for each, text in words.items() if text == said]
    return language if language in languages else next(iter(languages), otherwise)


def threaded(tags: tuple[Tag, ...]) -> tuple[Tag, ...]:
    """What replies get when the contribution above them is given `tags`."""
    return tuple(Tag(tag.question, "thread", tag.confidence) for tag in tags)


class Phase(StrEnum):
    DRAFT = "draft"
    ANNOUNCED = "announced"
    LOBBY = "lobby"
    LIVE = "live"
    PAUSED = "paused"
    WRAP_UP = "wrap_up"
    CORRECTION = "correction"
    ARCHIVED = "archived"


class Role(StrEnum):
    ORGANISER = "organiser"
    CHAIR = "chair"
    MODERATOR = "moderator"
    SPEAKER = "speaker"
    PARTICIPANT = "participant"


class Audience(StrEnum):
    """Who may read a debate."""

    PUBLIC = "public"
    LINK = "link"
    CLOSED = "closed"


class Door(StrEnum):
    """Who may join; `approve`: whoever chair or moderators let in."""

    OPEN = "open"
    CODE = "code"
    APPROVE = "approve"
    SHUT = "shut"


class Posting(StrEnum):
    VIRTUAL = "virtual"
    TWO_STREAM = "two_stream"
    CLASSIC = "classic"


class Entry(StrEnum):
    """How one gets a free seat (RULES, "Entry")."""

    CLAIM = "claim"
    QUEUE = "queue"
    LEAST_HEARD = "least_heard"
    INVITE = "invite"


class Exit(StrEnum):
    """How a seat gets free again (RULES, "Exit")."""

    MAKE_ROOM = "make_room"
    TIMED = "timed"
    OLDEST_OUT = "oldest_out"
    SAY_YOUR_PIECE = "say_your_piece"
    CHAIR = "chair"


class Moderation(StrEnum):
    """What is held before it is shown: nothing by itself, a person's first contribution, every one."""

    OPEN = "open"
    FIRST = "first"
    HOLD = "hold"


class Tagging(StrEnum):
    """How sure a likeness must be to tag a contribution with a question."""

    SURE = "sure"
    HELPFUL = "helpful"
    EVERYTHING = "everything"


class Names(StrEnum):
    """What whoever joins is called: what they are given, or what they choose."""

    PSEUDONYM = "pseudonym"
    FREE = "free"


class SeatKind(StrEnum):
    RESERVED = "reserved"
    OPEN = "open"


class SeatState(StrEnum):
    CLOSED = "closed"
    FREE = "free"
    OFFERED = "offered"
    TAKEN = "taken"
    LEAVING = "leaving"
    AWAY = "away"
    LENT = "lent"


class Circle(StrEnum):
    """Where the author sat when a contribution was made."""

    INNER = "inner"
    OUTER = "outer"


class Status(StrEnum):
    POSTED = "posted"
    HELD = "held"
    REFUSED = "refused"
    HIDDEN = "hidden"
    WITHDRAWN = "withdrawn"
    ERASED = "erased"


class Rules(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """How this debate is run. Seconds, graphemes, posts a minute, hours; bounds are RULES'."""

    posting: Posting = Posting.VIRTUAL
    entry: Entry = Entry.QUEUE
    exit: Exit = Exit.MAKE_ROOM
    grace_seconds: Annotated[int, Meta(ge=5, le=3600)] = 60
    turn_seconds: Annotated[int, Meta(ge=0, le=7200)] = 300
    away_seconds: Annotated[int, Meta(ge=5, le=3600)] = 90
    round_seconds: Annotated[int, Meta(ge=0, le=7200)] = 0
    moderation: Moderation = Moderation.OPEN
    names: Names = Names.PSEUDONYM
    tagging: Tagging = Tagging.HELPFUL
    max_length: Annotated[int, Meta(ge=140, le=2000)] = 500
    slow_seconds: Annotated[int, Meta(ge=0, le=3600)] = 0
    pace_per_minute: Annotated[int, Meta(ge=0, le=6000)] = 6
    pace_burst: Annotated[int, Meta(ge=1, le=1000)] = 3
    correction_hours: Annotated[int, Meta(ge=0, le=24 * 90)] = 24
