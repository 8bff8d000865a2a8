"""The tagger: how much a text is like each question, and what was learned from the texts put under it.

Knows no debate, no store and no threshold: it ranks, others decide what is clear enough. Its memory is a
function of the questions, the set of lessons and the set of texts heard, not of their order, so that a fold
of the log restores it exactly; what is unlearned or forgotten leaves no trace. For that everything remembered
is a whole number.

Likeness is the cosine between what is rare in the text and what is rare in the question, where rare means: in
few texts whatever is talked about (`everyday`), and in few of the questions and texts learned here. Lessons
shift a question towards the texts put under it (Rocchio): the mean of the texts is added with a weight that
grows with their number, for a single one at full weight does harm. What a question is like all texts of the
debate says nothing of one of them, so that is taken off. docs/tagging.md has the figures.
"""

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping
from functools import lru_cache
from math import log, sqrt
from operator import mul
from typing import NamedTuple

from fishbowl.tagging.everyday import SHARE
from fishbowl.tagging.pieces import cut, words

FULL = 8
"""What a lesson weighs that somebody gave; a guess of our own weighs less."""

# By number of lessons; more than five weigh like five. Measured on answers and arguments in two languages.
_LESSONS_WEIGH = (0.0, 0.5, 1.2, 1.6, 2.0, 2.5)

_BACKGROUND = 50  # how many texts the table of common pieces stands for
_COMMON = 0.003  # a word of more texts than this tells nothing by itself
_EVERYWHERE = 0.2  # a piece of more texts than this is passed over
_POWER = 2.5  # a shared piece counts by its rarity to this power: the rarest by far the most
_QUIET = 10  # the mean of all texts counts as if so many had been heard that are like nothing
_ONE = 1 << 16  # a text's length, in whole numbers
_RARE = 1 << 8

_Vector = dict[str, int]


class _Look(NamedTuple):
    """A text beside all questions: its pieces, what it shares with each place, the square of its length."""

    pieces: _Vector
    shared: list[int]
    square: int


class _Question:
    """A question: its text, the weight of its lessons, and what the length of both together is made of.

    Its pieces stand in the rows of the tagger: those of the text at `own`, the sum of the lessons at `told`.
    The products hold for the rarities at the moment.
    """

    def __init__(self, place: int) -> None:
        self.own = 2 * place
        self.told = 2 * place + 1
        self.asked: _Vector = {}
        self.weight = 0  # of all lessons, in units of 1/FULL
        self.measured: tuple[float, float] | None = None
        self.clear()

    def clear(self) -> None:
        """Set every product to that of nothing."""
        self.measured = None
        self.asked_square = self.product = self.told_square = 0
        self.asked_heard = self.told_heard = 0  # shared with the sum of all texts heard

    def weigh(self, row: dict[int, int], heard: int, change: int) -> None:
        """The rarity of the piece with this row and so much of all texts heard has changed by `change`."""
        self.measured = None
        asked, told = row.get(self.own, 0), row.get(self.told, 0)
        self.asked_square += asked * asked * change
        self.product += asked * told * change
        self.told_square += told * told * change
        self.asked_heard += asked * heard * change
        self.told_heard += told * heard * change

    def shift(self) -> float:
        """By what the sum of lessons is multiplied before it is added to the question."""
        if not self.weight:
            return 0.0
        lessons = min(self.weight / FULL, len(_LESSONS_WEIGH) - 1)
        below = min(int(lessons), len(_LESSONS_WEIGH) - 2)
        low, high = _LESSONS_WEIGH[below : below + 2]
        return (low + (high - low) * (lessons - below)) / self.weight

    def measure(self) -> tuple[float, float]:
        """Its shift and its length, kept until either changes."""
        if self.measured is None:
            shift = self.shift()
            square = self.asked_square + 2 * shift * self.product + shift * shift * self.told_square
            self.measured = shift, sqrt(square) or 1.0
        return self.measured


class Tagger:
    """The questions of one debate, and what was learned about them.

    `set_question`, `learn`, `unlearn`, `hear` and `forget` change it; the others only read. It remembers of a
    text its pieces, so unlearn and forget a text that is erased.
    """

    def __init__(self, questions: Mapping[int, str] | None = None) -> None:
        self._questions: dict[int, _Question] = {}
        self._rows: dict[str, dict[int, int]] = {}  # of each piece, how much of it stands where
        self._documents: dict[str, int] = {}  # in how many questions and lessons a piece stands
        self._total = 0
        self._heard: _Vector = {}  # the sum of the texts heard
        self._texts = 0
        self._rarities: dict[str, int] = {}
        self._unheard = _rarity("", 0, 0)  # of a piece that nobody ever counted
        self._looked: tuple[str, _Look] | None = None
        for number, text in (questions or {}).items():
            self.set_question(number, text)

    def set_question(self, number: int, text: str) -> None:
        """Add a question, or put another text in its place; what was learned about it stays."""
        question = self._questions.setdefault(number, _Question(len(self._questions)))
        if question.asked:
            self._put(question.asked, question.own, -1)
            self._count(question.asked, -1)
        question.asked = _unit(text)
        self._put(question.asked, question.own, 1)
        self._count(question.asked, 1)
        self._weigh_anew()

    @property
    def taught(self) -> float:
        """How much somebody has taught it: 1 from two lessons in full for each question on, in the mean."""
        return min(1.0, self._lessons() / 2)

    def learn(self, text: str, questions: Iterable[int], weight: int = FULL) -> None:
        """Take a text as an example of questions there are; of none, there is nothing to learn.

        `weight` below `FULL` is for a guess: it shifts a question less, and does not change what is rare.
        """
        self._teach(text, questions, weight)

    def unlearn(self, text: str, questions: Iterable[int], weight: int = FULL) -> None:
        """Undo one `learn` with the same arguments."""
        self._teach(text, questions, -weight)

    def hear(self, text: str) -> None:
        """Count a text among those of the debate, whatever it is about."""
        self._listen(text, 1)

    def forget(self, text: str) -> None:
        """Undo one `hear` of the same text."""
        self._listen(text, -1)

    def likeness(self, text: str) -> list[tuple[int, float]]:
        """Every question with its likeness from 0 to 1, best first, the lower number first among equals."""
        _, shared, square = self._look(text)
        length = sqrt(square) or 1.0
        common = 1 / (1 + self._lessons()) / ((self._texts + _QUIET) * _LENGTH)
        alike = []
        for number, question in self._questions.items():
            shift, size = question.measured or question.measure()
            heard = question.asked_heard + shift * question.told_heard
            own = (shared[question.own] + shift * shared[question.told]) / length
            alike.append((round((own - heard * common) / size, 4) if own else 0.0, number))
        alike.sort(key=lambda one: (-one[0], one[1]))
        return [(number, min(1.0, max(0.0, score))) for score, number in alike]

    def evidence(self, text: str, number: int) -> float:
        """How much the text shares with a question, long or short: the rarity of all shared pieces."""
        shared = self._standing(self._look(text).pieces, number)
        return sum(self._rarity(piece) for piece in shared) / _RARE

    def shared(self, text: str, number: int) -> list[str]:
        """The words for which a text is like a question, those that tell most first; no common ones.

        A word counts where most of its pieces stand in the question or in a lesson of it.
        """
        telling = dict(self._shared(text, number))
        return sorted(telling, key=lambda word: (-telling[word], word))

    def shares(self, text: str, number: int) -> bool:
        """Whether there is such a word."""
        return next(self._shared(text, number), None) is not None

    def _shared(self, text: str, number: int) -> Iterator[tuple[str, int]]:
        for word in words(text):
            parts = _telling(word)
            if parts and SHARE.get(parts[-1], 0.0) < _COMMON:
                there = self._standing(parts, number)
                if 2 * len(there) > len(parts):
                    yield word, sum(self._rarity(piece) for piece in there)

    def _lessons(self) -> float:
        """The lessons in full for each question, in the mean."""
        return (self._total - len(self._questions)) / len(self._questions) if self._questions else 0.0

    def _look(self, text: str) -> _Look:
        """Remembered for the last text while nothing changes: what is ranked is mostly heard at once."""
        if self._looked is None or self._looked[0] != text:
            self._looked = text, self._compared(_unit(text))
        return self._looked[1]

    def _compared(self, pieces: _Vector) -> _Look:
        """Pieces that nobody counted weigh the same, and most are such; of whole numbers no order tells."""
        shared = [0] * (2 * len(self._questions))
        square = self._unheard * sum(map(mul, pieces.values(), pieces.values()))
        rows, rarities = self._rows, self._rarities
        there = pieces.keys() & rows.keys()
        for piece in there:
            value = pieces[piece]
            rare = rarities.get(piece) or self._rarity(piece)
            square += (rare - self._unheard) * value * value
            weight = rare * value
            for place, stands in rows[piece].items():
                shared[place] += weight * stands
        for piece in (pieces.keys() & SHARE.keys()) - there:
            square += (self._rarity(piece) - self._unheard) * pieces[piece] ** 2
        return _Look(pieces, shared, square)

    def _standing(self, those: Iterable[str], number: int) -> list[str]:
        """Those of the pieces that stand in a question or in a lesson of it."""
        question, rows = self._questions[number], self._rows
        return [
            piece
            for piece in those
            if piece in rows and (question.own in rows[piece] or question.told in rows[piece])
        ]

    def _teach(self, text: str, questions: Iterable[int], weight: int) -> None:
        numbers = dict.fromkeys(questions)
        if not numbers:
            return
        lesson, shared, square = self._look(text)
        heard, rarities = self._heard, self._rarities
        with_all = sum(
            value * heard[piece] * (rarities.get(piece) or self._rarity(piece))
            for piece, value in lesson.items()
            if piece in heard
        )
        for number in numbers:
            question = self._questions[number]
            question.product += weight * shared[question.own]
            question.told_square += 2 * weight * shared[question.told] + weight * weight * square
            question.told_heard += weight * with_all
            question.weight += weight
            question.measured = None
            self._put(lesson, question.told, weight)
        if abs(weight) >= FULL:
            for _ in numbers:
                self._count(lesson, 1 if weight > 0 else -1)

    def _listen(self, text: str, sign: int) -> None:
        pieces, shared, _ = self._look(text)
        _add(self._heard, pieces, sign)
        self._texts += sign
        for question in self._questions.values():
            question.asked_heard += sign * shared[question.own]
            question.told_heard += sign * shared[question.told]

    def _put(self, vector: _Vector, place: int, weight: int) -> None:
        """Add a vector to the rows `weight` times; a negative weight takes it away and leaves no trace."""
        self._looked = None
        for piece, value in vector.items():
            row = self._rows.setdefault(piece, {})
            row[place] = row.get(place, 0) + weight * value
            if not row[place]:
                del row[place]
                if not row:
                    del self._rows[piece]

    def _count(self, document: Collection[str], sign: int) -> None:
        """Add a document to what rarity is counted from, or take it out."""
        steps = _steps(self._total)
        self._total += sign
        for piece in document:
            before = self._rarity(piece)
            self._documents[piece] = self._documents.get(piece, 0) + sign
            self._rarities.pop(piece, None)
            change = self._rarity(piece) - before
            if change and (row := self._rows.get(piece)):
                heard = self._heard.get(piece, 0)
                for question in self._questions.values():
                    question.weigh(row, heard, change)
        if steps != _steps(self._total):
            self._weigh_anew()

    def _weigh_anew(self) -> None:
        """Every rarity may have changed."""
        self._looked = None
        self._rarities = {}
        self._unheard = _rarity("", 0, self._total)
        for question in self._questions.values():
            question.clear()
        for piece, row in self._rows.items():
            rare, heard = self._rarity(piece), self._heard.get(piece, 0)
            for question in self._questions.values():
                question.weigh(row, heard, rare)

    def _rarity(self, piece: str) -> int:
        """How much a piece tells, remembered while nothing changes it where the piece was ever counted."""
        known = self._rarities.get(piece)
        if known is None:
            documents = self._documents.get(piece, 0)
            if not documents and piece not in SHARE:
                return self._unheard
            known = self._rarities[piece] = _rarity(piece, documents, self._total)
        return known


def _rarity(piece: str, documents: int, total: int) -> int:
    stands = documents + _BACKGROUND * SHARE.get(piece, 0.0)
    rare: float = log(1 + (_steps(total) + _BACKGROUND + 0.5) / (stands + 0.5)) ** _POWER
    return round(_RARE * rare)


def _steps(total: int) -> int:
    """The number of documents by powers of two, so that one more seldom changes the rarity of every piece."""
    return 1 << total.bit_length() - 1 if total else 0


_LENGTH = _ONE * sqrt(_RARE)  # of a text at length 1
_UNCOUNTED = {piece: _rarity(piece, 0, 0) for piece in SHARE}
_UNKNOWN = _rarity("", 0, 0)
_MORE = {piece: rare - _UNKNOWN for piece, rare in _UNCOUNTED.items()}


@lru_cache(maxsize=8192)
def _telling(word: str) -> tuple[str, ...]:
    """The pieces of a word but those that stand everywhere."""
    return tuple(piece for piece in cut(word) if SHARE.get(piece, 0.0) <= _EVERYWHERE)


def _unit(text: str) -> _Vector:
    """A text at length 1 (`_LENGTH`), measured by what is rare before anything was counted."""
    counted = Counter([piece for word in words(text) for piece in _telling(word)])
    often = {piece: 1.0 + log(times) for piece, times in counted.items() if times > 1}
    square = float(_UNKNOWN * len(counted) + sum(_MORE[piece] for piece in counted.keys() & _MORE.keys()))
    square += sum((value * value - 1) * _UNCOUNTED.get(piece, _UNKNOWN) for piece, value in often.items())
    scale = _LENGTH / (sqrt(square) or 1.0)
    unit = dict.fromkeys(counted, round(scale))
    unit.update((piece, round(value * scale)) for piece, value in often.items())
    return unit


def _add(sum_: _Vector, vector: _Vector, times: int) -> None:
    """Add a vector so many times; what comes to nothing leaves no trace."""
    for piece, value in vector.items():
        stands = sum_.get(piece, 0) + times * value
        if stands:
            sum_[piece] = stands
        else:
            del sum_[piece]
