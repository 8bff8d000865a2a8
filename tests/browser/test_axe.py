"""axe-core in real Chromium finds nothing: no page, state or reader, wide or narrow, light or dark."""

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import expect

from tests.browser import axe
from tests.browser.chair import Chair
from tests.browser.crowded import crowded
from tests.browser.debates import LIBRARY
from tests.browser.inspection import Inspection, opens
from tests.browser.organiser import Organiser
from tests.browser.person import Person
from tests.browser.play import Play
from tests.e2e.client import Debate
from tests.e2e.service import Service

pytestmark = pytest.mark.browser


def debate_of(service: Service, slug: str, **changes: Any) -> Debate:
    """The library's debate, with rules that let a test post and wait as it likes."""
    rules = {"pace_per_minute": 0, "away_seconds": 3600, "grace_seconds": 3600, **changes.pop("rules", {})}
    return Debate.create(service, {**LIBRARY, "language": "en", "slug": slug, "rules": rules, **changes})


def link_of(debate: Debate, person: Any) -> str:
    return f"{debate.service.base}/join/{debate.slug}#{person.token}"


def test_the_organisers_pages(play: Play, looks: Inspection) -> None:
    """Front page, way in, set-up and its errors, the sheet of links while they are shown and afterwards."""
    with play:
        onlooker = opens(play, "onlooker", play.service.base)
        looks.sees(onlooker, "home, empty")
        onlooker.opens_link(f"{play.service.base}/admin")
        looks.sees(onlooker, "way in of the administrator")
        onlooker.expects("status of 404").opens_link(f"{play.service.base}/debates/nowhere")
        looks.sees(onlooker, "nowhere")
        administrator = play.enters("administrator", Organiser, reduced_motion="reduce")
        administrator.enters_as_administrator(play.administrator_link)
        looks.sees(administrator, "home, empty")
        administrator.page.get_by_role("link", name="New debate").click()
        looks.sees(administrator, "set-up, empty")
        administrator.expects("status of 422").fills_in({**LIBRARY, "hashtags": ["2026"]})
        looks.sees(administrator, "set-up, filled in")
        administrator.page.get_by_role("button", name="Make the debate").click()
        expect(administrator.page.get_by_role("alert")).to_be_focused()
        looks.sees(administrator, "set-up, with errors")
        administrator.opens_link(play.service.base)
        administrator.makes(LIBRARY)
        looks.sees(administrator, "links, shown once")
        administrator.reloads()
        looks.sees(administrator, "links, later")
        administrator.page.get_by_text("Somebody else speaks instead").first.click()
        looks.sees(administrator, "links, a speaker to be replaced")
        administrator.page.get_by_role("link", name="Change the debate").click()
        administrator.page.get_by_text("Title and introduction in more languages").click()
        administrator.page.get_by_label("Title (Deutsch)").fill("Wozu nachts in die Bibliothek?")
        administrator.page.get_by_role("button", name="Save the changes").click()
        expect(administrator.page.get_by_text("Changed: Title (Deutsch).")).to_be_visible()
        looks.sees(administrator, "change, and what was changed")
        administrator.page.get_by_role("link", name="Delete the debate").click()
        looks.sees(administrator, "delete, asked")
        administrator.opens_link(play.service.base)
        looks.sees(administrator, "home, with a debate")


def test_the_way_in(play: Play, service: Service, looks: Inspection) -> None:
    """The announced page and the join page behind every door, before, during and after."""
    debate = debate_of(service, "axe-doors", audience="public")
    address = f"{service.base}/debates/{debate.slug}"
    with play:
        debate.move_on_to("announced")
        dan = opens(play, "dan", address)
        looks.sees(dan, "announced")
        dan.opens_link(f"{service.base}/join/{debate.slug}")
        looks.sees(dan, "join, too early")
        debate.chair.must("move_to", phase="live")
        dan.reloads()
        looks.sees(dan, "join, open door")
        debate.chair.must("set_door", door="code", join_code="turtle")
        dan.reloads()
        dan.expects("status of 403").page.get_by_label("Code").fill("tortoise")
        dan.page.get_by_role("button", name="Join the debate").click()
        expect(dan.page.get_by_text("tortoise").or_(dan.page.locator(".wrong")).first).to_be_visible()
        looks.sees(dan, "join, wrong code")
        dan.opens_link(service.base)
        looks.sees(dan, "home, with a debate under way")
        dan.opens_link(address)
        dan.page.get_by_role("link", name="Join", exact=True).click()
        looks.sees(dan, "dialog to join, with a code")
        debate.chair.must("set_door", door="open")
        dan.reloads()
        dan.page.get_by_role("link", name="Join", exact=True).click()
        dan.page.get_by_role("dialog").get_by_role("button", name="Join", exact=True).click()
        expect(dan.page.get_by_role("button", name="To the debate")).to_be_visible()
        looks.sees(dan, "dialog of welcome")
        dan.page.get_by_role("button", name="To the debate").click()
        eli = opens(play, "eli", f"{service.base}/join/{debate.slug}")
        eli.page.get_by_role("button", name="Join the debate").click()
        expect(eli.page.get_by_label("It is shown only now")).to_be_visible()
        looks.sees(eli, "joined by the form")
        debate.chair.must("set_door", door="shut")
        onlooker = opens(play, "onlooker", f"{service.base}/join/{debate.slug}")
        looks.sees(onlooker, "join, door shut")
        for move in ("wrap_up", "correction"):
            debate.chair.must("move_to", phase=move)
        onlooker.reloads()
        looks.sees(onlooker, "join, over")


def test_an_evening(play: Play, service: Service, looks: Inspection) -> None:
    """The debate page as onlooker, participant and speaker, from the empty lobby to a seat that is closed."""
    debate = debate_of(service, "axe-evening")
    debate.move_on_to("lobby")
    cleo, dan = debate.join(), debate.join()
    with play:
        onlooker = opens(play, "onlooker", f"{service.base}/debates/{debate.slug}")
        participant = opens(play, "participant", link_of(debate, cleo))
        speaker = opens(play, "speaker", debate.made["links"]["speakers"][0]["link"])

        def all_see(view: str, sign: Callable[[Person], Any]) -> None:
            for person in (onlooker, participant, speaker):
                sign(person)
                looks.sees(person, view)

        all_see("lobby, empty", lambda person: person.sees_phase("Lobby"))
        debate.chair.must("move_to", phase="live")
        all_see("live, nothing said", lambda person: person.sees_phase("Live"))
        fill(debate, cleo, dan)
        all_see("live, with everything on the floor", lambda person: person.sees("More than that."))
        cleo.must("raise_hand")
        all_see("who makes room", lambda person: person.sees_hands(cleo.name))
        dan.must("leave_seat")
        participant.is_offered_a_seat()
        all_see("a seat is offered", lambda person: person.sees_seat(4, "offered"))
        cleo.must("take_seat")
        debate.chair.must("close_seat", seat=4)
        all_see("a seat is to be closed", lambda person: person.sees_seat(4, "leaving"))


def test_how_it_ends(play: Play, service: Service, looks: Inspection) -> None:
    """The debate page while it stands still and after it is over, and the transcript."""
    debate = debate_of(service, "axe-end")
    debate.move_on_to("live")
    cleo, dan = debate.join(), debate.join()
    fill(debate, cleo, dan)
    with play:
        onlooker = opens(play, "onlooker", f"{service.base}/debates/{debate.slug}")
        participant = opens(play, "participant", link_of(debate, cleo))
        moves: tuple[tuple[str, dict[str, Any], str], ...] = (
            ("freeze", {"on": True}, "Frozen"),
            ("freeze", {"on": False}, "Live"),
            ("move_to", {"phase": "paused"}, "Paused"),
            ("move_to", {"phase": "wrap_up"}, "Wrap-up"),
            ("move_to", {"phase": "correction"}, "Ended"),
            ("move_to", {"phase": "archived"}, "Archived"),
        )
        for command, fields, said in moves:
            debate.chair.must(command, **fields)
            for person in (onlooker, participant):
                person.sees_phase(said)
                looks.sees(person, said)
        # A transcript is answered with a policy under which no script runs; axe is one.
        reader = play.enters("reader", Person, bypass_csp=True).expects("favicon|status of 404")
        reader.opens_link(f"{service.base}/debates/{debate.slug}/transcript.html")
        looks.sees(reader, "transcript")
        for page in ("transcript?order=time", "figures", "search?q=cents", "citation?contribution=3"):
            reader.opens_link(f"{service.base}/debates/{debate.slug}/{page}")
            looks.sees(reader, page)


def fill(debate: Debate, cleo: Any, dan: Any) -> None:
    """Something of everything on the floor; dan sits."""
    debate.chair.must("focus", question=2)
    cleo.must("post", text="Hidden soon.")
    cleo.must("post", text="Withdrawn soon.")
    debate.chair.must("hide", contribution=1, reason="insult")
    cleo.must("withdraw", contribution=2)
    debate.chair.must("announce", text="Ten more minutes.")
    dan.must("take_seat")
    dan.must("post", text="A2: Two cents. See https://library.example/prices #latelibrary @Chair")
    cleo.must("post", text="More than that.", reply_to=3)
    debate.chair.must("highlight", contribution=3, on=True)
    cleo.must("endorse", contribution=3, on=True)


def test_what_one_does(play: Play, service: Service, looks: Inspection) -> None:
    """Writing, choosing a question, replying, being refused; dialogs; reading on hold; offline."""
    debate = debate_of(service, "axe-doing")
    debate.move_on_to("live")
    dan = debate.join()
    dan.must("post", text="Who else?")
    cleo = debate.join()
    with play:
        participant = opens(play, "participant", link_of(debate, cleo))
        page = participant.page
        participant.sees("Who else?").begins_to_write("Q2 and #q3, then.")
        page.locator("#composer summary").click()
        looks.sees(participant, "composer, choice open", covered=True)
        page.locator("#composer summary").click()
        participant.contribution("Who else?").get_by_role("button", name="Reply").click()
        participant.begins_to_write("far too long " * 50)
        page.get_by_role("button", name="Post").click()
        looks.sees(participant, "composer, replying and too long")
        participant.begins_to_write("").posts("Mine.")
        looks.sees(participant, "own contribution")
        participant.contribution("Mine.").get_by_role("button", name="Withdraw").click()
        looks.sees(participant, "dialog, withdraw")
        page.get_by_role("button", name="Keep it").click()
        page.get_by_role("button", name="Raise a hand").click()
        looks.sees(participant, "dialog, raise a hand")
        page.get_by_role("dialog").get_by_role("button", name="Not now").click()
        page.get_by_role("button", name="Pause").click()
        dan.must("post", text="One more thing.")
        expect(page.get_by_role("button", name="Go on: 1 waits")).to_be_visible()
        looks.sees(participant, "reading on hold")
        page.get_by_role("button", name="Go on: 1 waits").click()
        page.get_by_role("link", name="Inner circle").click()
        looks.sees(participant, "only the inner circle")
        page.get_by_role("link", name="Everything").click()
        page.locator(".languages summary").click()
        looks.sees(participant, "menu of languages", covered=True)
        page.locator(".languages summary").click()
        participant.loses_connection().begins_to_write("Later.").sends_what_was_written()
        participant.sees_waiting("Later.")
        looks.sees(participant, "offline, one waits")
        debate.chair.must("freeze", on=True)
        participant.begins_to_write("Something else.").regains_connection()
        expect(page.get_by_role("button", name="Discard", include_hidden=True)).to_be_attached()
        looks.sees(participant, "refused, while another is being written")
        page.get_by_role("button", name="Discard").click()


def test_the_console(play: Play, service: Service, looks: Inspection) -> None:
    """The console: empty, busy, pane by pane where it is narrow, every sheet, its menu and toasts."""
    empty = debate_of(service, "axe-console-empty")
    debate, _ = crowded(service, "live")
    with play:
        chair = play.enters("chair", Chair, reduced_motion="reduce", viewport={"width": 1366, "height": 768})
        page = chair.page
        chair.opens_link(empty.made["links"]["chair"]).sees_phase("Draft")
        looks.sees(chair, "console, draft")
        chair.opens_link(debate.made["links"]["chair"]).sees_phase("Live").sees("Good evening.")
        looks.sees(chair, "console, busy")
        for pane in ("Circle", "Questions", "Room", "Floor"):
            page.set_viewport_size({"width": 320, "height": 640})
            panes = page.get_by_role("navigation", name="Parts of the console")
            panes.get_by_role("button", name=pane).click()
            looks.sees(chair, f"console, pane {pane}", sizes=((320, 640),))
        page.set_viewport_size({"width": 1366, "height": 768})
        chair.chooses("Good evening.")
        looks.sees(chair, "console, one chosen")
        chair.highlights("Good evening.")
        looks.sees(chair, "console, undo")
        open_and_see(looks, chair, "keys", lambda: page.keyboard.press("?"))
        open_and_see(looks, chair, "hide", lambda: page.keyboard.press("h"))
        open_and_see(looks, chair, "invite", lambda: page.keyboard.press("i"))
        people = page.get_by_role("button", name="See everybody")
        open_and_see(looks, chair, "people", people.click)
        free = page.get_by_role("button", name="Free: Seat").first
        open_and_see(looks, chair, "free a seat", free.click)
        track = page.get_by_role("list", name="Phase")
        open_and_see(looks, chair, "wrap up", track.get_by_role("button", name="Wrap-up").click)
        page.get_by_text("More", exact=True).click()
        looks.sees(chair, "console, menu", covered=True)
        open_and_see(looks, chair, "rules", page.get_by_role("button", name="Rules").click)
        page.get_by_text("More", exact=True).click()
        open_and_see(looks, chair, "summing up", page.get_by_role("button", name="Sum up the debate").click)
        page.get_by_role("button", name="Add", exact=True).click()
        looks.sees(chair, "console, new question")
        page.get_by_role("button", name="Leave it").click()
        page.get_by_role("button", name="By code").click()
        looks.sees(chair, "console, door by code")
        page.keyboard.press("Escape")
        chair.freezes()
        looks.sees(chair, "console, frozen")
        chair.thaws().moves_to("Wrap-up", answering="Wrap up").moves_to("End", answering="End the debate")
        looks.sees(chair, "console, ended")


def open_and_see(looks: Inspection, chair: Chair, what: str, opens: Callable[[], object]) -> None:
    """A dialog of the console, which Escape closes again."""
    opens()
    expect(chair.page.get_by_role("dialog")).to_be_visible()
    looks.sees(chair, f"console, asked: {what}")
    chair.page.keyboard.press("Escape")
    expect(chair.page.get_by_role("dialog")).to_be_hidden()


def test_the_wall(play: Play, service: Service, looks: Inspection) -> None:
    """The wall, before anything was said and with everything on it."""
    empty = debate_of(service, "axe-wall")
    empty.move_on_to("lobby")
    busy, _ = crowded(service, "live")
    with play:
        wall = opens(play, "wall", f"{service.base}/debates/{empty.slug}/wall")
        looks.sees(wall, "wall, lobby")
        wall.opens_link(f"{service.base}/debates/{busy.slug}/wall")
        newest = wall.page.get_by_role("list", name="Newest in the circle")
        expect(newest.get_by_role("listitem").first).to_be_visible()
        looks.sees(wall, "wall, busy")


# What would be a barrier, planted into a good page, by the rule that must notice.
BARRIERS = {
    "button-name": "main.append(document.createElement('button'))",
    "label": "main.append(document.createElement('input'))",
    "color-contrast": "main.querySelector('p').style.color = 'silver'",
    "target-size": """
        for (const side of ["left", "right"]) {
          const link = document.createElement("a");
          link.href = `?${side}`;
          link.textContent = side;
          link.style.cssText = "display: inline-block; font-size: 9px; line-height: 10px; color: black";
          main.append(link);
        }
    """,
}


@pytest.mark.skipif(not axe.SCRIPT.exists(), reason="no axe-core here: npm ci --prefix tests/browser")
@pytest.mark.parametrize("rule", BARRIERS)
def test_a_planted_barrier_is_found(play: Play, rule: str) -> None:
    """The check can fail: a page that passes does not any more with a barrier in it."""
    with play:
        page = play.enters("onlooker", Person, reduced_motion="reduce").opens_link(play.service.base).page
        assert axe.run(page).violations == []
        page.evaluate(f"() => {{ const main = document.querySelector('main'); {BARRIERS[rule]} }}")
        assert rule in {finding.rule for finding in axe.run(page).violations}
