"""Macros: one markup for each thing, filled and blank alike, and text in it is always text."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import msgspec
import pytest
from jinja2 import Environment, FileSystemLoader, StrictUndefined

from fishbowl.text import find_entities
from fishbowl.web.words import page_words

ROOT = Path(__file__).resolve().parents[2]
DEBATE = {"timezone": "UTC", "language": "en"}
EVIL = "<img src=x onerror=alert(1)>\"'&{{ 7 * 7 }}"


def rendered(source: str, **values: Any) -> str:
    """A snippet of template, with what every page gives its templates."""
    environment = Environment(
        loader=FileSystemLoader(ROOT / "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    static = {"static": lambda path: f"/static/{path}"}
    return environment.from_string(source).render(**page_words("en"), **static, **values)


def contribution(text: str | None = "Words", **more: Any) -> dict[str, Any]:
    return {
        "contribution": 12,
        "seq": 30,
        "at": "2026-01-31T12:00:00.000Z",
        "author": {"person": "p", "name": "Blue Heron 41", "handle": "BlueHeron41", "role": "participant"},
        "circle": "outer",
        "text": text,
        "entities": None if text is None else msgspec.to_builtins(find_entities(text)),
        "root": 12,
        "path": "12",
        "tags": [],
        "status": "posted",
        "endorsements": 0,
        **more,
    }


SEAT = {"seat": 1, "kind": "open", "state": "taken", "person": "p", "name": "Blue Heron 41"}
QUESTION = {"question": 3, "text": "Why?", "focus": True, "contributions": 2, "people": 1, "focus_seconds": 0}
HAND = {"person": "p", "name": "Dan", "at": "2026-01-31T12:00:00.000Z", "seated": 0, "contributions": 0}
FILLED = {
    "contribution": (
        "contribution",
        "contribution(one, debate)",
        contribution(reply_to=3, root=1, path="1.1.1"),
    ),
    "seat": ("seat", "seat(one)", SEAT),
    "hand": ("seat", "hand(one, 1)", HAND),
    "question": ("question", "question(one, debate)", QUESTION),
}


def parts(html: str) -> set[str]:
    return set(re.findall(r'data-(?:part|act)="([^"]+)"', html))


@pytest.mark.parametrize("macro", FILLED)
def test_a_thing_has_the_same_parts_blank_and_filled(macro: str) -> None:
    """What scripts fill in the blank is there in what the server filled, and the other way round."""
    file, call, one = FILLED[macro]
    imported = f'{{% from "macros/{file}.html" import {macro} with context %}}'
    filled = rendered(f"{imported}{{{{ {call} }}}}", one=one, debate=DEBATE)
    blank = rendered(f"{imported}{{{{ {macro}() }}}}")
    assert len(parts(blank)) >= 3
    assert parts(filled) == parts(blank)


def shown(one: dict[str, Any]) -> str:
    imported = '{% from "macros/contribution.html" import contribution with context %}'
    return rendered(imported + "{{ contribution(one, debate) }}", one=one, debate=DEBATE)


def test_found_things_become_links_at_their_offsets() -> None:
    """Offsets count code points: an emoji before a hashtag shifts nothing."""
    html = shown(contribution("👩‍👩‍👧 Q2 #night at https://example.org/a, @Dan"))
    assert '👩‍👩‍👧 <a class="marker" href="?show=q2">Q2</a> ' in html
    assert ' <a class="hashtag" href="?show=tag:night">#night</a> at ' in html
    assert 'href="https://example.org/a" rel="noopener nofollow ugc" target="_blank">' in html
    assert ">https://example.org/a</a>, " in html
    assert '<b class="mention">@Dan</b>' in html


def test_the_text_is_whole_whatever_is_found_in_it() -> None:
    """Nothing of a text is lost or doubled by marking what is in it, also where two things overlap."""
    for text in ("#q3 and Q3, question 3 #Q3!", "a #b#c @d@e https://f.org/#g?h=@i", "no thing", "#a\n\n#b"):
        body = re.search(r'<p class="text"[^>]*>(.*?)</p>', shown(contribution(text)), re.DOTALL)
        assert body is not None
        assert re.sub(r"<[^>]+>", "", body[1]) == text


def test_text_and_names_are_never_markup() -> None:
    """Whatever somebody writes or is called stands there as they wrote it."""
    author = {"person": "p", "name": EVIL, "handle": "x", "role": "participant"}
    html = shown(contribution(EVIL, author=author))
    assert "<img" not in html
    assert "{{ 7 * 7 }}" in html


def test_a_link_leads_to_the_web_or_nowhere() -> None:
    """Only http and https become links, whatever was found."""
    text = "javascript:alert(1)"
    entities = {"links": [{"url": text, "start": 0, "end": len(text)}]}
    html = shown(contribution(text, entities=entities))
    assert "javascript:alert" not in re.sub(r'<p class="text".*?</p>', "", html, flags=re.DOTALL)
    assert 'href="javascript' not in html


@pytest.mark.parametrize("status", ["hidden", "withdrawn"])
def test_what_is_gone_leaves_a_line_and_no_text(status: str) -> None:
    """In the place of what was hidden or withdrawn stands one line that says which, and the text is gone."""
    html = shown(contribution(None, status=status))
    assert f"This contribution was {status}" in html
    assert f'data-status="{status}"' in html
    assert re.search(r'data-part="text"[^>]*hidden', html)
