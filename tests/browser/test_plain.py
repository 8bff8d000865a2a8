"""A participant whose browser runs no scripts takes part in the whole of a debate, by what is there to press.

Everything is looked at without scripts of ours; only the play itself reads the page.
"""

import re
from typing import Self

import pytest
from playwright.sync_api import Locator, expect

from tests.browser.crowded import crowded
from tests.browser.person import Person
from tests.browser.play import Play
from tests.e2e.conftest import new_debate
from tests.e2e.service import Service

pytestmark = pytest.mark.browser

SIZES = [(1280, 860), (390, 844)]


class Plain(Person):
    """Somebody in front of a browser without scripts: each press is a page."""

    def joins(self, code: str | None = None) -> Self:
        self.page.get_by_role("link", name=re.compile("^Join")).locator("visible=true").first.click()
        if code is not None:
            self.page.get_by_label("Code").fill(code)
        self.presses("Join the debate")
        self.name = str(self.page.locator(".you b").text_content())
        expect(self.page.get_by_label("It is shown only now")).to_have_value(re.compile("/join/.+#.+"))
        self.page.get_by_role("link", name="Put away").click()
        expect(self.page.get_by_label("It is shown only now")).to_have_count(0)
        return self

    def presses(self, name: str, within: Locator | None = None) -> Self:
        (within or self.page).get_by_role("button", name=name, exact=True).click()
        return self

    def writes(self, text: str) -> Self:
        self.page.get_by_label("Your contribution").last.fill(text)
        return self


@pytest.mark.parametrize("size", SIZES, ids=lambda size: f"{size[0]}")
def test_taking_part_without_scripts(play: Play, service: Service, size: tuple[int, int]) -> None:
    """Join, post under a question, endorse, reply, withdraw it again; a refused text stays."""
    debate, _ = crowded(service, "live")
    viewport = {"width": size[0], "height": size[1]}
    with play:
        dan = play.enters("dan", Plain, java_script_enabled=False, viewport=viewport)
        dan.opens_link(f"{service.base}/debates/{debate.slug}").joins()

        dan.writes("By plain forms alone. #plain")
        dan.page.get_by_text("Choose a question").click()
        dan.page.get_by_role("checkbox", name=re.compile("^Q2")).check()
        dan.page.get_by_text("Choose a question").click()
        dan.presses("Post")
        said = dan.contribution("By plain forms alone.")
        expect(said).to_be_in_viewport()
        expect(said.locator(".tag")).to_have_text("Q2")

        other = dan.contribution("Good evening. #latelibrary").first
        dan.presses("Endorse", other)
        expect(other.get_by_role("button", name="Endorse")).to_have_attribute("aria-pressed", "true")
        dan.presses("Reply", other)
        expect(dan.page.get_by_text(re.compile("You answer #"))).to_be_in_viewport()
        expect(dan.page.get_by_label("Your contribution").last).to_be_focused()
        dan.writes("Good evening to you.").presses("Post")
        expect(dan.contribution("Good evening to you.")).to_be_in_viewport()

        dan.presses("Withdraw", dan.contribution("Good evening to you."))
        dan.presses("Withdraw it")
        dan.does_not_see("Good evening to you.")

        number = "Ring me:\n07700 900123"
        dan.expects(r"status of 400").writes(number).presses("Post")
        expect(dan.page.get_by_role("alert")).to_contain_text("looks like a phone number")
        expect(dan.page.get_by_label("Your contribution").last).to_have_value(number)
        dan.presses("Post")
        assert [one["status"] for one in debate.chair.snapshot()["contributions"]][-1] == "held"

        dan.expects(r"status of 400").writes("x" * 501).presses("Post")
        expect(dan.page.get_by_role("alert")).to_contain_text("too long")
        expect(dan.page.get_by_label("Your contribution").last).to_have_value("x" * 501)
        play.leaves(dan)


def test_a_seat_without_scripts(play: Play, service: Service) -> None:
    """A hand goes up with a note; the seat that is offered is taken, and left."""
    debate = new_debate(service, "live")
    with play:
        dan = play.enters("dan", Plain, java_script_enabled=False)
        dan.opens_link(f"{service.base}/debates/{debate.slug}").joins()
        expect(dan.page.get_by_role("button", name="Pause")).to_be_hidden()
        dan.page.get_by_role("textbox", name=re.compile("^What do you want to say")).fill("The keys.")
        dan.presses("Raise a hand")
        assert [hand["note"] for hand in debate.chair.snapshot()["hands"]] == ["The keys."]
        dan.page.get_by_role("link", name="Newest").first.click()
        dan.presses("Take the seat").is_seated().presses("Leave my seat").is_not_seated()
        play.leaves(dan)


@pytest.mark.parametrize("scripts", [False, True], ids=["plain", "scripts"])
def test_a_choice_of_what_is_shown(play: Play, service: Service, scripts: bool) -> None:
    """A question, the circle, a hashtag: each is a link that shows that and says so, scripts or not."""
    debate, _ = crowded(service, "live")
    with play:
        dan = play.enters("dan", Plain, java_script_enabled=scripts)
        dan.opens_link(f"{service.base}/debates/{debate.slug}?show=q3")
        bar = dan.page.get_by_role("navigation", name="Show")
        shown = dan.page.locator(".contribution[data-contribution]:visible")
        current = bar.locator("[aria-current]")
        expect(current).to_have_text("Q3")
        expect(dan.page.get_by_role("heading", name="Who closes up?")).to_be_visible()
        expect(shown).to_have_count(1)
        expect(shown).to_contain_text("One line.")
        bar.get_by_role("link", name="Inner circle").click()
        expect(current).to_have_text("Inner circle")
        expect(dan.contribution("Donaudampf").locator("visible=true")).to_have_count(1)
        bar.get_by_role("link", name="Everything").click()
        expect(current).to_have_text("Everything")
        dan.contribution("Good evening.").get_by_role("link", name="#openuntilmidnight").click()
        expect(current).to_have_text("#openuntilmidnight")
        play.leaves(dan)
