"""What arrives moves nothing that is being read: the browser itself counts no shift, and the place stays."""

from collections.abc import Callable
from itertools import count
from typing import Any, Final

import pytest
from playwright.sync_api import Page, expect

from tests.browser.debates import LIBRARY
from tests.browser.person import Person
from tests.browser.play import Play
from tests.e2e.client import Debate, new_id
from tests.e2e.client import Person as Somebody

pytestmark = pytest.mark.browser

_debates = count(1)

# What the browser calls a shift: something that was there moved. Of what one reads; around it, seats,
# counts and clocks change.
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
# Two frames after whatever was due is done: then the browser has told of its shifts.
_DRAWN: Final = """
() => new Promise((drawn) => requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(drawn))))
"""


@pytest.fixture
def debate(play: Play) -> Debate:
    """Live, with forty contributions: more than fit."""
    rules = {"pace_per_minute": 0, "turn_seconds": 0}
    definition: dict[str, Any] = {**LIBRARY, "slug": f"reading-{next(_debates)}", "rules": rules}
    debate = Debate.create(play.service, definition)
    debate.move_on_to("live")
    debate.chair.must("focus", question=1)
    posts(debate.join(), *(f"Contribution {n}." for n in range(1, 41)))
    return debate


def posts(author: Somebody, *texts: str, **fields: Any) -> None:
    replies = author.commands([{"do": "post", "id": new_id(), "text": text, **fields} for text in texts])
    assert all(reply["ok"] for reply in replies)


class Reader(Person):
    """A speaker in the circle who reads."""

    def comes(self, debate: Debate) -> None:
        self.opens_link(f"{debate.service.base}/join/{debate.slug}#{debate.speakers[0].token}")
        self.sees("Contribution 40.").sees_seated(debate.speakers[0].name)
        expect(self.page.locator("#empty ~ ol .stage").first).to_be_attached()  # directions were recalled

    def reads(self, text: str) -> None:
        """Have `text` in the middle of the screen, and from now on watch."""
        self.page.evaluate(_SCROLL, text)
        self.page.evaluate(_DRAWN)
        self.page.evaluate(_WATCH)

    def place(self, text: str) -> float:
        self.page.evaluate(_DRAWN)
        place: float = self.page.evaluate(_PLACE, text)
        return place

    def reads_on(self) -> None:
        """Let in what waited."""
        button = self.page.locator("#pause[aria-pressed=true], #waiting [data-act=release]").filter(
            visible=True
        )
        button.dispatch_event("click")
        self.sees("From the seat.")

    def waits_for(self, condition: str) -> None:
        self.page.wait_for_function(condition)


class Evening:
    """What can happen while somebody reads, each scene with how the page shows it."""

    def __init__(self, debate: Debate, reader: Reader) -> None:
        self.debate = debate
        self.reader = reader
        self.page: Page = reader.page
        self.ada, self.ben = debate.join(), debate.join()

    def posts_come(self) -> None:
        posts(self.ada, *(f"New {n}." for n in range(50)))
        expect(self._count).to_contain_text("50")

    def answers_come_further_up_and_here(self) -> None:
        posts(self.ada, "An answer far above.", "Another.", reply_to=2)
        posts(self.ben, "An answer to what is read.", reply_to=20)
        expect(self._count).to_contain_text("53")

    def somebody_endorses(self) -> None:
        for number in (3, 20, 38, 39):
            self.ben.must("endorse", contribution=number, on=True)
        self._stands("c39", ".endorsements:not(:empty)")

    def the_chair_tags_and_highlights(self) -> None:
        for number in (4, 20, 38):
            self.debate.chair.must("tag", contribution=number, questions=[2, 3])
        for number in (5, 20, 39):
            self.debate.chair.must("highlight", contribution=number, on=True)
        self._stands("c39", '[data-part="highlight"]:not([hidden])')

    def something_is_hidden(self) -> None:
        for number in (6, 19, 38):
            self.debate.chair.must("hide", contribution=number, reason="other")
        self._stands("c38", ".gone:not([hidden])")

    def a_seat_is_taken(self) -> None:
        self.ada.must("take_seat")
        posts(self.ada, "From the seat.")
        self.reader.waits_for("() => document.querySelector('#ring [data-state=taken][data-kind=open]')")

    def a_hand_goes_up(self) -> None:
        self.ben.must("raise_hand", note="About the last bus.")
        expect(self.page.locator("#hands .hand")).to_have_count(1)

    def who_makes_room(self) -> None:
        expect(self.page.locator("#room")).to_be_visible()

    def the_hand_comes_down(self) -> None:
        self.ben.must("lower_hand")
        expect(self.page.locator("#room")).to_be_hidden()

    def the_focus_moves(self) -> None:
        self.debate.chair.must("focus", question=2)
        self.reader.sees_focus(2)

    def the_chair_announces(self) -> None:
        self.debate.chair.must("announce", text="Ten more minutes, then we sum up. " * 3)
        expect(self.page.locator("#announcement")).to_be_visible()

    def the_floor_is_frozen(self) -> None:
        self.debate.chair.must("freeze", on=True)
        expect(self.page.locator("#phase-line")).to_be_visible()

    def the_floor_is_thawed(self) -> None:
        self.debate.chair.must("freeze", on=False)
        expect(self.page.locator("#phase-line")).to_be_hidden()

    def something_is_refused(self) -> None:
        self.page.evaluate(
            "() => { failed.querySelector('[data-part=said]').textContent = 'No.'; failed.hidden = false; }"
        )

    def the_line_is_cut(self) -> None:
        self.reader.loses_connection()

    def the_line_is_back(self) -> None:
        self.reader.regains_connection()

    @property
    def scenes(self) -> list[Callable[[], None]]:
        return [
            self.posts_come, self.answers_come_further_up_and_here, self.somebody_endorses,
            self.the_chair_tags_and_highlights, self.something_is_hidden, self.a_seat_is_taken,
            self.a_hand_goes_up, self.who_makes_room, self.the_hand_comes_down, self.the_focus_moves,
            self.the_chair_announces, self.the_floor_is_frozen, self.the_floor_is_thawed,
            self.something_is_refused, self.the_line_is_cut, self.the_line_is_back,
        ]  # fmt: skip

    @property
    def _count(self) -> Any:
        return self.page.locator("#pause, #waiting [data-act=release]").filter(visible=True, has_text="5")

    def _stands(self, id: str, selector: str) -> None:
        expect(self.page.locator(f"#{id} {selector}")).to_have_count(1)


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
        reader = play.enters("reader", Reader, viewport=viewport, reduced_motion="reduce")
        read, comes_to_it = WAYS[way]
        reader.comes(debate)
        comes_to_it(reader)
        reader.reads(read)
        before = reader.place(read)
        moved = {}
        for scene in Evening(debate, reader).scenes:
            scene()
            place = reader.place(read)
            shifts = reader.page.evaluate("() => window.shifts.splice(0)")
            if shifts or abs(place - before) > 1:
                moved[scene.__name__] = (place - before, shifts)
            before = place
        reader.reads_on()
        assert moved == {}


def test_a_shift_is_seen(play: Play, debate: Debate) -> None:
    """The browser's count can fail: something that grows above what is read moves it, and is counted."""
    with play:
        reader = play.enters("reader", Reader, reduced_motion="reduce")
        reader.comes(debate)
        reader.reads("Contribution 20.")
        before = reader.place("Contribution 22.")
        reader.page.evaluate(
            "() => [...document.querySelectorAll('.thread')].at(20).style.setProperty('margin-top', '2em')"
        )
        assert reader.place("Contribution 22.") != pytest.approx(before, abs=1)
        assert reader.page.evaluate("() => window.shifts") != []
