"""The memory of a debate's tagger: which texts teach which questions, by their tags as they stand now.

Knows no records and no debate: somebody says of each text which tags it has now (`keep`), in any order and
as often as they like. What is remembered depends on what was said last of each text and on nothing else, so
a debate folded from its log remembers exactly what it did before. A text taken away is unlearned.

What somebody said teaches in full: the author's choice, a marker, a correction. A guess by likeness teaches
less, the more the surer it was; so a debate learns its own words before anybody corrects. A thread or the
focus says nothing of the text itself.
"""

from collections.abc import Collection, Hashable, Mapping, Sequence

from fishbowl.tagging.confidence import clear
from fishbowl.tagging.tagger import FULL, Tagger
from fishbowl.text import Tag

ENOUGH = 450
"""How much a text must share while no question is in focus (`Tagger.evidence`): about two rare words."""

_SAID = frozenset({"author", "marker", "chair"})
_GUESS = 4
"""What a guess weighs that is certain; it weighs nothing at a confidence of `_NO_GUESS`."""
_NO_GUESS = 0.5


class Memory:
    """A tagger taught by what is kept."""

    def __init__(self, questions: Mapping[int, str] | None = None) -> None:
        self.tagger = Tagger(questions)
        self.dropped: Collection[int] = ()
        """Questions that no text is like any more; what they taught stays."""
        self._kept: dict[Hashable, tuple[str, tuple[int, ...], int]] = {}
        self._heard: dict[Hashable, str] = {}

    def keep(self, id: Hashable, text: str | None, tags: Sequence[Tag]) -> None:
        """The text with this id has these tags now; None: it is withdrawn, hidden or erased."""
        self._hear(id, text)
        before = self._kept.pop(id, None)
        lesson = None if text is None else _lesson(text, tags)
        if lesson is not None:
            self._kept[id] = lesson
        if lesson == before:
            return
        if before is not None:
            self.tagger.unlearn(*before)
        if lesson is not None:
            self.tagger.learn(*lesson)

    def _hear(self, id: Hashable, text: str | None) -> None:
        before = self._heard.get(id)
        if text == before:
            return
        if before is not None:
            self.tagger.forget(self._heard.pop(id))
        if text is not None:
            self._heard[id] = text
            self.tagger.hear(text)

    def shared(self, id: Hashable, text: str, question: int) -> list[str]:
        """The words for which the text with this id is like a question, as if it had taught nothing."""
        own = self._kept.get(id)
        if own is not None:
            self.tagger.unlearn(*own)
        words = self.tagger.shared(text, question)
        if own is not None:
            self.tagger.learn(*own)
        return words

    def likely(self, text: str, level: str, focused: bool = True) -> tuple[tuple[int, float], ...]:
        """The question a text is clearly like, with its confidence; nothing where none is clear enough.

        Nothing either where all they share is words that everybody uses. While no question is in focus people
        greet, thank and joke, so then one word in passing is not enough: see `ENOUGH`.
        """
        ranking = [one for one in self.tagger.likeness(text) if one[0] not in self.dropped]
        return self.likely_of(text, ranking, level, focused)

    def likely_of(
        self, text: str, ranking: Sequence[tuple[int, float]], level: str, focused: bool = True
    ) -> tuple[tuple[int, float], ...]:
        """As `likely`, for a ranking made already."""
        return tuple(
            one
            for one in clear(ranking, level, self.tagger.taught)
            if (focused or self.tagger.evidence(text, one[0]) >= ENOUGH) and self.tagger.shares(text, one[0])
        )


def _lesson(text: str, tags: Sequence[Tag]) -> tuple[str, tuple[int, ...], int] | None:
    """What a text with these tags teaches: the text, its questions, and with what weight."""
    said = tuple(tag.question for tag in tags if tag.source in _SAID)
    if said:
        return text, said, FULL
    for tag in tags:
        if tag.source == "similar" and (weight := guessed(tag.confidence)):
            return text, (tag.question,), weight
    return None


def guessed(confidence: float) -> int:
    """What a guess of this confidence weighs."""
    return max(0, round(_GUESS * (confidence - _NO_GUESS) / (1 - _NO_GUESS)))
