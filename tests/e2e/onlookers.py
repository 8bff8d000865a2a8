"""A crowd of onlookers in a process of its own, reading as leanly as Python can.

    python -m tests.e2e.onlookers HOST PORT SLUG NUMBER

Prints `ready` when all have said hello. The line `drop` on its standard input cuts all of them off at
once and brings them back, each from where they were; `ready` again. A seq, that of the last record, lets it
end: it waits until everybody has that record, or for a while, and prints one JSON object: `streams`, how many
onlookers got which sequence of seqs; `closed`, how many the service cut off; `snapshots`, how many it sent a
snapshot; `milliseconds`, how long a frame's newest record had been decided when the frame arrived.

It knows as much of WebSockets as a reader needs: whole, unmasked text frames, pings, closes. What is the same
for many is parsed once.
"""

import asyncio
import datetime
import json
import resource
import struct
import sys
import time
from collections import Counter
from collections.abc import Callable
from functools import lru_cache, partial
from typing import Any, NamedTuple, cast

import msgspec
import uvloop

PATIENCE_SECONDS = 60.0
DIAL_AT_ONCE = 50

TEXT, CLOSE, PING = 1, 8, 9


class Record(msgspec.Struct):
    """As much of a message as an onlooker needs."""

    type: str
    seq: int | None = None
    at: datetime.datetime | None = None
    epoch: str = ""


_decode = msgspec.json.Decoder(list[Record]).decode


class Frame(NamedTuple):
    """What is in a frame, for everybody who got the same."""

    hello: Record | None
    seqs: tuple[int, ...]
    newest: float
    """When the newest of its records was decided."""
    has_snapshot: bool


@lru_cache(maxsize=256)
def _parsed(payload: bytes) -> Frame:
    messages = _decode(payload)
    hello = next((message for message in messages if message.type == "hello"), None)
    records = [message for message in messages if message.seq and message.type not in ("hello", "snapshot")]
    newest = max((record.at.timestamp() for record in records if record.at is not None), default=0.0)
    has_snapshot = any(message.type == "snapshot" for message in messages)
    return Frame(hello, tuple(record.seq for record in records if record.seq), newest, has_snapshot)


class Onlooker(asyncio.Protocol):
    """One reader's connection. `seqs` is what they got, in the order they got it, on `before` too."""

    def __init__(self, request: bytes, before: "Onlooker | None" = None) -> None:
        self.seqs: list[int] = before.seqs if before else []
        self.late: list[float] = before.late if before else []
        self.epoch: str = before.epoch if before else ""
        self.seq: int = before.seq if before else 0
        self.snapshots: int = before.snapshots if before else 0
        self.greeted: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self.is_closed = False
        self._request = request
        self._buffer = b""
        self._upgraded = False
        self._transport: asyncio.Transport | None = None

    def drop(self) -> None:
        """Lose the connection without a word."""
        assert self._transport is not None
        self._transport.abort()

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._transport = cast("asyncio.Transport", transport)  # uvloop's own class, of the same shape
        self._transport.write(self._request)

    def data_received(self, data: bytes) -> None:
        data = self._buffer + data if self._buffer else data
        if not self._upgraded:
            head, found, data = data.partition(b"\r\n\r\n")
            if not found:
                self._buffer = head
                return
            assert head.startswith(b"HTTP/1.1 101"), head
            self._upgraded = True
            where = f',"epoch":"{self.epoch}","seq":{self.seq}' if self.epoch else ""
            self._write(TEXT, f'{{"do":"hello"{where}}}'.encode())
        self._buffer = self._take_frames(data)

    def connection_lost(self, exc: Exception | None) -> None:
        self.is_closed = True
        if not self.greeted.done():
            self.greeted.set_exception(ConnectionError("closed before the hello"))

    def _take_frames(self, data: bytes) -> bytes:
        """Take every whole frame in `data`; what is left of it."""
        start = 0
        while len(data) - start >= 2:
            length, begin = data[start + 1], start + 2
            if length == 126:
                length, begin = int.from_bytes(data[start + 2 : start + 4]), start + 4
            elif length == 127:
                length, begin = int.from_bytes(data[start + 2 : start + 10]), start + 10
            if len(data) < begin + length:
                break
            self._take(data[start] & 15, data[begin : begin + length])
            start = begin + length
        return data[start:]

    def _take(self, kind: int, payload: bytes) -> None:
        if kind == PING:
            self._write(10, payload)
        elif kind == TEXT:
            frame = _parsed(payload)
            if frame.hello is not None:
                self.epoch = frame.hello.epoch
                self.seq = self.seq or frame.hello.seq or 0
                self.greeted.set_result(None)
            self.snapshots += frame.has_snapshot
            if frame.seqs:
                self.seqs += frame.seqs
                self.seq = frame.seqs[-1]
                self.late.append(time.time() - frame.newest)
        elif kind == CLOSE:
            self.is_closed = True

    def _write(self, kind: int, payload: bytes) -> None:
        assert self._transport is not None
        assert len(payload) < 126
        # A client's frames are masked; a mask of zeros leaves the payload as it is.
        self._transport.write(struct.pack("!BB4x", 0x80 | kind, 0x80 | len(payload)) + payload)


async def watch(host: str, port: int, slug: str, number: int) -> dict[str, Any]:
    request = (
        f"GET /api/v1/debates/{slug}/live HTTP/1.1\r\nHost: {host}:{port}\r\nUpgrade: websocket\r\n"
        "Connection: Upgrade\r\nSec-WebSocket-Version: 13\r\n"
        "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n"
    ).encode()
    loop = asyncio.get_running_loop()
    crowd = await _dial([lambda: Onlooker(request)] * number, host, port)
    _tell("ready")
    while (line := (await asyncio.to_thread(sys.stdin.readline)).strip()) == "drop":
        for each in crowd:
            each.drop()
        crowd = await _dial([partial(Onlooker, request, each) for each in crowd], host, port)
        _tell("ready")
    last = int(line)
    deadline = loop.time() + PATIENCE_SECONDS

    def done(each: Onlooker) -> bool:
        return each.is_closed or each.seqs[-1:] == [last]

    # A thousand events would cost the crowd more than this look at it.
    while loop.time() < deadline and not all(map(done, crowd)):  # noqa: ASYNC110
        await asyncio.sleep(0.05)
    late = sorted(moment for each in crowd for moment in each.late)
    return {
        "streams": [
            [list(seqs), count] for seqs, count in Counter(tuple(each.seqs) for each in crowd).items()
        ],
        "closed": sum(each.is_closed for each in crowd),
        "snapshots": sum(each.snapshots for each in crowd),
        "frames": len(late),
        "milliseconds": {
            name: round(1000 * late[int(part * (len(late) - 1))], 1) if late else None
            for name, part in (("p50", 0.5), ("p99", 0.99), ("most", 1.0))
        },
    }


async def _dial(makers: list[Callable[[], Onlooker]], host: str, port: int) -> list[Onlooker]:
    """Connect them all, some at a time; returns when every one has its hello answered."""
    loop = asyncio.get_running_loop()
    crowd: list[Onlooker] = []
    for start in range(0, len(makers), DIAL_AT_ONCE):
        dialled = [loop.create_connection(make, host, port) for make in makers[start : start + DIAL_AT_ONCE]]
        some = [protocol for _, protocol in await asyncio.gather(*dialled)]
        await asyncio.wait_for(asyncio.gather(*(each.greeted for each in some)), PATIENCE_SECONDS)
        crowd += some
    return crowd


def _tell(line: str) -> None:
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


def main() -> None:
    host, port, slug, number = sys.argv[1:]
    hard = resource.getrlimit(resource.RLIMIT_NOFILE)[1]
    resource.setrlimit(resource.RLIMIT_NOFILE, (hard, hard))
    found = uvloop.run(watch(host, int(port), slug, int(number)))
    _tell(json.dumps(found))


if __name__ == "__main__":
    main()
