"""The public conformance suite for hashtags, mentions and links; read from where the shared data lies."""

from functools import cache
from pathlib import Path
from typing import Any

import pytest
import yaml

from fishbowl.text import find_entities

SUITE = Path(__file__).parents[3] / "shared" / "data" / "twitter-text" / "extract.yml"

# Each section, the kind of ours it is about, and the suite's name for its text.
SECTIONS = {
    "hashtags": ("hashtags", "hashtag"),
    "hashtags_from_astral": ("hashtags", "hashtag"),
    "hashtags_with_indices": ("hashtags", "hashtag"),
    "mentions": ("mentions", "screen_name"),
    "mentions_with_indices": ("mentions", "screen_name"),
    "urls": ("links", "url"),
    "urls_with_indices": ("links", "url"),
    "urls_with_directional_markers": ("links", "url"),
}


@cache
def suite() -> dict[str, list[dict[str, Any]]]:
    loaded: dict[str, dict[str, list[dict[str, Any]]]] = yaml.load(
        SUITE.read_text(encoding="utf-8"), getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    )
    return loaded["tests"]


@pytest.mark.parametrize("section", SECTIONS)
def test_section(section: str) -> None:
    """Every case of the section is found as the suite has it, with places where it gives them."""
    if not SUITE.exists():
        pytest.skip(f"the conformance suite is not here: {SUITE}")
    kind, name = SECTIONS[section]
    cases = suite()[section]
    assert cases
    differing = {}
    for case in cases:
        found = getattr(find_entities(case["text"]), kind)
        texts = [one.url if kind == "links" else one.text for one in found]
        placed = any(isinstance(expected, dict) for expected in case["expected"])
        ours: list[Any] = texts
        if placed:
            ours = [
                {name: text, "indices": [one.start, one.end]} for text, one in zip(texts, found, strict=True)
            ]
        if ours != case["expected"]:
            differing[case["description"]] = ours
    assert differing == {}
