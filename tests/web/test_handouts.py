"""What people take away: a calendar entry and a QR code."""

from __future__ import annotations

import re
from typing import Any

from fishbowl.web.calendar import calendar_entry
from fishbowl.web.qr import qr_code
from tests.web.conftest import ORIGIN, House


def snapshot(**debate: Any) -> dict[str, Any]:
    return {
        "epoch": "e1",
        "seq": 7,
        "now": "2026-01-01T10:00:00.000Z",
        "debate": {
            "slug": "library",
            "title": "When, and for whom?",
            "introduction": "One line;\nanother, longer one: ünïcode " + "größer " * 20,
            "starts_at": "2026-01-31T19:00:00.000Z",
            "minutes": 90,
            **debate,
        },
    }


def unfolded(text: str) -> dict[str, str]:
    lines = text.replace("\r\n ", "").split("\r\n")
    return dict(line.split(":", 1) for line in lines if ":" in line)


def test_an_entry_says_when_in_utc() -> None:
    """Start and end are UTC, so that every calendar shows its reader's own time."""
    lines = unfolded(calendar_entry(snapshot(), "https://example.org/debates/library", "en"))
    assert (lines["DTSTART"], lines["DTEND"]) == ("20260131T190000Z", "20260131T203000Z")


def test_an_entry_holds_the_text_unharmed() -> None:
    """What the format gives a meaning is escaped; what is too long goes on in the next line."""
    text = calendar_entry(snapshot(), "https://example.org/debates/library", "en")
    assert all(len(line.encode()) <= 75 for line in text.split("\r\n"))
    lines = unfolded(text)
    assert lines["SUMMARY"] == "When\\, and for whom?"
    assert lines["DESCRIPTION"].startswith("One line\\;\\nanother\\, longer one: ünïcode größer größer")
    assert lines["DESCRIPTION"].endswith("\\n\\nhttps://example.org/debates/library")
    assert "\n" not in lines["DESCRIPTION"]


def test_an_entry_is_in_the_reader_s_language_and_replaces_the_one_before() -> None:
    """A moved start is the same entry with a higher number."""
    titled = snapshot(title={"en": "When?", "de": "Wann?"}, introduction="")
    first = unfolded(calendar_entry(titled, "https://example.org/x", "de"))
    later = unfolded(calendar_entry({**titled, "seq": 8}, "https://example.org/x", "de"))
    assert first["SUMMARY"] == "Wann?"
    assert first["DESCRIPTION"] == "https://example.org/x"
    assert first["UID"] == later["UID"]
    assert int(first["SEQUENCE"]) < int(later["SEQUENCE"])


def test_a_qr_code_is_a_picture_that_needs_nothing() -> None:
    """An SVG without scripts, links or fixed size; another address is another picture."""
    picture = qr_code("https://example.org/join/library").decode()
    assert picture.startswith("<svg")
    assert "viewBox" in picture
    assert "script" not in picture
    assert "href" not in picture
    assert picture != qr_code("https://example.org/join/harbour").decode()


async def test_the_announced_page_hands_out_the_entry(house: House) -> None:
    """Before the lobby the page links the entry for one's calendar, and whoever may read it gets it."""
    made = await house.debate()
    browser = await house.client()
    assert (await browser.get("/debates/high-street/calendar.ics")).status_code == 404
    await house.move(made, "announced")
    assert 'href="/debates/high-street/calendar.ics"' in (await browser.get("/debates/high-street")).text
    entry = await browser.get("/debates/high-street/calendar.ics")
    assert (entry.status_code, entry.headers["content-type"]) == (200, "text/calendar; charset=utf-8")
    assert "DTSTART:20260131T190000Z" in entry.text


async def test_the_wall_shows_the_way_in(house: House) -> None:
    """The wall shows the QR code while there is a way in; the door's word where the chair opened the wall."""
    made = await house.live(door="code", join_code="minnow")
    chair = await house.client(made["tokens"]["chair"])
    page = (await chair.get("/debates/high-street/wall")).text
    assert re.search(r'<img class="qr"[^>]* src="/join/high-street/qr.svg" alt="">', page)
    assert "minnow" in page
    assert "minnow" not in (await (await house.client()).get("/debates/high-street/wall")).text
    code = await (await house.client()).get("/join/high-street/qr.svg")
    assert code.content == qr_code(f"{ORIGIN}/join/high-street")
    await house.command(made, made["tokens"]["chair"], {"do": "set_door", "door": "shut", "id": "s"})
    shut = (await chair.get("/debates/high-street/wall")).text
    assert re.search(r'<img class="qr"[^>]* hidden>', shut)


async def test_a_personal_link_is_pictured_in_its_page(house: House) -> None:
    """A personal link's code stands in the answer that shows the link, and is nowhere to be asked for."""
    made = await house.live()
    browser = await house.browser(made["tokens"]["organiser"])
    sheet = (await browser.get("/debates/high-street/links")).text
    assert sheet.count('<svg xmlns="http://www.w3.org/2000/svg"') == 2
    form = {"do": "issue", "role": "moderator", "name": "Mo"}
    issued = (await browser.post("/debates/high-street/links", data=form, follow_redirects=True)).text
    (link,) = re.findall(rf'value="({ORIGIN}/join/[^"]*#[^"]*)"', issued)
    assert qr_code(link).decode() in issued
    assert 'aria-label="Personal link of Mo, as a QR code"' in issued
    assert link.partition("#")[2] not in "".join(re.findall(r'(?:src|action)="[^"]*"', issued))
