"""How somebody's turn on an open seat ends where a rule ends it: `timed` and `oldest_out`.

Knows who waits and who sits, and nothing of commands. Whoever must go has a grace clock (`seat.leaving`), and
that is the warning; whoever need not go any more stays (`seat.back`). No rule rotates a speaker out. RULES,
"Exit".
"""

from __future__ import annotations

from fishbowl.debate import events
from fishbowl.debate.events import Event
from fishbowl.debate.state import HANDS, Seat, State
from fishbowl.debate.vocabulary import Exit, Instant, SeatState

__all__ = ["let_stay", "next_warning", "oldest", "warned"]

SETTLED_MS = 60_000
"""How long the holder of an open seat has it at least under `oldest_out`."""


def oldest(state: State, now: Instant) -> Seat | None:
    """The open seat held longest, whose holder may be asked to go; None where all sat down just now."""
    seats = [seat for seat in _rotating(state) if now - (seat.since or 0) >= SETTLED_MS]
    return seats[0] if seats else None


def warned(state: State, now: Instant) -> list[Event]:
    """Under `timed`: somebody waits, and a turn ends within the grace time. As many are warned as wait.

    The clock ends at the later of the turn's end and the first waiting hand's time plus the grace.
    """
    if not _is_short(state) or not state.running:
        return []
    for seat in _rotating(state):
        if _warning(state, seat) <= now:
            until = max(seat.turn_until or 0, now + state.rules.grace_seconds * 1000)
            return [events.SeatLeaving(seat=seat.seat, person=seat.holder or "", until=until)]
    return []


def next_warning(state: State) -> Instant | None:
    """When `warned` next has something to say though nobody asks."""
    if not _is_short(state):
        return None
    return min((_warning(state, seat) for seat in _rotating(state)), default=None)


def let_stay(state: State) -> list[Event]:
    """Whoever was to go for nobody any more keeps the seat, those who were asked last first."""
    going = _going(state)
    timed = [seat for seat in going if seat.successor is None]
    in_vain = [seat for seat in going if seat.successor is not None and not _is_waited_for(state, seat)]
    if state.rules.exit is not Exit.TIMED or state.for_taking() or state.round is not None:
        in_vain += timed
    elif len(timed) > len(state.waiting()):
        in_vain += timed[-1:]
    return [events.SeatBack(seat=seat.seat, person=seat.holder or "") for seat in in_vain[:1]]


def _is_short(state: State) -> bool:
    """Whether more people wait under `timed` than places will be free for."""
    if state.rules.exit is not Exit.TIMED or state.phase not in HANDS:
        return False
    if state.for_taking() or state.round is not None:
        return False
    return len(state.waiting()) > len(_going(state))


def _is_waited_for(state: State, seat: Seat) -> bool:
    waiting = any(hand.person == seat.successor for hand in state.waiting())
    return waiting and state.rules.exit is Exit.OLDEST_OUT and state.round is None


def _warning(state: State, seat: Seat) -> Instant:
    return (seat.turn_until or 0) - state.rules.grace_seconds * 1000


def _rotating(state: State) -> list[Seat]:
    """Seats whose holder may be asked to go, the longest held first: open and borrowed ones."""
    seats = [seat for seat in state.seats.values() if seat.state is SeatState.TAKEN and not seat.own]
    return sorted(seats, key=lambda seat: (seat.since or 0, seat.seat))


def _going(state: State) -> list[Seat]:
    """Seats whose holder's turn ends, by the end of their clocks."""
    seats = [seat for seat in state.seats.values() if seat.state is SeatState.LEAVING and not seat.closing]
    return sorted(seats, key=lambda seat: (seat.until or 0, seat.seat))
