"""The set-up form's fields, read as the page previews them."""

import json
from pathlib import Path
from typing import Any

import pytest

from fishbowl.debate.definition import BadDefinition, Problem, parse_definition
from fishbowl.debate.refused import worded
from fishbowl.web.setup_form import FIELDS, definition_in, errors_by_field, uneven

CASES: dict[str, list[dict[str, Any]]] = json.loads(
    (Path(__file__).parent.parent / "js" / "pasted_cases.json").read_text()
)


@pytest.mark.parametrize("case", CASES["questions"] + CASES["minutes"], ids=lambda case: case["rule"])
def test_pasted_questions(case: dict[str, Any]) -> None:
    """A pasted list becomes the questions that the page's preview shows."""
    assert definition_in({"questions": case["text"]}, "en")["questions"] == case["questions"]


@pytest.mark.parametrize("case", CASES["speakers"], ids=lambda case: case["rule"])
def test_pasted_speakers(case: dict[str, Any]) -> None:
    """Speakers, a line each, become who the page's preview shows."""
    assert definition_in({"speakers": case["text"]}, "en")["speakers"] == case["speakers"]


def test_summer_time() -> None:
    """Date and time are meant where the debate takes place."""
    form = {"date": "2026-07-01", "time": "19:30", "timezone": "Europe/London"}
    assert definition_in(form, "en")["starts_at"] == "2026-07-01T19:30:00+01:00"


def test_an_empty_form() -> None:
    """An empty form is refused at the fields that are needed, and at no other."""
    with pytest.raises(BadDefinition) as refused:
        parse_definition(definition_in({}, "en"))
    assert set(errors_by_field(refused.value)) == {"title", "date", "questions"}


def test_a_code_for_another_door() -> None:
    """A code typed before another door was chosen is left out."""
    assert "join_code" not in definition_in({"door": "open", "join_code": "x"}, "en")
    assert definition_in({"door": "code", "join_code": "minnow"}, "en")["join_code"] == "minnow"


def test_every_error_has_a_field() -> None:
    """Whatever is wrong is told at a field of the form."""
    wrong: dict[str, Any] = {
        "title": 1,
        "hashtags": ["1"],
        "introduction": 1,
        "starts_at": 1,
        "timezone": 1,
        "minutes": 0,
        "audience": 1,
        "door": 1,
        "join_code": 1,
        "rules": dict.fromkeys(
            ("posting", "moderation", "names", "entry", "exit", "turn_seconds", "round_seconds", "tagging"),
            "x",
        ),
        "seats": {"open": -1},
        "under_18": 1,
        "speakers": [{}],
        "questions": [{}],
        "slug": "",
        "language": 1,
        "organisation": 1,
        "help_contact": 1,
        "held_words": 1,
    }
    with pytest.raises(BadDefinition) as refused:
        parse_definition(wrong)
    assert set(errors_by_field(refused.value)) == set(FIELDS) - {"time"}


def test_how_sure_a_guess_must_be() -> None:
    """The level of tagging that is chosen is a rule; one there is none of is told at its field."""
    form = {"title": "Who?", "questions": "Whose?", "date": "2026-07-01", "time": "19:30", "tagging": "sure"}
    assert parse_definition(definition_in(form, "en")).rules.tagging == "sure"
    with pytest.raises(BadDefinition) as refused:
        parse_definition(definition_in({**form, "tagging": "certain"}, "en"))
    assert list(errors_by_field(refused.value)) == ["tagging"]


def test_more_languages() -> None:
    """A text typed in several languages is one text; what is left empty in one is not in it."""
    form = {
        "language": "de",
        "title": "Wem gehört sie?",
        "title_en": "Who owns it?",
        "title_de": "a field for the debate's own language counts for nothing",
        "introduction": "Läden schließen.",
        "introduction_cy": "  ",
        "questions": "1. Wem? (10 min)\n2. Warum?",
        "questions_en": "1. Whose? (10 min)\n2. Why?",
        "questions_cy": "1. Pwy biau hi?\n2. Pam?",
    }
    made = definition_in(form, "en")
    assert made["language"] == "de"
    assert made["title"] == {"de": "Wem gehört sie?", "en": "Who owns it?"}
    assert made["introduction"] == "Läden schließen."
    assert made["questions"] == [
        {"text": {"de": "Wem?", "en": "Whose?", "cy": "Pwy biau hi?"}, "minutes": 10},
        {"text": {"de": "Warum?", "en": "Why?", "cy": "Pam?"}},
    ]
    assert uneven(form, "en") == {}


def test_uneven_questions() -> None:
    """A list in another language that is longer or shorter than the first is told at its own field."""
    form = {"questions": "Who?\nWhy?", "questions_de": "Wer?", "questions_cy": "Pwy?\nPam?\nPryd?"}
    assert uneven(form, "en") == {
        "questions_cy": "3 questions here: as many are needed as above.",
        "questions_de": "1 question here: as many are needed as above.",
    }


@pytest.mark.parametrize(
    ("key", "field"),
    [("title.de", "title_de"), ("title.en", "title"), ("questions[1].text.cy", "questions_cy")],
)
def test_errors_in_another_language(key: str, field: str) -> None:
    """What is wrong in one language is told at that language's field."""
    error = BadDefinition([Problem(key, "", worded("it is wrong"))])
    assert list(errors_by_field(error, "en", "en")) == [field]
