"""How many commands are decided in one go, by what the last ones took."""

from __future__ import annotations

import pytest

from fishbowl.live.batch import BATCH, DECIDE_SECONDS, LEAST, BatchSize


@pytest.mark.parametrize(
    ("commands", "seconds", "most"),
    [
        (BATCH, DECIDE_SECONDS / 4, BATCH),
        (BATCH, DECIDE_SECONDS * 4, BATCH // 4),
        (BATCH, 60.0, LEAST),
        (LEAST, DECIDE_SECONDS / 2, 2 * LEAST),
        (1, DECIDE_SECONDS / 2, BATCH),
        (1, DECIDE_SECONDS * 2, LEAST),
        (BATCH, 0.0, BATCH),
    ],
)
def test_the_next_is_as_large_as_the_last_was_fast(commands: int, seconds: float, most: int) -> None:
    """As many as fit into the time; never more than a transaction holds, and never fewer than are worth one.

    One command that was quick tells nothing: the first of a morning loads what the others find.
    """
    size = BatchSize()
    size.took(commands, seconds)
    assert size.most == most


def test_it_grows_again() -> None:
    """What was slow for a moment is not slow for ever."""
    size = BatchSize()
    size.took(BATCH, 60.0)
    while size.most < BATCH:
        before = size.most
        size.took(before, DECIDE_SECONDS / 2)
        assert size.most > before
