"""Connections that are held open or filled without end come to an end; honest ones do not notice."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from functools import partial
from typing import Any

import pytest
import uvicorn
from starlette.types import Receive, Scope, Send

from fishbowl.live.admission import Admission
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


@pytest.fixture
async def connect() -> AsyncIterator[Callable[[], Any]]:
    """Opens connections to a server that echoes."""
    http = partial(HttpProtocol, room=Admission(MOST, 0, 0))
    config = uvicorn.Config(
        echo,
        http=http,  # type: ignore[arg-type]
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


async def test_a_body_that_does_not_come(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    """A body that trickles for too long is given up."""
    monkeypatch.setattr(body_module, "SECONDS", 0.02)

    async def trickle() -> AsyncIterator[bytes]:
        while True:
            yield b" "
            await asyncio.sleep(0.005)

    response = await (await house.client(ADMIN)).post("/api/v1/debates", content=trickle())
    assert (response.status_code, response.json()["code"]) == (408, "bad_request")


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
