"""A debate for people under 18: what it is held to from the beginning, and that two adults are there.

Pure. RULES, "Who may read, who may join". What is listed here is refused when it is weakened, by name.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from typing import Any, Final

import msgspec

from fishbowl.debate.moderation import moderates
from fishbowl.debate.refused import Refused
from fishbowl.debate.state import State
from fishbowl.debate.vocabulary import Audience, Door, Moderation, Names, Phase, Rules

__all__ = ["check_adults", "check_kept", "hold"]

HeldTo = Mapping[str, tuple[Any, ...]]

HELD_TO: Final[HeldTo] = {
    "audience": (Audience.CLOSED,),
    "door": tuple(door for door in Door if door is not Door.OPEN),
}
HELD_TO_RULES: Final[HeldTo] = {
    "moderation": (Moderation.HOLD,),
    "names": (Names.PSEUDONYM,),
}
"""What each may be."""
ADULTS: Final = 2
"""How many of chair and moderators have to be there when it goes live."""


def weaker(given: Mapping[str, Any], held_to: HeldTo) -> Iterator[tuple[str, tuple[Any, ...]]]:
    """The names in `given` whose values are weaker than they may be, and what they may be."""
    for name, possible in held_to.items():
        if name in given and given[name] not in possible:
            yield name, possible


def hold(found: dict[str, Any], given: object) -> Iterator[tuple[str, str, list[str]]]:
    """Set in a definition what it is held to, and give what it was given and is weaker: key, value, choices.

    `given`: its rules as they were written down.
    """
    rules: Rules = found.get("rules", Rules())
    written = {
        name: getattr(rules, name) for name in HELD_TO_RULES if isinstance(given, dict) and name in given
    }
    for prefix, values, held_to in (("", found, HELD_TO), ("rules.", written, HELD_TO_RULES)):
        for name, possible in weaker(values, held_to):
            yield prefix + name, str(values[name]), [str(each) for each in possible]
    found.setdefault("audience", Audience.CLOSED)
    found.setdefault("door", Door.CODE)
    kept = {name: possible[0] for name, possible in HELD_TO_RULES.items()}
    found["rules"] = msgspec.structs.replace(rules, **kept)


def check_kept(state: State, **given: Any) -> None:
    """Refuse what would weaken a debate for people under 18."""
    if not state.under_18:
        return
    for name, possible in weaker(given, {**HELD_TO, **HELD_TO_RULES}):
        raise Refused(
            "debate.protected",
            "This debate is for people under 18: {name} stays {possible}.",
            name=name,
            possible=[str(each) for each in possible],
        )


def check_adults(state: State, phase: Phase, present: Collection[str]) -> None:
    """Refuse to go live with people under 18 before two adults, chair or moderators, are connected."""
    if not state.under_18 or phase is not Phase.LIVE:
        return
    there = [person for person in present if moderates(state, person)]
    if len(there) < ADULTS:
        raise Refused(
            "phase.two_adults",
            "With people under 18, two adults look after the debate. Ask a second chair or moderator to open"
            " their link; then it can begin.",
        )
