"""Markers in real chaired meetings, against labels made by hand.

`markers_in_meetings.json` names for each meeting the messages that point at one of its questions by number,
and the questions. It was made by searching all messages with loose patterns (a letter or a word of the
family of "question" or "answer" near a number in digits or words, ordinals, a number sign) and reading
every hit.
"""

import json
from pathlib import Path
from typing import Any

import pytest

from fishbowl.text import find_entities

MEETINGS = Path(__file__).parents[3] / "shared" / "data" / "tagging" / "meetings.json"
LABELS: dict[str, dict[str, list[int]]] = json.loads(
    (Path(__file__).parent / "markers_in_meetings.json").read_text(encoding="utf-8")
)

Found = set[tuple[str, int, int]]


def labelled() -> Found:
    return {
        (meeting, int(message), question)
        for meeting, messages in LABELS.items()
        for message, questions in messages.items()
        for question in questions
    }


def found() -> Found:
    if not MEETINGS.exists():
        pytest.skip(f"the meetings are not here: {MEETINGS}")
    meetings: list[dict[str, Any]] = json.loads(MEETINGS.read_text(encoding="utf-8"))
    return {
        (meeting["id"], item["n"], marker.question)
        for meeting in meetings
        for item in meeting["items"]
        for marker in find_entities(item["text"]).markers
        if marker.question <= len(meeting["questions"])
    }


def test_precision_and_recall() -> None:
    """Of the questions markers name, 99 % are those people meant, and 95 % of those meant are found."""
    ours, theirs = found(), labelled()
    assert len(ours & theirs) >= 0.99 * len(ours), ours - theirs
    assert len(ours & theirs) >= 0.95 * len(theirs), theirs - ours
