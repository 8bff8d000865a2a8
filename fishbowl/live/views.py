"""What a reader may see: of a record, of the whole debate, of a reply. The wire's shapes are made here.

The one place where "served as seen now" is decided: a record is shown as its reader may see it at this
moment, whatever it said when it was written. Knows nothing of sockets or bytes; takes a committed state and
returns plain dicts. Field names are PROTOCOL's.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from itertools import islice
from typing import Any

import msgspec
from msgspec import UNSET

from fishbowl.clock import to_wire
from fishbowl.debate import events
from fishbowl.debate.events import INSTANTS, Event
from fishbowl.debate.record import Record
from fishbowl.debate.rights import ADMINISTRATOR
from fishbowl.debate.state import CIRCLE, Contribution, Person, Seat, State
from fishbowl.debate.vocabulary import Instant, Role, Status
from fishbowl.live.readers import ONLOOKER, Reader, author_of, concerned, hears, may_read, may_see

__all__ = [
    "ONLOOKER",
    "Reader",
    "author_of",
    "may_read",
    "may_see",
    "record_view",
    "seen_alike",
    "snapshot_view",
    "you_view",
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
MOST_CONTRIBUTIONS = 1000
"""How many contributions one snapshot holds at most; older ones by `before`."""


def record_view(state: State, record: Record, reader: Reader) -> dict[str, Any] | None:
    """`record` as `reader` may see it now; None where it is not theirs to hear."""
    event = record.event
    if not hears(state, event, reader):
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
    if isinstance(event, events.ContributionTagged) and not reader.moderating:
        view["replies"] = [number for number in event.replies if may_see(state, number, reader)]
    if isinstance(event, TELLING):
        view |= _contribution(state, state.contributions[event.contribution], reader)
    elif person := state.people.get(getattr(event, "person", None) or ""):
        view["name"] = person.name
        if isinstance(event, events.PersonRenamed):
            view["handle"] = person.handle
        if isinstance(event, events.PersonJoined | events.PersonInvited):
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


# Contributions


def _contribution(state: State, contribution: Contribution, reader: Reader) -> dict[str, Any]:
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
    view = _with(view, seat=contribution.seat, language=contribution.language, reply_to=contribution.reply_to)
    return view if contribution.shown else view | _of_moderation(contribution)


def _entities(state: State, contribution: Contribution) -> dict[str, Any]:
    """What its text holds; with people under 18 a link is no link."""
    found: dict[str, Any] = msgspec.to_builtins(contribution.entities)
    return found | {"links": []} if state.under_18 else found


def _of_moderation(contribution: Contribution) -> dict[str, Any]:
    """What its author and the moderators see of a contribution that is held or was refused."""
    if contribution.status is Status.HELD:
        return _with({"why": list(contribution.held_for)}, usual_wait=contribution.usual_wait)
    return _with({}, reason=contribution.reason, note=contribution.note)


# The whole


def snapshot_view(
    state: State,
    reader: Reader,
    *,
    epoch: str,
    now: Instant,
    online: int = 0,
    limit: int = 200,
    before: int | None = None,
    only: Iterable[int] | None = None,
) -> dict[str, Any]:
    """The debate as `reader` may see it now: PROTOCOL's snapshot. Takes at most `MOST_CONTRIBUTIONS`.

    `only`: these contributions instead of the newest ones.
    """
    numbers = _newest(state, reader, limit, before) if only is None else only
    shown = [state.contributions[each] for each in numbers if may_see(state, each, reader)]
    return {
        "epoch": epoch,
        "seq": state.seq,
        "now": to_wire(now),
        "debate": _debate(state, reader),
        "seats": [_seat(state, seat) for seat in sorted(state.seats.values(), key=lambda seat: seat.seat)],
        "hands": _hands(state, reader),
        "questions": [_question(state, number) for number in sorted(state.questions)],
        "people": [_person(state, person, reader) for person in state.people.values() if _listed(person)],
        "contributions": [_in_snapshot(state, contribution, reader) for contribution in shown],
        "announcement": _announcement(state),
        "circle_full": _circle_full(state),
        **({"reports": _reports(state), "blocked": _blocked(state)} if reader.backstage else {}),
        "online": online,
        "joined": state.joined,
        "you": you_view(state, reader),
    }


def _debate(state: State, reader: Reader) -> dict[str, Any]:
    view: dict[str, Any] = {
        "slug": state.slug,
        "title": state.title,
        "introduction": state.introduction,
        "hashtags": list(state.hashtags),
        "language": state.language,
        "starts_at": to_wire(state.starts_at),
        "timezone": state.timezone,
        "minutes": state.minutes,
        "audience": state.audience,
        "door": state.door,
        "phase": state.phase,
        "frozen": state.frozen,
        "rules": msgspec.to_builtins(state.rules),
    }
    stopped = state.stopped_since if state.phase in CIRCLE else None
    times = {
        "stopped_since": stopped,
        "started_at": state.started_at,
        "ends_at": state.ends_at,
        "archive_at": state.archive_at,
    }
    view |= {name: to_wire(at) for name, at in times.items() if at is not None}
    return _with(
        view,
        max_people=state.max_people,
        organisation=state.organisation,
        help_contact=state.help_contact,
        under_18=state.under_18 or None,
        summary=state.summaries[None].text if None in state.summaries else None,
        join_code=state.join_code if reader.backstage else None,
    )


def _seat(state: State, seat: Seat) -> dict[str, Any]:
    holder = state.people.get(seat.holder or "")
    return _with(
        {"seat": seat.seat, "kind": seat.kind, "state": seat.state},
        speaker=seat.speaker,
        person=seat.holder,
        name=holder.name if holder else None,
        since=_time(seat.since),
        until=_time(seat.until),
        closing=seat.closing or None,
    )


def _hands(state: State, reader: Reader) -> list[dict[str, Any]]:
    hands = []
    for hand in state.line():
        person = state.people[hand.person]
        note = hand.note if reader.backstage or reader.person == hand.person else None
        view = {
            "person": hand.person,
            "name": person.name,
            "at": to_wire(hand.at),
            "seq": hand.seq,
            "seated": person.seated,
            "contributions": person.contributions,
        }
        hands.append(_with(view, note=note, first=hand.first or None))
    return hands


def _question(state: State, number: int) -> dict[str, Any]:
    question = state.questions[number]
    view = {
        "question": number,
        "text": question.text,
        "focus": state.focus == number,
        "contributions": question.contributions,
        "people": len(question.authors),
        "focus_seconds": question.focus_ms / 1000,
    }
    since = state.focus_since if state.focus == number else None
    told = state.summaries.get(number)
    return _with(
        view,
        minutes=question.minutes,
        gloss=question.gloss,
        since=_time(since),
        summary=told.text if told else None,
    )


def _person(state: State, person: Person, reader: Reader) -> dict[str, Any]:
    seat = state.seat_of(person.person)
    view = {
        "person": person.person,
        "name": person.name,
        "handle": person.handle,
        "role": person.role,
        "seated": person.seated,
        "contributions": person.contributions,
    }
    told = reader.backstage or reader.person == person.person
    own = reader.moderating or reader.person == person.person
    return _with(
        view,
        seat=seat.seat if seat else None,
        bio=person.bio,
        affiliation=person.affiliation,
        muted_until=_time(person.muted_until) if told else None,
        asked_name=person.asked_name if own else None,
        name_refused=person.name_refused if own else None,
    )


def _reports(state: State) -> list[dict[str, Any]]:
    """What the moderators have still to look at, the oldest first."""
    return [
        _with(
            {"report": each.report, "contribution": each.contribution, "at": to_wire(each.at)},
            person=each.person,
            reason=each.reason,
            note=each.note,
        )
        for each in state.reports.values()
        if not each.resolved
    ]


def _blocked(state: State) -> list[dict[str, Any]]:
    """Who is kept out, whether or not the list of people has them."""
    return [{"person": one.person, "name": one.name} for one in state.people.values() if one.blocked]


def _listed(person: Person) -> bool:
    """Who joined and has not left, chairs, moderators, and every speaker.

    PROTOCOL has speakers listed from `announced` on. A draft's they are too: only its organiser and chairs,
    who invited them, read it (`may_read`).
    """
    if person.role is Role.PARTICIPANT:
        return not person.left
    return person.role in (Role.SPEAKER, Role.CHAIR, Role.MODERATOR)


def _newest(state: State, reader: Reader, limit: int, before: int | None) -> list[int]:
    """The numbers of the newest `limit` contributions that `reader` may see, oldest first."""
    last = len(state.contributions) if before is None else min(before - 1, len(state.contributions))
    seen = (number for number in range(last, 0, -1) if may_see(state, number, reader))
    return list(islice(seen, min(limit, MOST_CONTRIBUTIONS)))[::-1]


def _in_snapshot(state: State, contribution: Contribution, reader: Reader) -> dict[str, Any]:
    view = _contribution(state, contribution, reader) | {
        "seq": contribution.seq,
        "at": to_wire(contribution.at),
        "endorsements": len(contribution.endorsed_by),
    }
    return _with(
        view,
        endorsed=True if reader.person in contribution.endorsed_by else None,
        highlighted=contribution.highlighted or None,
    )


def _announcement(state: State) -> dict[str, Any] | None:
    if state.announcement is None:
        return None
    return {"text": state.announcement.text, "at": to_wire(state.announcement.at)}


def _circle_full(state: State) -> dict[str, Any] | None:
    full = state.circle_full
    if full is None:
        return None
    return {"until": to_wire(full.until), "seats": list(full.seats), "left_to_chair": full.left_to_chair}


def you_view(state: State, reader: Reader) -> dict[str, Any] | None:
    person = state.people.get(reader.person or "")
    if person is None or reader.person is None:
        return None
    places = [hand.person for hand in state.line()]
    offer = state.offer_to(reader.person)
    return _with(
        _person(state, person, reader),
        hand=places.index(reader.person) + 1 if reader.person in places else None,
        offered=offer.seat if offer else None,
    )


def _time(at: Instant | None) -> str | None:
    return None if at is None else to_wire(at)


def _with(view: dict[str, Any], **more: Any) -> dict[str, Any]:
    """`view` and what of `more` is not None."""
    return view | {name: value for name, value in more.items() if value is not None}
