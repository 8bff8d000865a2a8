"""Two streams, by plain forms and by the API: what stands where, who carries in, who is offered a seat."""

from __future__ import annotations

import re
from typing import Any

import httpx

from tests.web.conftest import House
from tests.web.test_plain import PAGE, button, participant, sends, snapshot

Made = dict[str, Any]


async def two_streams(house: House) -> Made:
    """A live debate with two streams."""
    made = await house.live()
    await steers(house, made, "set_rules", posting="two_stream", pace_per_minute=0)
    return made


async def steers(house: House, made: Made, do: str, **fields: Any) -> None:
    """The chair does it."""
    await house.command(made, made["tokens"]["chair"], {"do": do, "id": do, **fields})


def stands(page: str) -> list[int]:
    """The contributions of the page, in its order."""
    return [
        int(number) for number in re.findall(r'data-contribution="(\d+)"', page.partition("<template")[0])
    ]


def article(page: str, number: int) -> str:
    found = re.search(rf'<article[^>]*id="c{number}".*?</article>', page, re.DOTALL)
    assert found is not None
    return found[0]


async def posted(browser: httpx.AsyncClient, text: str, **fields: Any) -> None:
    answer = await sends(browser, "post", text=text, **fields)
    assert answer.status_code == 303


async def test_carried_in_by_a_form(house: House) -> None:
    """Whoever sits is offered to carry in; then it stands at the end of the floor, as its author's, who is
    offered the free seat.
    """
    made = await two_streams(house)
    cleo, dan = await participant(house), await participant(house)
    await sends(dan, "take_seat")
    await steers(house, made, "open_seat")
    await posted(cleo, "A pool.")
    await posted(dan, "Whose pool?", reply_to=1)
    await posted(cleo, "Ours.", reply_to=2)

    page = (await dan.get(PAGE)).text
    assert "Beside it: the outer circle" in page
    assert stands(page) == [1, 2, 3]
    assert [button(page, "carry_in", str(number)) for number in (1, 2, 3)] == [True, False, True]
    assert "answers #2" in article(page, 3)
    assert not button((await cleo.get(PAGE)).text, "carry_in")

    answer = await sends(dan, "carry_in", contribution=1)
    assert (answer.status_code, answer.headers["location"]) == (303, f"{PAGE}#c1")
    page = (await cleo.get(PAGE)).text
    assert stands(page) == [2, 3, 1]
    name = (await snapshot(dan))["you"]["name"]
    assert f"Carried in by {name}." in article(page, 1)
    assert "data-carried" in article(page, 1)
    assert "It is your turn." in page
    assert button(page, "take_seat")
    assert stands((await cleo.get(f"{PAGE}?show=inner")).text) == [2, 1]
    assert stands((await cleo.get(f"{PAGE}?show=beside")).text) == [3]
    await sends(cleo, "take_seat")
    assert (await snapshot(cleo))["you"]["seat"]


async def test_a_promise_is_told(house: House) -> None:
    """With no seat free its author reads that the next one will be theirs, and so does a program."""
    await two_streams(house)
    cleo, dan = await participant(house), await participant(house)
    await sends(dan, "take_seat")
    await posted(cleo, "A pool.")
    await sends(dan, "carry_in", contribution=1)
    assert (await snapshot(cleo))["you"]["promised"] == 1
    told = "The next free seat will be offered to you."
    assert told in article((await cleo.get(PAGE)).text, 1)
    assert told not in article((await dan.get(PAGE)).text, 1)
    await sends(dan, "leave_seat")
    assert (await snapshot(cleo))["you"]["offered"]


async def test_the_chair_is_not_named(house: House) -> None:
    """To the public it is the chair who carries in; the record says whom a seat is promised to."""
    made = await two_streams(house)
    cleo = await participant(house)
    await posted(cleo, "A pool.")
    await steers(house, made, "carry_in", contribution=1)
    known = await snapshot(cleo)
    assert known["contributions"][0]["carried_in"]["by"] == "chair"
    assert "Carried in by the chair." in article((await cleo.get(PAGE)).text, 1)
    found = (await cleo.get("/api/v1/debates/high-street/records", params={"limit": 1000})).json()
    (record,) = [each for each in found["records"] if each["type"] == "contribution.carried_in"]
    assert (record["by"], record["contribution"], record["person"]) == ("chair", 1, known["you"]["person"])


async def test_hidden_after_it_was_carried_in(house: House) -> None:
    """What is hidden is gone from both streams, and so is the promise."""
    made = await two_streams(house)
    cleo, dan = await participant(house), await participant(house)
    await sends(dan, "take_seat")
    await posted(cleo, "A pool with a secret.")
    await sends(dan, "carry_in", contribution=1)
    await steers(house, made, "hide", contribution=1)
    assert "a secret" not in (await dan.get(PAGE)).text
    assert "promised" not in (await snapshot(cleo))["you"]


async def test_one_stream_has_nothing_of_it(house: House) -> None:
    """Under another rule the page knows no second stream, and offers nothing to carry."""
    await house.live()
    cleo = await participant(house)
    await posted(cleo, "A pool.")
    page = (await cleo.get(PAGE)).text
    assert not re.search(r"carry_in|stream-heads|js/streams|css/streams", page)
