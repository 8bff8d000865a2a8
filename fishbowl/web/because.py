"""The reasons of tags in words, for pages and programs alike.

Knows no page and no language but English; `in_words` says them in the reader's. Guarantees a sentence for
every source a tag may have.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from fishbowl.debate.refused import Sentence, worded
from fishbowl.live.reasons import Reason
from fishbowl.text import Source
from fishbowl.web.refusals import in_words

__all__ = ["explained"]

_SAID: Final[Mapping[Source, Sentence]] = {
    "author": worded("Its author put it under Q{question}."),
    "marker": worded("Its text names Q{question}."),
    "thread": worded("It answers #{number}, which was under Q{question}."),
    "similar": worded("It looks like Q{question}: a guess, right {n} times in 100."),
    "focus": worded("Q{question} was in focus when it came."),
    "chair": worded("Chair or moderators put it under Q{question}."),
}
_INFERRED: Final = worded(
    "It probably answers #{number}, which was under Q{question}: it begins with the name of its author."
)
_SIMILAR: Final = worded("It looks like Q{question}: {words}. A guess, right {n} times in 100.")


def explained(reason: Reason, language: str) -> dict[str, Any]:
    """A reason as it is answered: its facts, and `says`, the sentence in `language`."""
    words = _SIMILAR.words if reason.shared else _SAID[reason.source].words
    if reason.inferred:
        words = _INFERRED.words
    said = worded(
        words,
        question=reason.question,
        number=reason.reply_to,
        words=list(reason.shared),
        n=round(reason.confidence * 100),
    )
    facts: dict[str, Any] = {
        "question": reason.question,
        "source": reason.source,
        "confidence": reason.confidence,
        "says": in_words([said], language),
    }
    if reason.source == "similar":
        facts["shared"] = list(reason.shared)
    if reason.reply_to is not None:
        facts["reply_to"] = reason.reply_to
    if reason.inferred:
        facts["inferred"] = True
    return facts
