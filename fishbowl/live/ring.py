"""The ring: a debate's recent records as bytes, encoded once for each audience.

Knows nothing of who is connected. Guarantees that what it hands out is what may be seen now: when a
contribution's text goes, its records here are encoded anew before anybody reads them again.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

import msgspec
from msgspec import structs

from fishbowl.debate import events
from fishbowl.debate.events import Event, Hears
from fishbowl.debate.record import Record
from fishbowl.debate.state import State
from fishbowl.debate.vocabulary import Role
from fishbowl.live.readers import is_outside
from fishbowl.live.views import ONLOOKER, TELLING, Reader, author_of, record_view, seen_alike

__all__ = ["Encoded", "Ring"]

TEXTS = TELLING
"""Records that show a contribution's text."""
CHANGES_TEXT = (
    events.ContributionHidden,
    events.ContributionRefused,
    events.ContributionWithdrawn,
    events.ContributionRestored,
)
"""Records after which texts that were shown before are shown otherwise."""
ERASES = (events.ContributionErased, events.PersonAnonymised, events.PersonErased)
MODERATORS = Reader(None, Role.MODERATOR)
ORGANISER = Reader(None, Role.ORGANISER)


@dataclass(slots=True)
class Encoded:
    """One record for every audience; None where it is not theirs. `personal`: those who see it otherwise."""

    record: Record
    public: bytes | None
    moderators: bytes | None
    organiser: bytes | None
    personal: dict[str, bytes] = field(default_factory=dict)

    def for_(self, reader: Reader) -> bytes | None:
        if reader.backstage:
            return self.moderators if reader.moderating else self.organiser
        if self.personal and reader.person is not None:
            return self.personal.get(reader.person, self.public)
        return self.public


class Ring:
    """The last `size` records. Records before `first` are gone from it, or were never asked for."""

    def __init__(self, head: int, size: int = 6000) -> None:
        self.size = size
        self.head = head
        self.version = 0
        """Goes up whenever what was encoded before is encoded anew: frames made of it are stale then."""
        self._entries: deque[Encoded] = deque(maxlen=size)

    @property
    def first(self) -> int:
        """The oldest seq held; `head + 1` while it is empty."""
        return self.head - len(self._entries) + 1

    def add(self, state: State, records: Iterable[Record]) -> None:
        """Take in what was just committed; `state` is the one after all of `records`."""
        for record in records:
            if isinstance(record.event, CHANGES_TEXT):
                self._encode_anew(state, record.event.contribution)
            elif isinstance(record.event, events.PersonRenamed):
                self._erase(state, ())
            elif isinstance(record.event, ERASES):
                self._erase(state, record.event.records)
            self._entries.append(encode(state, record))
            self.head = record.seq

    def since(self, seq: int, to: int | None = None) -> Iterator[Encoded]:
        """The records after `seq` up to `to`, at most the head. `seq` must not lie before `first - 1`."""
        start = seq + 1 - self.first
        stop = min(self.head, self.head if to is None else to) + 1 - self.first
        # A deque indexes from its nearer end: recent records, the usual case, cost nothing to reach.
        return (self._entries[place] for place in range(start, stop))

    def reach_back(self, state: State, records: Sequence[Record]) -> None:
        """Take in older records again, the last ones before `first`, as far as there is room."""
        room = self.size - len(self._entries)
        if room and records and records[-1].seq == self.first - 1:
            self._entries.extendleft(encode(state, record) for record in reversed(records[-room:]))

    def _erase(self, state: State, records: Iterable[int]) -> None:
        """The words of these records are gone from here too; a name may stand in any other."""
        gone = set(records)
        for place, entry in enumerate(self._entries):
            record = entry.record
            self._entries[place] = encode(state, _without_words(record) if record.seq in gone else record)
        self.version += 1

    def _encode_anew(self, state: State, contribution: int) -> None:
        for place, entry in enumerate(self._entries):
            event = entry.record.event
            if isinstance(event, TEXTS) and event.contribution == contribution:
                self._entries[place] = encode(state, entry.record)
                self.version += 1


def _without_words(record: Record) -> Record:
    event = structs.replace(record.event, **dict.fromkeys(record.event.personal))
    return structs.replace(record, event=event, salt=None)


def encode(state: State, record: Record) -> Encoded:
    """`record` as bytes for every audience, as it may be seen now."""
    public = record_view(state, record, ONLOOKER)
    shared = _bytes(public)
    if seen_alike(state, record):
        return Encoded(record, shared, shared, shared)
    moderators = record_view(state, record, MODERATORS)
    backstage = shared if moderators == public else _bytes(moderators)
    apart = _is_apart(state, record.event, record.seq)
    organiser = _bytes(record_view(state, record, ORGANISER)) if apart else backstage
    encoded = Encoded(record, shared, backstage, organiser)
    if apart or any(getattr(record.event, name) is not None for name in record.event.backstage):
        for person in {getattr(record.event, "person", None), author_of(state, record.event)} - {None}:
            own = record_view(state, record, Reader(person))
            if own != public:
                encoded.personal[str(person)] = msgspec.json.encode(own)
    return encoded


def _is_apart(state: State, event: Event, seq: int) -> bool:
    """Whether an event is not for everybody, by itself or for the contribution or person it is about."""
    number = getattr(event, "contribution", None)
    hidden = number is not None and not state.contributions[number].shown
    return hidden or event.hears is not Hears.EVERYBODY or is_outside(state, event, seq)


def _bytes(view: object | None) -> bytes | None:
    return None if view is None else msgspec.json.encode(view)
