"""Names and handles: what people are called, and by what they are mentioned.

Knows nobody: what is taken is handed in. Whether a name resembles somebody else's is not asked here.
Deterministic throughout, so that a replay calls everybody the same. A handle is 1-20 of A-Z a-z 0-9 _ and
unique in its debate, upper and lower case alike.

Sets of taken handles hold them in lower case; `handle_for` and `free_pseudonym` look them up so.
"""

from collections.abc import Container
from itertools import count
from unicodedata import normalize

import regex

from fishbowl.text.normalise import graphemes
from fishbowl.text.pseudonyms import ANONYMOUS, WORDS, Wordlist

HANDLE_LENGTH = 20
NAME_LENGTH = 60

# Coprime to the number of pseudonyms in each language, so that stepping meets each of them once, and far
# enough that the next one tried resembles the last in nothing.
_STRIDE = 87_833

# Letters that Unicode does not take apart into a Latin one and a mark.
_LATIN = str.maketrans(
    {
        "Æ": "Ae", "æ": "ae", "Œ": "Oe", "œ": "oe", "ß": "ss", "ẞ": "SS", "Ø": "O", "ø": "o", "Þ": "Th",
        "þ": "th", "Ð": "D", "ð": "d", "Đ": "D", "đ": "d", "Ł": "L", "ł": "l", "Ħ": "H", "ħ": "h",
        "ı": "i", "Ŋ": "Ng", "ŋ": "ng", "Ŧ": "T", "ŧ": "t", "Ə": "E", "ə": "e",
    }
)  # fmt: skip
_APOSTROPHES = regex.compile(r"['’ʼ`´]")
_HANDLE_WORD = regex.compile(r"[A-Za-z0-9_]+")

# Joiners and selectors that a script or a picture needs: inside emoji, after a virama, between Arabic or
# Mongolian letters, choosing a form of a Han character, and the tags that spell the flag of Wales.
_NEEDED_INVISIBLES = regex.compile(
    r"(?<=[\p{Extended_Pictographic}\uFE0F\U0001F3FB-\U0001F3FF])\u200D(?=\p{Extended_Pictographic})"
    r"|(?<=[\p{Extended_Pictographic}0-9#*])\uFE0F"
    r"|(?<=\p{ccc=Virama})[\u200C\u200D]"
    r"|(?<=[\p{Arabic}\p{Mongolian}])\u200C(?=[\p{Arabic}\p{Mongolian}])"
    r"|(?<=\p{Han})[\U000E0100-\U000E01EF]"
    r"|(?<=\U0001F3F4)[\U000E0030-\U000E007A]+\U000E007F"
)
_CONTROL = regex.compile(r"[\p{Cc}\p{Cs}\p{Zl}\p{Zp}]")
_INVISIBLE = regex.compile(r"[\p{Cf}\p{Co}\p{Cn}\p{Default_Ignorable_Code_Point}\N{BRAILLE PATTERN BLANK}]")
_FLOOD = regex.compile(r"\p{M}{5}|(?:(?=\p{Inherited})\p{M}){4}|(?:[^\W\d_]?[\u0300-\u036F]{2}){3}")
"""More marks over a letter than any script writes, or two and more on each of several letters."""
_SHOWS_SOMEBODY = regex.compile(r"[\p{L}\p{N}\p{Extended_Pictographic}]")
_SPACES = regex.compile(r"\p{Zs}+")


class BadName(ValueError):
    """A name nobody can be given; the message says why, and `why` in a word: `control`, `invisible`, `marks`,
    `nothing`, `too_long`, `none_left`.
    """

    def __init__(self, why: str, message: str) -> None:
        super().__init__(message)
        self.why = why


def pseudonym(choice: int, language: str = "en") -> str:
    """The pseudonym of that number, as "Blue Heron 41", in a debate's language, else in English.

    Numbers wrap around after the last.
    """
    return _words_of(language).pseudonym(choice)


def free_pseudonym(seed: int, taken: Container[str], language: str = "en") -> str:
    """The first pseudonym from `seed` on whose handle is not `taken` (handles in lower case).

    Tries every pseudonym there is before it gives up with `BadName`.
    """
    words = _words_of(language)
    for attempt in range(len(words)):
        name = words.pseudonym(seed + attempt * _STRIDE)
        if _latin_handle(name).lower() not in taken:
            return name
    raise BadName("none_left", f"all {len(words)} pseudonyms are taken")


def anonymous(number: int, language: str = "en") -> str:
    """What somebody is called who wants to be nobody: "Anonymous 3"."""
    return f"{ANONYMOUS.get(language.partition('-')[0].lower(), ANONYMOUS['en'])} {number}"


def _words_of(language: str) -> Wordlist:
    return WORDS.get(language.partition("-")[0].lower(), WORDS["en"])


def handle_for(name: str, taken: Container[str]) -> str:
    """A free handle made from a name: "Siân Llwyd" -> SianLlwyd; `taken` holds handles in lower case.

    Marks are dropped and each word begins with a capital. A name without Latin letters or digits makes
    Guest. A taken handle is numbered from 2 on, an underscore between where it ends in a digit already.
    """
    base = _latin_handle(name) or "Guest"
    if base.lower() not in taken:
        return base
    for number in count(2):
        ending = f"_{number}" if base[-1].isdigit() else str(number)
        handle = base[: HANDLE_LENGTH - len(ending)] + ending
        if handle.lower() not in taken:
            return handle
    raise AssertionError("numbers do not end")


def clean_name(name: str) -> str:
    """A name given by an organiser, as it is kept: NFC, trimmed, runs of spaces as one space.

    Raises `BadName` for nothing visible, more than 60 characters, and characters that cannot be seen:
    control and bidi characters, fillers, zero-width ones outside the scripts and emoji that need them; and
    for marks heaped on letters.
    """
    name = _SPACES.sub(" ", normalize("NFC", name)).strip(" ")
    if control := _CONTROL.search(name):
        raise BadName(
            "control", f"a name stands on one line, without control characters (found {_code(control)})"
        )
    if invisible := _INVISIBLE.search(_NEEDED_INVISIBLES.sub("", name)):
        raise BadName("invisible", f"a name has no invisible characters (found {_code(invisible)})")
    if not _SHOWS_SOMEBODY.search(name):
        raise BadName("nothing", "a name needs at least one letter, digit or emoji")
    if len(name) > NAME_LENGTH * 4 or graphemes(name) > NAME_LENGTH:
        raise BadName(
            "too_long", f"a name has at most {NAME_LENGTH} characters (this one has {graphemes(name)})"
        )
    if _FLOOD.search(name):
        raise BadName("marks", "a name has no marks heaped on its letters")
    return name


def _latin_handle(name: str) -> str:
    """What of a name can stand in a handle, or ""."""
    plain = normalize("NFKD", _APOSTROPHES.sub("", name).translate(_LATIN))
    plain = "".join(sign for sign in plain if not regex.match(r"\p{M}", sign))
    words = _HANDLE_WORD.findall(plain)
    return "".join(word[0].upper() + word[1:] for word in words)[:HANDLE_LENGTH]


def _code(found: regex.Match[str]) -> str:
    return f"U+{ord(found.group()[0]):04X}"
