"""Closed rounds: the chair seats a group by keyboard; everybody reads whose circle it is and how long."""

import re

import pytest
from playwright.sync_api import Locator, expect

from tests.browser.chair import Chair
from tests.browser.inspection import Inspection
from tests.browser.person import Person
from tests.browser.play import Play
from tests.browser.test_plain import Plain
from tests.e2e.client import Debate
from tests.e2e.conftest import new_debate
from tests.e2e.service import Service

pytestmark = pytest.mark.browser

RULES = {"posting": "classic", "entry": "invite", "exit": "say_your_piece", "grace_seconds": 30}
UNTIL = r"A closed round is on: until \d\d:\d\d, its group and the chair contribute\."


def enters(play: Play, debate: Debate, who: str, token: str | None) -> Person:
    link = f"{play.service.base}/join/{debate.slug}#{token}"
    return play.enters(who, Person).opens_link(link).sees_phase("Live")


def round_of(person: Person) -> Locator:
    """What the page says of the round."""
    return person.page.locator("#round")


def test_the_chair_begins_and_ends_it(play: Play, service: Service, looks: Inspection) -> None:
    """Asked who is of it, the chair ticks and names; the group writes, others read why not, until when."""
    debate = new_debate(service, "live", speakers=[], rules={**RULES, "round_seconds": 600})
    inside, beside, outside = (debate.join() for _ in range(3))
    with play:
        cleo, dan = enters(play, debate, "cleo", inside.token), enters(play, debate, "dan", outside.token)
        expect(dan.page.locator("#reading")).to_have_text(re.compile("the circle and the chair contribute"))
        chair = play.enters("chair", Chair)
        chair.opens_link(f"{service.base}/join/{debate.slug}#{debate.chair.token}").sees_phase("Live")
        chair.page.keyboard.press(".")
        dialog = chair.page.get_by_role("dialog", name="Who has the circle for a round?")
        expect(dialog).to_contain_text("The time: 10:00.")
        dialog.get_by_role("button", name="Begin the round").press("Enter")
        expect(dialog.get_by_role("alert")).to_have_text("Choose at least one person.")
        for person in (inside, beside):
            dialog.get_by_role("checkbox", name=person.name).press("Space")
        dialog.get_by_role("textbox", name="What is the group called?").fill("Evening readers")
        looks.sees(chair, "who is of a round")
        dialog.get_by_role("button", name="Begin the round").press("Enter")
        expect(chair.page.locator("#round")).to_contain_text("Evening readers")
        looks.sees(chair, "a round on the console")

        expect(round_of(dan)).to_contain_text("Evening readers")
        expect(round_of(dan)).to_contain_text("nobody else sits down until the round is over")
        expect(round_of(dan).get_by_role("button")).to_have_count(0)
        expect(dan.page.locator("#reading")).to_have_text(re.compile(UNTIL))
        looks.sees(dan, "beside a round")
        looks.sees(dan, "beside a round", sizes=((390, 844),))
        dan.raises_hand("Next, please.")

        expect(round_of(cleo)).to_contain_text("Your group has the circle to itself.")
        cleo.posts("Ours, for ten minutes.")
        looks.sees(cleo, "in a round")
        looks.sees(cleo, "in a round", sizes=((390, 844),))
        dan.sees("Ours, for ten minutes.")
        dan.page.reload()
        expect(round_of(dan)).to_contain_text("Evening readers")

        more = round_of(cleo).get_by_role("button", name="A little more time")
        more.click()
        expect(more).to_be_hidden()
        chair.page.locator("#round").get_by_role("button", name="+1 min").press("Enter")
        cleo.page.reload()
        expect(round_of(cleo)).to_contain_text("Your group has the circle to itself.")
        expect(more).to_be_hidden()

        chair.page.locator("#round").get_by_role("button", name="End the round").press("Enter")
        expect(chair.page.locator("#round")).to_be_hidden()
        expect(round_of(cleo)).to_be_hidden()
        expect(round_of(dan)).to_be_hidden()
        expect(cleo.page.locator("#reading")).to_have_text(re.compile("the circle and the chair contribute"))
        assert debate.onlooker.snapshot()["round"] is None


def test_its_time_runs_out(play: Play, service: Service) -> None:
    """The last minute is told; the group takes a little more time once; then all of it get up."""
    rules = {**RULES, "grace_seconds": 5, "round_seconds": 10}
    debate = new_debate(service, "live", speakers=[], rules=rules)
    inside, beside = debate.join(), debate.join()
    with play:
        cleo = enters(play, debate, "cleo", inside.token)
        debate.chair.must("start_round", people=[inside.person, beside.person])
        expect(round_of(cleo)).to_contain_text("Your round ends in")
        first = debate.onlooker.snapshot()["round"]["until"]
        round_of(cleo).get_by_role("button", name="A little more time").press("Enter")
        expect(round_of(cleo).get_by_role("button", name="A little more time")).to_be_hidden()
        assert debate.onlooker.snapshot()["round"]["until"] > first
        expect(round_of(cleo)).to_be_hidden(timeout=30_000)
        assert not [seat for seat in debate.onlooker.snapshot()["seats"] if "person" in seat]


def test_without_scripts(play: Play, service: Service) -> None:
    """The page as the server makes it says the same."""
    debate = new_debate(service, "live", speakers=[], rules={**RULES, "round_seconds": 600})
    debate.chair.must("start_round", people=[debate.join().person], title="Evening readers")
    with play:
        dan = play.enters("dan", Plain, java_script_enabled=False)
        dan.opens_link(f"{service.base}/debates/{debate.slug}").joins()
        expect(round_of(dan)).to_contain_text("Evening readers")
        expect(round_of(dan).get_by_role("button")).to_have_count(0)
        expect(dan.page.locator("#reading")).to_have_text(re.compile(UNTIL))
        person = next(one for one in debate.chair.snapshot()["people"] if one["name"] == dan.name)
        debate.chair.must("start_round", people=[person["person"]])
        dan.opens_link(f"{service.base}/debates/{debate.slug}")
        expect(round_of(dan)).to_contain_text("Your group has the circle to itself.")
        dan.presses("A little more time", round_of(dan))
        expect(round_of(dan).get_by_role("button")).to_have_count(0)
        play.leaves(dan)
