"""Spans: stretches of a text closed to anything else, as the inside of a link is to hashtags.

Knows only places. Both sides come in order of place and are walked once, so a text full of links costs no
more than its length.
"""

from collections.abc import Iterable
from typing import Protocol, TypeVar


class Placed(Protocol):
    """Anything that begins at a place in a text."""

    @property
    def start(self) -> int: ...


Found = TypeVar("Found", bound=Placed)


def outside(found: Iterable[Found], closed: Iterable[tuple[int, int]]) -> tuple[Found, ...]:
    """What of `found` does not begin within a closed span; both in order of place."""
    spans = iter(closed)
    apart: list[Found] = []
    start, reach = next(spans, (0, 0))
    upcoming = next(spans, None)
    for one in found:
        while upcoming and upcoming[0] <= one.start:
            start, reach = upcoming[0], max(reach, upcoming[1])
            upcoming = next(spans, None)
        if not start <= one.start < reach:
            apart.append(one)
    return tuple(apart)
