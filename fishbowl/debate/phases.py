"""The rules of the debate as a whole: its phases, its rule set, its door, and time lost.

Each function decides one command.
"""

from __future__ import annotations

from typing import Any

import msgspec
from msgspec import UNSET

from fishbowl.debate import commands, events
from fishbowl.debate.circle import away
from fishbowl.debate.commands import Asked
from fishbowl.debate.events import Event
from fishbowl.debate.refused import Refused
from fishbowl.debate.state import CIRCLE, RUNNING, State
from fishbowl.debate.under_18 import check_adults, check_kept
from fishbowl.debate.vocabulary import Door, Instant, Phase, Role, SeatState

__all__ = [
    "ARCHIVE_MOVES",
    "MOVES",
    "change",
    "check_change",
    "check_door",
    "freeze",
    "move_to",
    "resume",
    "set_door",
    "set_rules",
]

P = Phase
MOVES: dict[Phase, frozenset[Phase]] = {
    P.DRAFT: frozenset({P.ANNOUNCED, P.LOBBY, P.LIVE}),
    P.ANNOUNCED: frozenset({P.DRAFT, P.LOBBY, P.LIVE}),
    P.LOBBY: frozenset({P.ANNOUNCED, P.LIVE}),
    P.LIVE: frozenset({P.LOBBY, P.PAUSED, P.WRAP_UP}),
    P.PAUSED: frozenset({P.LIVE, P.WRAP_UP}),
    P.WRAP_UP: frozenset({P.LIVE, P.CORRECTION}),
    P.CORRECTION: frozenset({P.ARCHIVED}),
    P.ARCHIVED: frozenset(),
}
"""Where a debate may move from each phase (RULES, "Phases"); draft and announced may skip forward."""
ORGANISERS = frozenset({P.DRAFT, P.ANNOUNCED, P.LOBBY})
"""Phases between which the organiser may move it."""
ARCHIVE_MOVES = (P.CORRECTION, P.ARCHIVED)
"""The one later move that is the organiser's and the clock's too."""


def move_to(state: State, asked: Asked, command: commands.MoveTo) -> list[Event]:
    if command.phase is state.phase:
        return []
    allowed = command.phase in MOVES[state.phase]
    if state.people[asked.by].role is Role.ORGANISER:
        early = {state.phase, command.phase} <= ORGANISERS
        allowed = allowed and (early or (state.phase, command.phase) == ARCHIVE_MOVES)
    if not allowed:
        raise _no_such_move(state, command.phase)
    if state.phase not in CIRCLE or state.phase is Phase.LOBBY:
        check_adults(state, command.phase, asked.present)
    return [moved(state, command.phase, asked.at)]


def moved(state: State, phase: Phase, at: Instant) -> events.PhaseMoved:
    """The event of moving to `phase`, with how long clocks stood still where they run again."""
    starts = phase in RUNNING and not state.frozen
    stood_still = _stood_still(state, at) if starts else 0
    return events.PhaseMoved(phase=phase, was=state.phase, stood_still=stood_still)


def _stood_still(state: State, at: Instant) -> int:
    return 0 if state.stopped_since is None else max(0, at - state.stopped_since)


def _no_such_move(state: State, phase: Phase) -> Refused:
    possible = [to for to in Phase if to in MOVES[state.phase]]
    if not possible:
        return Refused(
            "phase.no_such_move",
            "From {here} you can move nowhere any more.",
            here=state.phase,
        )
    return Refused(
        "phase.no_such_move",
        "From {here} you cannot move to {phase}; possible: {phases}.",
        here=state.phase,
        phase=phase,
        phases=possible,
    )


def freeze(state: State, asked: Asked, command: commands.Freeze) -> list[Event]:
    if command.on is state.frozen:
        return []
    if command.on:
        return [events.FloorFrozen()]
    return [events.FloorThawed(stood_still=_stood_still(state, asked.at) if state.phase in RUNNING else 0)]


def set_rules(state: State, asked: Asked, command: commands.SetRules) -> list[Event]:
    given = {
        field.name: value
        for field in msgspec.structs.fields(state.rules)
        if (value := getattr(command, field.name)) is not UNSET
    }
    check_kept(state, **given)
    rules = msgspec.structs.replace(state.rules, **given)
    return [] if rules == state.rules else [events.RulesChanged(rules=rules)]


def check_door(state: State, command: commands.SetDoor) -> None:
    if command.join_code is not None and len("".join(command.join_code.split())) < 3:
        raise Refused(
            "bad_request", "set_door: a code of 3 to 40 characters is expected, blanks not counted."
        )
    if command.door is Door.CODE and command.join_code is None and state.join_code is None:
        raise Refused("bad_request", 'set_door: a door with a code needs "join_code".')


def check_change(state: State, command: commands.Change) -> None:
    if command.door is not UNSET:
        check_door(state, command.door)


def set_door(state: State, asked: Asked, command: commands.SetDoor) -> list[Event]:
    code = command.join_code if command.join_code is not None else state.join_code
    if (command.door, code) == (state.door, state.join_code):
        return []
    check_kept(state, door=command.door)
    return [events.DoorSet(door=command.door, join_code=code)]


def change(state: State, asked: Asked, command: commands.Change) -> list[Event]:
    changed: dict[str, Any] = {
        name: value
        for name in events.DebateChanged.__struct_fields__
        if (value := getattr(command, name)) is not UNSET and value != getattr(state, name)
    }
    check_kept(state, **changed)
    decided: list[Event] = [events.DebateChanged(**changed)] if changed else []
    if command.rules is not UNSET:
        decided += set_rules(state, asked, command.rules)
    if command.door is not UNSET:
        decided += set_door(state, asked, command.door)
    return decided


def resume(state: State, asked: Asked, command: commands.Resume) -> list[Event]:
    """Clocks stood still while the service was down; at a start every holder is away with the full time."""
    if state.phase not in CIRCLE:
        return []
    since = min(max(command.since, state.at), asked.at)
    resumed = events.ServiceResumed(since=since, stood_still=asked.at - since if state.running else 0)
    sitting = (seat for seat in state.seats.values() if seat.state in (SeatState.TAKEN, SeatState.AWAY))
    return [resumed, *(away(state, seat, asked.at) for seat in sitting)]
