"""Records for a version that may be published without its people: names replaced, personal data masked.

Knows no format: it is handed records and gives records, so every format is redacted alike. The same person
has the same name throughout: `P1`, `P2` for participants, `S1` for speakers, `C1`, `M1` for chair and
moderators, in order of arrival; ids are replaced likewise, so that nobody finds the names by laying another
version beside.

Guarantees that no name or handle ever given in the debate is left in any text, whole and in any case,
and no part of the name of somebody who was invited by it; that what `text.screening` takes for personal
data is masked (telephone numbers, e-mail and postal addresses, somebody's school, accounts elsewhere); that
nobody's bio or affiliation is left. What people say about themselves or others in other words stays: whoever
publishes reads it first.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from msgspec import structs

from fishbowl.debate import events
from fishbowl.debate.record import Record
from fishbowl.debate.vocabulary import CLOCK, Role
from fishbowl.text import personal_data
from fishbowl.transcript.reading import Reading

__all__ = ["Redacted", "redacted", "stand_in"]

LETTERS = {Role.SPEAKER: "S", Role.CHAIR: "C", Role.MODERATOR: "M", Role.ORGANISER: "O"}
PART = 3
"""Parts of a name shorter than this are words like any other."""
_WORD = re.compile(r"\w+")
MASKS = {
    "phone": "[phone]",
    "email": "[e-mail]",
    "address": "[address]",
    "school": "[school]",
    "social": "[account]",
}
_MASKED = (
    (re.compile(r"[\w.+%-]+@[\w-]+(?:\.[\w-]+)+"), "[e-mail]"),
    # Eight digits or more, grouped as telephone numbers are; a date has fewer, and a year and a page too.
    (re.compile(r"(?<![\w/.])(?:\+|00|\(?0)\d(?:[ ()/.-]{0,3}\d){6,14}(?!\w)"), "[phone]"),
)


def redacted(records: Iterable[Record]) -> list[Record]:
    """`records` (from the first on) without their people. In one piece: a text may name who joins later."""
    kept = list(records)
    people = _People(kept)
    return [_without(record, people) for record in kept]


class Redacted:
    """A reading without its people."""

    def __init__(self, reading: Reading) -> None:
        self._reading = reading
        self._people = _People(reading)
        self.rest = reading.rest

    def __iter__(self) -> Iterator[Record]:
        return (_without(record, self._people) for record in self._reading)

    def pick(self, seqs: Sequence[int]) -> Iterator[Record]:
        return (_without(record, self._people) for record in self._reading.pick(seqs))


def _without(record: Record, people: _People) -> Record:
    return structs.replace(
        record, by=people.ids.get(record.by, record.by), event=_redacted(record.event, people)
    )


def stand_in(records: Iterable[Record], person: str) -> str:
    """What stands for somebody given by id or handle; what was given, where there is nobody of it."""
    people = _People(records)
    handle = people.handles.get(person.casefold(), person)
    return people.ids.get(handle, person)


def _redacted(event: events.Event, people: _People) -> events.Event:
    changed: dict[str, Any] = {}
    for name in event.__struct_fields__:
        value = getattr(event, name)
        if name in ("person", "author", "successor") and value in people.ids:
            changed[name] = people.ids[value]
        elif name == "people":
            changed[name] = tuple(people.ids.get(each, each) for each in value)
        elif isinstance(event, NAMING) and name in event.personal:
            stands_for = people.ids[event.person]
            changed[name] = stands_for if name in CALLED and value is not None else None
        elif name in TEXTS and isinstance(value, str):
            changed[name] = people.left_out_of(value)
        elif name in TEXTS and isinstance(value, dict):
            changed[name] = {language: people.left_out_of(text) for language, text in value.items()}
    return structs.replace(event, **changed) if changed else event


TEXTS = frozenset({"text", "note", "reason", "title", "introduction", "gloss", "help_contact"})


NAMING = (events.PersonJoined, events.PersonInvited, events.PersonRenamed, events.NameHeld)
Naming = events.PersonJoined | events.PersonInvited | events.PersonRenamed | events.NameHeld
CALLED = ("name", "handle", "asked")


class _People:
    """Who there is, and what stands for each: `ids` by person."""

    def __init__(self, records: Iterable[Record]) -> None:
        self.ids: dict[str, str] = {}
        self.handles: dict[str, str] = {}
        """Whose each handle is, folded."""
        self._names: dict[str, list[tuple[str, str]]] = {}
        """By the first word, folded: whole names, folded, and what stands for them; longest first."""
        self._parts: dict[str, str] = {}
        counted: Counter[str] = Counter()
        for record in records:
            event = record.event
            if isinstance(event, events.PersonJoined | events.PersonInvited) and event.person not in self.ids:
                role = event.role if isinstance(event, events.PersonInvited) else Role.PARTICIPANT
                letter = LETTERS.get(role, "P")
                counted[letter] += 1
                self.ids[event.person] = f"{letter}{counted[letter]}"
            if isinstance(event, NAMING):
                self._know(event)
        for names in self._names.values():
            names.sort(key=lambda name: -len(name[0]))

    def _know(self, event: Naming) -> None:
        stands_for = self.ids[event.person]
        self.handles[(getattr(event, "handle", None) or "").casefold()] = event.person
        for name in filter(None, (getattr(event, field, None) for field in CALLED)):
            if (first := _WORD.search(name)) and name.casefold() not in ROLES:
                folded = name[first.start() :].casefold()
                self._names.setdefault(first[0].casefold(), []).append((folded, stands_for))
        if isinstance(event, events.PersonInvited) and event.name and event.name.casefold() not in ROLES:
            for part in _WORD.findall(event.name):
                if len(part) >= PART:
                    self._parts.setdefault(part, stands_for)

    def left_out_of(self, text: str) -> str:
        text = "".join(_masked(text))
        for pattern, mask in _MASKED:
            text = pattern.sub(mask, text)
        return "".join(self._pieces(text))

    def _pieces(self, text: str) -> Iterator[str]:
        done = 0
        for word in _WORD.finditer(text):
            if word.start() < done:
                continue
            for name, stands_for in self._names.get(word[0].casefold(), ()):
                end = _end_of(text, word.start(), name)
                if end is not None:
                    yield text[done : word.start()] + stands_for
                    done = end
                    break
            else:
                if word[0] in self._parts:
                    yield text[done : word.start()] + self._parts[word[0]]
                    done = word.end()
        yield text[done:]


def _masked(text: str) -> Iterator[str]:
    done = 0
    for start, end, kind in personal_data(text):
        yield text[done:start] + MASKS[kind]
        done = end
    yield text[done:]


def _end_of(text: str, start: int, name: str) -> int | None:
    """Where `name` (folded) ends in `text`, if it stands at `start` as words of its own."""
    end = start + len(name)
    if text[start:end].casefold() != name or (
        end < len(text) and _WORD.match(text, end) and name[-1].isalnum()
    ):
        return None
    return end


ROLES = frozenset({"chair", "moderator", "organiser"}) | {CLOCK}
"""Names that say a role and nobody."""
