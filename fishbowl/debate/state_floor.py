"""Small things of the floor, as they stand: what the chair said, what was reported, what was carried in."""

from __future__ import annotations

from dataclasses import dataclass

from fishbowl.debate.vocabulary import Instant

__all__ = ["Announcement", "CarriedIn", "Report", "Summary"]


@dataclass(slots=True)
class Report:
    """Somebody asked the moderators to look at a contribution. `person` is None for an onlooker."""

    report: str
    contribution: int
    at: Instant
    person: str | None
    reason: str | None
    note: str | None
    resolved: bool = False


@dataclass(slots=True)
class Announcement:
    text: str | None
    at: Instant


@dataclass(slots=True)
class Summary:
    """What was said, in the words of `by`."""

    text: str | None
    by: str


@dataclass(slots=True)
class CarriedIn:
    """A contribution of the outer circle came onto the floor: by whom, when, and with which record."""

    by: str
    at: Instant
    seq: int
