"""When a likeness is sure enough to be shown."""

import pytest

from fishbowl.tagging.confidence import LEVELS, clear, confidence


def test_surer_with_likeness_and_lead() -> None:
    """More likeness is surer, and so is more lead over the second question."""
    assert confidence(0.4, 0.1) > confidence(0.2, 0.05)
    assert confidence(0.3, 0.05) > confidence(0.3, 0.2) > confidence(0.3, 0.3)
    assert 0 < confidence(0.2, 0.1) < 1


def test_next_to_nothing_is_no_confidence() -> None:
    """What any two texts share says nothing, however far the second is behind."""
    assert confidence(0.02, 0.0) == 0.0


def test_levels() -> None:
    """The levels show the same guess or nothing; each shows all that a stricter one does."""
    rankings = [[(2, best / 50), (1, best / 120)] for best in range(1, 50)]
    shown = {level: [clear(ranking, level) for ranking in rankings] for level in LEVELS}
    counts = [sum(map(bool, shown[level])) for level in ("sure", "helpful", "everything")]
    assert 0 < counts[0] < counts[1] < counts[2] < len(rankings)
    for strict, loose in (("sure", "helpful"), ("helpful", "everything")):
        assert all(b == a for a, b in zip(shown[strict], shown[loose], strict=True) if a)


@pytest.mark.parametrize("ranking", [[], [(1, 0.0)], [(1, 0.01), (2, 0.0)]])
def test_nothing_to_show(ranking: list[tuple[int, float]]) -> None:
    """Without questions, or without likeness, nothing is shown at any level."""
    assert not any(clear(ranking, level) for level in LEVELS)
