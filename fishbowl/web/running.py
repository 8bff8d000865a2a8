"""How a command on this machine finds and addresses the service that holds a data directory.

Knows no debate. The service writes down where it is reached and a secret of this one run, for its owner's
eyes only; both end with it. (What a crash leaves behind names a secret that nobody takes any more, and is not
even read: whether a service runs is told by the directory's lock, which ends with its holder.)
"""

from __future__ import annotations

import os
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

import msgspec
from msgspec import Struct

__all__ = ["Running", "announced", "running_in"]

_FILE: Final = "service.json"


class Running(Struct, frozen=True):
    """A service at work: its address on this machine, and the administrator's secret of this run."""

    address: str
    secret: str


@contextmanager
def announced(data: Path, service: Running) -> Generator[None, None, None]:
    """Let commands on this machine find the service, for as long as it runs. `data` is locked by us."""
    path = data / _FILE
    path.unlink(missing_ok=True)
    file = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, 0o600)
    with os.fdopen(file, "wb") as written:
        written.write(msgspec.json.encode(service))
    try:
        yield
    finally:
        path.unlink(missing_ok=True)


def running_in(data: Path) -> Running | None:
    """The service of a directory that is locked; None where its holder is none, or is just starting."""
    try:
        return msgspec.json.decode((data / _FILE).read_bytes(), type=Running)
    except (OSError, msgspec.DecodeError):
        return None
