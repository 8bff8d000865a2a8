"""Names on the pages: choosing one at the door, changing it, leaving, and the list of people."""

from __future__ import annotations

import re
from html import unescape

import httpx
import pytest

from tests.web.conftest import House
from tests.web.test_plain import ACT, PAGE, form_id, sends, snapshot

JOIN = "/join/high-street"


async def free(house: House, **rules: str) -> dict[str, object]:
    return await house.live(rules={"names": "free", **rules})


async def named(house: House, name: str) -> httpx.AsyncClient:
    browser = await house.browser()
    answer = await browser.post(JOIN, data={"name": name})
    assert answer.status_code == 303
    return browser


async def called(browser: httpx.AsyncClient) -> str:
    return str((await snapshot(browser))["you"]["name"])


async def test_the_door_asks_for_a_name(house: House) -> None:
    """Where names are free the door has a field for one, and takes what is typed; left empty, a pseudonym."""
    await free(house)
    page = (await (await house.browser()).get(JOIN)).text
    assert 'name="name"' in page
    assert await called(await named(house, " Siân  Ó Néill ")) == "Siân Ó Néill"
    assert re.fullmatch(r"\w+ \w+ \d+", await called(await named(house, " ")))


async def test_the_door_asks_for_none(house: House) -> None:
    """Where names are given there is no field, and a name sent along counts for nothing."""
    await house.live()
    assert 'name="name"' not in (await (await house.browser()).get(JOIN)).text
    assert await called(await named(house, "Siân")) != "Siân"


@pytest.mark.parametrize("name", ["СНАIR", "N\u200bora"])
async def test_a_name_refused_at_the_door(house: House, name: str) -> None:
    """It is said beside the field in words, in the reader's language, and what was typed stays."""
    await free(house)
    browser = await house.browser()
    answer = await browser.post(JOIN, data={"name": name}, headers={"Accept-Language": "de"})
    assert answer.status_code == 409
    (told,) = re.findall(r'id="name-error">([^<]+)<', answer.text)
    assert "Name" in told
    assert f'value="{name}"' in unescape(answer.text)
    assert 'aria-invalid="true"' in answer.text


async def test_a_program_chooses_a_name(house: House) -> None:
    """`join` takes the name, and refuses one that looks like another with its code."""
    await free(house)
    client = await house.client()
    made = await client.post("/api/v1/debates/high-street/join", json={"name": "Cleo"})
    assert (made.status_code, made.json()["name"], made.json()["handle"]) == (201, "Cleo", "Cleo")
    again = await client.post("/api/v1/debates/high-street/join", json={"name": "Сlео"})
    assert (again.status_code, again.json()["code"]) == (409, "name.looks_like")


async def test_another_name(house: House) -> None:
    """The menu of whoever takes part changes their name, everywhere they stand."""
    await free(house)
    cleo = await named(house, "Cleo")
    await sends(cleo, "post", text="Ours to keep.")
    answer = await sends(cleo, "rename", name="Cleo Marsh")
    assert (answer.status_code, answer.headers["location"]) == (303, PAGE)
    onlooker = (await (await house.client()).get(PAGE)).text
    assert "Cleo Marsh" in onlooker
    assert (await snapshot(cleo))["contributions"][0]["author"]["name"] == "Cleo Marsh"


async def test_another_name_refused(house: House) -> None:
    """It is said in the menu, which stands open, and what was typed stays."""
    await free(house)
    cleo = await named(house, "Cleo")
    answer = await sends(cleo, "rename", name="Moderator")
    assert answer.status_code == 409
    (menu,) = re.findall(r'<details class="menu you"( open)?>.*?</details>', answer.text, re.DOTALL)
    assert menu
    assert 'value="Moderator"' in answer.text
    assert 'id="new-name-wrong" role="alert"' in answer.text


async def test_a_name_that_waits(house: House) -> None:
    """Where moderators look first, the page says that the name waits, and what holds meanwhile."""
    made = await free(house, moderation="hold")
    cleo = await named(house, "Cleo")
    page = (await cleo.get(PAGE)).text
    assert "Cleo waits for the moderators" in page
    assert "Cleo" not in (await (await house.client()).get("/api/v1/debates/high-street")).text
    assert "Cleo" not in (await (await house.client()).get("/api/v1/debates/high-street/records")).text
    token = made["tokens"]["chair"]  # type: ignore[index]
    person = (await snapshot(cleo))["you"]["person"]
    await house.command(made, token, {"do": "refuse_name", "id": "n1", "person": person})
    assert "did not take the name" in (await cleo.get(PAGE)).text


async def test_given_names_are_not_changed(house: House) -> None:
    """Where names are given the menu of a participant has no field for one."""
    await house.live()
    cleo = await named(house, "")
    page = (await cleo.get(PAGE)).text
    assert 'id="new-name"' not in page
    assert 'value="leave"' in page


async def test_leaving(house: House) -> None:
    """Leaving is asked once; then the reader is an onlooker, and what they wrote stays."""
    await free(house)
    cleo = await named(house, "Cleo")
    await sends(cleo, "post", text="Ours to keep.")
    asked = await sends(cleo, "leave")
    assert asked.status_code == 200
    assert (await snapshot(cleo))["you"]["name"] == "Cleo"
    gone = await cleo.post(ACT, data={"do": "leave", "id": form_id(asked.text), "sure": "yes"})
    assert (gone.status_code, gone.headers["location"]) == (303, PAGE)
    after = await cleo.get(PAGE)
    assert "Ours to keep." in after.text
    assert 'id="own-name"' not in after.text


async def test_who_is_there(house: House) -> None:
    """Everybody by role, chair first; the role is the page's own mark, and a name that says one gets none."""
    await free(house)
    cleo = await named(house, "Cleo <b>Chair</b>".replace("Chair", "Chia"))
    page = (await cleo.get(f"{PAGE}/people")).text
    roles = re.findall(r'<li class="one" data-role="(\w+)"', page)
    assert roles == sorted(roles, key=["chair", "moderator", "speaker", "participant"].index)
    assert set(roles) == {"chair", "speaker", "participant"}
    marks = re.findall(r'<span class="role-mark[^>]*>([^<]+)<', page)
    assert marks.count("Chair") == roles.count("chair")
    assert marks.count("you") == 1
    assert "&lt;b&gt;" in page


async def test_who_is_there_in_a_closed_debate(house: House) -> None:
    """Whoever may not read the debate does not learn who is in it."""
    await house.live(audience="closed")
    assert (await (await house.client()).get(f"{PAGE}/people")).status_code == 404
