"""A crowd of subscribers in a process of its own, for any server that speaks WebSocket.

    python -m tests.benchmarks.crowd HOST PORT PATH NUMBER LAST [SAID ...]

Connects NUMBER times, says each SAID once connected, prints `ready` when all are in, and reads until
everybody has LAST messages or nothing comes any more. Prints one JSON object: `deliveries`; `whole`, how many
got every message once; `milliseconds`, from publishing to arrival.

So that it costs less than what it measures, it does not take frames apart: messages name themselves in their
text, `n=12 t=1790000000.123;`, and that is looked for in the bytes as they come. That everything comes in
order and unharmed is tested elsewhere (tests/e2e/test_fanout.py).
"""

import asyncio
import json
import re
import resource
import struct
import sys
import time
from functools import partial
from typing import Any, cast

import uvloop

SAYS = re.compile(rb"n=(\d+) t=([\d.]+);")
LONGEST = 64
"""Bytes of what a message says of itself, at most: so much is kept of each chunk, lest it was cut there."""
DIAL_AT_ONCE = 50
QUIET_SECONDS = 20.0
SAMPLED = 50
"""Of how many subscribers the time to arrival is kept."""


class Subscriber(asyncio.Protocol):
    """One connection; `count` of what it got, and the `sum` of the numbers."""

    def __init__(self, head: bytes, said: list[bytes], late: list[float] | None) -> None:
        self.count = 0
        self.sum = 0
        self.upgraded: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._late = late
        self._head = head
        self._said = said
        self._rest = b""
        self._transport: asyncio.Transport | None = None

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._transport = cast("asyncio.Transport", transport)
        self._transport.write(self._head)

    def data_received(self, data: bytes) -> None:
        if not self.upgraded.done():
            self._rest += data
            if b"\r\n\r\n" in self._rest:
                assert self._rest.startswith(b"HTTP/1.1 101"), self._rest[:200]
                for frame in self._said:
                    assert self._transport is not None
                    self._transport.write(frame)
                self._rest = b""
                self.upgraded.set_result(None)
            return
        data = self._rest + data
        end = 0
        for found in SAYS.finditer(data):
            self.count += 1
            self.sum += int(found[1])
            end = found.end()
            if self._late is not None:
                self._late.append(time.time() - float(found[2]))
        self._rest = data[end:][-LONGEST:]


async def watch(host: str, port: int, path: str, number: int, last: int, said: list[str]) -> dict[str, Any]:
    head = (
        f"GET {path} HTTP/1.1\r\nHost: {host}:{port}\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
        "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n"
    ).encode()
    frames = [_frame(words.encode()) for words in said]
    loop = asyncio.get_running_loop()
    late: list[float] = []
    crowd: list[Subscriber] = []
    while len(crowd) < number:
        some = [
            Subscriber(head, frames, late if len(crowd) + place < SAMPLED else None)
            for place in range(min(DIAL_AT_ONCE, number - len(crowd)))
        ]
        dialled = [loop.create_connection(partial(_itself, one), host, port) for one in some]
        await asyncio.gather(*dialled)
        await asyncio.wait_for(asyncio.gather(*(one.upgraded for one in some)), 60)
        crowd += some
    await asyncio.sleep(2)  # what they said is taken in
    sys.stdout.write("ready\n")
    sys.stdout.flush()
    await _until_quiet(crowd, last)
    late.sort()
    return {
        "deliveries": sum(one.count for one in crowd),
        "whole": sum((one.count, one.sum) == (last, last * (last + 1) // 2) for one in crowd),
        "milliseconds": {
            name: round(1000 * late[int(part * (len(late) - 1))], 1) if late else None
            for name, part in (("p50", 0.5), ("p99", 0.99))
        },
    }


def _itself(one: Subscriber) -> Subscriber:
    return one


async def _until_quiet(crowd: list[Subscriber], last: int) -> None:
    """Everybody has the last message, or nothing came for a while."""
    before, since = -1, time.monotonic()
    while any(one.count < last for one in crowd) and time.monotonic() - since < QUIET_SECONDS:
        await asyncio.sleep(0.2)
        count = sum(one.count for one in crowd)
        if count != before:
            before, since = count, time.monotonic()


def _frame(payload: bytes) -> bytes:
    """A client's text frame; a mask of zeros leaves the payload as it is."""
    assert len(payload) < 126
    return struct.pack("!BB4x", 0x81, 0x80 | len(payload)) + payload


def main() -> None:
    host, port, path, number, last, *said = sys.argv[1:]
    hard = resource.getrlimit(resource.RLIMIT_NOFILE)[1]
    resource.setrlimit(resource.RLIMIT_NOFILE, (hard, hard))
    found = uvloop.run(watch(host, int(port), path, int(number), int(last), said))
    sys.stdout.write(json.dumps(found) + "\n")


if __name__ == "__main__":
    main()
