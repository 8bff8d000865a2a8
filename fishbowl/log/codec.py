"""How a record is stored: a row for what happened, and rows apart for what somebody wrote.

Knows nothing of databases or of what events mean. The row holds the event as JSON, without its personal
fields; each of these stands in a `StoredText` of its own, beside the salt, and the JSON keeps a salted digest
of it. Deleting the text therefore leaves the row as it was, and nobody finds the text again from the digest.

Guarantees: what `encode` gives, `decode` reads back equal, today and, by the upcasts, after the event's
fields have changed. Every row carries a checksum of itself: one that is not what was written is refused.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from hashlib import blake2b
from typing import Any, NamedTuple
from zlib import crc32

import msgspec

from fishbowl.debate.events import EVENTS, Event
from fishbowl.debate.record import Cause, Record
from fishbowl.log.contract import DamagedStore

__all__ = [
    "UPCASTS",
    "VERSIONS",
    "Rows",
    "StoredRecord",
    "StoredText",
    "Upcast",
    "damage_named",
    "decode",
    "decode_following",
    "decode_some",
    "digest",
    "encode",
    "encode_following",
    "summed_record",
    "summed_text",
]

Upcast = Callable[[dict[str, Any]], dict[str, Any]]
"""From an event's fields as one version had them (personal ones too, erased ones missing) to the next's."""

VERSIONS: dict[str, int] = {
    "announcement.made": 1,
    "circle.eased": 1,
    "circle.full": 1,
    "circle.left_to_chair": 1,
    "contribution.carried_in": 1,
    "contribution.checked": 1,
    "contribution.endorsed": 1,
    "contribution.erased": 1,
    "contribution.held": 1,
    "contribution.hidden": 1,
    "contribution.highlighted": 1,
    "contribution.posted": 1,
    "contribution.refused": 1,
    "contribution.reported": 1,
    "contribution.restored": 1,
    "contribution.tagged": 1,
    "contribution.threaded": 1,
    "contribution.withdrawn": 1,
    "debate.changed": 1,
    "debate.created": 1,
    "door.set": 1,
    "floor.frozen": 1,
    "floor.thawed": 1,
    "hand.lowered": 1,
    "hand.raised": 1,
    "name.held": 1,
    "name.refused": 1,
    "person.admitted": 1,
    "person.anonymised": 1,
    "person.blocked": 1,
    "person.erased": 1,
    "person.invited": 1,
    "person.joined": 1,
    "person.left": 1,
    "person.muted": 1,
    "person.renamed": 1,
    "person.replaced": 1,
    "person.unblocked": 1,
    "person.unmuted": 1,
    "phase.moved": 1,
    "question.added": 1,
    "question.dropped": 1,
    "question.edited": 1,
    "question.focused": 1,
    "question.moved": 1,
    "question.summarised": 1,
    "report.resolved": 1,
    "round.ended": 1,
    "round.extended": 1,
    "round.started": 1,
    "rules.changed": 1,
    "seat.away": 1,
    "seat.back": 1,
    "seat.closed": 1,
    "seat.declined": 1,
    "seat.extended": 1,
    "seat.freed": 1,
    "seat.leaving": 1,
    "seat.lent": 1,
    "seat.offered": 1,
    "seat.opened": 1,
    "seat.taken": 1,
    "service.resumed": 1,
}
"""Every stored name and the version written today. A name, once stored, is here for ever."""

UPCASTS: dict[tuple[str, int], Upcast] = {}
"""(name, version) -> how to read that version as the next one. None is needed yet: all events are at 1."""

DIGESTS = "digests"
"""Where a stored body keeps the digests of its personal fields; no event has a field of this name."""

SALT_ALONE = ""
"""The field under which a salt is kept that keys nothing but the digest of the record's cause."""


class StoredText(NamedTuple):
    """A personal text of one record, in the order of the columns of `texts`."""

    seq: int
    field: str
    salt: bytes
    text: str
    checksum: int


class StoredRecord(NamedTuple):
    """A record without its texts, in the order of the columns of `records`."""

    seq: int
    at: int
    by: str
    kind: str
    version: int
    body: str
    cause_id: str | None
    cause_digest: str | None
    checksum: int


Rows = tuple[list[StoredRecord], list[StoredText]]


def encode(record: Record) -> tuple[StoredRecord, list[StoredText]]:
    """The rows of `record`.

    Raises `ValueError` for one that could not be read back: a value that no such event can hold, a lone
    surrogate, somebody's words or a cause without a salt.
    """
    event, salt = record.event, record.salt
    kind = str(event.__struct_config__.tag)
    words = {name: text for name in event.personal if (text := getattr(event, name)) is not None}
    if salt is None and (words or record.cause):
        raise ValueError(f"A {kind} with a cause or somebody's words needs a salt.")
    body = _body(event)
    texts: list[StoredText] = []
    if salt is not None:
        if words:
            body[DIGESTS] = {name: digest(text, salt) for name, text in words.items()}
        for name, text in (words or {SALT_ALONE: ""}).items():
            texts.append(summed_text(record.seq, name, salt, text))
    cause_id, cause_digest = (record.cause.id, record.cause.digest) if record.cause else (None, None)
    stored = summed_record(
        *(record.seq, record.at, record.by, kind, VERSIONS[kind]),
        *(msgspec.json.encode(body).decode(), cause_id, cause_digest),
    )
    try:
        decode(stored, texts)
    except DamagedStore as unreadable:
        raise ValueError(f"A {kind} like this could not be read back: {unreadable}") from unreadable
    return stored, texts


def decode(
    stored: StoredRecord,
    texts: Sequence[StoredText],
    versions: Mapping[str, int] = VERSIONS,
    upcasts: Mapping[tuple[str, int], Upcast] = UPCASTS,
) -> Record:
    """The record of these rows. A field whose text is gone is None, and so is a salt with no text left.

    Raises `DamagedStore` naming the seq.
    """
    seq, at, by, kind, version, body, cause_id, cause_digest, _ = stored
    _verify(stored, texts)
    current = versions.get(kind)
    if current is None or version > current:
        raise DamagedStore(f"record {seq} is {kind!r}, version {version}, which this fishbowl does not know")
    words = {text.field: text.text for text in texts if text.field != SALT_ALONE}
    try:
        if version == current:
            event = _DECODERS[kind].decode(body)
            for name, said in words.items():
                msgspec.structs.force_setattr(event, name, said)  # nobody else has seen this event yet
        else:
            event = _upcast(stored, words, current, upcasts)
    except (msgspec.MsgspecError, LookupError, AttributeError, TypeError, ValueError) as error:
        raise DamagedStore(f"record {seq} cannot be read as {kind!r}: {error}") from error
    cause = None if cause_id is None or cause_digest is None else Cause(cause_id, cause_digest)
    return Record(seq, at, by, event, cause, texts[0].salt if texts else None)


def encode_following(expected: int, records: Iterable[Record]) -> Rows:
    """The rows of `records`. Raises `ValueError` as `encode`, and where seqs do not follow on `expected`."""
    stored: list[StoredRecord] = []
    texts: list[StoredText] = []
    for seq, record in enumerate(records, expected + 1):
        if record.seq != seq:
            raise ValueError(f"Record {record.seq} stands where record {seq} should.")
        row, words = encode(record)
        stored.append(row)
        texts += words
    return stored, texts


def decode_following(since: int, stored: Iterable[StoredRecord], texts: Iterable[StoredText]) -> list[Record]:
    """The records of these rows, in order. Raises `DamagedStore` where one is missing, and as `decode`."""
    records = decode_some(stored, texts)
    for seq, record in enumerate(records, since + 1):
        if record.seq != seq:
            raise DamagedStore(f"record {seq} is missing")
    return records


def decode_some(stored: Iterable[StoredRecord], texts: Iterable[StoredText]) -> list[Record]:
    """The records of these rows, in their order, whatever lies between them. Raises as `decode`."""
    written: defaultdict[int, list[StoredText]] = defaultdict(list)
    for text in texts:
        written[text.seq].append(text)
    return [decode(row, written.get(row.seq, ())) for row in stored]


@contextmanager
def damage_named(debate: str) -> Iterator[None]:
    """What is found damaged in here is told with the debate's name."""
    try:
        yield
    except DamagedStore as damage:
        raise DamagedStore(f"The debate {debate!r} is damaged: {damage}.") from damage


def digest(text: str, salt: bytes) -> str:
    """What a record keeps of a personal text: 32 bytes of BLAKE2b keyed with the record's salt, in hex."""
    return blake2b(text.encode(), digest_size=32, key=salt).hexdigest()


def _body(event: Event) -> dict[str, Any]:
    """The event's fields as JSON has them: no personal ones, and no None where None is the default.

    Other defaults are stored: a default may change, what has happened may not.
    """
    optional = _OPTIONAL[type(event)]
    return {
        name: value
        for name, value in msgspec.to_builtins(event).items()
        if name != "type" and name not in event.personal and not (value is None and name in optional)
    }


def _upcast(
    stored: StoredRecord,
    words: Mapping[str, str],
    current: int,
    upcasts: Mapping[tuple[str, int], Upcast],
) -> Event:
    """The event of an older version, brought up to `current` one version at a time."""
    fields: dict[str, Any] = msgspec.json.decode(stored.body)
    fields.pop(DIGESTS, None)
    fields.update(words)
    for version in range(stored.version, current):
        fields = upcasts[stored.kind, version](fields)
    return msgspec.convert(fields, EVENTS[stored.kind])


def _verify(stored: StoredRecord, texts: Sequence[StoredText]) -> None:
    if stored.checksum != _checksum(*stored[:-1]):
        raise DamagedStore(f"record {stored.seq} is not what was written")
    for text in texts:
        if text.checksum != _checksum(text.seq, text.field, text.salt.hex(), text.text):
            raise DamagedStore(f"a text of record {stored.seq} is not what was written")


def summed_record(*columns: Any) -> StoredRecord:
    """The row of these columns, all but its checksum, as it would be written here."""
    return StoredRecord._make([*columns, _checksum(*columns)])


def summed_text(seq: int, field: str, salt: bytes, text: str) -> StoredText:
    return StoredText(seq, field, salt, text, _checksum(seq, field, salt.hex(), text))


def _checksum(*columns: object) -> int:
    """CRC-32 of a row's columns. It finds what a disk did; against people there is the seal of an archive."""
    return crc32("\x1f".join(map(str, columns)).encode())


_DECODERS = {kind: msgspec.json.Decoder(event) for kind, event in EVENTS.items()}

_OPTIONAL = {
    event: frozenset(field.name for field in msgspec.structs.fields(event) if field.default is None)
    for event in EVENTS.values()
}
