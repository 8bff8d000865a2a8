"""The tagger: how much a text is like each question, and what was learned from the texts put under it.

Knows no debate, no store and no threshold: it ranks, others decide what is clear enough. Its memory is a
function of the questions and the set of lessons alone, not of their order, so that a fold of the log restores
it exactly; what is unlearned leaves no trace. For that everything remembered is a whole number.

Likeness is the cosine between what is rare in the text and what is rare in the question, where rare means: in
few texts whatever is talked about (`everyday`), and in few of the questions and texts learned here. Lessons
shift a question towards the texts put under it (Rocchio): the mean of the texts is added with a weight that
grows with their number, for a single one at full weight does harm. docs/tagging.md has the figures.
"""

from collections.abc import Collection, Iterable, Mapping
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

_Vector = dict[str, int]


class _Question:
    """A question: its text, the weight of its lessons, and what the length of both together is made of.

    Its pieces stand in the rows of the tagger: those of the text at `own`, the sum of the lessons at `told`.
    The three products hold for the rarities at the moment.
    """

    def __init__(self, place: int) -> None:
        self.own = 2 * place
        self.told = 2 * place + 1
        self.asked: _Vector = {}
        self.weight = 0  # of all lessons, in units of 1/FULL
        self.asked_square = 0
        self.product = 0
        self.told_square = 0

    def weigh(self, row: dict[int, int], change: int) -> None:
        """The rarity of the piece with this row has changed by so much."""
        asked, told = row.get(self.own, 0), row.get(self.told, 0)
        self.asked_square += asked * asked * change
        self.product += asked * told * change
        self.told_square += told * told * change

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

    `set_question`, `learn` and `unlearn` change it; the others only read. It remembers of a text its pieces,
    so unlearn a text that is erased.
    """

    def __init__(self, questions: Mapping[int, str] | None = None) -> None:
        self._questions: dict[int, _Question] = {}
        self._rows: dict[str, dict[int, int]] = {}  # of each piece, how much of it stands where
        self._documents: dict[str, int] = {}  # in how many questions and lessons a piece stands
        self._total = 0
        self._rarities: dict[str, int] = {}
        self._unheard = _rarity("", 0, 0)  # of a piece that nobody ever counted
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
        there = [0.0] * (2 * len(self._questions))
        square = 0.0
        rows, rarities = self._rows, self._rarities
        for piece, times in pieces(text).items():
            weight: float = rarities[piece] if piece in rarities else self._rarity(piece)
            if times > 1:
                value = 1.0 + log(times)
                square += weight * value * value
                weight *= value
            else:
                square += weight
            if piece in rows:
                for place, stands in rows[piece].items():
                    there[place] += weight * stands
        length = sqrt(square * _RARE) or 1.0
        alike = []
        for number, question in self._questions.items():
            score = there[question.own] + question.shift() * there[question.told]
            alike.append((number, min(1.0, round(score / (length * question.length()), 4))))
        return sorted(alike, key=lambda one: (-one[1], one[0]))

    def evidence(self, text: str, number: int) -> float:
        """How much the text shares with a question, long or short: the rarity of all shared pieces."""
        shared = self._standing(pieces(text), number)
        return sum(self._rarity(piece) for piece in shared) / _RARE

    def shared(self, text: str, number: int) -> list[str]:
        """The words for which a text is like a question, those that tell most first; no common ones.

        A word counts where most of its pieces stand in the question or in a lesson of it.
        """
        telling: dict[str, int] = {}
        for word in words(text):
            parts = cut(word)
            there = self._standing(parts, number)
            if 2 * len(there) > len(parts) and SHARE.get(parts[-1], 0.0) < _COMMON:
                telling[word] = sum(self._rarity(piece) for piece in there)
        return sorted(telling, key=lambda word: (-telling[word], word))

    def _standing(self, those: Iterable[str], number: int) -> list[str]:
        """Those of the pieces that stand in a question or in a lesson of it."""
        question, rows = self._questions[number], self._rows
        return [
            piece
            for piece in those
            if piece in rows and (question.own in rows[piece] or question.told in rows[piece])
        ]

    def _teach(self, text: str, questions: Iterable[int], weight: int) -> None:
        lesson = _unit(text)
        for number in dict.fromkeys(questions):
            question = self._questions[number]
            for piece, value in lesson.items():
                row = self._rows.get(piece, {})
                change = weight * value
                rare = self._rarity(piece)
                question.product += row.get(question.own, 0) * change * rare
                question.told_square += (2 * row.get(question.told, 0) + change) * change * rare
            self._put(lesson, question.told, weight)
            question.weight += weight
            if abs(weight) >= FULL:
                self._count(lesson, 1 if weight > 0 else -1)

    def _put(self, vector: _Vector, place: int, weight: int) -> None:
        """Add a vector to the rows `weight` times; a negative weight takes it away and leaves no trace."""
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
                for question in self._questions.values():
                    question.weigh(row, change)
        if steps != _steps(self._total):
            self._weigh_anew()

    def _weigh_anew(self) -> None:
        """Every rarity may have changed."""
        self._rarities = {}
        self._unheard = _rarity("", 0, self._total)
        for question in self._questions.values():
            question.asked_square = question.product = question.told_square = 0
        for piece, row in self._rows.items():
            rare = self._rarity(piece)
            for question in self._questions.values():
                question.weigh(row, rare)

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


_UNCOUNTED = {piece: _rarity(piece, 0, 0) for piece in SHARE}
_UNKNOWN = _rarity("", 0, 0)


def _unit(text: str) -> _Vector:
    """A text at length 1 (`_ONE`), measured by what is rare before anything was counted."""
    values = {piece: 1.0 + log(times) for piece, times in pieces(text).items()}
    square = sum(value * value * _UNCOUNTED.get(piece, _UNKNOWN) for piece, value in values.items()) / _RARE
    scale = _ONE / (sqrt(square) or 1.0)
    return {piece: round(value * scale) for piece, value in values.items()}
