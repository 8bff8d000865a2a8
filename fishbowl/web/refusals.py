"""Sentences of the core said in the reader's language: refusals, and what is wrong with a definition.

Knows no rule: a sentence comes in English with its places open; what stands in them is put in words here.
Guarantees a sentence for every one that comes in: without a translation it stays English.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable

from fishbowl.debate.refused import Refused, Sentence
from fishbowl.debate.vocabulary import Phase, Role, Status
from fishbowl.web.words import Sentences, translations

__all__ = ["in_words", "teller"]

Named = Phase | Role | Status
COUNTED = frozenset({"n", "max_length"})
"""Places for a number that is written as the language writes one."""


def teller(language: str) -> Callable[[Refused], str]:
    """What says refusals in `language`."""
    return lambda refused: in_words(refused.said, language)


def in_words(said: Iterable[Sentence], language: str) -> str:
    sentences = translations(language)
    return " ".join(_filled(sentences, each) for each in said)


def _filled(sentences: Sentences, said: Sentence) -> str:
    words = sentences.gettext(said.words)
    values = {name: _shown(sentences, name, value) for name, value in said.values.items()}
    return words.format_map(values) if values else words


def _shown(sentences: Sentences, name: str, value: object) -> object:
    if isinstance(value, list):
        return ", ".join(str(_shown(sentences, name, each)) for each in value)
    if isinstance(value, Sentence):
        return _filled(sentences, value)
    if isinstance(value, Named):
        return _name(sentences, value)
    return sentences.number(value) if name in COUNTED and isinstance(value, int) else value


def _name(sentences: Sentences, value: Named) -> str:
    _ = sentences.gettext
    names: dict[Named, str] = {
        Phase.DRAFT: _("draft"),
        Phase.ANNOUNCED: _("announced"),
        Phase.LOBBY: _("lobby"),
        Phase.LIVE: _("live"),
        Phase.PAUSED: _("paused"),
        Phase.WRAP_UP: _("wrap-up"),
        Phase.CORRECTION: _("correction"),
        Phase.ARCHIVED: _("archived"),
        Role.ORGANISER: _("organiser"),
        Role.CHAIR: _("chair"),
        Role.MODERATOR: _("moderator"),
        Role.SPEAKER: _("speaker"),
        Role.PARTICIPANT: _("participant"),
        Status.POSTED: _("posted"),
        Status.HELD: _("waiting for the moderators"),
        Status.REFUSED: _("refused"),
        Status.HIDDEN: _("hidden"),
        Status.WITHDRAWN: _("withdrawn"),
        Status.ERASED: _("erased"),
    }
    return names[value]
