"""Texts in XML: escaped, and without the two code points that no XML may hold.

Knows no vocabulary. Every other code point that a text may have comes back as it was.
"""

from __future__ import annotations

from xml.sax.saxutils import escape

__all__ = ["attribute", "escaped", "holdable"]

_NEVER = {0xFFFE: "\ufffd", 0xFFFF: "\ufffd"}
# A reader of XML takes a line end within an attribute for a space.
_QUOTED = {'"': "&quot;", "\n": "&#10;"}


def holdable(text: str) -> str:
    """`text` with U+FFFD for U+FFFE and U+FFFF, which XML 1.0 excludes."""
    return text.translate(_NEVER) if "\ufffe" in text or "\uffff" in text else text


def escaped(text: str) -> str:
    return escape(holdable(text))


def attribute(text: str) -> str:
    """`text` as it may stand between double quotes."""
    return escape(holdable(text), _QUOTED)
