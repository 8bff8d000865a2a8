"""The tagger: how much a text is like each question, and what was learned from the texts put under it.

Knows no debate, no store and no threshold: it ranks, others decide what is clear enough. Its memory is a
function of the questions and the set of lessons alone, not of their order, so that a fold of the log restores
it exactly; what is unlearned leaves no trace. For that everything remembered is a whole number.

Likeness is the cosine between what is rare in the text and what is rare in the question, where rare means: in
few texts whatever is talked about (`everyday`), and in few of the questions and texts learned here. Lessons
shift a question towards the texts put under it (Rocchio): the mean of the texts is added with a weight that
grows with their number, for a single one at full weight does harm. docs/tagging.md has the figures.
"""

from collections.abc import Callable, Collection, Iterable, Mapping
from math import log, sqrt

from fishbowl.tagging.everyday import SHARE
from fishbowl.tagging.pieces import cut, pieces, words

FULL = 8
"""What a lesson weighs that somebody gave; a guess of our own weighs less."""

# By number of lessons; more than five weigh like five. Measured on answers and arguments in two languages.
_LESSONS_WEIGH = (0.0, 0.5, 1.2, 1.6, 2.0, 2.5)

_BACKGROUND = 50  # how many texts the table of common pieces stands for
_COMMON = 0.003  # a word of more texts than this tells nothing by itself
_POWER = 3.0  # a shared piece counts by its rarity to this power: the rarest by far the most
_ONE = 1 << 16  # a text's length, in whole numbers
_RARE = 1 << 8
_REMEMBERED = 50_000  # rarities, so that no flood of words fills the memory

_Vector = dict[str, int]


class _Question:
    """A question and the sum of its lessons, with what the length of both together is made of.

    The three products hold for the rarities at the moment; who changes a rarity calls `weigh`.
    """

    def __init__(self) -> None:
        self.asked: _Vector = {}
        self.told: _Vector = {}
        self.weight = 0  # of all lessons, in units of 1/FULL
        self.asked_square = 0
        self.product = 0
        self.told_square = 0

    def tell(self, lesson: _Vector, weight: int, rarity: Callable[[str], int]) -> None:
        """Add a lesson `weight` times; a negative weight takes it away."""
        for piece, value in lesson.items():
            change = weight * value
            before = self.told.get(piece, 0)
            rare = rarity(piece)
            self.product += self.asked.get(piece, 0) * change * rare
            self.told_square += (2 * before + change) * change * rare
            if before + change:
                self.told[piece] = before + change
            else:
                del self.told[piece]
        self.weight += weight

    def weigh(self, piece: str, change: int) -> None:
        """The rarity of a piece has changed by so much."""
        asked, told = self.asked.get(piece, 0), self.told.get(piece, 0)
        self.asked_square += asked * asked * change
        self.product += asked * told * change
        self.told_square += told * told * change

    def weigh_anew(self, rarity: Callable[[str], int]) -> None:
        """Every rarity has changed."""
        self.asked_square = sum(value * value * rarity(piece) for piece, value in self.asked.items())
        self.told_square = sum(value * value * rarity(piece) for piece, value in self.told.items())
        self.product = sum(
            value * self.told[piece] * rarity(piece)
            for piece, value in self.asked.items()
            if piece in self.told
        )

    def shift(self) -> float:
        """By what the sum of lessons is multiplied before it is added to the question."""
        if not self.weight:
            return 0.0
        lessons = min(self.weight / FULL, len(_LESSONS_WEIGH) - 1)
        below = min(int(lessons), len(_LESSONS_WEIGH) - 2)
        low, high = _LESSONS_WEIGH[below : below + 2]
        return (low + (high - low) * (lessons - below)) / self.weight

    def length(self) -> float:
        shift = self.shift()
        square = self.asked_square + 2 * shift * self.product + shift * shift * self.told_square
        return sqrt(square / _RARE) or 1.0


class Tagger:
    """The questions of one debate, and what was learned about them.

    `set_question`, `learn` and `unlearn` change it; `likeness` and `shared` only read. It remembers of a text
    its pieces, so unlearn a text that is erased.
    """

    def __init__(self, questions: Mapping[int, str] | None = None) -> None:
        self._questions: dict[int, _Question] = {}
        self._asking: dict[str, list[tuple[int, int]]] = {}
        self._documents: dict[str, int] = {}  # in how many questions and lessons a piece stands
        self._total = 0
        self._rarities: dict[str, int] = {}
        for number, text in (questions or {}).items():
            self.set_question(number, text)

    def set_question(self, number: int, text: str) -> None:
        """Add a question, or put another text in its place; what was learned about it stays."""
        question = self._questions.setdefault(number, _Question())
        if question.asked:
            self._count(question.asked, -1)
        question.asked = _unit(text)
        self._count(question.asked, 1)
        question.weigh_anew(self._rarity)
        self._asking = {}
        for each, one in sorted(self._questions.items()):
            for piece, value in one.asked.items():
                self._asking.setdefault(piece, []).append((each, value))

    @property
    def taught(self) -> float:
        """How much somebody has taught it: 1 from two lessons in full for each question on, in the mean."""
        given = self._total - len(self._questions)
        return min(1.0, given / (2 * len(self._questions))) if self._questions else 0.0

    def learn(self, text: str, questions: Iterable[int], weight: int = FULL) -> None:
        """Take a text as an example of questions there are; of none, there is nothing to learn.

        `weight` below `FULL` is for a guess: it shifts a question less, and does not change what is rare.
        """
        self._teach(text, questions, weight)

    def unlearn(self, text: str, questions: Iterable[int], weight: int = FULL) -> None:
        """Undo one `learn` with the same arguments."""
        self._teach(text, questions, -weight)

    def likeness(self, text: str) -> list[tuple[int, float]]:
        """Every question with its likeness from 0 to 1, best first, the lower number first among equals."""
        asked = dict.fromkeys(self._questions, 0.0)
        told = dict.fromkeys(self._questions, 0.0)
        taught = [(number, one.told) for number, one in self._questions.items() if one.weight]
        square = 0.0
        for piece, times in pieces(text).items():
            value = 1.0 if times == 1 else 1.0 + log(times)
            weight = self._rarity(piece) * value
            square += weight * value
            for number, there in self._asking.get(piece, ()):
                asked[number] += weight * there
            for number, lessons in taught:
                if piece in lessons:
                    told[number] += weight * lessons[piece]
        length = sqrt(square * _RARE) or 1.0
        alike = []
        for number, question in self._questions.items():
            score = asked[number] + question.shift() * told[number]
            alike.append((number, min(1.0, round(score / (length * question.length()), 4))))
        return sorted(alike, key=lambda one: (-one[1], one[0]))

    def shared(self, text: str, number: int) -> list[str]:
        """The words for which a text is like a question, those that tell most first; no common ones.

        A word counts where most of its pieces stand in the question or in a lesson of it.
        """
        question = self._questions[number]
        telling: dict[str, int] = {}
        for word in words(text):
            parts = cut(word)
            there = [piece for piece in parts if piece in question.asked or piece in question.told]
            if 2 * len(there) > len(parts) and SHARE.get(parts[-1], 0.0) < _COMMON:
                telling[word] = sum(self._rarity(piece) for piece in there)
        return sorted(telling, key=lambda word: (-telling[word], word))

    def _teach(self, text: str, questions: Iterable[int], weight: int) -> None:
        lesson = _unit(text)
        for number in dict.fromkeys(questions):
            self._questions[number].tell(lesson, weight, self._rarity)
            if abs(weight) >= FULL:
                self._count(lesson, 1 if weight > 0 else -1)

    def _count(self, document: Collection[str], sign: int) -> None:
        """Add a document to what rarity is counted from, or take it out."""
        steps = _steps(self._total)
        self._total += sign
        for piece in document:
            before = self._rarity(piece)
            self._documents[piece] = self._documents.get(piece, 0) + sign
            self._rarities.pop(piece, None)
            change = self._rarity(piece) - before
            for question in self._questions.values():
                question.weigh(piece, change)
        if steps != _steps(self._total):
            self._rarities = {}
            for question in self._questions.values():
                question.weigh_anew(self._rarity)

    def _rarity(self, piece: str) -> int:
        """How much a piece tells, remembered while nothing changes it."""
        known = self._rarities.get(piece)
        if known is None:
            known = _rarity(piece, self._documents.get(piece, 0), self._total)
            if len(self._rarities) < _REMEMBERED:
                self._rarities[piece] = known
        return known


def _rarity(piece: str, documents: int, total: int) -> int:
    stands = documents + _BACKGROUND * SHARE.get(piece, 0.0)
    rare: float = log(1 + (_steps(total) + _BACKGROUND + 0.5) / (stands + 0.5)) ** _POWER
    return round(_RARE * rare)


def _steps(total: int) -> int:
    """The number of documents by powers of two, so that one more seldom changes the rarity of every piece."""
    return 1 << total.bit_length() - 1 if total else 0


def _unit(text: str) -> _Vector:
    """A text at length 1 (`_ONE`), measured by what is rare before anything was counted."""
    values = {piece: 1.0 + log(times) for piece, times in pieces(text).items()}
    square = sum(value * value * _rarity(piece, 0, 0) for piece, value in values.items()) / _RARE
    length = sqrt(square) or 1.0
    return {piece: round(_ONE * value / length) for piece, value in values.items()}
