"""What several rules of the circle share: whose seat it is, sitting down, getting up, an offer and its end.

Decides no command; gives the events of one thing happening, or refuses what does not exist.
"""

from __future__ import annotations

from fishbowl.debate import events
from fishbowl.debate.events import Event
from fishbowl.debate.refused import Refused
from fishbowl.debate.state import Person, Seat, State
from fishbowl.debate.vocabulary import Instant, SeatState

__all__ = [
    "MAX_SEATS",
    "OFFER_SECONDS",
    "away",
    "holder_of",
    "leave_circle",
    "offered",
    "person_of",
    "seat_of",
    "taken",
    "taken_back",
    "vacated",
]

MAX_SEATS = 24
"""How many seats a circle holds: twelve are drawn with ease, twice that is still a circle."""
OFFER_SECONDS = 30
"""How long an offered seat waits for an answer (RULES, "Entry")."""


def offered(state: State, seat: Seat, person: str, now: Instant, *, invited: bool = False) -> Event:
    until = state.clock(now) + OFFER_SECONDS * 1000
    return events.SeatOffered(seat=seat.seat, person=person, until=until, invited=invited)


def away(state: State, seat: Seat, now: Instant) -> Event:
    """The holder's connection dropped: from now on the full time runs."""
    until = state.clock(now) + state.rules.away_seconds * 1000
    return events.SeatAway(seat=seat.seat, person=holder_of(seat), until=until)


def vacated(state: State, seat: Seat, why: str, reason: str | None = None) -> list[Event]:
    """The holder goes: a speaker's own seat is lent, another free (or lent again), a closing one closes.

    A speaker who goes from another seat lends their own too, or it would seat them again at once.
    """
    holder = holder_of(seat)
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


def leave_circle(state: State, person: str, why: str = "gone") -> list[Event]:
    """All that ties `person` to the circle ends: seat, offer, hand."""
    decided: list[Event] = []
    if (seat := state.seat_of(person)) is not None:
        decided += vacated(state, seat, why)
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


def taken_back(seat: Seat, unless: str | None = None, reason: str | None = None) -> list[Event]:
    """The offer of `seat` ends by the chair's act. The hand stays up: its turn was not used."""
    if seat.state is not SeatState.OFFERED or seat.holder == unless:
        return []
    return [events.SeatDeclined(seat=seat.seat, person=holder_of(seat), why="taken_back", reason=reason)]


def person_of(state: State, person: str) -> Person:
    found = state.people.get(person)
    if found is None:
        raise Refused("person.unknown", "There is nobody with this id in the debate.")
    return found


def seat_of(state: State, number: int) -> Seat:
    seat = state.seats.get(number)
    if seat is None:
        raise Refused("seat.unknown", "There is no seat {number}.", number=number)
    return seat


def holder_of(seat: Seat) -> str:
    assert seat.holder is not None, "a held or offered seat names its person"
    return seat.holder
