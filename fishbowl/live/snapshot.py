"""The whole debate as a reader may see it now, and the reader's own part in it: PROTOCOL's snapshot.

What may be seen of each contribution is decided in `live.views`. Takes a committed state and returns plain
dicts.
"""

from __future__ import annotations

from collections.abc import Iterable
from itertools import islice
from typing import Any

import msgspec

from fishbowl.clock import to_wire
from fishbowl.debate.state import CIRCLE, Contribution, Person, Seat, State
from fishbowl.debate.vocabulary import Instant, Role
from fishbowl.live.backstage import backstage_view
from fishbowl.live.readers import Reader, may_see
from fishbowl.live.views import carried_in_view, contribution_view, given

__all__ = ["snapshot_view", "you_view"]

MOST_CONTRIBUTIONS = 1000
"""How many contributions one snapshot holds at most; older ones by `before`."""


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
        "questions": [_question(state, number) for number in state.order],
        "people": [_person(state, person, reader) for person in state.people.values() if _listed(person)],
        "contributions": [_in_snapshot(state, contribution, reader) for contribution in shown],
        "announcement": _announcement(state),
        "circle_full": _circle_full(state),
        "round": _round(state),
        **(backstage_view(state, reader) if reader.backstage else {}),
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
    return given(
        view,
        max_people=state.max_people,
        organisation=state.organisation,
        help_contact=state.help_contact,
        under_18=state.under_18 or None,
        summary=state.summaries[None].text if None in state.summaries else None,
        join_code=state.join_code if reader.backstage else None,
        held_words=state.held_words if reader.backstage else None,
    )


def _seat(state: State, seat: Seat) -> dict[str, Any]:
    holder = state.people.get(seat.holder or "")
    return given(
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
        hands.append(given(view, note=note, first=hand.first or None))
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
    return given(
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
    return given(
        view,
        seat=seat.seat if seat else None,
        bio=person.bio,
        affiliation=person.affiliation,
        muted_until=_time(person.muted_until) if told else None,
        asked_name=person.asked_name if own else None,
        name_refused=person.name_refused if own else None,
    )


def _listed(person: Person) -> bool:
    """Who joined and has not left, chairs, moderators, and every speaker whom nobody has replaced.

    PROTOCOL has speakers listed from `announced` on. A draft's they are too: only its organiser and chairs,
    who invited them, read it (`may_read`).
    """
    if person.role is Role.PARTICIPANT:
        return not person.left and person.let_in is not None
    return person.role in (Role.SPEAKER, Role.CHAIR, Role.MODERATOR) and not person.replaced


def _newest(state: State, reader: Reader, limit: int, before: int | None) -> list[int]:
    """The numbers of the newest `limit` contributions that `reader` may see, oldest first."""
    last = len(state.contributions) if before is None else min(before - 1, len(state.contributions))
    seen = (number for number in range(last, 0, -1) if may_see(state, number, reader))
    return list(islice(seen, min(limit, MOST_CONTRIBUTIONS)))[::-1]


def _in_snapshot(state: State, contribution: Contribution, reader: Reader) -> dict[str, Any]:
    view = contribution_view(state, contribution, reader) | {
        "seq": contribution.seq,
        "at": to_wire(contribution.at),
        "endorsements": len(contribution.endorsed_by),
    }
    return given(
        view,
        endorsed=True if reader.person in contribution.endorsed_by else None,
        highlighted=contribution.highlighted or None,
        carried_in=carried_in_view(state, contribution, reader),
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


def _round(state: State) -> dict[str, Any] | None:
    """The closed round that runs; who sits is its group."""
    if state.round is None:
        return None
    return given(
        {"since": to_wire(state.round.since)},
        until=_time(state.round.until),
        title=state.round.title,
        own=state.round.extended or None,
    )


def you_view(state: State, reader: Reader) -> dict[str, Any] | None:
    person = state.people.get(reader.person or "")
    if person is None or reader.person is None:
        return None
    places = [hand.person for hand in state.line()]
    offer = state.offer_to(reader.person)
    return given(
        _person(state, person, reader),
        waiting=True if person.let_in is None else None,
        hand=places.index(reader.person) + 1 if reader.person in places else None,
        offered=offer.seat if offer else None,
        promised=state.promised.get(reader.person),
    )


def _time(at: Instant | None) -> str | None:
    return None if at is None else to_wire(at)
