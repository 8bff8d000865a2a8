"""What can happen to people: coming, waiting at the door, going, being muted, blocked, erased.

Who hears of it stands beside each event (event.py). Of somebody whom nobody has let in yet only the backstage
hears, and they themselves, whatever happens to them (live/readers.py).
"""

from __future__ import annotations

from fishbowl.debate.event import Event, Hears
from fishbowl.debate.vocabulary import Instant, Role


class PersonInvited(Event, frozen=True, tag="person.invited"):
    """Somebody got a link of their own: speaker, chair, moderator or organiser."""

    personal = ("name", "handle", "bio", "affiliation")
    person: str
    role: Role
    name: str | None = None
    handle: str | None = None
    bio: str | None = None
    affiliation: str | None = None


class PersonReplaced(Event, frozen=True, tag="person.replaced"):
    """`person` speaks no more; the `successor`, invited just before, has their seat. What was said stays
    whose it was.
    """

    person: str
    successor: str


class PersonJoined(Event, frozen=True, tag="person.joined"):
    """A participant came in by the door; or, where `waiting` is true, stands before it until let in."""

    personal = ("name", "handle")
    person: str
    name: str | None = None
    handle: str | None = None
    waiting: bool | None = None


class PersonAdmitted(Event, frozen=True, tag="person.admitted"):
    """Who waited at the door is in; or, not `on`, was turned away."""

    person: str
    on: bool


class PersonMuted(Event, frozen=True, tag="person.muted"):
    """Until `until` they post nothing."""

    hears = Hears.BACKSTAGE
    personal = ("reason",)
    person: str
    until: Instant
    reason: str | None = None


class PersonUnmuted(Event, frozen=True, tag="person.unmuted"):
    hears = Hears.BACKSTAGE
    person: str


class PersonBlocked(Event, frozen=True, tag="person.blocked"):
    """Their link opens nothing any more. Who was in has left (`person.left`) just before."""

    hears = Hears.BACKSTAGE
    personal = ("reason",)
    person: str
    reason: str | None = None


class PersonUnblocked(Event, frozen=True, tag="person.unblocked"):
    hears = Hears.BACKSTAGE
    person: str


class PersonLeft(Event, frozen=True, tag="person.left"):
    person: str


class PersonErased(Event, frozen=True, tag="person.erased"):
    """Name, handle, bio and affiliation are gone everywhere. `records` as in `contribution.erased`; their
    contributions are erased by records of their own.
    """

    backstage = ("records", "reason")
    personal = ("reason",)
    person: str
    records: tuple[int, ...]
    reason: str | None = None
