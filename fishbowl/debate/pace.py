"""How fast a person may contribute: a token bucket that is a fold of what they posted.

Pure arithmetic on a person's own bucket; it never stores anything itself. RULES, "Contributions": 6 accepted
posts a minute with bursts of 3, seated people and the chair freer, slow mode a minimum pause.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from fishbowl.debate.vocabulary import Instant, Role, Rules

if TYPE_CHECKING:
    from fishbowl.debate.state import Person

__all__ = ["after_post", "wait_before_post"]

SEATED = 2
"""A seated person has twice the pace: the circle carries the debate."""
STEERING = 10
"""Chair and moderators have ten times the pace: they answer everybody."""


def wait_before_post(person: Person, rules: Rules, seated: bool, now: Instant) -> float:
    """Seconds until `person` may post; 0 if at once."""
    if rules.pace_per_minute == 0:
        return 0.0
    wait = 0.0
    if rules.slow_seconds and person.tokens is not None and _freedom(person, seated) < STEERING:
        wait = rules.slow_seconds - (now - person.filled_at) / 1000
    missing = 1 - _tokens(person, rules, seated, now)
    # A thousandth of a token is rounding, not haste.
    if missing > 0.001:
        wait = max(wait, missing * 60 / (rules.pace_per_minute * _freedom(person, seated)))
    return max(0.0, wait)


def after_post(person: Person, rules: Rules, seated: bool, now: Instant) -> float:
    """The tokens left when `person` has posted at `now`."""
    return max(0.0, _tokens(person, rules, seated, now) - 1)


def _tokens(person: Person, rules: Rules, seated: bool, now: Instant) -> float:
    most = float(rules.pace_burst * _freedom(person, seated))
    if person.tokens is None:
        return most
    refilled = (now - person.filled_at) / 60_000 * rules.pace_per_minute * _freedom(person, seated)
    return min(most, person.tokens + refilled)


def _freedom(person: Person, seated: bool) -> int:
    if person.role in (Role.CHAIR, Role.MODERATOR):
        return STEERING
    return SEATED if seated else 1
