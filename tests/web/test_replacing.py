"""A speaker who cancels, over HTTP and by the sheet of links: the old link ends, and there is a new one."""

from __future__ import annotations

import re
from typing import Any

import httpx

from tests.web.conftest import House

API = "/api/v1/debates/high-street"
SHEET = "/debates/high-street/links"


async def organiser(house: House, made: dict[str, Any]) -> httpx.AsyncClient:
    return await house.client(made["tokens"]["organiser"])


async def links(client: httpx.AsyncClient) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = (await client.get(f"{API}/links")).json()["links"]
    return found


async def test_over_http(house: House) -> None:
    """The old link opens nothing from then on, the new one the seat; everybody reads who came instead."""
    made = await house.live()
    client = await organiser(house, made)
    old = next(one for one in await links(client) if one["role"] == "speaker")
    before = await house.client(made["tokens"][old["name"]])
    seat = (await before.get(API)).json()["you"].get("seat") or 1
    answer = await client.post(
        f"{API}/links",
        json={"instead_of": old["person"], "name": "Nora Lind", "affiliation": "Roof gardens"},
    )
    assert answer.status_code == 201, answer.text
    new = answer.json()
    assert (new["name"], new["role"]) == ("Nora Lind", "speaker")
    assert (await before.get(API)).json().get("you") is None
    secret = {"secret": made["tokens"][old["name"]]}
    assert (await (await house.browser()).post("/api/v1/session", json=secret)).status_code == 404

    nora = await house.client(new["token"])
    known = (await nora.get(API)).json()
    assert known["you"]["name"] == "Nora Lind"
    assert old["person"] not in [one["person"] for one in known["people"]]
    assert next(one for one in known["seats"] if one["seat"] == seat)["speaker"] == new["person"]
    records = (await nora.get(f"{API}/records", params={"limit": 1000})).json()["records"]
    (told,) = [one for one in records if one["type"] == "person.replaced"]
    assert (told["by"], told["name"], told["successor_name"]) == ("organiser", old["name"], "Nora Lind")
    assert old["person"] not in [one["person"] for one in await links(client)]
    again = await client.post(f"{API}/links", json={"person": old["person"]})
    assert (again.status_code, again.json()["code"]) == (400, "person.unknown")


async def test_who_may(house: House) -> None:
    """The organiser alone; what is missing or wrong is refused, and nobody is replaced."""
    made = await house.live()
    client = await organiser(house, made)
    speaker = next(one["person"] for one in await links(client) if one["role"] == "speaker")
    asked = {"instead_of": speaker, "name": "Nora Lind"}
    chair = await house.client(made["tokens"]["chair"])
    assert (await chair.post(f"{API}/links", json=asked)).status_code == 403
    for wrong, code in (
        ({"instead_of": speaker}, "bad_request"),
        ({"instead_of": 7, "name": "Nora Lind"}, "bad_request"),
        ({**asked, "bio": 7}, "bad_request"),
        ({**asked, "instead_of": "nobody"}, "person.unknown"),
        ({**asked, "name": "  "}, "bad_request"),
    ):
        answer = await client.post(f"{API}/links", json=wrong)
        assert (answer.status_code, answer.json()["code"]) == (400, code)
    assert speaker in [one["person"] for one in await links(client)]


async def test_by_the_sheet(house: House) -> None:
    """The form stands beside each speaker; the new link is shown once; a name that is taken is said there."""
    made = await house.live()
    browser = await house.browser(made["tokens"]["organiser"])
    page = (await browser.get(SHEET)).text
    person = re.findall(r'name="instead_of" value="([^"]+)"', page)[0]
    others = [name for name in made["tokens"] if name not in ("chair", "organiser")]
    taken = await browser.post(SHEET, data={"do": "replace", "instead_of": person, "name": others[-1]})
    assert taken.status_code == 409
    assert 'class="instead no-print" open' in taken.text
    answer = await browser.post(
        SHEET, data={"do": "replace", "instead_of": person, "name": "Nora Lind", "affiliation": ""}
    )
    assert answer.status_code == 303
    page = (await browser.get(SHEET)).text
    assert "Nora Lind" in page
    assert "/join/high-street#" in page
    assert person not in page
    assert "/join/high-street#" not in (await browser.get(SHEET)).text
