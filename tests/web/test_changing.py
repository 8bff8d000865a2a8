"""The organiser's form for a debate that there is: it changes what was changed in it, and no more."""

from __future__ import annotations

import re
from html import unescape
from typing import Any

import httpx
import pytest

from tests.web.conftest import ADMIN, House

EDIT = "/debates/high-street/edit"
DELETE = "/debates/high-street/delete"


async def filled(browser: httpx.AsyncClient) -> dict[str, str]:
    """The form's fields as the page fills them."""
    page = (await browser.get(EDIT)).text
    fields = {"was": re.findall(r'name="was" value="([^"]*)"', page)[0]}
    for tag in re.findall(r"<input[^>]*>", page.partition('id="setup"')[2]):
        name, value = re.search(r'name="(\w+)"', tag), re.search(r'value="([^"]*)"', tag)
        if name and value and ('type="radio"' not in tag or "checked" in tag):
            fields[name[1]] = value[1]
    fields |= dict(re.findall(r'<textarea[^>]*name="(\w+)"[^>]*>\n(.*?)</textarea>', page, re.DOTALL))
    return {name: unescape(value) for name, value in fields.items()}


async def debate(browser: httpx.AsyncClient) -> dict[str, Any]:
    found: dict[str, Any] = (await browser.get("/api/v1/debates/high-street")).json()["debate"]
    return found


async def test_nothing_changed(house: House) -> None:
    """A form sent as it came changes nothing, and says of nothing that it was changed."""
    made = await house.live(
        door="code", join_code="minnow", title={"en": "Who?", "de": "Wer?", "fr": "Qui ?"}
    )
    browser = await house.browser(made["tokens"]["organiser"])
    before = (await browser.get("/api/v1/debates/high-street")).json()
    answer = await browser.post(EDIT, data=await filled(browser))
    assert (answer.status_code, answer.headers["location"]) == (303, EDIT)
    after = (await browser.get("/api/v1/debates/high-street")).json()
    assert (after["seq"], after["debate"]) == (before["seq"], before["debate"])


async def test_changing(house: House) -> None:
    """What is changed in the form is changed in the debate, in one step, and the page says what."""
    made = await house.live(title={"en": "Who?", "fr": "Qui ?"}, timezone="Europe/London")
    browser = await house.browser(made["tokens"]["organiser"])
    form = await filled(browser)
    assert (form["title"], form["date"], form["time"]) == ("Who?", "2026-01-31", "19:00")
    form |= {
        "title": "Whose street?",
        "title_de": "Wessen Straße?",
        "introduction": "One.\r\n\r\nTwo.",
        "hashtags": "#street",
        "time": "20:15",
        "exit": "chair",
        "door": "code",
        "join_code": "perch",
        "organisation": "The town",
        "held_words": "numpty\r\nshut it down, cobblers\r\n",
    }
    answer = await browser.post(EDIT, data=form)
    assert answer.status_code == 303
    held = await debate(browser)
    assert held["title"] == {"en": "Whose street?", "de": "Wessen Straße?", "fr": "Qui ?"}
    assert (held["introduction"], held["hashtags"]) == ("One.\n\nTwo.", ["street"])
    assert (held["starts_at"], held["rules"]["exit"]) == ("2026-01-31T20:15:00.000Z", "chair")
    assert (held["door"], held["join_code"], held["organisation"]) == ("code", "perch", "The town")
    assert held["held_words"] == ["numpty", "shut it down", "cobblers"]
    assert (await filled(browser))["held_words"] == "numpty\nshut it down\ncobblers"
    assert (held["minutes"], held["audience"], held["rules"]["entry"]) == (60, "link", "queue")
    said = re.search(r'id="changed">([^<]*)<', (await browser.get(answer.headers["location"])).text)
    assert said is not None
    for field in ("Title", "Introduction", "Hashtags", "Starts at", "Who may join?", "Code"):
        assert field in said[1]
    assert "Minutes" not in said[1]
    gone = await filled(browser) | {"organisation": "", "held_words": ""}
    await browser.post(EDIT, data=gone)
    assert not {"organisation", "held_words"} & (await debate(browser)).keys()


async def test_a_form_that_lay_open(house: House) -> None:
    """What the chair changed while the form lay open stays, unless it was changed in the form too."""
    made = await house.live()
    browser = await house.browser(made["tokens"]["organiser"])
    form = await filled(browser)
    chair = made["tokens"]["chair"]
    await house.command(made, chair, {"do": "set_door", "door": "shut", "id": "d"})
    await browser.post(EDIT, data=form | {"title": "Another"})
    held = await debate(browser)
    assert (held["title"], held["door"]) == ("Another", "shut")


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"title": " "}, "title"),
        ({"title_de": "x" * 300}, "title_de"),
        ({"date": "soon"}, "date"),
        ({"minutes": "long"}, "minutes"),
        ({"door": "code"}, "join_code"),
        ({"hashtags": "#1"}, "hashtags"),
    ],
)
async def test_what_is_wrong(house: House, changes: dict[str, str], field: str) -> None:
    """A mistake is told at its field, what was typed stays, and nothing is changed."""
    made = await house.live()
    browser = await house.browser(made["tokens"]["organiser"])
    before = await debate(browser)
    typed = {"organisation": "Typed here", **changes}
    answer = await browser.post(EDIT, data=await filled(browser) | typed)
    assert answer.status_code == 422
    assert re.findall(r'id="([a-z_]+)-error"', answer.text) == [field]
    assert 'value="Typed here"' in answer.text
    assert await debate(browser) == before


async def test_over(house: House) -> None:
    """Of an archived debate nothing is changed any more; the page says so, and keeps what was typed."""
    made = await house.live()
    await house.move(made, "wrap_up", "correction", "archived")
    browser = await house.browser(made["tokens"]["organiser"])
    answer = await browser.post(EDIT, data=await filled(browser) | {"title": "Later"})
    assert (answer.status_code, 'id="title-error"' in answer.text) == (422, True)
    assert "archived" in answer.text
    assert (await debate(browser))["title"] == "Who owns the high street?"


async def test_deleting(house: House) -> None:
    """Deleting is asked once; then the debate is gone for everybody."""
    made = await house.live()
    browser = await house.browser(made["tokens"]["organiser"])
    assert "Delete this debate?" in (await browser.get(DELETE)).text
    assert (await browser.post(DELETE, data={})).headers["location"] == DELETE
    assert (await browser.get("/debates/high-street")).status_code == 200
    assert (await browser.post(DELETE, data={"sure": "yes"})).headers["location"] == "/"
    assert (await browser.get("/debates/high-street")).status_code == 404
    assert house.site.debates.all() == []


@pytest.mark.parametrize("path", [EDIT, DELETE])
async def test_for_organisers_alone(house: House, path: str) -> None:
    """The chair, a speaker and an onlooker are refused; the administrator is not; nothing is changed."""
    made = await house.live()
    for token in ("chair", "Ada Lind", None):
        browser = await house.browser(made["tokens"][token] if token else None)
        assert (await browser.get(path)).status_code == 403
        assert (await browser.post(path, data={"sure": "yes", "title": "Mine"})).status_code == 403
    assert (await (await house.browser(ADMIN)).get(path)).status_code == 200
    assert (await (await house.client()).get(path.replace("high-street", "no-such"))).status_code == 404


@pytest.mark.parametrize("was", ["", "{", "[1]", '{"title":5}', '{"slug":"x"}', '{"questions":"x"}'])
async def test_odd_forms(house: House, was: str) -> None:
    """A form that does not say what it was filled with changes nothing."""
    made = await house.live()
    browser = await house.browser(made["tokens"]["organiser"])
    before = await debate(browser)
    answer = await browser.post(EDIT, data={"was": was, "title": "New", "slug": "y", "questions": "Z?"})
    assert answer.status_code in (303, 422)
    assert await debate(browser) == before
