"""What people take away: a calendar entry and a QR code."""

from __future__ import annotations

from typing import Any

from fishbowl.web.calendar import calendar_entry
from fishbowl.web.qr import qr_code


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
