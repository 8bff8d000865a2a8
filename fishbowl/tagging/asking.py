"""Whether a text puts a question: holds its words, and little else.

Knows a text and the questions' texts; whose text it is, and what follows from it, others decide. How often
it is right on real meetings: `python -m tests.benchmarks.tagging --asking`.
"""

from collections import Counter
from collections.abc import Iterable, Mapping

from fishbowl.tagging.pieces import words

__all__ = ["asked"]

OF_THE_QUESTION = 0.5
"""At least this share of a question's words must stand in the text."""
OF_THE_TEXT = 0.5
"""At least this share of the text's words must be the question's."""
LEAST = 3
"""Fewer words in common are no question."""


def asked(text: str, questions: Mapping[int, Iterable[str]]) -> int | None:
    """The number of the question that `text` puts, the one it says most of; None where it puts none.

    `questions`: the texts of each, in as many languages as it has. Among equals it is the lower number.
    """
    said = Counter(words(text))
    best, found = 0.0, None
    for number, texts in sorted(questions.items()):
        for one in texts:
            if (held := _held(said, Counter(words(one)))) > best:
                best, found = held, number
    return found


def _held(said: Counter[str], question: Counter[str]) -> float:
    """How much of both is the same, as a product of two shares; 0 where that is not enough."""
    common = (said & question).total()
    if common < LEAST:
        return 0.0
    of_the_question, of_the_text = common / question.total(), common / said.total()
    enough = of_the_question >= OF_THE_QUESTION and of_the_text >= OF_THE_TEXT
    return of_the_question * of_the_text if enough else 0.0
