"""The rules of names: choosing one, changing it, and what the moderators say of one that waits for them.

Each function with a command decides it. What two names look alike for is `fishbowl.text.looks`'s. RULES,
"Contributions" (names) and "Moderation and safety" (names that wait).
"""

from __future__ import annotations

from math import ceil

from fishbowl.debate import commands, events
from fishbowl.debate.circle import person_of
from fishbowl.debate.commands import Asked
from fishbowl.debate.events import Event
from fishbowl.debate.moderation import MODERATING
from fishbowl.debate.refused import Refused, worded
from fishbowl.debate.state import Person, State
from fishbowl.debate.vocabulary import Moderation, Names, Role
from fishbowl.text import BadName, claims_a_role, clean_name, concerns, handle_for, look, within

__all__ = ["chosen", "name_waits", "refuse_name", "release_name", "rename"]

REST_SECONDS = 30
"""How long after one change of name the next may come: time for everybody to learn the first."""

UNFIT = {
    "control": worded("A name stands on one line, in letters that can be seen."),
    "invisible": worded("There is a character in this name that cannot be seen. Type it anew."),
    "marks": worded("There are too many marks on the letters of this name. Leave some out."),
    "nothing": worded("A name needs at least one letter, digit or emoji."),
    "too_long": worded("This name is too long: at most 60 characters fit."),
}
"""What is wrong with a name as such, and what to do, by `BadName.why`."""


def chosen(state: State, name: str, by: str | None = None) -> str:
    """`name` as it is kept. Refused where it is none, says a role, or looks like anybody's but `by`'s."""
    try:
        kept = clean_name(name)
    except BadName as error:
        raise Refused("name.unfit", UNFIT[error.why].words) from None
    if claims_a_role(kept):
        raise Refused(
            "name.looks_like",
            "A name does not say what somebody is here, such as chair or moderator: the page shows that."
            " Leave that word out.",
        )
    if any(_alike(kept, other) for other in _known(state, by)):
        raise Refused(
            "name.looks_like",
            "This looks like a name that somebody here has. Add an initial or a number, or choose another.",
        )
    return kept


def _known(state: State, by: str | None) -> list[tuple[str, bool]]:
    """Every name there is but `by`'s own, whoever left included; and whether it may not stand inside of
    another either: of those who are known by their names.
    """
    people = [
        (person.name, person.role is not Role.PARTICIPANT)
        for person in state.people.values()
        if person.name and person.person != by
    ]
    return [*people, (state.organisation, True)] if state.organisation else people


def _alike(name: str, known: tuple[str, bool]) -> bool:
    other, well_known = known
    return look(name) == look(other) or (well_known and within(name, other))


def rename(state: State, asked: Asked, command: commands.Rename) -> list[Event]:
    """One's own name. Whoever came in by the door may where names are free, who has a link always."""
    person = state.people[asked.by]
    if state.rules.names is not Names.FREE and person.role is Role.PARTICIPANT:
        raise Refused("name.given", "In this debate everybody who joins is given a name, and keeps it.")
    if person.anonymous:
        raise Refused("name.given", "You have made yourself anonymous here, and that stays.")
    _check_rest(state, person, asked)
    name = chosen(state, command.name, asked.by)
    if name == person.name or name == person.asked_name:
        return []
    if why := name_waits(state, person.role, name):
        return [events.NameHeld(person=asked.by, asked=name, why=why)]
    return [_renamed(state, person, name)]


def _check_rest(state: State, person: Person, asked: Asked) -> None:
    if person.renamed_at is None or not state.rules.pace_per_minute:
        return
    wait = (person.renamed_at - asked.at) / 1000 + REST_SECONDS
    if wait > 0:
        raise Refused(
            "pace.too_fast", "You have just changed your name. Wait {n} s.", ceil(wait), n=ceil(wait)
        )


def _renamed(state: State, person: Person, name: str) -> Event:
    """With a handle of the new name; the one they have, where it still says their name."""
    taken = state.handles.keys() - {(person.handle or "").lower()}
    return events.PersonRenamed(person=person.person, name=name, handle=handle_for(name, taken))


def name_waits(state: State, role: Role, name: str) -> tuple[str, ...]:
    """Why a chosen name waits for the moderators; () where it does not."""
    if role in MODERATING:
        return ()
    found = concerns(name, state.held_words or ())
    mode = {Moderation.HOLD: "all", Moderation.FIRST: "first"}.get(state.rules.moderation)
    return found if mode is None else (mode, *found)


def release_name(state: State, asked: Asked, command: commands.ReleaseName) -> list[Event]:
    """They are called what they asked for, unless somebody else is called so by now."""
    person = person_of(state, command.person)
    if person.asked_name is None:
        return []
    return [_renamed(state, person, chosen(state, person.asked_name, person.person))]


def refuse_name(state: State, asked: Asked, command: commands.RefuseName) -> list[Event]:
    person = person_of(state, command.person)
    if person.asked_name is None:
        return []
    return [events.NameRefused(person=person.person, reason=command.reason)]
