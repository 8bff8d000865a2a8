"""A store as one file, made while the service runs, and a store made from one.

Knows nothing of who asks. Guarantees: a backup is one state of the store, complete in its file, and checked;
neither side ever overwrites anything. A restored store has new epochs, so that no client goes on from a seq
that means something else there.
"""

from __future__ import annotations

import os
import sqlite3
from contextlib import closing
from pathlib import Path

from fishbowl.log import erasures
from fishbowl.log.connection import inspect, meaning_of, open_as_one_file, open_to_read, sync
from fishbowl.log.contract import ForeignStore, LogError, Unavailable, new_epoch
from fishbowl.log.directory import DATABASE, DataDirectory
from fishbowl.log.sqlite import read_records

__all__ = ["AlreadyThere", "backup", "restore"]

BUSY_SECONDS = 5.0
AT_ONCE = 10_000
"""Records held in memory while all are checked."""


class AlreadyThere(LogError):
    """A file stands where one was to be made. Nothing was changed."""


def backup(data: Path, target: Path) -> None:
    """Copy the store in the data directory `data` into the new file `target`; a service may be running.

    Raises `AlreadyThere`, `DamagedStore`, `ForeignStore`, `Unavailable`, and then leaves no file.
    """
    source = data / DATABASE
    if not inspect(source, BUSY_SECONDS):
        raise ForeignStore(f"{data} holds no store to back up.")
    try:
        os.close(os.open(target, os.O_CREAT | os.O_EXCL, 0o600))
    except FileExistsError:
        raise AlreadyThere(f"{target} exists already; a backup is never written over.") from None
    except OSError as error:
        raise Unavailable(f"{target} cannot be written: {error.strerror}.") from error
    try:
        _copy(source, target)
    except BaseException:
        target.unlink()
        raise


def restore(source: Path, data: Path) -> None:
    """Make the store of the data directory `data` from the backup `source`.

    A directory that has a store keeps it: whoever wants it replaced moves it away first, its write-ahead log
    too. Raises `AlreadyThere`, `DirectoryInUse`, `DamagedStore`, `ForeignStore`, `Unavailable`; the directory
    is then as it was.
    """
    if not inspect(source, BUSY_SECONDS):
        raise ForeignStore(f"{source} is not a backup: there is nothing in it.")
    with DataDirectory.lock(data) as directory:
        for name in (DATABASE, f"{DATABASE}-wal", f"{DATABASE}-journal"):
            if (data / name).exists():
                raise AlreadyThere(f"{data / name} exists already; move it away before you restore.")
        unfinished = data / f"{DATABASE}.restoring"
        unfinished.unlink(missing_ok=True)
        unfinished.touch(0o600)
        try:
            _copy(source, unfinished)
            last = _begin_anew(unfinished, data)
            unfinished.rename(directory.database)
        except BaseException:
            unfinished.unlink()
            raise
        sync(data)
        directory.heartbeat(last)  # clocks stood still since the last thing that happened there


def _copy(source: Path, target: Path) -> None:
    """One state of `source`, into the empty file `target`, checked record by record and synced."""
    try:
        with closing(open_to_read(source, BUSY_SECONDS)) as old, closing(open_as_one_file(target)) as new:
            old.backup(new)
            new.execute("PRAGMA journal_mode = DELETE")
            _check(new)
    except sqlite3.Error as error:
        raise meaning_of(error, source) or Unavailable(f"{source} cannot be copied: {error}.") from error
    inspect(target, 0)
    sync(target)
    sync(target.parent)


def _check(store: sqlite3.Connection) -> None:
    """Read every record of every debate. Raises `DamagedStore`."""
    for (slug,) in store.execute("SELECT slug FROM debates").fetchall():
        seq = 0
        while records := read_records(store, slug, seq, AT_ONCE):
            seq = records[-1].seq


def _begin_anew(path: Path, data: Path) -> int:
    """Give every debate a new epoch, and erase what was erased in `data` since the backup was made; the time
    of the last record is returned (0 without any).
    """
    with closing(open_as_one_file(path)) as store:
        erasures.apply(data, store)
        for (slug,) in store.execute("SELECT slug FROM debates").fetchall():
            store.execute("UPDATE debates SET epoch = ? WHERE slug = ?", (new_epoch(), slug))
        (last,) = store.execute("SELECT coalesce(max(at), 0) FROM records").fetchone()
    sync(path)
    return int(last)
