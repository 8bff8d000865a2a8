"""A debate written down again says what it was made from, and what was changed since."""

from msgspec.structs import replace

from fishbowl.debate.again import definition_of
from fishbowl.debate.definition import parse_definition
from fishbowl.debate.evolve import fold
from fishbowl.debate.opening import opening
from tests.debate.stories import HARBOUR, NOON


def test_a_new_debate_gives_its_definition_back() -> None:
    """What an organiser wrote comes back whole: people, questions, seats, rules."""
    definition = parse_definition({**HARBOUR, "slug": "harbour", "door": "code", "join_code": "gull"})
    ids = iter(f"person {number}" for number in range(99))
    _, records = opening(definition, NOON, lambda: next(ids), lambda: b"sixteen bytes of")
    assert definition_of(fold(records)) == definition
    other = replace(definition, minutes=definition.minutes + 1)
    assert definition_of(fold(records)) != other
