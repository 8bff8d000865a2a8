"""The rule card in a browser: what is chosen is said, and who reads along sees it change."""

import pytest
from playwright.sync_api import Page, expect

from tests.browser.chair import Chair
from tests.browser.inspection import Inspection
from tests.browser.organiser import Organiser
from tests.browser.person import Person
from tests.browser.play import Play
from tests.e2e.conftest import new_debate
from tests.e2e.service import Service

pytestmark = pytest.mark.browser

VIRTUAL = "Everyone who joined may contribute; seats give prominence, not permission."
CLASSIC = "The circle and the chair contribute; whoever wants to, raises a hand."
TIMED = "An open seat is yours for 3 min. Then, once somebody waits, you have 1 min to finish."


def card_says(page: Page, said: str, not_said: str) -> None:
    card = page.locator("#rule-card")
    expect(card.get_by_text(said)).to_be_visible()
    expect(card.get_by_text(not_said)).to_be_hidden()


def test_presets(play: Play, looks: Inspection) -> None:
    """A preset fills in the rules; another choice is no preset; the card says at once what is set."""
    with play:
        organiser = play.enters("organiser", Organiser).enters_as_administrator(play.administrator_link)
        page = organiser.page
        page.get_by_role("link", name="New debate").click()
        pressed = page.locator("#presets").get_by_role("button", pressed=True)
        expect(pressed).to_contain_text("Virtual hashtag debate")
        page.get_by_label("Title", exact=True).fill("Whose street?")
        page.get_by_role("button", name="Timed guest chair").click()
        expect(pressed).to_contain_text("Timed guest chair")
        expect(page.get_by_label("Title", exact=True)).to_have_value("Whose street?")
        card_says(page, TIMED, CLASSIC)
        page.get_by_role("radio", name="The circle only").check()
        expect(pressed).to_have_count(0)
        card_says(page, CLASSIC, VIRTUAL)
        looks.sees(organiser, "set-up, another rule")


def test_rules_change_in_the_debate(play: Play, service: Service, looks: Inspection) -> None:
    """The chair reads what would be set before setting it; who reads along finds it on their card."""
    debate = new_debate(service, "live")
    with play:
        cleo = play.enters("cleo", Person).opens_link(f"{service.base}/debates/{debate.slug}")
        cleo.page.get_by_text("How this debate works").click()
        card_says(cleo.page, VIRTUAL, CLASSIC)
        looks.sees(cleo, "how this debate works")
        chair = play.enters("chair", Chair).opens_link(debate.made["links"]["chair"]).sees_phase("Live")
        chair.page.get_by_text("More", exact=True).click()
        chair.page.get_by_role("button", name="Rules").click()
        card_says(chair.page, VIRTUAL, CLASSIC)
        chair.page.get_by_role("radio", name="The circle only").check()
        chair.page.get_by_role("radio", name="After some minutes").check()
        chair.page.get_by_label("How long is a turn?").select_option("3 min")
        card_says(chair.page, CLASSIC, VIRTUAL)
        card_says(chair.page, TIMED, VIRTUAL)
        looks.sees(chair, "rules to be set")
        chair.page.get_by_role("button", name="Set these rules").click()
        card_says(cleo.page, CLASSIC, VIRTUAL)
        card_says(cleo.page, TIMED, VIRTUAL)
