"""Readings for tests: records that are decoded anew for every reading, as a store gives them, and those of a
debate so long that a test had better not hold them.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from fishbowl.debate import events
from fishbowl.debate.record import Record
from fishbowl.debate.vocabulary import Circle, Tag
from fishbowl.log.codec import decode, encode
from tests.transcript.invented import HOUR, START, Evening, invented_definition

__all__ = ["LongDebate", "Stored"]

PEOPLE: Final = 300
ROUND: Final = 8
"""Records of a round in a long debate: six posts, an endorsement, and one thing that moderation does."""
POSTS: Final = 6
TEXT: Final = (
    "If we shared the keys and trusted one another, the library could stay open longer than anybody who works"
    " till six would think, and it would cost less than the heating of the town hall does on a cold Sunday."
)


class Stored:
    """Rows as a store has them."""

    def __init__(self, records: Sequence[Record]) -> None:
        self._rows = [encode(record) for record in records]
        self.rests = 0
        self.picked = 0
        self.breaks = False

    def __iter__(self) -> Iterator[Record]:
        for row in self._rows:
            self._may_break()
            yield decode(*row)

    def lose(self, contribution: int) -> None:
        """Erase the text of a contribution, as a store does: the record stays."""
        for place, (stored, _) in enumerate(self._rows):
            event = decode(*self._rows[place]).event
            if isinstance(event, events.ContributionPosted) and event.contribution == contribution:
                self._rows[place] = stored, []

    def pick(self, seqs: Sequence[int]) -> list[Record]:
        self._may_break()
        self.picked += 1
        return [decode(*self._rows[seq - 1]) for seq in seqs]

    def rest(self) -> None:
        self.rests += 1

    def _may_break(self) -> None:
        if self.breaks:
            raise OSError("The store is broken.")


class LongDebate:
    """An invented debate whose records are made when they are read: none is held."""

    def __init__(self, contributions: int) -> None:
        evening = Evening(invented_definition(), seed=1)
        evening.begin(PEOPLE)
        self._first = evening.records
        self._people = evening.participants
        self._moderator = evening.moderator
        self._contributions = contributions
        self.last = len(self._first) + contributions // POSTS * ROUND

    def __iter__(self) -> Iterator[Record]:
        return map(self._record, range(1, self.last + 1))

    def pick(self, seqs: Sequence[int]) -> Iterator[Record]:
        return map(self._record, seqs)

    def rest(self) -> None:
        """Nobody waits."""

    def _record(self, seq: int) -> Record:
        if seq <= len(self._first):
            return self._first[seq - 1]
        turn, place = divmod(seq - len(self._first) - 1, ROUND)
        by = self._people[_scattered(seq) % PEOPLE]
        event: events.Event
        if place < POSTS:
            event = self._posted(turn * POSTS + place + 1, by)
        elif place == POSTS:
            event = events.ContributionEndorsed(contribution=turn * POSTS + 3, on=True, endorsements=1)
        elif turn % 10:
            event = events.ContributionEndorsed(contribution=turn * POSTS + 1, on=True, endorsements=1)
        else:
            by, event = (
                self._moderator,
                events.ContributionHidden(contribution=turn * POSTS + 2, reason="spam"),
            )
        at = START + HOUR * seq // self.last
        return Record(seq, max(at, self._first[-1].at), by, event, None, seq.to_bytes(16))

    def _posted(self, number: int, author: str) -> events.ContributionPosted:
        """Every third answers the one before: threads of three."""
        root = number - (number - 1) % 3
        chance = _scattered(number)
        text = f"{TEXT[chance % 60 :]} #keys"
        return events.ContributionPosted(
            contribution=number,
            author=author,
            circle=Circle.OUTER,
            root=root,
            path=".".join(map(str, range(root, number + 1))),
            tags=(Tag(1 + number % 5, "similar", chance / 2**32),),
            text=text,
            reply_to=number - 1 if number > root else None,
        )


def _scattered(number: int) -> int:
    """A number of 32 bits that looks like chance, always the same one."""
    return number * 2_654_435_761 % 2**32
