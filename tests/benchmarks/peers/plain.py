"""The plainest fan-out there is: one awaited send for each viewer. A peer for fanout.py."""

from contextlib import suppress

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route, WebSocketRoute
from starlette.websockets import WebSocket, WebSocketDisconnect

_viewers: set[WebSocket] = set()


async def publish(request: Request) -> Response:
    text = (await request.body()).decode()
    for viewer in list(_viewers):
        with suppress(WebSocketDisconnect, RuntimeError):
            await viewer.send_text(text)
    return Response(status_code=204)


async def subscribe(websocket: WebSocket) -> None:
    await websocket.accept()
    _viewers.add(websocket)
    try:
        await websocket.receive_text()
    except WebSocketDisconnect:
        _viewers.discard(websocket)


app = Starlette(routes=[Route("/pub", publish, methods=["POST"]), WebSocketRoute("/sub", subscribe)])
