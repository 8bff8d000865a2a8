"""HTTP connections that cannot be held open, or filled, without end.

Knows no route. uvicorn's own protocol takes a request head of any size and waits for its end for ever; a few
thousand connections that trickle would take every place there is. Guarantees that a head comes within its
time and its size, or the connection ends, that an answer is read or the connection ends, and that no more are
let in than there is room for; the body of a request is the application's (see `body`).
"""

from __future__ import annotations

import asyncio
from typing import Any, Final, cast

from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol
from websockets.datastructures import Headers
from websockets.http11 import Request

from fishbowl.live.admission import Admission
from fishbowl.live.wire import WireProtocol
from fishbowl.web.window import address_of

__all__ = ["HttpProtocol"]

HEAD_BYTES: Final = 64 * 1024
"""Address and headers. Ours take some hundred bytes; a proxy may add a few thousand."""
HEAD_SECONDS = 20.0
"""From the first byte, and from the connection's beginning, to the head's end. On a very slow line that is
still four kilobytes a second."""
READ_SECONDS = 60.0
"""How long an answer that fills the connection may stay unread. It then holds a connection, and whatever the
rest of it is made from; some fifty kilobytes in that time are enough to go on.
"""


class HttpProtocol(HttpToolsProtocol):
    """uvicorn's protocol with a bounded head. Upgrades are `WireProtocol`'s."""

    _deadline: asyncio.TimerHandle | None = None
    _unread: asyncio.TimerHandle | None = None
    _head = 0
    _address: str | None = None
    """Whose place it has in the room; None: it has none."""

    def __init__(self, *args: Any, room: Admission, **rest: Any) -> None:
        super().__init__(*args, **rest)
        self._room = room

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        super().connection_made(transport)
        address = address_of(self.client)
        if not self._room.enter(address):
            transport.abort()
            return
        self._address = address
        self._expect_head()

    def data_received(self, data: bytes) -> None:
        was_in_head = self._deadline is not None
        super().data_received(data)
        if was_in_head and self._deadline is not None:
            self._head += len(data)
            if self._head > HEAD_BYTES:
                self._head_is_over()
                self.send_400_response("The request's head is too large.")

    def on_message_begin(self) -> None:
        super().on_message_begin()
        self._expect_head()

    def on_headers_complete(self) -> None:
        self._head_is_over()
        super().on_headers_complete()

    def handle_websocket_upgrade(self) -> None:
        """Hand over what was read.

        uvicorn writes it out again for a second parser, which takes time, and which lets a connection with a
        head that it does not take wait for ever.
        """
        self._leave()
        headers = Headers()
        for name, value in self.scope["headers"]:
            headers[name.decode("ascii")] = value.decode("latin-1")
        if "Transfer-Encoding" in headers or set(headers.get_all("Content-Length")) - {"0"}:
            self.send_400_response("A request for an upgrade has no body.")
            return
        self.connections.discard(self)
        version = f"HTTP/{self.scope['http_version']}"
        makes = cast("type[WireProtocol]", self.ws_protocol_class)
        wire = makes(config=self.config, server_state=self.server_state, app_state=self.app_state)
        wire.connection_made(self.transport)
        wire.asked(Request(self.url.decode("ascii"), headers, self.scope["method"], version))
        self.transport.set_protocol(wire)

    def connection_lost(self, exc: Exception | None) -> None:
        self._leave()
        self._head_is_over()
        self._is_read()
        super().connection_lost(exc)

    def pause_writing(self) -> None:
        super().pause_writing()
        self._is_read()
        self._unread = self.loop.call_later(READ_SECONDS, self.transport.abort)

    def resume_writing(self) -> None:
        super().resume_writing()
        self._is_read()

    def _leave(self) -> None:
        if self._address is not None:
            self._room.leave(self._address)
            self._address = None

    def send_400_response(self, msg: str) -> None:
        self._head_is_over()
        super().send_400_response(msg)

    def shutdown(self) -> None:
        self._head_is_over()
        super().shutdown()

    def _expect_head(self) -> None:
        if self._deadline is None:
            self._head = 0
            self._deadline = self.loop.call_later(HEAD_SECONDS, self._too_late)

    def _head_is_over(self) -> None:
        if self._deadline is not None:
            self._deadline.cancel()
            self._deadline = None

    def _is_read(self) -> None:
        if self._unread is not None:
            self._unread.cancel()
            self._unread = None

    def _too_late(self) -> None:
        self._deadline = None
        # Aborted, not closed: who does not send will not read either.
        self.transport.abort()
