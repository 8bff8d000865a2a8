"""The line a browser is connected by, so that a play can cut it.

Chromium's own "offline" leaves an open WebSocket open: what is said meanwhile arrives afterwards, and
nothing was ever lost. Here the wire itself is cut. A browser context is given a line as its SOCKS proxy;
everything it says to the service goes through, byte for byte, until the line is cut: then every connection
ends at once and no new one is made, until it is mended.

Knows nothing of HTTP or of the service. All lines of a test run in one thread of their own.
"""

import asyncio
import threading
from collections.abc import Awaitable, Callable, Coroutine
from contextlib import suppress
from ipaddress import IPv4Address
from typing import Any, Final, TypeVar

_Result = TypeVar("_Result")

# RFC 1928: no authentication; then "succeeded", with an address nobody reads, or "network unreachable".
_NO_AUTHENTICATION: Final = b"\x05\x00"
_CONNECTED: Final = b"\x05\x00\x00\x01" + bytes(6)
_UNREACHABLE: Final = b"\x05\x03\x00\x01" + bytes(6)


class Exchange:
    """The thread all lines run in."""

    def __init__(self) -> None:
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever, name="lines")
        self._thread.start()

    def line(self) -> "Line":
        """A line that works."""
        line = Line(self)
        self.do(line.open())
        return line

    def do(self, job: Coroutine[Any, Any, _Result]) -> _Result:
        """Run `job` in the lines' thread and wait for it."""
        return asyncio.run_coroutine_threadsafe(job, self._loop).result(timeout=30)

    def close(self) -> None:
        """End the thread; every line is closed by then."""
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join()
        self._loop.close()


class Line:
    """A SOCKS proxy for one browser context: `address` is what the context is given."""

    def __init__(self, exchange: Exchange) -> None:
        self.address = ""
        self._exchange = exchange
        self._whole = True
        self._deaf = False
        self._plain = False
        self._calls: set[asyncio.Task[None]] = set()
        self._server: asyncio.Server | None = None

    async def open(self) -> None:
        self._server = await asyncio.start_server(self._answer, "127.0.0.1", 0)
        port = self._server.sockets[0].getsockname()[1]
        self.address = f"socks5://127.0.0.1:{port}"

    def cut(self) -> None:
        """End every connection, and let none be made."""
        self._exchange.do(self._cut())

    def deafen(self) -> None:
        """Let out what is said, and nothing back in: what was asked happens, and its answer is lost."""
        self._deaf = True

    def refuse_upgrades(self) -> None:
        """Let no WebSocket through, as some proxies do; requests work."""
        self._plain = True

    def allow_upgrades(self) -> None:
        self._plain = False

    def mend(self) -> None:
        """Let connections be made again, and answers back."""
        self._whole = True
        self._deaf = False

    def close(self) -> None:
        """The play is over."""
        self._exchange.do(self._close())

    async def _cut(self) -> None:
        self._whole = False
        calls = list(self._calls)
        for call in calls:
            call.cancel()
        await asyncio.gather(*calls, return_exceptions=True)

    async def _close(self) -> None:
        assert self._server is not None
        self._server.close()
        await self._cut()
        await self._server.wait_closed()

    async def _answer(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        call = asyncio.current_task()
        assert call is not None
        self._calls.add(call)
        try:
            # A browser that is closed mid-sentence, or a service that is gone: the call just ends.
            with suppress(OSError, asyncio.IncompleteReadError, asyncio.CancelledError):
                await self._connect(reader, writer)
        finally:
            self._calls.discard(call)
            writer.transport.abort()

    async def _connect(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        _, methods = await reader.readexactly(2)
        await reader.readexactly(methods)
        writer.write(_NO_AUTHENTICATION)
        host, port = await _asked_for(reader)
        if not self._whole:
            writer.write(_UNREACHABLE)
            await writer.drain()
            return
        there, to = await asyncio.open_connection(host, port)
        try:
            writer.write(_CONNECTED)
            await _first_to_end(_carry(reader, to, self._gets_out), _carry(there, writer, self._gets_in))
        finally:
            to.transport.abort()

    def _gets_out(self, said: bytes) -> bool:
        if self._plain and b"upgrade: websocket" in said.lower():
            raise ConnectionAbortedError("this line lets no WebSocket through")
        return True

    def _gets_in(self, _said: bytes) -> bool:
        return not self._deaf


async def _asked_for(reader: asyncio.StreamReader) -> tuple[str, int]:
    """The host and port of a SOCKS request."""
    *_, kind = await reader.readexactly(4)
    if kind == 1:
        host = str(IPv4Address(await reader.readexactly(4)))
    else:
        (length,) = await reader.readexactly(1)
        host = (await reader.readexactly(length)).decode("ascii")
    return host, int.from_bytes(await reader.readexactly(2), "big")


async def _carry(
    reader: asyncio.StreamReader, writer: asyncio.StreamWriter, passes: Callable[[bytes], bool]
) -> None:
    while said := await reader.read(65536):
        if not passes(said):
            continue
        writer.write(said)
        await writer.drain()


async def _first_to_end(*ways: Awaitable[None]) -> None:
    """Both ways at once, until one of them ends: then the connection is over."""
    tasks = [asyncio.ensure_future(way) for way in ways]
    try:
        await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
    finally:
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
