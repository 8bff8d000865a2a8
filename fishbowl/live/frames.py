"""Frames: a message array as bytes on the wire, made once for everybody who gets it.

Knows neither messages nor connections. A frame is framed when the first peer needs it, and compressed when
the first peer needs that: the same bytes then go to every transport. Guarantees that each frame stands by
itself (RFC 7692, no context takeover), so that whoever missed one can read the next.
"""

from __future__ import annotations

import zlib
from collections.abc import Iterable
from typing import Final

__all__ = ["WINDOW_BITS", "Frame", "frame_of"]

WINDOW_BITS: Final = 15
"""How far back a compressed frame refers, as a power of two; a peer that can remember less gets none."""
LEVEL: Final = 1
"""zlib's. Higher ones cost twice the time and more for a tenth of the bytes (docs/measurements.md)."""
WORTHWHILE: Final = 300
"""Bytes; below them compressing saves less than a packet."""
_TEXT, _COMPRESSED_TEXT = 0x81, 0xC1
_EMPTY_BLOCK = b"\x00\x00\xff\xff"


class Frame:
    """A message array as every transport needs it.

    `payload` is JSON; `framed` a whole WebSocket text frame of it (RFC 6455, 5.2: unmasked, final);
    `deflated` the same compressed (RFC 7692, 7.2.1), where that is worth it.
    """

    __slots__ = ("_deflated", "_framed", "payload")

    def __init__(self, payload: bytes) -> None:
        self.payload = payload
        self._framed: bytes | None = None
        self._deflated: bytes | None = None

    @property
    def framed(self) -> bytes:
        if self._framed is None:
            self._framed = _header(_TEXT, len(self.payload)) + self.payload
        return self._framed

    @property
    def deflated(self) -> bytes:
        """For peers that negotiated permessage-deflate."""
        if self._deflated is None:
            self._deflated = self.framed if len(self.payload) < WORTHWHILE else _deflated(self.payload)
        return self._deflated


def frame_of(messages: Iterable[bytes]) -> Frame:
    """One frame of already encoded messages, in order."""
    return Frame(b"[" + b",".join(messages) + b"]")


def _header(first: int, length: int) -> bytes:
    if length < 126:
        return bytes((first, length))
    if length < 65536:
        return bytes((first, 126)) + length.to_bytes(2)
    return bytes((first, 127)) + length.to_bytes(8)


def _deflated(payload: bytes) -> bytes:
    compressing = zlib.compressobj(LEVEL, wbits=-WINDOW_BITS)
    data = compressing.compress(payload) + compressing.flush(zlib.Z_SYNC_FLUSH)
    data = data.removesuffix(_EMPTY_BLOCK)
    return _header(_COMPRESSED_TEXT, len(data)) + data
