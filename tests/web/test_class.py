"""A debate for people under 18 on its pages: what is said to whoever is eleven, and whom to ask for help."""

from __future__ import annotations

import httpx
import pytest

from tests.web.conftest import ADMIN, House

PAGE = "/debates/high-street"
CLASS = {"under_18": True, "audience": "closed", "door": "code", "join_code": "pier 7"}
CONTACT = "Ms Obi, room 12"


async def class_room(house: House) -> httpx.AsyncClient:
    """Somebody in a class that is still in the lobby."""
    made = await house.debate(**CLASS, help_contact=CONTACT)
    await house.move(made, "announced", "lobby")
    browser = await house.browser()
    answer = await browser.post("/join/high-street", data={"code": "pier 7"})
    assert answer.status_code == 303
    return browser


@pytest.mark.parametrize(
    ("language", "words"), [("en", "Be kind"), ("de", "freundlich bleiben"), ("cy", "Bydd yn garedig")]
)
async def test_what_is_said(house: House, language: str, words: str) -> None:
    """At the door and above the floor stands what not to write and whom to tell, in the language read."""
    browser = await class_room(house)
    newcomer = await house.browser()
    asked = {"Accept-Language": language}
    for page in (
        await newcomer.get("/join/high-street", headers=asked),
        await browser.get(PAGE, headers=asked),
    ):
        assert page.status_code == 200
        assert words in page.text
        assert CONTACT in page.text


async def test_grown_ups_are_not_told(house: House) -> None:
    """In a debate for anybody nobody is told to be kind, and the contact stands there as ever."""
    await house.live(help_contact=CONTACT)
    page = (await (await house.browser()).get(PAGE)).text
    assert "Be kind" not in page
    assert CONTACT in page


async def test_the_form_makes_one(house: House) -> None:
    """The set-up form has a preset for a school class, and says at the field what is weaker."""
    admin = await house.client(ADMIN)
    page = (await admin.get("/debates/new")).text
    assert "School class" in page
    assert 'name="under_18" value="yes"' in page
