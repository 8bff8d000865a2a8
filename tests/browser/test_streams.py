"""Two streams in a browser: the floor and what runs beside it; carrying in, by a speaker and by the chair."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Locator, expect

from tests.browser.chair import Chair
from tests.browser.inspection import Inspection
from tests.browser.person import Person
from tests.browser.play import Play
from tests.e2e.conftest import new_debate
from tests.e2e.service import Service

pytestmark = pytest.mark.browser

PHONE = ((390, 844),)
POOL, KEY, SAUNA = "A pool for the morning.", "Who has the key?", "A sauna beside it."


def said(person: Person, text: str) -> Locator:
    """A contribution on the floor or beside it, by its words."""
    return person.page.locator(".contribution", has_text=text)


def column(person: Person, text: str) -> str:
    """On which side of the page it stands."""
    box, list_box = said(person, text).bounding_box(), person.page.locator("#threads").bounding_box()
    assert box
    assert list_box
    return "left" if box["x"] < list_box["x"] + list_box["width"] / 3 else "right"


def order(person: Person) -> list[str]:
    """The texts in the order in which they are read."""
    return person.page.locator("#threads .contribution .text").all_inner_texts()


def test_carrying_in(play: Play, service: Service, looks: Inspection) -> None:
    """A speaker carries in what was said beside the floor: everybody sees it move there, its author is told,
    and offered the seat that falls free; the chair carries in by one key.
    """
    debate = new_debate(service, "live", rules={"posting": "two_stream"})
    inside, outside = debate.join(), debate.join()
    inside.must("take_seat")
    base = f"{service.base}/join/{debate.slug}"
    with play:
        ada = play.enters("ada", Person).opens_link(f"{base}#{debate.speakers[0].token}").sees_phase("Live")
        dan = play.enters("dan", Person).opens_link(f"{base}#{outside.token}").sees_phase("Live")
        reader = play.enters("reader", Person).opens_link(f"{service.base}/debates/{debate.slug}")
        dan.posts(POOL)
        ada.posts(KEY)
        dan.posts(SAUNA)
        for person in (ada, dan, reader):
            expect(said(person, SAUNA)).to_be_visible()
            assert [column(person, text) for text in (POOL, KEY, SAUNA)] == ["right", "left", "right"]
            assert order(person) == [POOL, KEY, SAUNA]
        expect(said(ada, POOL)).to_contain_text("beside the floor")
        expect(said(dan, POOL).get_by_role("button", name="Carry in")).to_have_count(0)
        expect(said(ada, KEY).get_by_role("button", name="Carry in")).to_have_count(0)
        looks.sees(ada, "two streams")
        looks.sees(ada, "two streams", sizes=PHONE)

        said(ada, POOL).get_by_role("button", name="Carry in").press("Enter")
        for person in (ada, dan, reader):
            expect(said(person, POOL)).to_contain_text("Carried in by Ada Quill.")
            assert order(person) == [KEY, SAUNA, POOL]
            assert column(person, POOL) == "left"
        expect(said(ada, POOL)).to_be_focused()
        expect(said(dan, POOL)).to_contain_text("The next free seat will be offered to you.")
        expect(said(ada, POOL)).not_to_contain_text("The next free seat")
        dan.page.reload()
        expect(said(dan, POOL)).to_contain_text("The next free seat will be offered to you.")
        assert order(dan) == [KEY, SAUNA, POOL]
        looks.sees(dan, "carried in")
        looks.sees(dan, "carried in", sizes=PHONE)

        reader.page.get_by_role("link", name="In the circle").click()
        expect(said(reader, SAUNA)).to_be_hidden()
        expect(said(reader, POOL)).to_be_visible()
        reader.page.get_by_role("link", name="Beside it").click()
        expect(said(reader, SAUNA)).to_be_visible()
        expect(said(reader, KEY)).to_be_hidden()
        reader.page.get_by_role("link", name="Everything").click()

        inside.must("leave_seat")
        offer = dan.page.locator("#offer")
        expect(offer).to_contain_text("It is your turn.")
        offer.get_by_role("button", name=re.compile("^Take the seat")).click()
        expect(said(dan, SAUNA).get_by_role("button", name="Carry in")).to_be_visible()

        chair = play.enters("chair", Chair)
        chair.opens_link(f"{base}#{debate.chair.token}").sees_phase("Live")
        chair.page.keyboard.press("k")
        chair.page.locator("#floor .contribution", has_text=SAUNA).click()
        expect(chair.page.locator("#desk").get_by_role("button", name="Carry in")).to_be_visible()
        looks.sees(chair, "a contribution to carry in")
        chair.page.keyboard.press(",")
        expect(chair.page.locator("#floor .contribution", has_text=SAUNA)).to_contain_text("Carried in by")
        expect(said(reader, SAUNA)).to_contain_text("Carried in by the chair.")


def test_the_rule_changes(play: Play, service: Service) -> None:
    """The page with one stream becomes the page with two as the chair says so, and back."""
    debate = new_debate(service, "live")
    debate.join().must("post", text=POOL)
    with play:
        reader = play.enters("reader", Person).opens_link(f"{service.base}/debates/{debate.slug}")
        heads = reader.page.get_by_text("Beside it: the outer circle")
        expect(said(reader, POOL)).to_be_visible()
        expect(heads).to_have_count(0)
        debate.chair.must("set_rules", posting="two_stream")
        expect(heads).to_be_visible()
        debate.chair.must("carry_in", contribution=1)
        expect(said(reader, POOL)).to_contain_text("Carried in by the chair.")
        debate.chair.must("set_rules", posting="virtual")
        expect(heads).to_have_count(0)
        expect(said(reader, POOL)).to_be_visible()
