"""The pages: what they answer, to whom they show what, and that they work as plain forms."""

import re
from html import unescape
from typing import Any

import httpx
import pytest

from tests.web.conftest import ADMIN, ORIGIN, House

FORM = {
    "title": "Who owns the high street?",
    "hashtags": "#highstreet fishbowl",
    "introduction": "Shops close.",
    "date": "2026-03-01",
    "time": "19:30",
    "timezone": "Europe/London",
    "minutes": "45",
    "questions": "1. Who owns it? (10 min)\n2. Who should?",
    "speakers": "Ada Lind, Town council\nBo Marsh",
    "open_seats": "2",
    "posting": "classic",
    "entry": "claim",
    "exit": "chair",
    "audience": "closed",
    "door": "code",
    "join_code": "minnow",
}


async def administrator(house: House) -> httpx.AsyncClient:
    return await house.browser(ADMIN)


def links_in(page: str) -> list[str]:
    """The personal links a page shows."""
    return re.findall(rf'value="({ORIGIN}/join/[^"]*#[^"]*)"', page)


async def test_the_front_page(house: House) -> None:
    """The front page lists public debates and those one is in; to the administrator all, drafts too."""
    await house.debate(slug="draft", title="A draft", audience="public")
    public = await house.live(slug="public", title="For all", audience="public")
    link = await house.live(slug="by-link", title="By link")
    nobody = (await (await house.client()).get("/")).text
    assert ("For all" in nobody, "By link" in nobody, "A draft" in nobody) == (True, False, False)
    speaker = (await (await house.browser(link["tokens"]["Ada Lind"])).get("/")).text
    assert ("For all" in speaker, "By link" in speaker, "A draft" in speaker) == (True, True, False)
    admin = (await (await administrator(house)).get("/")).text
    assert ("For all" in admin, "By link" in admin, "A draft" in admin) == (True, True, True)
    assert "/debates/new" in admin
    assert "/debates/new" not in nobody
    assert public["slug"] == "public"


async def test_the_debate_page(house: House) -> None:
    """The page holds the debate as its reader sees it, readable without scripts, and nothing inline."""
    made = await house.live()
    await house.command(made, made["tokens"]["Ada Lind"], {"do": "post", "text": "<b>& so on</b>", "id": "1"})
    page = await (await house.client()).get("/debates/high-street")
    assert (page.status_code, page.headers["content-type"]) == (200, "text/html; charset=utf-8")
    assert "&lt;b&gt;&amp; so on&lt;/b&gt;" in page.text
    assert "<b>& so" not in page.text
    for part in ('data-slug="high-street"', 'data-live="/api/v1/debates/high-street/live"', "Who should?"):
        assert part in page.text
    assert not re.search(r"<script(?![^>]*\bsrc=)|<style|\sstyle=|\son[a-z]+=\"", page.text)


@pytest.mark.parametrize(("audience", "robots"), [("public", None), ("link", "noindex, nofollow")])
async def test_search_engines(house: House, audience: str, robots: str | None) -> None:
    """Only a public debate is for search engines."""
    await house.live(audience=audience)
    page = await (await house.client()).get("/debates/high-street")
    assert page.headers.get("x-robots-tag") == robots


@pytest.mark.parametrize(
    "phase", ["announced", "lobby", "live", "paused", "wrap_up", "correction", "archived"]
)
async def test_every_phase_has_its_pages(house: House, phase: str) -> None:
    """In every phase, and for every role, debate, console and wall are pages and not errors."""
    made = await house.debate()
    moves = {
        "announced": ["announced"],
        "lobby": ["lobby"],
        "live": ["lobby", "live"],
        "paused": ["lobby", "live", "paused"],
        "wrap_up": ["lobby", "live", "wrap_up"],
        "correction": ["lobby", "live", "wrap_up", "correction"],
        "archived": ["lobby", "live", "wrap_up", "correction", "archived"],
    }[phase]
    for to in moves:
        await house.move(made, to)
        if to == "live":
            await house.command(made, made["tokens"]["Ada Lind"], {"do": "post", "text": "Q1!", "id": "1"})
            await house.command(
                made, made["tokens"]["Bo Marsh"], {"do": "post", "text": "Yes", "reply_to": 1, "id": "1"}
            )
    for token in (None, made["tokens"]["Ada Lind"], made["tokens"]["chair"], made["tokens"]["organiser"]):
        client = await house.client(token)
        for place in ("", "/wall"):
            assert (await client.get(f"/debates/high-street{place}")).status_code == 200, place
    assert (
        await (await house.client(made["tokens"]["chair"])).get("/debates/high-street/chair")
    ).status_code == 200


async def test_set_up(house: House) -> None:
    """The form makes a debate and leads to its sheet, which shows every link with its secret, once."""
    browser = await administrator(house)
    assert (await browser.get("/debates/new")).status_code == 200
    answer = await browser.post("/debates/new", data=FORM)
    path = answer.headers["location"]
    assert (answer.status_code, path) == (303, "/debates/who-owns-the-high-street/links")
    assert links_in((await (await house.client(ADMIN)).get(path)).text) == []
    made = await browser.get(path)
    links = links_in(made.text)
    assert len(links) == len(set(links)) == 4
    assert made.headers["cache-control"] == "no-store"
    organiser = await house.client(links[0].partition("#")[2])
    snapshot = (await organiser.get("/api/v1/debates/who-owns-the-high-street")).json()
    debate = snapshot["debate"]
    assert debate["starts_at"] == "2026-03-01T19:30:00.000Z"
    assert (debate["minutes"], debate["audience"], debate["door"]) == (45, "closed", "code")
    assert debate["hashtags"] == ["highstreet", "fishbowl"]
    assert [debate["rules"][rule] for rule in ("posting", "entry", "exit")] == ["classic", "claim", "chair"]
    assert [each["text"] for each in snapshot["questions"]] == ["Who owns it?", "Who should?"]
    assert [seat["kind"] for seat in snapshot["seats"]] == ["reserved", "reserved", "open", "open"]
    again = await browser.get(path)
    assert (again.status_code, links_in(again.text)) == (200, [])


async def test_set_up_twice(house: House) -> None:
    """Two debates of one title get addresses of their own."""
    browser = await administrator(house)
    for _ in range(3):
        assert (await browser.post("/debates/new", data=FORM)).status_code == 303
    assert sorted(debate.slug for debate in house.site.debates.all()) == [
        "who-owns-the-high-street", "who-owns-the-high-street-2", "who-owns-the-high-street-3"
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"title": " "}, "title"),
        ({"hashtags": "#ok #2026"}, "hashtags"),
        ({"date": ""}, "date"),
        ({"date": "1 March"}, "date"),
        ({"time": "late"}, "date"),
        ({"timezone": "Atlantis"}, "timezone"),
        ({"minutes": "an hour"}, "minutes"),
        ({"questions": ""}, "questions"),
        ({"speakers": "Ada Lind\nAda Lind"}, "speakers"),
        ({"open_seats": "99"}, "open_seats"),
        ({"entry": "loudest"}, "entry"),
        ({"door": "code", "join_code": ""}, "join_code"),
    ],
)
async def test_what_is_wrong_in_the_form(house: House, changes: dict[str, str], field: str) -> None:
    """A mistake is told at its field; what was typed stays, and nothing is made."""
    browser = await administrator(house)
    answer = await browser.post("/debates/new", data=FORM | changes)
    assert answer.status_code == 422
    assert f'id="{field}-error"' in answer.text
    assert len(re.findall(r'id="[a-z_]+-error"', answer.text)) == 1
    assert "Town council" in answer.text or "speakers" in changes
    assert 'value="Europe/London"' in answer.text or "timezone" in changes
    assert house.site.debates.all() == []


@pytest.mark.parametrize(
    "body",
    [b"\xff=\xff", b"&".join([b"a=1"] * 500), b"title=%00", b"minutes=" + b"9" * 5000, b"", b"title=%ff"],
)
async def test_odd_forms(house: House, body: bytes) -> None:
    """A form no page of ours sends is a mistake of the asker's, never a failure."""
    browser = await administrator(house)
    headers = {"Content-Type": "application/x-www-form-urlencoded"}
    answer = await browser.post("/debates/new", content=body, headers=headers)
    assert answer.status_code in (400, 422)
    assert house.site.debates.all() == []


async def test_the_sheet_of_links(house: House) -> None:
    """By the sheet a link is issued, issued anew and revoked; its secret is shown on the next page alone."""
    made = await house.live()
    browser = await house.browser(made["tokens"]["organiser"])
    path = "/debates/high-street/links"

    async def press(**fields: str) -> httpx.Response:
        answer = await browser.post(path, data=fields)
        assert (answer.status_code, answer.headers["location"], answer.text) == (303, path, "")
        await browser.head(path)
        shown = await browser.get(path)
        assert links_in((await browser.get(path)).text) == []
        return shown

    issued = await press(do="issue", role="moderator", name="Mo")
    (link,) = links_in(issued.text)
    mo = await house.client(link.partition("#")[2])
    assert (await mo.get("/api/v1/debates/high-street")).json()["you"]["name"] == "Mo"
    (listed,) = [
        each
        for each in (await browser.get("/api/v1/debates/high-street/links")).json()["links"]
        if each["name"] == "Mo"
    ]
    (anew,) = links_in((await press(do="reissue", link=listed["id"])).text)
    assert (await mo.get("/api/v1/debates/high-street")).status_code == 404
    mo = await house.client(anew.partition("#")[2])
    assert (await mo.get("/api/v1/debates/high-street")).status_code == 200
    (listed,) = [
        each
        for each in (await browser.get("/api/v1/debates/high-street/links")).json()["links"]
        if each["name"] == "Mo"
    ]
    await press(do="revoke", link=listed["id"])
    assert (await mo.get("/api/v1/debates/high-street")).status_code == 404
    assert (await browser.post(path, data={"do": "burn"})).status_code == 400


async def test_the_sheet_stays_when_a_name_is_taken(house: House) -> None:
    """A name that is taken is refused beside its field, what was typed stays, and no link is made."""
    made = await house.live()
    browser = await house.browser(made["tokens"]["organiser"])
    answer = await browser.post(
        "/debates/high-street/links", data={"do": "issue", "role": "speaker", "name": "Ada Lind"}
    )
    assert answer.status_code == 409
    (wrong,) = re.findall(r'id="name-error">([^<]*)<', answer.text)
    assert "Ada Lind already" in unescape(wrong)
    assert 'value="Ada Lind"' in answer.text
    assert '<option value="speaker" selected>' in answer.text
    assert links_in(answer.text) == []


async def test_joining_without_scripts(house: House) -> None:
    """The door works as a plain form: a wrong code is told at its field, a right one leads to the debate."""
    await house.live(door="code", join_code="minnow", audience="closed")
    browser = await house.browser()
    wrong = await browser.post("/join/high-street", data={"code": "perch"})
    assert (wrong.status_code, 'id="code-error"' in wrong.text) == (403, True)
    assert "set-cookie" not in wrong.headers
    right = await browser.post("/join/high-street", data={"code": "minnow"})
    assert (right.status_code, right.headers["location"]) == (303, "/debates/high-street")
    page = await browser.get("/debates/high-street")
    assert "Who should?" in page.text


@pytest.mark.parametrize("path", ["/debates/never-was", "/nothing/here", "/join/x"])
async def test_error_pages(house: House, path: str) -> None:
    """To a browser an error is a page, to a program that asks for JSON a problem document."""
    page = await (await house.client(Accept="text/html")).get(path)
    assert (page.status_code, page.headers["content-type"]) == (404, "text/html; charset=utf-8")
    assert "nothing that you may see" in page.text
    document: dict[str, Any] = (await (await house.client(Accept="application/json")).get(path)).json()
    assert document["code"] == "address.unknown"


async def test_the_language(house: House) -> None:
    """The page says which language it is in."""
    page = await (await house.client()).get("/", headers={"Accept-Language": "xx, en;q=0.5"})
    assert page.headers["content-language"] == "en"
    assert '<html lang="en"' in page.text
