"""A closed round as it stands: part of a debate's state."""

from __future__ import annotations

from dataclasses import dataclass

from fishbowl.debate.vocabulary import Instant

__all__ = ["Round"]


@dataclass(slots=True)
class Round:
    """A closed round. `people`: its group, less who got up since, and whoever the chair seated."""

    people: list[str]
    since: Instant
    until: Instant | None = None
    title: str | None = None
    extended: bool = False
