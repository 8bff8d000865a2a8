"""The reader's language: asked for, chosen, kept, and the way back from choosing it."""

import re
from html import unescape

import pytest

from tests.web.conftest import ADMIN, ORIGIN, House


def language_of(page: str) -> str:
    found = re.search(r'<html lang="([^"]+)"', page)
    assert found is not None
    return found[1]


async def test_the_browser_is_listened_to(house: House) -> None:
    """A page comes in the language the browser asks for, and says so."""
    browser = await house.browser()
    answer = await browser.get("/", headers={"Accept-Language": "fr, de-AT;q=0.8, en;q=0.5"})
    assert language_of(answer.text) == answer.headers["content-language"] == "de"
    assert "Accept-Language" in answer.headers["vary"]
    assert language_of((await browser.get("/")).text) == "en"


async def test_a_choice_is_kept(house: House) -> None:
    """Who chooses a language keeps it, whatever their browser asks for, and is nobody for it."""
    made = await house.live(audience="public")
    browser = await house.browser()
    address = f"/debates/{made['slug']}"
    page = (await browser.get(address)).text
    assert f'name="back" value="{address}"' in page
    chosen = await browser.post("/language", data={"language": "cy", "back": address})
    assert (chosen.status_code, chosen.headers["location"]) == (303, address)
    cookie = chosen.headers["set-cookie"]
    assert cookie.startswith("language=cy; ")
    assert "HttpOnly" in cookie
    assert "SameSite=Lax" in cookie
    assert set(browser.cookies) == {"language"}
    page = (await browser.get(address, headers={"Accept-Language": "de"})).text
    assert language_of(page) == "cy"
    assert 'data-you=""' in page


@pytest.mark.parametrize(
    ("back", "referer", "location"),
    [
        ("/debates/a", f"{ORIGIN}/debates/a?show=q3", "/debates/a?show=q3"),
        ("/debates/a", f"{ORIGIN}/debates/b?show=q3", "/debates/a"),
        ("/debates/a", "http://[", "/debates/a"),
        ("//evil.example/", f"{ORIGIN}/", "/"),
        ("/\\evil.example", f"{ORIGIN}/", "/"),
        ("https://evil.example/", f"{ORIGIN}/", "/"),
        ("/a\r\nSet-Cookie: x=y", f"{ORIGIN}/", "/"),
        ("", f"{ORIGIN}/debates/a?show=q3", "/debates/a?show=q3"),
        ("", "https://evil.example//evil.example/?a", "/"),
        ("", "", "/"),
    ],
)
async def test_the_way_back_stays_here(house: House, back: str, referer: str, location: str) -> None:
    """Choosing leads back to the page, filter and all; never to another site."""
    browser = await house.browser()
    answer = await browser.post(
        "/language", data={"language": "de", "back": back}, headers={"Referer": referer}
    )
    assert (answer.status_code, answer.headers["location"]) == (303, location)


async def test_no_other_language_and_no_other_site(house: House) -> None:
    """What is none of our languages is refused, and so is another site's form; neither leaves a cookie."""
    browser = await house.browser()
    nonsense = await browser.post("/language", data={"language": "tlh; Path=/x", "back": "/"})
    assert (nonsense.status_code, "set-cookie" in nonsense.headers) == (400, False)
    foreign = await browser.post(
        "/language", data={"language": "de", "back": "/"}, headers={"Origin": "https://evil.example"}
    )
    assert (foreign.status_code, "set-cookie" in foreign.headers) == (403, False)


async def test_every_page_offers_the_languages(house: House) -> None:
    """All pages but the wall have the choice; the answer to a form has not, since it would be lost."""
    made = await house.live()
    admin = await house.browser(ADMIN)
    chair = await house.browser(made["tokens"]["chair"])
    debate = f"/debates/{made['slug']}"
    for browser, address in [
        (admin, "/"),
        (admin, "/admin"),
        (admin, "/debates/new"),
        (admin, f"{debate}/links"),
        (admin, f"/join/{made['slug']}"),
        (admin, "/nowhere"),
        (chair, debate),
        (chair, f"{debate}/chair"),
    ]:
        page = (await browser.get(address)).text
        names = re.findall(r'<button name="language" value="(\w+)" lang="\1"[^>]*>(\w+)</button>', page)
        assert names == [("en", "English"), ("cy", "Cymraeg"), ("de", "Deutsch")], address
    assert '<button name="language"' not in (await chair.get(f"{debate}/wall")).text
    assert '<button name="language"' not in (await admin.post("/debates/new", data={"title": "Mine"})).text


async def test_what_is_said_in_another_language_says_so(house: House) -> None:
    """What the debate says comes in the reader's language where it exists in it, and is marked where not."""
    made = await house.live(
        title={"en": "Who owns the sea?", "de": "Wem gehört das Meer?"},
        introduction="Tides turn.",
        questions=[{"text": {"en": "Who?", "de": "Wem?"}}, {"text": "Why?"}],
        audience="public",
    )
    token = made["tokens"]["Ada Lind"]
    await house.command(made, token, {"do": "post", "text": "Nobody", "id": "1"})
    await house.command(made, token, {"do": "post", "text": "Niemand", "language": "de", "id": "2"})
    address = f"/debates/{made['slug']}"
    client = await house.client()
    german = unescape((await client.get(address, headers={"Accept-Language": "de"})).text)
    assert "<h1>Wem gehört das Meer?</h1>" in german
    assert re.search(r'data-part="text">Wem\?<', german)
    assert re.search(r'data-part="text" lang="en">Why\?<', german)
    assert re.search(r'data-part="text" dir="auto" lang="en">\s*Nobody', german)
    assert re.search(r'data-part="text" dir="auto">\s*Niemand', german)
    welsh = unescape((await client.get(address, headers={"Accept-Language": "cy"})).text)
    assert '<h1 lang="en">Who owns the sea?</h1>' in welsh
    assert re.search(r'data-part="text" dir="auto" lang="de">\s*Niemand', welsh)


async def test_roles_are_called_in_the_debates_language(house: House) -> None:
    """Who has no name of their own is called by their role, in the language of the debate, and numbered."""
    made = await house.live(language="de-AT")
    organiser = await house.client(made["tokens"]["organiser"])
    for _ in range(2):
        address = f"/api/v1/debates/{made['slug']}/links"
        assert (await organiser.post(address, json={"role": "moderator"})).status_code == 201
    listed = (await organiser.get(f"/api/v1/debates/{made['slug']}")).json()["people"]
    names = [person["name"] for person in listed]
    assert set(names) == {"Leitung", "Moderation", "Moderation 2", "Ada Lind", "Bo Marsh"}
