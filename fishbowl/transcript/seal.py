"""The seal: a chain of digests over a debate's records, and a signature under its last link.

Knows no file and no store: lines and rows come in. Ed25519 is the `cryptography` package's. What a seal
proves and what not stands in docs/seal.md.

A record's line holds digests of what people wrote, keyed with salts that stand with the texts; so a text can
be erased, and the chain holds. Each link is SHA-256 over the link before and the line, so that no record can
be altered, left out, put in or moved without every later link being another.
"""

from __future__ import annotations

from base64 import b64decode, b64encode
from collections.abc import Iterable, Iterator
from hashlib import sha256
from typing import Any

import msgspec
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from fishbowl.clock import to_wire
from fishbowl.log.codec import StoredRecord

__all__ = ["Key", "Seal", "chain", "fingerprint", "is_signed", "line_of", "link"]

FIRST = b"fishbowl seal 1"
"""Stands where the first record has no link before it."""


class Seal(msgspec.Struct, frozen=True):
    """That the records of `debate` up to `seq` were these when it was archived, or changed afterwards.

    `number` counts a debate's seals; `changed` tells what came since the one before. `signature` and `key`
    are base64; what is signed is `said`.
    """

    debate: str
    number: int
    seq: int
    at: str
    head: str
    changed: tuple[str, ...]
    key: str = ""
    signature: str = ""

    @property
    def said(self) -> bytes:
        """The bytes under the signature: everything a seal says but its signature and key."""
        return msgspec.json.encode([self.debate, self.number, self.seq, self.at, self.head, self.changed])


class Key:
    """An instance's signing key, 32 bytes."""

    def __init__(self, secret: bytes) -> None:
        self._key = Ed25519PrivateKey.from_private_bytes(secret)
        self.public = b64encode(self._key.public_key().public_bytes_raw()).decode()

    @staticmethod
    def new() -> bytes:
        return Ed25519PrivateKey.generate().private_bytes_raw()

    def sign(self, said: bytes) -> str:
        return b64encode(self._key.sign(said)).decode()

    def seal(self, debate: str, number: int, row: StoredRecord, head: str, changed: Iterable[str]) -> Seal:
        unsigned = Seal(debate, number, row.seq, to_wire(row.at), head, tuple(changed))
        return msgspec.structs.replace(unsigned, key=self.public, signature=self.sign(unsigned.said))


def is_signed(said: bytes, signature: str, key: str) -> bool:
    """Whether `signature` is that of `key` under these bytes; False for what is no key or no signature."""
    try:
        Ed25519PublicKey.from_public_bytes(b64decode(key)).verify(b64decode(signature), said)
    except (InvalidSignature, ValueError):
        return False
    return True


def fingerprint(key: str) -> str:
    """A public key in sixteen groups of four, to be compared by eye."""
    try:
        digits = sha256(b64decode(key)).hexdigest()
    except ValueError:
        return "?"
    return " ".join(digits[start : start + 4] for start in range(0, 64, 4))


def line_of(row: StoredRecord) -> bytes:
    """A stored record as the line that is chained: its columns as JSON, without the checksum of the disk."""
    columns: list[Any] = list(row[:-1])
    return msgspec.json.encode(columns)


def link(before: str, line: bytes) -> str:
    """The link that follows on `before` ("" for the first)."""
    return sha256((bytes.fromhex(before) if before else FIRST) + line).hexdigest()


def chain(lines: Iterable[bytes]) -> Iterator[str]:
    """The link of each line, in order."""
    last = ""
    for line in lines:
        last = link(last, line)
        yield last
