"""The organisation's colour in place of ours, in both schemes.

Knows the grounds of static/css/tokens.css on which links and buttons stand. Guarantees that what is made of a
colour the settings took can be read on all of them (WCAG 2.2 AA); a test holds it to the tokens.
"""

from __future__ import annotations

from collections.abc import Iterator

from fishbowl.colour import AA, BLACK, WHITE, Colour, as_written, contrast, mixed

__all__ = ["accent_sheet"]

_DARK_GROUND: Colour = (0x0E, 0x39, 0x42)
"""The lightest ground of the dark scheme, `--mark-soft`."""
_QUIET_INK: Colour = (0x2F, 0x5B, 0x70)
"""The lightest ink of the light scheme, `--ink-3`."""


def accent_sheet(accent: Colour) -> str:
    """The style sheet that puts the accent in: as it is on light ground, as light as need be on dark."""
    soft = next(
        tint
        for tint in _towards_white(accent, 84)
        if contrast(tint, accent) >= AA and contrast(tint, _QUIET_INK) >= AA
    )
    light = next(tint for tint in _towards_white(accent) if contrast(tint, _DARK_GROUND) >= AA)
    return (
        "@layer tokens {\n"
        f"  :root {{ {_meanings(accent, mixed(accent, BLACK, 0.2))} --mark-soft: {as_written(soft)}; }}\n"
        "  @media (prefers-color-scheme: dark) {\n"
        f"    :root {{ {_meanings(light, mixed(light, WHITE, 0.25))} --mark-soft: var(--teal-soft); }}\n"
        "  }\n"
        "}\n"
    )


def _towards_white(colour: Colour, percent: int = 0) -> Iterator[Colour]:
    """The colour with ever more white in it, from so much on; white at last."""
    return (mixed(colour, WHITE, share / 100) for share in range(percent, 101))


def _meanings(mark: Colour, strong: Colour) -> str:
    return f"--mark: {as_written(mark)}; --mark-strong: {as_written(strong)};"
