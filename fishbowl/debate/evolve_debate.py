"""How records change the debate as a whole: its phase, its rules, its clocks, its people.

Clocks are times at which they end (`until`). While they stand still nothing is written; when they run again,
the record says how long they stood still, and every end is moved by that.
"""

from __future__ import annotations

from msgspec import UNSET

from fishbowl.debate import events
from fishbowl.debate.evolve_circle import emptied
from fishbowl.debate.folding import folds
from fishbowl.debate.record import Record
from fishbowl.debate.state import PROMISING, RUNNING, Person, State
from fishbowl.debate.vocabulary import Instant, Phase, Role, SeatState


@folds(events.DebateCreated)
def _created(state: State, event: events.DebateCreated, record: Record) -> None:
    for name in event.__struct_fields__:
        setattr(state, name, getattr(event, name))
    state.stopped_since = record.at


@folds(events.DebateChanged)
def _changed(state: State, event: events.DebateChanged, record: Record) -> None:
    if event.minutes is not UNSET and state.ends_at is not None:
        state.ends_at += (event.minutes - state.minutes) * 60_000
    for name in event.__struct_fields__:
        if (value := getattr(event, name)) is not UNSET:
            setattr(state, name, value)


@folds(events.PhaseMoved)
def _phase_moved(state: State, event: events.PhaseMoved, record: Record) -> None:
    _count_focus(state, record.at)
    _move_clocks(state, event.stood_still)
    state.phase = event.phase
    if event.phase is Phase.LIVE and state.started_at is None:
        state.started_at = record.at
        state.ends_at = record.at + state.minutes * 60_000
    if event.phase is Phase.CORRECTION:
        state.archive_at = record.at + state.rules.correction_hours * 3_600_000
        _dissolve(state)
    elif event.phase is not Phase.ARCHIVED:
        state.archive_at = None
    if event.phase not in PROMISING:
        state.promised.clear()
    _start_or_stop(state, record.at)


@folds(events.RulesChanged)
def _rules_changed(state: State, event: events.RulesChanged, record: Record) -> None:
    if state.archive_at is not None:
        state.archive_at += (event.rules.correction_hours - state.rules.correction_hours) * 3_600_000
    state.rules = event.rules


@folds(events.DoorSet)
def _door_set(state: State, event: events.DoorSet, record: Record) -> None:
    state.door, state.join_code = event.door, event.join_code


@folds(events.ServiceResumed)
def _service_resumed(state: State, event: events.ServiceResumed, record: Record) -> None:
    _count_focus(state, event.since)
    _move_clocks(state, event.stood_still)
    _start_or_stop(state, record.at)


def _dissolve(state: State) -> None:
    """The circle is over: nobody sits, nobody waits."""
    for seat in state.seats.values():
        if seat.state is not SeatState.CLOSED:
            emptied(seat, SeatState.FREE)
    state.hands.clear()
    state.circle_full = state.round = None


@folds(events.FloorFrozen)
def _frozen(state: State, event: events.FloorFrozen, record: Record) -> None:
    _count_focus(state, record.at)
    state.frozen = True
    _start_or_stop(state, record.at)


@folds(events.FloorThawed)
def _thawed(state: State, event: events.FloorThawed, record: Record) -> None:
    _move_clocks(state, event.stood_still)
    state.frozen = False
    _start_or_stop(state, record.at)


@folds(events.QuestionFocused)
def _question_focused(state: State, event: events.QuestionFocused, record: Record) -> None:
    _count_focus(state, record.at)
    state.focus = event.question
    _start_or_stop(state, record.at)


# Clocks


def _move_clocks(state: State, stood_still: int) -> None:
    """Every running clock ends later by the time clocks stood still."""
    for seat in state.seats.values():
        if seat.until is not None:
            seat.until += stood_still
        if seat.turn_until is not None:
            seat.turn_until += stood_still
    if state.circle_full is not None:
        state.circle_full.until += stood_still
    if state.round is not None and state.round.until is not None:
        state.round.until += stood_still
    if state.ends_at is not None:
        state.ends_at += stood_still


def _start_or_stop(state: State, at: Instant) -> None:
    if state.phase in RUNNING and not state.frozen:
        state.stopped_since = None
    elif state.stopped_since is None:
        state.stopped_since = at
    counts = state.focus is not None and state.phase is Phase.LIVE and state.running
    state.focus_since = at if counts else None


def _count_focus(state: State, at: Instant) -> None:
    """Credit the question in focus with the time up to `at`."""
    if state.focus is not None and state.focus_since is not None:
        state.questions[state.focus].focus_ms += max(0, at - state.focus_since)
        state.focus_since = at


# People


@folds(events.PersonInvited)
def _invited(state: State, event: events.PersonInvited, record: Record) -> None:
    state.people[event.person] = Person(
        event.person, event.role, event.name, event.handle, event.bio, event.affiliation
    )
    if event.handle is not None:
        state.handles[event.handle.lower()] = event.person


@folds(events.PersonJoined)
def _joined(state: State, event: events.PersonJoined, record: Record) -> None:
    person = Person(event.person, Role.PARTICIPANT, event.name, event.handle, came_at=record.at)
    state.people[event.person] = person
    if event.handle is not None:
        state.handles[event.handle.lower()] = event.person
    if event.waiting:
        person.let_in = None
    else:
        state.joined += 1


@folds(events.PersonAdmitted)
def _admitted(state: State, event: events.PersonAdmitted, record: Record) -> None:
    person = state.people[event.person]
    person.turned_away = not event.on
    if event.on:
        person.let_in = record.seq
        state.people[event.person] = state.people.pop(event.person)  # people stand in the order they came in
        state.joined += 1


@folds(events.PersonErased)
def _person_erased(state: State, event: events.PersonErased, record: Record) -> None:
    person = state.people[event.person]
    state.handles.pop((person.handle or "").lower(), None)
    person.name = person.handle = person.bio = person.affiliation = None
    person.asked_name = person.name_refused = None
    for summary in state.summaries.values():
        if summary.by == event.person:
            summary.text = None
    person.erased = True
    if (hand := state.hands.get(event.person)) is not None:
        hand.note = None
    for report in state.reports.values():
        if report.person == event.person:
            report.reason = report.note = None


@folds(events.PersonLeft)
def _left(state: State, event: events.PersonLeft, record: Record) -> None:
    person = state.people[event.person]
    person.left = True
    state.promised.pop(event.person, None)
    if person.role is Role.PARTICIPANT and person.let_in is not None:
        state.joined -= 1


@folds(events.PersonReplaced)
def _replaced(state: State, event: events.PersonReplaced, record: Record) -> None:
    state.people[event.person].replaced = True
    state.promised.pop(event.person, None)
    if state.round is not None and event.person in state.round.people:
        state.round.people.remove(event.person)


@folds(events.PersonMuted)
def _muted(state: State, event: events.PersonMuted, record: Record) -> None:
    state.people[event.person].muted_until = event.until


@folds(events.PersonUnmuted)
def _unmuted(state: State, event: events.PersonUnmuted, record: Record) -> None:
    state.people[event.person].muted_until = None


@folds(events.PersonBlocked)
def _blocked(state: State, event: events.PersonBlocked, record: Record) -> None:
    state.people[event.person].blocked = True
    state.promised.pop(event.person, None)


@folds(events.PersonUnblocked)
def _unblocked(state: State, event: events.PersonUnblocked, record: Record) -> None:
    state.people[event.person].blocked = False
