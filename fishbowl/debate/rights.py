"""Who may ask what, and when: one table, an allow-list.

What is not listed here is not allowed. Knows roles and phases only; what a command needs beyond them (one's
own contribution, a seat in the circle) is decided by its rule. The rows follow PROTOCOL, "Commands" and
RULES, "Phases".
"""

from __future__ import annotations

from typing import NamedTuple

from fishbowl.debate import commands
from fishbowl.debate.commands import Command
from fishbowl.debate.door import check_let_in
from fishbowl.debate.refused import Refused
from fishbowl.debate.safety import ONLOOKER
from fishbowl.debate.state import Person, State
from fishbowl.debate.vocabulary import Phase, Role

__all__ = ["ADMINISTRATOR", "RIGHTS", "check_phase", "check_right"]

ADMINISTRATOR = "administrator"
"""`by` of what the service's administrator does to a debate without a role in it."""

P = Phase
ANY = frozenset(Phase)
OPEN = ANY - {P.ARCHIVED}
"""Until archived."""
RUN = frozenset({P.LOBBY, P.LIVE, P.PAUSED, P.WRAP_UP})
CORRECTED = RUN | {P.CORRECTION}

EVERYBODY = frozenset({Role.PARTICIPANT, Role.SPEAKER, Role.CHAIR, Role.MODERATOR})
SITTERS = frozenset({Role.PARTICIPANT, Role.SPEAKER})
MODERATORS = frozenset({Role.CHAIR, Role.MODERATOR})
CHAIR = frozenset({Role.CHAIR})
CIRCLE = SITTERS | CHAIR
STEERERS = frozenset({Role.CHAIR, Role.ORGANISER})
ORGANISER = frozenset({Role.ORGANISER})


class Right(NamedTuple):
    """`moderating`: the phases in which chair and moderators may, where these are more.

    `own`: the roles that may for a contribution of their own, beside `roles`, who may for every one.
    """

    roles: frozenset[Role]
    phases: frozenset[Phase]
    moderating: frozenset[Phase] | None = None
    own: frozenset[Role] = frozenset()


RIGHTS: dict[type[Command], Right] = {
    commands.Post: Right(EVERYBODY, frozenset({P.LIVE, P.WRAP_UP}), RUN),
    commands.Withdraw: Right(EVERYBODY, OPEN),
    commands.Check: Right(frozenset({Role.SPEAKER}), frozenset({P.CORRECTION})),
    commands.Endorse: Right(EVERYBODY, frozenset({P.LIVE, P.WRAP_UP, P.CORRECTION}), CORRECTED - {P.LOBBY}),
    commands.Leave: Right(EVERYBODY, OPEN - {P.DRAFT}),
    commands.Rename: Right(EVERYBODY, OPEN - {P.DRAFT}),
    commands.Anonymise: Right(frozenset({Role.PARTICIPANT}), frozenset({P.CORRECTION})),
    commands.RaiseHand: Right(SITTERS, frozenset({P.LOBBY, P.LIVE})),
    commands.LowerHand: Right(SITTERS, frozenset({P.LOBBY, P.LIVE})),
    commands.TakeSeat: Right(SITTERS, RUN - {P.PAUSED}),
    commands.LeaveSeat: Right(SITTERS, RUN - {P.PAUSED}),
    commands.ExtendTurn: Right(SITTERS, RUN - {P.PAUSED}),
    commands.Release: Right(MODERATORS, CORRECTED),
    commands.Refuse: Right(MODERATORS, CORRECTED),
    commands.ReleaseName: Right(MODERATORS, CORRECTED),
    commands.RefuseName: Right(MODERATORS, CORRECTED),
    commands.Hide: Right(MODERATORS, CORRECTED),
    commands.Restore: Right(MODERATORS, CORRECTED),
    commands.TagQuestions: Right(MODERATORS, CORRECTED, own=SITTERS),
    commands.Thread: Right(MODERATORS, CORRECTED, own=SITTERS),
    commands.Highlight: Right(MODERATORS, CORRECTED),
    commands.CarryIn: Right(CIRCLE, frozenset({P.LIVE, P.WRAP_UP}), RUN),
    commands.Mute: Right(MODERATORS, RUN),
    commands.Unmute: Right(MODERATORS, RUN),
    commands.Block: Right(MODERATORS, CORRECTED),
    commands.Unblock: Right(MODERATORS, CORRECTED),
    commands.LetIn: Right(MODERATORS, RUN),
    commands.Report: Right(EVERYBODY | ORGANISER, CORRECTED - {P.LOBBY}),
    commands.ResolveReport: Right(MODERATORS, OPEN - {P.DRAFT}),
    commands.Erase: Right(ORGANISER, ANY),
    commands.Freeze: Right(MODERATORS, RUN),
    commands.MoveTo: Right(STEERERS, ANY),
    commands.Focus: Right(CHAIR, RUN),
    commands.Announce: Right(CHAIR, OPEN - {P.DRAFT}),
    commands.Summarise: Right(CHAIR, CORRECTED),
    commands.OpenSeat: Right(CHAIR, RUN),
    commands.CloseSeat: Right(CHAIR, RUN),
    commands.SeatPerson: Right(CHAIR, RUN),
    commands.InviteToSeat: Right(CHAIR, RUN),
    commands.FreeSeat: Right(CHAIR, RUN),
    commands.Extend: Right(CHAIR, RUN),
    commands.StartRound: Right(CHAIR, RUN),
    commands.EndRound: Right(CHAIR, RUN),
    commands.SetRules: Right(CHAIR, OPEN),
    commands.SetDoor: Right(CHAIR, OPEN),
    commands.AddQuestion: Right(CHAIR, OPEN),
    commands.EditQuestion: Right(CHAIR, OPEN),
    commands.MoveQuestion: Right(CHAIR, OPEN),
    commands.DropQuestion: Right(CHAIR, OPEN),
    commands.Admit: Right(ORGANISER, OPEN),
    commands.Replace: Right(ORGANISER, OPEN),
    commands.Change: Right(ORGANISER, OPEN),
}
"""Every command that a person may give. `Join` has no asker yet; the clock's commands are nobody's."""


OF_THE_ADMINISTRATOR = (commands.Admit, commands.Replace, commands.Change, commands.Erase)


def check_right(state: State, by: str, command: Command) -> None:
    """Refuse `right.missing` unless `by`'s role may give `command`."""
    right = RIGHTS.get(type(command))
    if by == ADMINISTRATOR and isinstance(command, OF_THE_ADMINISTRATOR):
        return
    if by == ONLOOKER and isinstance(command, commands.Report):
        return
    person = state.people.get(by)
    if right is None or person is None or not _may(state, person, right, command):
        if person is None:
            raise Refused("right.missing", "This is for people who have joined the debate.")
        raise Refused("right.missing", "Your role ({role}) does not allow this.", role=person.role)
    if person.blocked:
        raise Refused("right.missing", "The moderators have blocked you from this debate.")
    if person.replaced:
        raise Refused("right.missing", "Somebody else speaks in this debate in your place.")
    if person.left and person.role is Role.PARTICIPANT:
        raise Refused("right.missing", "You have left this debate; join again to take part.")
    check_let_in(state, person, command)


def _may(state: State, person: Person, right: Right, command: Command) -> bool:
    """Whether a person's role allows `command`, or allows it for what is theirs, as this is."""
    if person.role in right.roles:
        return True
    contribution = state.contributions.get(getattr(command, "contribution", 0))
    return person.role in right.own and contribution is not None and contribution.author == person.person


def check_phase(state: State, by: str, command: Command) -> None:
    """Refuse `phase.not_live` unless `command` has its time now; the message names when it has."""
    right = RIGHTS[type(command)]
    person = state.people.get(by)
    moderating = person is not None and person.role in MODERATORS
    phases = right.moderating if moderating and right.moderating else right.phases
    if state.phase not in phases:
        raise Refused(
            "phase.not_live",
            "This can be done in {phases}; the debate is in {phase}.",
            phases=[phase for phase in Phase if phase in phases],
            phase=state.phase,
        )
