"""What a reader may see of a record and of a contribution. The wire's shapes of both are made here.

The one place where "served as seen now" is decided: a record is shown as its reader may see it at this
moment, whatever it said when it was written. Knows nothing of sockets or bytes; takes a committed state and
returns plain dicts. Field names are PROTOCOL's.
"""

from __future__ import annotations

from functools import cache
from typing import Any

import msgspec
from msgspec import UNSET

from fishbowl.clock import to_wire
from fishbowl.debate import events
from fishbowl.debate.events import INSTANTS, Event
from fishbowl.debate.record import Record
from fishbowl.debate.rights import ADMINISTRATOR
from fishbowl.debate.state import Contribution, State
from fishbowl.debate.vocabulary import Role, Status
from fishbowl.live.readers import ONLOOKER, Reader, author_of, concerned, hears, may_read, may_see

__all__ = [
    "ONLOOKER",
    "TELLING",
    "Reader",
    "author_of",
    "carried_in_view",
    "contribution_view",
    "given",
    "may_read",
    "may_see",
    "record_view",
    "seen_alike",
]

TELLING = (
    events.ContributionPosted,
    events.ContributionHeld,
    events.ContributionRefused,
    events.ContributionRestored,
)
"""Events that carry the whole contribution, so that a client can show it."""
MASKS = {Role.CHAIR: "chair", Role.MODERATOR: "moderators", Role.ORGANISER: "organiser"}
"""How an act of these reads for everybody else."""


def record_view(state: State, record: Record, reader: Reader) -> dict[str, Any] | None:
    """`record` as `reader` may see it now; None where it is not theirs to hear."""
    event = record.event
    if not hears(state, event, reader, record.seq):
        return None
    fields = _fields(event)
    if event.backstage and not reader.backstage and concerned(state, event) != reader.person:
        for name in event.backstage:
            fields.pop(name, None)
    view = {
        "type": fields.pop("type"),
        "seq": record.seq,
        "at": to_wire(record.at),
        "by": _by(state, record.by, reader),
        **fields,
    }
    if isinstance(event, events.ContributionTagged | events.ContributionThreaded) and not reader.moderating:
        view["replies"] = [number for number in event.replies if may_see(state, number, reader)]
    if isinstance(event, TELLING):
        view |= contribution_view(state, state.contributions[event.contribution], reader)
    elif person := state.people.get(getattr(event, "person", None) or ""):
        view["name"] = person.name
        if isinstance(event, events.PersonReplaced):
            view["successor_name"] = state.people[event.successor].name
        if isinstance(event, events.PersonRenamed):
            view["handle"] = person.handle
        if isinstance(event, events.PersonJoined | events.PersonAdmitted | events.PersonInvited):
            view["handle"], view["role"] = person.handle, person.role
    return view


def seen_alike(state: State, record: Record) -> bool:
    """Whether one view of `record` serves everybody: so it is of a post, and most records are posts.

    False where that would have to be looked at.
    """
    event = record.event
    if not isinstance(event, events.ContributionPosted):
        return False
    posted = state.contributions[event.contribution].status is Status.POSTED
    return posted and _by(state, record.by, ONLOOKER) == record.by


def _fields(event: Event) -> dict[str, Any]:
    """An event's fields as JSON has them: times as text, what is None left out unless None says something."""
    fields: dict[str, Any] = msgspec.to_builtins(event)
    telling = _telling(type(event))
    return {
        name: to_wire(value) if name in INSTANTS and value is not None else value
        for name, value in fields.items()
        if value is not None or name in telling
    }


@cache
def _telling(kind: type[Event]) -> frozenset[str]:
    """The fields whose None says something: those always there, and those where None means cleared.

    (Asking msgspec costs more than encoding the record.)
    """
    fields = msgspec.structs.fields(kind)
    return frozenset(field.name for field in fields if field.required or field.default is UNSET)


def _by(state: State, by: str, reader: Reader) -> str:
    person = state.people.get(by)
    if by == ADMINISTRATOR:
        return MASKS[Role.ORGANISER]
    if person is None or reader.backstage:
        return by
    return MASKS.get(person.role, by)


def contribution_view(state: State, contribution: Contribution, reader: Reader) -> dict[str, Any]:
    """A contribution as `reader` may see it now, in `contribution.posted`'s shape."""
    hidden = contribution.status is Status.HIDDEN and not reader.backstage
    may_read_it = not hidden and may_see(state, contribution.contribution, reader)
    text = contribution.text if may_read_it else None
    author = state.people[contribution.author]
    view: dict[str, Any] = {
        "contribution": contribution.contribution,
        "author": {
            "person": author.person,
            "name": author.name,
            "handle": author.handle,
            "role": author.role,
        },
        "circle": contribution.circle,
        "text": text,
        "entities": None if text is None else _entities(state, contribution),
        "root": contribution.root,
        "path": contribution.path,
        "tags": [msgspec.to_builtins(tag) for tag in contribution.tags],
        "status": contribution.status,
    }
    view = given(
        view,
        seat=contribution.seat,
        language=contribution.language,
        reply_to=contribution.reply_to,
        inferred=contribution.inferred,
    )
    return view if contribution.shown else view | _of_moderation(contribution)


def carried_in_view(state: State, contribution: Contribution, reader: Reader) -> dict[str, Any] | None:
    """Who carried it in, when, and by which record."""
    carried = contribution.carried_in
    if carried is None:
        return None
    return {"by": _by(state, carried.by, reader), "at": to_wire(carried.at), "seq": carried.seq}


def _entities(state: State, contribution: Contribution) -> dict[str, Any]:
    """What its text holds; with people under 18 a link is no link."""
    found: dict[str, Any] = msgspec.to_builtins(contribution.entities)
    return found | {"links": []} if state.under_18 else found


def _of_moderation(contribution: Contribution) -> dict[str, Any]:
    """What its author and the moderators see of a contribution that is held or was refused."""
    if contribution.status is Status.HELD:
        return given({"why": list(contribution.held_for)}, usual_wait=contribution.usual_wait)
    return given({}, reason=contribution.reason, note=contribution.note)


def given(view: dict[str, Any], **more: Any) -> dict[str, Any]:
    """`view` and what of `more` is not None."""
    return view | {name: value for name, value in more.items() if value is not None}
