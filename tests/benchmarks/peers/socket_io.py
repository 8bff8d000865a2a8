"""python-socketio's own broadcast. A peer for fanout.py; needs `pip install python-socketio`."""

from importlib import import_module
from typing import Any

socketio = import_module("socketio")  # no part of what tests install

_server: Any = socketio.AsyncServer(async_mode="asgi", ping_interval=300, ping_timeout=300)
_over_http: Any = socketio.ASGIApp(_server)


async def app(scope: Any, receive: Any, send: Any) -> None:
    """POST /pub is ours, everything else socketio's."""
    if scope["type"] != "http" or scope["path"] != "/pub":
        await _over_http(scope, receive, send)
        return
    body, more = b"", True
    while more:
        message = await receive()
        body, more = body + message.get("body", b""), message.get("more_body", False)
    await _server.emit("said", body.decode())
    await send({"type": "http.response.start", "status": 204, "headers": []})
    await send({"type": "http.response.body"})
