"""axe-core finds nothing on what is seldom seen either.

Mishaps, pages without scripts, open menus and sheets, refused forms, a debate in another site's page.
"""

import pytest
from playwright.sync_api import expect

from tests.browser.chair import Chair
from tests.browser.crowded import crowded
from tests.browser.debates import LIBRARY
from tests.browser.inspection import Inspection, opens
from tests.browser.mishaps import MISHAPS, answer_to, meets
from tests.browser.organiser import Organiser
from tests.browser.person import Person
from tests.browser.play import Play
from tests.e2e.service import Service

pytestmark = pytest.mark.browser


def test_mishaps(play: Play, service: Service, looks: Inspection) -> None:
    """Not for you, too fast, failed, overloaded, going down, and the page for when even that one fails."""
    debate, participant = crowded(service, "live")
    address = f"{service.base}/debates/{debate.slug}"
    with play:
        dan = opens(play, "dan", f"{service.base}/join/{debate.slug}#{participant.token}")
        dan.expects("status of 403").opens_link(f"{address}/chair")
        looks.sees(dan, "not for you")
        onlooker = play.enters("onlooker", Person)
        for what, raised in MISHAPS.items():
            meets(onlooker, address, answer_to(raised, going_down=what == "going down"))
            looks.sees(onlooker, what)
        onlooker.expects("favicon|status of 404")  # that page names no picture of ours
        meets(onlooker, address, answer_to(RuntimeError("planted"), broken=True))
        expect(onlooker.page.get_by_role("heading", level=1)).to_have_text("That did not work (500)")
        looks.sees(onlooker, "the plainest page")


def test_the_debate_in_another_page(play: Play, service: Service, looks: Inspection) -> None:
    """What other sites show of a debate, empty and busy."""
    lobby, _ = crowded(service, "lobby")
    live, _ = crowded(service, "live")
    with play:
        for what, debate in {"lobby": lobby, "busy": live}.items():
            onlooker = opens(play, what, f"{service.base}/debates/{debate.slug}/embed")
            looks.sees(onlooker, f"embed, {what}")
            play.leaves(onlooker)  # it shows the newest and no more: nothing to compare with all there is


def test_without_scripts(play: Play, service: Service, looks: Inspection) -> None:
    """Reading, joining, a text that was refused, a question before withdrawing: all by plain forms."""
    debate, _ = crowded(service, "live")
    with play:
        dan = play.enters("dan", Person, java_script_enabled=False)
        dan.opens_link(service.base)
        looks.sees(dan, "home, without scripts")
        dan.opens_link(f"{service.base}/debates/{debate.slug}")
        looks.sees(dan, "reading, without scripts")
        dan.opens_link(f"{service.base}/join/{debate.slug}")
        looks.sees(dan, "join, without scripts")
        dan.page.get_by_role("button", name="Join the debate").click()
        looks.sees(dan, "joined, without scripts")
        dan.opens_link(f"{service.base}/debates/{debate.slug}")
        dan.page.get_by_label("Your contribution").last.fill("By plain forms alone.")
        dan.page.get_by_role("button", name="Post", exact=True).click()
        mine = dan.contribution("By plain forms alone.")
        mine.get_by_role("button", name="Reply").click()
        looks.sees(dan, "replying, without scripts")
        dan.contribution("By plain forms alone.").get_by_role("button", name="Withdraw").click()
        looks.sees(dan, "asked whether to withdraw, without scripts")
        dan.opens_link(f"{service.base}/debates/{debate.slug}")
        dan.page.get_by_label("Your contribution").last.fill("x" * 501)
        dan.expects("status of 400").page.get_by_role("button", name="Post", exact=True).click()
        expect(dan.page.get_by_role("alert")).to_contain_text("too long")
        looks.sees(dan, "refused, without scripts")
        play.leaves(dan)


def test_menus(play: Play, service: Service, looks: Inspection) -> None:
    """The languages on every kind of page, and what is heard, each open over the page."""
    debate, _ = crowded(service, "live")
    with play:
        onlooker = opens(play, "onlooker", service.base)
        onlooker.page.locator(".languages summary").click()
        looks.sees(onlooker, "home, languages", covered=True)
        onlooker.opens_link(f"{service.base}/debates/{debate.slug}")
        onlooker.page.get_by_label("What is heard").click()
        looks.sees(onlooker, "debate, what is heard", covered=True)
        chair = play.enters("chair", Chair, viewport={"width": 1366, "height": 768})
        chair.opens_link(debate.made["links"]["chair"]).sees_phase("Live")
        chair.page.get_by_label("What is heard").click()
        looks.sees(chair, "console, what is heard", covered=True)


def test_sheets_and_refusals_of_the_console(play: Play, service: Service, looks: Inspection) -> None:
    """A question being edited, an announcement that was refused, the two questions before the end."""
    debate, _ = crowded(service, "live")
    with play:
        chair = play.enters("chair", Chair, viewport={"width": 1366, "height": 768}, reduced_motion="reduce")
        chair.opens_link(debate.made["links"]["chair"]).sees_phase("Live")
        page = chair.page
        page.get_by_role("button", name="Edit").first.click()
        looks.sees(chair, "console, a question edited")
        page.get_by_role("button", name="Leave it").click()
        page.get_by_role("textbox", name="Announce").evaluate("field => field.removeAttribute('maxlength')")
        page.get_by_role("textbox", name="Announce").fill("x" * 501)
        page.get_by_role("button", name="Say it").click()
        expect(page.locator("#announce-wrong")).to_be_visible()
        looks.sees(chair, "console, announcement refused")
        page.get_by_role("textbox", name="Announce").fill("")
        chair.moves_to("Wrap-up", answering="Wrap up")
        for step, sure in (("End", "End the debate"), ("Archive", "Archive it for good")):
            page.get_by_role("list", name="Phase").get_by_role("button", name=step).click()
            expect(page.get_by_role("dialog")).to_be_visible()
            looks.sees(chair, f"console, asked: {step}")
            page.get_by_role("dialog").get_by_role("button", name=sure).click()


def test_a_question_of_the_organiser(play: Play, looks: Inspection) -> None:
    """What asks before a link is renewed or a debate goes."""
    with play:
        administrator = play.enters("administrator", Organiser, reduced_motion="reduce")
        administrator.enters_as_administrator(play.administrator_link)
        links = administrator.makes({**LIBRARY, "title": "Asked"})
        administrator.opens_link(f"{links.debate}/links")
        administrator.page.get_by_role("button", name="New link").first.click()
        expect(administrator.page.get_by_role("dialog")).to_be_visible()
        looks.sees(administrator, "a new link, asked")


def test_the_correction_window(play: Play, service: Service, looks: Inspection) -> None:
    """What somebody wrote, being anonymous before and after it is done; quotes, checked by their speaker."""
    debate, cleo = crowded(service, "live")
    for text in ("It is two metres deep.", "And clean."):
        debate.speakers[0].must("post", text=text)
    number = cleo.must("post", text="Withdrawn soon.")["contribution"]
    cleo.must("post", text="Mine, and it stays.")
    cleo.must("withdraw", contribution=number)
    debate.move_on_to("correction")
    with play:
        author = opens(play, "cleo", f"{service.base}/join/{debate.slug}#{cleo.token}")
        author.opens_link(f"{service.base}/debates/{debate.slug}/yours")
        looks.sees(author, "your contributions")
        author.page.get_by_role("button", name="What that does").click()
        looks.sees(author, "anonymous, asked")
        author.page.get_by_role("button", name="Erase my name").click()
        expect(author.page.get_by_text("You are called Anonymous 1 here")).to_be_visible()
        looks.sees(author, "anonymous")
        speaker = opens(play, "speaker", debate.made["links"]["speakers"][0]["link"])
        speaker.page.get_by_role("link", name="Your contributions").click()
        speaker.page.get_by_text("Please correct …").first.click()
        looks.sees(speaker, "quotes, one being corrected")
        speaker.page.get_by_label("What should it say?").first.fill("Something else.")
        speaker.page.get_by_role("button", name="Ask for it").first.click()
        expect(speaker.page.get_by_text("You asked for a correction:")).to_be_visible()
        speaker.page.get_by_role("button", name="That is right").last.click()
        expect(speaker.page.get_by_text("You said that this is right.")).to_be_visible()
        looks.sees(speaker, "quotes")
        organiser = opens(play, "organiser", debate.made["links"]["organiser"])
        organiser.page.wait_for_url(lambda url: "#" not in url)
        organiser.opens_link(f"{service.base}/debates/{debate.slug}/quotes")
        looks.sees(organiser, "what speakers say")
