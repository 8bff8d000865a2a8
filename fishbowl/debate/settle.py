"""What the rules do by themselves: nobody asks for it, it follows from how the debate stands.

`settle` says what follows now: who came and went, to whom a free seat is offered, whether the circle is asked
to make room. `due` says which clocks have run out, `next_deadline` when the next one will. All are pure; the
loop calls `settle` after every turn until nothing follows, and sleeps until the next deadline.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator

from fishbowl.debate import events
from fishbowl.debate.circle import away, offered, taken, vacated
from fishbowl.debate.door import opened_to
from fishbowl.debate.events import Event
from fishbowl.debate.phases import moved
from fishbowl.debate.rounds import ended, group_seated
from fishbowl.debate.state import CIRCLE, HANDS, OFFERING, Seat, State
from fishbowl.debate.turns import let_stay, next_warning, warned
from fishbowl.debate.vocabulary import Exit, Instant, Phase, SeatState

__all__ = ["due", "next_deadline", "settle"]


def settle(state: State, now: Instant, present: Collection[str]) -> list[Event]:
    """The next things that follow by themselves; [] when the debate is at rest."""
    if state.phase not in CIRCLE:
        return []
    return (
        opened_to(state)
        or _come_and_go(state, now, present)
        or group_seated(state, now)
        or _lower_stale_hands(state)
        or _offer_next(state, now)
        or let_stay(state)
        or warned(state, now)
        or _ask_who_makes_room(state, now)
    )


def due(state: State, now: Instant) -> list[Event]:
    """What clocks that have run out by `now` bring about; the earliest first, one seat at a time."""
    if state.phase is Phase.CORRECTION and state.archive_at is not None and state.archive_at <= now:
        return [moved(state, Phase.ARCHIVED, now)]
    if not state.running:
        return []
    decided: list[Event] = []
    over = state.round is not None and state.round.until is not None and state.round.until <= now
    run_out = [seat for seat in state.seats.values() if seat.until is not None and seat.until <= now]
    for seat in sorted(run_out, key=lambda seat: (seat.until or 0, seat.seat)):
        if not (over and seat.held):  # they get up with the round
            decided += _ended(state, seat)
    if over:
        decided += ended(state, "over")
    full = state.circle_full
    if full is not None and not full.left_to_chair and full.until <= now:
        decided.append(events.CircleLeftToChair())
    return decided


def next_deadline(state: State) -> Instant | None:
    """When `due` or `settle` next has something to do though nobody asks; None: not by itself."""
    if state.phase is Phase.CORRECTION:
        return state.archive_at
    if not state.running or state.phase not in CIRCLE:
        return None
    deadlines = [seat.until for seat in state.seats.values() if seat.until is not None]
    if state.circle_full is not None and not state.circle_full.left_to_chair:
        deadlines.append(state.circle_full.until)
    if state.circle_full is None and _room_wanted(state):
        # Everybody seated is a newcomer: ask when the first of them no longer is.
        deadlines += [seat.turn_until for seat in _asked(state) if seat.turn_until is not None]
    if state.round is not None and state.round.until is not None:
        deadlines.append(state.round.until)
    if (warning := next_warning(state)) is not None:
        deadlines.append(warning)
    return min(deadlines, default=None)


def _ended(state: State, seat: Seat) -> list[Event]:
    if seat.state is SeatState.OFFERED:
        assert seat.holder is not None
        lapsed: list[Event] = [events.SeatDeclined(seat=seat.seat, person=seat.holder, why="lapsed")]
        if seat.holder in state.hands:
            lapsed.append(events.HandLowered(person=seat.holder, why="lapsed"))
        return lapsed
    if seat.state is SeatState.AWAY:
        return vacated(state, seat, "away")
    return vacated(state, seat, "closed" if seat.closing else "turn_over")


def _come_and_go(state: State, now: Instant, present: Collection[str]) -> list[Event]:
    """A holder whose connection drops is away, visibly; one who is there again is back; a speaker who
    connects sits down on the reserved seat.
    """
    for seat in state.seats.values():
        if seat.state is SeatState.TAKEN and seat.holder not in present:
            return [away(state, seat, now)]
        if seat.state is SeatState.AWAY and seat.holder in present:
            return [events.SeatBack(seat=seat.seat, person=seat.holder or "")]
        kept_for = seat.speaker if seat.state is SeatState.FREE and state.round is None else None
        if kept_for is not None and kept_for in present and state.seat_of(kept_for) is None:
            return taken(state, seat, kept_for, now, "reserved")
    return []


def _lower_stale_hands(state: State) -> list[Event]:
    if state.phase is not Phase.WRAP_UP:
        return []
    return [events.HandLowered(person=hand.person, why="wrap_up") for hand in state.line()]


def _offer_next(state: State, now: Instant) -> list[Event]:
    """A seat freed for somebody is offered to them, any other free one to whoever it was promised to; in a
    line, to the first hand.
    """
    if state.phase not in HANDS or not state.running or state.round is not None:
        return []
    waiting = {hand.person for hand in state.waiting()}
    for seat in state.for_taking():
        if seat.successor is not None and seat.successor in waiting:
            return [offered(state, seat, seat.successor, now)]
    for person in _next_in_turn(state):
        for seat in state.for_taking(person):
            return [offered(state, seat, person, now)]
    return []


def _next_in_turn(state: State) -> Iterator[str]:
    """Whom a free seat is offered to: speakers who want theirs back, whoever was promised one, the line."""
    line = state.waiting() if state.rules.entry in OFFERING else []
    yield from (hand.person for hand in line if hand.first)
    yield from state.next_promised()
    yield from (hand.person for hand in line if not hand.first)


def _ask_who_makes_room(state: State, now: Instant) -> list[Event]:
    if not _room_wanted(state):
        return [events.CircleEased()] if state.circle_full is not None else []
    if state.circle_full is not None or not state.running:
        return []
    asked = _order_asked(state, now)
    if not asked:
        return []
    until = state.clock(now) + state.rules.grace_seconds * 1000
    return [events.CircleFull(until=until, seats=tuple(seat.seat for seat in asked))]


def _room_wanted(state: State) -> bool:
    """Whether a hand waits while no seat is free or offered."""
    if (
        state.rules.exit is not Exit.MAKE_ROOM
        or state.round is not None
        or state.phase not in HANDS | {Phase.PAUSED}
    ):
        return False
    free = any(seat.for_taking or seat.state is SeatState.OFFERED for seat in state.seats.values())
    return bool(state.waiting()) and not free


def _order_asked(state: State, now: Instant) -> list[Seat]:
    """Holders of open and borrowed seats first, longest there first, newcomers not; then the speakers."""
    seated = _asked(state)
    borrowed = [seat for seat in seated if not seat.own and (seat.turn_until or 0) <= now]
    borrowed.sort(key=lambda seat: (seat.since or 0, seat.seat))
    return borrowed + [seat for seat in seated if seat.own]


def _asked(state: State) -> list[Seat]:
    """Held seats whose holder could make room: one that is closing frees no place."""
    return [seat for seat in state.seats.values() if seat.held and not seat.closing]
