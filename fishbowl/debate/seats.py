"""The rules of the circle for those who sit in it: taking and leaving seats, raising a hand.

Each public function decides one command; the chair's are in chairs_seats.py. What the rules do by themselves,
once a command is through (offer a free seat to the first hand, ask who makes room), is in settle.py. RULES,
"Seats".
"""

from __future__ import annotations

from fishbowl.debate import commands, events
from fishbowl.debate.circle import OFFER_SECONDS, holder_of, seat_of, taken, vacated
from fishbowl.debate.commands import Asked
from fishbowl.debate.events import Event
from fishbowl.debate.refused import Refused, Sentence, worded
from fishbowl.debate.rounds import extended_by_holder
from fishbowl.debate.state import HANDS, OFFERING, Seat, State
from fishbowl.debate.turns import oldest
from fishbowl.debate.vocabulary import Entry, Exit, Instant, SeatState

__all__ = ["extend_turn", "leave_seat", "lower_hand", "raise_hand", "take_seat"]


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
    if state.round is not None and (offer is None or command.seat not in (None, offer.seat)):
        raise Refused(
            "round.running", "A closed round is on: its group has the circle to itself until it is over."
        )
    if command.seat is not None:
        seat = seat_of(state, command.seat)
        if not (seat.state is SeatState.OFFERED and seat.holder == asked.by):
            _check_free(state, seat, asked.by)
            _check_first(state, seat, asked.by)
    elif offer is not None:
        seat = offer
    elif not _could_sit_now(state, asked.by) and state.rules.exit is Exit.OLDEST_OUT:
        return _oldest_out(state, asked.by, asked.at)
    else:
        seat = _best_free(state, asked.by)
        _check_first(state, seat, asked.by)
    return taken(state, seat, asked.by, asked.at, "offered" if seat is offer else "claimed")


def _could_sit_now(state: State, person: str) -> bool:
    """Whether some seat is free for `person`, or is just being offered to somebody."""
    own = state.own_seat(person)
    kept = own is not None and own.state is SeatState.FREE
    offering = any(seat.state is SeatState.OFFERED for seat in state.seats.values())
    return kept or offering or bool(state.for_taking())


def _oldest_out(state: State, person: str, now: Instant) -> list[Event]:
    """A newcomer puts the open seat held longest into grace, and is offered it at the end."""
    if any(seat.successor == person for seat in state.seats.values()):
        return []
    _check_turn(state, person)
    seat = oldest(state, now) if state.phase in HANDS else None
    if seat is None:
        line = _in_line(state, person)
        raise Refused("seat.none_free", "No seat is free, and nobody has sat for long enough yet.", also=line)
    until = state.clock(now) + state.rules.grace_seconds * 1000
    decided: list[Event] = []
    if person not in state.hands:
        decided.append(events.HandRaised(person=person, first=state.own_seat(person) is not None))
    leaving = events.SeatLeaving(seat=seat.seat, person=holder_of(seat), until=until, successor=person)
    return [*decided, leaving]


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
    """A speaker's own seat is always theirs; else it must be their turn, and promised to nobody else."""
    if seat.speaker == person:
        return
    _check_turn(state, person)
    if next(state.next_promised(), person) != person:
        raise Refused(
            "seat.not_first",
            "The next free seat goes to somebody whose contribution was carried in.",
            also=_in_line(state, person),
        )


def _check_turn(state: State, person: str) -> None:
    """In a line, a free seat is the first hand's; where the chair invites, nobody's without an invitation."""
    if state.rules.entry is Entry.INVITE:
        raise Refused(
            "seat.by_invitation",
            "In this debate the chair invites into the circle. Raise your hand to be seen.",
        )
    if state.rules.entry not in OFFERING:
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
        if round_extended := extended_by_holder(state, asked.by):
            return round_extended
        raise Refused("seat.no_clock", "No clock runs at your seat.")
    if seat.extended:
        raise Refused("seat.extended", "You have extended this once already. The chair can give you more.")
    more = OFFER_SECONDS if seat.state is SeatState.OFFERED else state.rules.grace_seconds
    return [events.SeatExtended(seat=seat.seat, until=seat.until + more * 1000, own=True)]
