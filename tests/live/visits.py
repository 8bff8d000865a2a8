"""Somebody who comes to a debate, as a connection is told by the edge."""

from __future__ import annotations

from dataclasses import dataclass

from fishbowl.live.debate import LiveDebate
from fishbowl.live.views import Reader


@dataclass
class Guest:
    reader: Reader


@dataclass
class Visiting:
    debate: LiveDebate
    who: Guest
    asker: str | None
