"""How often the best guess is right, after 0, 1, 2 and 5 corrections a question; and what a guess costs.

    python -m tests.benchmarks.tagging

Reads the real sets from ../shared/data/tagging and leaves out what is not there. Corrections are drawn by a
fixed seed from each group and not scored. Beside the tagger stand the commonest question of each group (which
nothing could know beforehand) and the count of words shared with the question.
"""

import json
import random
import re
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path
from statistics import median
from time import perf_counter
from typing import Any

from fishbowl.tagging import Tagger
from fishbowl.text import find_entities

DATA = Path(__file__).parents[3] / "shared" / "data" / "tagging"
SETS = ("argkp", "short-answers", "parties-german")
CORRECTIONS = (0, 1, 2, 5)

Group = dict[str, Any]
Guess = Callable[[str], int]


def main() -> None:
    if not DATA.exists():
        print(f"no data here: {DATA}")
        return
    print(f"{'':16}{'commonest':>10}{'words':>8}" + "".join(f"{f'k = {k}':>8}" for k in CORRECTIONS))
    for name in SETS:
        groups = _read(name)
        figures = [_accuracy(groups, 0, _commonest), _accuracy(groups, 0, _words_shared)]
        figures += [_accuracy(groups, k, _tagger) for k in CORRECTIONS]
        print(f"{name:16}{figures[0]:10.3f}" + "".join(f"{figure:8.3f}" for figure in figures[1:]))
    _print_markers(_read("meetings"))
    _print_times(_read("short-answers"))


def _read(name: str) -> list[Group]:
    groups: list[Group] = json.loads((DATA / f"{name}.json").read_text(encoding="utf-8"))
    return groups


def _accuracy(groups: list[Group], k: int, method: Callable[[Group, list[Group]], Guess]) -> float:
    """The share of texts whose best guess is right, over all groups, those that taught left out."""
    right = total = 0
    for group in groups:
        lessons, scored = _drawn(group, k)
        guess = method(group, lessons)
        right += sum(guess(item["text"]) in item["y"] for item in scored)
        total += len(scored)
    return right / total


def _drawn(group: Group, k: int) -> tuple[list[Group], list[Group]]:
    """Up to `k` examples of each question as lessons, and everything else that answers one to be scored."""
    items = [item for item in group["items"] if item["y"]]
    random.Random(1).shuffle(items)
    lessons: list[Group] = []
    scored: list[Group] = []
    given: Counter[int] = Counter()
    for item in items:
        wanted = [question for question in item["y"] if given[question] < k]
        given.update(wanted)
        if wanted:
            lessons.append({"text": item["text"], "y": wanted})
        else:
            scored.append(item)
    return lessons, scored


def _tagger(group: Group, lessons: list[Group]) -> Guess:
    tagger = Tagger(dict(enumerate(group["questions"], 1)))
    for lesson in lessons:
        tagger.learn(lesson["text"], lesson["y"])
    return lambda text: tagger.likeness(text)[0][0]


def _words_shared(group: Group, _: list[Group]) -> Guess:
    questions = [set(re.findall(r"\w+", question.lower())) for question in group["questions"]]

    def guess(text: str) -> int:
        words = set(re.findall(r"\w+", text.lower()))
        return max(range(len(questions)), key=lambda place: (len(words & questions[place]), -place)) + 1

    return guess


def _commonest(group: Group, _: list[Group]) -> Guess:
    (best, _times), *_rest = Counter(one for item in group["items"] for one in item["y"]).most_common(1)
    return lambda text: best


def _print_markers(meetings: list[Group]) -> None:
    """How many messages of real meetings carry a marker, and of a question that exists."""
    found = [
        (marker.question in range(1, len(meeting["questions"]) + 1), item["text"])
        for meeting in meetings
        for item in meeting["items"]
        for marker in find_entities(item["text"]).markers
    ]
    texts = sum(len(meeting["items"]) for meeting in meetings)
    existing = sum(exists for exists, _ in found)
    print(f"\nmarkers in {texts} messages: {len(found)}, of a question there is: {existing}")


def _print_times(groups: list[Group]) -> None:
    texts = [item["text"] for group in groups for item in group["items"]]
    tagger = Tagger(dict(enumerate(groups[0]["questions"], 1)))
    for name, reads in (("likeness", tagger.likeness), ("entities", find_entities)):
        costs = sorted(_costs(reads, texts))
        slow = costs[len(costs) * 99 // 100]
        print(f"{name}: median {median(costs):.0f} us, one in a hundred over {slow:.0f} us")


def _costs(reads: Callable[[str], object], texts: list[str]) -> Iterator[float]:
    for text in texts:
        began = perf_counter()
        reads(text)
        yield (perf_counter() - began) * 1e6


if __name__ == "__main__":
    main()
