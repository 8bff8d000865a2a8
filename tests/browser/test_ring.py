"""The ring holds 1 to 12 seats with the longest names and states there are, and rows hold more."""

from itertools import count
from typing import Any, Final

import pytest
from playwright.sync_api import Page, expect

from tests.browser.person import Person
from tests.browser.play import Play
from tests.e2e.client import Debate

pytestmark = pytest.mark.browser

_debates = count(1)

# Fills every seat and the middle with the most they may hold, in the page's own language, and measures in the
# same breath: what is written there a second later is the debate's again.
_MEASURE: Final = """
() => {
  const words = document.getElementById("words").content;
  const said = (key) => words.querySelector(`[value="${key}"]`).textContent;
  const names = ["Adaeze Obi-Featherstonehaugh", "Donaudampfschifffahrtsgesellschaft", "Marek Lindqvist"];
  const ring = document.getElementById("ring");
  const fill = (within, part, text) => (within.querySelector(`[data-part="${part}"]`).textContent = text);
  const seats = [...ring.querySelectorAll(".seat")];
  seats.forEach((seat, k) => {
    fill(seat, "name", names[k % names.length]);
    fill(seat, "state", said("seat.state.away"));
    fill(seat, "clock", "1:30");
  });
  fill(ring, "focus", "Q12");
  fill(ring, "said", said("room.chair"));
  fill(ring, "left", "1:00:00");

  const box = ({left, top, right, bottom}, what, whose) => ({left, top, right, bottom, what, whose});
  const text = (element, whose) => {
    const range = document.createRange();
    range.selectNodeContents(element);
    const clip = element.getBoundingClientRect();
    return [...range.getClientRects()]
      .filter(({top}) => top < clip.bottom - 1 && getComputedStyle(element).clipPath === "none")
      .map((rect) => box(rect, element.textContent, whose));
  };
  const boxes = seats.flatMap((seat, k) => [
    box(seat.querySelector(".disc").getBoundingClientRect(), "disc", k),
    ...text(seat.querySelector(".name"), k),
    ...text(seat.querySelector(".state > [data-part='state']"), k),
    ...text(seat.querySelector(".state > [data-part='clock']"), k),
  ]);
  boxes.push(...[...ring.querySelectorAll(".centre > *")].flatMap((element) => text(element, "middle")));
  const {left, top, right, bottom} = ring.getBoundingClientRect();
  const by = 1.5; // pixels: what the browser rounds
  const covers = (a, b) =>
    a.left < b.right - by && b.left < a.right - by && a.top < b.bottom - by && b.top < a.bottom - by;
  const far = (a, b) => {
    if (a.what !== "disc" || b.what !== "disc") return false;
    const [dx, dy] = [a.left + a.right - b.left - b.right, a.top + a.bottom - b.top - b.bottom];
    return Math.hypot(dx, dy) / 2 >= a.right - a.left - by;
  };
  const wrong = [];
  for (const [k, a] of boxes.entries()) {
    if (a.left < left - by || a.right > right + by || a.top < top - by || a.bottom > bottom + by)
      wrong.push(`${a.what} of ${a.whose} stands out of the ring`);
    for (const b of boxes.slice(k + 1))
      if (a.whose !== b.whose && covers(a, b) && !far(a, b))
        wrong.push(`${a.what} of ${a.whose} and ${b.what} of ${b.whose}`);
  }
  return wrong;
}
"""


def debate_with_a_seat(play: Play) -> Debate:
    definition: dict[str, Any] = {
        "title": "How many sit here?",
        "slug": f"seats-{next(_debates)}",
        "hashtags": ["seats"],
        "introduction": "One after the other.",
        "starts_at": "2026-12-01T19:00:00+00:00",
        "questions": [{"text": "Who sits?"}],
        "seats": {"open": 1},
    }
    debate = Debate.create(play.service, definition)
    debate.move_on_to("live")
    return debate


@pytest.mark.parametrize("page", ["", "/wall"], ids=["debate", "wall"])
@pytest.mark.parametrize("language", ["en-GB", "de-DE", "cy"])
def test_nothing_covers_anything(play: Play, language: str, page: str) -> None:
    """However many seats: no disc, name, state or word in the middle lies over another, nor out of it."""
    debate = debate_with_a_seat(play)
    with play:
        onlooker = play.enters("onlooker", Person, locale=language, reduced_motion="reduce")
        onlooker.opens_link(f"{play.service.base}/debates/{debate.slug}{page}")
        wrong = {}
        for seats in range(1, 25):
            if seats > 1:
                debate.chair.must("open_seat")
            if seats > 13 and seats < 24:
                continue
            expect(onlooker.page.locator("#ring .seat")).to_have_count(seats)
            wrong[seats] = measured(onlooker.page)
        assert {seats: found for seats, found in wrong.items() if found} == {}


def measured(page: Page) -> list[str]:
    found: list[str] = page.evaluate(_MEASURE)
    return found


def test_a_cover_is_seen(play: Play) -> None:
    """The measure can fail: a seat moved into the middle lies over it."""
    debate = debate_with_a_seat(play)
    with play:
        onlooker = play.enters("onlooker", Person, reduced_motion="reduce")
        page = onlooker.opens_link(f"{play.service.base}/debates/{debate.slug}").page
        expect(page.locator("#ring .seat")).to_have_count(1)
        page.evaluate('() => (document.querySelector("#ring .seat").style.insetBlockStart = "40cqi")')
        assert any("middle" in found for found in measured(page))
