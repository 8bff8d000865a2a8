"""Presets: each is another set of rules, and says so."""

from fishbowl.debate.presets import PRESETS
from fishbowl.debate.rule_card import rule_card


def test_no_two_are_alike() -> None:
    """Each has a name, a sentence and a rule card of its own."""
    assert len(PRESETS) >= 3
    assert len({str(preset.name) for preset in PRESETS.values()}) == len(PRESETS)
    assert len({str(preset.said) for preset in PRESETS.values()}) == len(PRESETS)
    assert len({tuple(map(str, rule_card(preset.rules))) for preset in PRESETS.values()}) == len(PRESETS)
