"""The order in which a contribution gets its tags."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fishbowl.text import Tag, chair_tags, choose_tags

QUESTIONS = range(1, 8)
EVERYTHING: dict[str, Any] = {
    "author": [2],
    "markers": [3],
    "parent": [Tag(4, "marker", 0.95)],
    "likely": [(5, 0.8)],
    "focus": 6,
}
ORDER = [
    ("author", Tag(2, "author", 1.0)),
    ("markers", Tag(3, "marker", 0.95)),
    ("parent", Tag(4, "thread", 0.855)),
    ("likely", Tag(5, "similar", 0.8)),
    ("focus", Tag(6, "focus", 0.3)),
]


@pytest.mark.parametrize("first", range(len(ORDER) + 1))
def test_order(first: int) -> None:
    """Author's choice, marker, thread, likeness, focus: the first there is decides alone."""
    known = {source: EVERYTHING[source] for source, _ in ORDER[first:]}
    expected = (ORDER[first][1],) if first < len(ORDER) else ()
    assert choose_tags(questions=QUESTIONS, **known) == expected


@pytest.mark.parametrize("first", range(len(ORDER)))
def test_questions_that_do_not_exist(first: int) -> None:
    """What names no question of this debate yields to the next source."""
    unknown: dict[str, Any] = {
        "author": [99],
        "markers": [99],
        "parent": [Tag(99, "chair", 1.0)],
        "likely": [(99, 0.9)],
        "focus": 99,
    }
    known = {source: EVERYTHING[source] for source, _ in ORDER[first + 1 :]}
    mixed = {source: unknown[source] for source, _ in ORDER[: first + 1]} | known
    assert choose_tags(questions=QUESTIONS, **mixed) == tuple(tag for _, tag in ORDER[first + 1 : first + 2])


def test_several() -> None:
    """Several questions are possible, each once, in the order given."""
    assert [tag.question for tag in choose_tags(questions=QUESTIONS, author=[5, 1, 5])] == [5, 1]
    assert [tag.question for tag in choose_tags(questions=QUESTIONS, markers=iter([7, 9, 3, 7]))] == [7, 3]


@given(st.integers(0, 40))
def test_threads_fade(depth: int) -> None:
    """Down a thread the question stays and the confidence falls, never below nothing."""
    tags = choose_tags(questions=QUESTIONS, author=[1])
    for _ in range(depth):
        below = choose_tags(questions=QUESTIONS, parent=tags, focus=2)
        assert below[0].question == 1
        assert 0 < below[0].confidence < tags[0].confidence
        tags = below


def test_chair() -> None:
    """A correction is certain; "none of them" leaves nothing, and replies then fall to the next source."""
    assert chair_tags([3, 3, 1]) == (Tag(3, "chair", 1.0), Tag(1, "chair", 1.0))
    assert chair_tags([]) == ()
    assert choose_tags(questions=QUESTIONS, parent=chair_tags([]), focus=2) == (Tag(2, "focus", 0.3),)
    assert choose_tags(questions=QUESTIONS, parent=chair_tags([3])) == (Tag(3, "thread", 0.9),)
