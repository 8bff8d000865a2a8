"""The sentences people read, in their language.

Knows no page and no request: it is handed a header and a cookie's value, and gives back the functions a
template calls. English sentences are the keys; every other language is a catalogue in `locale/`, read as it
was written, so there is nothing to compile.

Guarantees a sentence for every key: a language that lacks one falls back to English. Placeholders are written
`{name}` and filled only where values are given: a sentence handed to the browser keeps its own.

In a template (`page_words` puts these into its context):
    {{ _("Join") }}   {{ _("Seat {seat}", seat=6) }}   {{ ngettext("{n} hand", "{n} hands", hands|length) }}
    {{ on_the_clock(record.at, debate.timezone) }}   {{ on_the_calendar(debate.starts_at, debate.timezone) }}
    <h1{{ lang(debate.title, debate.language) }}>{{ said(debate.title) }}</h1>   {{ number(1500) }}

After a sentence changed anywhere, write the catalogues anew (tests compare them), and translate what came in
(docs/translating.md):
    .venv/bin/python -m tests.web.renew_catalogues
"""

from __future__ import annotations

from datetime import datetime
from functools import lru_cache
from io import BytesIO
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from babel import Locale, negotiate_locale
from babel.dates import format_date, format_time, get_timezone_name
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from babel.numbers import format_decimal
from babel.support import NullTranslations, Translations
from markupsafe import Markup

from fishbowl.debate.vocabulary import Words, language_said, said_in

__all__ = ["LANGUAGES", "NAMES", "Sentences", "negotiate", "page_words", "translations"]

_LOCALES = Path(__file__).parent / "locale"
_SOURCE = "en"

LANGUAGES = (
    _SOURCE,
    *sorted(found.parent.parent.name for found in _LOCALES.glob("*/LC_MESSAGES/fishbowl.po")),
)
"""The languages there are sentences in, the source language first."""
NAMES = {language: Locale.parse(language).display_name or language for language in LANGUAGES}
"""Each by the name it gives itself, as somebody who reads no other will look for it."""


class Sentences:
    """One language's sentences. Both functions leave placeholders alone unless given values for them."""

    def __init__(self, language: str, catalogue: NullTranslations) -> None:
        self.language = language
        self._catalogue = catalogue
        # English without a country would be written as in America: the month before the day.
        self._locale = Locale.parse("en_GB" if language == _SOURCE else language)

    def gettext(self, sentence: str, **values: object) -> str:
        said = self._catalogue.gettext(sentence)
        return said.format_map(values) if values else said

    def ngettext(self, one: str, other: str, n: int, **values: object) -> str:
        """The form for `n`, with `{n}` filled."""
        return self._catalogue.ngettext(one, other, n).format_map({"n": self.number(n), **values})

    def number(self, n: int) -> str:
        """A count as the language writes it. What is a name (of a seat, a question) is never grouped."""
        return format_decimal(n, locale=self._locale)

    def plurals(self, one: str, other: str) -> list[tuple[str, str]]:
        """Every form a browser may need, unfilled, by the category `Intl.PluralRules` will ask for."""
        return [(category, self._catalogue.ngettext(one, other, n)) for category, n in self._categories()]

    def _categories(self) -> list[tuple[str, int]]:
        """Each plural category of the language with a number that falls into it."""
        plural = self._locale.plural_form
        found: dict[str, int] = {}
        for n in range(201):
            found.setdefault(plural(n), n)
        return sorted(found.items())

    def on_the_clock(self, at: str, timezone: str = "UTC") -> str:
        """A wire time as hours and minutes where the debate takes place. The browser puts the reader's."""
        return format_time(_moment(at, timezone), "HH:mm", locale=self._locale)

    def on_the_calendar(self, at: str, timezone: str = "UTC") -> str:
        """A wire time as day, hour and zone where the debate takes place."""
        moment = _moment(at, timezone)
        day = format_date(moment, "full", locale=self._locale)
        return f"{day}, {self.on_the_clock(at, timezone)} ({get_timezone_name(moment, locale=self._locale)})"

    def said(self, words: Words) -> str:
        """A text of the debate, in this language where it exists in it."""
        return said_in(words, self.language)

    def lang(self, words: Words | None, otherwise: str) -> Markup:
        """The attribute for what `said` gives, where it is in another language than the page.

        `otherwise` is the language of a text that does not say; without `words`, of the text meant.
        """
        language = otherwise if words is None else language_said(words, self.language, otherwise)
        return Markup("") if language == self.language else Markup(' lang="{}"').format(language)


@lru_cache
def translations(language: str) -> Sentences:
    """The sentences of one of `LANGUAGES`; English for any other."""
    if language not in LANGUAGES or language == _SOURCE:
        return Sentences(_SOURCE, NullTranslations())
    compiled = BytesIO()
    with (_LOCALES / language / "LC_MESSAGES" / "fishbowl.po").open("rb") as written:
        write_mo(compiled, read_po(written, locale=language))
    compiled.seek(0)
    return Sentences(language, Translations(compiled))


def negotiate(accept_language: str | None, cookie: str | None = None) -> str:
    """One of `LANGUAGES`: the one the reader chose, else the first their browser asks for that we have."""
    if cookie in LANGUAGES:
        return cookie
    return negotiate_locale(_by_weight(accept_language or ""), LANGUAGES, sep="-") or _SOURCE


def _by_weight(accept_language: str) -> list[str]:
    """`de;q=0.8, cy` as `["cy", "de"]`. What cannot be read is passed over, what weighs nothing too."""
    asked: list[tuple[float, str]] = []
    for part in accept_language[:1000].split(","):
        name, _, weight = part.partition(";")
        try:
            q = float(weight.strip().removeprefix("q=") or 1)
        except ValueError:
            continue
        if name.strip() and 0 < q <= 1:
            asked.append((-q, name.strip()))
    return [name for _, name in sorted(asked, key=lambda pair: pair[0])]


def page_words(language: str) -> dict[str, Any]:
    """What every template finds in its context."""
    sentences = translations(language)
    return {
        "_": sentences.gettext,
        "ngettext": sentences.ngettext,
        "plurals": sentences.plurals,
        "on_the_clock": sentences.on_the_clock,
        "on_the_calendar": sentences.on_the_calendar,
        "number": sentences.number,
        "said": sentences.said,
        "lang": sentences.lang,
        "language": sentences.language,
        "languages": NAMES,
    }


def _moment(at: str, timezone: str) -> datetime:
    return datetime.fromisoformat(at).astimezone(ZoneInfo(timezone))
