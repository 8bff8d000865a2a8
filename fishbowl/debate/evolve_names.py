"""How records change what people are called."""

from __future__ import annotations

from fishbowl.debate import events
from fishbowl.debate.folding import folds
from fishbowl.debate.record import Record
from fishbowl.debate.state import State

REFUSED = "other"
"""Why a name was refused, where nothing more was said."""


@folds(events.PersonRenamed)
def _renamed(state: State, event: events.PersonRenamed, record: Record) -> None:
    person = state.people[event.person]
    person.asked_name = person.name_refused = None
    person.renamed_at = record.at
    if event.handle is None:  # erased meanwhile
        return
    person.name, person.handle = event.name, event.handle
    state.handles[event.handle.lower()] = event.person


@folds(events.PersonAnonymised)
def _anonymised(state: State, event: events.PersonAnonymised, record: Record) -> None:
    person = state.people[event.person]
    person.anonymous = True
    said = (person.handle or "").lower()
    for handle in [each for each, whose in state.handles.items() if whose == event.person and each != said]:
        del state.handles[handle]


@folds(events.NameHeld)
def _name_held(state: State, event: events.NameHeld, record: Record) -> None:
    person = state.people[event.person]
    person.asked_name, person.name_refused = event.asked, None
    person.renamed_at = record.at


@folds(events.NameRefused)
def _name_refused(state: State, event: events.NameRefused, record: Record) -> None:
    person = state.people[event.person]
    person.asked_name, person.name_refused = None, event.reason or REFUSED
