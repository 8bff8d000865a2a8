"""Records whose every private word is marked, so that a test finds it wherever it leaks to.

Each contribution's text gets a word of its own (`canary(12)`), each reason, note and code a `SECRET`.
"""

from __future__ import annotations

from typing import Any

from msgspec import structs

from fishbowl.debate import events
from fishbowl.debate.record import Record

__all__ = ["SECRET", "canary", "marked"]

SECRET = "zqsecret"


def canary(number: int) -> str:
    """The word that stands in contribution `number` and nowhere else."""
    return f"zq{number}x"


def marked(records: list[Record]) -> list[Record]:
    return [structs.replace(record, event=_marked(record.event)) for record in records]


def _marked(event: events.Event) -> events.Event:
    if isinstance(event, events.ContributionPosted):
        return structs.replace(event, text=f"{event.text} {canary(event.contribution)}")
    changed: dict[str, Any] = {
        name: f"{SECRET} {value}"
        for name in ("reason", "note", "join_code")
        if (value := getattr(event, name, None)) is not None
    }
    return structs.replace(event, **changed)
