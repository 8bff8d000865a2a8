"""Who is reading, and what is for them: a debate, a record, a contribution.

The one place where readers are told apart. Knows no shape of the wire; takes a committed state. Guarantees
that what was never shown is known to its author and the moderators only.
"""

from __future__ import annotations

from msgspec import Struct

from fishbowl.debate.event import Event, Hears
from fishbowl.debate.moderation import MODERATING
from fishbowl.debate.state import State
from fishbowl.debate.vocabulary import Audience, Phase, Role

__all__ = ["ONLOOKER", "Reader", "author_of", "concerned", "hears", "is_outside", "may_read", "may_see"]

BACKSTAGE = (Role.CHAIR, Role.MODERATOR, Role.ORGANISER)


class Reader(Struct, frozen=True):
    """Who is reading: a person of the debate with their role, or an onlooker (both None)."""

    person: str | None = None
    role: Role | None = None

    @property
    def backstage(self) -> bool:
        return self.role in BACKSTAGE

    @property
    def moderating(self) -> bool:
        return self.role in MODERATING

    @property
    def audience(self) -> str:
        """Of readers alike, all but what concerns one of them: `organiser`, `moderators`, `public`."""
        if self.moderating:
            return "moderators"
        return "organiser" if self.backstage else "public"


ONLOOKER = Reader()


def may_read(state: State, reader: Reader) -> bool:
    """Whether `reader` may read the debate at all (RULES, "Who may read").

    A participant who has left is an onlooker again, also on a connection from before; one who has not been
    let in is one still.
    """
    if state.phase is Phase.DRAFT:
        return reader.role in (Role.ORGANISER, Role.CHAIR)
    if state.audience is Audience.CLOSED:
        person = state.people.get(reader.person or "")
        is_in = person is None or not (person.left and person.role is Role.PARTICIPANT)
        return reader.role is not None and is_in and (person is None or person.let_in is not None)
    return True


def hears(state: State, event: Event, reader: Reader, seq: int) -> bool:
    """Whether the event of record `seq` is for `reader`: by its own audience, and by that of the contribution
    and of the person it is about.
    """
    if event.hears is not Hears.EVERYBODY or is_outside(state, event, seq):
        heard = reader.moderating or (reader.backstage and event.hears is not Hears.MODERATORS)
        return heard or (reader.person is not None and concerned(state, event) == reader.person)
    number = getattr(event, "contribution", None)
    return number is None or may_see(state, number, reader)


def is_outside(state: State, event: Event, seq: int) -> bool:
    """Whether the event of record `seq` is about somebody whom nobody had let in then."""
    person = state.people.get(getattr(event, "person", None) or "")
    return person is not None and (person.let_in is None or seq < person.let_in)


def may_see(state: State, number: int, reader: Reader) -> bool:
    """Whether `reader` may know of a contribution at all: one never shown is its author's and the moderators'
    business; the organiser reads what was refused, and learns when it is withdrawn or erased then.
    """
    contribution = state.contributions[number]
    if contribution.shown or reader.moderating:
        return True
    own = reader.person is not None and contribution.author == reader.person
    return own or (reader.backstage and contribution.refused)


def author_of(state: State, event: Event) -> str | None:
    """Whose contribution an event is about; None where it is about none."""
    number = getattr(event, "contribution", None)
    contribution = state.contributions.get(number) if number is not None else None
    return contribution.author if contribution else None


def concerned(state: State, event: Event) -> str | None:
    """The person who sees an event's backstage fields though not backstage: the one it happened to."""
    return (
        getattr(event, "person", None) or (author_of(state, event) if event.concerns_author else None) or ""
    )
