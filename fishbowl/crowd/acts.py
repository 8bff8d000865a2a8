"""What one of the crowd does next, seen what there is.

Pure but for the chance it is handed: it looks at a state and names an act, it performs none. What it names
may be refused all the same, as anybody's may.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from random import Random
from typing import Any, Final, NamedTuple

from fishbowl.crowd.story import Lines
from fishbowl.debate.state import Contribution, State
from fishbowl.debate.vocabulary import Instant, Phase, SeatState, Status

__all__ = ["Act", "Members", "next_act"]

QUESTION_MS: Final = 120_000
"""How long the crowd's own chair stays with a question."""
AT_LEAST_MS: Final = 45_000
"""How long somebody holds a seat before they think of leaving it."""
RECENT: Final = 12
"""How far back people read before they answer or endorse."""
MOST_HANDS: Final = 4
READY: Final = 0.4
"""How likely somebody who is asked (takes the seat? makes room?) has decided by the next act."""


@dataclass(slots=True)
class Members:
    """Whom the crowd plays, by their ids. `chair`: None where a person chairs. `gone`: whose line is dead."""

    chair: str | None = None
    speakers: list[str] = field(default_factory=list)
    floor: list[str] = field(default_factory=list)
    gone: set[str] = field(default_factory=set)

    def here(self) -> list[str]:
        """Who can act."""
        everybody = [*([self.chair] if self.chair else []), *self.speakers, *self.floor]
        return [person for person in everybody if person not in self.gone]


class Act(NamedTuple):
    """A command, without its id, and who gives it."""

    by: str
    command: dict[str, Any]


def next_act(state: State, members: Members, lines: Lines, chance: Random, now: Instant) -> Act | None:
    """What happens next; None where, for this moment, nobody does anything."""
    if state.phase not in (Phase.LIVE, Phase.WRAP_UP) or state.frozen:
        return None
    scene = _Scene(state, members, lines, chance, now)
    return scene.asked() or scene.steered() or scene.volunteered()


class _Scene:
    """One look at the debate."""

    def __init__(self, state: State, members: Members, lines: Lines, chance: Random, now: Instant) -> None:
        self.state = state
        self.members = members
        self.lines = lines
        self.chance = chance
        self.now = now
        self.seated = [
            seat.holder
            for seat in state.seats.values()
            if seat.state is SeatState.TAKEN and seat.holder in members.here()
        ]
        self.floor = [person for person in members.floor if person not in members.gone]

    # What cannot wait

    def asked(self) -> Act | None:
        """Whoever was offered a seat, or asked to make room, answers in their own time."""
        for seat in self.state.seats.values():
            offered = seat.state is SeatState.OFFERED and seat.holder in self.members.here()
            if seat.holder and offered and self.chance.random() < READY:
                accepts = self.chance.random() < 0.85
                return Act(seat.holder, {"do": "take_seat" if accepts else "lower_hand"})
        full = self.state.circle_full
        if full is not None and self.chance.random() < READY / 2:
            asked = [self.state.seats[number] for number in full.seats]
            for seat in asked:
                if seat.state is SeatState.TAKEN and seat.holder and seat.holder in self.floor:
                    return Act(seat.holder, {"do": "leave_seat"})
        return None

    def steered(self) -> Act | None:
        """The chair goes on to the next question, and highlights what people endorse."""
        chair, state = self.members.chair, self.state
        if chair is None or not state.order or state.phase is not Phase.LIVE:
            return None
        if state.focus is None:
            return Act(chair, {"do": "focus", "question": state.order[0]})
        if state.clock(self.now) - (state.focus_since or self.now) > QUESTION_MS:
            place = (state.order.index(state.focus) + 1) % len(state.order)
            return Act(chair, {"do": "focus", "question": state.order[place]})
        for contribution in self._recent():
            if len(contribution.endorsed_by) >= 6 and not contribution.highlighted:
                number = contribution.contribution
                return Act(chair, {"do": "highlight", "contribution": number, "on": True})
        return None

    # What somebody feels like

    def volunteered(self) -> Act | None:
        wishes: Sequence[tuple[int, Callable[[], Act | None]]] = (
            (17, self._post),
            (17, self._reply),
            (50, self._endorse),
            (9, self._raise_a_hand),
            (5, self._leave_the_seat),
            (2, self._come_back),
            (4, self._misbehave),
        )
        weights = [weight for weight, _ in wishes]
        [(_, wish)] = self.chance.choices(wishes, weights)
        return wish()

    def _post(self) -> Act | None:
        by = self._somebody()
        if by is None:
            return None
        question = self.state.focus or next(iter(self.state.order), 1)
        speaker = self.state.people[by].name if by in self.members.speakers else None
        return Act(by, {"do": "post", "text": self.lines.on(question, speaker)})

    def _reply(self) -> Act | None:
        to, by = self._something(), self._somebody()
        if to is None or by is None or to.author == by:
            return None
        return Act(by, {"do": "post", "text": self.lines.reply(), "reply_to": to.contribution})

    def _endorse(self) -> Act | None:
        what = self._something()
        if what is None or not self.floor:
            return None
        by = self.chance.choice(self.floor)
        if by == what.author or by in what.endorsed_by:
            return None
        return Act(by, {"do": "endorse", "contribution": what.contribution, "on": True})

    def _raise_a_hand(self) -> Act | None:
        standing = [
            person for person in self.floor if person not in self.seated and person not in self.state.hands
        ]
        if not standing or len(self.state.hands) >= MOST_HANDS or self.state.phase is not Phase.LIVE:
            return None
        return Act(self.chance.choice(standing), {"do": "raise_hand"})

    def _leave_the_seat(self) -> Act | None:
        """A participant whose turn was long enough leaves; now and then a speaker steps out for a while."""
        for seat in self.state.seats.values():
            if seat.state is not SeatState.TAKEN or self.now - (seat.since or self.now) < AT_LEAST_MS:
                continue
            willing = 1.0 if seat.holder in self.floor else 0.1
            if seat.holder in self.members.here() and self.chance.random() < willing:
                return Act(seat.holder, {"do": "leave_seat"})
        return None

    def _come_back(self) -> Act | None:
        """A speaker who stepped out wants to sit again."""
        for person in self.members.speakers:
            if person not in self.seated and person not in self.state.hands:
                return Act(person, {"do": "raise_hand"})
        return None

    def _misbehave(self) -> Act | None:
        """It is always the same two, so that a chair who acts is seen to have done something."""
        line = self.lines.mischief()
        if line is None or not self.floor:
            return None
        return Act(self.chance.choice(self.floor[:2]), {"do": "post", "text": line})

    # Who and what

    def _somebody(self) -> str | None:
        """The circle speaks as often as all the floor together."""
        circle = self.seated if self.chance.random() < 0.5 else []
        crowd = circle or self.floor or self.seated
        return self.chance.choice(crowd) if crowd else None

    def _recent(self) -> list[Contribution]:
        last = len(self.state.contributions)
        found = [self.state.contributions.get(number) for number in range(max(1, last - RECENT), last + 1)]
        return [one for one in found if one is not None and one.status is Status.POSTED]

    def _something(self) -> Contribution | None:
        recent = self._recent()
        return self.chance.choice(recent) if recent else None
