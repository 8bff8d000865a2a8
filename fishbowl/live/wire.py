"""The wire: WebSocket connections without a task each, written to with frames made once for all.

`WireProtocol` is uvicorn's sans-I/O WebSocket protocol with one more gift to the application, in the ASGI
scope's `extensions`: `fishbowl.detach`, which takes the connection over once it is accepted. From then on
frames go straight to a `Connection` and whole preframed frames straight to the transport. Under another ASGI
server, without that extension, the same connection is served by plain sends and two tasks.

Closes what uvicorn leaves open: a stalled or dead peer is aborted, not asked to finish reading; a peer that
pings and never reads is dropped; nothing waits for a peer at shutdown.
"""

from __future__ import annotations

import asyncio
import os
from collections import deque
from collections.abc import Callable
from enum import IntEnum
from typing import Any, Protocol

from starlette.types import Message
from starlette.websockets import WebSocket, WebSocketDisconnect
from uvicorn.protocols.utils import ClientDisconnected
from uvicorn.protocols.websockets.websockets_sansio_impl import WebSocketsSansIOProtocol
from websockets.exceptions import InvalidState
from websockets.extensions.permessage_deflate import PerMessageDeflate, ServerPerMessageDeflateFactory
from websockets.frames import Frame as WireFrame
from websockets.http11 import Request
from websockets.protocol import Protocol as WebSocketProtocol

from fishbowl.live.connection import Peer
from fishbowl.live.frames import WINDOW_BITS, Frame
from fishbowl.live.session import Close

__all__ = ["Receiver", "WireProtocol", "serve_peer"]

DETACH = "fishbowl.detach"
MOST_UNREAD = 1024 * 1024
"""Bytes a transport may hold back before its peer counts as stalled, whatever it was sent."""
STALLED = MOST_UNREAD // 4
GOODBYE_SECONDS = 5.0
LAST_GOODBYE_SECONDS = 1.0
"""How long a peer may take to answer a close before it is aborted; when the service goes down."""
MOST_FRAGMENTS = 1024
"""Fragments of one message. Empty ones count as nothing against its size, and could go on for ever."""
COMPRESSION = ServerPerMessageDeflateFactory(server_no_context_takeover=True, client_no_context_takeover=True)
"""Each frame by itself, both ways: one serves all, and no connection keeps 40 KB of what was said before."""


class Fault(IntEnum):
    """What is wrong with frames, as RFC 6455 numbers it (7.4.1)."""

    NOT_TEXT = 1003
    NOT_UTF8 = 1007
    TOO_LARGE = 1009


class Receiver(Protocol):
    """What frames are handed to. See `connection.Connection`."""

    def received(self, frame: bytes) -> None: ...
    def drained(self) -> None: ...
    def lost(self, reason: str | None = None) -> None: ...


MakeReceiver = Callable[[Peer], Receiver]


async def serve_peer(websocket: WebSocket, make: MakeReceiver) -> None:
    """Accept the upgrade and let the receiver made for this peer have the connection."""
    await websocket.accept()
    detach = websocket.scope.get("extensions", {}).get(DETACH)
    if detach is not None:
        detach(make)
        return
    await _PlainPeer(websocket).serve(make)


class WireProtocol(WebSocketsSansIOProtocol):
    """uvicorn's `ws` class. A detached connection is a `Peer` itself."""

    receiver: Receiver | None = None
    goodbye: asyncio.TimerHandle | None = None
    file: int | None = None
    """The socket's own, where nothing stands between it and the transport (no TLS)."""
    deflates = False
    """Whether this peer reads compressed frames."""

    def asked(self, request: Request) -> None:
        """Begin with a request that has been read already, in place of the bytes of one."""
        self.conn.parser = WebSocketProtocol.parse(self.conn)
        next(self.conn.parser)
        self.handle_connect(request)

    def handle_connect(self, event: Request) -> None:
        if self.conn.available_extensions:  # uvicorn was not told to do without
            self.conn.available_extensions = [COMPRESSION]
        super().handle_connect(event)
        scope: dict[str, Any] | None = getattr(self, "scope", None)
        if scope is not None:
            scope["extensions"][DETACH] = self.detach

    def detach(self, make: MakeReceiver) -> None:
        """Take the connection over: from now on the receiver made here gets its frames."""
        self.deflates = any(
            isinstance(extension, PerMessageDeflate) and extension.local_max_window_bits >= WINDOW_BITS
            for extension in self.conn.extensions
        )
        socket = self.transport.get_extra_info("socket")
        if socket is not None and self.transport.get_extra_info("sslcontext") is None:
            self.file = socket.fileno()
        self.receiver = make(self)
        while not self.queue.empty():
            message: Message = dict(self.queue.get_nowait())
            if message["type"] == "websocket.receive" and message.get("text") is not None:
                self.receiver.received(message["text"].encode())
        if self.read_paused:  # something came with the upgrade already
            self.read_paused = False
            self.transport.resume_reading()
        self._shed()
        if self.disconnected:
            self.receiver.lost()

    def _shed(self) -> None:
        """Let go of what served the handshake: it is more than half of what an idle connection costs."""
        self.request.headers.clear()
        self.response.headers.clear()
        self.scope = _NO_SCOPE
        self.queue = _NOWHERE
        self.writable = _UNUSED

    async def run_asgi(self) -> None:
        """As uvicorn's, but a detached connection outlives the application's call."""
        try:
            await self.app(self.scope, self.receive, self.send)
        except ClientDisconnected:
            pass
        except Exception:
            self.logger.exception("Exception in ASGI application")
            self.send_500_response()
        if self.receiver is None and self.close_timer is None:
            self.transport.close()

    # What comes in

    def send_receive_event_to_app(self) -> None:
        if self.receiver is None:
            super().send_receive_event_to_app()
            return
        data = self.frames[0] if len(self.frames) == 1 else b"".join(self.frames)
        self.frames = []
        if self.close_sent:
            return
        if self.curr_msg_data_type != "text":
            self._end(Fault.NOT_TEXT)
        elif not _is_utf8(data):
            self._end(Fault.NOT_UTF8)
        else:
            self.receiver.received(bytes(data))

    def handle_cont(self, event: WireFrame) -> None:
        if len(self.frames) < MOST_FRAGMENTS:
            super().handle_cont(event)
        elif not self.close_sent:
            self._end(Fault.TOO_LARGE)

    def handle_ping(self) -> None:
        if self.buffered() > MOST_UNREAD:
            # It asks and never reads the answers: every pong would only grow the buffer.
            self._cut("deaf")
            return
        super().handle_ping()

    def handle_close(self, event: WireFrame) -> None:
        if self.goodbye is not None:
            self.transport.close()
            return
        super().handle_close(event)

    def handle_parser_exception(self) -> None:
        super().handle_parser_exception()
        self._abort_after(GOODBYE_SECONDS)
        code = self.conn.close_sent.code if self.conn.close_sent else 0
        if self.receiver is not None:
            self.receiver.lost(_reason(Fault(code) if code in set(Fault) else Close.PROTOCOL_ERROR))

    def keepalive_timeout(self) -> None:
        self._cut("no_pong")

    def resume_writing(self) -> None:
        super().resume_writing()
        if self.receiver is not None:
            self.receiver.drained()

    def connection_lost(self, exc: Exception | None) -> None:
        super().connection_lost(exc)
        if self.goodbye is not None:
            self.goodbye.cancel()
        if self.receiver is not None:
            self.receiver.lost()

    def shutdown(self) -> None:
        if self.receiver is None:
            super().shutdown()
            return
        self._end(Close.GOING_DOWN)
        self._abort_after(LAST_GOODBYE_SECONDS)

    # As a peer

    def write(self, frame: Frame) -> None:
        """Past the transport where it holds nothing back: the way through it is a fifth of the cost."""
        transport = self.transport
        if self.close_sent or transport.is_closing():
            return
        data = frame.deflated if self.deflates else frame.framed
        if self.file is not None and not transport.get_write_buffer_size():
            try:
                sent = os.write(self.file, data)
            except OSError:  # nothing was taken; the transport waits, or finds out what is wrong
                sent = 0
            if sent == len(data):
                return
            data = data[sent:]
        transport.write(data)

    def buffered(self) -> int:
        return self.transport.get_write_buffer_size()

    def rest(self, seconds: float) -> None:
        if not self.transport.is_closing():
            self.transport.pause_reading()
            self.loop.call_later(seconds, self._read_on)

    def _read_on(self) -> None:
        if not self.transport.is_closing():
            self.transport.resume_reading()

    def close(self, code: int, reason: str = "") -> None:
        if self.close_sent or self.transport.is_closing():
            return
        self.stop_keepalive()
        if self.buffered() > STALLED:
            # Whoever has not read so far will not read a goodbye either.
            self.transport.abort()
            return
        try:
            self.conn.send_close(code, reason)
        except InvalidState:
            self.transport.abort()
            return
        self.transport.write(b"".join(self.conn.data_to_send()))
        self.close_sent = True
        self._abort_after(GOODBYE_SECONDS)

    def _end(self, code: Fault | Close) -> None:
        """Say goodbye for a reason of the wire's own; the receiver hears nothing more."""
        self.close(code, _reason(code))
        if self.receiver is not None:
            self.receiver.lost(_reason(code))

    def _cut(self, reason: str) -> None:
        """End it without a word, to whoever would not hear one."""
        self.transport.abort()
        if self.receiver is not None:
            self.receiver.lost(reason)

    def _abort_after(self, seconds: float) -> None:
        if self.goodbye is not None:
            self.goodbye.cancel()
        self.goodbye = self.loop.call_later(seconds, self.transport.abort)


class _Nowhere(asyncio.Queue[Any]):
    """What uvicorn tells the application of a detached connection: nobody is there to hear it."""

    def put_nowait(self, item: Any) -> None:
        """Forget it."""


_NOWHERE = _Nowhere()
_UNUSED = asyncio.Event()
_NO_SCOPE: Any = {}


class _PlainPeer:
    """The same by the ASGI interface alone: what is written waits in a queue of bounded bytes."""

    def __init__(self, websocket: WebSocket) -> None:
        self._websocket = websocket
        self._waiting: deque[Frame] = deque()
        self._bytes = 0
        self._news = asyncio.Event()
        self._goodbye: tuple[int, str] | None = None
        self._rests = 0.0

    async def serve(self, make: MakeReceiver) -> None:
        receiver = make(self)
        sending = asyncio.create_task(self._send(receiver), name="plain peer")
        try:
            await self._receive(receiver)
        finally:
            receiver.lost()
            await asyncio.wait([sending], timeout=GOODBYE_SECONDS if self._goodbye else 0)
            sending.cancel()
            await asyncio.gather(sending, return_exceptions=True)

    def write(self, frame: Frame) -> None:
        if self._goodbye is None:
            self._waiting.append(frame)
            self._bytes += len(frame.payload)
            self._news.set()

    def buffered(self) -> int:
        return self._bytes

    def rest(self, seconds: float) -> None:
        self._rests = seconds

    def close(self, code: int, reason: str = "") -> None:
        if self._goodbye is None:
            self._goodbye = (code, reason)
            self._news.set()

    async def _receive(self, receiver: Receiver) -> None:
        while True:
            message = await self._websocket.receive()
            if message["type"] == "websocket.disconnect":
                return
            if message.get("text") is None:
                self.close(Fault.NOT_TEXT, _reason(Fault.NOT_TEXT))
                return
            receiver.received(message["text"].encode())
            rests, self._rests = self._rests, 0.0
            if rests:
                await asyncio.sleep(rests)

    async def _send(self, receiver: Receiver) -> None:
        try:
            while True:
                await self._news.wait()
                self._news.clear()
                while self._waiting:
                    frame = self._waiting.popleft()
                    await self._websocket.send_text(frame.payload.decode())
                    self._bytes -= len(frame.payload)
                receiver.drained()
                if self._goodbye is not None:
                    await self._websocket.close(*self._goodbye)
                    return
        except (WebSocketDisconnect, RuntimeError, OSError):
            return


def _reason(code: Fault | Close) -> str:
    """Why a connection is ended, in a word that can be counted."""
    return code.name.lower()


def _is_utf8(data: bytes) -> bool:
    try:
        bytes(data).decode()
    except UnicodeDecodeError:
        return False
    return True
