"""A crowd of viewers in a process of its own, for any server that speaks WebSocket.

    python -m tests.benchmarks.crowd HOST PORT PATH NUMBER LAST [SAID ...]

Connects NUMBER times, says each SAID once connected, prints `ready` when all are in, and reads until
everybody has LAST messages or nothing comes any more. Prints one JSON object, `Found`.

It must cost less than what it measures, on the same machine. So it takes no frames apart: messages name
themselves in their text, as `marked` writes it. And it is woken by few: fifty viewers, spread evenly over
all, are read the moment something arrives, and only of them the time is taken; the others are read in turns,
each every 50 ms. For the server they are peers like any far away. Of every viewer it is checked that all
came, once, in the one order in which everybody else got it.
"""

import json
import resource
import select
import socket
import struct
import sys
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import islice
from typing import NamedTuple
from zlib import crc32

SIGN = b"n=="
"""Begins a mark; neither a message nor the head of a frame holds it otherwise."""
MARK = len("00000012 1790000000123;")
DIGITS = 8
DIAL_AT_ONCE = 50
SAMPLED = 50
"""Of how many viewers the time to arrival is taken."""
TURNS = 25
TURN_SECONDS = 0.002
SETTLE_SECONDS = 2.0
QUIET_SECONDS = 20.0
CHUNK = 64 * 1024
PING = b"\x89\x04"


class Found(NamedTuple):
    """What came. `whole`: viewers who got every message, once, in the common order. Times in milliseconds."""

    deliveries: int
    whole: int
    bytes_each: float
    p50: float | None
    p99: float | None
    busy: float
    """The share of one core that the crowd itself took."""


def marked(number: int, text: str, at: int | None = None) -> str:
    """A message that the crowd knows again, with the time it was sent, in milliseconds: now, unless given."""
    return f"n=={number:08} {time.time_ns() // 1_000_000 if at is None else at:013};{text}"


class Viewer:
    """One connection: `count` of what it got and `order`, a checksum of the numbers as they came.

    `numbers` and `late` (milliseconds on the way) are kept of the sampled ones.
    """

    __slots__ = ("bytes", "count", "late", "numbers", "order", "rest", "socket")

    def __init__(self, address: tuple[str, int]) -> None:
        self.socket = socket.create_connection(address, timeout=60)
        self.count = self.order = self.bytes = 0
        self.rest = b""
        self.late: list[float] | None = None
        self.numbers: list[bytes] = []

    def upgraded(self) -> bool:
        """Read the answer to the upgrade."""
        answer = b""
        while not answer.endswith(b"\r\n\r\n"):
            more = self.socket.recv(1)
            if not more:
                return False
            answer += more
        self.socket.setblocking(False)
        return answer.startswith(b"HTTP/1.1 101")

    def read(self) -> bool:
        """Take what is there; False once the server has ended the connection."""
        try:
            data = self.socket.recv(CHUNK)
        except BlockingIOError:
            return True
        except OSError:
            return False
        self.bytes += len(data)
        if pong := pong_to(data):
            self.socket.send(pong)
        self.take(data)
        return bool(data)

    def take(self, data: bytes) -> None:
        """Count the marks in `data`, which goes on where the last one ended."""
        before, *marks = (self.rest + data).split(SIGN)
        self.rest = (marks[-1] if marks else before)[1 - len(SIGN) :]
        if not marks:
            return
        if len(marks[-1]) < MARK:  # it was cut
            self.rest = SIGN + marks.pop()
        numbers = [mark[:DIGITS] for mark in marks]
        self.count += len(numbers)
        self.order = crc32(b"".join(numbers), self.order)
        if self.late is not None:
            now = time.time() * 1000
            self.numbers += numbers
            self.late += [now - int(mark[DIGITS + 1 : MARK - 1]) for mark in marks]


def pong_to(data: bytes) -> bytes:
    """The answer to a ping among what came; nothing where there is none."""
    payload = data[data.index(PING) + len(PING) :][:4] if PING in data else b""
    return b"\x8a\x84\0\0\0\0" + payload if len(payload) == 4 else b""


def dial(host: str, port: int, path: str, number: int, said: Sequence[str]) -> list[Viewer]:
    """`number` viewers, upgraded, who have said what there is to say."""
    head = (
        f"GET {path} HTTP/1.1\r\nHost: {host}:{port}\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
        "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n"
    ).encode()
    greeting = b"".join(frame(words.encode()) for words in said)
    viewers: list[Viewer] = []
    while len(viewers) < number:
        some = [Viewer((host, port)) for _ in range(min(DIAL_AT_ONCE, number - len(viewers)))]
        for viewer in some:
            viewer.socket.sendall(head)
        for viewer in some:
            assert viewer.upgraded(), "the upgrade was refused"
            viewer.socket.send(greeting)
        viewers += some
    return viewers


def watch(viewers: list[Viewer], last: int) -> Found:
    """Read until everybody has `last` messages, or nothing came for a while."""
    step = max(1, len(viewers) // SAMPLED)
    sampled = viewers[::step]
    for viewer in sampled:
        viewer.late = []
    others = [viewer for viewer in viewers if viewer.late is None]
    by_file = {viewer.socket.fileno(): viewer for viewer in viewers}
    at_once = _watched(sampled)
    turns = [_watched(list(islice(others, turn, None, TURNS))) for turn in range(TURNS)]
    began, cpu = time.monotonic(), time.process_time()
    for _ in _while_news(viewers, last):
        for turn in turns:
            until = time.monotonic() + TURN_SECONDS
            while (left := until - time.monotonic()) > 0:
                _read(at_once, by_file, left)
            _read(turn, by_file, 0)
    return _found(viewers, sampled, last, (time.process_time() - cpu) / (time.monotonic() - began))


def _watched(viewers: Sequence[Viewer]) -> select.epoll:
    watched = select.epoll()
    for viewer in viewers:
        watched.register(viewer.socket, select.EPOLLIN)
    return watched


def _read(watched: select.epoll, by_file: dict[int, Viewer], seconds: float) -> None:
    for file, _ in watched.poll(seconds, max(1, len(by_file))):
        if not by_file[file].read():
            watched.unregister(file)


def _while_news(viewers: Sequence[Viewer], last: int) -> Iterator[None]:
    """Again and again, until everybody has the last message or nothing came for a while."""
    before, since = -1, time.monotonic()
    while time.monotonic() - since < QUIET_SECONDS:
        yield
        count = sum(viewer.count for viewer in viewers)
        if count == last * len(viewers):
            return
        if count != before:
            before, since = count, time.monotonic()


def _found(viewers: Sequence[Viewer], sampled: Sequence[Viewer], last: int, busy: float) -> Found:
    every = [b"%08d" % number for number in range(1, last + 1)]
    orders = Counter(viewer.order for viewer in sampled if sorted(viewer.numbers) == every)
    common = {order for order, _ in orders.most_common(1)}
    late = sorted(milliseconds for viewer in sampled for milliseconds in viewer.late or ())
    deliveries = sum(viewer.count for viewer in viewers)

    def part(share: float) -> float | None:
        return round(late[int(share * (len(late) - 1))], 1) if late else None

    return Found(
        deliveries=deliveries,
        whole=sum(viewer.count == last and viewer.order in common for viewer in viewers),
        bytes_each=round(sum(viewer.bytes for viewer in viewers) / max(1, deliveries), 1),
        p50=part(0.5),
        p99=part(0.99),
        busy=round(busy, 2),
    )


def frame(payload: bytes) -> bytes:
    """A client's text frame; a mask of zeros leaves the payload as it is."""
    size = struct.pack("!BB", 0x81, 0x80 | len(payload))
    if len(payload) > 125:
        size = struct.pack("!BBH", 0x81, 0x80 | 126, len(payload))
    return size + b"\0\0\0\0" + payload


def open_many_files() -> None:
    hard = resource.getrlimit(resource.RLIMIT_NOFILE)[1]
    resource.setrlimit(resource.RLIMIT_NOFILE, (hard, hard))


def main() -> None:
    host, port, path, number, last, *said = sys.argv[1:]
    open_many_files()
    viewers = dial(host, int(port), path, int(number), said)
    time.sleep(SETTLE_SECONDS)  # what they said is taken in
    sys.stdout.write("ready\n")
    sys.stdout.flush()
    found = watch(viewers, int(last))
    sys.stdout.write(json.dumps(found._asdict()) + "\n")


if __name__ == "__main__":
    main()
