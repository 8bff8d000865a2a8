"""The organiser's page for erasing: nothing goes unasked, and what goes is gone. (Rights: test_access.)"""

from typing import Any

import httpx
import pytest

from tests.web.conftest import ADMIN, House

PAGE = "/debates/high-street/erase"


async def spoken(house: House) -> tuple[dict[str, Any], httpx.AsyncClient]:
    """A debate with two contributions by one person and one by another, and its organiser's browser."""
    made = await house.live()
    for number, name in enumerate(("Ada Lind", "Ada Lind", "Bo Marsh")):
        post = {"do": "post", "text": f"Word {number}.", "id": str(number)}
        await house.command(made, made["tokens"][name], post)
    return made, await house.browser(made["tokens"]["organiser"])


async def texts(house: House, made: dict[str, Any]) -> list[str | None]:
    organiser = await house.client(made["tokens"]["organiser"])
    file = (await organiser.get("/debates/high-street/transcript.json")).json()
    return [each["text"] for each in file["contributions"]]


async def test_a_contribution(house: House) -> None:
    """The first sending shows the text and erases nothing; the second erases it and nothing else."""
    made, browser = await spoken(house)
    form = {"contribution": "2", "person": "", "reason": "names a neighbour"}
    asked = await browser.post(PAGE, data=form)
    assert asked.status_code == 200
    assert "Word 1." in asked.text
    assert 'name="sure"' in asked.text
    assert await texts(house, made) == ["Word 0.", "Word 1.", "Word 2."]
    done = await browser.post(PAGE, data={**form, "sure": "yes"})
    assert (done.status_code, done.headers["location"]) == (303, f"{PAGE}?done=yes")
    assert "It is erased." in (await browser.get(done.headers["location"])).text
    assert await texts(house, made) == ["Word 0.", None, "Word 2."]


async def test_a_person(house: House) -> None:
    """A person goes with the name and all texts; the page says how many before, and offers them no more."""
    made, browser = await spoken(house)
    snapshot = (await browser.get("/api/v1/debates/high-street")).json()
    ada = next(each["person"] for each in snapshot["people"] if each["name"] == "Ada Lind")
    form = {"contribution": "", "person": ada, "reason": "asked to"}
    asked = await browser.post(PAGE, data=form)
    assert "the texts of 2 contributions" in asked.text
    await browser.post(PAGE, data={**form, "sure": "yes"})
    assert await texts(house, made) == [None, None, "Word 2."]
    page = (await browser.get(PAGE)).text
    assert "Ada Lind" not in page
    assert "Bo Marsh" in page


@pytest.mark.parametrize(
    ("form", "said"),
    [
        ({"contribution": "1", "reason": " "}, "A reason is needed"),
        ({"contribution": "1", "person": "p1", "reason": "x"}, "not both"),
        ({"reason": "x"}, "not both"),
        ({"contribution": "one", "reason": "x"}, "not both"),
        ({"contribution": "99", "reason": "x"}, "nothing of this number"),
        ({"person": "nobody", "reason": "x"}, "nothing of this number"),
    ],
)
async def test_what_cannot_be_erased(house: House, form: dict[str, str], said: str) -> None:
    """What names nothing, or both, or has no reason is refused beside the form, sure or not."""
    made, browser = await spoken(house)
    for sure in ({}, {"sure": "yes"}):
        answer = await browser.post(PAGE, data={**form, **sure})
        assert answer.status_code == 422
        assert said in answer.text
    assert await texts(house, made) == ["Word 0.", "Word 1.", "Word 2."]


async def test_by_the_administrator(house: House) -> None:
    """Whoever runs the service may erase as the organiser may."""
    made, _ = await spoken(house)
    admin = await house.client(ADMIN)
    form = {"contribution": "1", "reason": "a court asked", "sure": "yes"}
    assert (await admin.post(PAGE, data=form)).status_code == 303
    assert await texts(house, made) == [None, "Word 1.", "Word 2."]


async def test_after_the_archive(house: House) -> None:
    """What is archived can be erased from too; the next seal says what was changed."""
    made, browser = await spoken(house)
    await house.move(made, "wrap_up", "correction", "archived")
    await house.site.seals.renew("high-street")
    await browser.post(PAGE, data={"contribution": "3", "reason": "asked to", "sure": "yes"})
    seals, _ = await house.site.seals.renew("high-street")
    assert [seal.changed for seal in seals] == [(), ("contribution.erased 3",)]
    assert "contribution.erased 3" in (await browser.get("/debates/high-street/transcript")).text
