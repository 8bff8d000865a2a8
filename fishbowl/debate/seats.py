"""The rules of the circle: taking and leaving seats, offering and lending them, raising a hand.

Each public function decides one command. What the rules do by themselves, once a command is through (offer a
free seat to the first hand, ask who makes room), is in settle.py. RULES, "Seats".
"""

from __future__ import annotations

from fishbowl.debate import commands, events
from fishbowl.debate.commands import Asked
from fishbowl.debate.events import Event
from fishbowl.debate.refused import Refused, Sentence, worded
from fishbowl.debate.state import HANDS, Person, Seat, State
from fishbowl.debate.vocabulary import Entry, Exit, Instant, Role, SeatKind, SeatState

__all__ = [
    "MAX_SEATS",
    "OFFER_SECONDS",
    "away",
    "check_opening",
    "close_seat",
    "extend",
    "extend_turn",
    "free_seat",
    "invite",
    "leave_circle",
    "leave_seat",
    "lower_hand",
    "offered",
    "open_seat",
    "raise_hand",
    "seat_person",
    "take_seat",
    "taken",
    "vacated",
]

MAX_SEATS = 24
"""How many seats a circle holds: twelve are drawn with ease, twice that is still a circle."""
OFFER_SECONDS = 30
"""How long an offered seat waits for an answer (RULES, "Entry")."""


# Hands


def raise_hand(state: State, asked: Asked, command: commands.RaiseHand) -> list[Event]:
    if state.seat_of(asked.by) is not None:
        raise Refused("seat.already_seated", "You sit in the circle already.")
    if asked.by in state.hands:
        return []
    own = state.own_seat(asked.by)
    return [events.HandRaised(person=asked.by, first=own is not None, note=command.note)]


def lower_hand(state: State, asked: Asked, command: commands.LowerHand) -> list[Event]:
    """Lowers a hand, and declines the seat offered to its owner."""
    offer = state.offer_to(asked.by)
    decided: list[Event] = []
    if offer is not None:
        decided.append(events.SeatDeclined(seat=offer.seat, person=asked.by, why="declined"))
    if asked.by in state.hands:
        decided.append(events.HandLowered(person=asked.by, why="declined" if offer else "lowered"))
    return decided


# Taking and leaving


def take_seat(state: State, asked: Asked, command: commands.TakeSeat) -> list[Event]:
    if state.seat_of(asked.by) is not None:
        raise Refused("seat.already_seated", "You sit in the circle already.")
    offer = state.offer_to(asked.by)
    if command.seat is not None:
        seat = _seat(state, command.seat)
        if not (seat.state is SeatState.OFFERED and seat.holder == asked.by):
            _check_free(state, seat, asked.by)
            _check_first(state, seat, asked.by)
    elif offer is not None:
        seat = offer
    else:
        seat = _best_free(state, asked.by)
        _check_first(state, seat, asked.by)
    return taken(state, seat, asked.by, asked.at, "offered" if seat is offer else "claimed")


def _best_free(state: State, person: str) -> Seat:
    own = state.own_seat(person)
    if own is not None and own.state is SeatState.FREE:
        return own
    if free := state.for_taking(person):
        return free[0]
    line = _in_line(state, person)
    if any(seat.state is SeatState.OFFERED for seat in state.seats.values()):
        raise Refused("seat.not_first", "The free seat is offered to somebody else first.", also=line)
    raise Refused("seat.none_free", "No seat is free just now.", also=line)


def _check_free(state: State, seat: Seat, person: str) -> None:
    """Refuse unless `person` could sit down on `seat`, their turn or not."""
    line = _in_line(state, person)
    if seat.state is SeatState.CLOSED:
        raise Refused("seat.closed", "Seat {seat} is closed.", seat=seat.seat)
    if seat.held:
        raise Refused("seat.taken", "Seat {seat} was taken a moment before you.", seat=seat.seat, also=line)
    if seat.state is SeatState.OFFERED:
        raise Refused(
            "seat.not_first", "Seat {seat} is offered to somebody else first.", seat=seat.seat, also=line
        )
    if seat.speaker != person and not seat.for_taking:
        raise Refused("seat.reserved", "Seat {seat} is kept for a speaker.", seat=seat.seat)


def _check_first(state: State, seat: Seat, person: str) -> None:
    """In a queue, a free seat is the first hand's; a speaker's own seat is always theirs."""
    if state.rules.entry is not Entry.QUEUE or seat.speaker == person:
        return
    waiting = state.waiting()
    if waiting and waiting[0].person != person:
        line = _in_line(state, person)
        raise Refused("seat.not_first", "Somebody raised a hand before you.", also=line)


def _in_line(state: State, person: str) -> Sentence | None:
    places = [hand.person for hand in state.line()]
    if person not in places:
        return worded("Raise your hand to wait for one.") if state.phase in HANDS else None
    place = places.index(person) + 1
    if place == 1:
        return worded("You are first in line.")
    return worded("You are number {place} in line.", place=place)


def leave_seat(state: State, asked: Asked, command: commands.LeaveSeat) -> list[Event]:
    seat = state.seat_of(asked.by)
    if seat is None:
        raise Refused("seat.not_seated", "You do not sit in the circle.")
    if state.rules.exit is Exit.CHAIR:
        raise Refused("seat.chair_decides", "In this debate the chair frees seats. Ask the chair.")
    return vacated(state, seat, "left")


def extend_turn(state: State, asked: Asked, command: commands.ExtendTurn) -> list[Event]:
    """More time for one's own running clock, once: an offer's half minute, a grace as long as the rule's."""
    seat = state.offer_to(asked.by) or state.seat_of(asked.by)
    if seat is None:
        raise Refused("seat.not_seated", "You do not sit in the circle, and no seat is offered to you.")
    if seat.until is None:
        raise Refused("seat.no_clock", "No clock runs at your seat.")
    if seat.extended:
        raise Refused("seat.extended", "You have extended this once already. The chair can give you more.")
    more = OFFER_SECONDS if seat.state is SeatState.OFFERED else state.rules.grace_seconds
    return [events.SeatExtended(seat=seat.seat, until=seat.until + more * 1000, own=True)]


# The chair's


def check_opening(state: State, command: commands.OpenSeat) -> None:
    """A reserved seat names its speaker, an open one nobody."""
    if command.kind is SeatKind.RESERVED and command.person is None:
        raise Refused("bad_request", 'open_seat: a reserved seat needs "person", a speaker.')
    if command.kind is SeatKind.OPEN and command.person is not None:
        raise Refused("bad_request", 'open_seat: "person" goes with a reserved seat only.')


def open_seat(state: State, asked: Asked, command: commands.OpenSeat) -> list[Event]:
    """A new seat; or the same kind of seat that was closed, opened again."""
    if command.person is not None:
        if _person(state, command.person).role is not Role.SPEAKER:
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
    seat = _seat(state, command.seat)
    if seat.state is SeatState.CLOSED or seat.closing:
        return []
    if seat.held:
        grace = state.rules.grace_seconds * 1000
        return [
            events.SeatLeaving(
                seat=seat.seat,
                person=_holder(seat),
                until=state.clock(asked.at) + grace,
                closing=True,
                reason=command.reason,
            )
        ]
    return [*_taken_back(seat), events.SeatClosed(seat=seat.seat, reason=command.reason)]


def seat_person(state: State, asked: Asked, command: commands.SeatPerson) -> list[Event]:
    person = _sitter(state, command.person)
    seat = _for(state, person, command.seat)
    return [
        *_taken_back(seat, unless=person.person),
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
    return [*_taken_back(seat), offered(state, seat, person.person, asked.at, invited=True)]


def free_seat(state: State, asked: Asked, command: commands.FreeSeat) -> list[Event]:
    """Frees a held seat at once; takes an offer back, and lowers the hand it would go to again."""
    seat = _seat(state, command.seat)
    if seat.state is SeatState.OFFERED:
        back = _taken_back(seat, reason=command.reason)
        person = _holder(seat)
        return [*back, events.HandLowered(person=person, why="taken_back")] if person in state.hands else back
    if not seat.held:
        raise Refused("seat.not_seated", "Nobody sits on seat {seat}.", seat=seat.seat)
    return vacated(state, seat, "chair", command.reason)


def extend(state: State, asked: Asked, command: commands.Extend) -> list[Event]:
    seat = _seat(state, command.seat)
    if seat.until is None:
        raise Refused("seat.no_clock", "No clock runs at seat {seat}.", seat=seat.seat)
    return [events.SeatExtended(seat=seat.seat, until=seat.until + command.seconds * 1000)]


# What several rules share


def offered(state: State, seat: Seat, person: str, now: Instant, *, invited: bool = False) -> Event:
    until = state.clock(now) + OFFER_SECONDS * 1000
    return events.SeatOffered(seat=seat.seat, person=person, until=until, invited=invited)


def away(state: State, seat: Seat, now: Instant) -> Event:
    """The holder's connection dropped: from now on the full time runs."""
    until = state.clock(now) + state.rules.away_seconds * 1000
    return events.SeatAway(seat=seat.seat, person=_holder(seat), until=until)


def vacated(state: State, seat: Seat, why: str, reason: str | None = None) -> list[Event]:
    """The holder goes: a speaker's own seat is lent, another free (or lent again), a closing one closes.

    A speaker who goes from another seat lends their own too, or it would seat them again at once.
    """
    holder = _holder(seat)
    if seat.own and not seat.closing:
        return [events.SeatLent(seat=seat.seat, person=holder, why=why, reason=reason)]
    lent = seat.speaker is not None and not seat.closing
    to = SeatState.LENT if lent else SeatState.FREE
    decided: list[Event] = [events.SeatFreed(seat=seat.seat, person=holder, why=why, state=to, reason=reason)]
    if seat.closing:
        decided.append(events.SeatClosed(seat=seat.seat))
    own = state.own_seat(holder)
    if own is not None and own.state is SeatState.FREE:
        decided.append(events.SeatLent(seat=own.seat, person=holder, why=why))
    return decided


def leave_circle(state: State, person: str) -> list[Event]:
    """All that ties `person` to the circle ends: seat, offer, hand."""
    decided: list[Event] = []
    if (seat := state.seat_of(person)) is not None:
        decided += vacated(state, seat, "gone")
    if (offer := state.offer_to(person)) is not None:
        decided.append(events.SeatDeclined(seat=offer.seat, person=person, why="declined"))
    if person in state.hands:
        decided.append(events.HandLowered(person=person, why="gone"))
    return decided


def taken(state: State, seat: Seat, person: str, now: Instant, why: str) -> list[Event]:
    """`person` sits down: another offer ends, a hand is lowered."""
    own = seat.speaker == person
    turn = None if own else state.clock(now) + state.rules.turn_seconds * 1000
    decided: list[Event] = []
    other = state.offer_to(person)
    if other is not None and other is not seat:
        decided.append(events.SeatDeclined(seat=other.seat, person=person, why="declined"))
    decided.append(
        events.SeatTaken(seat=seat.seat, person=person, why="reserved" if own else why, until=turn)
    )
    if person in state.hands:
        decided.append(events.HandLowered(person=person, why="seated"))
    return decided


def _taken_back(seat: Seat, unless: str | None = None, reason: str | None = None) -> list[Event]:
    """The offer of `seat` ends by the chair's act. The hand stays up: its turn was not used."""
    if seat.state is not SeatState.OFFERED or seat.holder == unless:
        return []
    return [events.SeatDeclined(seat=seat.seat, person=_holder(seat), why="taken_back", reason=reason)]


def _for(state: State, person: Person, number: int | None) -> Seat:
    """The seat the chair means for `person`: the one named, else their own, a free one, an offered one."""
    if number is not None:
        seat = _seat(state, number)
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
    person = _person(state, number)
    if person.role not in (Role.PARTICIPANT, Role.SPEAKER) or person.left:
        raise Refused("person.unknown", "Only participants and speakers who are in the debate can be seated.")
    if seat := state.seat_of(number):
        if person.name is None:
            raise Refused("seat.already_seated", "This person sits on seat {seat} already.", seat=seat.seat)
        raise Refused(
            "seat.already_seated", "{name} sits on seat {seat} already.", name=person.name, seat=seat.seat
        )
    return person


def _person(state: State, person: str) -> Person:
    found = state.people.get(person)
    if found is None:
        raise Refused("person.unknown", "There is nobody with this id in the debate.")
    return found


def _seat(state: State, number: int) -> Seat:
    seat = state.seats.get(number)
    if seat is None:
        raise Refused("seat.unknown", "There is no seat {number}.", number=number)
    return seat


def _holder(seat: Seat) -> str:
    assert seat.holder is not None, "a held or offered seat names its person"
    return seat.holder
