"""The real sets, and how a run over one of their groups is drawn: lessons first, then what is scored."""

import json
import random
from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from typing import Any

DATA = Path(__file__).parents[4] / "shared" / "data" / "tagging"
SETS = ("argkp", "short-answers", "parties-german")

Group = dict[str, Any]


@dataclass(frozen=True)
class Line:
    """A text with the questions it answers; `taught`: it is a correction and not scored."""

    text: str
    right: tuple[int, ...]
    taught: tuple[int, ...] = ()


@dataclass(frozen=True)
class Run:
    """One group of one set in the order in which its texts come."""

    name: str
    questions: tuple[str, ...]
    lines: tuple[Line, ...]

    @property
    def scored(self) -> list[Line]:
        return [line for line in self.lines if not line.taught]


def read(name: str) -> list[Group]:
    groups: list[Group] = json.loads((DATA / f"{name}.json").read_text(encoding="utf-8"))
    return groups


def drawn(name: str, group: Group, k: int, seed: int = 1, none: bool = False) -> Run:
    """Up to `k` texts of each question as corrections, then all others in an order drawn by `seed`.

    Texts that answer none of the questions are left out, or with `none` come among the others.
    """
    items = [item for item in group["items"] if item["y"] or none]
    random.Random(seed).shuffle(items)
    lessons: list[Line] = []
    others: list[Line] = []
    given: Counter[int] = Counter()
    for item in items:
        wanted = tuple(question for question in item["y"] if given[question] < k)
        given.update(wanted)
        (lessons if wanted else others).append(Line(item["text"], tuple(item["y"]), wanted))
    return Run(name, tuple(group["questions"]), (*lessons, *others))


def runs(name: str, k: int, seed: int = 1, none: bool = False) -> list[Run]:
    return [drawn(name, group, k, seed, none) for group in read(name)]
