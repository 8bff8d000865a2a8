"""How records change the circle: its seats, its hands, the question who makes room."""

from __future__ import annotations

from fishbowl.debate import events
from fishbowl.debate.folding import folds
from fishbowl.debate.record import Record
from fishbowl.debate.state import CircleQuestion, Hand, Seat, State
from fishbowl.debate.state_rounds import Round
from fishbowl.debate.vocabulary import SeatState

__all__ = ["emptied"]


def emptied(seat: Seat, to: SeatState) -> None:
    """Nobody holds `seat` any more, and none of its clocks runs."""
    seat.state = to
    seat.holder = seat.since = seat.until = seat.turn_until = None
    seat.closing = seat.extended = False
    seat.successor = None


@folds(events.SeatOpened)
def _seat_opened(state: State, event: events.SeatOpened, record: Record) -> None:
    state.seats[event.seat] = Seat(event.seat, event.kind, event.person)


@folds(events.SeatClosed)
def _seat_closed(state: State, event: events.SeatClosed, record: Record) -> None:
    emptied(state.seats[event.seat], SeatState.CLOSED)


@folds(events.SeatOffered)
def _seat_offered(state: State, event: events.SeatOffered, record: Record) -> None:
    seat = state.seats[event.seat]
    resting = seat.state
    emptied(seat, SeatState.OFFERED)
    seat.resting, seat.holder, seat.since, seat.until = resting, event.person, record.at, event.until


@folds(events.SeatDeclined)
def _seat_declined(state: State, event: events.SeatDeclined, record: Record) -> None:
    seat = state.seats[event.seat]
    emptied(seat, seat.resting)
    if event.why != "taken_back":
        state.promised.pop(event.person, None)


@folds(events.SeatTaken)
def _seat_taken(state: State, event: events.SeatTaken, record: Record) -> None:
    seat = state.seats[event.seat]
    emptied(seat, SeatState.TAKEN)
    seat.holder, seat.since, seat.turn_until = event.person, record.at, event.until
    state.people[event.person].seated += 1
    state.promised.pop(event.person, None)
    if state.round is not None and event.person not in state.round.people:
        state.round.people.append(event.person)


@folds(events.SeatLeaving)
def _seat_leaving(state: State, event: events.SeatLeaving, record: Record) -> None:
    seat = state.seats[event.seat]
    seat.state, seat.until, seat.closing, seat.extended = SeatState.LEAVING, event.until, event.closing, False
    seat.successor = event.successor


@folds(events.SeatLent)
def _seat_lent(state: State, event: events.SeatLent, record: Record) -> None:
    emptied(state.seats[event.seat], SeatState.LENT)
    _out_of_round(state, event.person)


@folds(events.SeatAway)
def _seat_away(state: State, event: events.SeatAway, record: Record) -> None:
    seat = state.seats[event.seat]
    seat.state, seat.until, seat.extended = SeatState.AWAY, event.until, False


@folds(events.SeatBack)
def _seat_back(state: State, event: events.SeatBack, record: Record) -> None:
    seat = state.seats[event.seat]
    seat.state, seat.until, seat.extended = SeatState.TAKEN, None, False
    seat.successor = None


@folds(events.SeatFreed)
def _seat_freed(state: State, event: events.SeatFreed, record: Record) -> None:
    seat = state.seats[event.seat]
    successor = seat.successor
    emptied(seat, event.state)
    seat.successor = successor
    _out_of_round(state, event.person)


@folds(events.SeatExtended)
def _seat_extended(state: State, event: events.SeatExtended, record: Record) -> None:
    seat = state.seats[event.seat]
    seat.until = event.until
    seat.extended = seat.extended or event.own


@folds(events.HandRaised)
def _hand_raised(state: State, event: events.HandRaised, record: Record) -> None:
    state.hands[event.person] = Hand(event.person, record.at, record.seq, event.first, event.note)


@folds(events.HandLowered)
def _hand_lowered(state: State, event: events.HandLowered, record: Record) -> None:
    state.hands.pop(event.person, None)
    for seat in state.seats.values():
        if seat.successor == event.person:
            seat.successor = None


@folds(events.CircleFull)
def _circle_full(state: State, event: events.CircleFull, record: Record) -> None:
    state.circle_full = CircleQuestion(event.until, event.seats)


@folds(events.CircleLeftToChair)
def _left_to_chair(state: State, event: events.CircleLeftToChair, record: Record) -> None:
    if state.circle_full is not None:
        state.circle_full.left_to_chair = True


@folds(events.CircleEased)
def _circle_eased(state: State, event: events.CircleEased, record: Record) -> None:
    state.circle_full = None


# Closed rounds


@folds(events.RoundStarted)
def _round_started(state: State, event: events.RoundStarted, record: Record) -> None:
    state.round = Round(list(event.people), record.at, event.until, event.title)


@folds(events.RoundExtended)
def _round_extended(state: State, event: events.RoundExtended, record: Record) -> None:
    if state.round is not None:
        state.round.until = event.until
        state.round.extended = state.round.extended or event.own is True


@folds(events.RoundEnded)
def _round_ended(state: State, event: events.RoundEnded, record: Record) -> None:
    state.round = None


def _out_of_round(state: State, person: str) -> None:
    """Whoever gets up is of the round no more."""
    if state.round is not None and person in state.round.people:
        state.round.people.remove(person)
