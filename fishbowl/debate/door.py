"""The rules of the door with somebody at it: who waits there, who is let in, who is turned away.

Pure. Under `approve` whoever joins waits before the door, named and known to the backstage alone, until chair
or moderators let them in. Who was turned away may be let in after all; who came another way is not at the
door. RULES, "Who may read, who may join".
"""

from __future__ import annotations

from fishbowl.debate import commands, events
from fishbowl.debate.circle import person_of
from fishbowl.debate.commands import Asked, Command
from fishbowl.debate.events import Event
from fishbowl.debate.refused import Refused
from fishbowl.debate.state import CIRCLE, Person, State
from fishbowl.debate.vocabulary import Audience, Door

__all__ = ["check_let_in", "check_room", "let_in", "opened_to"]


def let_in(state: State, asked: Asked, command: commands.LetIn) -> list[Event]:
    person = person_of(state, command.person)
    if command.on and person.let_in is not None and not person.left:
        return []
    if not command.on and person.turned_away and not person.left:
        return []
    if not (person.waiting or (person.turned_away and not person.left)):
        raise Refused(
            "person.not_waiting",
            "This person does not wait at the door: they are in, or have gone. You can mute or block whoever"
            " is in.",
        )
    if command.on:
        check_room(state)
    return [events.PersonAdmitted(person=person.person, on=command.on)]


def check_room(state: State) -> None:
    """Refuse where as many are in as may be."""
    if state.max_people is not None and state.joined >= state.max_people:
        raise Refused("door.full", "This debate is full: {n} people have joined.", n=state.max_people)


def opened_to(state: State) -> list[Event]:
    """The door stands open: nobody waits at it any more, as far as there is room."""
    if state.door is not Door.OPEN or state.phase not in CIRCLE:
        return []
    waiting = state.at_the_door()
    room = len(waiting) if state.max_people is None else max(0, state.max_people - state.joined)
    return [events.PersonAdmitted(person=person.person, on=True) for person in waiting[:room]]


def check_let_in(state: State, person: Person, command: Command) -> None:
    """Refuse what somebody who has not been let in asks: they may go, and report what anybody may read."""
    if person.let_in is not None or isinstance(command, commands.Leave):
        return
    if isinstance(command, commands.Report) and state.audience is not Audience.CLOSED:
        return
    if person.turned_away:
        raise Refused("door.turned_away", "The moderators did not let you in.")
    raise Refused("door.waiting", "You wait at the door: chair or moderators have to let you in first.")
