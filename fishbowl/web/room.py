"""How many files there are for connections, and how they are shared out.

Every connection is an open file. Guarantees that some are left for the store whatever comes: live connections
have three quarters at most, requests the rest but a reserve, and one address half of what requests have.
"""

from __future__ import annotations

import logging
import resource
from contextlib import suppress
from typing import Final, NamedTuple

from fishbowl.live.admission import Admission
from fishbowl.settings import SETTINGS

__all__ = ["Room", "room_for"]

RESERVE: Final = 64
"""Files for the store, its backups, what is read from disk, and the process itself."""
USUAL: Final = next(setting.default for setting in SETTINGS if setting.name == "connections")
"""What is wanted where nobody said what they want."""

logger = logging.getLogger(__name__)


class Room(NamedTuple):
    """`live`: live connections in all; `requests`: who is let in before it is known what they want."""

    live: int
    requests: Admission


def room_for(connections: int) -> Room:
    """Open as many files as the system allows (a process usually starts with 1,024), and share them.

    `connections`: the live ones that are wanted; 0 for as many as there can be.
    """
    _, most = resource.getrlimit(resource.RLIMIT_NOFILE)
    with suppress(ValueError, OSError):  # macOS says "unlimited" and does not mean it
        resource.setrlimit(resource.RLIMIT_NOFILE, (most, most))
    files, _ = resource.getrlimit(resource.RLIMIT_NOFILE)
    room = shared(files if files > 0 else 2**20, connections)
    if room.live < connections:
        logger.log(
            # Who starts it for the first time asked for nothing and need not be told that they do not get it.
            logging.INFO if connections == USUAL else logging.WARNING,
            "the system allows %d open files, so %d live connections, FISHBOWL_CONNECTIONS says %d: raise "
            "the one (ulimit -n, LimitNOFILE=) or lower the other",
            files,
            room.live,
            connections,
        )
    return room


def shared(files: int, connections: int) -> Room:
    """The room in so many files."""
    most_live = files * 3 // 4
    live = min(connections, most_live) if connections else most_live
    requests = max(1, files - live - RESERVE)
    return Room(live, Admission(requests, per_address=max(1, requests // 2), per_person=0))
