"""Connections that are held open or filled without end come to an end; honest ones do not notice."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, suppress
from functools import partial
from typing import Any

import pytest
import uvicorn
from starlette.responses import StreamingResponse
from starlette.types import Receive, Scope, Send

from fishbowl.live.admission import Admission
from fishbowl.live.wire import WireProtocol
from fishbowl.web import body as body_module
from fishbowl.web import http as module
from fishbowl.web.http import HttpProtocol
from tests.web.conftest import ADMIN, House

MOST = 5
"""Connections there is room for."""
Streams = tuple[asyncio.StreamReader, asyncio.StreamWriter]


async def echo(scope: Scope, receive: Receive, send: Send) -> None:
    """Answers how long the body was."""
    size, more = 0, True
    while more:
        message = await receive()
        size += len(message.get("body", b""))
        more = message.get("more_body", False)
    await send({"type": "http.response.start", "status": 200, "headers": [(b"content-length", b"8")]})
    await send({"type": "http.response.body", "body": b"%8d" % size})


@asynccontextmanager
async def served(app: Any) -> AsyncIterator[Callable[[], Any]]:
    """Opens connections to a server of `app`."""
    http = partial(HttpProtocol, room=Admission(MOST, 0, 0))
    config = uvicorn.Config(
        app,
        http=http,  # type: ignore[arg-type]
        ws=WireProtocol,
        lifespan="off",
        log_config=None,
        port=0,
    )
    config.load()
    server = uvicorn.Server(config)
    server.lifespan = config.lifespan_class(config)
    await server.startup()
    port = server.servers[0].sockets[0].getsockname()[1]
    opened: list[asyncio.StreamWriter] = []

    async def open_one() -> Streams:
        reader, writer = await asyncio.open_connection("127.0.0.1", port)
        opened.append(writer)
        return reader, writer

    yield open_one
    for writer in opened:
        writer.close()
    await server.shutdown()


@pytest.fixture
async def connect() -> AsyncIterator[Callable[[], Any]]:
    """Opens connections to a server that echoes."""
    async with served(echo) as opens:
        yield opens


@asynccontextmanager
async def ends(reader: asyncio.StreamReader) -> AsyncIterator[None]:
    """What follows must lead to the connection's end."""
    yield
    async with asyncio.timeout(5):
        try:
            assert await reader.read() == b""
        except ConnectionResetError:
            return


async def answer(reader: asyncio.StreamReader) -> bytes:
    async with asyncio.timeout(5):
        head = await reader.readuntil(b"\r\n\r\n")
        assert head.startswith(b"HTTP/1.1 200")
        return await reader.readexactly(8)


@pytest.mark.parametrize(
    "sent", [b"", b"GET", b"GET / HTTP/1.1\r\nHost: x\r\n", b"GET / HTTP/1.1\r\nHost: x\r\nX: "]
)
async def test_a_head_that_does_not_end(
    connect: Callable[[], Any], sent: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A connection that sends no head, or half of one, is ended when its time is over."""
    monkeypatch.setattr(module, "HEAD_SECONDS", 0.05)
    reader, writer = await connect()
    async with ends(reader):
        writer.write(sent)


async def test_the_next_head_too(connect: Callable[[], Any], monkeypatch: pytest.MonkeyPatch) -> None:
    """After an honest request, the next one has its time as well, and no more."""
    monkeypatch.setattr(module, "HEAD_SECONDS", 0.2)
    reader, writer = await connect()
    writer.write(b"GET / HTTP/1.1\r\nHost: x\r\n\r\n")
    assert await answer(reader) == b"       0"
    async with ends(reader):
        writer.write(b"GET / HTTP/1.1\r\n")


@pytest.mark.parametrize("piece", [b"X-%d: aaaaaaaaaaaaaaaaaaaaaaaa\r\n", b"a" * 64 + b"%d"])
async def test_a_head_without_end(connect: Callable[[], Any], piece: bytes) -> None:
    """A head that grows and grows is refused, whether of many headers or of one."""
    reader, writer = await connect()
    writer.write(b"GET / HTTP/1.1\r\nHost: x\r\nX: ")
    sent = 0
    try:
        for n in range(1000):
            writer.write((piece % n) * 100)
            await writer.drain()
            sent = n
            await asyncio.sleep(0)
    except ConnectionError:
        pass
    assert sent < 1000
    async with asyncio.timeout(5):
        try:
            told = await reader.read()
        except ConnectionResetError:
            return
    assert told.startswith(b"HTTP/1.1 400") or told == b""


async def test_honest_requests(connect: Callable[[], Any]) -> None:
    """Large bodies, many requests on one connection, and a head of some kilobytes are as before."""
    reader, writer = await connect()
    for _ in range(3):
        writer.write(b"POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 1000000\r\n\r\n" + b"b" * 1_000_000)
        assert await answer(reader) == b" 1000000"
        writer.write(b"GET / HTTP/1.1\r\nHost: x\r\nCookie: " + b"c" * 20_000 + b"\r\n\r\n")
        assert await answer(reader) == b"       0"


SEEN: list[Scope] = []
UPGRADE = {
    "Host": "x",
    "Upgrade": "websocket",
    "Connection": "keep-alive, Upgrade",
    "Sec-WebSocket-Version": "13",
    "Sec-WebSocket-Key": "dGhlIHNhbXBsZSBub25jZQ==",
    "Sec-WebSocket-Extensions": "permessage-deflate; client_max_window_bits",
    "Cookie": "a=1; b=\u00e4",
}


async def accepting(scope: Scope, receive: Receive, send: Send) -> None:
    """Accepts every upgrade and notes what it was shown of it."""
    SEEN.append({key: value for key, value in scope.items() if key not in ("client", "extensions", "state")})
    await send({"type": "websocket.accept"})


async def upgraded(connect: Callable[[], Any], head: str) -> tuple[list[bytes], list[Scope]]:
    """The answer's head, without its date, and what the application was shown."""
    SEEN.clear()
    reader, writer = await connect()
    writer.write(head.encode("latin-1"))
    async with asyncio.timeout(5):
        told = (await reader.readuntil(b"\r\n\r\n")).split(b"\r\n")
    writer.close()
    return [line for line in told if not line.lower().startswith(b"date:")], list(SEEN)


def head_of(changed: dict[str, str | None], first: str = "GET /a%20b?c=d HTTP/1.1") -> str:
    sent = {name: value for name, value in {**UPGRADE, **changed}.items() if value is not None}
    return "\r\n".join([first, *(f"{name}: {value}" for name, value in sent.items()), "", ""])


@pytest.mark.parametrize(
    ("changed", "first"),
    [
        ({}, "GET /a%20b?c=d HTTP/1.1"),
        ({"Sec-WebSocket-Extensions": None}, "GET / HTTP/1.1"),
        ({"Sec-WebSocket-Protocol": "one, two"}, "GET / HTTP/1.1"),
        ({"Sec-WebSocket-Version": "12"}, "GET / HTTP/1.1"),
        ({"Sec-WebSocket-Key": "short"}, "GET / HTTP/1.1"),
        ({"Sec-WebSocket-Key": None}, "GET / HTTP/1.1"),
        ({}, "POST / HTTP/1.1"),
        ({"Content-Length": "0"}, "GET / HTTP/1.1"),
        ({"X-Long": "x" * 5000}, "GET / HTTP/1.1"),
    ],
)
async def test_upgrades_are_handed_over(
    changed: dict[str, str | None], first: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What is read once is answered, and shown, as what uvicorn writes out again and reads twice."""
    async with served(accepting) as connect:
        handed = await upgraded(connect, head_of(changed, first))
        monkeypatch.delattr(HttpProtocol, "handle_websocket_upgrade")
        assert handed == await upgraded(connect, head_of(changed, first))


@pytest.mark.parametrize(
    ("changed", "answer"),
    [
        ({"X-Long": "x" * 9000}, b"HTTP/1.1 101"),
        ({f"X-{n}": "x" for n in range(130)}, b"HTTP/1.1 101"),
        ({"Content-Length": "5"}, b"HTTP/1.1 400"),
        ({"Transfer-Encoding": "chunked"}, b"HTTP/1.1 400"),
    ],
)
async def test_no_upgrade_waits_for_ever(changed: dict[str, str | None], answer: bytes) -> None:
    """Heads that uvicorn's second parser does not take, and never answers."""
    async with served(accepting) as connect:
        told, _ = await upgraded(connect, head_of(changed, "GET / HTTP/1.1"))
    assert told[0].startswith(answer)


async def test_upgrades_need_http_1_1() -> None:
    """RFC 6455, 4.2.1."""
    async with served(accepting) as connect:
        told, _ = await upgraded(connect, head_of({}, "GET / HTTP/1.0"))
    assert told[0].startswith(b"HTTP/1.1 505")


async def test_a_body_that_does_not_come(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    """A body that trickles for too long is given up."""
    monkeypatch.setattr(body_module, "SECONDS", 0.02)

    async def trickle() -> AsyncIterator[bytes]:
        while True:
            yield b" "
            await asyncio.sleep(0.005)

    response = await (await house.client(ADMIN)).post("/api/v1/debates", content=trickle())
    assert (response.status_code, response.json()["code"]) == (408, "bad_request")


PIECE = 100_000
PIECES = 200


class Pouring:
    """Answers with more than a connection holds, and notes what became of it."""

    def __init__(self) -> None:
        self.sent = 0
        self.ended = asyncio.Event()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        response = StreamingResponse(self._pieces())
        try:
            await response(scope, receive, send)
        finally:
            self.ended.set()

    async def _pieces(self) -> AsyncIterator[bytes]:
        for _ in range(PIECES):
            await asyncio.sleep(0)  # as where a piece is made beside the loop
            yield b"x" * PIECE
            self.sent += 1


async def test_an_answer_that_is_not_read(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whoever asks and does not read loses the connection, and what the rest is made from is let go of."""
    monkeypatch.setattr(module, "READ_SECONDS", 0.1)
    app = Pouring()
    async with served(app) as connect:
        reader, writer = await connect()
        writer.write(b"GET / HTTP/1.1\r\nHost: x\r\n\r\n")
        async with asyncio.timeout(5):
            await app.ended.wait()
        assert app.sent < PIECES
        with suppress(ConnectionResetError):
            assert not (await reader.read()).endswith(b"0\r\n\r\n")


async def test_an_answer_that_is_read_slowly(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whoever reads now and then gets all of it, however long that takes."""
    monkeypatch.setattr(module, "READ_SECONDS", 0.5)
    async with served(Pouring()) as connect:
        reader, writer = await connect()
        writer.write(b"GET / HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n")
        got = 0
        async with asyncio.timeout(30):
            while some := await reader.read(PIECE * 20):
                got += len(some)
                await asyncio.sleep(0.02)
        assert got > PIECE * PIECES


async def test_no_more_than_there_is_room_for(connect: Callable[[], Any]) -> None:
    """One too many is ended before it has asked anything; who is in is served, and a place left is free."""
    inside = [await connect() for _ in range(MOST)]
    reader, _ = await connect()
    async with ends(reader):
        pass
    reader, writer = inside[0]
    writer.write(b"GET / HTTP/1.1\r\nHost: x\r\n\r\n")
    assert await answer(reader) == b"       0"
    inside[1][1].transport.abort()
    await asyncio.sleep(0.05)
    reader, writer = await connect()
    writer.write(b"GET / HTTP/1.1\r\nHost: x\r\n\r\n")
    assert await answer(reader) == b"       0"
