"""The live stream at the edge: who is let in by which credentials, and who is sent away while connected."""

import asyncio
import json
from typing import Any

import pytest

from tests.web.conftest import ADMIN, ORIGIN, House

REVOKED = 4501
GONE = 4502


class Socket:
    """One WebSocket, spoken by the ASGI interface."""

    def __init__(self, house: House, slug: str, headers: dict[str, str]) -> None:
        self._in: asyncio.Queue[dict[str, Any]] = asyncio.Queue()
        self._out: asyncio.Queue[dict[str, Any]] = asyncio.Queue()
        self._in.put_nowait({"type": "websocket.connect"})
        path = f"/api/v1/debates/{slug}/live"
        sent = {"host": "127.0.0.1:8000", **headers}
        scope = {
            "type": "websocket", "path": path, "raw_path": path.encode(), "root_path": "", "scheme": "ws",
            "query_string": b"", "client": ("192.0.2.7", 4), "server": ("127.0.0.1", 8000),
            "subprotocols": [], "extensions": {},
            "headers": [(name.lower().encode(), value.encode()) for name, value in sent.items()],
        }  # fmt: skip
        self._running = asyncio.create_task(house.app(scope, self._in.get, self._out.put))  # type: ignore[arg-type]

    def say(self, **message: Any) -> None:
        self._in.put_nowait({"type": "websocket.receive", "text": json.dumps(message)})

    async def hear(self) -> list[dict[str, Any]] | int:
        """The next frame's messages, or the code the connection was closed with."""
        while True:
            message = await asyncio.wait_for(self._out.get(), 5)
            if message["type"] == "websocket.send":
                heard: list[dict[str, Any]] = json.loads(message["text"])
                if heard[0]["type"] != "presence":
                    return heard
            elif message["type"] == "websocket.close":
                return int(message["code"])

    async def until_closed(self) -> tuple[list[dict[str, Any]], int]:
        """Everything heard up to the end, and the code."""
        everything: list[dict[str, Any]] = []
        while not isinstance(heard := await self.hear(), int):
            everything += heard
        return everything, heard

    async def leave(self) -> None:
        self._in.put_nowait({"type": "websocket.disconnect", "code": 1001})
        await self._running


async def hello(house: House, slug: str = "high-street", token: str | None = None, **headers: str) -> Any:
    """What a hello is answered: the hello's message, or the code of the close."""
    socket = Socket(house, slug, headers)
    socket.say(do="hello", **({} if token is None else {"token": token}))
    heard = await socket.hear()
    await socket.leave()
    return heard if isinstance(heard, int) else heard[0]


async def test_who_says_hello(house: House) -> None:
    """A token in the hello, a bearer's secret, a cookie or nothing: each is who it is for."""
    made = await house.live()
    ada = made["tokens"]["Ada Lind"]
    assert (await hello(house))["you"] is None
    assert (await hello(house, token=ada))["you"]["name"] == "Ada Lind"
    assert (await hello(house, Authorization=f"Bearer {ada}"))["you"]["name"] == "Ada Lind"
    browser = await house.browser(ada)
    cookie = {"Cookie": f"fishbowl={browser.cookies['fishbowl']}", "Origin": ORIGIN}
    assert (await hello(house, **cookie))["you"]["name"] == "Ada Lind"
    chair = made["tokens"]["chair"]
    assert (await hello(house, token=chair, **cookie))["you"]["role"] == "chair", "the hello's token counts"
    assert (await hello(house, token=ADMIN))["you"] is None


async def test_one_answer_for_all_that_is_not_there(house: House) -> None:
    """Unknown, revoked, a draft, closed, never heard of: the same close after the hello."""
    made = await house.debate()
    await house.live(slug="behind-doors", audience="closed")
    organiser = await house.client(made["tokens"]["organiser"])
    dead = (await organiser.post("/api/v1/debates/high-street/links", json={"role": "chair"})).json()
    await organiser.delete(f"/api/v1/debates/high-street/links/{dead['id']}")
    assert await hello(house) == REVOKED
    assert await hello(house, token=made["tokens"]["Ada Lind"]) == REVOKED
    assert await hello(house, token=dead["token"]) == REVOKED
    assert await hello(house, slug="behind-doors") == REVOKED
    assert await hello(house, slug="behind-doors", token=made["tokens"]["chair"]) == REVOKED
    assert await hello(house, slug="never-was") == REVOKED
    assert await hello(house, slug="never-was", token=made["tokens"]["chair"]) == REVOKED
    await house.move(made, "announced")
    assert await hello(house, token="no-such-secret") == REVOKED
    assert (await hello(house))["you"] is None


async def test_revoked_while_connected(house: House) -> None:
    """Revoking closes the person's sockets at once; nothing that comes after reaches them, others hear it."""
    made = await house.live()
    organiser = await house.client(made["tokens"]["organiser"])
    links = (await organiser.get("/api/v1/debates/high-street/links")).json()["links"]
    (ada,) = [link for link in links if link["name"] == "Ada Lind"]
    sockets = [Socket(house, "high-street", {}) for _ in range(3)]
    for socket, token in zip(
        sockets, (made["tokens"]["Ada Lind"],) * 2 + (made["tokens"]["Bo Marsh"],), strict=True
    ):
        socket.say(do="hello", token=token)
        assert not isinstance(await socket.hear(), int)
    assert (await organiser.delete(f"/api/v1/debates/high-street/links/{ada['id']}")).status_code == 204
    await house.command(made, made["tokens"]["chair"], {"do": "post", "text": "After you", "id": "1"})
    for socket in sockets[:2]:
        heard, code = await socket.until_closed()
        assert (code, "After you" in json.dumps(heard)) == (REVOKED, False)
        await socket.leave()
    while "After you" not in json.dumps(frame := await sockets[2].hear()):
        assert not isinstance(frame, int)
    await sockets[2].leave()


@pytest.mark.parametrize("how", ["draft", "closed"])
async def test_who_may_no_longer_read(house: House, how: str) -> None:
    """When a debate goes back to draft, or is closed, onlookers are sent away before they hear of it."""
    made = await house.debate()
    await house.move(made, "announced")
    onlooker, chair = Socket(house, "high-street", {}), Socket(house, "high-street", {})
    onlooker.say(do="hello")
    chair.say(do="hello", token=made["tokens"]["chair"])
    for socket in (onlooker, chair):
        assert not isinstance(await socket.hear(), int)
    if how == "draft":
        await house.move(made, "draft")
    else:
        organiser = await house.client(made["tokens"]["organiser"])
        answer = await organiser.patch("/api/v1/debates/high-street", json={"audience": "closed"})
        assert answer.status_code == 200
    assert await onlooker.until_closed() == ([], REVOKED)
    heard = await chair.hear()
    assert not isinstance(heard, int)
    assert heard[0]["type"] == ("phase.moved" if how == "draft" else "debate.changed")
    for socket in (onlooker, chair):
        await socket.leave()


async def test_deleted_while_connected(house: House) -> None:
    """Everybody connected to a debate that is deleted is told that it is gone."""
    made = await house.live()
    socket = Socket(house, "high-street", {})
    socket.say(do="hello")
    await socket.hear()
    organiser = await house.client(made["tokens"]["organiser"])
    assert (await organiser.delete("/api/v1/debates/high-street")).status_code == 204
    assert (await socket.until_closed())[1] == GONE
    await socket.leave()
