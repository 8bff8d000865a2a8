"""The chair's acts in the circle: opening and closing seats, seating and inviting people, freeing, extending.

Each public function decides one command. RULES, "Seats".
"""

from __future__ import annotations

from fishbowl.debate import commands, events
from fishbowl.debate.circle import (
    MAX_SEATS,
    holder_of,
    offered,
    person_of,
    seat_of,
    taken,
    taken_back,
    vacated,
)
from fishbowl.debate.commands import Asked
from fishbowl.debate.events import Event
from fishbowl.debate.refused import Refused
from fishbowl.debate.rounds import extended
from fishbowl.debate.state import Person, Seat, State
from fishbowl.debate.vocabulary import Role, SeatKind, SeatState

__all__ = ["check_opening", "close_seat", "extend", "free_seat", "invite", "open_seat", "seat_person"]


def check_opening(state: State, command: commands.OpenSeat) -> None:
    """A reserved seat names its speaker, an open one nobody."""
    if command.kind is SeatKind.RESERVED and command.person is None:
        raise Refused("bad_request", 'open_seat: a reserved seat needs "person", a speaker.')
    if command.kind is SeatKind.OPEN and command.person is not None:
        raise Refused("bad_request", 'open_seat: "person" goes with a reserved seat only.')


def open_seat(state: State, asked: Asked, command: commands.OpenSeat) -> list[Event]:
    """A new seat; or the same kind of seat that was closed, opened again."""
    if command.person is not None:
        known = person_of(state, command.person)
        if known.role is not Role.SPEAKER or known.replaced:
            raise Refused("person.not_speaker", "Only a speaker has a reserved seat.")
        if own := state.own_seat(command.person):
            raise Refused("seat.reserved", "Seat {seat} is kept for this speaker already.", seat=own.seat)
    closed = (
        seat.seat
        for seat in state.seats.values()
        if seat.state is SeatState.CLOSED and (seat.kind, seat.speaker) == (command.kind, command.person)
    )
    number = next(closed, None) or max(state.seats, default=0) + 1
    if number > MAX_SEATS:
        raise Refused("seat.too_many", "The circle holds at most {most} seats.", most=MAX_SEATS)
    return [events.SeatOpened(seat=number, kind=command.kind, person=command.person)]


def close_seat(state: State, asked: Asked, command: commands.CloseSeat) -> list[Event]:
    """A free seat closes at once; a taken one when its holder's grace is over."""
    seat = seat_of(state, command.seat)
    if seat.state is SeatState.CLOSED or seat.closing:
        return []
    if seat.held:
        grace = state.rules.grace_seconds * 1000
        return [
            events.SeatLeaving(
                seat=seat.seat,
                person=holder_of(seat),
                until=state.clock(asked.at) + grace,
                closing=True,
                reason=command.reason,
            )
        ]
    return [*taken_back(seat), events.SeatClosed(seat=seat.seat, reason=command.reason)]


def seat_person(state: State, asked: Asked, command: commands.SeatPerson) -> list[Event]:
    person = _sitter(state, command.person)
    seat = _for(state, person, command.seat)
    return [
        *taken_back(seat, unless=person.person),
        *taken(state, seat, person.person, asked.at, "seated"),
    ]


def invite(state: State, asked: Asked, command: commands.InviteToSeat) -> list[Event]:
    person = _sitter(state, command.person)
    if offer := state.offer_to(person.person):
        raise Refused("seat.offered", "Seat {seat} is offered to this person already.", seat=offer.seat)
    seat = _for(state, person, command.seat)
    if seat.state is SeatState.FREE and seat.speaker is not None:
        raise Refused(
            "seat.reserved",
            "Seat {seat} is kept for this speaker; no invitation is needed.",
            seat=seat.seat,
        )
    return [*taken_back(seat), offered(state, seat, person.person, asked.at, invited=True)]


def free_seat(state: State, asked: Asked, command: commands.FreeSeat) -> list[Event]:
    """Frees a held seat at once; takes an offer back, and lowers the hand it would go to again."""
    seat = seat_of(state, command.seat)
    if seat.state is SeatState.OFFERED:
        back = taken_back(seat, reason=command.reason)
        person = holder_of(seat)
        return [*back, events.HandLowered(person=person, why="taken_back")] if person in state.hands else back
    if not seat.held:
        raise Refused("seat.not_seated", "Nobody sits on seat {seat}.", seat=seat.seat)
    return vacated(state, seat, "chair", command.reason)


def extend(state: State, asked: Asked, command: commands.Extend) -> list[Event]:
    if command.seat is None:
        return extended(state, command.seconds)
    seat = seat_of(state, command.seat)
    if seat.until is None:
        raise Refused("seat.no_clock", "No clock runs at seat {seat}.", seat=seat.seat)
    return [events.SeatExtended(seat=seat.seat, until=seat.until + command.seconds * 1000)]


def _for(state: State, person: Person, number: int | None) -> Seat:
    """The seat the chair means for `person`: the one named, else their own, a free one, an offered one."""
    if number is not None:
        seat = seat_of(state, number)
        if seat.state is SeatState.CLOSED:
            raise Refused("seat.closed", "Seat {seat} is closed. Open it first.", seat=seat.seat)
        if seat.held:
            raise Refused("seat.taken", "Somebody sits on seat {seat}.", seat=seat.seat)
        if seat.state is SeatState.FREE and seat.kind is SeatKind.RESERVED and seat.speaker != person.person:
            raise Refused("seat.reserved", "Seat {seat} is kept for a speaker.", seat=seat.seat)
        return seat
    own = state.own_seat(person.person)
    if own is not None and not own.held:
        return own
    offered_seats = [seat for seat in state.seats.values() if seat.state is SeatState.OFFERED]
    mine = [seat for seat in offered_seats if seat.holder == person.person]
    if seats := mine + state.for_taking(person.person) + offered_seats:
        return seats[0]
    raise Refused("seat.none_free", "No seat is free. Open another, or free one.")


def _sitter(state: State, number: str) -> Person:
    person = person_of(state, number)
    if person.role not in (Role.PARTICIPANT, Role.SPEAKER) or person.gone:
        raise Refused("person.unknown", "Only participants and speakers who are in the debate can be seated.")
    if seat := state.seat_of(number):
        if person.name is None:
            raise Refused("seat.already_seated", "This person sits on seat {seat} already.", seat=seat.seat)
        raise Refused(
            "seat.already_seated", "{name} sits on seat {seat} already.", name=person.name, seat=seat.seat
        )
    return person
