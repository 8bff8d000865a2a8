"""Leaving a browser that others use after us."""

from __future__ import annotations

import httpx
import pytest

from tests.web.conftest import ADMIN, House


async def test_one_debate(house: House) -> None:
    """Who leaves one debate is nobody there, and the same as before in the others; their link stays good."""
    one, other = await house.live(), await house.live(slug="other", audience="closed")
    ada = one["tokens"]["Ada Lind"]
    browser = await house.browser(ada)
    await browser.post("/api/v1/session", json={"secret": other["tokens"]["chair"]})
    page = (await browser.get("/")).text
    assert page.count('action="/forget"') == 3
    assert '<b dir="auto">Ada Lind</b>, Speaker' in page

    answer = await browser.post("/forget", data={"debate": "high-street"})
    assert (answer.status_code, answer.headers["location"]) == (303, "/")
    assert "set-cookie" not in answer.headers
    assert (await browser.get("/api/v1/debates/high-street")).json()["you"] is None
    assert (await browser.get("/api/v1/debates/other")).json()["you"]["role"] == "chair"
    assert "Ada Lind" not in (await browser.get("/")).text
    again = await house.browser(ada)
    assert (await again.get("/api/v1/debates/high-street")).json()["you"]["name"] == "Ada Lind"


async def test_all_of_them(house: House) -> None:
    """Who leaves them all is nobody anywhere, the administrator too, and the cookie goes."""
    made = await house.live()
    browser = await house.browser(ADMIN)
    await browser.post("/api/v1/session", json={"secret": made["tokens"]["organiser"]})
    cookie = browser.cookies["fishbowl"]
    answer = await browser.post("/forget", data={"all": "yes"})
    assert "Max-Age=0" in answer.headers["set-cookie"]
    assert "fishbowl" not in browser.cookies
    kept = await house.client(Cookie=f"fishbowl={cookie}")
    assert (await kept.get("/debates/new")).status_code == 401
    assert (await kept.get("/debates/high-street/links")).status_code == 403
    assert 'action="/forget"' not in (await kept.get("/")).text


async def test_the_administrator(house: House) -> None:
    """The administrator leaves as such, and stays who they are in a debate."""
    made = await house.live()
    browser = await house.browser(ADMIN)
    await browser.post("/api/v1/session", json={"secret": made["tokens"]["organiser"]})
    await browser.post("/forget", data={"debate": ""})
    assert (await browser.get("/debates/new")).status_code == 401
    page = await browser.get("/")
    assert "/debates/high-street/links" in page.text  # the organiser's list


@pytest.mark.parametrize(("headers", "status"), [({}, 400), ({"Origin": "https://elsewhere.example"}, 403)])
async def test_odd_forms(house: House, headers: dict[str, str], status: int) -> None:
    """Another site's page makes nobody leave, and a form of nobody's is refused."""
    made = await house.live()
    browser = await house.browser(made["tokens"]["Ada Lind"])
    data = {"all": "yes"} if headers else {}
    answer: httpx.Response = await browser.post("/forget", data=data, headers=headers)
    assert answer.status_code == status
    assert (await browser.get("/api/v1/debates/high-street")).json()["you"]["name"] == "Ada Lind"


async def test_who_is_nobody(house: House) -> None:
    """Who holds nothing is led to the front page, and given nothing."""
    answer = await (await house.client()).post("/forget", data={"all": "yes"})
    assert (answer.status_code, "set-cookie" in answer.headers) == (303, False)
