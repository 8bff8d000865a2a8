"""The rules of the correction window: what people may still do about what is published of them.

Each function with a command decides it. Withdrawing is the floor's (`floor.withdraw`), erasing the
organiser's (`erasing`). Knows nothing of where words are kept: an event says of which records they are gone.
"""

from __future__ import annotations

from itertools import count

from fishbowl.debate import commands, events
from fishbowl.debate.commands import Asked
from fishbowl.debate.events import Event
from fishbowl.debate.state import State
from fishbowl.text import anonymous, handle_for, look

__all__ = ["anonymise"]


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
