"""The debates that are played: one of our own invention, and the one this project was made for.

The second names real people: what is said in the plays is said by participants, in words for any debate.
"""

import json
from pathlib import Path
from typing import Any

import pytest

Definition = dict[str, Any]

NEET_TO_PETE = Path(__file__).resolve().parents[3] / "shared/data/neet-to-pete.json"

LIBRARY: Definition = {
    "title": "What is a town library for after dark?",
    "hashtags": ["latelibrary", "fishbowl"],
    "introduction": "The council wants to keep the library open until midnight. Who comes, and who pays?",
    "starts_at": "2026-12-01T19:00:00+00:00",
    "seats": {"open": 1},
    "speakers": [
        {"name": "Adaeze Obi", "affiliation": "Night porter"},
        {"name": "Marek Lindqvist", "affiliation": "Readers' council"},
        {"name": "Hanneke Prys"},
    ],
    "questions": [
        {"text": "Who comes to a library at night?"},
        {"text": "What should it cost?"},
        {"text": "Who closes up?"},
        {"text": "What would we give up for it?"},
    ],
}


def neet_to_pete() -> Definition:
    """The real debate's definition; skips the test where the data is not beside the checkout."""
    if not NEET_TO_PETE.exists():
        pytest.skip(f"{NEET_TO_PETE.name} is not beside this checkout (../shared/data)")
    definition: Definition = json.loads(NEET_TO_PETE.read_text("utf-8"))
    return definition
