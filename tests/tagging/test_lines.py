"""The two commands that read JSON lines."""

import json
from collections.abc import Iterator
from typing import Any

import pytest

from fishbowl.tagging import BadLine, entities_lines, tag_lines

QUESTIONS = ["Whose outcomes?", "What are the barriers?", "How do young people take part?"]


def tagged(*lines: dict[str, Any]) -> list[dict[str, Any]]:
    return [json.loads(line) for line in tag_lines(QUESTIONS, map(json.dumps, lines))]


def tags(answer: dict[str, Any]) -> list[tuple[int, str, float]]:
    return [(tag["question"], tag["source"], tag["confidence"]) for tag in answer["tags"]]


def test_entities() -> None:
    """An id comes back as it was, text or number, with the four lists of PROTOCOL and no more."""
    lines: list[str | bytes] = [
        b'{"id":"a","text":"#x \\u00e9 @Bo a.org Q3"}\n',
        "  \n",
        '{"id":7,"text":""}',
    ]
    assert [json.loads(line) for line in entities_lines(lines)] == [
        {
            "id": "a",
            "hashtags": [{"text": "x", "start": 0, "end": 2}],
            "mentions": [{"text": "Bo", "start": 5, "end": 8}],
            "links": [{"url": "a.org", "start": 9, "end": 14}],
            "markers": [{"question": 3, "start": 15, "end": 17}],
        },
        {"id": 7, "hashtags": [], "mentions": [], "links": [], "markers": []},
    ]


def test_entities_of_a_long_text() -> None:
    """Any length of text is taken."""
    (answer,) = entities_lines([json.dumps({"id": 1, "text": "word " * 100_000 + "#end"})])
    assert json.loads(answer)["hashtags"] == [{"text": "end", "start": 500_000, "end": 500_004}]


def test_order_of_sources() -> None:
    """Author's choice, then marker, then thread, then focus; what names no question yields."""
    answers = tagged(
        {"id": 1, "text": "Q2 yes", "questions": [3, 1], "focus": 1},
        {"id": 2, "text": "Q2 yes", "focus": 1},
        {"id": 3, "text": "agreed", "reply_to": 1, "focus": 2},
        {"id": 4, "text": "see Q9", "focus": 1},
        {"id": 5, "text": "hello", "focus": None, "questions": []},
        {"id": 6, "text": "hello", "reply_to": "nobody", "focus": 0},
    )
    assert [tags(answer) for answer in answers] == [
        [(3, "author", 1.0), (1, "author", 1.0)],
        [(2, "marker", 0.95)],
        [(3, "thread", 0.9), (1, "thread", 0.9)],
        [(1, "focus", 0.3)],
        [],
        [],
    ]
    assert [answer["id"] for answer in answers] == [1, 2, 3, 4, 5, 6]


def test_ranking() -> None:
    """Every line ranks all questions by likeness, whatever its tags."""
    (answer,) = tagged({"id": 1, "text": "the barriers are high", "questions": [1]})
    assert answer["ranking"][0][0] == 2
    assert sorted(number for number, _ in answer["ranking"]) == [1, 2, 3]


def test_corrections_come_after_the_answer() -> None:
    """A correction changes nothing of its own line; what follows learns from it, and replies inherit it."""
    text = "procurement needs months"
    plain, *_ = tagged({"id": 1, "text": text})
    corrected, again, reply = tagged(
        {"id": 1, "text": text, "focus": 1, "correct": [3]},
        {"id": 2, "text": text},
        {"id": 3, "text": "so it is", "reply_to": 1},
    )
    assert corrected["ranking"] == plain["ranking"]
    assert tags(corrected) == [(1, "focus", 0.3)]
    assert again["ranking"][0][0] == 3
    assert again["ranking"] != plain["ranking"]
    assert tags(reply) == [(3, "thread", 0.9)]


def test_corrected_to_none() -> None:
    """ "None of them" takes the tags away: replies inherit nothing and fall to the focus."""
    _, reply = tagged(
        {"id": 1, "text": "Q1", "correct": []}, {"id": 2, "text": "so it is", "reply_to": 1, "focus": 2}
    )
    assert tags(reply) == [(2, "focus", 0.3)]


def test_before_the_first_question() -> None:
    """While no question is in focus, one word in passing does not tag; where nobody says, it may."""
    text = "welcome, barriers"
    answers = tagged(
        {"id": 1, "text": text, "focus": 0}, {"id": 2, "text": text, "focus": None}, {"id": 3, "text": text}
    )
    assert [[source for _, source, _ in tags(answer)] for answer in answers] == [[], [], ["similar"]]


def test_answers_come_as_lines_are_read() -> None:
    """A line is answered before the next one is asked for, so the commands can sit in a pipe."""
    asked: list[int] = []

    def lines() -> Iterator[str]:
        for number in (1, 2):
            asked.append(number)
            yield json.dumps({"id": number, "text": "a"})

    answers = tag_lines(QUESTIONS, lines())
    next(answers)
    assert asked == [1]


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ('{"id":1}', "line 2: object missing required field `text`"),
        ('{"text":"a"}', "line 2: object missing required field `id` .a line is an object of id, text"),
        ('{"id":1,"text":3}', "line 2: text: expected `str`, got `int`"),
        ('{"id":1.5,"text":"a"}', "line 2: id: expected"),
        ('{"id":1,"text":null}', "line 2: text: expected `str`, got `null`"),
        ('{"id":1,"text":"a","colour":2}', "line 2: object contains unknown field `colour`"),
        ('["a"]', "line 2: expected `object`, got `array`"),
        ("{", "line 2: expected one JSON object"),
        ("hello", "line 2: expected one JSON object"),
        ("[" * 100_000, "line 2: expected"),
        ('{"id":1,"text":"a","deep":' + "[" * 100_000, "line 2: object contains unknown field `deep`"),
        (b'{"id":1,"text":"\xff"}', "line 2: expected one JSON object"),
        ('{"id":1,"text":"\udc80"}', "line 2: expected one JSON object"),
        ('{"id":1,"text":"\\ud800"}', "line 2: expected one JSON object"),
    ],
)
@pytest.mark.parametrize("command", ["entities", "tag"])
def test_bad_lines(command: str, line: str | bytes, said: str) -> None:
    """A line that cannot be used ends the run with its number, its key and what was expected."""
    lines = ['{"id":0,"text":"fine"}', line]
    answers = entities_lines(lines) if command == "entities" else tag_lines(QUESTIONS, lines)
    assert next(answers)
    with pytest.raises(BadLine, match=said):
        next(answers)


@pytest.mark.parametrize(
    ("more", "said"),
    [
        ({"questions": [4]}, "line 1: questions: expected questions from 1 to 3, got 4"),
        ({"questions": [0]}, "line 1: questions: .* got 0"),
        ({"focus": 9}, "line 1: focus: .* got 9"),
        ({"focus": -1}, "line 1: focus: .* got -1"),
        ({"correct": [1, 7]}, "line 1: correct: .* got 7"),
        ({"correct": 1}, "line 1: correct: expected `array"),
        ({"correct": ["1"]}, "line 1: correct.*: expected `int`, got `str`"),
        ({"reply_to": []}, "line 1: reply_to: expected"),
    ],
)
def test_bad_questions(more: dict[str, Any], said: str) -> None:
    """Questions that do not exist, or are no numbers, are refused by key before anything is learned."""
    with pytest.raises(BadLine, match=said):
        tagged({"id": 1, "text": "a", **more})
