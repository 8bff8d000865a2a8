"""Why a contribution stands where it stands: opened by its tag, changed there by whoever may."""

import re

import pytest
from playwright.sync_api import Locator, expect

from tests.browser.inspection import Inspection
from tests.browser.play import Play
from tests.browser.traveller import Traveller
from tests.e2e.client import Debate
from tests.e2e.conftest import new_debate
from tests.e2e.service import Service

pytestmark = pytest.mark.browser

TEXT = "Whoever closes up has the keys."


def why(who: Traveller, text: str = TEXT) -> Locator:
    """What is open beneath a contribution."""
    return who.contribution(text).get_by_role("group", name="Why it stands there")


def opens(who: Traveller, tag: str, text: str = TEXT) -> Locator:
    """Press one of its tags, by keyboard."""
    chip = who.contribution(text).locator(".tag", has_text=re.compile(rf"^{re.escape(tag)}$"))
    chip.focus()
    chip.press("Enter")
    return chip


def tagged(debate: Debate, number: int) -> list[tuple[int, str]]:
    tags = debate.chair.snapshot()["contributions"][number - 1]["tags"]
    return [(tag["question"], tag["source"]) for tag in tags]


def test_an_author_changes_it(play: Play, service: Service) -> None:
    """The tag opens why; the author puts it under another question, takes that back, closes it by Escape."""
    debate = new_debate(service, "live")
    debate.chair.must("focus", question=1)
    address = f"{service.base}/debates/{debate.slug}"
    with play:
        cleo = play.enters("cleo", Traveller).opens_link(address).joins().sees_phase("Live").posts(TEXT)
        chip = opens(cleo, "Q1")
        expect(why(cleo)).to_contain_text("Q1 was in focus when it came.")
        expect(chip).to_have_attribute("aria-expanded", "true")
        why(cleo).get_by_role("checkbox", name=re.compile("^Q1")).uncheck()
        why(cleo).get_by_role("checkbox", name=re.compile("^Q2")).check()
        why(cleo).get_by_role("button", name="Put it there").click()
        cleo.sees_tag(TEXT, 2)
        expect(why(cleo)).to_contain_text("Its author put it under Q2.")
        assert tagged(debate, 1) == [(2, "author")]
        why(cleo).get_by_role("button", name="Undo").click()
        cleo.sees_tag(TEXT, 1)
        expect(why(cleo).get_by_role("button", name="Undo")).to_be_hidden()
        why(cleo).get_by_role("checkbox").first.press("Escape")
        expect(why(cleo)).to_have_count(0)
        expect(cleo.contribution(TEXT).locator(".tag")).to_be_focused()


def test_under_no_question(play: Play, service: Service) -> None:
    """What stands under no question shows that to those who may choose one, and to nobody else."""
    debate = new_debate(service, "live")
    address = f"{service.base}/debates/{debate.slug}"
    with play:
        cleo = play.enters("cleo", Traveller).opens_link(address).joins().sees_phase("Live").posts(TEXT)
        dan = play.enters("dan", Traveller).opens_link(address).sees(TEXT)
        expect(dan.contribution(TEXT).locator(".tag")).to_have_count(0)
        opens(cleo, "Q?")
        expect(why(cleo)).to_contain_text("It stands under no question.")
        why(cleo).get_by_role("checkbox", name=re.compile("^Q3")).check()
        why(cleo).get_by_role("button", name="Put it there").click()
        cleo.sees_tag(TEXT, 3)
        dan.sees_tag(TEXT, 3)


def test_the_chair_has_said(play: Play, service: Service) -> None:
    """A change by the chair shows in what is open; to the author it is told why theirs does not count."""
    debate = new_debate(service, "live")
    address = f"{service.base}/debates/{debate.slug}"
    with play:
        cleo = (
            play.enters("cleo", Traveller).opens_link(address).joins().sees_phase("Live").posts(f"Q1 {TEXT}")
        )
        opens(cleo, "Q1")
        expect(why(cleo)).to_contain_text("Its text names Q1.")
        debate.chair.must("tag", contribution=1, questions=[2, 3])
        cleo.sees_tag(TEXT, 2, 3)
        expect(why(cleo)).to_contain_text("Chair or moderators put it under Q3.")
        why(cleo).get_by_role("checkbox", name=re.compile("^Q3")).uncheck()
        why(cleo).get_by_role("button", name="Put it there").click()
        expect(cleo.page.get_by_role("alert")).to_contain_text("Chair or moderators have said")
        assert tagged(debate, 1) == [(2, "chair"), (3, "chair")]


def test_from_why_to_the_question(play: Play, service: Service) -> None:
    """What is open leads to everything under that question; who only reads changes nothing there."""
    debate = new_debate(service, "live")
    debate.join().must("post", text=f"Q2 {TEXT}")
    debate.chair.must("post", text="Something else.")
    with play:
        dan = play.enters("dan", Traveller).opens_link(f"{service.base}/debates/{debate.slug}").sees(TEXT)
        opens(dan, "Q2")
        expect(why(dan).get_by_role("checkbox")).to_have_count(0)
        why(dan).get_by_role("link", name="Show Q2").click()
        expect(dan.contribution("Something else.")).to_be_hidden()
        expect(dan.page).to_have_url(re.compile(r"\?show=q2$"))


def test_no_barriers(play: Play, service: Service, looks: Inspection) -> None:
    """axe-core finds nothing in what is open, with scripts and without."""
    debate = new_debate(service, "live")
    guest = debate.join()
    guest.must("post", text=f"Q2 {TEXT}")
    address = f"{service.base}/join/{debate.slug}#{guest.token}"
    with play:
        cleo = play.enters("cleo", Traveller).opens_link(address).sees(TEXT)
        expect(cleo.page.locator("#composer-left")).not_to_be_empty()  # scripts are at work
        opens(cleo, "Q2")
        expect(why(cleo)).to_contain_text("Its text names Q2.")
        looks.sees(cleo, "why opened")
        cleo.page.goto(f"{service.base}/debates/{debate.slug}?why=1")
        looks.sees(cleo, "why alone")
        play.leaves(cleo)


def test_who_is_answered_by_the_first_word(play: Play, service: Service) -> None:
    """A guess at what is answered stands in the thread and says so; its author puts it elsewhere, where it
    then stands for everybody, opened, with the keyboard on it.
    """
    debate = new_debate(service, "live")
    dan = debate.join()
    dan.must("post", text="Q1 The doors.")
    dan.must("post", text="Q2 The keys.")
    handle = debate.chair.snapshot()["contributions"][0]["author"]["handle"]
    address = f"{service.base}/debates/{debate.slug}"
    text = f"@{handle} who has them?"
    with play:
        cleo = play.enters("cleo", Traveller).opens_link(address).joins().sees_phase("Live").posts(text)
        eva = play.enters("eva", Traveller).opens_link(address).sees(text)
        for reader in (cleo, eva):
            expect(reader.contribution(text)).to_contain_text("probably answers #2")
            expect(reader.page.locator("#threads > [data-root='2'] .replies #c3")).to_be_visible()
        expect(cleo.page.locator(".unsent")).to_have_count(0)
        debate.join().must("post", text="Nobody knows.", reply_to=3)
        opens(cleo, "Q2", text)
        expect(why(cleo, text)).to_contain_text("It probably answers #2, which was under Q2")
        field = why(cleo, text).get_by_label("Which contribution does it answer?")
        expect(field).to_have_value("2")
        field.fill("1")
        field.press("Enter")
        for reader in (cleo, eva):
            expect(reader.contribution(text)).not_to_contain_text("probably")
            expect(reader.page.locator("#threads > [data-root='1'] .replies #c3")).to_be_visible()
            expect(reader.page.locator("#threads > [data-root='1'] .replies #c4")).to_be_visible()
            expect(reader.page.locator("#threads > [data-root='2'] .reply")).to_have_count(0)
        expect(why(cleo, text)).to_contain_text("It answers #1, which was under Q1")
        expect(cleo.contribution(text)).to_be_focused()
        why(cleo, text).get_by_label("Which contribution does it answer?").fill("")
        why(cleo, text).get_by_role("button", name="That is what it answers").click()
        for reader in (cleo, eva):
            expect(reader.page.locator("#threads > [data-root='3'] > #c3")).to_be_visible()
            expect(reader.page.locator("#threads > [data-root='3'] .replies #c4")).to_be_visible()
