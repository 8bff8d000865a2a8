"""The door with somebody at it: who waits before a closed debate, and the chair who lets them in by a key."""

import pytest
from playwright.sync_api import expect

from tests.browser.chair import Chair
from tests.browser.inspection import Inspection
from tests.browser.person import Person
from tests.browser.play import Play
from tests.e2e.conftest import new_debate
from tests.e2e.service import Service

pytestmark = pytest.mark.browser


def test_let_in_one_by_one(play: Play, service: Service, looks: Inspection) -> None:
    """Two wait on a calm page; a key lets one in, whose page opens by itself, and a button turns one away."""
    debate = new_debate(service, "live", audience="closed", door="approve")
    debate.chair.must("post", text="Only for those inside.")
    chair_link = f"{service.base}/join/{debate.slug}#{debate.chair.token}"
    with play:
        chair = play.enters("chair", Chair).opens_link(chair_link).sees_phase("Live")
        comers = []
        for who in ("cleo", "dan"):
            comer = play.enters(who, Person)
            comer.page.goto(f"{service.base}/debates/{debate.slug}")
            comer.page.get_by_role("button", name="Join the debate").click()
            expect(comer.page.get_by_text("You are at the door")).to_be_visible()
            expect(comer.page.get_by_text("Only for those inside.")).to_have_count(0)
            comers.append(comer)
        cleo, dan = comers
        looks.sees(cleo, "waiting at the door")
        rows = chair.page.get_by_role("list", name="Who waits at the door").get_by_role("listitem")
        expect(rows).to_have_count(2)
        looks.sees(chair, "two wait at the door")
        chair.page.keyboard.press("q")
        expect(rows).to_have_count(1)
        cleo.sees("Only for those inside.")
        dan.expects("status of 403").expects(
            "status of 403"
        )  # the question whether they are in, and the page
        rows.get_by_role("button", name="Turn away").click()
        expect(rows).to_have_count(0)
        expect(dan.page.get_by_text("You were not let in.")).to_be_visible(timeout=20_000)
        looks.sees(dan, "turned away")
