"""Frames: the same bytes for everybody, plain and compressed."""

from __future__ import annotations

import json

import pytest
from websockets.extensions.permessage_deflate import PerMessageDeflate
from websockets.frames import Frame as WireFrame
from websockets.frames import Opcode
from websockets.protocol import CLIENT, OPEN, Protocol

from fishbowl.live.frames import WINDOW_BITS, WORTHWHILE, Frame, frame_of


@pytest.mark.parametrize("length", [0, 1, 125, 126, 127, 65535, 65536, 200_000])
def test_a_frame_is_a_whole_unmasked_text_frame(length: int) -> None:
    """Byte for byte what the websockets library makes of the same payload."""
    payload = b"x" * length
    assert Frame(payload).framed == WireFrame(Opcode.TEXT, payload).serialize(mask=False)


def test_messages_are_joined_in_order() -> None:
    """Any number of records costs one frame: a JSON array."""
    assert json.loads(frame_of([b'{"a":1}', b'{"a":2}']).payload) == [{"a": 1}, {"a": 2}]


def read(framed: bytes) -> bytes:
    """The payload as a client reads it that negotiated compression without context."""
    client = Protocol(CLIENT, state=OPEN, max_size=None)
    client.extensions = [PerMessageDeflate(True, True, WINDOW_BITS, WINDOW_BITS)]
    client.receive_data(framed)
    (received,) = client.events_received()
    assert isinstance(received, WireFrame)
    return bytes(received.data)


@pytest.mark.parametrize("length", [WORTHWHILE, 65536, 200_000])
def test_a_compressed_frame_reads_as_what_it_was(length: int) -> None:
    """Marked as compressed, smaller, and byte for byte the same once inflated by another library."""
    payload = json.dumps(["Gŵyl y llyfrgell " * (length // 16)]).encode()
    frame = Frame(payload)
    assert read(frame.deflated) == payload
    assert frame.deflated[0] == 0xC1, "final, compressed, text"
    assert len(frame.deflated) < len(frame.framed) / 2


def test_a_small_frame_stays_plain() -> None:
    """Where compressing saves nothing, those who could read it compressed get the plain bytes too."""
    frame = Frame(b"[" + b"1" * (WORTHWHILE - 3) + b"]")
    assert frame.deflated is frame.framed


def test_each_compressed_frame_stands_by_itself() -> None:
    """Whoever reads the second frame without the first understands it; both are made once."""
    first, second = (Frame(json.dumps([text * 60]).encode()) for text in ("once upon a time ", "the end "))
    assert read(second.deflated) == second.payload
    assert read(first.deflated) == first.payload
    assert first.deflated is first.deflated
