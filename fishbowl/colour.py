"""Colours as they are written (`#0a5f6b`), and how well one can be read on another.

Knows no page. Contrast is counted as WCAG 2 does: relative luminance of sRGB, a ratio from 1 to 21.
"""

from __future__ import annotations

import re
from typing import Final

__all__ = ["AA", "BLACK", "WHITE", "Colour", "as_written", "contrast", "mixed", "read_colour"]

Colour = tuple[int, int, int]

WHITE: Final[Colour] = (255, 255, 255)
BLACK: Final[Colour] = (0, 0, 0)
AA: Final = 4.5
"""The least contrast of text that WCAG 2.2 AA allows (1.4.3)."""


def read_colour(written: str) -> Colour | None:
    """The colour in `#rrggbb`; None for anything else."""
    if not re.fullmatch(r"#[0-9A-Fa-f]{6}", written):
        return None
    red, green, blue = bytes.fromhex(written[1:])
    return red, green, blue


def as_written(colour: Colour) -> str:
    return f"#{bytes(colour).hex()}"


def mixed(one: Colour, other: Colour, share: float) -> Colour:
    """`one` with a share of `other` in it, 0 to 1."""
    red, green, blue = (round(a + (b - a) * share) for a, b in zip(one, other, strict=True))
    return red, green, blue


def contrast(one: Colour, other: Colour) -> float:
    lighter, darker = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def _luminance(colour: Colour) -> float:
    red, green, blue = (_linear(part / 255) for part in colour)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _linear(part: float) -> float:
    return part / 12.92 if part <= 0.04045 else float(((part + 0.055) / 1.055) ** 2.4)
