"""Enlarged, spaced out, by keyboard, with little motion: nothing is lost and nothing is covered."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, Final

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import ARGUMENTS
from tests.browser.crowded import crowded
from tests.browser.keyboard import Keyboard
from tests.browser.line import Exchange
from tests.browser.person import Person
from tests.browser.play import Play
from tests.e2e.client import Debate
from tests.e2e.service import Service

pytestmark = pytest.mark.browser

NAMES: Final = ("debate", "console", "home", "join")

_WIDER: Final = "() => Math.max(document.documentElement.scrollWidth, document.body.scrollWidth) - innerWidth"

# Texts cut off by a box that does not scroll. Names and titles cut short on purpose end in an ellipsis; what
# is only heard is not drawn. Where room is short "3 endorsements" is drawn as "+3", a highlight as a star.
_CUT: Final = """
() => {
  const signs = ".endorsements, .highlight";
  const heard = (element) => element.closest(`.unseen, .skip, .aloud, .you b, [aria-hidden=true], ${signs}`);
  const shortened = (style) => style.textOverflow === "ellipsis" || style.webkitLineClamp !== "none";
  const cut = (range, element) => {
    const rects = [...range.getClientRects()];
    for (let box = element; box && box !== document.body; box = box.parentElement) {
      const style = getComputedStyle(box);
      if (shortened(style)) return false;
      const {left, right, top, bottom} = box.getBoundingClientRect();
      const [hidesX, hidesY] = [/hidden|clip/.test(style.overflowX), /hidden|clip/.test(style.overflowY)];
      if (/auto|scroll/.test(style.overflowX + style.overflowY)) return false;
      if (hidesX && rects.some((rect) => rect.left < left - 1 || rect.right > right + 1)) return true;
      if (hidesY && rects.some((rect) => rect.top < top - 2 || rect.bottom > bottom + 2)) return true;
    }
    return false;
  };
  const found = [];
  const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (texts.nextNode()) {
    const {currentNode: text} = texts;
    const element = text.parentElement;
    if (!text.data.trim() || heard(element) || !element.checkVisibility({visibilityProperty: true})) continue;
    const range = document.createRange();
    range.selectNodeContents(text);
    if (cut(range, element)) found.push(text.data.trim());
  }
  return found;
}
"""

# What WCAG 1.4.12 lets a reader set.
_SPACE_OUT: Final = """
() => {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(`
    * { line-height: 1.5 !important; letter-spacing: 0.12em !important; word-spacing: 0.16em !important; }
    p { margin-block-end: 2em !important; }`);
  document.adoptedStyleSheets = [sheet];
}
"""
_SMALL: Final = """
() => [...document.querySelectorAll("a, button, input, select, textarea, summary")].filter((element) => {
  const {width, height} = element.getBoundingClientRect();
  const inText = element.closest(".text, .quiet, p:not(.buttons, .who, .field)") && element.matches("a");
  const inLabel = element.matches("[type=checkbox], [type=radio]");  // the label is pressed
  if (!element.checkVisibility({visibilityProperty: true}) || inText || inLabel) return false;
  return !element.closest(".aloud, .skip") && (width < 24 || height < 24);
}).map((element) => `${element.outerHTML.slice(0, 100)} ${JSON.stringify(element.getBoundingClientRect())}`)
"""

_MOVING: Final = """
() => [...document.querySelectorAll("*")].filter((element) => {
  const {transitionDuration, animationName} = getComputedStyle(element);
  return transitionDuration.split(",").some((each) => parseFloat(each) > 0) || animationName !== "none";
}).map((element) => element.outerHTML.slice(0, 100))
"""


def spaces_out(page: Page) -> None:
    page.evaluate(_SPACE_OUT)


def leaves_be(page: Page) -> None:
    """Small enough as it is opened."""


# In which window, and what is done to the page there. 320 x 256 is one of 1280 x 1024 at 400 %.
WAYS: dict[str, tuple[tuple[int, int], Callable[[Page], None]]] = {
    "400 %": ((320, 256), leaves_be),
    "spaced out": ((1280, 860), spaces_out),
    "spaced out on a phone": ((320, 640), spaces_out),
}


@pytest.fixture(scope="module")
def large_print(chromium: Path, browser: Browser) -> Iterator[Browser]:
    """A browser whose owner has set its text to 200 %."""
    large = browser.browser_type.launch(
        executable_path=chromium, args=[*ARGUMENTS, "--blink-settings=defaultFontSize=32"]
    )
    yield large
    large.close()


@pytest.fixture(scope="module")
def debate(service: Service) -> tuple[Debate, Any]:
    """One debate with everything on the floor, read by all tests of this file."""
    return crowded(service, "live")


def pages(debate: Debate, participant: Any) -> dict[str, str]:
    base = debate.service.base
    return {
        "debate": f"{base}/join/{debate.slug}#{participant.token}",
        "console": debate.made["links"]["chair"],
        "home": base,
        "join": f"{base}/join/{debate.slug}",
        "wall": f"{base}/debates/{debate.slug}/wall",
    }


def opens(reader: Person, debate: tuple[Debate, Any], name: str) -> Page:
    """The page, with its scripts at work."""
    reader.opens_link(pages(*debate)[name])
    expect(reader.page.get_by_role("heading", level=1)).to_be_visible()
    if name in ("debate", "console"):
        expect(reader.page.locator("#phase [data-part='clock'], #time-left")).to_contain_text("left")
    return reader.page


@pytest.mark.parametrize("name", NAMES)
def test_nothing_is_lost_when_enlarged(play: Play, debate: tuple[Debate, Any], name: str) -> None:
    """At 400 % or spaced out, no page scrolls sideways and no text is cut off that was whole."""
    with play:
        for way, ((width, height), enlarge) in WAYS.items():
            viewport = {"width": width, "height": height}
            reader = play.enters(f"reader, {way}", Person, reduced_motion="reduce", viewport=viewport)
            page = opens(reader, debate, name)
            before = set(page.evaluate(_CUT))
            enlarge(page)
            assert page.evaluate(_WIDER) <= 0, f"{name}, {way}, scrolls sideways"
            assert set(page.evaluate(_CUT)) - before == set(), f"{name}, {way}, loses text"
            play.leaves(reader)


@pytest.mark.parametrize("name", NAMES)
def test_nothing_is_lost_in_large_print(
    service: Service, large_print: Browser, exchange: Exchange, tmp_path: Path, debate: Any, name: str
) -> None:
    """With text at 200 % no page scrolls sideways and no text is cut off."""
    with Play(service, large_print, exchange, tmp_path) as play:
        page = opens(play.enters("reader", Person, reduced_motion="reduce"), debate, name)
        assert page.evaluate("() => getComputedStyle(document.documentElement).fontSize") == "32px"
        assert page.evaluate(_WIDER) <= 0
        assert page.evaluate(_CUT) == []


def test_a_loss_is_seen(play: Play) -> None:
    """The measure can fail: text in a box too low for it is cut off."""
    with play:
        page = play.enters("reader", Person).opens_link(play.service.base).page
        assert page.evaluate(_CUT) == []
        page.evaluate(
            """() => (document.querySelector("h1").style.cssText = "block-size: 1rem; overflow: clip")"""
        )
        assert page.evaluate(_CUT) == [page.get_by_role("heading", level=1).inner_text()]


@pytest.mark.parametrize("name", ["debate", "console"])
@pytest.mark.parametrize(
    "size", [(1366, 768), (390, 844), (320, 400), (320, 256)], ids=lambda size: f"{size[1]}"
)
def test_the_focus_is_seen_all_the_way(
    play: Play, debate: tuple[Debate, Any], name: str, size: tuple[int, int]
) -> None:
    """Tab by Tab around the whole page, the focus is drawn, on the screen, and under nothing.

    An offer that runs out meanwhile takes its buttons and the way with it; then the way is gone again.
    """
    with play:
        viewport = {"width": size[0], "height": size[1]}
        reader = play.enters("reader", Keyboard, reduced_motion="reduce", viewport=viewport)
        opens(reader, debate, name)
        assert any(len(reader.walks_around()) > 20 for _ in range(3))


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("width", [1366, 320])
def test_targets_are_large_enough(play: Play, debate: tuple[Debate, Any], name: str, width: int) -> None:
    """Whatever is pressed is at least 24 pixels either way, links within sentences aside."""
    with play:
        viewport = {"width": width, "height": 768}
        reader = play.enters("reader", Person, viewport=viewport)
        assert opens(reader, debate, name).evaluate(_SMALL) == []


def test_tab_stops_at_one_contribution_of_the_console(play: Play, debate: tuple[Debate, Any]) -> None:
    """Without any key of its own the console's floor can be reached; the arrow keys go on from there."""
    with play:
        chair = play.enters("chair", Keyboard, reduced_motion="reduce")
        page = opens(chair, debate, "console")
        page.evaluate("() => localStorage.setItem('fishbowl.console.keys', 'off')")
        chair.reloads()
        contributions = page.locator("#floor article")
        expect(contributions.and_(page.locator("[tabindex='0']"))).to_have_count(1)
        contributions.last.focus()
        chair.presses("ArrowUp")
        expect(contributions.nth(-2)).to_be_focused()
        expect(contributions.and_(page.locator("[tabindex='0']"))).to_have_count(1)


@pytest.mark.parametrize("name", ["debate", "wall"])
def test_nothing_moves_for_whoever_wants_that(play: Play, debate: tuple[Debate, Any], name: str) -> None:
    """With reduced motion nothing has a transition or an animation; without, something does."""
    with play:
        reader = play.enters("reader", Person, reduced_motion="reduce")
        assert opens(reader, debate, name).evaluate(_MOVING) == []
        reader.page.emulate_media(reduced_motion="no-preference")
        assert reader.page.evaluate(_MOVING) != []
