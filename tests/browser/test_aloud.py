"""What a screen reader is told by itself: short, seldom, as much as its reader chose, never the list."""

from itertools import count
from typing import Any

import pytest
from playwright.sync_api import expect

from tests.browser.debates import LIBRARY
from tests.browser.person import Person
from tests.browser.play import Play
from tests.e2e.client import Debate, new_id

pytestmark = pytest.mark.browser

_debates = count(1)

SECONDS = 5
"""Between two lines."""


@pytest.fixture
def debate(play: Play) -> Debate:
    """Live, and as fast as anybody types."""
    rules = {"pace_per_minute": 0}
    definition: dict[str, Any] = {
        **LIBRARY,
        "slug": f"aloud-{next(_debates)}",
        "speakers": [],
        "rules": rules,
    }
    debate = Debate.create(play.service, definition)
    debate.move_on_to("live")
    return debate


def listens(play: Play, debate: Debate) -> Person:
    """An onlooker whose clock goes on only when told to, with nothing left to be told."""
    listener = play.enters("listener", Person)
    listener.page.clock.install(time="2026-01-31T12:00:00Z")
    listener.opens_link(f"{play.service.base}/debates/{debate.slug}").sees_phase("Live")
    listener.page.clock.pause_at("2026-01-31T12:10:00Z")
    return listener


def told(listener: Person) -> list[str]:
    """What the log holds."""
    return listener.page.get_by_role("log").locator("p").all_inner_texts()


def hears(listener: Person, *, seconds: int = SECONDS) -> list[str]:
    """What is told within so many seconds."""
    before = told(listener)
    listener.page.clock.run_for(seconds * 1000)
    return told(listener)[len(before) :]


def chooses(listener: Person, level: str) -> None:
    listener.page.get_by_label("What a screen reader tells by itself").select_option(level)


def test_fifty_a_second_are_a_line_in_five(play: Play, debate: Debate) -> None:
    """However much arrives, one short line comes every few seconds; the list itself is no live region."""
    author, seated = debate.join(), debate.join()
    seated.must("take_seat")
    with play:
        listener = listens(play, debate)
        lines = []
        for second in range(2 * SECONDS):
            author.commands([{"do": "post", "id": new_id(), "text": f"Said {second}."} for _ in range(49)])
            seated.must("post", text=f"Said in the circle in second {second}, " + "at length " * 20)
            expect(listener.page.locator("#threads [data-contribution]")).to_have_count(50 * (second + 1))
            lines += hears(listener, seconds=1)
        assert len(lines) == 2
        assert all(line.startswith(f"{seated.name}: Said in the circle") for line in lines)
        assert all(line.endswith("more.") and len(line) < 200 for line in lines)
        live = listener.page.locator("[aria-live], [role=log], [role=status], [role=alert]")
        assert live.locator("[data-contribution]").count() == 0


@pytest.mark.parametrize(
    ("level", "expected"),
    [
        ("speakers", ["{seated}: From the circle. And 1 more."]),
        ("everything", ["{author}: From outside.", "{seated}: From the circle."]),
        ("counts", ["2 new contributions"]),
        ("off", []),
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
        author.must("post", text="From outside.")
        seated.must("post", text="From the circle.")
        expect(listener.page.locator("#threads [data-contribution]")).to_have_count(2)
        heard = hears(listener, seconds=4 * SECONDS)
        assert heard == [line.format(author=author.name, seated=seated.name) for line in expected]
        debate.chair.must("announce", text="Ten more minutes.")
        listener.sees_said("Ten more minutes.")
        announced = [] if level == "off" else ["From the chair: Ten more minutes."]
        assert hears(listener, seconds=2 * SECONDS) == announced
