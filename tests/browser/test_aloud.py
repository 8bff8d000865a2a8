"""What a screen reader is told by itself: short, seldom, as much as its reader chose, never the list."""

from itertools import count
from typing import Any, Final

import pytest
from playwright.sync_api import expect

from tests.browser.chair import Chair
from tests.browser.debates import LIBRARY
from tests.browser.person import Person
from tests.browser.play import Play
from tests.e2e.client import Debate, new_id

pytestmark = pytest.mark.browser

_debates = count(1)

SECONDS: Final = 5
"""Between two lines."""

# Whatever a live region says: of every change in one, its words. What is hidden from readers is not said.
_LISTENS: Final = """
() => {
  const live = "[aria-live]:not([aria-live=off]), [role=log], [role=status], [role=alert], output";
  globalThis.spoken = [];
  new MutationObserver((changes) => {
    for (const {target, addedNodes} of changes) {
      const element = target.nodeType === Node.TEXT_NODE ? target.parentElement : target;
      const said = [...addedNodes].map((node) => node.textContent).join("").trim();
      const silent = !element?.closest(live) || element.closest("[hidden], [aria-hidden=true]");
      if (said && !silent) spoken.push(said);
    }
  }).observe(document.body, {childList: true, characterData: true, subtree: true});
}
"""


@pytest.fixture
def debate(play: Play) -> Debate:
    """Live, and as fast as anybody types."""
    definition: dict[str, Any] = {
        **LIBRARY,
        "slug": f"aloud-{next(_debates)}",
        "speakers": [],
        "rules": {"pace_per_minute": 0},
    }
    debate = Debate.create(play.service, definition)
    debate.move_on_to("live")
    return debate


def listens(play: Play, debate: Debate, address: str = "", who: type[Person] = Person) -> Person:
    """An onlooker whose clock goes on only when told to, with nothing left to be told."""
    listener = play.enters("listener", who)
    listener.page.clock.install(time="2026-01-31T12:00:00Z")
    listener.opens_link(address or f"{play.service.base}/debates/{debate.slug}").sees_phase("Live")
    listener.page.clock.pause_at("2026-01-31T12:10:00Z")
    listener.page.evaluate(_LISTENS)
    return listener


def arrives(listener: Person, text: str) -> None:
    """What came stands on the page: it is put there with the next picture, which comes by the clock too."""
    there = listener.page.get_by_text(text).locator("visible=true")
    for _ in range(400):
        if there.count():
            return
        listener.page.wait_for_timeout(50)
        listener.page.clock.run_for(16)
    raise AssertionError(f"{text!r} never came")


def hears(listener: Person, *, seconds: int = SECONDS) -> list[str]:
    """What is said within so many seconds, by whatever on the page speaks."""
    listener.page.clock.run_for(seconds * 1000)
    said: list[str] = listener.page.evaluate("() => spoken.splice(0)")
    return said


def chooses(listener: Person, level: str) -> None:
    listener.page.get_by_label("What is heard").click()
    told = listener.page.get_by_role("group", name="What a screen reader tells by itself")
    told.get_by_role("radio", name=level).check()
    listener.page.keyboard.press("Escape")
    expect(listener.page.get_by_label("What is heard")).to_be_focused()


def fifty(author: Any, seated: Any, second: int) -> str:
    """A second of a busy debate: fifty contributions, one of them of the circle; its beginning."""
    author.commands([{"do": "post", "id": new_id(), "text": f"Said {second}."} for _ in range(49)])
    said = f"Said in the circle in second {second}"
    seated.must("post", text=said + ", at length " * 20)
    return said


def test_fifty_a_second_are_a_line_in_five(play: Play, debate: Debate) -> None:
    """However much arrives, one short line comes every few seconds, and nothing else on the page speaks."""
    author, seated = debate.join(), debate.join()
    seated.must("take_seat")
    with play:
        listener = listens(play, debate)
        lines = []
        for second in range(2 * SECONDS):
            arrives(listener, fifty(author, seated, second))
            lines += hears(listener, seconds=1)
        assert len(lines) == 2
        assert all(line.startswith(f"{seated.name}: Said in the circle") for line in lines)
        assert all(line.endswith("more.") and len(line) < 200 for line in lines)


def test_a_list_that_speaks_is_noticed(play: Play, debate: Debate) -> None:
    """The check above can fail: were the list a live region, every line of it would be heard."""
    author, seated = debate.join(), debate.join()
    seated.must("take_seat")
    with play:
        listener = listens(play, debate)
        listener.page.locator("#threads").evaluate("list => list.ariaLive = 'polite'")
        arrives(listener, fifty(author, seated, 0))
        assert len(hears(listener, seconds=1)) >= 50


@pytest.mark.parametrize(
    ("level", "expected"),
    [
        ("What the circle says", ["{seated}: From the circle. And 1 more."]),
        ("What everybody says", ["{author}: From outside.", "{seated}: From the circle."]),
        ("Only how much is new", ["2 new contributions"]),
        ("Nothing", []),
    ],
)
def test_as_much_as_was_chosen(play: Play, debate: Debate, level: str, expected: list[str]) -> None:
    """The circle's words and counts, everything, counts, or nothing; chosen once, kept over a reload."""
    author, seated = debate.join(), debate.join()
    seated.must("take_seat")
    with play:
        listener = listens(play, debate)
        chooses(listener, level)
        listener.reloads().sees_phase("Live")
        listener.page.evaluate(_LISTENS)
        author.must("post", text="From outside.")
        seated.must("post", text="From the circle.")
        arrives(listener, "From the circle.")
        heard = hears(listener, seconds=4 * SECONDS)
        assert heard == [line.format(author=author.name, seated=seated.name) for line in expected]
        debate.chair.must("announce", text="Ten more minutes.")
        arrives(listener, "Ten more minutes.")
        announced = [] if level == "Nothing" else ["From the chair: Ten more minutes."]
        assert hears(listener, seconds=2 * SECONDS) == announced


def test_the_console_tells_as_its_chair_chose(play: Play, debate: Debate) -> None:
    """The same menu and the same log on the console; the choice made on one page holds on the other."""
    author = debate.join()
    with play:
        chair = listens(play, debate, debate.made["links"]["chair"], Chair)
        chooses(chair, "What everybody says")
        author.must("post", text="From outside.")
        arrives(chair, "From outside.")
        assert hears(chair) == [f"{author.name}: From outside."]
        chair.opens_link(f"{play.service.base}/debates/{debate.slug}")
        everything = chair.page.get_by_role("radio", name="What everybody says", include_hidden=True)
        expect(everything).to_be_checked()
