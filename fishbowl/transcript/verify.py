"""Checking an archive: whether it is what was sealed, and if not, what in it is not.

Knows nothing but the file: no store, no network. Whose key it was signed with it tells; whether that is the
key of whom one thinks is for the reader to compare (docs/seal.md). Guarantees a finding for every file that
was altered, put in or left out, by its name, and for every record or text altered, by its seq; and that a
file made to exhaust whoever opens it is refused.
"""

from __future__ import annotations

import zlib
from collections.abc import Callable, Iterator
from hashlib import sha256
from typing import IO, Any, NamedTuple
from zipfile import BadZipFile, ZipFile

import msgspec

from fishbowl.log.codec import DIGESTS, digest
from fishbowl.transcript.archive import CHAIN, MANIFEST, RECORDS, SIGNATURE, TEXTS
from fishbowl.transcript.seal import Seal, fingerprint, is_signed, link

__all__ = ["Finding", "NotAnArchive", "Verified", "told", "verify"]

MOST_BYTES = 2 * 1024**3
"""What is unpacked at most; an archive of 100,000 contributions has a tenth of it."""
UNREADABLE = (BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, OSError)

UNDECODABLE = (msgspec.MsgspecError, RecursionError, ValueError)


class NotAnArchive(ValueError):
    """The file is no archive of a debate at all."""


class Finding(NamedTuple):
    """What is not as it was: `what` of `altered`, `missing`, `added`, `unsigned`; a record's or a text's
    `seq`.
    """

    what: str
    file: str
    seq: int | None = None


class Verified(NamedTuple):
    """`findings` is empty where the archive is what was signed. `seals` as it states them, oldest first."""

    debate: str
    version: str
    seq: int
    key: str
    seals: tuple[Seal, ...]
    findings: tuple[Finding, ...]


class _Manifest(msgspec.Struct):
    format: str
    debate: str
    version: str
    seq: int
    head: str
    files: dict[str, dict[str, Any]]
    seals: tuple[Seal, ...]
    key: str


def verify(file: IO[bytes]) -> Verified:
    """What is found; raises `NotAnArchive`."""
    try:
        zipped = ZipFile(file)
    except UNREADABLE as error:
        raise NotAnArchive(f"This is not a readable zip file: {error}.") from None
    with zipped:
        if sum(part.file_size for part in zipped.infolist()) > MOST_BYTES:
            raise NotAnArchive("This unpacks to more than an archive holds.")
        files = {name: _read(zipped, name) for name in zipped.namelist()}
    stated = files.get(MANIFEST)
    if stated is None:
        raise NotAnArchive(f"There is no readable {MANIFEST} in it.")
    try:
        manifest = msgspec.json.decode(stated, type=_Manifest)
    except UNDECODABLE:
        return Verified("", "", 0, "", (), (Finding("altered", MANIFEST),))
    if manifest.format != "fishbowl.archive":
        raise NotAnArchive("It says of itself that it is something else.")
    findings = tuple(dict.fromkeys(_findings(manifest, stated, files)))
    return Verified(manifest.debate, manifest.version, manifest.seq, manifest.key, manifest.seals, findings)


def _read(zipped: ZipFile, name: str) -> bytes | None:
    """A part's bytes; None where they are not even what the zip says."""
    try:
        return zipped.read(name)
    except UNREADABLE:
        return None


def _findings(manifest: _Manifest, stated: bytes, files: dict[str, bytes | None]) -> Iterator[Finding]:
    signature = (files.get(SIGNATURE) or b"").decode("latin-1")
    if SIGNATURE not in files:
        yield Finding("missing", SIGNATURE)
    elif signature != signature.strip() + "\n" or not is_signed(stated, signature, manifest.key):
        # Either of the two was touched; nobody can tell which.
        yield Finding("unsigned", MANIFEST)
        yield Finding("unsigned", SIGNATURE)
    for name, expected in manifest.files.items():
        if name not in files:
            yield Finding("missing", name)
        elif (file := files[name]) is None or sha256(file).hexdigest() != expected.get("sha256"):
            yield Finding("altered", name)
    for name in files:
        if name not in manifest.files and name not in (MANIFEST, SIGNATURE):
            yield Finding("added", name)
    lines, links = (_lines(files.get(name)) for name in (RECORDS, CHAIN))
    yield from _broken(manifest, lines, links)
    if manifest.version == "organiser":
        yield from _reworded(lines, _lines(files.get(TEXTS)))
        yield from _unsealed(manifest, links)
    elif any(not is_signed(seal.said, seal.signature, seal.key) for seal in manifest.seals):
        yield Finding("unsigned", MANIFEST)


def _lines(file: bytes | None) -> list[bytes]:
    return [] if not file else file.removesuffix(b"\n").split(b"\n")


def _broken(manifest: _Manifest, lines: list[bytes], links: list[bytes]) -> Iterator[Finding]:
    """Records whose line is not the one that was chained, each for itself: links are taken as stated."""
    stated = [each.decode("latin-1") for each in links]
    for place, line in enumerate(lines):
        before = stated[place - 1] if 0 < place <= len(stated) else ""
        try:
            fits = place < len(stated) and link(before, line) == stated[place]
        except ValueError:
            fits = False
        if not fits:
            yield Finding("altered", RECORDS, _seq_of(line) or place + 1)
    if len(stated) > len(lines):
        yield Finding("missing", RECORDS, len(lines) + 1)
    if (stated[-1] if stated else "") != manifest.head:
        yield Finding("altered", CHAIN)


def _seq_of(line: bytes) -> int | None:
    """The seq that a line says, as stored or as served."""
    try:
        said = msgspec.json.decode(line)
    except UNDECODABLE:
        return None
    seq = said[0] if isinstance(said, list) and said else said.get("seq") if isinstance(said, dict) else None
    return seq if isinstance(seq, int) else None


def _reworded(lines: list[bytes], texts: list[bytes]) -> Iterator[Finding]:
    """Texts that are not those the records were written with."""
    digests = dict(_each(lines, lambda row: (row[0], msgspec.json.decode(row[5]).get(DIGESTS, {}))))
    for place, line in enumerate(texts, 1):
        try:
            said = msgspec.json.decode(line)
            right = digests.get(said["seq"], {}).get(said["field"])
            if right != digest(said["text"], bytes.fromhex(said["salt"])):
                yield Finding("altered", TEXTS, said["seq"])
        except (*UNDECODABLE, KeyError, TypeError, AttributeError):
            yield Finding("altered", TEXTS, _seq_of(line) or place)


def _each(lines: list[bytes], read: Callable[[Any], tuple[int, Any]]) -> Iterator[tuple[int, Any]]:
    for line in lines:
        try:
            yield read(msgspec.json.decode(line))
        except (*UNDECODABLE, LookupError, TypeError, AttributeError):
            continue  # found altered already


def _unsealed(manifest: _Manifest, links: list[bytes]) -> Iterator[Finding]:
    """Seals that are not signed, or not those of these records."""
    for seal in manifest.seals:
        if not is_signed(seal.said, seal.signature, seal.key):
            yield Finding("unsigned", MANIFEST, seal.seq)
        elif not 0 < seal.seq <= len(links) or links[seal.seq - 1].decode("latin-1") != seal.head:
            yield Finding("altered", RECORDS, seal.seq)


def told(verified: Verified) -> Iterator[str]:
    """What was found, a line each, for the command line."""
    yield f"{verified.debate}, version {verified.version}, up to record {verified.seq}"
    yield f"key {fingerprint(verified.key)}"
    for seal in verified.seals:
        changed = f" ({', '.join(seal.changed)})" if seal.changed else ""
        yield f"seal {seal.number} at record {seal.seq}, {seal.at}{changed}: {seal.head}"
    for finding in verified.findings:
        record = "" if finding.seq is None else f", record {finding.seq}"
        yield f"{finding.what}: {finding.file}{record}"
    if not verified.findings:
        yield "Nothing was altered. Compare the key with the one its service publishes."
