"""What a log owes to those who use it: the contract, and the ways in which it is refused.

Knows nothing of databases, loops or readers. Whoever keeps records (SQLite, or memory in tests) passes the
one suite in `tests/log/test_contract.py`.

A log guarantees: a debate's records are numbered from 1 without gaps; what `append` or `create` has returned
for is on disk, synced, and is read back equal; what they raised `Conflict`, `SlugTaken` or `NoSuchDebate` for
has left nothing behind.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from collections.abc import Set as AbstractSet
from contextlib import AbstractAsyncContextManager
from secrets import token_hex
from typing import TYPE_CHECKING, NamedTuple, Protocol

from fishbowl.debate.record import Record

if TYPE_CHECKING:  # the codec raises this module's errors
    from fishbowl.log.codec import Rows

__all__ = [
    "Behind",
    "Conflict",
    "DamagedStore",
    "ForeignStore",
    "Log",
    "LogError",
    "Missed",
    "NoSuchDebate",
    "Overloaded",
    "SlugTaken",
    "Turn",
    "Turns",
    "Unavailable",
    "Unchanged",
    "new_epoch",
]


class LogError(Exception):
    """Every way in which a log says no. Its text is a sentence for the operator."""


class Conflict(LogError):
    """Somebody else appended first. `head` is the last seq now: read what was missed, fold, decide again."""

    def __init__(self, head: int) -> None:
        super().__init__(f"The debate has gone on to record {head} in the meantime.")
        self.head = head


class SlugTaken(LogError):
    """A debate of this slug exists already."""

    def __init__(self, slug: str) -> None:
        super().__init__(f"There is a debate called {slug!r} already.")
        self.slug = slug


class NoSuchDebate(LogError):
    """There is none of this slug, or no longer."""

    def __init__(self, slug: str) -> None:
        super().__init__(f"There is no debate called {slug!r}.")
        self.slug = slug


class Unavailable(LogError):
    """The store could not be written or read now: disk full, input or output error, locked, closed.

    It may be tried again, but the outcome of a failed `append` is unknown (a disk that failed while syncing
    may have kept the records): read from the last seq known before deciding anything again. `expected` then
    keeps a second attempt from storing twice.
    """


class Behind(Conflict):
    """Others appended more than is read within a turn."""


class Overloaded(Unavailable):
    """More writes are waiting than are kept waiting. Nothing was stored."""


class DamagedStore(LogError):
    """What is stored cannot be what was written. Nothing was changed; it takes a person, or a backup."""


class ForeignStore(LogError):
    """The file is not ours, or a newer fishbowl's. Nothing was changed."""


def new_epoch() -> str:
    """A name for the life of a log that begins now, never given before: 16 random hexadecimal digits."""
    return token_hex(8)


class Unchanged(NamedTuple):
    """An accepted command that changed nothing, kept to be answered alike when it is asked again.

    `digest` is of its body, keyed with `salt`; `seq` is the head it was answered with.
    """

    by: str
    id: str
    digest: str
    salt: bytes
    seq: int


class Missed(NamedTuple):
    """What others stored meanwhile; `more`: perhaps not all of it yet. `ended`: whose links they ended."""

    records: Sequence[Record] = ()
    unchanged: Sequence[Unchanged] = ()
    ended: Sequence[str] = ()
    more: bool = False


class Turn(Protocol):
    """What a debate's turn is to whoever has it; see `log.turns`."""

    @property
    def missed(self) -> Missed: ...
    @property
    def present(self) -> frozenset[str]: ...
    def store(self, records: Sequence[Record], unchanged: Sequence[Unchanged]) -> None: ...


class Turns(Protocol):
    """A debate's turns where several nodes write it; see `log.turns`, which guarantees what is said here."""

    @property
    def debate(self) -> str: ...
    @property
    def epoch(self) -> str: ...
    @property
    def elsewhere(self) -> frozenset[str]: ...
    @property
    def is_alone(self) -> bool: ...
    async def missed(self, since: int) -> Missed: ...
    def turn(self, since: int, here: Callable[[], AbstractSet[str]]) -> AbstractAsyncContextManager[Turn]: ...
    def is_behind(self, turn: int) -> bool: ...
    def out_of_date(self, here: AbstractSet[str]) -> bool: ...


class Log(Protocol):
    """The records of all debates."""

    appends: int
    """How often something was stored by `append` here."""

    async def create(self, slug: str, records: Sequence[Record], epoch: str) -> None:
        """Begin a debate with its first records (at least one, seq 1 first), all or none of them.

        Returns once they are synced. Raises `SlugTaken`, `Unavailable`.
        """

    async def append(
        self, debate: str, expected: int, records: Sequence[Record], unchanged: Sequence[Unchanged] = ()
    ) -> None:
        """Store `records`, whose seqs follow on `expected`, if `expected` is the last seq stored.

        Where they erase (`contribution.erased`, `person.erased`, `person.anonymised`), the words of the
        records they name are gone with them: from the store and what stands beside it, once this has
        returned.

        With them, what was accepted and changed nothing; of its (person, id) pairs none is stored yet.

        All or none of them, in order, and returns only once they are synced: no reply and no record goes out
        before. Calls for one debate are decided one after another, whoever makes them; of two with the same
        `expected` one gets `Conflict` (even one with no records to store). Cancelling the call does not
        withdraw it: what becomes of it is then unknown, as after `Unavailable`.

        Raises `Conflict`, `NoSuchDebate`, `Unavailable`; `ValueError` where the seqs do not follow.
        """

    async def read(self, debate: str, since: int = 0, limit: int | None = None) -> list[Record]:
        """The records after seq `since`, in order, at most `limit`; those of every append that has returned.

        A personal field whose text was erased is None, and so is the salt once no text of the record is left.
        Raises `NoSuchDebate`, `Unavailable`, and `DamagedStore` naming debate and seq.
        """

    async def pick(self, debate: str, seqs: Sequence[int]) -> list[Record]:
        """As `read`, but the records of these seqs alone, in order; one that is not there is left out."""

    async def outline(self, debate: str) -> list[Record]:
        """As `read`, but only the records of `evolve.OUTLINE`: what the debate is and where it stands."""

    async def rows(self, debate: str) -> Rows:
        """Everything stored of the debate as it is stored, in order: what a seal is made of. Raises as
        `read`, but does not ask whether a row is what was written.
        """

    async def unchanged(self, debate: str) -> list[Unchanged]:
        """Every accepted command that changed nothing, in no order. Raises as `head`."""

    async def check(self) -> None:
        """Store nothing, but go all the way to the disk for it. Raises `Unavailable` where that fails."""

    async def head(self, debate: str) -> int:
        """The last seq stored. Raises `NoSuchDebate`, `Unavailable`."""

    async def epoch(self, debate: str) -> str:
        """Which life of the log this is: seqs of another epoch mean nothing. Raises as `head`."""

    async def debates(self) -> list[str]:
        """The slugs of all debates, in the order they were created (those of the same moment by name)."""

    async def delete(self, debate: str) -> None:
        """Remove the debate with its records and texts; later calls for it get `NoSuchDebate`."""
