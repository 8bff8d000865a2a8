"""What the scripts of a page weigh, by what Chromium fetched, and that they are all asked for at once.

Counted as they come out of their packing: what a phone reads and compiles.
"""

from __future__ import annotations

import sys
from typing import Any

import pytest
from playwright.sync_api import expect

from tests.browser.chair import Chair
from tests.browser.debates import LIBRARY
from tests.browser.organiser import Organiser
from tests.browser.person import Person
from tests.browser.play import Play
from tests.e2e.client import Debate
from tests.e2e.conftest import new_debate
from tests.e2e.service import Service

pytestmark = pytest.mark.browser

MOST = {
    "reading along": 48_900,
    "taking part": 59_340,
    "an evening": 60 * 1024,
    "console": 86_150,
    "wall": 33_560,
    "embed": 33_560,
    "announced": 21_650,
    "join": 2_900,
    "setup": 9_500,
    "links": 3_000,
}
"""Bytes of script each page may fetch. The bar for the debate page is 60 KB (docs/measurements.md), whatever
one does there but opening why a tag is there."""


def fetched(person: Person) -> dict[str, int]:
    """The scripts that this page asked for, each once, and their bytes unpacked."""
    entries: list[list[Any]] = person.page.evaluate(
        """() => performance.getEntriesByType("resource")
            .filter(({ name }) => name.endsWith(".js"))
            .map(({ name, decodedBodySize }) => [name.replace(/^.*?[/]js[/]/, ""), decodedBodySize])"""
    )
    sizes = dict(entries)
    assert len(sizes) == len(entries), "a script was fetched twice"
    return sizes


def weighs(page: str, person: Person) -> None:
    sizes, patience = fetched(person), 100
    while sum(sizes.values()) <= 0.9 * MOST[page] and patience:
        person.page.wait_for_timeout(100)  # the page is not all there yet
        sizes, patience = fetched(person), patience - 1
    sys.stdout.write(f"{page}: {sum(sizes.values()):,} bytes\n")
    assert all(sizes.values()), "a script came without its size"
    assert sum(sizes.values()) > 0.9 * MOST[page], "the limit can be lowered"
    assert sum(sizes.values()) <= MOST[page], sorted(sizes.items(), key=lambda one: one[1])


def link_of(debate: Debate, person: Any) -> str:
    return f"{debate.service.base}/join/{debate.slug}#{person.token}"


def test_opening(play: Play, service: Service) -> None:
    """Reading along keeps to the bar; what taking part needs beside it is held too, and the rest waits."""
    debate = new_debate(service, "live")
    debate.join().must("post", text="Who is awake?")
    with play:
        onlooker = play.enters("onlooker", Person).opens_link(f"{service.base}/debates/{debate.slug}")
        onlooker.sees("Who is awake?")
        weighs("reading along", onlooker)
        cleo = play.enters("cleo", Person).opens_link(link_of(debate, debate.join())).sees("Who is awake?")
        weighs("taking part", cleo)


def test_an_evening(play: Play, service: Service) -> None:
    """Whoever takes part for an evening, by every move there is, fetches no more script than that."""
    debate = new_debate(service, "live")
    dan, asking = debate.join(), debate.join()
    dan.must("post", text="Who is awake? #townlibrary")
    with play:
        cleo = play.enters("cleo", Person).opens_link(link_of(debate, asking)).sees_phase("Live")
        cleo.posts("I am, and Q2 is mine.").posts("Both of them.", 1, 2)
        cleo.replies_to("Who is awake? #townlibrary", "Nobody else.").endorses("Who is awake? #townlibrary")
        cleo.raises_hand("About the night.").is_offered_a_seat().takes_the_seat().posts("From inside.")
        cleo.leaves_the_seat().withdraws("Both of them.")
        cleo.page.get_by_role("link", name="Inner circle").click()
        debate.chair.must("focus", question=2)
        cleo.sees_focus(2)
        weighs("an evening", cleo)


def test_the_other_pages(play: Play, service: Service) -> None:
    """The console, the wall, another site's page and the ways in keep to what they may weigh."""
    debate = new_debate(service, "live")
    address = f"{service.base}/debates/{debate.slug}"
    early = new_debate(service, "announced")
    with play:
        chair = play.enters("chair", Chair).opens_link(link_of(debate, debate.chair))
        weighs("console", chair.sees_phase("Live"))
        onlooker = play.enters("onlooker", Person)
        for page, link in (
            ("wall", f"{address}/wall"),
            ("embed", f"{address}/embed"),
            ("announced", f"{service.base}/debates/{early.slug}"),
            ("join", f"{service.base}/join/{debate.slug}"),
        ):
            weighs(page, onlooker.opens_link(link))
        organiser = play.enters("organiser", Organiser).enters_as_administrator(play.administrator_link)
        organiser.page.get_by_role("link", name="New debate").click()
        expect(organiser.page.get_by_role("button", name="Make the debate")).to_be_visible()
        weighs("setup", organiser)
        organiser.fills_in(LIBRARY)
        organiser.page.get_by_role("button", name="Make the debate").click()
        weighs("links", organiser)


def test_scripts_do_not_wait_for_one_another(play: Play, service: Service) -> None:
    """The page itself asks for every script that is needed at once: none is found out from within another."""
    debate = new_debate(service, "live")
    with play:
        onlooker = play.enters("onlooker", Person)
        asked: dict[str, str] = {}
        session = onlooker.page.context.new_cdp_session(onlooker.page)
        session.send("Network.enable")

        def hear(request: dict[str, Any]) -> None:
            if (url := request["request"]["url"]).endswith(".js"):
                asked[url.split("/js/")[1]] = request["initiator"]["type"]

        session.on("Network.requestWillBeSent", hear)
        onlooker.opens_link(f"{service.base}/debates/{debate.slug}").sees_phase("Live")
        assert {script for script, by in asked.items() if by != "parser"} == set()
        assert len(asked) > 20
