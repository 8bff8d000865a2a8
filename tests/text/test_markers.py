"""Question markers: what counts, and what must be left alone."""

import pytest

from fishbowl.text import find_entities
from fishbowl.text.markers import find_markers


def marked(text: str) -> list[tuple[int, str]]:
    return [(one.question, text[one.start : one.end]) for one in find_entities(text).markers]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Q3", [(3, "Q3")]),
        ("q3: yes", [(3, "q3")]),
        ("I think, #Q3, yes", [(3, "#Q3")]),
        ("＃q3", [(3, "＃q3")]),
        ("re Q12?", [(12, "Q12")]),
        ("On q. 10 Mempool", [(10, "q. 10")]),
        ("(Still q 3)", [(3, "q 3")]),
        ("Q#4 and Q.5", [(4, "Q#4"), (5, "Q.5")]),
        ("**Q3** —Q4", [(3, "Q3"), (4, "Q4")]),
        ("Q03", [(3, "Q03")]),
        ("back to question 3.. because", [(3, "question 3")]),
        ("QUESTION #3!", [(3, "QUESTION #3")]),
        ("question no. 4, question number 5", [(4, "question no. 4"), (5, "question number 5")]),
        ("we agree on #a3", [(3, "#a3")]),
    ],
)
def test_anywhere(text: str, found: list[tuple[int, str]]) -> None:
    """Q3, question 3 and #q3 count wherever they stand, in any case."""
    assert marked(text) == found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("A3: yes", [(3, "A3")]),
        ("a3 yes", [(3, "a3")]),
        ("  @Bo @Al: A3. yes", [(3, "A3")]),
        ("A1 & A2: both", [(1, "A1"), (2, "A2")]),
        ("Q3, A2 of the map", [(3, "Q3")]),
        ("we did it in A3", []),
        ("yes\nA3 no", []),
        ("#govint A3", []),
    ],
)
def test_answers(text: str, found: list[tuple[int, str]]) -> None:
    """A3 counts only at the start, after mentions; elsewhere it is a road, a size, a name."""
    assert marked(text) == found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Q1 & Q5", [(1, "Q1"), (5, "Q5")]),
        ("question 5 or 7", [(5, "question 5"), (7, "7")]),
        ("prefer we cover Q7 or Q8? otherwise", [(7, "Q7"), (8, "Q8")]),
        ("Q1/Q2, Q3+Q4 Q5-Q6", [(1, "Q1"), (2, "Q2"), (3, "Q3"), (4, "Q4"), (5, "Q5"), (6, "Q6")]),
        ("Q3, 4 and 5.", [(3, "Q3"), (4, "4"), (5, "5")]),
        ("questions 3 and 4 belong together", [(3, "questions 3"), (4, "4")]),
        ("Frage und q2 oder q3", [(2, "q2"), (3, "q3")]),
        ("Q3 and 20 others said so", [(3, "Q3")]),
        ("Q3, 2 people asked", [(3, "Q3")]),
    ],
)
def test_several(text: str, found: list[tuple[int, str]]) -> None:
    """A further number joined to a marker is a question too, unless something is counted with it."""
    assert marked(text) == found


@pytest.mark.parametrize(
    "text",
    [
        "Q4 results were fine", "in Q3 2014", "Q1 FY15", "Q2 '24", "tx A1", "grep -A3 -q3 log", "1. first",
        "3) third", "`q3` here", "```\nq3\n```", "https://example.org/q3", "q3.py", "q3=5", "q3 = 5",
        "f(q3(x))", "@q3", "iq3", "FAQ 3", "Q3a", "Q0", "Q100", "Q3.5", "q3:30", "$q3",
        "I question 3 of them", "A4 paper", "#Q3results", "_q3", "a 3 year plan", "question: 3 ways",
        "the question 100 times", "sub_question3", "Q 1st",
    ],
)  # fmt: skip
def test_left_alone(text: str) -> None:
    """Quarters, options, code, links, list numbers, decimals, verbs: none of them is a marker."""
    assert marked(text) == []


def test_code_closes_only_itself() -> None:
    """A marker beside code counts; an unclosed backtick closes nothing."""
    assert marked("`q1` Q2 ` Q3") == [(2, "Q2"), (3, "Q3")]


def test_links_are_closed() -> None:
    """Spans handed in are closed, others are not."""
    assert find_markers("Q1 Q2", [(0, 2)])[0].question == 2
