"""One stored event of a debate: the record.

A record is an event with its place (`seq`), its time (`at`), who did it (`by`) and, where a command asked for
it, what makes that command idempotent (`cause`). It knows nothing of how it is stored or who reads it.
"""

from __future__ import annotations

from msgspec import Struct

from fishbowl.debate.events import Event
from fishbowl.debate.vocabulary import Instant

__all__ = ["Cause", "Record"]


class Cause(Struct, frozen=True):
    """The command behind a record: the id its sender chose, and a digest of its body keyed with the
    record's `salt`.
    """

    id: str
    digest: str


class Record(Struct, frozen=True):
    """`seq` counts from 1 without gaps; `at` never goes back; `by` is a person, or `CLOCK`.

    `salt` (16 bytes) keys the digests of the record's personal fields and of its cause. It is stored with
    the personal text and goes when that is erased: `None` then, and the fields are None too.
    """

    seq: int
    at: Instant
    by: str
    event: Event
    cause: Cause | None = None
    salt: bytes | None = None
