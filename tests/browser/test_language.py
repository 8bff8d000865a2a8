"""The menu of languages in a browser: by mouse, by keyboard, and without scripts."""

import pytest
from playwright.sync_api import Browser, expect

from tests.browser.debates import LIBRARY
from tests.e2e.client import Debate
from tests.e2e.service import Service

pytestmark = pytest.mark.browser


@pytest.mark.parametrize("scripts", [True, False], ids=["with scripts", "without"])
def test_a_reader_chooses_their_language(browser: Browser, service: Service, scripts: bool) -> None:
    """The choice leads back to the page with its filter, which is then in that language, like every other."""
    slug = f"languages-{'with' if scripts else 'without'}"
    debate = Debate.create(service, {**LIBRARY, "slug": slug})
    debate.move_on_to("live")
    context = browser.new_context(java_script_enabled=scripts)
    page = context.new_page()
    address = f"{service.base}/debates/{slug}?show=q2"
    page.goto(address)
    page.get_by_label("EN, Language: English").click()
    page.get_by_role("button", name="Cymraeg").click()
    expect(page.locator("html")).to_have_attribute("lang", "cy")
    assert page.url == address
    page.goto(service.base)
    expect(page.locator("html")).to_have_attribute("lang", "cy")
    context.close()


def test_the_menu_shuts(browser: Browser, service: Service) -> None:
    """It lies over the page: it goes with Escape, which gives the focus back, and with a click elsewhere."""
    page = browser.new_page()
    page.goto(service.base)
    menu, summary = page.locator("details.languages"), page.get_by_label("EN, Language: English")
    summary.click()
    page.keyboard.press("Escape")
    expect(menu).not_to_have_attribute("open", "")
    expect(summary).to_be_focused()
    summary.click()
    page.get_by_role("heading", level=1).click()
    expect(menu).not_to_have_attribute("open", "")
    page.close()
