"""The debate in the hand: what somebody sees first who has never been here."""

import pytest
from playwright.sync_api import expect

from tests.browser.crowded import crowded
from tests.browser.person import Person
from tests.browser.play import Play
from tests.e2e.service import Service

pytestmark = pytest.mark.browser

TITLE_LINES = "title => title.getBoundingClientRect().height / parseFloat(getComputedStyle(title).lineHeight)"


@pytest.mark.parametrize("language", ["en", "de", "cy"])
def test_the_title_has_its_own_lines(play: Play, service: Service, language: str) -> None:
    """However long a title and the words beside it are: two lines of the whole width, the rest below."""
    debate, _ = crowded(service, "live")
    viewport = {"width": 390, "height": 844}
    with play:
        somebody = play.enters("somebody", Person, viewport=viewport, locale=language)
        somebody.opens_link(f"{service.base}/debates/{debate.slug}")
        title = somebody.page.get_by_role("heading", level=1)
        assert title.evaluate(TITLE_LINES) < 2.5
        heading = somebody.page.locator(".top .heading").bounding_box()
        below = somebody.page.locator("#phase").bounding_box()
        assert heading is not None
        assert below is not None
        assert heading["width"] > 280
        assert below["y"] >= heading["y"] + heading["height"]


def test_a_low_window_opens_at_its_top(play: Play, service: Service) -> None:
    """Where the page scrolls as one, a newcomer sees title, question and ring; the newest is a press away."""
    debate, _ = crowded(service, "live")
    with play:
        somebody = play.enters("somebody", Person, viewport={"width": 320, "height": 568})
        somebody.opens_link(f"{service.base}/debates/{debate.slug}")
        newest = somebody.page.get_by_role("button", name="Newest")
        expect(newest).to_be_visible()
        assert somebody.page.evaluate("scrollY") == 0, "the page moved by itself"
        expect(somebody.page.get_by_role("heading", level=1)).to_be_in_viewport()
        expect(somebody.page.locator("#ring")).to_be_in_viewport()
        newest.click()
        expect(newest).to_be_hidden()
        expect(somebody.page.locator(".contribution[data-contribution]").last).to_be_in_viewport()


def test_the_bar_of_questions_keeps_its_order(play: Play, service: Service) -> None:
    """The question in focus is in view, and stands where its number and the keyboard have it."""
    debate, _ = crowded(service, "live")
    with play:
        somebody = play.enters("somebody", Person, viewport={"width": 390, "height": 844})
        somebody.opens_link(f"{service.base}/debates/{debate.slug}")
        expect(somebody.page.locator(".question[data-focus]")).to_be_in_viewport(ratio=0.95)
        edges = "list => [...list.children].map(item => item.getBoundingClientRect().left)"
        lefts = somebody.page.locator("#questions").evaluate(edges)
        assert lefts == sorted(lefts)
        assert somebody.page.evaluate("document.activeElement === document.body"), "the focus was moved"
