"""The rules of the correction window: what people may still do about what is published of them.

Each function with a command decides it. Withdrawing is the floor's (`floor.withdraw`), erasing the
organiser's (`erasing`). Knows nothing of where words are kept: an event says of which records they are gone.
"""

from __future__ import annotations

from itertools import count

from fishbowl.debate import commands, events
from fishbowl.debate.commands import Asked
from fishbowl.debate.events import Event
from fishbowl.debate.floor import checked
from fishbowl.debate.moderation import visible
from fishbowl.debate.refused import Refused
from fishbowl.debate.state import State
from fishbowl.text import anonymous, handle_for, look

__all__ = ["anonymise", "check", "check_note"]

NOTE = 1000
"""Graphemes of what a speaker wants corrected: room for the whole sentence as it should be."""


def check_note(state: State, command: commands.Check) -> None:
    if command.note is not None:
        checked(command.note, NOTE)


def check(state: State, asked: Asked, command: commands.Check) -> list[Event]:
    """A speaker's word on what is theirs; the last one counts. What follows from it, people decide."""
    contribution = visible(state, asked.by, command.contribution)
    if contribution.author != asked.by:
        raise Refused("right.missing", "Only its speaker can say whether a contribution is right.")
    note = None if command.note is None else checked(command.note, NOTE)
    if (contribution.checked, contribution.objection) == (note is None, note):
        return []
    return [events.ContributionChecked(contribution=command.contribution, right=note is None, note=note)]


def anonymise(state: State, asked: Asked, command: commands.Anonymise) -> list[Event]:
    """They are called "Anonymous 1" wherever they stood; every record that says their name loses it."""
    person = state.people[asked.by]
    if person.anonymous:
        return []
    taken = {look(other.name) for other in state.people.values() if other.name}
    names = (anonymous(number, state.language) for number in count(1))
    name = next(name for name in names if look(name) not in taken)
    return [
        events.PersonRenamed(person=person.person, name=name, handle=handle_for(name, state.handles)),
        events.PersonAnonymised(person=person.person, records=tuple(person.named)),
    ]
