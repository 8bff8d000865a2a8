"""What is found in a text, where, and at what cost."""

import random
from collections.abc import Callable
from itertools import pairwise
from time import process_time
from typing import Any

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fishbowl.text import Entities, find_entities


def hashtags(text: str) -> list[str]:
    return [tag.text for tag in find_entities(text).hashtags]


def mentions(text: str) -> list[str]:
    return [mention.text for mention in find_entities(text).mentions]


def test_one_of_each() -> None:
    """Places include the sign, texts go without it, and a marker written as a hashtag is both."""
    text = "@BlueHeron41 #Q3: see https://example.org/a?b#c #govint 👍🏽"
    assert msgspec.json.decode(msgspec.json.encode(find_entities(text))) == {
        "hashtags": [{"text": "Q3", "start": 13, "end": 16}, {"text": "govint", "start": 48, "end": 55}],
        "mentions": [{"text": "BlueHeron41", "start": 0, "end": 12}],
        "links": [{"url": "https://example.org/a?b#c", "start": 22, "end": 47}],
        "markers": [{"question": 3, "start": 13, "end": 16}],
    }


@pytest.mark.parametrize("text", ["", "plain words, nothing else", "é ü 漢字", "a & b", "\ud800"])
def test_nothing(text: str) -> None:
    """A text without entities has empty lists, not missing ones."""
    assert msgspec.json.decode(msgspec.json.encode(find_entities(text))) == {
        "hashtags": [], "mentions": [], "links": [], "markers": []
    }  # fmt: skip


def test_offsets_count_code_points() -> None:
    """An emoji of seven code points before a hashtag counts seven, whatever its bytes or its width."""
    family = "👨\u200d👩\u200d👧\u200d👦"
    assert [(tag.start, tag.end) for tag in find_entities(f"{family} #da").hashtags] == [(8, 11)]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("#Frühstück #会議 #مرحبا #হ্যালো", ["Frühstück", "会議", "مرحبا", "হ্যালো"]),
        ("#2024 #1st #16", ["1st"]),
        ("price&#39; a#b &#x41;", []),
        ("#one#two", []),
        ("#️⃣ and #1️⃣", []),
        ("#https://example.org", []),
        ("(#a) “#b” #c.", ["a", "b", "c"]),
        ("see example.org/#part and http://example.org/x#frag", []),
    ],
)
def test_hashtags(text: str, found: list[str]) -> None:
    """Hashtags are of any script, not all digits, apart from words, entities and links."""
    assert hashtags(text) == found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("@Bo, @Siân @_x_ .@Al", ["Bo", "_x_", "Al"]),
        ("write to bo@example.org or a@b", []),
        ("RT@Bo rt:@Al", ["Bo", "Al"]),
        ("https://example.org/@Bo", []),
        ("@" + "a" * 20, ["a" * 20]),
        ("@" + "a" * 25, ["a" * 20]),
        ("@Bo@example.org", []),
    ],
)
def test_mentions(text: str, found: list[str]) -> None:
    """Mentions are 1-20 of A-Z a-z 0-9 _, and no e-mail addresses."""
    assert mentions(text) == found


signs = st.sampled_from(
    [*"#＃@.:/ q3Q&a1é漢\u200d\ufe0f`(?,-_\n", "http://", "example.org", "question 4", "👩"]
)


@settings(max_examples=150)
@given(st.lists(signs, max_size=30).map("".join))
def test_places_are_true(text: str) -> None:
    """What an entity says of its text stands at its place, in order, and links close off what is in them."""
    found = find_entities(text)
    for tag in found.hashtags:
        assert text[tag.start] in "#＃"
        assert text[tag.start + 1 : tag.end] == tag.text
    for mention in found.mentions:
        assert text[mention.start] in "@＠"
        assert text[mention.start + 1 : mention.end] == mention.text
    for link in found.links:
        assert text[link.start : link.end] == link.url
    for marker in found.markers:
        assert str(marker.question) in text[marker.start : marker.end]
    kinds: list[Any] = [found.hashtags, found.mentions, found.links, found.markers]
    for kind in kinds:
        assert all(before.end <= after.start for before, after in pairwise(kind))
    inside = [place for link in found.links for place in range(link.start, link.end)]
    for one in (one for kind in kinds if kind is not found.links for one in kind):
        assert one.start not in inside


@settings(max_examples=100)
@given(st.text(alphabet=st.characters(), max_size=200))
def test_takes_anything(text: str) -> None:
    """No text makes it raise, lone surrogates and unassigned characters included."""
    assert isinstance(find_entities(text), Entities)


HOSTILE = [
    "#", "#a", "#1", "@", "@a ", ".", "a.", "é.", "中.", "co.", "a.b ", "a-", "http://", "http://a.",
    "http://é.co ", "a.co #a ", "a.co/(", "a.co/(b.co,", "a.co/,", "a.co?..", "q", "q1 ", "q #", "Q1&",
    "Q1, ", "`", "```", "`q1`", "question 1 or ", "questions 1-", "a.http://", "@a:", "e\u0301", "\u200d",
    "#_", "a@a.", "Q1, 2", "https://t.co/a'",
]  # fmt: skip


@pytest.mark.parametrize("unit", HOSTILE)
def test_no_text_costs_more_than_its_length(unit: str) -> None:
    """Twice the text takes about twice the time, whatever it is made of: 2.6 times at most."""
    assert grows_evenly((unit * 8_192)[:4_096], (unit * 8_192)[:8_192])


def test_mixtures_cost_no_more_than_their_length() -> None:
    """The same of mixtures nobody thought of."""
    chance = random.Random(3)
    signs = ["#", "@", ".", "/", ":", "a", "é", "1", "q", "(", "`", " ", "co", "http://"]
    for _ in range(8):
        unit = "".join(chance.choices(signs, k=9))
        assert grows_evenly(unit * 300, unit * 600), unit


def test_what_a_square_looks_like() -> None:
    """The measure itself: a search that does grow with the square is told apart."""

    def squares(text: str) -> None:
        for place in range(0, len(text), 4):
            text.count("x", place)

    assert not grows_evenly("a" * 16_000, "a" * 32_000, squares)


def grows_evenly(half: str, whole: str, reads: Callable[[str], object] = find_entities) -> bool:
    """Whether the whole costs at most 2.6 times the half, by the least of eight tries: noise only adds."""
    shorter, longer = (min(_cost(text, reads) for _ in range(8)) for text in (half, whole))
    return longer < IN_NO_TIME or longer < 2.6 * shorter


# Below this, timing measures the machine; a square would still show at the lengths tried.
IN_NO_TIME = 0.002


def _cost(text: str, reads: Callable[[str], object]) -> float:
    began = process_time()
    reads(text)
    return process_time() - began
