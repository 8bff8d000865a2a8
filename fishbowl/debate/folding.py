"""The register of folds: which function takes which event into a state.

Knows no event by itself; `evolve` holds that every event has its fold.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

from fishbowl.debate.events import Event
from fishbowl.debate.record import Record
from fishbowl.debate.state import State

__all__ = ["FOLDS", "folds"]

E = TypeVar("E", bound=Event)
Fold = Callable[[State, E, Record], None]

FOLDS: dict[type[Event], Callable[[State, Any, Record], None]] = {}


def folds(kind: type[E]) -> Callable[[Fold[E]], Fold[E]]:
    """Register the function that follows as the fold of `kind`."""

    def register(function: Fold[E]) -> Fold[E]:
        FOLDS[kind] = function
        return function

    return register
