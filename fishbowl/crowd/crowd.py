"""The crowd at work in a running debate: it comes in, acts one act after another, and stays present.

Asks the debate for everything, as the wire would. Knows no page, and nobody's secret.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Awaitable, Callable
from random import Random
from typing import Any, Final

from fishbowl.clock import Clock
from fishbowl.crowd.acts import Act, Members, next_act
from fishbowl.crowd.story import Lines
from fishbowl.debate.refused import Refused
from fishbowl.debate.vocabulary import Instant
from fishbowl.live.debate import LiveDebate

__all__ = ["Crowd"]

BETWEEN_ACTS: Final = 2.4
"""Seconds from one act to the next, in the mean: eight contributions a minute, as a lively hour has them."""
LIKELY_TO_COME: Final = 0.5
LIKELY_TO_DROP: Final = 0.02
DROPPED_MS: Final = 150_000
"""Long enough for a seat to be seen as left behind: 90 s without a word, and then the seat's own clock."""


class Crowd:
    """`size`: how many join, beside the `members` that are there already.

    `clock` is the debate's; `pause` waits for seconds of it. `code`: what opens the door. `dropouts`: whether
    lines go dead for a while.
    """

    def __init__(
        self,
        debate: LiveDebate,
        lines: Lines,
        members: Members,
        *,
        size: int,
        chance: Random,
        clock: Clock,
        pause: Callable[[float], Awaitable[None]],
        code: str | None = None,
        dropouts: bool = False,
    ) -> None:
        self.members = members
        self.refused: Counter[str] = Counter()
        """How often the crowd was told no, by code."""
        self.acts = 0
        self._debate = debate
        self._lines = lines
        self._size = size
        self._chance = chance
        self._clock = clock
        self._pause = pause
        self._code = code
        self._dropouts = dropouts
        self._back_at: dict[str, Instant] = {}

    async def open(self) -> None:
        """The crowd's chair lets people in and begins."""
        assert self.members.chair is not None, "a person chairs this debate"
        for phase in ("lobby", "live"):
            self._stay()
            await self._perform(Act(self.members.chair, {"do": "move_to", "phase": phase}))

    async def play(self, until: Callable[[], bool] = lambda: False) -> None:
        """Go on, an act at a time, until told to stop."""
        while not until():
            await self._pause(self._chance.expovariate(1 / BETWEEN_ACTS))
            await self.once()

    async def once(self) -> None:
        """One act, and sometimes somebody new."""
        self._drop_out()
        self._stay()
        if len(self.members.floor) < self._size and self._chance.random() < LIKELY_TO_COME:
            await self._one_more()
        act = await self._debate.read(
            lambda state: next_act(state, self.members, self._lines, self._chance, self._clock.now())
        )
        if act is not None:
            await self._perform(act)

    def _stay(self) -> None:
        for person in self.members.here():
            self._debate.touch(person)

    def _drop_out(self) -> None:
        """Now and then somebody's line goes dead, and after a while they are back."""
        now = self._clock.now()
        if self._dropouts and self._chance.random() < LIKELY_TO_DROP:
            self._back_at[self._chance.choice(self.members.here())] = now + DROPPED_MS
        self._back_at = {person: at for person, at in self._back_at.items() if at > now}
        self.members.gone = set(self._back_at)

    async def _one_more(self) -> None:
        joined = await self._debate.join(code=self._code)
        if isinstance(joined, Refused):
            self.refused[joined.code] += 1
        else:
            self.members.floor.append(joined.person)

    async def _perform(self, act: Act) -> None:
        self.acts += 1
        reply: dict[str, Any] = await self._debate.ask(act.by, {**act.command, "id": f"crowd-{self.acts}"})
        if not reply["ok"]:
            self.refused[reply["code"]] += 1
