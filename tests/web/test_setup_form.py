"""The set-up form's fields, read as the page previews them."""

import json
from pathlib import Path
from typing import Any

import pytest

from fishbowl.debate.definition import BadDefinition, parse_definition
from fishbowl.web.setup_form import FIELDS, definition_in, errors_by_field

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
        "rules": {"posting": 1, "entry": 1, "exit": 1},
        "seats": {"open": -1},
        "speakers": [{}],
        "questions": [{}],
        "slug": "",
    }
    with pytest.raises(BadDefinition) as refused:
        parse_definition(wrong)
    assert set(errors_by_field(refused.value)) == set(FIELDS) - {"time"}
