"""The rule of erasing: a contribution's words, or everything a person gave of themselves.

Knows nothing of where words are kept: an event says of which records they are gone (`records`), and whoever
keeps them deletes them with it. What stays is a tombstone with its number, so that threads and counts hold.
"""

from __future__ import annotations

from fishbowl.debate import commands, events
from fishbowl.debate.circle import leave_circle
from fishbowl.debate.commands import Asked
from fishbowl.debate.events import Event
from fishbowl.debate.moderation import known
from fishbowl.debate.refused import Refused
from fishbowl.debate.state import Contribution, State
from fishbowl.debate.vocabulary import Role, Status

__all__ = ["check_erase", "erase"]


def check_erase(state: State, command: commands.Erase) -> None:
    if (command.contribution is None) == (command.person is None):
        raise Refused("bad_request", "Give either a contribution or a person to erase.")


def erase(state: State, asked: Asked, command: commands.Erase) -> list[Event]:
    if command.contribution is not None:
        return _contributions([known(state, asked.by, command.contribution)], command.reason)
    person = state.people.get(command.person or "")
    if person is None:
        raise Refused("person.unknown", "There is nobody with this id in the debate.")
    if person.erased:
        return []
    theirs = [each for each in state.contributions.values() if each.author == person.person]
    leaves = person.role is Role.PARTICIPANT and not person.left
    left = [*leave_circle(state, person.person), events.PersonLeft(person=person.person)] if leaves else []
    return [
        *_contributions(theirs, command.reason),
        *left,
        events.PersonErased(person=person.person, records=tuple(person.records), reason=command.reason),
    ]


def _contributions(erased: list[Contribution], reason: str) -> list[Event]:
    return [
        events.ContributionErased(contribution=each.contribution, records=tuple(each.records), reason=reason)
        for each in erased
        if each.status is not Status.ERASED
    ]
