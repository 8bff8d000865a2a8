"""The first records of a debate: what its definition says, as events.

Pure: fresh ids for people come in. Afterwards the debate is a draft with its questions, its open seats, one
reserved seat and one person for every speaker, a chair and an organiser.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from fishbowl.debate import events
from fishbowl.debate.definition import Definition
from fishbowl.debate.events import Event
from fishbowl.debate.evolve import evolve
from fishbowl.debate.people import ROLE_NAMES, role_name
from fishbowl.debate.record import Record
from fishbowl.debate.rights import ADMINISTRATOR
from fishbowl.debate.state import State
from fishbowl.debate.vocabulary import Instant, Role, SeatKind
from fishbowl.text import handle_for

__all__ = ["Cast", "opening"]


@dataclass(frozen=True)
class Cast:
    """Who a new debate knows: person ids; speakers with their names, in order of their seats."""

    organiser: str
    chair: str
    speakers: tuple[tuple[str, str], ...]


def opening(
    definition: Definition,
    at: Instant,
    fresh_id: Callable[[], str],
    salt: Callable[[], bytes],
    role_names: Mapping[Role, str] = ROLE_NAMES,
) -> tuple[Cast, list[Record]]:
    """The cast and the first records of the debate that `definition` describes.

    `role_names`: what chair and organiser are called, in the debate's language.
    """
    cast = Cast(fresh_id(), fresh_id(), tuple((fresh_id(), speaker.name) for speaker in definition.speakers))
    state = State()
    records = []
    for event in _events(definition, cast, role_names):
        record = Record(state.seq + 1, at, ADMINISTRATOR, event, salt=salt())
        evolve(state, record)
        records.append(record)
    return cast, records


def _events(definition: Definition, cast: Cast, role_names: Mapping[Role, str]) -> Iterator[Event]:
    yield events.DebateCreated(
        **{name: getattr(definition, name) for name in events.DebateCreated.__struct_fields__}
    )
    for number, question in enumerate(definition.questions, 1):
        yield events.QuestionAdded(
            question=number, text=question.text, minutes=question.minutes, gloss=question.gloss
        )
    yield from _people(definition, cast, role_names)
    seats = len(cast.speakers)
    for seat, (person, _) in enumerate(cast.speakers, 1):
        yield events.SeatOpened(seat=seat, kind=SeatKind.RESERVED, person=person)
    for seat in range(seats + 1, seats + definition.open_seats + 1):
        yield events.SeatOpened(seat=seat, kind=SeatKind.OPEN)


def _people(definition: Definition, cast: Cast, role_names: Mapping[Role, str]) -> Iterator[Event]:
    handles: set[str] = set()

    def invited(person: str, role: Role, name: str, **more: str | None) -> Event:
        handle = handle_for(name, handles)
        handles.add(handle.lower())
        return events.PersonInvited(person=person, role=role, name=name, handle=handle, **more)

    speakers = [name for _, name in cast.speakers]
    yield invited(cast.organiser, Role.ORGANISER, role_name(Role.ORGANISER, speakers, role_names))
    yield invited(cast.chair, Role.CHAIR, role_name(Role.CHAIR, speakers, role_names))
    for (person, name), speaker in zip(cast.speakers, definition.speakers, strict=True):
        yield invited(person, Role.SPEAKER, name, bio=speaker.bio, affiliation=speaker.affiliation)
