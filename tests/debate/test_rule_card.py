"""The rule card says every rule that is set, and says another where the rule is another."""

import msgspec
import pytest

from fishbowl.debate.rule_card import rule_card
from fishbowl.debate.vocabulary import Entry, Exit, Moderation, Posting, Rules


def card(**rules: object) -> list[str]:
    return [str(said) for said in rule_card(msgspec.convert(rules, Rules))]


@pytest.mark.parametrize("kind", [Posting, Entry, Exit, Moderation])
def test_every_value_has_its_sentence(kind: type[Posting | Entry | Exit | Moderation]) -> None:
    """No two values of a rule are described alike."""
    cards = {tuple(card(**{kind.__name__.lower(): str(value)})) for value in kind}
    assert len(cards) == len(kind)


def test_numbers_are_those_that_are_set() -> None:
    """A rule with a number says the number."""
    assert any("140 characters" in said for said in card(max_length=140))
    assert any(
        "120 s" in said and "45 s" in said for said in card(exit="timed", turn_seconds=120, grace_seconds=45)
    )
    assert any("45 s" in said for said in card(exit="oldest_out", grace_seconds=45))
    assert any("20 s" in said for said in card(slow_seconds=20))
    assert not any("0 s" in said for said in card(slow_seconds=0))
