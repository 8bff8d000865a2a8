"""Which hashtags a debate uses now, and which of them stand together: counted from its state.

Knows no clock: what is "now" is the time of the last contribution, so the same state gives the same list, and
a debate that pauses keeps it. Counts only what stands on the floor, so that nobody learns by a hashtag what a
text says that is held, hidden or gone. The debate's own hashtags belong to every contribution: they are none.
Upper and lower case are the same hashtag; it is called as it was written first.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from msgspec import Struct

from fishbowl.debate.state import Contribution, State
from fishbowl.debate.vocabulary import Status

__all__ = ["Used", "together", "trending"]

WINDOW: Final = 30 * 60_000
"""Milliseconds that count as now. Of a chaired hour it is half; of a monthly chat most of what is said."""
LOOKED_AT: Final = 2_000
"""The newest contributions that are looked at, so that a page stays cheap at any pace."""
PEOPLE: Final = 2
"""Fewer people than this make no trend, however often one of them writes it."""


class Used(Struct, frozen=True):
    """A hashtag without its sign, in how many contributions it stands, and of how many people."""

    tag: str
    contributions: int
    people: int


def trending(state: State, most: int = 5) -> list[Used]:
    """The hashtags of the last half hour that several people use: those of most people first."""
    newest = state.contributions.get(len(state.contributions))
    if newest is None:
        return []
    within = (one for one in _floor(state) if one.at > newest.at - WINDOW)
    found = [each for each in _counted(state, within) if each.people >= PEOPLE]
    return sorted(found, key=_first)[:most]


def together(state: State, tag: str, most: int = 5) -> list[Used]:
    """The hashtags that stand in a contribution with this one: those of most people first."""
    asked = tag.lower()
    among = (one for one in _floor(state) if asked in (each.lower() for each in _tags(one)))
    return sorted((each for each in _counted(state, among) if each.tag.lower() != asked), key=_first)[:most]


def _first(used: Used) -> tuple[int, int, str]:
    return (-used.people, -used.contributions, used.tag.lower())


def _floor(state: State) -> Iterator[Contribution]:
    """The newest that everybody sees who may read, the newest first."""
    last = len(state.contributions)
    for number in range(last, max(0, last - LOOKED_AT), -1):
        one = state.contributions[number]
        if one.status is Status.POSTED and one.shown:
            yield one


def _counted(state: State, among: Iterator[Contribution]) -> Iterator[Used]:
    own = {each.lower() for each in state.hashtags}
    written: dict[str, str] = {}
    times: dict[str, int] = {}
    people: dict[str, set[str]] = {}
    for one in among:
        for tag in _tags(one):
            key = tag.lower()
            if key not in own:
                written[key] = tag  # the oldest comes last
                people.setdefault(key, set()).add(one.author)
        for key in {tag.lower() for tag in _tags(one)} - own:
            times[key] = times.get(key, 0) + 1
    return (Used(tag, times[key], len(people[key])) for key, tag in written.items())


def _tags(one: Contribution) -> list[str]:
    if not one.text or ("#" not in one.text and "＃" not in one.text):
        return []  # before the others are looked for: that costs a hundred times as much
    return [found.text for found in one.entities.hashtags]
