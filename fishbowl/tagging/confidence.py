"""Confidence: how likely the best guess is right, and when it is sure enough to be shown.

A likeness says little by itself: 0.2 is much where the second question has 0.05, and nothing where it has
0.19. The four numbers below turn the best and the second likeness into a share of guesses that are right.
They are what `python -m tests.benchmarks.tagging --fit` prints, a logistic curve over guesses of real sets;
docs/tagging.md says how, and how right a shown 80 % is on sets that were left out.
"""

from collections.abc import Mapping, Sequence
from math import exp, log
from typing import Final

BASE, BEST, LEAD, TAUGHT = -0.53, 0.29, 5.64, 0.60
"""Of the curve: its constant; what the logarithm of the best likeness, its lead and lessons weigh."""

LEVELS: Final[Mapping[str, float]] = {"sure": 0.8, "helpful": 0.5, "everything": 0.35}
"""From which confidence on a likeness is shown, by the level of RULES that the chair has chosen."""

HARDLY = 0.05
"""Less likeness than this is shared by any two texts."""
_LITTLE = 0.1


def confidence(best: float, second: float, taught: float = 0.0) -> float:
    """The chance that the question with the best likeness is right; `taught`: see `Tagger`."""
    if best <= HARDLY:
        return 0.0
    curve = BASE + BEST * log(best) + LEAD * lead(best, second) + TAUGHT * taught
    return round(1 / (1 + exp(-curve)), 4)


def lead(best: float, second: float) -> float:
    """How far the best is ahead, from 0 to 1; of little likeness no lead is great."""
    return (best - second) / (best + _LITTLE)


def clear(
    ranking: Sequence[tuple[int, float]], level: str, taught: float = 0.0
) -> tuple[tuple[int, float], ...]:
    """The best question of a ranking with its confidence, where that is enough for `level`; else nothing."""
    if not ranking:
        return ()
    best = ranking[0][1]
    second = ranking[1][1] if len(ranking) > 1 else 0.0
    sure = confidence(best, second, taught)
    return ((ranking[0][0], sure),) if sure >= LEVELS[level] else ()
