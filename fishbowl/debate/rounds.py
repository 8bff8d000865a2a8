"""Closed rounds: a group has the circle to itself for a while, then gets up together for the next.

A round begins with the chair's word. It ends with it, when its time is over, or when nobody of it sits any
more. While it runs nobody sits down by themselves, no seat is offered by turn, and nobody is asked to go; the
chair still seats and invites, and so brings people into it. RULES, "Seats".
"""

from __future__ import annotations

from fishbowl.debate import commands, events
from fishbowl.debate.circle import MAX_SEATS, person_of, taken, taken_back, vacated
from fishbowl.debate.commands import Asked
from fishbowl.debate.events import Event
from fishbowl.debate.refused import Refused
from fishbowl.debate.state import Seat, State
from fishbowl.debate.vocabulary import Instant, Role, SeatKind, SeatState
from fishbowl.text import BadText, clean

__all__ = [
    "check_round",
    "end_round",
    "ended",
    "extended",
    "extended_by_holder",
    "group_seated",
    "start_round",
]


def check_round(state: State, command: commands.StartRound) -> None:
    try:
        clean(command.title or "")
    except BadText as error:
        raise Refused("bad_request", f"title: {error}") from None


def start_round(state: State, asked: Asked, command: commands.StartRound) -> list[Event]:
    """The group is named, and whoever else sits gets up; it sits down by itself then (`group_seated`)."""
    group = tuple(dict.fromkeys(command.people))
    for person in group:
        known = person_of(state, person)
        if known.role not in (Role.PARTICIPANT, Role.SPEAKER) or known.gone:
            raise Refused(
                "person.unknown", "Only participants and speakers who are in the debate can be seated."
            )
    if len(group) > (most := _room_for(state, group)):
        raise Refused("seat.too_many", "The circle has room for {most} of them.", most=most)
    length = state.rules.round_seconds
    started = events.RoundStarted(
        people=group,
        until=state.clock(asked.at) + length * 1000 if length else None,
        title=clean(command.title or "") or None,
    )
    decided: list[Event] = [] if state.round is None else [events.RoundEnded(why="next")]
    decided.append(started)
    for seat in state.seats.values():
        decided += taken_back(seat)
        if seat.held and seat.holder not in group:
            decided += vacated(state, seat, "round")
    return decided


def _room_for(state: State, group: tuple[str, ...]) -> int:
    """How many of a group can be seated, on further seats too, but on none kept for other speakers."""
    kept = [
        seat
        for seat in state.seats.values()
        if seat.kind is SeatKind.RESERVED
        and seat.state in (SeatState.FREE, SeatState.CLOSED)
        and seat.speaker not in group
        and state.seat_of(seat.speaker or "") is None
    ]
    return MAX_SEATS - len(kept)


def end_round(state: State, asked: Asked, command: commands.EndRound) -> list[Event]:
    return ended(state, "chair")


def ended(state: State, why: str) -> list[Event]:
    """The round that runs is over, and its group gets up together."""
    if state.round is None:
        return []
    decided: list[Event] = [events.RoundEnded(why=why)]
    for seat in state.seats.values():
        if seat.held and seat.holder in state.round.people:
            decided += vacated(state, seat, "round")
    return decided


def extended(state: State, seconds: int) -> list[Event]:
    """More time for the round that runs."""
    if state.round is None or state.round.until is None:
        raise Refused("seat.no_clock", "No round runs by the clock.")
    return [events.RoundExtended(until=state.round.until + seconds * 1000)]


def extended_by_holder(state: State, person: str) -> list[Event]:
    """A little more time for the whole round, once; [] where `person` is in none that runs by the clock."""
    running = state.round
    if running is None or running.until is None or person not in running.people:
        return []
    if running.extended:
        raise Refused("seat.extended", "This round was extended once already. The chair can give it more.")
    return [events.RoundExtended(until=running.until + state.rules.grace_seconds * 1000, own=True)]


def group_seated(state: State, now: Instant) -> list[Event]:
    """The next of a round's group sits down, on a further seat if need be; a round of nobody ends."""
    if state.round is None:
        return []
    if not state.round.people:
        return [events.RoundEnded(why="left")]
    for person in state.round.people:
        if state.seat_of(person) is not None:
            continue
        if (seat := _seat_for(state, person)) is not None:
            return taken(state, seat, person, now, "round")
        if (opened := _further_seat(state)) is not None:
            return [opened]
    return []


def _seat_for(state: State, person: str) -> Seat | None:
    own = state.own_seat(person)
    if own is not None and own.state in (SeatState.FREE, SeatState.LENT):
        return own
    return next(iter(state.for_taking(person)), None)


def _further_seat(state: State) -> Event | None:
    for seat in state.seats.values():
        if seat.kind is SeatKind.OPEN and seat.state is SeatState.CLOSED:
            return events.SeatOpened(seat=seat.seat, kind=SeatKind.OPEN)
    number = max(state.seats, default=0) + 1
    return events.SeatOpened(seat=number, kind=SeatKind.OPEN) if number <= MAX_SEATS else None
