"""The erasure ledger: what was erased here, kept beside the store, so that an older backup gives nothing
back.

Knows which texts of which records; never a word of them. It is a file of JSON lines in the data directory
that only grows. Guarantees: what is noted is on disk when `note` returns; `apply` leaves no byte of what it
names in a store in the making.
"""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterable, Iterator
from pathlib import Path

import msgspec

from fishbowl.debate import events
from fishbowl.debate.record import Record
from fishbowl.log.contract import DamagedStore, Unavailable

__all__ = ["LEDGER", "Erasure", "apply", "delete_texts", "erased_by", "erased_in", "note", "noted"]

LEDGER = "erasures.jsonl"
ERASING = (events.ContributionErased, events.PersonAnonymised, events.PersonErased)


class Erasure(msgspec.Struct, frozen=True):
    """Of the debate that was created at that moment, the words of these records are gone."""

    debate: str
    created_at: int
    records: tuple[int, ...]


def erased_by(records: Iterable[Record]) -> tuple[int, ...]:
    """The records whose words are gone with these."""
    return tuple(
        seq for record in records if isinstance(record.event, ERASING) for seq in record.event.records
    )


def delete_texts(connection: sqlite3.Connection, debate: str, records: Iterable[int]) -> None:
    connection.executemany(
        "DELETE FROM texts WHERE debate = ? AND seq = ?", [(debate, seq) for seq in records]
    )


def note(directory: Path, erasure: Erasure) -> None:
    """Add to the ledger of `directory`. Raises `Unavailable`."""
    try:
        ledger = os.open(directory / LEDGER, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
        try:
            os.write(ledger, msgspec.json.encode(erasure) + b"\n")
            os.fsync(ledger)
        finally:
            os.close(ledger)
    except OSError as error:
        raise Unavailable(f"{directory / LEDGER} cannot be written: {error.strerror}.") from error


def apply(directory: Path, store: sqlite3.Connection) -> int:
    """Erase in `store` all that the ledger of `directory` names, and write the store anew where there was
    any.

    Returns how many texts. Raises `DamagedStore` where the ledger cannot be read: erasing nothing in silence
    would be worse.
    """
    before = store.total_changes
    for erasure in noted(directory):
        if store.execute(
            "SELECT 1 FROM debates WHERE slug = ? AND created_at = ?", (erasure.debate, erasure.created_at)
        ).fetchone():
            delete_texts(store, erasure.debate, erasure.records)
    erased = store.total_changes - before
    if erased:
        store.execute("VACUUM")  # a copy has the bytes of what was deleted; a store written anew has not
    return erased


def erased_in(directory: Path, debate: str, created_at: int) -> set[int]:
    """The records of a debate whose words the ledger of `directory` says are gone; raises as `apply`."""
    return {
        seq
        for erasure in noted(directory)
        if (erasure.debate, erasure.created_at) == (debate, created_at)
        for seq in erasure.records
    }


def noted(directory: Path) -> Iterator[Erasure]:
    """The ledger of `directory`, oldest first; raises as `apply`."""
    path = directory / LEDGER
    if not path.exists():
        return
    for number, line in enumerate(path.read_bytes().splitlines(), 1):
        try:
            yield msgspec.json.decode(line, type=Erasure)
        except msgspec.MsgspecError as error:
            raise DamagedStore(f"{path}, line {number}, is not what was written: {error}.") from error
