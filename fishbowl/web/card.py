"""The rule card and the presets as pages show them, in the reader's language.

Knows no rule: the sentences are `debate.rule_card`'s. A page gets all of them, those that are not set hidden,
so that its scripts can bring the card up to date when a rule changes and hold no sentence themselves.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, Final

import msgspec
from msgspec import Struct

from fishbowl.debate.presets import PRESETS, Preset
from fishbowl.debate.rule_card import LINES
from fishbowl.debate.vocabulary import Rules
from fishbowl.web.refusals import in_words
from fishbowl.web.words import translations

__all__ = ["card_of", "filled_by", "presets_in", "set_by"]

_FIELDS: Final = ("posting", "entry", "exit", "moderation", "turn_seconds", "round_seconds", "open_seats")
"""The fields of the set-up form that a preset fills in."""


_OF_A_CLASS: Final = {"audience": "closed", "door": "code", "names": "pseudonym"}
"""What a debate for people under 18 is held to, beside its rules."""


class CardLine(Struct, frozen=True):
    """`said`: the sentence with its places open; `shown`: the same, filled; None where it is not set."""

    rule: str
    value: str | None
    said: str
    shown: str | None


def card_of(settings: Mapping[str, Any], language: str) -> list[CardLine]:
    """Every sentence there is. `settings`: the rules that are set, with `door` and `audience` where told.

    What is not among them is not said.
    """
    say = translations(language).gettext
    return [
        CardLine(
            line.rule,
            line.value,
            say(line.said.words),
            in_words([line.filled(settings)], language) if line.holds(settings) else None,
        )
        for line in LINES
        if line.rule in settings
    ]


def set_by(form: Mapping[str, str], rules: Mapping[str, Any] | None = None) -> dict[str, Any]:
    """The settings in a set-up form, for its card; what has no field in it is as in `rules`, or as usual."""
    settings = {**msgspec.to_builtins(Rules()), **(rules or {}), "door": "open", "audience": "link"}
    for name, default in settings.items():
        typed = form.get(name, "")
        if isinstance(default, str):
            settings[name] = typed or default
        elif typed.isdecimal() and len(typed) < 6:
            settings[name] = int(typed)
    return settings


def presets_in(language: str) -> Iterator[dict[str, Any]]:
    """Each with its name, what it means, and the fields of the form as it fills them in."""
    for key, preset in PRESETS.items():
        yield {
            "key": key,
            "name": in_words([preset.name], language),
            "said": in_words([preset.said], language),
            "fields": filled_by(preset),
        }


def filled_by(preset: Preset) -> dict[str, str]:
    """The fields of the set-up form as the preset fills them in."""
    rules = msgspec.to_builtins(preset.rules) | {"open_seats": preset.open_seats}
    fields = {name: str(rules[name]) for name in _FIELDS} | {"under_18": "yes" if preset.under_18 else "no"}
    return fields | (_OF_A_CLASS if preset.under_18 else {})
