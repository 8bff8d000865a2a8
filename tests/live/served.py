"""A debate on real sockets in this process, and peers made of bytes, for what no honest client would do."""

from __future__ import annotations

import asyncio
import socket
import struct
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager

import uvicorn
from starlette.applications import Starlette
from starlette.routing import WebSocketRoute
from starlette.websockets import WebSocket

from fishbowl.debate.vocabulary import Role
from fishbowl.live.admission import Admission
from fishbowl.live.connection import Connection
from fishbowl.live.debate import LiveDebate
from fishbowl.live.views import ONLOOKER, Reader
from fishbowl.live.wire import WireProtocol, serve_peer
from tests.live.stage import Stage
from tests.live.visits import Guest, Visiting

TEXT, CONTINUATION, PING = 1, 0, 9
GRACE_SECONDS = 4
"""How long a server waits for its peers when it ends."""


class Dial:
    """Connects peers to a port; `close` ends them all."""

    def __init__(self, port: int) -> None:
        self._port = port
        self._peers: list[RawPeer] = []

    async def __call__(self, hello: bytes | None = b'{"do":"hello"}') -> RawPeer:
        """Connected, upgraded, and greeting; nothing of the answer is read."""
        self._peers.append(await RawPeer.dial(self._port, hello))
        return self._peers[-1]

    def close(self) -> None:
        for peer in self._peers:
            peer.close()


def debate_app(played: Stage, person: str | None = None) -> Starlette:
    """The debate's stream as an application; everybody who says hello is `person`."""
    admission = Admission(0, 0, 0)
    reader = ONLOOKER if person is None else Reader(person, Role.PARTICIPANT)

    async def resolve(token: str | None) -> Visiting | None:
        return Visiting(played.debate, Guest(reader), person)

    async def endpoint(websocket: WebSocket) -> None:
        await serve_peer(
            websocket, lambda peer: Connection(peer, resolve, admission, "192.0.2.1", tally=played.noted)
        )

    return Starlette(routes=[WebSocketRoute("/", endpoint)])


@asynccontextmanager
async def served(played: Stage, person: str | None = None, pings: float = 20) -> AsyncIterator[Dial]:
    """The stream of the debate, to be dialled; everybody who says hello is `person`."""
    with socket.socket() as listening:
        listening.bind(("127.0.0.1", 0))
        # What is not read is ours to hold, not the kernel's, which would take megabytes of it.
        listening.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, 16384)
        listening.listen()
        config = uvicorn.Config(
            debate_app(played, person),
            ws=WireProtocol,
            ws_ping_interval=pings,
            ws_ping_timeout=pings,
            ws_max_size=65536,
            lifespan="off",
            log_config=None,
            timeout_graceful_shutdown=GRACE_SECONDS,
        )
        server = uvicorn.Server(config)
        serving = asyncio.create_task(server.serve(sockets=[listening]))
        dial = Dial(int(listening.getsockname()[1]))
        try:
            yield dial
        finally:
            server.should_exit = True
            await asyncio.wait_for(serving, 10)
            dial.close()


class RawPeer:
    """A client made of bytes, with a small window; what it does not ask for, it does not read."""

    def __init__(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self._reader = reader
        self._writer = writer

    @classmethod
    async def dial(cls, port: int, hello: bytes | None) -> RawPeer:
        plain = socket.socket()
        plain.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
        plain.setblocking(False)
        await asyncio.get_running_loop().sock_connect(plain, ("127.0.0.1", port))
        reader, writer = await asyncio.open_connection(sock=plain, limit=4096)
        writer.write(
            f"GET / HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
            "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n".encode()
        )
        head = await reader.readuntil(b"\r\n\r\n")
        assert head.startswith(b"HTTP/1.1 101"), head
        peer = cls(reader, writer)
        if hello is not None:
            await peer.send(TEXT, hello)
        return peer

    async def send(self, kind: int, payload: bytes = b"", *, final: bool = True, times: int = 1) -> bool:
        """Send frames as fast as they are taken; False where the other end is gone or takes no more."""
        assert len(payload) < 126
        frame = struct.pack("!BB4x", (0x80 if final else 0) | kind, 0x80 | len(payload)) + payload
        try:
            for sent in range(times):
                self._writer.write(frame)
                if sent % 100 == 99:
                    async with asyncio.timeout(5):
                        await self._writer.drain()
        except (ConnectionError, TimeoutError):
            return False
        return not self._writer.is_closing()

    async def read(self, seconds: float = 1) -> bytes:
        """Everything up to the end of the connection, or what comes within so long."""
        read = b""
        try:
            async with asyncio.timeout(seconds):
                while piece := await self._reader.read(65536):
                    read += piece
        except (ConnectionError, TimeoutError):
            pass
        return read

    def close(self) -> None:
        self._writer.transport.abort()


async def within(seconds: float, there: Callable[[], object]) -> bool:
    """Whether `there()` comes true within so long."""
    loop = asyncio.get_running_loop()
    deadline = loop.time() + seconds
    while not there():
        if loop.time() > deadline:
            return False
        await asyncio.sleep(0.01)
    return True


def connections(debate: LiveDebate) -> list[Connection]:
    """The connections that hear the debate."""
    return [listener for listener in debate.hub.all() if isinstance(listener, Connection)]
