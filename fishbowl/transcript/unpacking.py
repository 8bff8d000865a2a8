"""An organiser's archive read back into what it was made of, so that another service can keep the debate.

Knows no store. Guarantees that nothing is read out of an archive in which anything was altered, and that the
rows are those that were sealed: the same records give the same transcript. What an archive leaves out
(withdrawn texts, what waited to the end, notes of hands) is gone there.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import IO, Final
from zipfile import ZipFile

import msgspec

from fishbowl.log.codec import DIGESTS, Rows, StoredRecord, StoredText, summed_record, summed_text
from fishbowl.transcript.archive import RECORDS, TEXTS
from fishbowl.transcript.contents import Version
from fishbowl.transcript.verify import NotAnArchive, verify

__all__ = ["unpacked"]

WITHDRAWN: Final = "contribution.withdrawn"
WRITTEN: Final = ("contribution.held", "contribution.posted", WITHDRAWN)
NO_SALT: Final = bytes(16)


def unpacked(file: IO[bytes]) -> tuple[str, Rows]:
    """The debate's slug and its rows; raises `NotAnArchive`."""
    verified = verify(file)
    if verified.findings:
        raise NotAnArchive("It is not what was signed: `fishbowl verify` says what was altered.")
    if verified.version != Version.ORGANISER:
        raise NotAnArchive("Only the organiser's archive holds the records as they were stored.")
    file.seek(0)
    with ZipFile(file) as zipped:
        records = [
            summed_record(*msgspec.json.decode(line)) for line in zipped.read(RECORDS).splitlines() if line
        ]
        said = [msgspec.json.decode(line) for line in zipped.read(TEXTS).splitlines() if line]
    texts = [summed_text(one["seq"], one["field"], bytes.fromhex(one["salt"]), one["text"]) for one in said]
    return verified.debate, (records, texts + list(_withdrawn(records, texts)))


def _withdrawn(records: Sequence[StoredRecord], texts: Sequence[StoredText]) -> Iterator[StoredText]:
    """For every text that its author withdrew, an empty one in its place: without, it would read as erased.
    No archive has it, so no digest is held against it.
    """
    known = {(text.seq, text.field) for text in texts}
    bodies = [(row, msgspec.json.decode(row.body)) for row in records if row.kind in WRITTEN]
    withdrawn = {body["contribution"] for row, body in bodies if row.kind == WITHDRAWN}
    for row, body in bodies:
        is_there = (row.seq, "text") in known or "text" not in body.get(DIGESTS, {})
        if body["contribution"] in withdrawn and not is_there:
            yield summed_text(row.seq, "text", NO_SALT, "")
