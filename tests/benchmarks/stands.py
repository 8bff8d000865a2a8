"""The servers that are measured, each by itself in a process of its own, and how one publishes to each.

This service stores and syncs every post before anybody hears of it; the others keep nothing. They are handed
the whole record, as this service makes it of a post, so that viewers of all servers get as many bytes. nchan:
Debian's nginx-light and libnginx-mod-nchan, with one worker. Who is not installed is left out, and said so.
"""

import asyncio
import itertools
import json
import re
import shutil
import socket
import sys
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from importlib.util import find_spec
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final, NamedTuple, Self

from tests.benchmarks.crowd import frame, pong_to
from tests.browser.debates import LIBRARY
from tests.e2e.client import Debate, Person
from tests.e2e.service import CHECKOUT, Service

WRITERS: Final = 20
FILLING: Final = (
    "words of about the length that people write in such debates, a sentence or two with a point."
)
REPLY: Final = re.compile(rb'"reply":"(p[0-9]+)","ok":(true|false)')
LONGEST_REPLY: Final = 40
"""Bytes of what is looked for in a reply: so much is kept of each chunk, lest it was cut there."""

NGINX: Final = """
load_module {module};
daemon off; worker_processes 1; worker_rlimit_nofile 20000; pid {folder}/pid; error_log {folder}/error;
events {{ worker_connections 20000; }}
http {{
  access_log off; client_body_temp_path {folder}; proxy_temp_path {folder}; fastcgi_temp_path {folder};
  uwsgi_temp_path {folder}; scgi_temp_path {folder}; keepalive_requests 1000000;
  server {{
    listen 127.0.0.1:{port} backlog=4096;
    location /pub {{ nchan_publisher; nchan_channel_id all; nchan_message_buffer_length 50; }}
    location /sub {{
      nchan_subscriber websocket; nchan_channel_id all; nchan_subscriber_first_message newest;
    }}
  }}
}}
"""
NCHAN: Final = Path("/usr/lib/nginx/modules/ngx_nchan_module.so")

Publish = Callable[[str], Awaitable[None]]


class Stand(NamedTuple):
    """A server that runs: where viewers subscribe, what they say first, how one publishes, its processes."""

    port: int
    path: str
    said: tuple[str, ...]
    publish: Publish
    processes: Callable[[], list[int]]

    def cpu(self) -> float:
        """CPU seconds so far, all processes and threads."""
        ticks = 0
        for pid in self.processes():
            fields = Path(f"/proc/{pid}/stat").read_text("ascii").rpartition(")")[2].split()
            ticks += int(fields[11]) + int(fields[12])
        return ticks / 100

    def memory(self) -> int:
        """Kilobytes in use, what processes share counted once."""
        rolled = [Path(f"/proc/{pid}/smaps_rollup").read_text("ascii") for pid in self.processes()]
        return sum(int(text.partition("\nPss:")[2].split()[0]) for text in rolled)


@asynccontextmanager
async def ours() -> AsyncIterator[Stand]:
    """This service; writers post over the stream and wait for the reply that says: on disk."""
    async with running(writers=WRITERS) as (service, debate, writers):
        turn = itertools.cycle(writers)

        async def publish(text: str) -> None:
            await next(turn).post(text)

        yield Stand(
            port_of(service), f"{debate.api}/live", ('{"do":"hello"}',), publish, lambda: [service.pid]
        )


@asynccontextmanager
async def running(
    writers: int, folder: Path | None = None
) -> AsyncIterator[tuple[Service, Debate, list["Writer"]]]:
    """A service with a live debate without any rate, and people in it with an open stream."""
    async with AsyncExitStack() as closing:
        data = folder or Path(closing.enter_context(TemporaryDirectory()))
        settings = {"FISHBOWL_PER_ADDRESS": "0", "FISHBOWL_JOINS_PER_ADDRESS": "0"}
        service = Service(data / "data", settings).start()
        closing.callback(service.end)
        debate = Debate.create(service, {**LIBRARY, "rules": {"pace_per_minute": 0}})
        debate.move_on_to("live")
        joined = [await Writer.arrive(port_of(service), debate.join()) for _ in range(writers)]
        for writer in joined:
            closing.callback(writer.leave)
        yield service, debate, joined


def port_of(service: Service) -> int:
    return int(service.address.rpartition(":")[2])


class Writer(asyncio.Protocol):
    """Somebody who posts: any number of posts on their way at once, and nothing read but the replies."""

    def __init__(self) -> None:
        self._ids = itertools.count(1)
        self._waiting: dict[bytes, asyncio.Future[None]] = {}
        self._upgraded = asyncio.get_running_loop().create_future()
        self._transport: asyncio.Transport | None = None
        self._rest = b""

    @classmethod
    async def arrive(cls, port: int, person: Person) -> Self:
        """A stream of `person`'s, greeted."""
        loop = asyncio.get_running_loop()
        transport, writer = await loop.create_connection(cls, "127.0.0.1", port)
        writer._transport = transport
        transport.write(
            f"GET {person.debate.api}/live HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nUpgrade: websocket\r\n"
            "Connection: Upgrade\r\nSec-WebSocket-Version: 13\r\n"
            "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n".encode()
        )
        await writer._upgraded
        transport.write(frame(json.dumps({"do": "hello", "token": person.token}).encode()))
        return writer

    def leave(self) -> None:
        assert self._transport is not None
        self._transport.abort()

    def post(self, text: str) -> asyncio.Future[None]:
        """Post `text`; done when the reply says it is stored."""
        id = f"p{next(self._ids)}"
        answer: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._waiting[id.encode()] = answer
        assert self._transport is not None
        self._transport.write(frame(json.dumps({"do": "post", "id": id, "text": text}).encode()))
        return answer

    def data_received(self, data: bytes) -> None:
        if (pong := pong_to(data)) and self._transport is not None:
            self._transport.write(pong)
        data = self._rest + data
        if not self._upgraded.done():
            self._rest = data
            if b"\r\n\r\n" in data:
                self._rest = b""
                self._upgraded.set_result(None)
            return
        end = 0
        for reply in REPLY.finditer(data):
            assert reply[2] == b"true", data[reply.start() :][:300]
            self._waiting.pop(reply[1]).set_result(None)
            end = reply.end()
        self._rest = data[end:][-LONGEST_REPLY:]


@asynccontextmanager
async def nchan() -> AsyncIterator[Stand]:
    """nginx with one worker, as each of the others is one process."""
    port = free_port()
    with TemporaryDirectory() as folder:
        file = Path(folder) / "conf"
        file.write_text(NGINX.format(module=NCHAN, folder=folder, port=port), "ascii")
        async with _served(["nginx", "-c", str(file)], port, "/sub", ()) as stand:
            yield stand


@asynccontextmanager
async def plain() -> AsyncIterator[Stand]:
    """Starlette under uvicorn as it comes, one awaited send after another."""
    async with _uvicorn("tests.benchmarks.peers.plain:app", "/sub", ()) as stand:
        yield stand


@asynccontextmanager
async def socket_io() -> AsyncIterator[Stand]:
    """python-socketio under uvicorn; viewers join its default room by saying `40`."""
    path = "/socket.io/?EIO=4&transport=websocket"
    async with _uvicorn("tests.benchmarks.peers.socket_io:app", path, ("40",)) as stand:
        yield stand


@asynccontextmanager
async def _uvicorn(app: str, path: str, said: tuple[str, ...]) -> AsyncIterator[Stand]:
    port = free_port()
    command = [sys.executable, "-m", "uvicorn", app, "--port", str(port), "--log-level", "error"]
    async with _served(command, port, path, said) as stand:
        yield stand


@asynccontextmanager
async def _served(
    command: Sequence[str], port: int, path: str, said: tuple[str, ...]
) -> AsyncIterator[Stand]:
    process = await asyncio.create_subprocess_exec(*command, cwd=CHECKOUT)
    try:
        await _until_there(port)
        lines: asyncio.Queue[tuple[asyncio.StreamReader, asyncio.StreamWriter]] = asyncio.Queue()
        for _ in range(WRITERS):
            lines.put_nowait(await asyncio.open_connection("127.0.0.1", port))

        async def publish(text: str) -> None:
            line = await lines.get()
            await _post(*line, as_record(text).encode())
            lines.put_nowait(line)

        yield Stand(port, path, said, publish, lambda: [process.pid, *_children(process.pid)])
    finally:
        process.terminate()
        await process.wait()


async def _post(reader: asyncio.StreamReader, writer: asyncio.StreamWriter, body: bytes) -> None:
    """One request on a line kept open, and its answer."""
    head = f"POST /pub HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: {len(body)}\r\n\r\n"
    writer.write(head.encode() + body)
    answer = (await reader.readuntil(b"\r\n\r\n")).lower()
    assert b" 20" in answer.partition(b"\r\n")[0], answer
    length = answer.partition(b"content-length:")[2].split(b"\r\n")[0]
    await reader.readexactly(int(length or b"0"))


def as_record(text: str) -> str:
    """What a post becomes on this service's stream, for servers that only pass on."""
    record = {
        "type": "contribution.posted",
        "seq": 1234,
        "at": "2026-01-31T12:00:00.000Z",
        "by": "aPersonsIdXy",
        "contribution": 1200,
        "author": {
            "person": "aPersonsIdXy",
            "name": "Blue Heron 41",
            "handle": "BlueHeron41",
            "role": "participant",
        },
        "circle": "outer",
        "root": 1200,
        "path": "1200",
        "text": text,
        "entities": {"hashtags": [], "mentions": [], "links": [], "markers": []},
        "tags": [],
        "status": "posted",
    }
    return json.dumps([record], separators=(",", ":"))


def _children(pid: int) -> list[int]:
    return [int(child) for child in Path(f"/proc/{pid}/task/{pid}/children").read_text("ascii").split()]


def free_port() -> int:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        port: int = taken.getsockname()[1]
        return port


async def _until_there(port: int) -> None:
    for _ in range(300):
        try:
            _, writer = await asyncio.open_connection("127.0.0.1", port)
        except OSError:
            await asyncio.sleep(0.1)
        else:
            writer.close()
            return
    raise TimeoutError(f"nothing listens on {port}")


def missing() -> dict[str, str]:
    """Who cannot take part, and what would help."""
    without = {}
    if shutil.which("nginx") is None or not NCHAN.exists():
        without["nchan"] = "apt-get install nginx-light libnginx-mod-nchan"
    if find_spec("socketio") is None:
        without["python-socketio"] = "pip install python-socketio"
    return without


STANDS: Final = {"fishbowl": ours, "nchan": nchan, "python-socketio": socket_io, "plain loop": plain}
