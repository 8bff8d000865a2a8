"""What an asker is answered, and what is remembered of it, so that asking again does nothing twice.

Knows the state and what is kept beside it; nothing of how a command is decided or stored. Guarantees: an id
that was accepted once is answered alike ever after, by whichever of the two it is remembered.
"""

from __future__ import annotations

import asyncio
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from hashlib import blake2b

import msgspec

from fishbowl.debate.commands import Command
from fishbowl.debate.decide import check_form
from fishbowl.debate.events import ContributionReported
from fishbowl.debate.record import Record
from fishbowl.debate.refused import Refused
from fishbowl.debate.state import Answered, State
from fishbowl.log.contract import Unchanged

__all__ = ["RETRY_SECONDS", "Accepted", "Answers", "Waiting", "digest", "unavailable"]

RETRY_SECONDS = 2.0
"""What an asker is told to wait when the store fails, and how long the loop waits before it reads again."""


@dataclass(frozen=True, slots=True)
class Accepted:
    """What an accepted command is answered: `seq` of its (last) record, or the head where nothing changed."""

    seq: int
    contribution: int | None = None
    status: str | None = None
    seat: int | None = None
    report: str | None = None


@dataclass(slots=True)
class Waiting:
    """A command that waits to be decided, then, with its outcome, to be answered."""

    by: str
    command: Command
    id: str | None
    answer: asyncio.Future[Accepted | Refused]
    outcome: Accepted | Refused | None = None


class Answers:
    """The answers to accepted commands: with their records in the state, or beside it (`Unchanged`)."""

    def __init__(self, unchanged: Iterable[Unchanged] = ()) -> None:
        self._unchanged: dict[tuple[str, str], Answered] = {}
        self.keep(unchanged)

    def keep(self, unchanged: Iterable[Unchanged]) -> None:
        """Remember what was accepted and changed nothing."""
        for one in unchanged:
            self._unchanged[one.by, one.id] = Answered(one.digest, one.salt, one.seq)

    def remembered(self, state: State, waiting: Waiting) -> Accepted | Refused | None:
        """The answer given before to this id; `id.reused` where the body is another; None: not known."""
        answered = self._answered(state, waiting)
        if answered is None:
            return None
        if (malformed := check_form(state, waiting.command)) is not None:
            return malformed
        if answered.salt is None or answered.digest == digest(waiting.command, answered.salt):
            return _accepted(answered)
        return Refused("id.reused", "This id was used before with another command.")

    def accepted(self, state: State, waiting: Waiting, played: Sequence[Record]) -> Accepted:
        """The answer to what has just been accepted and led to `played`."""
        if (answered := self._answered(state, waiting)) is not None:
            return _accepted(answered)
        own = [record.seq for record in played if record.by == waiting.by]
        reports = (each.event.report for each in played if isinstance(each.event, ContributionReported))
        return Accepted(own[-1] if own else state.seq, report=next(reports, None))

    def _answered(self, state: State, waiting: Waiting) -> Answered | None:
        if waiting.id is None:
            return None
        key = (waiting.by, waiting.id)
        return state.answered.get(key) or self._unchanged.get(key)


def digest(command: Command, salt: bytes) -> str:
    """What is kept of a command's body, to tell whether an id is used again with another."""
    return blake2b(msgspec.json.encode(command), key=salt, digest_size=32).hexdigest()


def unavailable() -> Refused:
    """The answer where nothing can be stored."""
    return Refused(
        "service.unavailable", "Nothing can be stored just now. Your text is kept; try again.", RETRY_SECONDS
    )


def _accepted(answered: Answered) -> Accepted:
    return Accepted(answered.seq, answered.contribution, answered.status, answered.seat, answered.report)
