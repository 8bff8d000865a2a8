"""The rule card says every rule that is set, and says another where the rule is another."""

from enum import StrEnum
from typing import Any, get_type_hints

import msgspec
import pytest

from fishbowl.debate.rule_card import LINES, lasting, rule_card
from fishbowl.debate.vocabulary import Audience, Door, Rules

CHOICES: dict[str, type[StrEnum]] = {
    name: hint for name, hint in get_type_hints(Rules).items() if issubclass(hint, StrEnum)
}


def card(**rules: object) -> list[str]:
    return [str(said) for said in rule_card(msgspec.convert(rules, Rules))]


@pytest.mark.parametrize("rule", CHOICES)
def test_every_value_has_its_sentence(rule: str) -> None:
    """No two values of a rule are described alike, and none is passed over."""
    cards = {tuple(card(**{rule: str(value)})) for value in CHOICES[rule]}
    assert len(cards) == len(CHOICES[rule])
    assert {line.value for line in LINES if line.rule == rule} >= set(CHOICES[rule])


@pytest.mark.parametrize(("rule", "kind"), [("door", Door), ("audience", Audience)])
def test_who_comes_in(rule: str, kind: type[StrEnum]) -> None:
    """Every door and every audience has its sentence; a transcript's card, of rules alone, has none."""
    assert {line.value for line in LINES if line.rule == rule} >= set(kind)
    assert not any(line.rule == rule and str(line.said) in card() for line in LINES)


NUMBERS: dict[str, dict[str, Any]] = {
    "grace_seconds": {"exit": "timed"},
    "turn_seconds": {"exit": "timed"},
    "away_seconds": {},
    "round_seconds": {},
    "max_length": {},
    "slow_seconds": {},
    "pace_per_minute": {},
    "pace_burst": {},
    "correction_hours": {},
}


def test_every_rule_is_said() -> None:
    """There is no rule that the card keeps quiet about."""
    assert {*CHOICES, *NUMBERS} == set(Rules.__struct_fields__)


@pytest.mark.parametrize("rule", NUMBERS)
def test_numbers_are_those_that_are_set(rule: str) -> None:
    """A rule with a number says the number."""
    few, many = (card(**{**NUMBERS[rule], rule: n}) for n in (151, 157))
    assert "151" in " ".join(few)
    assert [said.replace("151", "157") for said in few] == many


@pytest.mark.parametrize("rule", ["slow_seconds", "pace_per_minute", "correction_hours", "round_seconds"])
def test_what_is_not_limited_is_not_said(rule: str) -> None:
    """A limit of nothing is none."""
    assert len(card(**{rule: 0})) < len(card(**{rule: 1}))


def test_times() -> None:
    """Whole minutes are said as minutes."""
    assert [str(lasting(seconds)) for seconds in (0, 45, 60, 90, 300)] == [
        "0 s", "45 s", "1 min", "90 s", "5 min",
    ]  # fmt: skip
