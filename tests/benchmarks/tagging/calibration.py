"""How right shown guesses are: the curve of `fishbowl.tagging.confidence`, fitted and checked.

A group is always judged by a curve that was fitted on the groups of the other sets and the other groups of
its own (`left_out`), never by one that has seen it.
"""

from dataclasses import dataclass
from itertools import pairwise
from math import exp, log

from fishbowl.tagging.confidence import HARDLY, lead
from tests.benchmarks.tagging.methods import answers
from tests.benchmarks.tagging.sets import SETS, runs

Terms = tuple[float, float, float, float]
Curve = Terms


@dataclass(frozen=True)
class Guess:
    """A best guess: its group, its likenesses, the confidence it was shown at, whether it was right."""

    group: str
    best: float
    second: float
    right: bool
    confidence: float | None
    taught: float

    @property
    def terms(self) -> Terms:
        return (1.0, log(self.best), lead(self.best, self.second), self.taught)


def guesses(corrections: tuple[int, ...], level: str = "helpful") -> list[Guess]:
    """Every best guess over all sets, texts that answer none of the questions among them."""
    found = []
    for name in SETS:
        for k in corrections:
            for place, run in enumerate(runs(name, k, none=True)):
                lessons = sum(len(line.taught) for line in run.lines)
                taught = min(1.0, lessons / (2 * len(run.questions)))
                for line, answer in zip(run.scored, answers(run, level), strict=True):
                    (number, best), (_, second) = answer["ranking"][:2]
                    shown = next((tag["confidence"] for tag in answer["tags"]), None)
                    found.append(Guess(f"{name} {place}", best, second, number in line.right, shown, taught))
    return found


def fitted(seen: list[Guess]) -> Curve:
    """A logistic curve, by Newton's method; every set weighs the same."""
    telling = [guess for guess in seen if guess.best > HARDLY]
    rows = [(guess.terms, float(guess.right), guess.group.split()[0]) for guess in telling]
    sizes = {name: sum(row[2] == name for row in rows) for name in {row[2] for row in rows}}
    curve = [0.0] * 4
    for _ in range(12):
        slope = [0.0] * 4
        bend = [[1e-6 * (i == j) for j in range(4)] for i in range(4)]
        for terms, right, name in rows:
            chance = _chance(curve, terms)
            weight = len(rows) / len(sizes) / sizes[name]
            for i in range(4):
                slope[i] += weight * (right - chance) * terms[i]
                for j in range(4):
                    bend[i][j] += weight * chance * (1 - chance) * terms[i] * terms[j]
        curve = [value + step for value, step in zip(curve, _solved(bend, slope), strict=True)]
    return (curve[0], curve[1], curve[2], curve[3])


def left_out(seen: list[Guess], at_least: float) -> list[tuple[float, bool]]:
    """For each guess shown: its confidence by a curve that has not seen its group, and if it was right."""
    shown = []
    for group in sorted({guess.group for guess in seen}):
        curve = fitted([guess for guess in seen if guess.group != group])
        for guess in seen:
            if guess.group == group and guess.best > HARDLY:
                chance = _chance(curve, guess.terms)
                if chance >= at_least:
                    shown.append((chance, guess.right))
    return shown


def bins(shown: list[tuple[float, bool]], count: int = 10) -> list[tuple[float, float, int]]:
    """Bins of equal mass: mean confidence, share that is right, how many."""
    ordered = sorted(shown)
    cuts = [len(ordered) * place // count for place in range(count + 1)]
    return [
        (
            sum(chance for chance, _ in part) / len(part),
            sum(right for _, right in part) / len(part),
            len(part),
        )
        for low, high in pairwise(cuts)
        if (part := ordered[low:high])
    ]


def error(shown: list[tuple[float, bool]]) -> float:
    """The expected calibration error over bins of equal mass."""
    return sum(abs(mean - right) * size for mean, right, size in bins(shown)) / len(shown)


def _chance(curve: list[float] | Curve, terms: Terms) -> float:
    return 1 / (1 + exp(-sum(value * term for value, term in zip(curve, terms, strict=True))))


def _solved(rows: list[list[float]], right: list[float]) -> list[float]:
    """Four equations, by elimination."""
    table = [[*row, value] for row, value in zip(rows, right, strict=True)]
    for i in range(4):
        table[i] = [value / table[i][i] for value in table[i]]
        for j in range(4):
            if j != i:
                table[j] = [a - table[j][i] * b for a, b in zip(table[j], table[i], strict=True)]
    return [row[4] for row in table]
