"""What each record means: what is so once it has been taken into a state.

A second, plainer writing of the folds: not how a record changes a state, but what must be seen there
afterwards. A fold that is missing, or takes something else for what the record says, is caught here.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from msgspec import UNSET

from fishbowl.debate import events
from fishbowl.debate.events import Event
from fishbowl.debate.record import Record
from fishbowl.debate.state import Contribution, Seat, State

__all__ = ["MEANS", "not_so"]

Meaning = Callable[[State, Any, Record], tuple[object, object]]
"""From the state after a record, its event and itself, to two things that must be equal."""


def not_so(state: State, record: Record) -> str:
    """What a record says and the state after it does not show; "" where all is well."""
    found, expected = MEANS[type(record.event)](state, record.event, record)
    return "" if found == expected else f"after {record.event}: {found}, not {expected}"


def _given(state: object, event: Event) -> tuple[object, object]:
    """Fields of the event that are given, as they stand in `state`."""
    given = {name: value for name in event.__struct_fields__ if (value := getattr(event, name)) is not UNSET}
    return {name: getattr(state, name) for name in given}, given


def _seat(*, at_rest: bool) -> Callable[[str], Meaning]:
    def of(state_of_seat: str) -> Meaning:
        def means(state: State, event: Any, record: Record) -> tuple[object, object]:
            seat: Seat = state.seats[event.seat]
            if at_rest:
                return (seat.state, seat.holder, seat.until), (state_of_seat, None, None)
            until = getattr(event, "until", None) if state_of_seat != "taken" else None
            return (seat.state, seat.holder, seat.until), (state_of_seat, event.person, until)

        return means

    return of


EMPTY, HELD = _seat(at_rest=True), _seat(at_rest=False)


def _freed(state: State, event: events.SeatFreed, record: Record) -> tuple[object, object]:
    return EMPTY(event.state)(state, event, record)


def _declined(state: State, event: events.SeatDeclined, record: Record) -> tuple[object, object]:
    return EMPTY("lent" if state.seats[event.seat].speaker else "free")(state, event, record)


def _opened(state: State, event: events.SeatOpened, record: Record) -> tuple[object, object]:
    seat = state.seats[event.seat]
    return (seat.kind, seat.speaker, seat.state, seat.holder), (event.kind, event.person, "free", None)


def _extended(state: State, event: events.SeatExtended, record: Record) -> tuple[object, object]:
    seat = state.seats[event.seat]
    return (seat.until, seat.extended or not event.own), (event.until, True)


def _invited(state: State, event: events.PersonInvited, record: Record) -> tuple[object, object]:
    person = state.people[event.person]
    shown = (person.name, person.handle, person.role, (event.handle or "").lower() in state.handles)
    return shown, (event.name, event.handle, event.role, True)


def _joined(state: State, event: events.PersonJoined, record: Record) -> tuple[object, object]:
    person = state.people[event.person]
    found = (person.name, person.role, person.left, person.waiting, person.let_in)
    return found, (event.name, "participant", False, event.waiting is True, None if event.waiting else 0)


def _admitted(state: State, event: events.PersonAdmitted, record: Record) -> tuple[object, object]:
    person = state.people[event.person]
    found = (person.let_in, person.turned_away, person.waiting)
    return found, (record.seq if event.on else None, not event.on, False)


NAMES = ("author", "tags", "circle", "seat", "root", "path", "reply_to", "inferred", "language")
"""What a contribution has from its record as it is."""


def _posted(state: State, event: events.ContributionPosted, record: Record) -> tuple[object, object]:
    """A released one has no text of its own: its text stands in the record that held it."""
    shown = state.contributions[event.contribution]
    hangs = event.reply_to is None or event.contribution in state.contributions[event.reply_to].replies
    found = [shown.status, shown.shown, shown.seq, hangs, shown.text]
    return (
        [getattr(shown, name) for name in NAMES] + found,
        [getattr(event, name) for name in NAMES]
        + ["posted", True, record.seq, True, event.text or shown.text],
    )


def _held(state: State, event: events.ContributionHeld, record: Record) -> tuple[object, object]:
    held = state.contributions[event.contribution]
    waits = state.held[event.contribution]
    return (
        [getattr(held, name) for name in NAMES] + [held.status, held.shown, held.text, held.held_for, waits],
        [getattr(event, name) for name in NAMES] + ["held", False, event.text, event.why, record.at],
    )


def _refused(state: State, event: events.ContributionRefused, record: Record) -> tuple[object, object]:
    refused = state.contributions[event.contribution]
    waits = event.contribution in state.held
    return (refused.status, refused.reason, refused.shown, waits), ("refused", event.reason, False, False)


def _contribution(look: Callable[[Contribution, Any, Record], object]) -> Meaning:
    return lambda state, event, record: (look(state.contributions[event.contribution], event, record), True)


def _tagged(state: State, event: events.ContributionTagged, record: Record) -> tuple[object, object]:
    shown = state.contributions[event.contribution]
    questions = [tag.question for tag in event.tags]
    moved = [[tag.question for tag in state.contributions[number].tags] for number in event.replies]
    by_chair = state.people[record.by].role in ("chair", "moderator")
    return (shown.tags, shown.by_chair, moved), (event.tags, by_chair, [questions] * len(moved))


def _threaded(state: State, event: events.ContributionThreaded, record: Record) -> tuple[object, object]:
    """It hangs where it says and nowhere else, and all that is below it has its path from there."""
    shown = state.contributions[event.contribution]
    hangs = [each.contribution for each in state.contributions.values() if event.contribution in each.replies]
    below = [
        (each.root, each.path.startswith(f"{event.path}.")) for each in state.descendants(event.contribution)
    ]
    return (
        (shown.reply_to, shown.root, shown.path, shown.inferred, hangs, shown.tags, below),
        (
            event.reply_to,
            event.root,
            event.path,
            False,
            [] if event.reply_to is None else [event.reply_to],
            event.tags,
            [(event.root, True)] * len(below),
        ),
    )


def _full(state: State, event: events.CircleFull, record: Record) -> tuple[object, object]:
    full = state.circle_full
    return (full and (full.seats, full.until, full.left_to_chair)), (event.seats, event.until, False)


MEANS: dict[type[Event], Meaning] = {
    events.DebateCreated: lambda state, event, record: _given(state, event),
    events.DebateChanged: lambda state, event, record: _given(state, event),
    events.PhaseMoved: lambda state, event, record: (state.phase, event.phase),
    events.RulesChanged: lambda state, event, record: (state.rules, event.rules),
    events.DoorSet: lambda state, event, record: _given(state, event),
    events.ServiceResumed: lambda state, event, record: (event.stood_still == 0 or state.running, True),
    events.PersonInvited: _invited,
    events.PersonReplaced: lambda state, event, record: (state.people[event.person].replaced, True),
    events.PersonJoined: _joined,
    events.PersonAdmitted: _admitted,
    events.PersonLeft: lambda state, event, record: (state.people[event.person].left, True),
    events.PersonMuted: lambda state, event, record: (state.people[event.person].muted_until, event.until),
    events.PersonUnmuted: lambda state, event, record: (state.people[event.person].muted_until, None),
    events.PersonBlocked: lambda state, event, record: (state.people[event.person].blocked, True),
    events.PersonUnblocked: lambda state, event, record: (state.people[event.person].blocked, False),
    events.ContributionReported: lambda state, event, record: (
        (state.reports[event.report].contribution, state.reports[event.report].resolved),
        (event.contribution, False),
    ),
    events.ReportResolved: lambda state, event, record: (state.reports[event.report].resolved, True),
    events.PersonRenamed: lambda state, event, record: (
        (state.people[event.person].name, state.people[event.person].handle),
        (event.name, event.handle),
    ),
    events.PersonAnonymised: lambda state, event, record: (
        (state.people[event.person].anonymous, event.records[-1] < record.seq - 1),
        (True, True),
    ),
    events.NameHeld: lambda state, event, record: (state.people[event.person].asked_name, event.asked),
    events.NameRefused: lambda state, event, record: (
        (state.people[event.person].asked_name, state.people[event.person].name_refused),
        (None, event.reason or "other"),
    ),
    events.SeatOpened: _opened,
    events.SeatClosed: EMPTY("closed"),
    events.SeatOffered: HELD("offered"),
    events.SeatDeclined: _declined,
    events.SeatTaken: HELD("taken"),
    events.SeatLeaving: HELD("leaving"),
    events.SeatLent: EMPTY("lent"),
    events.SeatAway: HELD("away"),
    events.SeatBack: HELD("taken"),
    events.SeatFreed: _freed,
    events.SeatExtended: _extended,
    events.HandRaised: lambda state, event, record: (state.hands[event.person].seq, record.seq),
    events.HandLowered: lambda state, event, record: (event.person in state.hands, False),
    events.CircleFull: _full,
    events.CircleLeftToChair: lambda state, event, record: (
        state.circle_full is not None and state.circle_full.left_to_chair,
        True,
    ),
    events.CircleEased: lambda state, event, record: (state.circle_full, None),
    events.RoundStarted: lambda state, event, record: (
        state.round and (tuple(state.round.people), state.round.until, state.round.title),
        (event.people, event.until, event.title),
    ),
    events.RoundExtended: lambda state, event, record: (state.round and state.round.until, event.until),
    events.RoundEnded: lambda state, event, record: (state.round, None),
    events.QuestionAdded: lambda state, event, record: _given(state.questions[event.question], event),
    events.QuestionEdited: lambda state, event, record: _given(state.questions[event.question], event),
    events.QuestionMoved: lambda state, event, record: (state.order.index(event.question) + 1, event.to),
    events.QuestionDropped: lambda state, event, record: (
        (event.question in state.order, event.question in state.questions),
        (False, True),
    ),
    events.QuestionFocused: lambda state, event, record: (state.focus, event.question),
    events.ContributionPosted: _posted,
    events.ContributionHeld: _held,
    events.ContributionRefused: _refused,
    events.ContributionWithdrawn: _contribution(
        lambda shown, event, record: shown.status == "withdrawn" and shown.text is None
    ),
    events.ContributionErased: _contribution(
        lambda shown, event, record: shown.status == "erased" and shown.text is None
    ),
    events.PersonErased: lambda state, event, record: (
        (state.people[event.person].name, state.people[event.person].erased),
        (None, True),
    ),
    events.ContributionChecked: lambda state, event, record: (
        (state.contributions[event.contribution].checked, state.contributions[event.contribution].objection),
        (event.right, event.note),
    ),
    events.ContributionHidden: _contribution(
        lambda shown, event, record: shown.status == "hidden" and shown.text is not None
    ),
    events.ContributionRestored: _contribution(lambda shown, event, record: shown.status == "posted"),
    events.ContributionTagged: _tagged,
    events.ContributionThreaded: _threaded,
    events.ContributionCarriedIn: _contribution(
        lambda shown, event, record: (
            shown.circle == "outer" and shown.carried_in is not None and shown.carried_in.seq == record.seq
        )
    ),
    events.ContributionHighlighted: _contribution(lambda shown, event, record: shown.highlighted == event.on),
    events.ContributionEndorsed: _contribution(
        lambda shown, event, record: (
            (record.by in shown.endorsed_by) == event.on and len(shown.endorsed_by) == event.endorsements
        )
    ),
    events.FloorFrozen: lambda state, event, record: (state.frozen, True),
    events.FloorThawed: lambda state, event, record: (state.frozen, False),
    events.QuestionSummarised: lambda state, event, record: (
        (state.summaries[event.question].text, state.summaries[event.question].by),
        (event.text, record.by),
    ),
    events.AnnouncementMade: lambda state, event, record: (
        state.announcement and (state.announcement.text, state.announcement.at),
        (event.text, record.at),
    ),
}
