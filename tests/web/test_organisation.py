"""Whose pages they are: name, contact, logo, colour, statements; and nothing of these where none is set."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from fishbowl.colour import AA, Colour, contrast, read_colour
from fishbowl.settings import Settings, SettingsError
from fishbowl.web.accent import accent_sheet
from tests.web.conftest import House
from tests.web.test_markup import colour as linear
from tests.web.test_markup import contrast as linear_contrast
from tests.web.test_markup import tokens

Open = Callable[..., Any]

SVG = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><script>alert(1)</script></svg>'


async def test_nothing_is_set(house: House) -> None:
    """Without settings the pages carry our mark and no foot, and no statement is there."""
    client = await house.client()
    page = (await client.get("/")).text
    assert ("bowl-glass" in page, "<footer" in page, "/organisation/" in page) == (True, False, False)
    for path in ("/privacy", "/imprint", "/accessibility", "/organisation/logo.svg"):
        assert (await client.get(path)).status_code == 404


async def test_name_and_contact(open_house: Open) -> None:
    """Name and contact stand at the foot of front page, debate page and error page."""
    house: House = await open_house(organisation="Town & Council", contact="debates@example.org")
    await house.live()
    client = await house.client(Accept="text/html")
    for path in ("/", "/debates/high-street", "/nowhere"):
        page = (await client.get(path)).text
        assert "<p>Town &amp; Council</p>" in page
        assert '<a href="mailto:debates@example.org">Contact</a>' in page


@pytest.mark.parametrize(
    ("contact", "shown"),
    [
        ("https://example.org/help", '<a href="https://example.org/help">Contact</a>'),
        ("Room 12, mornings", "Contact: Room 12, mornings"),
        ("javascript:alert(1)", "Contact: javascript:alert(1)"),
    ],
)
async def test_other_contacts(open_house: Open, contact: str, shown: str) -> None:
    """A page's address is a link; anything else is a sentence, whatever it looks like."""
    house: House = await open_house(contact=contact)
    assert shown in (await (await house.client()).get("/")).text


async def test_the_logo(open_house: Open, tmp_path: Path) -> None:
    """The logo takes our mark's place; opened by itself it can run nothing."""
    logo = tmp_path / "logo.svg"
    logo.write_text(SVG)
    house: House = await open_house(logo=logo)
    client = await house.client()
    page = (await client.get("/")).text
    (address,) = re.findall(r'<img class="logo" src="([^"]+)" alt="">', page)
    assert "bowl-glass" not in page
    picture = await client.get(address)
    assert (picture.text, picture.headers["content-type"]) == (SVG, "image/svg+xml")
    assert "sandbox" in picture.headers["content-security-policy"]
    assert "script-src" not in picture.headers["content-security-policy"]


@pytest.mark.parametrize(
    ("name", "content", "told"),
    [
        ("logo.gif", b"GIF", "ending in"),
        ("none.png", None, "No such file"),
        ("big.png", b"x" * 300_000, "at most"),
    ],
)
async def test_logos_that_will_not_do(
    open_house: Open, tmp_path: Path, name: str, content: bytes | None, told: str
) -> None:
    """A logo that cannot be shown keeps the service from starting, in a sentence."""
    if content is not None:
        (tmp_path / name).write_bytes(content)
    with pytest.raises(SettingsError, match=told):
        await open_house(logo=tmp_path / name)


async def test_statements(open_house: Open, tmp_path: Path) -> None:
    """A statement that is there is a page, linked at every foot, in the reader's language if it can be."""
    pages = tmp_path / "data" / "pages"
    pages.mkdir(parents=True)
    house: House = await open_house()
    (pages / "privacy.md").write_text("# Privacy\n\nWe keep *little*.\n\n| a | b |\n|---|---|\n| c | d |\n")
    (pages / "privacy.de.md").write_text("# Datenschutz\n")
    (pages / "secret.md").write_text("not for anybody")
    client = await house.client()
    front = (await client.get("/")).text
    assert ('<a href="/privacy">Privacy</a>' in front, "/imprint" in front, "secret" in front) == (
        True,
        False,
        False,
    )
    page = await client.get("/privacy")
    assert page.status_code == 200
    assert "We keep <em>little</em>." in page.text
    assert "<td>c</td>" in page.text
    assert page.text.count("<h1>") == 1
    german = await client.get("/privacy", headers={"Accept-Language": "de"})
    assert "<h1>Datenschutz</h1>" in german.text
    assert (await client.get("/secret")).status_code == 404


async def test_a_statement_is_text(open_house: Open, tmp_path: Path) -> None:
    """Markup in a statement is shown and not followed; a link leads to the web or nowhere."""
    pages = tmp_path / "data" / "pages"
    pages.mkdir(parents=True)
    (pages / "imprint.md").write_text(
        "<script>alert(1)</script> <b onclick=x>b</b> [x](javascript:alert(1)) ![i](https://e.example/i.png) "
        "[ok](https://example.org)"
    )
    house: House = await open_house()
    page = (await (await house.client()).get("/imprint")).text
    text = page.partition("<article")[2].partition("</article>")[0]
    assert "<script" not in text
    assert "<b " not in text
    assert "<img" not in text
    assert 'href="javascript' not in text
    assert '<a href="https://example.org" rel="noopener">ok</a>' in text
    assert "<h1>Imprint</h1>" in text


# The colour


def meanings(sheet: str) -> list[dict[str, Colour]]:
    """What the sheet says, light and dark."""
    schemes = []
    for part in sheet.split("@media"):
        found = {name: read_colour(value) for name, value in re.findall(r"--([\w-]+): (#\w{6})", part)}
        schemes.append({name: value for name, value in found.items() if value is not None})
    return schemes


def as_linear(colour: Colour) -> tuple[float, float, float]:
    red, green, blue = (
        part / 255 / 12.92 if part <= 10 else ((part / 255 + 0.055) / 1.055) ** 2.4 for part in colour
    )
    return red, green, blue


@pytest.mark.parametrize(
    "accent", ["#000000", "#7a1fa2", "#a8321f", "#b00040", "#0a5f6b", "#0050c8", "#606060"]
)
def test_a_colour_can_be_read(accent: str) -> None:
    """Of every colour the settings take, what is made can be read on all grounds, and be read upon."""
    assert Settings.load({}, {"FISHBOWL_ACCENT": accent}).accent == accent
    colour = read_colour(accent)
    assert colour is not None
    for scheme, made in zip((tokens(False), tokens(True)), meanings(accent_sheet(colour)), strict=True):
        shown = {
            name: linear(name, scheme)
            for name in ("page", "panel", "sunken", "mark-soft", "ink-3", "on-mark")
        }
        shown |= {name: as_linear(value) for name, value in made.items()}
        pairs = [("mark", ground) for ground in ("page", "panel", "sunken", "mark-soft")]
        pairs += [("on-mark", "mark"), ("on-mark", "mark-strong"), ("ink-3", "mark-soft")]
        for ink, ground in pairs:
            assert linear_contrast(shown[ink], shown[ground]) >= AA, (ink, ground)


@pytest.mark.parametrize("accent", ["#ffcc00", "#00a0c0", "#777777", "#ffffff"])
def test_a_pale_colour_is_refused(accent: str) -> None:
    """A colour that cannot be read is refused with its contrast, and with a darker one that would do."""
    with pytest.raises(SettingsError) as refused:
        Settings.load({}, {"FISHBOWL_ACCENT": accent})
    told = str(refused.value)
    assert told.startswith(f"FISHBOWL_ACCENT is '{accent}'; expected a colour that can be read")
    (better,) = re.findall(r"(#\w{6}) would do", told)
    assert Settings.load({}, {"FISHBOWL_ACCENT": better}).accent == better
    found, white = read_colour(better), read_colour("#ffffff")
    assert found is not None
    assert white is not None
    assert contrast(found, white) >= AA


async def test_the_colour_is_on_every_page(open_house: Open) -> None:
    """The accent's sheet follows our tokens on every page, and is kept for as long as it does not change."""
    house: House = await open_house(accent="#7a1fa2")
    client = await house.client()
    page = (await client.get("/")).text
    (address,) = re.findall(r'<link rel="stylesheet" href="(/organisation/accent-[^"]+)">', page)
    assert page.index("css/tokens.css") < page.index(address)
    sheet = await client.get(address)
    assert (sheet.status_code, sheet.headers["content-type"]) == (200, "text/css; charset=utf-8")
    assert "--mark: #7a1fa2;" in sheet.text
    assert "immutable" in sheet.headers["cache-control"]
