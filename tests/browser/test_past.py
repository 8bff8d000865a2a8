"""A long debate: the page holds a part of it, and the rest is a press away, in both directions."""

from itertools import count
from typing import Any, Final

import pytest
from playwright.sync_api import Locator, expect

from tests.browser.debates import LIBRARY
from tests.browser.person import Person
from tests.browser.play import Play
from tests.e2e.client import Debate, new_id
from tests.e2e.client import Person as Somebody

pytestmark = pytest.mark.browser

_debates = count(1)

# What the page keeps, and what it holds at most before it lets go of the oldest.
PART: Final = 200
NUMBERS: Final = """
() => [...document.querySelectorAll("#threads [data-contribution]")]
  .map(({dataset}) => Number(dataset.contribution))
"""
PLACE: Final = "(id) => document.getElementById(id).getBoundingClientRect().top"
LEAVE: Final = "() => document.activeElement.blur()"


def fill(author: Somebody, numbers: range, **fields: Any) -> None:
    """Contributions by these numbers, in lists of a hundred."""
    for some in (numbers[first : first + 100] for first in range(0, len(numbers), 100)):
        posts = [{"do": "post", "id": new_id(), "text": f"Number {n}.", **fields} for n in some]
        assert all(reply["ok"] for reply in author.commands(posts))


def long_debate(play: Play, contributions: int) -> tuple[Debate, Somebody]:
    rules = {"pace_per_minute": 0}
    debate = Debate.create(play.service, {**LIBRARY, "slug": f"past-{next(_debates)}", "rules": rules})
    debate.move_on_to("live")
    ada = debate.join()
    fill(ada, range(1, contributions + 1))
    return debate, ada


class Reader(Person):
    def comes(self, debate: Debate, at: str = "") -> None:
        self.opens_link(f"{debate.service.base}/debates/{debate.slug}{at}")
        expect(self.page.locator("#newest, .thread").first).to_be_attached()

    def numbers(self) -> list[int]:
        found: list[int] = self.page.evaluate(NUMBERS)
        return found

    def stands_at(self, number: int) -> None:
        expect(self.page.locator(f"#c{number}")).to_be_in_viewport()

    @property
    def earlier(self) -> Locator:
        return self.page.get_by_role("button", name="Show earlier contributions")

    @property
    def newest(self) -> Locator:
        return self.page.get_by_role("button", name="Newest")

    @property
    def waiting(self) -> Locator:
        return self.page.locator('#waiting [data-act="release"]')


def test_earlier_ones_come_on_demand(play: Play) -> None:
    """A page opens with the newest two hundred; a press puts those before them above what is read."""
    debate, _ = long_debate(play, 520)
    with play:
        reader = play.enters("reader", Reader, reduced_motion="reduce")
        reader.comes(debate)
        reader.stands_at(520)
        assert reader.numbers() == list(range(321, 521))
        reader.page.locator("#c321").scroll_into_view_if_needed()
        before = reader.page.evaluate(PLACE, "c321")
        reader.earlier.evaluate("(button) => button.click()")
        expect(reader.page.locator("#c121")).to_be_attached()
        assert reader.numbers() == list(range(121, 521))
        assert reader.page.evaluate(PLACE, "c321") == pytest.approx(before, abs=1)
        reader.earlier.evaluate("(button) => button.click()")
        expect(reader.page.locator("#c1")).to_be_attached()
        expect(reader.earlier).to_have_count(0)
        reader.comes(debate)


def test_an_old_address_opens_there(play: Play) -> None:
    """`#c42` shows what stands around it, tells how much came later, and leads on from there."""
    debate, ada = long_debate(play, 620)
    ada.must("post", text="An answer to it.", reply_to=42)
    with play:
        reader = play.enters("reader", Reader)
        reader.comes(debate, "#c42")
        reader.stands_at(42)
        expect(reader.page.locator("#c42")).to_be_focused()
        assert reader.numbers() == list(range(1, 142))
        expect(reader.waiting).to_have_text("480 came later: show")
        ada.must("post", text="Meanwhile.")
        expect(reader.waiting).to_have_text("481 came later: show")
        debate.chair.must("hide", contribution=43, reason="other")
        expect(reader.page.locator("#c43")).to_contain_text("hidden by the moderators")
        for last in (341, 541, 622):
            reader.waiting.click()
            expect(reader.page.locator(f"#c{last}")).to_be_attached()
        assert sorted(reader.numbers()) == list(range(1, 623))
        expect(reader.waiting).to_be_hidden()
        reader.page.evaluate("() => (location.hash = '#c50')")
        reader.stands_at(50)
        reader.comes(debate)


def test_the_way_back_is_to_the_newest(play: Play) -> None:
    """From an old contribution one press leads to the newest; the old ones are let go and loaded again."""
    debate, ada = long_debate(play, 620)
    with play:
        reader = play.enters("reader", Reader)
        reader.comes(debate, "#c42")
        reader.stands_at(42)
        reader.newest.click()
        reader.stands_at(620)
        assert reader.numbers() == list(range(421, 621))
        reader.page.evaluate(LEAVE)
        ada.must("post", text="The next.")
        reader.stands_at(621)
        reader.page.evaluate("() => (location.hash = '#c300')")
        reader.stands_at(300)
        assert reader.numbers() == list(range(200, 400))
        reader.comes(debate)


def test_a_page_that_stays_open_lets_go(play: Play) -> None:
    """Who follows holds the newest; who reads further up has what came counted, and it is put in by parts."""
    debate, ada = long_debate(play, 300)
    with play:
        reader = play.enters("reader", Reader)
        reader.comes(debate)
        reader.stands_at(300)
        for first in range(301, 801, 50):
            fill(ada, range(first, first + 50))
            reader.stands_at(first + 49)
        assert len(reader.numbers()) <= 2 * PART
        expect(reader.earlier).to_be_attached()
        reader.page.locator("#c700").evaluate("(element) => element.scrollIntoView({block: 'center'})")
        expect(reader.newest).to_be_visible()
        fill(ada, range(801, 1201))
        expect(reader.waiting).to_have_text("400 new: show")
        reader.stands_at(700)
        reader.waiting.click()
        expect(reader.waiting).to_have_text("200 new: show")
        reader.stands_at(801)
        assert reader.numbers()[-1] == 1000
        reader.newest.click()
        reader.stands_at(1200)
        assert sorted(reader.numbers())[-PART:] == list(range(1001, 1201))
        reader.comes(debate)
