"""Stored text: what becomes of what somebody typed, and whether it fits.

Knows no debate: `max_length` is handed in. What `clean` returns is what is stored, counted and shown, so
every offset anywhere counts code points of it; cleaning it again changes nothing.
"""

from typing import Literal
from unicodedata import normalize

import regex

MAX_BYTES = 16 * 1024
CODE_POINTS_PER_GRAPHEME = 4

Limit = Literal["empty", "graphemes", "code_points", "bytes"]

# Control characters but LF (tabs and line ends are turned before), and halves of surrogate pairs, which no
# UTF-8 can carry.
_REFUSED = regex.compile(r"[\p{Cc}\p{Cs}--\n]", regex.VERSION1)
_LINE_ENDS = regex.compile(r"\r\n?")
# Pairs of regional indicators (flags) are taken as such: \X counts back over the whole run at each of them,
# so that 4,000 cost 40 ms.
_GRAPHEME = regex.compile(r"\p{GCB=RI}{2}[\p{GCB=Extend}\p{GCB=ZWJ}\p{GCB=SpacingMark}]*+|\X")
# A letter, sign or picture. White space, joiners, fillers and the blank Braille cell show nothing.
_VISIBLE = regex.compile(
    r"[^\p{White_Space}\p{C}\p{Default_Ignorable_Code_Point}\N{BRAILLE PATTERN BLANK}]|\p{Co}",
    regex.VERSION1,
)


class BadText(ValueError):
    """Text that cannot be stored as it is; the message says which character, and where."""


def clean(text: str) -> str:
    """The text as it is stored: NFC, line ends as LF, a tab as a space, trimmed; nothing else changes.

    Raises `BadText` for control characters but LF, NUL among them, and for lone surrogates.
    """
    if "\r" in text:
        text = _LINE_ENDS.sub("\n", text)
    text = text.replace("\t", " ")
    if refused := _REFUSED.search(text):
        raise BadText(
            f"text may not contain U+{ord(refused.group()):04X} (character {refused.start() + 1}): "
            "of control characters only line ends and tabs are taken"
        )
    if not text.isascii():
        text = normalize("NFC", text)
    return text.strip()


def graphemes(text: str) -> int:
    """How many characters a reader sees (extended grapheme clusters): an emoji family is one."""
    if text.isascii():
        return len(text) - text.count("\r\n")
    return sum(1 for _ in _GRAPHEME.finditer(text))


def broken_limit(text: str, max_length: int) -> Limit | None:
    """Which limit of RULES "Contributions" a cleaned text breaks, or None when it fits.

    `empty`: nothing of it can be seen. `graphemes`: more than `max_length`. `code_points`: more than four
    times as many, which only towers of combining marks reach. `bytes`: more than 16 KiB as UTF-8.
    The cheap limits are asked first, so a flood costs no segmentation.
    """
    if not _VISIBLE.search(text):
        return "empty"
    if len(text) > CODE_POINTS_PER_GRAPHEME * max_length:
        return "code_points"
    if len(text) * 4 > MAX_BYTES and len(text.encode("utf-8", "surrogatepass")) > MAX_BYTES:
        return "bytes"
    if len(text) > max_length and graphemes(text) > max_length:
        return "graphemes"
    return None
