"""Every page, as everybody may find it: three widths, light and dark, in every phase, by keyboard.

`VIEWS_TO=/some/folder tests/run tests/browser/test_pages.py` keeps a picture of every view, to be looked at.
"""

import os
from pathlib import Path
from typing import Final, Literal

import pytest
from playwright.sync_api import expect

from tests.browser.crowded import crowded
from tests.browser.debates import LIBRARY
from tests.browser.keyboard import Keyboard
from tests.browser.organiser import Organiser
from tests.browser.person import Person
from tests.browser.play import Play
from tests.e2e.service import Service

pytestmark = pytest.mark.browser

PHASES = ("announced", "lobby", "live", "paused", "wrap_up", "correction", "archived")
SIZES: Final = ((1280, 860), (390, 844), (320, 640))
SCHEMES: Final[tuple[Literal["light", "dark"], ...]] = ("light", "dark")

# What a sighted reader would have to look for: things to press that stand outside the screen, unless they are
# in a box that scrolls sideways by itself.
_OUTSIDE: Final = """
() => {
  const scrolls = (box) => /auto|scroll/.test(getComputedStyle(box).overflowX);
  const wider = (box) => box.scrollWidth > box.clientWidth;
  const inScroller = (box) => box && ((scrolls(box) && wider(box)) || inScroller(box.parentElement));
  return [...document.querySelectorAll("a, button, input, textarea, select, summary")].filter((element) => {
    const {left, right, width} = element.getBoundingClientRect();
    if (width < 2 || !element.checkVisibility({visibilityProperty: true})) return false;
    return (left < -1 || right > innerWidth + 1) && !inScroller(element.parentElement);
  }).map((element) => element.outerHTML.slice(0, 120));
}
"""
_WIDER: Final = "() => Math.max(document.documentElement.scrollWidth, document.body.scrollWidth) - innerWidth"
# A sentence the page was not given: its key stands there instead ("silence.draft").
_KEYS: Final = r"""
() => {
  const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  const found = [];
  while (texts.nextNode()) found.push(texts.currentNode.data.trim());
  return found.filter((text) => /^[a-z_]+([.][a-z_]+)+$/.test(text));
}
"""
_GROUND: Final = "() => getComputedStyle(document.body).backgroundColor"


def look(person: Person, path: str, name: str) -> None:
    """Open `path` in every size and colour: nothing sticks out, nothing is complained of."""
    for width, height in SIZES:
        person.page.set_viewport_size({"width": width, "height": height})
        person.page.goto(path)
        grounds = set()
        for scheme in SCHEMES:
            person.page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
            where = f"{name} at {width}, {scheme}"
            assert person.page.evaluate(_WIDER) <= 0, f"{where} scrolls sideways"
            assert person.page.evaluate(_OUTSIDE) == [], f"{where}: outside the screen"
            assert person.page.evaluate(_KEYS) == [], f"{where}: a sentence is missing"
            grounds.add(person.page.evaluate(_GROUND))
            if folder := os.environ.get("VIEWS_TO"):
                person.pictured(Path(folder) / f"{name}-{width}-{scheme}.png")
        assert len(grounds) == len(SCHEMES), f"{name} at {width} does not go dark"
    assert person.complaints == []


@pytest.mark.parametrize("phase", PHASES)
def test_the_debate_in_every_phase(play: Play, service: Service, phase: str) -> None:
    """The debate's page as onlooker, participant and speaker; and the wall, in every phase."""
    debate, participant = crowded(service, phase)
    address = f"{service.base}/debates/{debate.slug}"
    with play:
        onlooker = play.enters("onlooker", Person)
        look(onlooker, address, f"{phase}-onlooker")
        look(onlooker, f"{address}/wall", f"{phase}-wall")
        expect(onlooker.page.get_by_role("heading", level=1)).to_be_visible()
        entering = {"speaker": debate.made["links"]["speakers"][0]["link"]}
        if participant is not debate.chair:
            entering["participant"] = f"{service.base}/join/{debate.slug}#{participant.token}"
        for who, link in entering.items():
            person = play.enters(who, Person).opens_link(link)
            expect(person.page).to_have_url(address)
            look(person, address, f"{phase}-{who}")


@pytest.mark.parametrize("phase", ["draft", *PHASES])
def test_the_console_in_every_phase(play: Play, service: Service, phase: str) -> None:
    """The console holds everything a chair needs on one screen, and on a phone."""
    debate, _ = crowded(service, phase)
    address = f"{service.base}/debates/{debate.slug}/chair"
    with play:
        chair = play.enters("chair", Person).opens_link(debate.made["links"]["chair"])
        expect(chair.page).to_have_url(address)
        look(chair, address, f"{phase}-console")


def test_the_organisers_pages(play: Play, service: Service) -> None:
    """Front page, way in, set-up with its errors, sheet of links: all in every size."""
    with play:
        administrator = play.enters("administrator", Organiser)
        look(administrator, f"{service.base}/admin", "admin")
        look(administrator, service.base, "home-empty")
        administrator.enters_as_administrator(play.administrator_link)
        look(administrator, service.base, "home-administrator")
        look(administrator, f"{service.base}/debates/new", "set-up")
        administrator.opens_link(service.base)
        links = administrator.makes(LIBRARY)
        for page in ("links", "edit", "delete"):
            look(administrator, f"{links.debate}/{page}", page)


def test_set_up_survives_a_reload(play: Play, service: Service) -> None:
    """What was typed outlives a reload and a change of language; once it is a debate, it is gone."""
    typed = {**LIBRARY, "title": "Typed once"}
    with play:
        administrator = play.enters("administrator", Organiser)
        administrator.enters_as_administrator(play.administrator_link)
        administrator.page.get_by_role("link", name="New debate").click()
        administrator.fills_in(typed).reloads().sees_the_preview(typed)
        administrator.page.get_by_label("Language: English").click()
        administrator.page.get_by_role("button", name="Deutsch").click()
        expect(administrator.page.get_by_label("Titel", exact=True)).to_have_value("Typed once")
        administrator.sees_the_preview(typed)
        administrator.page.get_by_role("button", name="Debatte anlegen").click()
        expect(administrator.page.get_by_role("button", name="Kopieren").first).to_be_visible()  # scripts ran
        administrator.opens_link(f"{service.base}/debates/new")
        expect(administrator.page.get_by_label("Titel", exact=True)).to_have_value("")


def test_set_up_keeps_what_was_typed(play: Play) -> None:
    """Something is wrong: it is said beside its field, and everything typed is still there."""
    with play:
        administrator = play.enters("administrator", Organiser)
        administrator.enters_as_administrator(play.administrator_link)
        administrator.page.get_by_role("link", name="New debate").click()
        administrator.expects("status of 422").fills_in({**LIBRARY, "hashtags": ["2026"]})
        administrator.page.get_by_role("button", name="Make the debate").click()
        wrong = administrator.page.get_by_label("Hashtags", exact=True)
        expect(wrong).to_have_attribute("aria-invalid", "true")
        expect(wrong).to_have_value("#2026")
        expect(administrator.page.get_by_role("alert")).to_be_focused()
        expect(administrator.page.get_by_label("Title", exact=True)).to_have_value(LIBRARY["title"])
        administrator.sees_the_preview(LIBRARY)
        administrator.page.get_by_role("alert").get_by_role("link").first.click()


def test_copying_a_link(play: Play) -> None:
    """The button puts the link where it can be pasted from, and says so."""
    with play:
        organiser = play.enters("organiser", Organiser, permissions=["clipboard-read", "clipboard-write"])
        links = organiser.enters_as_administrator(play.administrator_link).makes(
            {**LIBRARY, "title": "Copied"}
        )
        organiser.page.get_by_role("listitem").filter(has_text="Marek Lindqvist").get_by_role(
            "button", name="Copy"
        ).click()
        expect(organiser.page.get_by_role("status").filter(has_text="Copied")).to_have_text("Copied")
        copied = organiser.page.evaluate("() => navigator.clipboard.readText()")
        assert copied == links.speakers["Marek Lindqvist"]


def test_the_printed_sheet(play: Play) -> None:
    """On paper every personal link stands whole, with its QR code, and nothing that would be pressed."""
    with play:
        organiser = play.enters("organiser", Organiser)
        links = organiser.enters_as_administrator(play.administrator_link).makes(
            {**LIBRARY, "title": "Paper"}
        )
        page = organiser.page
        page.set_viewport_size({"width": 680, "height": 1000})  # A4 between its margins
        page.emulate_media(media="print")
        for link in (links.debate, links.chair, *links.speakers.values()):
            printed = page.locator(".printed").get_by_text(link, exact=True)
            expect(printed).to_be_visible()
            assert printed.evaluate("span => span.scrollWidth <= span.clientWidth + 1"), "cut off"
            code = page.locator(".copyable").filter(has=printed).locator(".qr svg").bounding_box()
            assert code is not None
            assert code["width"] >= 113, "smaller than 30 mm"
        expect(page.locator("button:visible, input:visible, header.top:visible")).to_have_count(0)


def test_the_way_in_the_transcript_and_nowhere(play: Play, service: Service) -> None:
    """The join page, the transcript and the page for an address that is nothing."""
    debate, _ = crowded(service, "correction")
    live, _ = crowded(service, "live")
    with play:
        onlooker = play.enters("onlooker", Person)
        look(onlooker, f"{service.base}/join/{live.slug}", "join")
        look(onlooker, f"{service.base}/debates/{debate.slug}/transcript.html", "transcript")
        look(onlooker, service.base, "home")
        for _ in SIZES:
            onlooker.expects("status of 404")
        look(onlooker, f"{service.base}/debates/nowhere", "nowhere")


@pytest.mark.parametrize("size", SIZES, ids=lambda size: f"{size[0]}")
def test_join_post_and_raise_a_hand_by_keyboard(play: Play, service: Service, size: tuple[int, int]) -> None:
    """A participant needs no mouse, on no screen; the focus is always to be seen."""
    debate, _ = crowded(service, "live")
    viewport = {"width": size[0], "height": size[1]}
    with play:
        dan = play.enters("dan", Keyboard, reduced_motion="reduce", viewport=viewport)
        dan.opens_link(f"{service.base}/debates/{debate.slug}")
        dan.reaches("Join").presses("Enter")
        dan.reaches("Join").presses("Enter")
        dan.reaches("To the debate").presses("Enter")
        expect(dan.page.get_by_role("form", name="Your contribution")).to_be_visible()
        dan.reaches("Raise a hand").presses("Enter")
        dan.reaches("What do you want to say?").types("About the keys.")
        dan.reaches("Raise my hand").presses("Enter")
        expect(dan.page.get_by_role("button", name="Lower my hand")).to_be_visible()
        dan.reaches("Your contribution").types("By keyboard alone. #keys").presses("Control+Enter")
        dan.has_posted("By keyboard alone. #keys")
        dan.reaches("Your contribution").types("And by its button.").reaches("Post").presses("Space")
        dan.has_posted("And by its button.")


@pytest.mark.parametrize("size", SIZES, ids=lambda size: f"{size[0]}")
def test_signing_out_where_the_name_stands(play: Play, service: Service, size: tuple[int, int]) -> None:
    """On a shared computer the next one at the debate page is nobody: it offers them to join."""
    debate, _ = crowded(service, "live")
    with play:
        address = f"{service.base}/debates/{debate.slug}"
        viewport = {"width": size[0], "height": size[1]}
        dan = play.enters("dan", Person, reduced_motion="reduce", viewport=viewport)
        dan.opens_link(f"{service.base}/join/{debate.slug}#{debate.join().token}")
        expect(dan.page.get_by_role("form", name="Your contribution")).to_be_visible()
        dan.page.locator(".you summary").click()
        assert dan.page.evaluate(_WIDER) <= 0, "the menu scrolls sideways"
        assert dan.page.evaluate(_OUTSIDE) == [], "the menu is outside the screen"
        dan.page.get_by_role("button", name="Sign out").click()
        expect(dan.page.get_by_role("heading", level=1)).to_be_visible()
        dan.opens_link(address).sees_phase("Live")
        expect(dan.page.get_by_role("link", name="Join the debate")).to_be_visible()
        expect(dan.page.locator(".you")).to_have_count(0)
