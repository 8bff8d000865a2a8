"""Questions from a pasted list."""

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fishbowl.text import questions_from_text

CASES: list[dict[str, Any]] = json.loads(
    (Path(__file__).parents[1] / "js" / "pasted_cases.json").read_text(encoding="utf-8")
)["questions"]


@pytest.mark.parametrize("case", CASES, ids=[case["rule"] for case in CASES])
def test_as_the_set_up_page_reads_it(case: dict[str, Any]) -> None:
    """The page's preview and the server read the same list alike."""
    assert questions_from_text(case["text"]) == [question["text"] for question in case["questions"]]


@pytest.mark.parametrize(
    ("text", "questions"),
    [
        ("Questions:\n1) Why\n   do you?\nand then?\n\n2) How?", ["Why do you? and then?", "How?"]),
        ("Question 1\nWhy?\nQuestion 2\nHow?", ["Why?", "How?"]),
        ("Frage 1: Wer?\nF2: Wie?", ["Wer?", "Wie?"]),
        ("Cwestiwn 1. Pwy?\nC2. Sut?", ["Pwy?", "Sut?"]),
        ("1. Why?\n - really?\n - always?\n2. How?", ["Why? - really? - always?", "How?"]),
        ("A debate of ours\n1. Why?\n2. How?", ["A debate of ours", "Why?", "How?"]),
        ("Why is it so?\nHow?\n3) What?", ["Why is it so?", "How?", "3) What?"]),
        ("1.5 million people: why?\nHow?", ["1.5 million people: why?", "How?"]),
        ("\ufeff1. Why?", ["Why?"]),
        ("10. Why?\r\n11. How?", ["Why?", "How?"]),
        ("1: Whose   outcomes?", ["Whose outcomes?"]),
    ],
)
def test_lists(text: str, questions: list[str]) -> None:
    """Numbering is taken off, lines that go on are joined, a heading with a colon is no question."""
    assert questions_from_text(text) == questions


line = st.text(st.sampled_from("abc ?é"), max_size=8).map(lambda words: f"w{words}".strip())


@given(
    st.lists(line, max_size=8),
    st.sampled_from(["{n}. {q}", "{n}) {q}", "Q{n}: {q}", "({n}) {q}", "{q}", "- {q}"]),
)
def test_every_way_of_numbering(questions: list[str], form: str) -> None:
    """However a list is numbered, or not, it is the same list."""
    text = "\n".join(form.format(n=number, q=question) for number, question in enumerate(questions, 1))
    assert questions_from_text(text) == [" ".join(question.split()) for question in questions]
