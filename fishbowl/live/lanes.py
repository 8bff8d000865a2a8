"""What waits to be decided, and who comes first when more waits than one batch holds.

Three lanes: who keeps order (chair, moderators, organiser, and the clock), who sits in the circle, and
everybody else. Knows neither what a command means nor what becomes of it. Guarantees:
- what one person asks for is decided in the order they asked, also where they sit down in between;
- whoever waits in a lane moves on with every batch, however full the lanes before it are;
- each lane holds so much and no more, so that a crowd on the floor cannot keep the chair out.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable
from enum import IntEnum
from typing import Generic, Protocol, TypeVar

from fishbowl.debate.state import State
from fishbowl.debate.vocabulary import CLOCK, Role

__all__ = ["Lane", "Lanes", "lane_of"]

MOST_WAITING = 10_000
"""How many commands may wait in one lane."""
LEAST_SHARE = 4
"""A lane that is not empty has at least this part of a batch: a quarter."""


class Lane(IntEnum):
    """First come those who keep order."""

    ORDER = 0
    CIRCLE = 1
    FLOOR = 2


def lane_of(state: State, by: str) -> Lane:
    """Where what `by` asks for waits."""
    person = state.people.get(by)
    if by == CLOCK or (person is not None and person.role in (Role.CHAIR, Role.MODERATOR, Role.ORGANISER)):
        return Lane.ORDER
    return Lane.FLOOR if state.seat_of(by) is None else Lane.CIRCLE


class Asked(Protocol):
    """Something that waits, of somebody."""

    @property
    def by(self) -> str: ...


A = TypeVar("A", bound=Asked)


class Lanes(Generic[A]):
    """Everything that waits for one debate."""

    def __init__(self) -> None:
        self._lanes: tuple[deque[A], ...] = tuple(deque() for _ in Lane)
        self._again: list[A] = []
        """Taken once and put back: first of all next time."""
        self._of: dict[str, tuple[Lane, int]] = {}
        """In which lane a person waits, and with how much."""

    def __len__(self) -> int:
        return len(self._again) + sum(map(len, self._lanes))

    def put(self, asked: A, lane: Lane) -> bool:
        """Let it wait in `lane`, or where its author waits already; False: that lane is full."""
        lane, waiting = self._of.get(asked.by, (lane, 0))
        if len(self._lanes[lane]) >= MOST_WAITING:
            return False
        self._of[asked.by] = lane, waiting + 1
        self._lanes[lane].append(asked)
        return True

    def take(self, most: int) -> list[A]:
        """The next batch of at most `most`."""
        batch, self._again = self._again[:most], self._again[most:]
        for lane in Lane:
            kept_free = sum(
                min(len(self._lanes[after]), most // LEAST_SHARE) for after in Lane if after > lane
            )
            while self._lanes[lane] and len(batch) < most - kept_free:
                batch.append(self._next(lane))
        return batch

    def put_back(self, batch: Iterable[A]) -> None:
        """What was taken was not decided: it comes first again."""
        self._again[:0] = batch

    def take_all(self) -> list[A]:
        """Everything; nothing waits any more."""
        return self.take(len(self))

    def _next(self, lane: Lane) -> A:
        asked = self._lanes[lane].popleft()
        _, waiting = self._of.pop(asked.by)
        if waiting > 1:
            self._of[asked.by] = lane, waiting - 1
        return asked
