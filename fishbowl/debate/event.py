"""What an event is, and who hears of it.

An event says what happened, in the past tense, and nothing of how it was asked for. Beside each event stands
its audience: who hears it at all (`hears`), which fields only the backstage sees (`backstage`: chair,
moderators, organiser), and which fields are somebody's words (`personal`), which the log keeps apart from the
record, so that they can be erased without breaking it.

Times are `Instant` (milliseconds); fields named in `INSTANTS` become RFC 3339 on the wire. Stored names and
versions are written by hand (`tag`): a class may be renamed, what is stored may not.
"""

from __future__ import annotations

from enum import StrEnum
from typing import ClassVar

from msgspec import Struct

__all__ = ["INSTANTS", "Event", "Hears"]

INSTANTS = frozenset(
    {
        "at",
        "now",
        "since",
        "until",
        "starts_at",
        "started_at",
        "ends_at",
        "archive_at",
        "stopped_since",
        "muted_until",
    }
)
"""Names of fields that hold a time, in records, snapshots and replies alike."""


class Hears(StrEnum):
    """Who hears an event: everybody who may read the debate; or the backstage (chair, moderators, organiser),
    or chair and moderators only, each with the one whom it concerns.
    """

    EVERYBODY = "everybody"
    BACKSTAGE = "backstage"
    MODERATORS = "moderators"


class Event(Struct, frozen=True, kw_only=True, tag_field="type"):
    """One thing that happened."""

    hears: ClassVar[Hears] = Hears.EVERYBODY
    backstage: ClassVar[tuple[str, ...]] = ()
    """Fields that only chair, moderators and organiser see, and the person named in `person`, if any."""
    concerns_author: ClassVar[bool] = True
    """Whether the author of the contribution it is about is concerned, where it names no person."""
    personal: ClassVar[tuple[str, ...]] = ()
    """Fields that hold somebody's words: kept apart by the log, None once erased."""
