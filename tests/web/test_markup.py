"""What every template, script and style sheet keeps to: no inline code, text as text, one markup source."""

from __future__ import annotations

import re
from itertools import product
from math import cos, radians, sin
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
TEMPLATES = sorted((ROOT / "templates").rglob("*.html"))
SCRIPTS = sorted((ROOT / "static" / "js").rglob("*.js"))
SHEETS = sorted((ROOT / "static" / "css").glob("*.css"))
PAGES = [template for template in TEMPLATES if template.name not in ("transcript.html", "replay.html")]
"""Transcript and replay are files of their own, answered with policies of their own."""

INLINE = re.compile(
    r"<style\b|\sstyle=|\son[a-z]+\s*=\s*[\"']|javascript:|<script(?![^>]*\bsrc=)", re.IGNORECASE
)
MARKUP_FROM_TEXT = re.compile(
    r"\b(innerHTML|outerHTML|insertAdjacentHTML|document\.write|DOMParser|createContextualFragment|eval)\b"
    r"|new Function|setAttribute\(\s*[\"']style"
)


def name(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


@pytest.mark.parametrize("template", PAGES, ids=name)
def test_templates_hold_no_inline_code(template: Path) -> None:
    """The policy allows neither scripts nor styles in the page, so no template has any."""
    assert INLINE.findall(template.read_text(encoding="utf-8")) == []


@pytest.mark.parametrize("script", SCRIPTS, ids=name)
def test_scripts_never_make_markup_from_text(script: Path) -> None:
    """Text becomes text nodes; nothing in a script could turn it into elements (Trusted Types)."""
    assert MARKUP_FROM_TEXT.findall(script.read_text(encoding="utf-8")) == []


def test_the_searches_would_find_something() -> None:
    """Both patterns see what they are for."""
    for bad in ('<p style="x">', "<script>x</script>", '<a onclick="x">', '<a href="javascript:x">'):
        assert INLINE.search(bad), bad
    for bad in ("e.innerHTML = x", "new Function(x)", "e.insertAdjacentHTML(x)"):
        assert MARKUP_FROM_TEXT.search(bad), bad
    assert not INLINE.search('<script type="module" src="x"></script>')


@pytest.mark.parametrize("script", SCRIPTS, ids=name)
def test_every_import_leads_to_a_file(script: Path) -> None:
    """Modules name each other by relative paths that exist; nothing is fetched from elsewhere."""
    for found in re.findall(r"(?:from|import)(?:\s+|\()\"([^\"]+)\"", script.read_text(encoding="utf-8")):
        assert found.startswith(("./", "../")), found
        assert (script.parent / found).resolve().is_file(), found


@pytest.mark.parametrize("sheet", SHEETS, ids=name)
def test_sheets_take_nothing_from_elsewhere(sheet: Path) -> None:
    """No page makes a request to a third party: no sheet names an address."""
    assert re.findall(r"url\(|@import|https?:", sheet.read_text(encoding="utf-8")) == []


# Contrast


Colour = tuple[float, float, float]


def tokens(dark: bool) -> dict[str, str]:
    """The tokens of a scheme as they are written."""
    text = (ROOT / "static" / "css" / "tokens.css").read_text(encoding="utf-8")
    light, _, rest = text.partition("@media (prefers-color-scheme: dark)")
    found = dict(re.findall(r"--([\w-]+):\s*([^;]+);", light))
    if dark:
        found |= dict(re.findall(r"--([\w-]+):\s*([^;]+);", rest.partition("@media")[0]))
    return found


def colour(token: str, scheme: dict[str, str]) -> Colour:
    """Linear red, green and blue of a token, through its meaning to its raw value."""
    value = scheme[token]
    if reference := re.fullmatch(r"var\(--([\w-]+)\)", value):
        return colour(reference[1], scheme)
    lightness, chroma, hue = (float(part) for part in re.findall(r"[\d.]+", value)[:3])
    return from_oklch(lightness / 100, chroma, hue)


def from_oklch(lightness: float, chroma: float, hue: float) -> Colour:
    """CSS Color 4: OKLCH to linear sRGB, clipped to what a screen shows."""
    a, b = chroma * cos(radians(hue)), chroma * sin(radians(hue))
    long = (lightness + 0.3963377774 * a + 0.2158037573 * b) ** 3
    middle = (lightness - 0.1055613458 * a - 0.0638541728 * b) ** 3
    short = (lightness - 0.0894841775 * a - 1.2914855480 * b) ** 3
    linear = (
        4.0767416621 * long - 3.3077115913 * middle + 0.2309699292 * short,
        -1.2684380046 * long + 2.6097574011 * middle - 0.3413193965 * short,
        -0.0041960863 * long - 0.7034186147 * middle + 1.7076147010 * short,
    )
    red, green, blue = (min(1.0, max(0.0, part)) for part in linear)
    return red, green, blue


def contrast(one: Colour, other: Colour) -> float:
    """WCAG 2's ratio, 1 to 21."""
    lighter, darker = sorted((0.2126 * r + 0.7152 * g + 0.0722 * b for r, g, b in (one, other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


GROUNDS = ("page", "panel", "sunken", "mark-soft", "move-soft", "wrong-soft")
TEXTS = [
    *product(("ink", "ink-2", "ink-3"), GROUNDS),
    *product(("mark",), ("page", "panel", "sunken", "mark-soft")),
    *product(("move-ink",), ("page", "panel", "move-soft")),
    *product(("wrong-ink",), ("page", "panel", "wrong-soft")),
    ("on-mark", "mark"),
    ("on-mark", "mark-strong"),
    ("on-move", "move"),
    ("on-move", "move-strong"),
    *product(("ink", "ink-2", "ink-3", "mark", "move-ink"), ("bowl-top", "bowl-bottom")),
]
EDGES = [
    *product(("edge", "mark"), ("page", "panel")),
    ("move-edge", "page"),
    ("move-edge", "move-soft"),
    ("wrong-ink", "wrong-soft"),
]


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
@pytest.mark.parametrize(("ink", "ground"), TEXTS)
def test_text_can_be_read(ink: str, ground: str, dark: bool) -> None:
    """Every ink on every ground it is used on has at least 4.5:1 (WCAG 2.2 AA), in both schemes."""
    scheme = tokens(dark)
    assert contrast(colour(ink, scheme), colour(ground, scheme)) >= 4.5


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
@pytest.mark.parametrize(("edge", "ground"), EDGES)
def test_edges_can_be_seen(edge: str, ground: str, dark: bool) -> None:
    """Edges that say what something is (fields, free seats, the focus) have at least 3:1."""
    scheme = tokens(dark)
    assert contrast(colour(edge, scheme), colour(ground, scheme)) >= 3


def test_contrast_is_counted_as_wcag_does() -> None:
    """Black on white is 21:1, grey #767676 on white 4.54:1."""
    assert contrast((0, 0, 0), (1, 1, 1)) == pytest.approx(21)
    grey = ((0x76 / 255 + 0.055) / 1.055) ** 2.4
    assert contrast((grey, grey, grey), (1, 1, 1)) == pytest.approx(4.54, abs=0.01)
