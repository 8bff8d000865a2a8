"""The fold: how each record changes a debate. With its parts (`evolve_debate`, `evolve_circle`,
`evolve_floor`, `evolve_names`) the only place that writes to a `State`.

Knows nothing of rights or rules: a record is a fact and is taken as it is. The same records in the same
order always give an equal state, whoever folds them and when.
"""

from __future__ import annotations

from collections.abc import Iterable

from fishbowl.debate import events, evolve_circle, evolve_debate, evolve_floor, evolve_names
from fishbowl.debate.folding import FOLDS
from fishbowl.debate.record import Record
from fishbowl.debate.state import Answered, State
from fishbowl.debate.vocabulary import Status

__all__ = ["OUTLINE", "advance", "evolve", "fold", "outlined"]

PARTS = (evolve_debate, evolve_circle, evolve_floor, evolve_names)
"""Where the folds are; importing them registers them."""

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

NAMING = (events.PersonJoined, events.PersonInvited, events.PersonRenamed, events.NameHeld)


def fold(records: Iterable[Record], state: State | None = None) -> State:
    """The state after `records`, on top of `state` (a new one by default)."""
    state = state if state is not None else State()
    for record in records:
        evolve(state, record)
    return state


OUTLINE = frozenset({"debate.created", "debate.changed", "phase.moved"})
"""Events that say what a debate is called, when it is, who may read it, and in which phase it is."""


def outlined(records: Iterable[Record]) -> State:
    """A state that knows what `OUTLINE` says, and nothing else: a glance at a debate that nobody is in."""
    state = State()
    for record in records:
        FOLDS[type(record.event)](state, record.event, record)
    return state


def evolve(state: State, record: Record) -> None:
    """Take one record into `state`. Raises `ValueError` where it is not the next one."""
    advance(state, record)
    if record.event.personal:
        _note_words(state, record)
    if record.cause is not None:
        _remember(state, record)


def advance(state: State, record: Record) -> None:
    """As `evolve`, for whoever only reads: without what commands were answered, and which records hold whose
    words.
    """
    if record.seq != state.seq + 1:
        raise ValueError(f"record {record.seq} does not follow {state.seq}")
    FOLDS[type(record.event)](state, record.event, record)
    state.seq = record.seq
    state.at = record.at


def _note_words(state: State, record: Record) -> None:
    """Keep which records hold words of or about whom, for the day they are to be erased."""
    event = record.event
    about = {record.by, getattr(event, "person", None), getattr(event, "author", None)}
    for person in (state.people.get(each or "") for each in about):
        if person is not None:
            person.records.append(record.seq)
    if isinstance(event, NAMING):
        state.people[event.person].named.append(record.seq)
    contribution = state.contributions.get(getattr(event, "contribution", None) or 0)
    if contribution is not None:
        contribution.records.append(record.seq)


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
    elif isinstance(event, events.ContributionHeld):
        answered.contribution, answered.status = event.contribution, Status.HELD
    elif isinstance(event, events.ContributionReported):
        answered.report = event.report
    elif isinstance(event, SEAT_EVENTS):
        answered.seat = event.seat


assert set(FOLDS) == set(events.EVENTS.values()), "every event has its fold"
