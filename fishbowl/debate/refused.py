"""A refusal: why a command was not carried out, as data.

`code` is stable (`noun.reason`, documented in docs/protocol.md); `message` is a sentence that names what was
needed. It is an exception so that a rule deep inside may refuse; `decide` catches it at its one door and
hands it out as a value. Knows no language but English; `said` holds the sentences with their places still
open, so that the edge may say them in another (web/refusals.py).
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

__all__ = ["CODES", "Refused", "Sentence", "worded"]

CODES = {
    "bad_request": "The command could not be read: unknown command, field or value, wrong type or range.",
    "contribution.gone": "The contribution is hidden, withdrawn or refused, so this cannot be done with it.",
    "contribution.held": "The contribution was never shown; it can be released or refused.",
    "contribution.not_held": "The contribution does not wait for the moderators.",
    "contribution.not_inferred": "What it answers was its author's choice, or it answers nothing.",
    "contribution.unknown": "There is no contribution with this number.",
    "debate.full": "The debate has as many questions as it can hold.",
    "debate.protected": "The debate is for people under 18, and would be less safe with that.",
    "door.full": "As many people have joined as this debate lets in.",
    "door.shut": "The door of this debate is shut.",
    "door.turned_away": "The moderators did not let you in.",
    "door.waiting": "You wait at the door until chair or moderators let you in.",
    "door.wrong_code": "The code is missing or wrong.",
    "floor.frozen": "The floor is frozen: nobody but chair and moderators may post until it is thawed.",
    "floor.one_stream": "There are no two streams in this debate, so nothing is carried in.",
    "id.reused": "This id was used before with another command.",
    "name.given": "In this debate whoever joins is given a name, and keeps it.",
    "name.looks_like": "The name says a role, or looks like that of somebody else or of the organisation.",
    "name.taken": "Somebody in this debate has this name already.",
    "name.unfit": "The name is empty, too long, or has characters that cannot be seen or too many marks.",
    "pace.too_fast": "Contributions, or changes of name, come too fast; `retry_after` says how long to wait.",
    "person.moderating": "The person moderates or organises, and is neither muted nor blocked.",
    "person.muted": "The moderators have muted you; `retry_after` says for how long.",
    "person.not_speaker": "The person is no speaker, so no seat can be reserved for them.",
    "person.not_waiting": "The person does not wait at the door.",
    "person.unknown": "There is nobody with this id in the debate.",
    "phase.no_such_move": "The debate cannot move from its phase to that one, or you may not move it there.",
    "phase.not_live": "This cannot be done in the debate's present phase; the message names when it can.",
    "phase.two_adults": "A debate for people under 18 begins when two of chair and moderators are there.",
    "question.dropped": "The question has been dropped.",
    "question.last": "It is the only question, and a debate has at least one.",
    "question.no_such_place": "There are fewer questions than that.",
    "question.unknown": "There is no question with this number.",
    "report.unknown": "There is no report with this id.",
    "right.missing": "Your role does not allow this, or it is somebody else's, or only the circle's.",
    "round.running": "A closed round has the circle, which is its group's alone until it is over.",
    "seat.already_seated": "The person sits in the circle already.",
    "seat.by_invitation": "In this debate the chair invites into the circle.",
    "seat.chair_decides": "In this debate only the chair frees seats.",
    "seat.closed": "The seat is closed.",
    "seat.extended": "The holder has extended this clock once already.",
    "seat.no_clock": "No clock runs at this seat.",
    "seat.none_free": "No seat is free.",
    "seat.not_first": "Somebody else is first in line for this seat.",
    "seat.not_seated": "The person does not sit in the circle.",
    "seat.offered": "The person has been offered a seat already.",
    "seat.reserved": "The seat is kept for a speaker, or is kept for this one already.",
    "seat.taken": "The seat is taken.",
    "seat.too_many": "The circle has as many seats as it can hold.",
    "seat.unknown": "There is no seat with this number.",
    "service.overloaded": "The service has more to do than it can; `retry_after` says when to try again.",
    "service.unavailable": "The service cannot store anything just now; ask again with the same id.",
    "text.concern": "You asked to be warned, and the text has personal data or a word that hurts in it.",
    "text.empty": "The text is empty.",
    "text.too_long": "The text is longer than this debate allows.",
}
"""Every code with which a command may be refused, and what it means."""


class Sentence(NamedTuple):
    """English words, and what stands in their `{places}`: texts, numbers, words of the vocabulary, or lists.

    Without values the words are taken as they are: they may have come from outside, braces and all.
    """

    words: str
    values: Mapping[str, object]

    def __str__(self) -> str:
        if not self.values:
            return self.words
        shown = {
            name: ", ".join(map(str, value)) if isinstance(value, list) else value
            for name, value in self.values.items()
        }
        return self.words.format_map(shown)


def worded(words: str, /, **values: object) -> Sentence:
    return Sentence(words, values)


class Refused(Exception):
    """A refusal. `retry_after`: seconds to wait, where waiting helps; `id`: see `reading.read_command`.

    `message` may have `{places}`, for `values`; `also` is said after it.
    """

    def __init__(
        self,
        code: str,
        message: str,
        retry_after: float | None = None,
        id: str = "",
        also: Sentence | None = None,
        **values: object,
    ) -> None:
        self.said = (Sentence(message, values), *([also] if also else []))
        self.message = " ".join(map(str, self.said))
        super().__init__(code, self.message)
        self.code = code
        self.retry_after = retry_after
        self.id = id

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Refused):
            return NotImplemented
        return (self.code, self.message, self.retry_after) == (other.code, other.message, other.retry_after)

    __hash__ = Exception.__hash__
