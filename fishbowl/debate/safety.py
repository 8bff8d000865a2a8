"""The rules of safety: muting and blocking somebody, reporting a contribution and answering the report.

Each public function decides one command. What blocking does to links and sockets is the edge's. RULES,
"Moderation and safety".
"""

from __future__ import annotations

from math import ceil

from fishbowl.debate import commands, events
from fishbowl.debate.circle import leave_circle, person_of
from fishbowl.debate.commands import Asked
from fishbowl.debate.events import Event
from fishbowl.debate.moderation import visible
from fishbowl.debate.refused import Refused
from fishbowl.debate.state import Person, State
from fishbowl.debate.vocabulary import Door, Instant, Role
from fishbowl.text import pseudonym

__all__ = ["ONLOOKER", "block", "check_muted", "mute", "report", "resolve_report", "unblock", "unmute"]

ONLOOKER = "onlooker"
"""`by` of a report by somebody who has not joined."""


def mute(state: State, asked: Asked, command: commands.Mute) -> list[Event]:
    """From now on for so many seconds, whatever was set before. It runs by the calendar, also in a pause."""
    person = _moderated(state, command.person)
    if person.let_in is None:
        raise Refused("person.unknown", "Only people who are in the debate can be muted.")
    until = asked.at + command.seconds * 1000
    return [events.PersonMuted(person=person.person, until=until, reason=command.reason)]


def unmute(state: State, asked: Asked, command: commands.Unmute) -> list[Event]:
    person = _moderated(state, command.person)
    if person.muted_until is None or person.muted_until <= asked.at:
        return []
    return [events.PersonUnmuted(person=person.person)]


def check_muted(person: Person, now: Instant) -> None:
    """Refuse while `person` is muted; waiting as long as told is enough."""
    if person.muted_until is not None and person.muted_until > now:
        wait = (person.muted_until - now) / 1000
        raise Refused(
            "person.muted", "The moderators have muted you for another {n} s. Read on.", wait, n=ceil(wait)
        )


def block(state: State, asked: Asked, command: commands.Block) -> list[Event]:
    """They are out, and their link opens nothing. Where a code opens the door, it is another one from now on:
    they know the old one.
    """
    person = _moderated(state, command.person)
    if person.blocked:
        return []
    decided = leave_circle(state, person.person)
    if person.role is Role.PARTICIPANT and not person.left:
        decided.append(events.PersonLeft(person=person.person))
    decided.append(events.PersonBlocked(person=person.person, reason=command.reason))
    if state.door is Door.CODE:
        decided.append(events.DoorSet(door=Door.CODE, join_code=pseudonym(asked.chance, state.language)))
    return decided


def unblock(state: State, asked: Asked, command: commands.Unblock) -> list[Event]:
    """A speaker's link opens the debate again; a participant may join again."""
    person = _moderated(state, command.person)
    return [events.PersonUnblocked(person=person.person)] if person.blocked else []


def report(state: State, asked: Asked, command: commands.Report) -> list[Event]:
    """Anybody who may read; the same person once for each contribution, until it is resolved."""
    visible(state, asked.by, command.contribution)
    person = asked.by if asked.by in state.people else None
    for known in state.reports.values():
        mine = person is not None and known.person == person
        if mine and known.contribution == command.contribution and not known.resolved:
            return []
    return [
        events.ContributionReported(
            contribution=command.contribution,
            report=f"r{len(state.reports) + 1}",
            person=person,
            reason=command.reason,
            note=command.note,
        )
    ]


def resolve_report(state: State, asked: Asked, command: commands.ResolveReport) -> list[Event]:
    found = state.reports.get(command.report)
    if found is None:
        raise Refused("report.unknown", "There is no report with this id.")
    if found.resolved:
        return []
    return [
        events.ReportResolved(
            report=found.report, contribution=found.contribution, person=found.person, note=command.note
        )
    ]


def _moderated(state: State, number: str) -> Person:
    """Somebody who can be muted and blocked: a participant or a speaker."""
    person = person_of(state, number)
    if person.role not in (Role.PARTICIPANT, Role.SPEAKER):
        raise Refused("person.moderating", "Chair, moderators and organiser are not muted or blocked.")
    return person
