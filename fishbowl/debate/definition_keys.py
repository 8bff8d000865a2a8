"""The keys of a definition: how each is read, and what is said of one that is not good.

Knows what may stand at a key, nothing of how keys go together, which is definition.py's. Gathers every
problem instead of stopping at the first: what was read holds only where there is none.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from typing import Any, get_type_hints
from zoneinfo import ZoneInfo

import msgspec
from msgspec import Meta, Struct

from fishbowl.debate.refused import Sentence, worded
from fishbowl.debate.vocabulary import Audience, Door, Instant, Rules, Words
from fishbowl.text import BadText, clean, clean_name

__all__ = ["SLUG", "Problem", "QuestionDefinition", "Reader", "SpeakerDefinition"]

SLUG = re.compile(r"[a-z0-9-]{3,60}")
HASHTAG = re.compile(r"(?=.*[^\d_])\w{1,100}")
LANGUAGE = re.compile(r"[a-zA-Z]{2,3}(-[a-zA-Z0-9]{2,8})*")


class Problem(Struct, frozen=True):
    """What is wrong at `key` (`rules.entry`, `speakers[2].name`): the value there and what is expected."""

    key: str
    value: object
    said: Sentence

    @property
    def expected(self) -> str:
        return str(self.said)

    def __str__(self) -> str:
        shown = repr(self.value)
        return f"{self.key}: {self.expected}; found {shown if len(shown) <= 80 else shown[:77] + '...'}"


class SpeakerDefinition(Struct, frozen=True):
    name: str
    bio: str | None = None
    affiliation: str | None = None


class QuestionDefinition(Struct, frozen=True):
    text: Words
    minutes: int | None = None
    gloss: str | None = None


class Reader:
    """Reads a definition key by key: `top` yields what is good, `problems` says what is not."""

    def __init__(self, data: Mapping[str, Any]) -> None:
        self.data = data
        self.problems: list[Problem] = []
        self.bad: set[str] = set()

    def wrong(self, key: str, value: object, expected: str, **values: object) -> None:
        self.problems.append(Problem(key, value, Sentence(expected, values)))
        self.bad.add(key)

    def top(self) -> Iterator[tuple[str, Any]]:
        for key, value in self.data.items():
            read = getattr(self, f"read_{key}", None)
            if read is None:
                self.wrong(str(key), value, "this key is not known")
                continue
            before = len(self.problems)
            result = read(key, value)
            if len(self.problems) == before:
                yield ("open_seats" if key == "seats" else key), result

    # One method a key; each returns the value as the definition holds it, or says what is wrong.

    def _words(self, key: str, value: object, most: int, *, required: bool = True) -> Words | None:
        if isinstance(value, dict) and value:
            texts = {}
            for language, text in value.items():
                if not LANGUAGE.fullmatch(str(language)):
                    self.wrong(f"{key}.{language}", text, 'a language tag such as "en" is expected')
                texts[str(language)] = self._line(f"{key}.{language}", text, most, required=required) or ""
            return texts
        return self._line(key, value, most, required=required)

    def _line(self, key: str, value: object, most: int, *, required: bool = False) -> str | None:
        least = 1 if required else 0
        if value is None and not required:
            return None
        text = None
        try:
            text = clean(value) if isinstance(value, str) else None
        except BadText as error:
            self.wrong(
                key,
                value,
                "a text of {least} to {most} characters is expected ({error})",
                least=least,
                most=most,
                error=str(error),
            )
            return None
        if text is None or not least <= len(text) <= most:
            self.wrong(
                key, value, "a text of {least} to {most} characters is expected", least=least, most=most
            )
        return text

    def _number(self, key: str, value: object, least: int, most: int) -> int:
        if isinstance(value, bool) or not isinstance(value, int) or not least <= value <= most:
            self.wrong(
                key, value, "a whole number from {least} to {most} is expected", least=least, most=most
            )
            return least
        return value

    def _one_of(self, key: str, value: object, kind: Any) -> Any:
        if isinstance(value, str) and value in [str(member) for member in kind]:
            return kind(value)
        self.wrong(key, value, "one of {choices} is expected", choices=[str(each) for each in kind])
        return None

    def read_title(self, key: str, value: object) -> Words | None:
        return self._words(key, value, 200)

    def read_introduction(self, key: str, value: object) -> Words:
        return self._words(key, value, 5000, required=False) or ""

    def read_hashtags(self, key: str, value: object) -> tuple[str, ...]:
        if not isinstance(value, list) or len(value) > 10:
            self.wrong(key, value, "a list of at most 10 hashtags is expected")
            return ()
        tags = []
        for place, tag in enumerate(value):
            bare = tag.removeprefix("#") if isinstance(tag, str) else ""
            if not HASHTAG.fullmatch(bare):
                self.wrong(f"{key}[{place}]", tag, "letters, digits and _, not all digits, are expected")
            tags.append(bare)
        return tuple(dict.fromkeys(tags))

    def read_language(self, key: str, value: object) -> str:
        if not isinstance(value, str) or not LANGUAGE.fullmatch(value):
            self.wrong(key, value, 'a language tag such as "en" is expected')
        return str(value)

    def read_starts_at(self, key: str, value: object) -> Instant:
        starts_at = _instant(value)
        if starts_at is None:
            self.wrong(key, value, 'a time such as "2026-01-31T19:00:00+00:00", with its offset, is expected')
        return starts_at or 0

    def read_timezone(self, key: str, value: object) -> str:
        try:
            return ZoneInfo(value if isinstance(value, str) else "/").key
        except (ValueError, OSError, LookupError):
            self.wrong(key, value, 'the name of a time zone such as "Europe/London" is expected')
            return ""

    def read_minutes(self, key: str, value: object) -> int:
        return self._number(key, value, 5, 24 * 60)

    def read_audience(self, key: str, value: object) -> Any:
        return self._one_of(key, value, Audience)

    def read_door(self, key: str, value: object) -> Any:
        return self._one_of(key, value, Door)

    def read_join_code(self, key: str, value: object) -> str | None:
        text = self._line(key, value, 40)
        if text is not None and len("".join(text.split())) < 3:
            self.wrong(key, value, "a code of 3 to 40 characters is expected")
        return text

    def read_max_people(self, key: str, value: object) -> int | None:
        return None if value is None else self._number(key, value, 1, 1_000_000)

    def read_organisation(self, key: str, value: object) -> str | None:
        return self._line(key, value, 200)

    def read_help_contact(self, key: str, value: object) -> str | None:
        return self._line(key, value, 300)

    def read_held_words(self, key: str, value: object) -> tuple[str, ...] | None:
        if not isinstance(value, list | None) or len(value or ()) > 200:
            self.wrong(key, value, "a list of at most 200 words is expected")
            return None
        words = []
        for place, given in enumerate(value or ()):
            word = self._line(f"{key}[{place}]", given, 60, required=True) or ""
            if word and not any(sign.isalnum() for sign in word):
                self.wrong(f"{key}[{place}]", given, "a word, or several, of letters and digits is expected")
            words.append(" ".join(word.split()))
        return tuple(dict.fromkeys(words)) or None

    def read_under_18(self, key: str, value: object) -> bool:
        if not isinstance(value, bool):
            self.wrong(key, value, "true or false is expected")
        return value is True

    def read_slug(self, key: str, value: object) -> str:
        if not isinstance(value, str) or not SLUG.fullmatch(value):
            self.wrong(key, value, "3 to 60 of a-z, 0-9 and - are expected")
        return str(value)

    def read_rules(self, key: str, value: object) -> Rules:
        if not isinstance(value, dict):
            self.wrong(key, value, "a JSON object of rules is expected")
            return Rules()
        good: dict[str, Any] = {}
        hints = get_type_hints(Rules, include_extras=True)
        for name, given in value.items():
            if name not in hints:
                self.wrong(f"{key}.{name}", given, "this rule is not known")
                continue
            try:
                good[name] = msgspec.convert(given, hints[name])
            except msgspec.ValidationError:
                self.problems.append(Problem(f"{key}.{name}", given, _expected(hints[name])))
        return Rules(**good)

    def read_seats(self, key: str, value: object) -> int:
        if not isinstance(value, dict):
            self.wrong(key, value, 'an object such as {"open": 1} is expected')
            return 1
        for name, given in value.items():
            if name != "open":
                self.wrong(f"{key}.{name}", given, "not known; reserved seats follow from the speakers")
        return self._number(f"{key}.open", value.get("open", 1), 0, 12)

    def read_speakers(self, key: str, value: object) -> tuple[SpeakerDefinition, ...]:
        if not isinstance(value, list) or len(value) > 12:
            self.wrong(key, value, "a list of at most 12 speakers is expected")
            return ()
        speakers: list[SpeakerDefinition] = []
        for place, given in enumerate(value):
            here = f"{key}[{place}]"
            if not isinstance(given, dict):
                self.wrong(here, given, 'an object with "name" is expected')
                continue
            for name in given.keys() - {"name", "bio", "affiliation"}:
                self.wrong(f"{here}.{name}", given[name], "this key is not known")
            name = self._name(f"{here}.name", given.get("name"))
            if name.casefold() in [speaker.name.casefold() for speaker in speakers]:
                self.wrong(f"{here}.name", name, "a name that no other speaker has is expected")
            bio = self._line(f"{here}.bio", given.get("bio"), 2000)
            affiliation = self._line(f"{here}.affiliation", given.get("affiliation"), 200)
            speakers.append(SpeakerDefinition(name, bio, affiliation))
        return tuple(speakers)

    def _name(self, key: str, value: object) -> str:
        try:
            return clean_name(value if isinstance(value, str) else "")
        except ValueError as error:
            self.wrong(key, value, "a name of 1 to 60 characters is expected ({error})", error=str(error))
            return ""

    def read_questions(self, key: str, value: object) -> tuple[QuestionDefinition, ...]:
        if not isinstance(value, list) or not 1 <= len(value) <= 20:
            self.wrong(key, value, "a list of 1 to 20 questions is expected")
            return ()
        questions = []
        for place, given in enumerate(value):
            here = f"{key}[{place}]"
            if not isinstance(given, dict):
                self.wrong(here, given, 'an object with "text" is expected')
                continue
            for name in given.keys() - {"text", "minutes", "gloss"}:
                self.wrong(f"{here}.{name}", given[name], "this key is not known")
            text = self._words(f"{here}.text", given.get("text"), 500)
            minutes = given.get("minutes")
            minutes = None if minutes is None else self._number(f"{here}.minutes", minutes, 1, 600)
            gloss = self._line(f"{here}.gloss", given.get("gloss"), 1000)
            questions.append(QuestionDefinition(text or "", minutes, gloss))
        return tuple(questions)


def _instant(written: object) -> Instant | None:
    """The moment written with its offset, RFC 3339; none where it is no such time."""
    try:
        moment = datetime.fromisoformat(written) if isinstance(written, str) else None
        if moment is None or moment.tzinfo is None:
            return None
        return round(moment.astimezone(UTC).timestamp() * 1000)
    except (ValueError, OverflowError):
        return None


def _expected(hint: Any) -> Sentence:
    """What a rule of this type may be, as half a sentence."""
    for meta in getattr(hint, "__metadata__", ()):
        if isinstance(meta, Meta):
            return worded("a whole number from {least} to {most} is expected", least=meta.ge, most=meta.le)
    return worded("one of {choices} is expected", choices=[str(each) for each in hint])
