"""What in a text should be looked at before everybody reads it: personal data, and words that wound.

Knows no debate, no author and no rule; says only what kind of thing stands there. It looks for the forms that
people in Britain, Wales and Germany write. It errs on the side of a second look where somebody gives away how
to find them, and leaves alone what is only spoken of: a school in general, a platform, a year, a sum.
"""

from __future__ import annotations

import re
import string
import unicodedata
from collections.abc import Callable, Iterable, Iterator
from functools import lru_cache

import regex

from fishbowl.text.wounding import WOUNDING

__all__ = ["CONCERNS", "concerns", "personal_data"]

_DATES = regex.compile(r"\b\d{1,2}[./-]\d{1,2}[./-]\d{2,4}\b|\b\d{4}-\d\d-\d\d\b|\b\d{1,2}[:.]\d\d\b(?!\d)")
"""Dates and times, whose digits would read like those of a telephone."""

_PHONE = regex.compile(
    r"(?<![\w.,/#-])"
    r"(?:(?:\+|00\s?)[1-9]\d{0,2}[\s()/.-]{0,3}(?:\(0\)[\s.-]?)?(?:\d[\s()/.-]{0,3}){6,11}\d"
    r"|\(?0[1-9]\d{1,4}\)?[\s/-]{0,3}(?:\d[\s/-]{0,2}){4,8}\d)"
    r"(?![\w])"
)
_NO_DATE = " - "
_LEAST_DIGITS, _MOST_DIGITS = 9, 15

# Cheap questions asked first: most texts hold nothing of the kind.
_DIGIT = re.compile(r"\d")
_MANY_DIGITS = regex.compile(r"\d(?:\D{0,4}\d){8}")
_AT = ("@", "at)", "at]", "ät)", "ät]", " dot ", " punkt ")
_SCHOOLS = (
    *("school", "academy", "college", "comprehensive", "grammar", "primary", "high", "ysgol"),
    *("schule", "gymnasium"),
)
_NAMED = (
    *(
        "insta",
        "ig ",
        "ig:",
        "snap",
        "sc ",
        "sc:",
        "tiktok",
        "tik tok",
        "discord",
        "whats",
        "telegram",
        "facebook",
    ),
    *(
        "fb",
        "twitter",
        "roblox",
        "youtube",
        "twitch",
        "steam",
        "signal",
        "threads",
        "bluesky",
        "mastodon",
        "t.me",
    ),
)

_EMAIL = regex.compile(
    r"(?<![\w.+-])[\w.+-]{1,64}(?:@|\s?[(\[]\s?(?:at|ät)\s?[)\]]\s?)[\w-]{1,63}"
    r"(?:\s?(?:\.|[(\[]\s?(?:dot|punkt)\s?[)\]])\s?[\w-]{1,63}){1,5}"
    r"|(?<![\w.+-])[\w.+-]{1,64}\s(?:at|ät)\s[\w-]{1,63}\s(?:dot|punkt)\s[a-z]{2,}\b",
    regex.IGNORECASE,
)

_STREETS = r"(?:Street|St|Road|Rd|Lane|Avenue|Ave|Close|Crescent|Drive|Court|Terrace|Gardens|Grove|Way|Place)"
_ADDRESS = regex.compile(
    rf"\b\d{{1,4}}[a-zA-Z]?,?\s(?:\p{{Lu}}[\w'’]+\s){{1,3}}{_STREETS}\b"
    r"|\b\d{1,4}[a-zA-Z]?,?\s(?:Heol|Stryd|Ffordd|Lôn|Rhodfa)\s\p{Lu}\w+"
    r"|\b(?:[A-Z]{1,2}\d[A-Z\d]?)\s\d[A-Z]{2}\b"
    r"|\b\p{Lu}[\w.-]*?(?:straße|strasse|str\.|weg|gasse|allee|damm|ufer|chaussee)\s?\d{1,4}\s?[a-z]?\b"
    r"|\b\p{Lu}\w+(?:er|e|s)?[\s-](?:Straße|Strasse|Str\.|Allee|Gasse|Weg|Platz|Ufer)\s\d{1,4}\s?[a-z]?\b"
)
_NUMBERED = re.compile(r"\d[a-zA-Z]?,?\s[^\W\d_a-z]|\d[A-Z]{2}")
_GERMAN_STREETS = ("straße", "strasse", "str.", "weg", "gasse", "allee", "damm", "ufer", "chaussee", "platz")
_AT_HOME = ("live", "living", "stay", "home", "house", "address", "wohn", "zuhause", "adresse", "byw")
_HOME = regex.compile(
    r"\b(?:i|we|my|our|ich|wir|mein\w*|unser\w*|dw\s?i'?n|rwy'?n)\b[^.!?\n]{0,25}"
    r"\b(?:live|lives|living|stay|home|house|address|wohne|wohnen|zuhause|adresse|byw)\b[^.!?\n]{0,15}"
    r"(?P<told>\b\d{1,4}[a-z]?,?\s\w+\s(?:street|road|lane|avenue|close|drive|way)\b"
    r"|\b\w+(?:str\.|straße|strasse|weg|gasse|allee)\s?\d+\s?[a-z]?\b)",
    regex.IGNORECASE,
)

_SCHOOL_NAME = (
    r"(?:\p{Lu}[\w'’.-]+\s){1,4}(?:(?:High|Primary|Grammar|Infant|Junior|Secondary|Comprehensive|Free)\s)?"
    r"(?:School|Academy|College|Comprehensive|Grammar|Primary|High)\b"
    r"|Ysgol\s(?:\p{Lu}|[Yy]\s)\w+"
    r"|\p{Lu}[\w.-]*(?:[\s-]\p{Lu}[\w.-]*){0,3}[\s-]?(?:[Ss]chule|[Gg]ymnasium|[Rr]ealschule|[Gg]esamtschule)\b"
)
_SCHOOL = regex.compile(
    r"\b(?i:i|i'm|im|we|my|our|ich|wir|mein\w*|unser\w*|dw\s?i'?n|rwy'?n|fy)\b[^.!?\n]{0,30}?"
    r"\b(?i:go|goes|went|at|attend|school|pupil|student|class|form|gehe|gehen|bin|besuche|schule|klasse|mynd|ysgol)"
    rf"\b[^.!?\n]{{0,15}}?(?P<told>{_SCHOOL_NAME})"
)

_PLATFORMS = (
    r"(?:insta(?:gram)?|ig|snap(?:chat)?|sc|tik\s?tok|discord|whats\s?app|telegram|facebook|fb|twitter|roblox"
    r"|youtube|twitch|steam|signal|threads|bluesky|mastodon)"
)
_SOCIAL = regex.compile(
    rf"\b{_PLATFORMS}\b(?:\s?(?:is|name|handle|account|user(?:name)?|id|ist|heißt|me|mich|at|as|auf|als|on|yw)\b)"
    r"{0,3}\s?(?:[:=]\s?@?[\w.]{3,30}|@[\w.]{3,30}|(?=[\w.]*[\d_.]\w)[A-Za-z][\w.]{3,30}\b(?!\.\w))"
    r"|\b(?:instagram|snapchat|tiktok|facebook|discord|t)\.(?:com|gg|me)/(?:@|add/|invite/)?[\w.]{3,}",
    regex.IGNORECASE,
)

_LOOKS_LIKE = str.maketrans("013457@$!", "oieastasi")
_WORD = regex.compile(r"[\p{L}\p{N}@$!]+")
_DISGUISING = frozenset("013457@$!")
_BETWEEN_WORDS = str.maketrans(
    {
        sign: " "
        for sign in map(chr, range(128))
        if sign not in {*string.ascii_letters, *string.digits, *"@$!"}
    }
)


def concerns(text: str, listed: tuple[str, ...] = ()) -> tuple[str, ...]:
    """What of `CONCERNS` is found in `text`, in that order.

    `listed`: further words, or several in a row, that count among `words`.
    """
    small = text.lower()
    found = tuple(kind for kind, is_in in CONCERNS.items() if is_in(text, small))
    if listed and "words" not in found and _holds_one(text, listed):
        return (*found, "words")
    return found


def personal_data(text: str) -> list[tuple[int, int, str]]:
    """Where in `text` each kind but `words` stands: start, end and kind, in order, none within another.

    Of what somebody says of themselves it is the name of the school, the street, that is marked.
    """
    small = text.lower()
    spans = list(_phones(text)) if _phone(text, small) else []
    for kind, patterns in _WRITTEN.items():
        if CONCERNS[kind](text, small):
            for pattern in patterns:
                told = "told" if "told" in pattern.groupindex else 0
                spans += [(*found.span(told), kind) for found in pattern.finditer(text)]
    apart: list[tuple[int, int, str]] = []
    for start, end, kind in sorted(spans, key=lambda span: (span[0], -span[1])):
        if not apart or start >= apart[-1][1]:
            apart.append((start, end, kind))
        elif end > apart[-1][1]:
            apart[-1] = (apart[-1][0], end, apart[-1][2])
    return apart


def _phone(text: str, small: str) -> bool:
    return bool(_MANY_DIGITS.search(text)) and any(_phones(text))


def _phones(text: str) -> Iterator[tuple[int, int, str]]:
    """Where telephone numbers stand. They are looked for without dates and times, and found with them."""
    dates = [found.span() for found in _DATES.finditer(text)]
    for found in _PHONE.finditer(_DATES.sub(_NO_DATE, text)):
        if _LEAST_DIGITS <= sum(sign.isdigit() for sign in found.group()) <= _MOST_DIGITS:
            start, end = found.span()
            for date_start, date_end in dates:
                longer = date_end - date_start - len(_NO_DATE)
                start += longer if date_start < start else 0
                end += longer if date_start < end else 0
            yield start, end, "phone"


def _email(text: str, small: str) -> bool:
    return _any_in(_AT, small) and bool(_EMAIL.search(text))


def _address(text: str, small: str) -> bool:
    if not _DIGIT.search(text):
        return False
    if (_NUMBERED.search(text) or _any_in(_GERMAN_STREETS, small)) and _ADDRESS.search(text):
        return True
    return _any_in(_AT_HOME, small) and bool(_HOME.search(text))


def _school(text: str, small: str) -> bool:
    return _any_in(_SCHOOLS, small) and bool(_SCHOOL.search(text))


def _social(text: str, small: str) -> bool:
    return _any_in(_NAMED, small) and bool(_SOCIAL.search(text))


def _words(text: str, small: str) -> bool:
    if small.isascii():
        plain = small
        words = small.translate(_BETWEEN_WORDS).split()
    else:
        plain = _without_marks(text.casefold())
        words = _WORD.findall(plain)
    if not WOUNDING.isdisjoint(words):
        return True
    # Nothing is disguised in a word of letters alone, and so are nearly all.
    return not _DISGUISING.isdisjoint(plain) and any(
        word.strip("@!").translate(_LOOKS_LIKE) in WOUNDING for word in words if not word.isalpha()
    )


def _holds_one(text: str, listed: tuple[str, ...]) -> bool:
    words = _WORD.findall(_without_marks(text.casefold()))
    plain = [word if word.isalpha() else word.strip("@!").translate(_LOOKS_LIKE) for word in words]
    said = (f" {' '.join(words)} ", f" {' '.join(plain)} ")
    return any(wanted in each for each in said for wanted in _sought(listed))


@lru_cache(maxsize=64)
def _sought(listed: tuple[str, ...]) -> tuple[str, ...]:
    """Each of `listed` as it stands between blanks in a text's words."""
    found = (_WORD.findall(_without_marks(each.casefold())) for each in listed)
    return tuple(f" {' '.join(words)} " for words in found if words)


def _any_in(words: Iterable[str], small: str) -> bool:
    for word in words:  # noqa: SIM110  # asked of every text: `any` takes twice the time
        if word in small:
            return True
    return False


def _without_marks(text: str) -> str:
    return "".join(sign for sign in unicodedata.normalize("NFKD", text) if not unicodedata.combining(sign))


CONCERNS: dict[str, Callable[[str, str], bool]] = {
    "phone": _phone,
    "email": _email,
    "address": _address,
    "school": _school,
    "social": _social,
    "words": _words,
}
"""The kinds there are, and what finds each in a text, which comes along in small letters too."""

_WRITTEN = {"email": (_EMAIL,), "address": (_ADDRESS, _HOME), "school": (_SCHOOL,), "social": (_SOCIAL,)}
"""By what each kind of personal data is written, but for telephone numbers."""
