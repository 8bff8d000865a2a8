"""A debate as an entry for people's calendars (RFC 5545).

Knows one snapshot and the debate's address; times are UTC, so that every calendar shows its reader's own. The
same debate gives the same entry (`UID`), so that a calendar replaces it when the start moves.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from typing import Any

from fishbowl.clock import from_wire
from fishbowl.debate.vocabulary import said_in

__all__ = ["MEDIA_TYPE", "calendar_entry"]

MEDIA_TYPE = "text/calendar; charset=utf-8"
_FOLD_AT = 73
"""Bytes of a content line before it goes on in the next (RFC 5545, 3.1: 75 with the line end)."""


def calendar_entry(snapshot: Mapping[str, Any], address: str, language: str) -> str:
    """The entry for the debate in `snapshot`, which is at `address`."""
    debate = snapshot["debate"]
    starts = datetime.fromtimestamp(from_wire(debate["starts_at"]) / 1000, UTC)
    ends = starts + timedelta(minutes=debate["minutes"])
    now = datetime.fromtimestamp(from_wire(snapshot["now"]) / 1000, UTC)
    told = "\n\n".join(filter(None, [said_in(debate["introduction"], language), address]))
    lines = [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//fishbowl//debate//EN",
        "BEGIN:VEVENT",
        f"UID:{debate['slug']}.{snapshot['epoch']}@fishbowl",
        f"SEQUENCE:{snapshot['seq']}",
        f"DTSTAMP:{_utc(now)}",
        f"DTSTART:{_utc(starts)}",
        f"DTEND:{_utc(ends)}",
        f"SUMMARY:{_escaped(said_in(debate['title'], language))}",
        f"DESCRIPTION:{_escaped(told)}",
        f"URL:{address}",
        "END:VEVENT",
        "END:VCALENDAR",
    ]
    return "".join(f"{_folded(line)}\r\n" for line in lines)


def _utc(moment: datetime) -> str:
    return moment.strftime("%Y%m%dT%H%M%SZ")


def _escaped(text: str) -> str:
    for sign in ("\\", ";", ","):
        text = text.replace(sign, f"\\{sign}")
    return text.replace("\n", "\\n")


def _folded(line: str) -> str:
    """A long line in pieces, none of them breaking a character."""
    pieces = [""]
    for character in line:
        if len((pieces[-1] + character).encode()) > _FOLD_AT:
            pieces.append("")
        pieces[-1] += character
    return "\r\n ".join(pieces)
