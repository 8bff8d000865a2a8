"""The rules of coming and going: joining by the door, being invited by the organiser, leaving.

Each function decides one command. Who holds which secret is the edge's business (`web.access`).
"""

from __future__ import annotations

import hmac
from collections.abc import Collection, Mapping

from fishbowl.debate import commands, events
from fishbowl.debate.circle import MAX_SEATS, leave_circle, person_of
from fishbowl.debate.commands import Asked
from fishbowl.debate.door import check_room
from fishbowl.debate.events import Event
from fishbowl.debate.names import chosen, name_waits
from fishbowl.debate.refused import Refused
from fishbowl.debate.state import CIRCLE, State
from fishbowl.debate.vocabulary import Door, Names, Phase, Role, SeatKind
from fishbowl.text import BadName, clean_name, free_pseudonym, handle_for, look

__all__ = ["ROLE_NAMES", "admit", "join", "leave", "replace", "role_name"]

ROLE_NAMES: Mapping[Role, str] = {
    Role.CHAIR: "Chair",
    Role.MODERATOR: "Moderator",
    Role.ORGANISER: "Organiser",
    Role.SPEAKER: "Speaker",
}
"""What somebody without a name of their own is called, in a debate whose language nobody knows better."""


def join(state: State, asked: Asked, command: commands.Join) -> list[Event]:
    if state.phase not in CIRCLE:
        raise Refused(
            "phase.not_live",
            "Joining is possible from {first} to {last}; the debate is in {phase}.",
            first=Phase.LOBBY,
            last=Phase.WRAP_UP,
            phase=state.phase,
        )
    if state.door is Door.SHUT:
        raise Refused("door.shut", "The door of this debate is shut: nobody can join just now.")
    if state.door is Door.CODE and not _same(command.code, state.join_code):
        raise Refused("door.wrong_code", "The code is missing or wrong. The chair shows the right one.")
    check_room(state)
    return _come_in(state, command)


def _come_in(state: State, command: commands.Join) -> list[Event]:
    """With the name they chose; with a pseudonym where these are given, none was chosen, or theirs waits."""
    given = free_pseudonym(command.choice, state.handles, state.language)
    asked = ""
    if state.rules.names is Names.FREE and (command.name or "").strip():
        asked = chosen(state, command.name or "")
    why = name_waits(state, Role.PARTICIPANT, asked) if asked else ()
    name = asked if asked and not why else given
    handle = handle_for(name, state.handles)
    waiting = True if state.door is Door.APPROVE else None
    joined: list[Event] = [
        events.PersonJoined(person=command.person, name=name, handle=handle, waiting=waiting)
    ]
    return [*joined, events.NameHeld(person=command.person, asked=asked, why=why)] if why else joined


def _same(given: str | None, code: str | None) -> bool:
    """Codes are read aloud and typed on phones: case and blanks do not count."""
    if given is None or code is None:
        return False
    plain = ["".join(text.split()).casefold().encode() for text in (given, code)]
    return hmac.compare_digest(*plain)


def admit(state: State, asked: Asked, command: commands.Admit) -> list[Event]:
    name = _given(command.name) if command.name else role_name(command.role, _names(state), _words(command))
    invited = [_invited(state, command.person, command.role, name, command.bio, command.affiliation)]
    if command.role is Role.SPEAKER:
        if len(state.seats) >= MAX_SEATS:
            raise Refused("seat.too_many", "The circle holds at most {most} seats.", most=MAX_SEATS)
        seat = max(state.seats, default=0) + 1
        invited.append(events.SeatOpened(seat=seat, kind=SeatKind.RESERVED, person=command.person))
    return invited


def replace(state: State, asked: Asked, command: commands.Replace) -> list[Event]:
    """Their seat, were it closed, is kept for the successor; what ties them to the circle ends."""
    person = person_of(state, command.person)
    if person.role is not Role.SPEAKER or person.replaced:
        raise Refused("person.not_speaker", "Only a speaker can be replaced by another.")
    seat = next((seat for seat in state.seats.values() if seat.speaker == command.person), None)
    if seat is not None and seat.holder not in (None, command.person):
        raise Refused(
            "seat.taken",
            "Seat {seat} is kept for this speaker, and somebody else sits on it or is just offered it. Wait"
            " until it is free, or have the chair free it.",
            seat=seat.seat,
        )
    if seat is None and len(state.seats) >= MAX_SEATS:
        raise Refused("seat.too_many", "The circle holds at most {most} seats.", most=MAX_SEATS)
    invited = _invited(
        state, command.successor, Role.SPEAKER, _given(command.name), command.bio, command.affiliation
    )
    number = max(state.seats, default=0) + 1 if seat is None else seat.seat
    return [
        *leave_circle(state, command.person, "replaced"),
        invited,
        events.PersonReplaced(person=command.person, successor=command.successor),
        events.SeatOpened(seat=number, kind=SeatKind.RESERVED, person=command.successor),
    ]


def _invited(
    state: State, person: str, role: Role, name: str, bio: str | None, affiliation: str | None
) -> Event:
    if look(name) in {look(taken) for taken in _names(state)}:
        raise Refused("name.taken", "Somebody in this debate is called {name} already.", name=name)
    return events.PersonInvited(
        person=person,
        role=role,
        name=name,
        handle=handle_for(name, state.handles),
        bio=bio,
        affiliation=affiliation,
    )


def _words(command: commands.Admit) -> Mapping[Role, str]:
    return ROLE_NAMES if command.word is None else {command.role: command.word}


def _given(name: str) -> str:
    try:
        return clean_name(name)
    except BadName as error:
        raise Refused("bad_request", f"name: {error}") from None


def leave(state: State, asked: Asked, command: commands.Leave) -> list[Event]:
    """A participant is gone; whoever holds a link of their own stays known, and only leaves the circle."""
    decided = leave_circle(state, asked.by)
    if state.people[asked.by].role is Role.PARTICIPANT:
        decided.append(events.PersonLeft(person=asked.by))
    return decided


def role_name(role: Role, taken: Collection[str], words: Mapping[Role, str] = ROLE_NAMES) -> str:
    """What somebody without a name of their own is called: the role's word, numbered when taken."""
    word = words[role]
    names = (word if count == 1 else f"{word} {count}" for count in range(1, len(taken) + 2))
    called = {name.casefold() for name in taken}
    return next(name for name in names if name.casefold() not in called)


def _names(state: State) -> set[str]:
    return {person.name for person in state.people.values() if person.name}
