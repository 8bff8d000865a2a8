"""The data directory: whose it is now, and when its last holder was alive.

Knows the names of two files in it and nothing of what they hold, nor of secrets that others keep there; files
it does not know are left alone.

Guarantees: at most one process holds a directory, and the kernel lets go when that process ends, however it
ends.
"""

from __future__ import annotations

import fcntl
import os
from collections.abc import Callable
from pathlib import Path
from types import TracebackType
from typing import Self

from fishbowl.debate.vocabulary import Instant
from fishbowl.log.connection import sync
from fishbowl.log.contract import LogError, Unavailable

__all__ = ["DATABASE", "DataDirectory", "DirectoryInUse"]

DATABASE = "fishbowl.sqlite3"
LOCK = "lock"


class DirectoryInUse(LogError):
    """Another process holds the directory. `address`: where it serves, as far as it has said so."""

    def __init__(self, path: Path, pid: str, address: str | None) -> None:
        super().__init__(
            f"The data directory {path} is in use by another fishbowl (process {pid or 'unknown'}). "
            "Stop that one, or give this one a directory of its own."
        )
        self.pid = pid
        self.address = address


class DataDirectory:
    """A directory held by this process, from `lock` to `release` (or the end of its `with`)."""

    def __init__(self, path: Path, lock: int) -> None:
        self.path = path
        self.database = path / DATABASE
        self._lock = lock
        self._last_alive = os.stat(lock).st_mtime_ns // 1_000_000

    @classmethod
    def lock(cls, path: Path) -> DataDirectory:
        """Hold `path`, which is made if need be, for the eyes of this user only.

        Raises `DirectoryInUse`, or `Unavailable` for what cannot be a data directory.
        """
        try:
            path.mkdir(mode=0o700, parents=True, exist_ok=True)
            lock = os.open(path / LOCK, os.O_RDWR | os.O_CREAT, 0o600)
        except OSError as error:
            raise Unavailable(f"{path} cannot be the data directory: {error.strerror}.") from error
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            pid, address, *_ = [*os.pread(lock, 4096, 0).decode(errors="replace").split("\n"), "", ""]
            os.close(lock)
            raise DirectoryInUse(path, pid, address or None) from None
        directory = cls(path, lock)
        directory.announce("")
        return directory

    def secret(self, name: str, make: Callable[[], bytes]) -> bytes:
        """The secret kept in the file `name`, for the eyes of this user only; made where there is none."""
        path = self.path / name
        try:
            return path.read_bytes()
        except FileNotFoundError:
            made = make()
        except OSError as error:
            raise Unavailable(f"{path} cannot be read: {error.strerror}.") from error
        unfinished = path.with_name(f"{name}.new")
        try:
            unfinished.unlink(missing_ok=True)
            unfinished.touch(0o600)
            unfinished.write_bytes(made)
            sync(unfinished)
            unfinished.rename(path)
            sync(self.path)
        except OSError as error:
            raise Unavailable(f"{path} cannot be made: {error.strerror}.") from error
        return made

    def announce(self, address: str) -> None:
        """Tell others who asks for this directory where it is served: pid and address, a line each."""
        os.ftruncate(self._lock, 0)
        os.pwrite(self._lock, f"{os.getpid()}\n{address}\n".encode(), 0)
        self.heartbeat(self._last_alive)  # writing is no sign of a service that is well

    def heartbeat(self, now: Instant) -> None:
        """Note that the service is alive. It is the file's time: cheap enough for every second."""
        self._last_alive = now
        os.utime(self._lock, ns=(now * 1_000_000, now * 1_000_000))

    def last_alive(self) -> Instant:
        """The last heartbeat, a former holder's too; clocks stood still from then on.

        For a new directory it is when it was made.
        """
        return self._last_alive

    def release(self) -> None:
        """Let go. The file stays: removing it would let two hold two files of one name."""
        if self._lock >= 0:
            os.close(self._lock)
            self._lock = -1

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.release()
