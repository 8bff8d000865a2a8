"""Carrying in: how a contribution of the outer circle comes onto the floor, where there are two streams.

Its author stays its author, is told, and is promised the next free seat; settle.py keeps the promise. RULES,
"Posting model".
"""

from __future__ import annotations

from fishbowl.debate import commands, events
from fishbowl.debate.commands import Asked
from fishbowl.debate.events import Event
from fishbowl.debate.moderation import visible
from fishbowl.debate.refused import Refused
from fishbowl.debate.safety import check_muted
from fishbowl.debate.state import PROMISING, State
from fishbowl.debate.vocabulary import Circle, Posting, Role

__all__ = ["carry_in"]


def carry_in(state: State, asked: Asked, command: commands.CarryIn) -> list[Event]:
    """What is on the floor already stays as it is."""
    person = state.people[asked.by]
    chairs = person.role is Role.CHAIR
    if state.rules.posting is not Posting.TWO_STREAM:
        raise Refused("floor.one_stream", "Here all contributions stand on the floor: none is carried in.")
    if not chairs and state.seat_of(asked.by) is None:
        raise Refused("right.missing", "Who sits in the circle, or chairs, carries contributions in.")
    if state.frozen and not chairs:
        raise Refused("floor.frozen", "The floor is frozen for a moment. Try again soon.")
    check_muted(person, asked.at)
    contribution = visible(state, asked.by, command.contribution)
    if contribution.circle is Circle.INNER or contribution.carried_in is not None:
        return []
    promised = contribution.author if _may_be_promised(state, contribution.author) else None
    return [events.ContributionCarriedIn(contribution=command.contribution, person=promised)]


def _may_be_promised(state: State, author: str) -> bool:
    """Whether the next free seat can be kept for `author`: they may sit, and neither do nor are about to."""
    person = state.people[author]
    return (
        state.phase in PROMISING
        and person.role in (Role.PARTICIPANT, Role.SPEAKER)
        and not (person.blocked or person.gone)
        and author not in state.promised
        and state.seat_of(author) is None
        and state.offer_to(author) is None
    )
