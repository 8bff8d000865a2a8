"""Reporting, muting and blocking in a browser: the receipt, until when, and the page afterwards."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.chair import Chair
from tests.browser.inspection import Inspection
from tests.browser.person import Person
from tests.browser.play import Play
from tests.e2e.conftest import new_debate
from tests.e2e.service import Service

pytestmark = pytest.mark.browser


def test_reports(play: Play, service: Service, looks: Inspection) -> None:
    """Who joined and who did not report from where they read, and keep a receipt."""
    debate = new_debate(service, "live")
    debate.join().must("post", text="Something rude.")
    cleo = debate.join()
    address = f"{service.base}/debates/{debate.slug}"
    with play:
        for who, link in (("cleo", f"{service.base}/join/{debate.slug}#{cleo.token}"), ("onlooker", address)):
            person = play.enters(who, Person).opens_link(link).sees("Something rude.")
            person.page.get_by_role("button", name="Report", exact=True).click()
            dialog = person.page.get_by_role("dialog", name="Report this contribution")
            dialog.get_by_role("radio", name="It tells something private of somebody").check()
            looks.sees(person, "what is wrong with it")
            dialog.get_by_role("button", name="Send the report").click()
            receipt = dialog.get_by_role("link", name="Here it says when they have looked at it.")
            expect(receipt).to_have_attribute("href", re.compile(rf"/debates/{debate.slug}/reports/r[12]"))
            looks.sees(person, "the receipt")
            person.page.goto(f"{service.base}{receipt.get_attribute('href')}")
            expect(person.page.get_by_text("have not answered yet")).to_be_visible()
            play.leaves(person)
    assert [one["reason"] for one in debate.chair.snapshot()["reports"]] == ["personal_data"] * 2


def test_muted_and_blocked(play: Play, service: Service, looks: Inspection) -> None:
    """Who is muted reads until when, and can write then; who is blocked finds a page that says so."""
    debate = new_debate(service, "live")
    dan = debate.join()
    with play:
        person = play.enters("dan", Person).opens_link(f"{service.base}/join/{debate.slug}#{dan.token}")
        form = person.page.get_by_role("form", name="Your contribution")
        expect(form).to_be_visible()
        debate.chair.must("mute", person=dan.person, seconds=4)
        expect(person.page.get_by_text(re.compile(r"You are muted until \d\d:\d\d\."))).to_be_visible()
        expect(form).to_be_hidden()
        expect(form).to_be_visible()
        person.posts("I am back.")
        person.expects("status of 403")
        debate.chair.must("block", person=dan.person, reason="insult")
        expect(person.page.get_by_text("This page may no longer read along.")).to_be_visible()
        person.page.reload()
        expect(person.page.get_by_role("heading", level=1)).to_have_text("You cannot take part any more")
        looks.sees(person, "blocked")


def test_the_chair_mutes_and_blocks(play: Play, service: Service, looks: Inspection) -> None:
    """From a contribution by a key, taken back by another; from the list of people, with a reason."""
    debate = new_debate(service, "live")
    dan = debate.join()
    dan.must("post", text="Something rude.")
    with play:
        chair = play.enters("chair", Chair).opens_link(debate.made["links"]["chair"])
        page = chair.sees("Something rude.").page
        chair.chooses("Something rude.")
        page.keyboard.press("p")
        dialog = page.get_by_role("dialog", name=dan.name)
        expect(dialog.get_by_text("1 shown, 0 waiting, 0 refused, 0 hidden")).to_be_visible()
        looks.sees(chair, "mute or block")
        dialog.get_by_role("button", name="Mute for 15 min").click()
        expect(page.locator("#undo")).to_contain_text("is muted until")
        assert dan.snapshot()["you"]["muted_until"]
        page.keyboard.press("z")
        expect(page.locator("#said")).to_contain_text("Undone")
        page.get_by_role("button", name="See everybody").click()
        page.get_by_role("button", name=f"Mute or block: {dan.name}").click()
        dialog.get_by_role("button", name="Block", exact=True).click()
        expect(dialog.get_by_role("alert")).to_have_text("Say why: blocking needs a reason.")
        dialog.get_by_label("Reason").fill("Insults")
        dialog.get_by_role("button", name="Block", exact=True).click()
        expect(page.locator("#undo")).to_contain_text(f"{dan.name} is blocked.")
        assert [one["person"] for one in debate.chair.snapshot()["blocked"]] == [dan.person]
        page.get_by_role("button", name="See everybody").click()
        page.get_by_role("button", name=f"Mute or block: {dan.name}").click()
        looks.sees(chair, "somebody blocked")
        dialog.get_by_role("button", name="Unblock").click()
        expect(page.locator("#said")).to_contain_text("is blocked no more")
        assert debate.chair.snapshot()["blocked"] == []


def test_refused_and_sent_again(play: Play, service: Service) -> None:
    """Whose contribution was refused reads why, and has it back to write it anew."""
    debate = new_debate(service, "live", rules={"moderation": "hold", "pace_per_minute": 0})
    dan = debate.join()
    number = dan.must("post", text="Call 01632 960 961 for more.", questions=[2])["contribution"]
    debate.chair.must("refuse", contribution=number, reason="personal_data", note="No numbers, please.")
    with play:
        person = play.enters("dan", Person).opens_link(f"{service.base}/join/{debate.slug}#{dan.token}")
        expect(person.page.get_by_text("Reason: personal data. Note: No numbers, please.")).to_be_visible()
        person.page.get_by_role("button", name="Edit and send again").click()
        field = person.page.get_by_role("textbox", name="Your contribution")
        expect(field).to_have_value("Call 01632 960 961 for more.")
        field.fill("Ask me for more.")
        person.page.get_by_role("button", name="Post", exact=True).click()
        expect(person.page.get_by_text("Waits for the moderators")).to_be_visible()
    again = debate.chair.snapshot()["contributions"][-1]
    assert (again["text"], [tag["question"] for tag in again["tags"]]) == ("Ask me for more.", [2])
