"""The archive: a debate in one zip file, every format in it, its records, its rules, and a signed list of it
all.

    manifest.json      what is in it, each with its SHA-256; the seals of the debate
    manifest.sig       the instance's signature under manifest.json
    records.jsonl      the records, a line to each; the organiser's as they are stored
    chain.txt          the link of each line of it
    texts.jsonl        the organiser's: what people wrote, with the salts of the records' digests
    rules.json         the rules it was run by
    transcript.*       the transcript in every format

Knows no store and no right. Guarantees the same bytes for the same records, version, seals and address.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from hashlib import sha256
from io import BytesIO
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

import msgspec

from fishbowl.clock import to_wire
from fishbowl.debate import events
from fishbowl.debate.record import Record
from fishbowl.debate.state import State
from fishbowl.debate.vocabulary import Status
from fishbowl.log.codec import SALT_ALONE, Rows, StoredText
from fishbowl.transcript import FORMATS, jsonl
from fishbowl.transcript.contents import Version
from fishbowl.transcript.issue import issue_of
from fishbowl.transcript.projection import Source
from fishbowl.transcript.seal import Key, Seal, chain, line_of
from fishbowl.transcript.voice import Voice

__all__ = ["CHAIN", "MANIFEST", "RECORDS", "SIGNATURE", "TEXTS", "archive"]

MANIFEST, SIGNATURE = "manifest.json", "manifest.sig"
RECORDS, CHAIN, TEXTS = "records.jsonl", "chain.txt", "texts.jsonl"
FORMAT_VERSION = 1


def archive(
    records: Sequence[Record],
    rows: Rows,
    version: Version,
    seals: Sequence[Seal],
    key: Key,
    voice: Voice,
    address: str | None = None,
) -> bytes:
    """The zip. `rows` are those that `records` were read from; `address` as in `issue_of`."""
    issue = issue_of(seals, rows[0][-1].seq if rows[0] else 0, address)
    source = Source(records, version, issue=issue)
    files = dict(_files(source, rows, voice))
    links = files[CHAIN].decode().split()
    manifest = {
        "format": "fishbowl.archive",
        "format_version": FORMAT_VERSION,
        "debate": source.state.slug,
        "version": version,
        "seq": source.state.seq,
        "at": to_wire(source.state.at),
        "head": links[-1] if links else "",
        "files": {
            name: {"sha256": sha256(file).hexdigest(), "bytes": len(file)} for name, file in files.items()
        },
        "seals": seals,
        "key": key.public,
    }
    files[MANIFEST] = msgspec.json.format(msgspec.json.encode(manifest), indent=2) + b"\n"
    files[SIGNATURE] = key.sign(files[MANIFEST]).encode() + b"\n"
    made = BytesIO()
    with ZipFile(made, "w", ZIP_DEFLATED) as zipped:
        for name in (MANIFEST, SIGNATURE, *files):
            if name not in zipped.NameToInfo:
                zipped.writestr(ZipInfo(name), files[name], ZIP_DEFLATED)
    return made.getvalue()


def _files(source: Source, rows: Rows, voice: Voice) -> Iterator[tuple[str, bytes]]:
    if source.version is Version.ORGANISER:
        lines = [line_of(row) for row in rows[0]]
        yield TEXTS, _joined(map(_text, _shown(source.state, list(source.records()), rows[1])))
    else:
        lines = [line.encode().rstrip(b"\n") for line in jsonl.render(source)]
    yield RECORDS, _joined(lines)
    yield CHAIN, _joined(each.encode() for each in chain(lines))
    yield "rules.json", msgspec.json.format(msgspec.json.encode(source.state.rules), indent=2) + b"\n"
    for ending, form in FORMATS.items():
        yield f"transcript.{ending}", b"".join(form.write(source, voice))


def _shown(state: State, records: Sequence[Record], texts: Iterable[StoredText]) -> Iterator[StoredText]:
    """The texts that may be in a version: no withdrawn ones, none that wait, no notes of hands, no salt
    without a text.
    """
    private = {record.seq for record in records if isinstance(record.event, events.HandRaised)}
    unread = (Status.WITHDRAWN, Status.HELD)
    for each in state.contributions.values():
        if each.status in unread:
            private.update(each.records)
    return (text for text in texts if text.field != SALT_ALONE and text.seq not in private)


def _text(text: StoredText) -> bytes:
    told: dict[str, Any] = {"seq": text.seq, "field": text.field, "salt": text.salt.hex(), "text": text.text}
    return msgspec.json.encode(told)


def _joined(lines: Iterable[bytes]) -> bytes:
    return b"".join(line + b"\n" for line in lines)
