"""The fold: how each record changes a debate. The only place that writes to a `State`.

Knows nothing of rights or rules: a record is a fact and is taken as it is. The same records in the same
order always give an equal state, whoever folds them and when.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any, TypeVar

from msgspec import UNSET

from fishbowl.debate import events
from fishbowl.debate.events import Event
from fishbowl.debate.pace import after_post
from fishbowl.debate.record import Record
from fishbowl.debate.state import (
    RUNNING,
    Announcement,
    Answered,
    CircleQuestion,
    Contribution,
    Hand,
    Person,
    Question,
    Seat,
    State,
)
from fishbowl.debate.vocabulary import Instant, Phase, Role, SeatState, Status, Tag

__all__ = ["evolve", "fold"]

E = TypeVar("E", bound=Event)
_FOLDS: dict[type[Event], Callable[[State, Any, Record], None]] = {}


def fold(records: Iterable[Record], state: State | None = None) -> State:
    """The state after `records`, on top of `state` (a new one by default)."""
    state = state if state is not None else State()
    for record in records:
        evolve(state, record)
    return state


def evolve(state: State, record: Record) -> None:
    """Take one record into `state`. Raises `ValueError` where it is not the next one."""
    if record.seq != state.seq + 1:
        raise ValueError(f"record {record.seq} does not follow {state.seq}")
    _FOLDS[type(record.event)](state, record.event, record)
    state.seq = record.seq
    state.at = record.at
    if record.cause is not None:
        _remember(state, record)


Fold = Callable[[State, E, Record], None]


def _folds(kind: type[E]) -> Callable[[Fold[E]], Fold[E]]:
    def register(function: Fold[E]) -> Fold[E]:
        _FOLDS[kind] = function
        return function

    return register


def _remember(state: State, record: Record) -> None:
    """Keep what the command was answered; of several records, the last seq."""
    assert record.cause is not None
    key = (record.by, record.cause.id)
    answered = state.answered.get(key)
    if answered is None:
        answered = state.answered[key] = Answered(record.cause.digest, record.salt, record.seq)
    answered.seq = record.seq
    event = record.event
    if isinstance(event, events.ContributionPosted):
        answered.contribution, answered.status = event.contribution, Status.POSTED
    elif isinstance(event, SEAT_EVENTS):
        answered.seat = event.seat


SEAT_EVENTS = (
    events.SeatOpened,
    events.SeatClosed,
    events.SeatOffered,
    events.SeatDeclined,
    events.SeatTaken,
    events.SeatLeaving,
    events.SeatLent,
    events.SeatFreed,
    events.SeatExtended,
)


# The debate


@_folds(events.DebateCreated)
def _created(state: State, event: events.DebateCreated, record: Record) -> None:
    for name in event.__struct_fields__:
        setattr(state, name, getattr(event, name))
    state.stopped_since = record.at


@_folds(events.DebateChanged)
def _changed(state: State, event: events.DebateChanged, record: Record) -> None:
    if event.minutes is not UNSET and state.ends_at is not None:
        state.ends_at += (event.minutes - state.minutes) * 60_000
    for name in event.__struct_fields__:
        if (value := getattr(event, name)) is not UNSET:
            setattr(state, name, value)


@_folds(events.PhaseMoved)
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
    _start_or_stop(state, record.at)


@_folds(events.RulesChanged)
def _rules_changed(state: State, event: events.RulesChanged, record: Record) -> None:
    state.rules = event.rules


@_folds(events.DoorSet)
def _door_set(state: State, event: events.DoorSet, record: Record) -> None:
    state.door, state.join_code = event.door, event.join_code


@_folds(events.ServiceResumed)
def _service_resumed(state: State, event: events.ServiceResumed, record: Record) -> None:
    _count_focus(state, event.since)
    _move_clocks(state, event.stood_still)
    _start_or_stop(state, record.at)


def _dissolve(state: State) -> None:
    """The circle is over: nobody sits, nobody waits."""
    for seat in state.seats.values():
        if seat.state is not SeatState.CLOSED:
            _empty(seat, SeatState.FREE)
    state.hands.clear()
    state.circle_full = None


def _move_clocks(state: State, stood_still: int) -> None:
    """Every running clock ends later by the time clocks stood still."""
    for seat in state.seats.values():
        if seat.until is not None:
            seat.until += stood_still
        if seat.turn_until is not None:
            seat.turn_until += stood_still
    if state.circle_full is not None:
        state.circle_full.until += stood_still
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


@_folds(events.PersonInvited)
def _invited(state: State, event: events.PersonInvited, record: Record) -> None:
    state.people[event.person] = Person(
        event.person, event.role, event.name, event.handle, event.bio, event.affiliation
    )
    state.handles.add((event.handle or "").lower())


@_folds(events.PersonJoined)
def _joined(state: State, event: events.PersonJoined, record: Record) -> None:
    state.people[event.person] = Person(event.person, Role.PARTICIPANT, event.name, event.handle)
    state.handles.add((event.handle or "").lower())
    state.joined += 1


@_folds(events.PersonLeft)
def _left(state: State, event: events.PersonLeft, record: Record) -> None:
    person = state.people[event.person]
    person.left = True
    if person.role is Role.PARTICIPANT:
        state.joined -= 1


# Seats


def _empty(seat: Seat, to: SeatState) -> None:
    seat.state = to
    seat.holder = seat.since = seat.until = seat.turn_until = None
    seat.closing = seat.extended = False


@_folds(events.SeatOpened)
def _seat_opened(state: State, event: events.SeatOpened, record: Record) -> None:
    state.seats[event.seat] = Seat(event.seat, event.kind, event.person)


@_folds(events.SeatClosed)
def _seat_closed(state: State, event: events.SeatClosed, record: Record) -> None:
    _empty(state.seats[event.seat], SeatState.CLOSED)


@_folds(events.SeatOffered)
def _seat_offered(state: State, event: events.SeatOffered, record: Record) -> None:
    seat = state.seats[event.seat]
    resting = seat.state
    _empty(seat, SeatState.OFFERED)
    seat.resting, seat.holder, seat.since, seat.until = resting, event.person, record.at, event.until


@_folds(events.SeatDeclined)
def _seat_declined(state: State, event: events.SeatDeclined, record: Record) -> None:
    seat = state.seats[event.seat]
    _empty(seat, seat.resting)


@_folds(events.SeatTaken)
def _seat_taken(state: State, event: events.SeatTaken, record: Record) -> None:
    seat = state.seats[event.seat]
    _empty(seat, SeatState.TAKEN)
    seat.holder, seat.since, seat.turn_until = event.person, record.at, event.until
    state.people[event.person].seated += 1


@_folds(events.SeatLeaving)
def _seat_leaving(state: State, event: events.SeatLeaving, record: Record) -> None:
    seat = state.seats[event.seat]
    seat.state, seat.until, seat.closing, seat.extended = SeatState.LEAVING, event.until, event.closing, False


@_folds(events.SeatLent)
def _seat_lent(state: State, event: events.SeatLent, record: Record) -> None:
    _empty(state.seats[event.seat], SeatState.LENT)


@_folds(events.SeatAway)
def _seat_away(state: State, event: events.SeatAway, record: Record) -> None:
    seat = state.seats[event.seat]
    seat.state, seat.until, seat.extended = SeatState.AWAY, event.until, False


@_folds(events.SeatBack)
def _seat_back(state: State, event: events.SeatBack, record: Record) -> None:
    seat = state.seats[event.seat]
    seat.state, seat.until, seat.extended = SeatState.TAKEN, None, False


@_folds(events.SeatFreed)
def _seat_freed(state: State, event: events.SeatFreed, record: Record) -> None:
    _empty(state.seats[event.seat], event.state)


@_folds(events.SeatExtended)
def _seat_extended(state: State, event: events.SeatExtended, record: Record) -> None:
    seat = state.seats[event.seat]
    seat.until = event.until
    seat.extended = seat.extended or event.own


@_folds(events.HandRaised)
def _hand_raised(state: State, event: events.HandRaised, record: Record) -> None:
    state.hands[event.person] = Hand(event.person, record.at, record.seq, event.first, event.note)


@_folds(events.HandLowered)
def _hand_lowered(state: State, event: events.HandLowered, record: Record) -> None:
    state.hands.pop(event.person, None)


@_folds(events.CircleFull)
def _circle_full(state: State, event: events.CircleFull, record: Record) -> None:
    state.circle_full = CircleQuestion(event.until, event.seats)


@_folds(events.CircleLeftToChair)
def _left_to_chair(state: State, event: events.CircleLeftToChair, record: Record) -> None:
    if state.circle_full is not None:
        state.circle_full.left_to_chair = True


@_folds(events.CircleEased)
def _circle_eased(state: State, event: events.CircleEased, record: Record) -> None:
    state.circle_full = None


# Questions


@_folds(events.QuestionAdded)
def _question_added(state: State, event: events.QuestionAdded, record: Record) -> None:
    state.questions[event.question] = Question(event.question, event.text, event.minutes, event.gloss)


@_folds(events.QuestionEdited)
def _question_edited(state: State, event: events.QuestionEdited, record: Record) -> None:
    question = state.questions[event.question]
    for name in ("text", "minutes", "gloss"):
        if (value := getattr(event, name)) is not UNSET:
            setattr(question, name, value)


@_folds(events.QuestionFocused)
def _question_focused(state: State, event: events.QuestionFocused, record: Record) -> None:
    _count_focus(state, record.at)
    state.focus = event.question
    _start_or_stop(state, record.at)


# Contributions


@_folds(events.ContributionPosted)
def _posted(state: State, event: events.ContributionPosted, record: Record) -> None:
    contribution = Contribution(
        contribution=event.contribution,
        seq=record.seq,
        at=record.at,
        author=event.author,
        circle=event.circle,
        root=event.root,
        path=event.path,
        text=event.text,
        tags=event.tags,
        seat=event.seat,
        language=event.language,
        reply_to=event.reply_to,
    )
    state.contributions[event.contribution] = contribution
    if event.reply_to is not None:
        state.contributions[event.reply_to].replies.append(event.contribution)
    _count(state, contribution, +1)
    author = state.people[event.author]
    author.contributions += 1
    author.tokens = after_post(author, state.rules, event.seat is not None, record.at)
    author.filled_at = record.at


def _count(state: State, contribution: Contribution, sign: int) -> None:
    """Add a visible contribution to its questions' counts, or take it out."""
    for tag in contribution.tags:
        authors = state.questions[tag.question].authors
        authors[contribution.author] += sign
        if not authors[contribution.author]:
            del authors[contribution.author]


def _set_status(state: State, number: int, status: Status) -> None:
    contribution = state.contributions[number]
    if contribution.status is Status.POSTED:
        _count(state, contribution, -1)
    contribution.status = status
    if status is Status.POSTED:
        _count(state, contribution, +1)


@_folds(events.ContributionWithdrawn)
def _withdrawn(state: State, event: events.ContributionWithdrawn, record: Record) -> None:
    _set_status(state, event.contribution, Status.WITHDRAWN)
    contribution = state.contributions[event.contribution]
    contribution.text = contribution._entities = None


@_folds(events.ContributionHidden)
def _hidden(state: State, event: events.ContributionHidden, record: Record) -> None:
    _set_status(state, event.contribution, Status.HIDDEN)


@_folds(events.ContributionRestored)
def _restored(state: State, event: events.ContributionRestored, record: Record) -> None:
    _set_status(state, event.contribution, Status.POSTED)


@_folds(events.ContributionTagged)
def _tagged(state: State, event: events.ContributionTagged, record: Record) -> None:
    _retag(state, event.contribution, event.tags)
    state.contributions[event.contribution].by_chair = True
    for number in event.replies:
        _retag(state, number, tuple(Tag(tag.question, "thread", tag.confidence) for tag in event.tags))


def _retag(state: State, number: int, tags: tuple[Tag, ...]) -> None:
    contribution = state.contributions[number]
    visible = contribution.status is Status.POSTED
    if visible:
        _count(state, contribution, -1)
    contribution.tags = tags
    if visible:
        _count(state, contribution, +1)


@_folds(events.ContributionHighlighted)
def _highlighted(state: State, event: events.ContributionHighlighted, record: Record) -> None:
    state.contributions[event.contribution].highlighted = event.on


@_folds(events.ContributionEndorsed)
def _endorsed(state: State, event: events.ContributionEndorsed, record: Record) -> None:
    endorsed_by = state.contributions[event.contribution].endorsed_by
    (endorsed_by.add if event.on else endorsed_by.discard)(record.by)


# The floor


@_folds(events.FloorFrozen)
def _frozen(state: State, event: events.FloorFrozen, record: Record) -> None:
    _count_focus(state, record.at)
    state.frozen = True
    _start_or_stop(state, record.at)


@_folds(events.FloorThawed)
def _thawed(state: State, event: events.FloorThawed, record: Record) -> None:
    _move_clocks(state, event.stood_still)
    state.frozen = False
    _start_or_stop(state, record.at)


@_folds(events.AnnouncementMade)
def _announced(state: State, event: events.AnnouncementMade, record: Record) -> None:
    state.announcement = Announcement(event.text, record.at)


assert set(_FOLDS) == set(events.EVENTS.values()), "every event has its fold"
