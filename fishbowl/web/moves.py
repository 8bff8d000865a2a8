"""What somebody may do now, so that a page offers nothing that would be refused.

Knows no rule of its own: every act is tried on the state by `decide`, which changes nothing, and is offered
where something would follow. Guarantees that a page without scripts offers what the rules allow, whatever
they come to be.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from msgspec import Struct

from fishbowl.debate import commands
from fishbowl.debate.commands import Asked, WireCommand
from fishbowl.debate.decide import decide
from fishbowl.debate.refused import Refused
from fishbowl.debate.safety import ONLOOKER
from fishbowl.debate.state import State
from fishbowl.debate.vocabulary import Instant, SeatState, Status

__all__ = ["Moves", "moves_of"]


class Moves(Struct, frozen=True):
    """`acts` by the command's name; seats and contributions by their numbers."""

    acts: frozenset[str] = frozenset()
    sit: frozenset[int] = frozenset()
    answer: frozenset[int] = frozenset()
    endorse: frozenset[int] = frozenset()
    withdraw: frozenset[int] = frozenset()
    carry_in: frozenset[int] = frozenset()
    check: frozenset[int] = frozenset()
    tag: frozenset[int] = frozenset()
    thread: frozenset[int] = frozenset()
    report: frozenset[int] = frozenset()
    again: frozenset[int] = frozenset()
    """Of their own, what was refused: it can be written anew."""
    silence: Refused | None = None
    """Why they may not post; None where they may, and for an onlooker, who may report."""


_OF_THE_CIRCLE: Mapping[str, WireCommand] = {
    "raise_hand": commands.RaiseHand(id="?"),
    "lower_hand": commands.LowerHand(id="?"),
    "leave_seat": commands.LeaveSeat(id="?"),
    "extend_turn": commands.ExtendTurn(id="?"),
}


def moves_of(state: State, person: str | None, at: Instant, shown: Iterable[int]) -> Moves:
    """The moves of `person` at `at`; of the contributions, those `shown` are asked about."""
    by = ONLOOKER if person is None else person

    def answer(command: WireCommand) -> Any:
        return decide(state, Asked(by, command, max(at, state.at)))

    def may(command: WireCommand) -> bool:
        decided = answer(command)
        return bool(decided) and not isinstance(decided, Refused)

    def lets(command: WireCommand) -> bool:
        return not isinstance(answer(command), Refused)

    def rethreads(number: int) -> bool:
        inferred = state.contributions[number].inferred is not None
        return inferred and lets(commands.Thread(id="?", contribution=number, reply_to=None))

    there = [one for number in shown if (one := state.contributions[number]).status is Status.POSTED]
    reported = frozenset(
        one.contribution
        for one in there
        if one.author != person and may(commands.Report(id="?", contribution=one.contribution, reason="?"))
    )
    if person is None:
        return Moves(report=reported)
    own = [number for number in shown if state.contributions[number].author == person]
    others = {one.contribution: person not in one.endorsed_by for one in there if one.author != person}
    silence = _silence(answer(commands.Post(id="?", text="?")))
    acts = {name for name, command in _OF_THE_CIRCLE.items() if may(command)}
    free = [seat.seat for seat in state.seats.values() if seat.state in (SeatState.FREE, SeatState.LENT)]
    return Moves(
        acts=frozenset(acts | ({"post"} if silence is None else set())),
        sit=frozenset(seat for seat in free if may(commands.TakeSeat(id="?", seat=seat))),
        answer=frozenset(one.contribution for one in there) if silence is None else frozenset(),
        endorse=frozenset(
            number
            for number, on in others.items()
            if may(commands.Endorse(id="?", contribution=number, on=on))
        ),
        withdraw=frozenset(number for number in own if may(commands.Withdraw(id="?", contribution=number))),
        carry_in=frozenset(
            one.contribution for one in there if may(commands.CarryIn(id="?", contribution=one.contribution))
        ),
        check=frozenset(number for number in own if lets(commands.Check(id="?", contribution=number))),
        tag=frozenset(
            number
            for number in shown
            if lets(commands.TagQuestions(id="?", contribution=number, questions=[]))
        ),
        thread=frozenset(number for number in shown if rethreads(number)),
        report=reported,
        again=frozenset(
            number
            for number in own
            if silence is None and state.contributions[number].status is Status.REFUSED
        ),
        silence=silence,
    )


def _silence(decided: object) -> Refused | None:
    """Why nothing may be posted. Who is only too fast now is not kept from writing."""
    if isinstance(decided, Refused) and not decided.code.startswith("pace."):
        return decided
    return None
