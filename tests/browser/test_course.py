"""How the debate goes, on the console; and everything a chair needs there without scrolling."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.chair import Chair
from tests.browser.inspection import Inspection
from tests.browser.play import Play
from tests.e2e.conftest import new_debate
from tests.e2e.service import Service

pytestmark = pytest.mark.browser

SAT_DOWN = """(minutes) => {
  const [key] = Object.keys(localStorage).filter((one) => one.includes("console.since"));
  localStorage.setItem(key, String(Date.now() - minutes * 60_000));
}"""


def test_in_sight(play: Play, service: Service, looks: Inspection) -> None:
    """At 1366 x 768 seats, hands, what waits, questions and how it goes are there at once."""
    rules = {"moderation": "first", "pace_per_minute": 0}
    debate = new_debate(service, "live", rules=rules)
    debate.chair.must("focus", question=1)
    guest, *others = (debate.join() for _ in range(5))
    for one in (*debate.speakers, guest):
        one.snapshot()
    guest.must("take_seat")
    for one in others:
        one.must("raise_hand")
    for place, one in enumerate(debate.speakers, 1):
        one.must("post", text=f"Of the house, {place}.")
    debate.chair.must("release", contribution=1)
    with play:
        chair = play.enters("chair", Chair, viewport={"width": 1366, "height": 768})
        page = chair.opens_link(debate.made["links"]["chair"]).sees("Of the house, 1.").page
        for of in ("#seats > li", "#hands > li", "#questions > li"):
            expect(page.locator(of).last).to_be_in_viewport(ratio=1)
        for part in ("#waiting", "#pace", "#balance", "#announce-text", "#door"):
            expect(page.locator(part)).to_be_in_viewport(ratio=1)
        said = re.compile("^At this pace Q2 starts (on time|[0-9]+ min early)")
        expect(page.locator("#pace")).to_have_text(said)
        expect(page.locator("#balance")).to_contain_text("Inside 1, outside 0; 1 of ")
        expect(page.locator("#relief")).to_be_hidden()
        page.evaluate(SAT_DOWN, 91)
        expect(page.locator("#relief")).to_be_visible()
        looks.sees(chair, "ninety minutes on")
        page.locator("#relief").get_by_role("button").click()
        expect(page.locator("#relief")).to_be_hidden()
