"""The tagger: how much a text is like each question, and what corrections have taught it.

Knows no debate, no store and no threshold: it ranks, others decide what is clear enough. Its memory is a
function of the questions and the set of corrections alone, not of their order, so that a fold of the log
restores it exactly; what is unlearned leaves no trace.

Likeness is the cosine between what is rare in the text and what is rare in the question (inverse document
frequency over questions and learned texts). Corrections shift a question towards the texts put under it
(Rocchio): the mean of the examples is added with a weight that grows with their number, for a single one at
full weight does harm.
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from itertools import chain
from math import log, sqrt

from fishbowl.tagging.pieces import pieces

# By number of examples; more than five weigh like five. Measured on answers and arguments in two languages.
_EXAMPLES_WEIGH = (0.0, 0.5, 1.2, 1.4, 1.55, 1.7)

_Weights = dict[str, float]


class Tagger:
    """The questions of one debate, and what was learned about them.

    `set_question`, `learn` and `unlearn` change it; `likeness` only reads. Texts it learned are kept by their
    pieces, so unlearn a text that is erased.
    """

    def __init__(self, questions: Mapping[int, str] | None = None) -> None:
        self._questions: dict[int, tuple[str, ...]] = {}
        self._examples: dict[int, Counter[tuple[str, ...]]] = {}
        self._documents: Counter[str] = Counter()  # in how many questions and examples a piece occurs
        self._total = 0  # questions and examples, when the index was made
        self._index: dict[str, list[tuple[int, float]]] | None = None
        for number, text in (questions or {}).items():
            self.set_question(number, text)

    def set_question(self, number: int, text: str) -> None:
        """Add a question, or put another text in its place; what was learned about it stays."""
        self._documents.subtract(self._questions.get(number, ()))
        self._questions[number] = pieces(text)
        self._documents.update(self._questions[number])
        self._index = None

    def learn(self, text: str, correct: Iterable[int]) -> None:
        """Take a text as an example of the questions it was put under; of none, there is nothing to learn."""
        self._teach(pieces(text), correct, 1)

    def unlearn(self, text: str, correct: Iterable[int]) -> None:
        """Undo one `learn` with the same arguments; `ValueError` where there was none."""
        example = pieces(text)
        for number in correct:
            if self._examples.get(number, Counter())[example] < 1:
                raise ValueError(f"question {number} never learned this text")
        self._teach(example, correct, -1)

    def likeness(self, text: str) -> list[tuple[int, float]]:
        """Every question with its likeness from 0 to 1, best first, the lower number first among equals."""
        index = self._indexed()
        scores = dict.fromkeys(self._questions, 0.0)
        length = 0.0
        for piece in pieces(text):
            rarity = self._rarity(piece)
            length += rarity * rarity
            for number, weight in index.get(piece, ()):
                scores[number] += rarity * weight
        norm = sqrt(length) or 1.0
        alike = [(number, min(1.0, round(score / norm, 4))) for number, score in scores.items()]
        return sorted(alike, key=lambda one: (-one[1], one[0]))

    def _teach(self, example: tuple[str, ...], correct: Iterable[int], sign: int) -> None:
        for number in dict.fromkeys(correct):
            examples = self._examples.setdefault(number, Counter())
            examples[example] += sign
            if not examples[example]:
                del examples[example]
            for piece in example:
                self._documents[piece] += sign
            self._index = None

    def _rarity(self, piece: str) -> float:
        """How much a piece tells: 0.7 for one found everywhere, more the fewer texts have it."""
        return log(1 + (self._total + 0.5) / (self._documents[piece] + 0.5))

    def _indexed(self) -> dict[str, list[tuple[int, float]]]:
        """For each piece, the questions it speaks for and how much; made again after any change."""
        if self._index is None:
            taught = sum(sum(examples.values()) for examples in self._examples.values())
            self._total = len(self._questions) + taught
            self._index = {}
            for number, question in sorted(self._questions.items()):
                for piece, weight in self._vector(number, question).items():
                    self._index.setdefault(piece, []).append((number, weight))
        return self._index

    def _vector(self, number: int, question: tuple[str, ...]) -> _Weights:
        """A question with the mean of its examples added, at length 1."""
        vector = self._unit(question)
        # In a fixed order: sums of floats depend on it.
        examples = sorted(self._examples.get(number, Counter()).elements())
        if examples:
            weight = _EXAMPLES_WEIGH[min(len(examples), len(_EXAMPLES_WEIGH) - 1)] / len(examples)
            for piece, value in chain.from_iterable(self._unit(example).items() for example in examples):
                vector[piece] = vector.get(piece, 0.0) + weight * value
        return _at_length_one(vector)

    def _unit(self, document: tuple[str, ...]) -> _Weights:
        return _at_length_one({piece: self._rarity(piece) for piece in document})


def _at_length_one(vector: _Weights) -> _Weights:
    length = sqrt(sum(value * value for value in vector.values())) or 1.0
    return {piece: value / length for piece, value in vector.items()}
