"""What can happen to closed rounds, in which a group has the circle to itself."""

from __future__ import annotations

from fishbowl.debate.event import Event
from fishbowl.debate.vocabulary import Instant


class RoundStarted(Event, frozen=True, tag="round.started"):
    """`people` sit down together, whoever else sits gets up. `until`: none where the chair ends it.

    `title`: what the group is called.
    """

    personal = ("title",)
    people: tuple[str, ...]
    until: Instant | None = None
    title: str | None = None


class RoundExtended(Event, frozen=True, tag="round.extended"):
    """`own` (true): by somebody who sits in it, which can be once."""

    until: Instant
    own: bool | None = None


class RoundEnded(Event, frozen=True, tag="round.ended"):
    """Who sits gets up together. `why`: over, chair, next (another begins), left (nobody of it sits)."""

    why: str
