"""How a transcript speaks: its language, its sentences, its times.

Knows no catalogue: it is handed a function that says an English sentence in the reader's language. Knows no
clock either: every time is a record's, told where the debate takes place.

Times are hours and minutes on the day the debate began, with the date in front on any other day.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from babel import Locale, UnknownLocaleError
from babel.dates import format_date

from fishbowl.debate.vocabulary import Instant, Words, language_said, said_in

__all__ = ["ENGLISH", "Say", "Times", "Voice", "as_written"]

Say = Callable[[str], str]
"""A sentence in English to the same in another language, its `{placeholders}` left alone."""

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


def as_written(sentence: str) -> str:
    return sentence


class Voice:
    """`say` speaks `language`. Texts that exist in several languages are given in it."""

    def __init__(self, say: Say = as_written, language: str = "en") -> None:
        self.say = say
        self.language = language
        try:
            # English without a country is written as Europe writes it: the day before the month.
            self.locale = Locale.parse("en_GB" if language == "en" else language.replace("-", "_"))
        except (ValueError, UnknownLocaleError):
            self.locale = Locale("en", "GB")

    def gettext(self, sentence: str, **values: object) -> str:
        """The sentence with its placeholders filled; what stands in `values` is never read as a pattern."""
        said = self.say(sentence)
        return said.format_map(values) if values else said

    def said(self, words: Words) -> str:
        return said_in(words, self.language)

    def language_of(self, words: Words, otherwise: str) -> str | None:
        """The language `said` gives `words` in, where it is not this voice's own; for `lang`."""
        language = language_said(words, self.language, otherwise)
        return None if language == self.language else language


ENGLISH = Voice()


class Times:
    """Times as they are told in one debate, which began at `begins` in `timezone`."""

    def __init__(self, timezone: str, begins: Instant, voice: Voice) -> None:
        self._zone = ZoneInfo(timezone)
        self._day = self._local(begins).date()
        self._voice = voice

    def _local(self, at: Instant) -> datetime:
        return (_EPOCH + timedelta(milliseconds=at)).astimezone(self._zone)

    def hour(self, at: Instant, pattern: str = "%H:%M") -> str:
        local = self._local(at)
        return local.strftime(pattern if local.date() == self._day else f"%Y-%m-%d {pattern}")

    def span(self, since: Instant, until: Instant) -> str:
        """`12:31-12:33`; to the second where both lie in one minute."""
        pattern = "%H:%M" if self.hour(since) != self.hour(until) else "%H:%M:%S"
        return f"{self.hour(since, pattern)}-{self.hour(until, pattern)}"

    def day(self, at: Instant) -> str:
        """The day in words, with hour and zone: `Saturday, 31 January 2026, 19:00 GMT`."""
        local = self._local(at)
        return f"{format_date(local, 'full', locale=self._voice.locale)}, {local:%H:%M %Z}"
