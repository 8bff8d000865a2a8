"""What a name looks like: the same letters for all names that a reader would take for one another.

Knows nobody. Capitals, accents, blanks and punctuation do not count; characters of other scripts and symbols
that resemble a letter are read as it (Unicode's confusables, in confusables.py), i, l and
1 as one, o and 0 too. Vowel signs that are no ornament (Hindi, Thai) do count. Of two names with an equal
`look` a debate takes one, whatever their writers meant; that some honest pair is taken for one, and the
second is asked for an initial more, is what that costs.
"""

from __future__ import annotations

from functools import cache, lru_cache
from typing import Final
from unicodedata import digit, normalize

import regex

from fishbowl.text.confusables import CONFUSABLES
from fishbowl.text.role_words import ROLE_WORDS

__all__ = ["claims_a_role", "look", "plain_letters", "within"]

_ORNAMENT: Final = regex.compile(r"(?=\p{Inherited})\p{M}")
_COUNTS_NOT: Final = regex.compile(r"[^\p{L}\p{M}\p{N}]+")
_ONE_LOOK: Final = str.maketrans("il10|!3457@$", "lllolleasta" + "s")
_AT_ITS_END: Final = regex.compile(r"[0-9!|$@]+(?![^\W\d_])")
"""What may stand behind a word, and for letters within it."""
_LEAST_WITHIN: Final = 8
"""Of how many letters a name must be before it is looked for inside of others."""


@lru_cache(maxsize=20_000)
def look(name: str) -> str:
    """The letters by which names are told apart; the name itself where it has none, as one of emoji."""
    return _squashed(name) or name


def within(name: str, known: str) -> bool:
    """Whether `name` says `known` and more: only of a full name, of two words, or every Ann would be Anna."""
    inner = look(known)
    return len(known.split()) > 1 and len(inner) >= _LEAST_WITHIN and inner in look(name)


def claims_a_role(name: str) -> bool:
    """Whether a word of `name` is that of a role in a debate, or the name as a whole is; numbered or not."""
    read = [_read(written) for written in (name, _AT_ITS_END.sub("", name))]
    words = {_joined(word) for each in read for word in (each, *_COUNTS_NOT.split(each))}
    return not _roles().isdisjoint(words)


def plain_letters(text: str) -> str:
    """`text` without accents and capitals, compatibility forms as what they stand for."""
    return _ORNAMENT.sub("", normalize("NFKD", text)).casefold()


def _squashed(name: str) -> str:
    return _joined(_read(name))


def _joined(read: str) -> str:
    return _COUNTS_NOT.sub("", read).replace("rn", "m").replace("vv", "w")


def _read(name: str) -> str:
    """Every sign as the letters it looks like; what stands between words is still there."""
    table = _table()
    read = "".join(table.get(sign) or _plain(sign, table) for sign in normalize("NFC", name))
    return read.translate(_ONE_LOOK)


def _plain(sign: str, table: dict[str, str]) -> str:
    value = digit(sign, None)
    if value is not None:
        return str(value)
    return "".join(table.get(each, each) for each in plain_letters(sign))


@cache
def _table() -> dict[str, str]:
    found = CONFUSABLES.split()
    return {sign: read for read, signs in zip(found[::2], found[1::2], strict=True) for sign in signs}


@cache
def _roles() -> frozenset[str]:
    return frozenset(_squashed(word) for word in ROLE_WORDS)
