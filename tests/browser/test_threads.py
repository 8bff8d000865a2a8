"""Threads to a comfortable depth: the deep and the many replies are folded behind a counting button."""

import re
from itertools import count

import pytest
from playwright.sync_api import Locator, expect

from tests.browser.debates import LIBRARY
from tests.browser.person import Person
from tests.browser.play import Play
from tests.e2e.client import Debate
from tests.e2e.client import Person as Somebody

pytestmark = pytest.mark.browser

_debates = count(1)


@pytest.fixture
def debate(play: Play) -> Debate:
    """Live: 1 with eight replies (2 to 9); 10 with five, each below the one before (11 to 15); 16 alone."""
    rules = {"pace_per_minute": 0}
    debate = Debate.create(play.service, {**LIBRARY, "slug": f"threads-{next(_debates)}", "rules": rules})
    debate.move_on_to("live")
    ada = debate.join()
    ada.must("post", text="Many answer this.")
    for n in range(1, 9):
        ada.must("post", text=f"Answer {n}.", reply_to=1)
    ada.must("post", text="This leads deep down.")
    for n in range(1, 6):
        ada.must("post", text=f"Level {n}.", reply_to=9 + n)
    ada.must("post", text="Nobody answers this.")
    return debate


class Reader(Person):
    """Somebody at the debate's page."""

    def comes(self, debate: Debate, somebody: Somebody | None = None, at: str = "") -> None:
        page = f"{debate.service.base}/debates/{debate.slug}"
        self.opens_link(
            f"{debate.service.base}/join/{debate.slug}#{somebody.token}" if somebody else page + at
        )
        expect(self.contribution("Many answer this.")).to_be_attached()

    def more(self, root: int) -> Locator:
        return self.page.locator(f'[data-root="{root}"]').get_by_role(
            "button", name=re.compile("^Show .* more")
        )

    def shown(self, text: str, shown: bool = True) -> None:
        expect(self.page.locator("article", has_text=text)).to_be_visible(visible=shown)


def test_the_rest_is_a_button_away(play: Play, debate: Debate) -> None:
    """Five replies and three levels are shown; a press shows the others and leads the focus to them."""
    with play:
        reader = play.enters("reader", Reader)
        reader.comes(debate)
        expect(reader.more(1)).to_have_text("Show 3 more replies")
        expect(reader.more(10)).to_have_text("Show 2 more replies")
        expect(reader.more(16)).to_have_count(0)
        reader.shown("Answer 5.")
        reader.shown("Answer 6.", False)
        reader.shown("Level 3.")
        reader.shown("Level 4.", False)
        reader.more(1).press("Enter")
        for n in range(1, 9):
            reader.shown(f"Answer {n}.")
        expect(reader.page.locator("#c7")).to_be_focused()
        expect(reader.page.locator("#c7")).to_be_in_viewport()
        expect(reader.more(1)).to_have_count(0)
        reader.shown("Level 4.", False)


def test_what_comes_is_counted(play: Play, debate: Debate) -> None:
    """A reply to a folded thread raises its number; to an unfolded one it is shown; nothing shown goes."""
    with play:
        reader = play.enters("reader", Reader)
        reader.comes(debate)
        ada = debate.join()
        ada.must("post", text="Answer 9.", reply_to=1)
        expect(reader.more(1)).to_have_text("Show 4 more replies")
        ada.must("post", text="An answer to the first.", reply_to=2)
        expect(reader.more(1)).to_have_text("Show 5 more replies")
        reader.shown("Answer 9.", False)
        reader.shown("Answer 5.")
        reader.more(10).click()
        reader.page.evaluate("() => document.activeElement.blur()")
        ada.must("post", text="Level 6.", reply_to=15)
        reader.shows_new_until(reader.contribution("Level 6."))
        reader.shown("Level 6.")


def test_what_one_writes_is_shown(play: Play, debate: Debate) -> None:
    """One's own reply in a folded thread stands there, and what else is folded stays so."""
    with play:
        reader = play.enters("reader", Reader)
        reader.comes(debate, debate.join())
        reader.contribution("Many answer this.").get_by_role("button", name="Reply").click()
        reader.posts("Mine.")
        reader.shown("Mine.")
        reader.shown("Answer 6.", False)
        expect(reader.more(1)).to_have_text("Show 3 more replies")


def test_an_address_unfolds(play: Play, debate: Debate) -> None:
    """Who follows a link to a folded reply stands before it."""
    with play:
        reader = play.enters("reader", Reader)
        reader.comes(debate, at="#c15")
        expect(reader.page.locator("#c15")).to_be_in_viewport()
        expect(reader.page.locator("#c15")).to_be_focused()
        expect(reader.more(10)).to_have_count(0)
        reader.shown("Answer 6.", False)


def test_a_choice_shows_what_it_means(play: Play, debate: Debate) -> None:
    """Where only some of the floor is shown, what is meant is not folded."""
    debate.join().must("post", text="Answer with a tag. #keys", reply_to=1)
    with play:
        reader = play.enters("reader", Reader)
        reader.comes(debate, at="?show=tag:keys")
        reader.shown("Answer with a tag.")
        expect(reader.more(1)).to_have_count(0)


def test_the_bar_counts_with_what_comes(play: Play, debate: Debate) -> None:
    """The question in focus tells how much, by how many, how long; the others do where pointed at."""
    debate.chair.must("focus", question=2)
    with play:
        reader = play.enters("reader", Reader)
        reader.comes(debate)
        debate.join().must("post", text="Another voice.")
        reader.shown("Another voice.")
        first, second = (reader.page.locator(f'#questions [data-question="{n}"] a') for n in (1, 2))
        expect(second).to_contain_text("1 so far, 1 person, 0 minutes in focus")
        expect(first).to_have_attribute("title", re.compile(" 0 so far, 0 people, 0 minutes in focus$"))


def test_without_scripts_all_is_shown(play: Play, debate: Debate) -> None:
    """A button nobody takes over is not there, and nothing is behind it."""
    with play:
        reader = play.enters("reader", Reader, java_script_enabled=False)
        reader.opens_link(f"{debate.service.base}/debates/{debate.slug}")
        reader.shown("Answer 8.")
        reader.shown("Level 5.")
        expect(reader.more(1)).to_have_count(0)
        reader.page.close()
        play.people.remove(reader)
