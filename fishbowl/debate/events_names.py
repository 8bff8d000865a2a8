"""What can happen to what somebody is called, beside joining and being invited (events.py)."""

from __future__ import annotations

from fishbowl.debate.event import Event, Hears


class PersonRenamed(Event, frozen=True, tag="person.renamed"):
    """They have another name from now on, and wherever they stood before. Their old handle goes to nobody."""

    personal = ("name", "handle")
    person: str
    name: str | None = None
    handle: str | None = None


class PersonAnonymised(Event, frozen=True, tag="person.anonymised"):
    """What they were called before is gone for good; what they are called now was said just before. `records`
    as in `contribution.erased`.
    """

    hears = Hears.BACKSTAGE
    backstage = ("records",)
    person: str
    records: tuple[int, ...]


class NameHeld(Event, frozen=True, tag="name.held"):
    """They asked to be called something that waits for the moderators. `why` as in `contribution.held`."""

    hears = Hears.MODERATORS
    personal = ("asked",)
    person: str
    why: tuple[str, ...]
    asked: str | None = None


class NameRefused(Event, frozen=True, tag="name.refused"):
    """They keep the name they have."""

    hears = Hears.MODERATORS
    personal = ("reason",)
    person: str
    reason: str | None = None
