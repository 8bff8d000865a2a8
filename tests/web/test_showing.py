"""What a page is asked to show of the floor, by its address alone."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest

from fishbowl.debate.state import CarriedIn, Contribution, State
from fishbowl.debate.vocabulary import Circle, Role, Status
from fishbowl.live.views import ONLOOKER, Reader
from fishbowl.text.tags import Tag
from fishbowl.web import showing as module
from fishbowl.web.showing import chosen, showing
from tests.web.conftest import House

PAGE = "/debates/high-street"
CASES: dict[str, Any] = json.loads(
    (Path(__file__).parents[1] / "js" / "showing_cases.json").read_text(encoding="utf-8")
)


def contribution(number: int, text: str = "", **more: Any) -> Contribution:
    given: dict[str, Any] = {
        "circle": Circle.OUTER,
        "author": "p1",
        "root": number,
        "path": str(number),
        "tags": (),
    } | more
    return Contribution(contribution=number, seq=number, at=0, text=text, **given)


def floor(*contributions: Contribution, hashtags: tuple[str, ...] = ()) -> State:
    state = State()
    state.hashtags = hashtags
    state.contributions = {one.contribution: one for one in contributions}
    return state


def case(given: dict[str, Any]) -> Contribution:
    """A case as the state has it: hashtags are found in a text, and what shows none is hidden."""
    entities = given["entities"]
    return contribution(
        given["contribution"],
        " ".join(f"#{tag['text']}" for tag in entities["hashtags"]) if entities else "#keys",
        circle=Circle(given["circle"]),
        author=given["author"]["person"],
        tags=tuple(Tag(tag["question"], "author", 1.0) for tag in given["tags"]),
        status=Status.POSTED if entities else Status.HIDDEN,
        carried_in=CarriedIn("chair", 0, 9) if "carried_in" in given else None,
    )


@pytest.mark.parametrize("name", CASES["meant"])
def test_the_same_as_in_the_script(name: str) -> None:
    """The server shows for an address what the script shows for it; a hidden text has no hashtags."""
    state = floor(*map(case, CASES["contributions"]), hashtags=tuple(CASES["hashtags"]))
    assert (
        chosen(state, showing(name), Reader(CASES["you"], Role.PARTICIPANT), None).meant
        == CASES["meant"][name]
    )


def test_an_onlooker_has_said_nothing() -> None:
    """Who is nobody has no contributions of their own."""
    assert chosen(floor(contribution(1)), showing("mine"), ONLOOKER, None).meant == []


def test_page_by_page() -> None:
    """Each page goes on where the one after it began, to the first, and no contribution is on two."""
    circles = [Circle.INNER if number % 3 == 0 else Circle.OUTER for number in range(1, 31)]
    state = floor(*(contribution(number, circle=circle) for number, circle in enumerate(circles, 1)))
    before: int | None = None
    pages: list[list[int]] = []
    while not pages or before is not None:
        found = chosen(state, showing("inner"), ONLOOKER, before, limit=4)
        pages.append(found.meant)
        before = found.earlier
    assert pages[:2] == [[21, 24, 27, 30], [9, 12, 15, 18]]
    assert sorted(number for page in pages for number in page) == list(range(3, 31, 3))


def test_only_so_far_back(monkeypatch: pytest.MonkeyPatch) -> None:
    """A page looks through a bounded number of contributions, and offers to look further."""
    monkeypatch.setattr(module, "LOOKED_AT", 10)
    state = floor(contribution(1, author="p9"), *(contribution(number) for number in range(2, 31)))
    page = chosen(state, showing("mine"), Reader("p9", Role.PARTICIPANT), None)
    assert (page.meant, page.earlier) == ([], 21)
    assert chosen(state, showing("mine"), Reader("p9", Role.PARTICIPANT), 11).meant == [1]


def test_a_reply_is_shown_with_its_root() -> None:
    """What is meant stands under the root it answers, which counts as beside it."""
    reply = contribution(3, circle=Circle.INNER, root=1, path="1.1")
    found = chosen(floor(contribution(1), contribution(2), reply), showing("inner"), ONLOOKER, None)
    assert (found.meant, found.roots) == ([3], [1])


async def test_on_the_page(house: House) -> None:
    """A choice is a link; its page holds what is meant and no more, and marks the link one followed."""
    made = await house.live()
    ada, chair = made["tokens"]["Ada Lind"], made["tokens"]["chair"]
    posts = [
        {"do": "post", "text": "Rents. #rents", "questions": [1], "id": "1"},
        {"do": "post", "text": "Buses.", "questions": [2], "id": "2"},
        {"do": "post", "text": "Unkind. #rents", "questions": [1], "id": "3"},
    ]
    await house.command(made, ada, *posts)
    await house.command(made, chair, {"do": "hide", "contribution": 3, "id": "h"})
    onlooker = await house.client()

    async def shows(show: str) -> tuple[list[str], list[str]]:
        page = (await onlooker.get(PAGE, params={"show": show})).text.partition("<template")[0]
        bar = page.partition('id="filters"')[2].partition("</nav>")[0]
        return re.findall(r'id="c([0-9]+)"', page), re.findall(r'aria-current="true">([^<]*)<', bar)

    assert await shows("") == (["1", "2", "3"], ["Everything"])
    assert await shows("q1") == (["1", "3"], ["Q1"])
    assert await shows("q2") == (["2"], ["Q2"])
    assert await shows("tag:rents") == (["1"], ["#rents"])
    assert await shows("tag:<b>") == ([], ["#&lt;b&gt;"])
    assert await shows("inner") == (["1", "2", "3"], ["Inner circle"])
    assert await shows("q1") == (["1", "3"], ["Q1"])  # kept, and not another's
    page = (await onlooker.get(f"{PAGE}?show=q2")).text
    assert "?show=q2&amp;seen=" in page
    assert "Q2  Who should?</h3>" in page
    assert "1 so far, 1 person, 0 minutes in focus</p>" in page


async def test_hashtags_in_use(house: House) -> None:
    """What several people write is a link on the floor; beside one hashtag stand those that go with it."""
    made = await house.live()
    says = {
        "Ada Lind": "#rents and #buses",
        "Bo Marsh": "#Rents, of all things #sheds",
        "chair": "#buses, #rents: which first?",
    }
    onlooker = await house.client()

    async def told(show: str = "") -> list[tuple[str, str]]:
        page = (await onlooker.get(PAGE, params={"show": show} if show else {})).text
        nav = page.partition('<nav class="hashtags-now')[2].partition("</nav>")[0]
        return re.findall(r'show=tag:(\w+)" title="([^"]+)"', nav)

    assert await told() == []
    for name, text in says.items():
        await house.command(made, made["tokens"][name], {"do": "post", "text": text, "id": name})
    rents, buses = ("rents", "3 contributions, 3 people"), ("buses", "2 contributions, 2 people")
    assert await told() == [rents, buses]
    assert await told("tag:RENTS") == [buses, ("sheds", "1 contribution, 1 person")]
    assert await told("tag:nothing") == []
    await house.command(made, made["tokens"]["chair"], {"do": "hide", "contribution": 2, "id": "h"})
    assert await told("tag:rents") == [buses]
