"""A debate written down again, as a definition from which another could be made.

Pure. What was said, who joined and what the clocks show is not in it: only what an organiser prepares.
"""

from __future__ import annotations

from fishbowl.debate.definition import Definition, QuestionDefinition, SpeakerDefinition
from fishbowl.debate.state import State
from fishbowl.debate.vocabulary import SeatKind, SeatState

__all__ = ["definition_of"]

_ELSEWHERE = {"open_seats", "speakers", "questions"}
"""Keys of a definition that a state holds as seats, people and questions."""


def definition_of(state: State) -> Definition:
    """The definition of the debate as it stands now: speakers by their seats, questions in their order."""
    same = {name: getattr(state, name) for name in Definition.__struct_fields__ if name not in _ELSEWHERE}
    seats = [seat for _, seat in sorted(state.seats.items()) if seat.state is not SeatState.CLOSED]
    speakers = [state.people[seat.speaker] for seat in seats if seat.speaker is not None]
    return Definition(
        **same,
        open_seats=sum(seat.kind is SeatKind.OPEN for seat in seats),
        speakers=tuple(
            SpeakerDefinition(person.name, person.bio, person.affiliation)
            for person in speakers
            if person.name
        ),
        questions=tuple(
            QuestionDefinition(question.text, question.minutes, question.gloss)
            for question in (state.questions[number] for number in state.order)
        ),
    )
