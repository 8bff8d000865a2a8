"""What arrives moves nothing that is being read: the browser itself counts no shift, and the place stays."""

import re
from collections.abc import Callable
from itertools import count
from typing import Any, Final

import pytest
from playwright.sync_api import expect

from tests.browser.debates import LIBRARY
from tests.browser.person import Person
from tests.browser.play import Play
from tests.e2e.client import Debate, new_id

pytestmark = pytest.mark.browser

_debates = count(1)

# What the browser calls a shift: something that was there moved. Of what one reads; around it, seats, counts
# and clocks change.
_WATCH: Final = """
() => {
  window.shifts = [];
  const where = ({x, y, width, height}) => [x, y, width, height].map(Math.round);
  const tell = ({node, previousRect, currentRect}) =>
    `${node.outerHTML.slice(0, 90)} from ${where(previousRect)} to ${where(currentRect)}`;
  const isRead = ({node}) => node instanceof Element && node.closest(".stream");
  const keep = ({sources}) => window.shifts.push(...sources.filter(isRead).map(tell));
  new PerformanceObserver((list) => list.getEntries().forEach(keep)).observe({type: "layout-shift"});
}
"""
_PLACE: Final = """
(text) => [...document.querySelectorAll("#threads .text")].find((one) => one.textContent === text)
  .getBoundingClientRect().top
"""
_SCROLL: Final = """
(text) => [...document.querySelectorAll("#threads .text")].find((one) => one.textContent === text)
  .scrollIntoView({block: "center"})
"""
_DRAWN: Final = (
    "() => new Promise((drawn) => setTimeout(() => requestAnimationFrame(() => setTimeout(drawn)), 300))"
)


@pytest.fixture
def debate(play: Play) -> Debate:
    """Live, with forty contributions: more than fit."""
    rules = {"pace_per_minute": 0}
    definition: dict[str, Any] = {**LIBRARY, "slug": f"reading-{next(_debates)}", "rules": rules}
    debate = Debate.create(play.service, definition)
    debate.move_on_to("live")
    debate.chair.must("focus", question=1)
    posts(debate.join(), *(f"Contribution {n}." for n in range(1, 41)))
    return debate


def posts(author: Any, *texts: str, **fields: Any) -> None:
    replies = author.commands([{"do": "post", "id": new_id(), "text": text, **fields} for text in texts])
    assert all(reply["ok"] for reply in replies)


def everything_happens(debate: Debate) -> None:
    """New roots and answers above and below, counts, tags, hidden and withdrawn ones, hands and seats."""
    ada, ben = debate.join(), debate.join()
    posts(ada, *(f"New {n}." for n in range(50)))
    posts(ada, "An answer far above.", "Another.", reply_to=2)
    posts(ben, "An answer to what is read.", reply_to=20)
    ben.must("endorse", contribution=3, on=True)
    debate.chair.must("tag", contribution=4, questions=[2, 3])
    debate.chair.must("highlight", contribution=5, on=True)
    debate.chair.must("hide", contribution=6, reason="other")
    ada.must("take_seat")
    ben.must("raise_hand")
    posts(ada, "From the seat.")
    debate.chair.must("focus", question=2)


# What is read, and how one comes to it.
WAYS: dict[str, tuple[str, Callable[[Person], object]]] = {
    "scrolled up": ("Contribution 20.", lambda person: None),
    "paused": ("Contribution 39.", lambda person: person.page.get_by_role("button", name="Pause").click()),
}


@pytest.mark.parametrize("size", [(1366, 768), (390, 844), (320, 640)], ids=lambda size: f"{size[0]}")
@pytest.mark.parametrize("way", WAYS)
def test_nothing_moves(play: Play, debate: Debate, way: str, size: tuple[int, int]) -> None:
    """Who scrolled up or paused reads on: the text stays where it is, to a pixel, and nothing shifts."""
    with play:
        viewport = {"width": size[0], "height": size[1]}
        reader = play.enters("reader", Person, viewport=viewport, reduced_motion="reduce")
        reader.opens_link(f"{play.service.base}/debates/{debate.slug}").sees("Contribution 40.")
        page = reader.page
        read, comes_to_it = WAYS[way]
        comes_to_it(reader)
        page.evaluate(_SCROLL, read)
        page.evaluate(_DRAWN)
        page.evaluate(_WATCH)
        before = page.evaluate(_PLACE, read)
        everything_happens(debate)
        waiting = page.get_by_role("button", name=re.compile(r"^Go on: \d+ wait$|^\d+ new: show$"))
        expect(waiting).to_be_visible()
        page.evaluate(_DRAWN)
        assert page.evaluate(_PLACE, read) == pytest.approx(before, abs=1)
        assert page.evaluate("() => window.shifts") == []
        debate.chair.must("announce", text="Ten more minutes.")
        reader.sees_said("Ten more minutes.")
        page.evaluate(_DRAWN)
        assert page.evaluate(_PLACE, read) == pytest.approx(before, abs=1)
        waiting.click()
        reader.sees("From the seat.")


def test_a_shift_is_seen(play: Play, debate: Debate) -> None:
    """The browser's count can fail: something that grows above what is read moves it, and is counted."""
    with play:
        reader = play.enters("reader", Person, reduced_motion="reduce")
        reader.opens_link(f"{play.service.base}/debates/{debate.slug}").sees("Contribution 40.")
        page = reader.page
        page.evaluate(_DRAWN)
        page.evaluate(_WATCH)
        page.evaluate(
            "() => [...document.querySelectorAll('.thread')].at(-3).style.setProperty('margin-top', '2em')"
        )
        page.evaluate(_DRAWN)
        assert page.evaluate("() => window.shifts") != []
