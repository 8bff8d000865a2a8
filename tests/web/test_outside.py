"""Those whom a debate keeps out: who waits at the door, and who was turned away.

What a closed audience keeps from them stays kept, on pages, over HTTP and on the stream.
"""

from __future__ import annotations

from typing import Any

import httpx
import pytest

from tests.web.conftest import House

D = "/api/v1/debates/high-street"
PAGE = "/debates/high-street"
CLOSED = {"audience": "closed", "door": "approve"}
SAID = "Nobody outside reads this sentence"


async def one_waits(house: House, **changes: Any) -> tuple[dict[str, Any], httpx.AsyncClient, str]:
    """A live debate in which something was said, somebody before its door, and their id."""
    made = await house.live(**{**CLOSED, **changes})
    chair = made["tokens"]["chair"]
    await house.command(made, chair, {"do": "post", "id": "said", "text": SAID})
    browser = await house.browser()
    answer = await browser.post(f"{D}/join", json={})
    assert answer.status_code == 201
    assert answer.json()["waiting"] is True
    return made, browser, answer.json()["person"]


async def admits(house: House, made: dict[str, Any], person: str, on: bool = True) -> None:
    asked = {"do": "admit", "id": f"{person} {on}", "person": person, "on": on}
    await house.command(made, made["tokens"]["chair"], asked)


async def test_waiting_before_a_closed_debate(house: House) -> None:
    """They find a page that says so, with the title and nothing else; once let in, a reload is the debate."""
    made, browser, person = await one_waits(house)
    page = await browser.get(PAGE)
    assert page.status_code == 200
    assert "You are at the door" in page.text
    assert "Who owns the high street?" in page.text
    assert SAID not in page.text
    assert "Ada Lind" not in page.text
    for path in ("", "/records", "/links"):
        assert (await browser.get(f"{D}{path}")).status_code == 404
    for path in ("/wall", "/people", "/policy", "/transcript.json", "/figures", "/replay"):
        assert (await browser.get(f"{PAGE}{path}")).status_code == 404, path
    await admits(house, made, person)
    assert SAID in (await browser.get(PAGE)).text
    assert (await browser.get(D)).json()["you"]["person"] == person


async def test_asking_whether_one_is_in(house: House) -> None:
    """Joining again is the question who one is: the same person, who waits, until they do not."""
    made, browser, person = await one_waits(house)
    again = (await browser.post(f"{D}/join", json={})).json()
    assert (again["person"], again["waiting"]) == (person, True)
    await admits(house, made, person)
    again = (await browser.post(f"{D}/join", json={})).json()
    assert (again["person"], "waiting" in again) == (person, False)


@pytest.mark.parametrize("audience", ["closed", "link"])
async def test_commands_while_waiting(house: House, audience: str) -> None:
    """Every command is told that they wait, also in a debate that they may not read."""
    made, browser, person = await one_waits(house, audience=audience)
    asked = {"do": "post", "id": "1", "text": "Let me say this."}
    (reply,) = (await browser.post(f"{D}/commands", json=asked)).json()
    assert (reply["ok"], reply["code"]) == (False, "door.waiting")
    await admits(house, made, person)
    (reply,) = (await browser.post(f"{D}/commands", json=asked)).json()
    assert reply["ok"], reply


async def test_waiting_where_anybody_reads(house: House) -> None:
    """They read on, are told that they wait, and nobody else reads of them."""
    made, browser, person = await one_waits(house, audience="link")
    page = (await browser.get(PAGE)).text
    assert SAID in page
    assert "You are at the door" in page
    assert (await browser.get(D)).json()["you"]["waiting"] is True
    onlooker = await house.client()
    for path in ("", "/records"):
        assert person not in (await onlooker.get(f"{D}{path}")).text
    seen = (await (await house.client(made["tokens"]["chair"])).get(D)).json()
    assert [one["person"] for one in seen["waiting"]] == [person]
    assert "waiting" not in (await onlooker.get(D)).json()
    await admits(house, made, person)
    assert person in (await onlooker.get(D)).text


async def test_turned_away(house: House) -> None:
    """They are told so, do not join again from there, and are let in on second thoughts."""
    made, browser, person = await one_waits(house)
    await admits(house, made, person, on=False)
    page = await browser.get(PAGE)
    assert (page.status_code, "You were not let in." in page.text) == (403, True)
    answer = await browser.post(f"{D}/join", json={})
    assert (answer.status_code, answer.json()["code"]) == (403, "door.turned_away")
    await admits(house, made, person)
    assert SAID in (await browser.get(PAGE)).text


async def test_the_blocked_do_not_come_back(house: House) -> None:
    """Whoever is blocked does not even wait again, unless the door is open to anybody."""
    made, browser, person = await one_waits(house, audience="link")
    await admits(house, made, person)
    chair = made["tokens"]["chair"]
    await house.command(made, chair, {"do": "block", "id": "b", "person": person, "reason": "insult"})
    answer = await browser.post(f"{D}/join", json={})
    assert (answer.status_code, answer.json()["code"]) == (403, "door.blocked")
    await house.command(made, chair, {"do": "set_door", "id": "o", "door": "open"})
    assert (await browser.post(f"{D}/join", json={})).status_code == 201


async def test_nobody_is_there_to_let_them_in(house: House) -> None:
    """The page says so while it is so, and the answer to a script too."""
    made, browser, _ = await one_waits(house)
    chair = await house.client(made["tokens"]["chair"])
    assert (await chair.get(D)).status_code == 200
    assert (await browser.post(f"{D}/join", json={})).json()["moderated"] is True
    assert 'id="nobody-there" hidden' in (await browser.get(PAGE)).text
    house.site.debates.all()[0].hub.here.clear()
    assert (await browser.post(f"{D}/join", json={})).json()["moderated"] is False
    assert 'id="nobody-there" hidden' not in (await browser.get(PAGE)).text


async def test_going_instead_of_waiting(house: House) -> None:
    """By a plain form: nobody sees them at the door any more, and they may ask again."""
    made, browser, _ = await one_waits(house)
    answer = await browser.post(f"{PAGE}/waiting")
    assert (answer.status_code, answer.headers["location"]) == (303, PAGE)
    chair = await house.client(made["tokens"]["chair"])
    assert (await chair.get(D)).json()["waiting"] == []
    assert "Join the debate" in (await browser.get(PAGE)).text
    assert (await browser.post(f"{D}/join", json={})).status_code == 201
    assert (await (await house.browser()).post(f"{PAGE}/waiting")).status_code == 303


async def test_joining_by_the_plain_form(house: House) -> None:
    """The page they are led to says that they wait, and gives them the link to come back by, once."""
    await house.live(**CLOSED)
    browser = await house.browser()
    assert (await browser.post("/join/high-street", data={})).status_code == 303
    page = (await browser.get(PAGE)).text
    assert "You are at the door" in page
    secret = page.partition("/join/high-street#")[2].partition('"')[0]
    assert "#" + secret not in (await browser.get(PAGE)).text
    elsewhere = await house.browser()
    answer = await elsewhere.post("/api/v1/session", json={"secret": secret})
    assert (answer.status_code, answer.json()["go"]) == (200, PAGE)
    assert "You are at the door" in (await elsewhere.get(PAGE)).text


async def test_in_the_log_of_moderation(house: House) -> None:
    """Letting in and turning away are there, by whom."""
    made, _, person = await one_waits(house)
    await admits(house, made, person, on=False)
    await admits(house, made, person)
    organiser = await house.client(made["tokens"]["organiser"])
    log = (await organiser.get(f"{PAGE}/moderation.json")).json()
    acts = [(each["act"], each["role"]) for each in log["entries"] if each["person"] == person]
    assert acts == [("person.turned_away", "chair"), ("person.admitted", "chair")]
