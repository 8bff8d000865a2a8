"""What follows from a command: the events it leads to, or why it is refused.

`decide` is pure: the state, the command, who asked and when decide, nothing else. It never changes the state.
Checks come in RULES' order: form, id, right, phase, pace, then the rest; form is checked where the command is
read and, for what depends on the debate (lengths), first thing here.

`play` is a whole turn: decide, take the events in, then whatever the rules themselves demand now (`settle`),
until nothing more follows.
"""

from __future__ import annotations

from collections.abc import Callable, Collection
from typing import Any

import msgspec

from fishbowl.debate import (
    carrying,
    chairs_seats,
    commands,
    corrections,
    door,
    erasing,
    floor,
    moderation,
    names,
    people,
    phases,
    rounds,
    safety,
    seats,
    threads,
)
from fishbowl.debate.commands import Asked, Command
from fishbowl.debate.events import Event
from fishbowl.debate.evolve import evolve
from fishbowl.debate.record import Cause, Record
from fishbowl.debate.refused import Refused
from fishbowl.debate.rights import check_phase, check_right
from fishbowl.debate.settle import due, settle
from fishbowl.debate.state import State
from fishbowl.debate.vocabulary import CLOCK, Instant

__all__ = ["check_form", "decide", "play"]

Rule = Callable[[State, Asked, Any], list[Event]]

FORMS: dict[type[Command], Callable[[State, Any], None]] = {
    commands.Post: floor.check_post,
    commands.Announce: floor.check_announcement,
    commands.Check: corrections.check_note,
    commands.Summarise: floor.check_summary,
    commands.Erase: erasing.check_erase,
    commands.AddQuestion: floor.check_question,
    commands.EditQuestion: floor.check_question,
    commands.OpenSeat: chairs_seats.check_opening,
    commands.StartRound: rounds.check_round,
    commands.SetDoor: phases.check_door,
    commands.Change: phases.check_change,
}
"""What of a command's form depends on the debate."""

RULES: dict[type[Command], Rule] = {
    commands.Post: floor.post,
    commands.Withdraw: floor.withdraw,
    commands.Check: corrections.check,
    commands.Endorse: floor.endorse,
    commands.Release: moderation.release,
    commands.Refuse: moderation.refuse,
    commands.Hide: moderation.hide,
    commands.Restore: moderation.restore,
    commands.Mute: safety.mute,
    commands.Unmute: safety.unmute,
    commands.Block: safety.block,
    commands.Unblock: safety.unblock,
    commands.Report: safety.report,
    commands.ResolveReport: safety.resolve_report,
    commands.Erase: erasing.erase,
    commands.TagQuestions: floor.tag,
    commands.Thread: threads.thread,
    commands.Highlight: floor.highlight,
    commands.CarryIn: carrying.carry_in,
    commands.Announce: floor.announce,
    commands.Summarise: floor.summarise,
    commands.Focus: floor.focus,
    commands.AddQuestion: floor.add_question,
    commands.EditQuestion: floor.edit_question,
    commands.MoveQuestion: floor.move_question,
    commands.DropQuestion: floor.drop_question,
    commands.RaiseHand: seats.raise_hand,
    commands.LowerHand: seats.lower_hand,
    commands.TakeSeat: seats.take_seat,
    commands.LeaveSeat: seats.leave_seat,
    commands.ExtendTurn: seats.extend_turn,
    commands.OpenSeat: chairs_seats.open_seat,
    commands.CloseSeat: chairs_seats.close_seat,
    commands.SeatPerson: chairs_seats.seat_person,
    commands.InviteToSeat: chairs_seats.invite,
    commands.FreeSeat: chairs_seats.free_seat,
    commands.Extend: chairs_seats.extend,
    commands.StartRound: rounds.start_round,
    commands.EndRound: rounds.end_round,
    commands.MoveTo: phases.move_to,
    commands.Freeze: phases.freeze,
    commands.SetRules: phases.set_rules,
    commands.SetDoor: phases.set_door,
    commands.Change: phases.change,
    commands.Resume: phases.resume,
    commands.TimePasses: lambda state, asked, command: due(state, asked.at),
    commands.Join: people.join,
    commands.Admit: people.admit,
    commands.Replace: people.replace,
    commands.LetIn: door.let_in,
    commands.Leave: people.leave,
    commands.Rename: names.rename,
    commands.Anonymise: corrections.anonymise,
    commands.ReleaseName: names.release_name,
    commands.RefuseName: names.refuse_name,
}
"""The rule for every command."""

AT_REST_AFTER = 1_000
"""Rounds of `settle` after which something is wrong; a circle that changes altogether takes a hundred."""

UNASKED = (commands.Join, commands.TimePasses, commands.Resume)
"""Commands that come from inside: nobody's right is asked."""


def check_form(state: State, command: Command) -> Refused | None:
    """What is wrong with the form of `command` in this debate; None where nothing is."""
    form = FORMS.get(type(command))
    if form is None:
        return None
    try:
        form(state, command)
    except Refused as refused:
        return refused
    return None


def decide(state: State, asked: Asked) -> list[Event] | Refused:
    """The events that follow from `asked`, [] where it changes nothing; or the refusal."""
    command = asked.command
    if (malformed := check_form(state, command)) is not None:
        return malformed
    try:
        if not isinstance(command, UNASKED):
            check_right(state, asked.by, command)
            check_phase(state, asked.by, command)
        return RULES[type(command)](state, asked, command)
    except Refused as refused:
        return refused


def play(
    state: State,
    asked: Asked,
    *,
    cause: Cause | None = None,
    present: Collection[str] = (),
    salt: bytes | None = None,
) -> list[Record] | Refused:
    """One turn: `asked` decided and taken into `state`, with all that the rules make of it.

    Where the clock was set back, the turn has the time of the last record. `present` are the people with a
    connection now; `salt` is fresh for every turn. A refusal leaves `state`
    as it was.
    """
    at = max(asked.at, state.at)
    there = tuple(present) if isinstance(asked.command, commands.MoveTo) else ()
    decided = decide(state, msgspec.structs.replace(asked, at=at, present=there))
    if isinstance(decided, Refused):
        return decided
    records = [_take(state, at, asked.by, event, cause, salt) for event in decided]
    for _ in range(AT_REST_AFTER):
        following = settle(state, at, present)
        if not following:
            return records
        records += [_take(state, at, CLOCK, event, None, salt) for event in following]
    raise RuntimeError(f"debate {state.slug} does not come to rest after record {state.seq}")


def _take(
    state: State, at: Instant, by: str, event: Event, cause: Cause | None, salt: bytes | None
) -> Record:
    record = Record(state.seq + 1, at, by, event, cause, salt)
    evolve(state, record)
    return record
