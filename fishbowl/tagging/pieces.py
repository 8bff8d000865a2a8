"""Pieces: what texts are compared by, their words and each word taken apart into runs of four characters.

Knows no language: runs do what cutting endings off and taking compounds apart would do, for every language
at once ("outcome" and "outcomes" share five of six). Deterministic, order included, so that sums over
pieces come out the same in every process.
"""

import re
from functools import lru_cache

import regex

LENGTH = 4

# Scripts that write no spaces: there two characters are about a word.
_UNSPACED = r"\p{Han}\p{Hiragana}\p{Katakana}\p{Thai}\p{Lao}\p{Khmer}\p{Myanmar}"
_WORD = regex.compile(rf"[{_UNSPACED}]++|[[\p{{L}}\p{{M}}\p{{N}}]--[{_UNSPACED}]]++", regex.VERSION1)
# The same, sooner: for letters of Latin alphabets, none of which is a mark, and the punctuation beside them.
_ASCII_WORD = re.compile("[a-z0-9]+")
_LATIN_WORD = re.compile(r"[^\W_]+")
_NOT_LATIN = re.compile("[^\0-\u02ff\u2000-\u206f]")
_STARTS_UNSPACED = regex.compile(rf"[{_UNSPACED}]", regex.VERSION1)


def words(text: str) -> list[str]:
    """The words of a text in order, without case; in scripts without spaces, what stands together."""
    folded = text.casefold()
    if folded.isascii():
        return _ASCII_WORD.findall(folded)
    if not _NOT_LATIN.search(folded):
        return _LATIN_WORD.findall(folded)
    found: list[str] = _WORD.findall(folded)
    return found


def pieces(text: str) -> dict[str, int]:
    """How often each piece stands in a text, in order of appearance."""
    counted: dict[str, int] = {}
    for word in words(text):
        for piece in cut(word):
            counted[piece] = counted.get(piece, 0) + 1
    return counted


@lru_cache(maxsize=8192)
def cut(word: str) -> tuple[str, ...]:
    """The pieces of one word: its runs, the first and last showing its edge, and itself as ` word `."""
    if not word.isascii() and _STARTS_UNSPACED.match(word):
        return tuple(word[place : place + 2] for place in range(max(1, len(word) - 1)))
    edged = f" {word} "
    runs = [edged[place : place + LENGTH] for place in range(len(edged) - LENGTH + 1)]
    return tuple(dict.fromkeys([*runs, edged]))
