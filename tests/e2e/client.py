"""A client of the public contract, written from its description alone.

It imports nothing of fishbowl: what it believes about frames, replies, records and close codes is what the
contract says. It checks on the way what holds for every stream: frames are arrays, seqs rise strictly, the
hello comes first, nothing comes for an id twice but the same reply.
"""

import asyncio
import itertools
import json
import ssl
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager
from typing import Any

import httpx
from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import ConnectionClosed
from websockets.typing import Origin

from tests.e2e.service import ADMIN_TOKEN, Service

# A machine that does other things too: nothing below is late, it is only not there yet.
PATIENCE = 30.0

Message = dict[str, Any]

_ids = itertools.count(1)
_NO_TLS = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
"""Never used, all is plain http here; but made anew for each request it would cost more than the request."""
_MOVES = {
    "draft": [],
    "announced": ["announced"],
    "lobby": ["lobby"],
    "live": ["live"],
    "paused": ["live", "paused"],
    "wrap_up": ["live", "wrap_up"],
    "correction": ["live", "wrap_up", "correction"],
    "archived": ["live", "wrap_up", "correction", "archived"],
}


def new_id() -> str:
    """An id for a command, never used before in this run."""
    return f"e2e-{next(_ids)}"


def bearer(token: str | None) -> dict[str, str]:
    """The header a program sends."""
    return {} if token is None else {"Authorization": f"Bearer {token}"}


def request(
    service: Service, method: str, path: str, token: str | None = None, **rest: Any
) -> httpx.Response:
    """One HTTP request, without a cookie jar behind it."""
    headers = {**bearer(token), **rest.pop("headers", {})}
    return httpx.request(
        method,
        service.base + path,
        headers=headers,
        timeout=PATIENCE,
        trust_env=False,
        verify=_NO_TLS,
        **rest,
    )


class Person:
    """Somebody before one debate: with a token, or an onlooker without."""

    def __init__(self, debate: "Debate", token: str | None, person: str = "", name: str = "") -> None:
        self.debate = debate
        self.token = token
        self.person = person
        self.name = name

    def request(self, method: str, path: str = "", **rest: Any) -> httpx.Response:
        """A request below `/api/v1/debates/{slug}`."""
        return request(self.debate.service, method, self.debate.api + path, self.token, **rest)

    def snapshot(self, **params: Any) -> Message:
        answer = self.request("GET", params=params)
        assert answer.status_code == 200, answer.text
        found: Message = answer.json()
        return found

    def do(self, command: str, **fields: Any) -> Message:
        """Give one command by HTTP; its reply."""
        given = {"do": command, "id": new_id(), **fields}
        replies = self.commands(given)
        assert len(replies) == 1, replies
        assert replies[0]["type"] == "reply", replies
        assert replies[0]["reply"] == given["id"], replies
        return replies[0]

    def commands(self, given: object) -> list[Message]:
        answer = self.request("POST", "/commands", json=given)
        assert answer.status_code == 200, answer.text
        replies: list[Message] = answer.json()
        assert isinstance(replies, list)
        return replies

    def must(self, command: str, **fields: Any) -> Message:
        """Give one command that is to be accepted."""
        reply = self.do(command, **fields)
        assert reply["ok"] is True, reply
        return reply

    def records(self, since: int = 0, limit: int = 1000) -> list[Message]:
        """Every record this person may read after `since`, page by page."""
        found: list[Message] = []
        for page in self.pages(since, limit):
            found += page["records"]
        assert_rising([record["seq"] for record in found])
        return found

    def pages(self, since: int, limit: int) -> Iterator[Message]:
        following: int | None = since
        while following is not None:
            answer = self.request("GET", "/records", params={"since": following, "limit": limit})
            assert answer.status_code == 200, answer.text
            page: Message = answer.json()
            assert len(page["records"]) <= limit
            assert page["next"] is None or page["next"] > following, page
            yield page
            following = page["next"]

    @asynccontextmanager
    async def live(self, **hello: Any) -> AsyncIterator["Live"]:
        """A live stream that said hello; `epoch` and `seq` say where to go on."""
        live = await self.dial()
        try:
            await live.say_hello(self.token, **hello)
            yield live
        finally:
            await live.leave()

    async def dial(self, **rest: Any) -> "Live":
        """A socket that has not said hello."""
        return Live(await dial(self.debate.service, self.debate.slug, **rest))


class Debate:
    """One debate as whoever made it holds it: its links and tokens."""

    def __init__(self, service: Service, made: Message) -> None:
        self.service = service
        self.made = made
        self.slug: str = made["slug"]
        self.api = f"/api/v1/debates/{self.slug}"
        self.chair = Person(self, made["tokens"]["chair"])
        self.organiser = Person(self, made["tokens"]["organiser"])
        self.speakers = [
            Person(self, speaker["token"], name=speaker["name"]) for speaker in made["links"]["speakers"]
        ]
        self.onlooker = Person(self, None)
        for known in (self.chair, self.organiser, *self.speakers):
            service.secrets.add(str(known.token))

    @classmethod
    def create(cls, service: Service, definition: Message) -> "Debate":
        answer = request(service, "POST", "/api/v1/debates", ADMIN_TOKEN, json=definition)
        assert answer.status_code == 201, answer.text
        return cls(service, answer.json())

    def move_on_to(self, phase: str) -> None:
        for move in _MOVES[phase]:
            self.chair.must("move_to", phase=move)

    def join(self, **body: Any) -> Person:
        answer = self.onlooker.request("POST", "/join", json=body)
        assert answer.status_code == 201, answer.text
        joined = answer.json()
        self.service.secrets.add(joined["token"])
        return Person(self, joined["token"], joined["person"], joined["name"])

    def page(self, path: str = "", token: str | None = None) -> httpx.Response:
        """A page below `/debates/{slug}`."""
        return request(self.service, "GET", f"/debates/{self.slug}{path}", token)


class Live:
    """One WebSocket, and everything that came in on it, sorted by kind."""

    def __init__(self, socket: ClientConnection) -> None:
        self.socket = socket
        self.hello: Message = {}
        self.snapshot: Message | None = None
        self.records: list[Message] = []
        self.replies: dict[str, list[Message]] = {}
        self.ephemera: list[Message] = []
        self.close_code: int | None = None
        self._news = asyncio.Event()
        self._broken: AssertionError | None = None
        self._reader = asyncio.create_task(self._read())

    async def say_hello(self, token: str | None = None, **fields: Any) -> Message:
        """Say hello and wait for the answer, and for the snapshot where one is announced."""
        await self.send({"do": "hello", **({} if token is None else {"token": token}), **fields})
        await self.until(lambda: bool(self.hello))
        if self.hello["resume"] == "snapshot":
            await self.until(lambda: self.snapshot is not None)
        return self.hello

    async def send(self, message: object) -> None:
        await self.socket.send(json.dumps(message))

    async def do(self, command: str, **fields: Any) -> Message:
        """Give one command and wait for its reply."""
        given = {"do": command, "id": new_id(), **fields}
        return await self.ask(given)

    async def ask(self, given: Message) -> Message:
        seen = len(self.replies.get(given["id"], ()))
        await self.send(given)
        await self.until(lambda: len(self.replies.get(given["id"], ())) > seen)
        return self.replies[given["id"]][-1]

    async def must(self, command: str, **fields: Any) -> Message:
        reply = await self.do(command, **fields)
        assert reply["ok"] is True, reply
        return reply

    async def until(self, there: Callable[[], bool]) -> None:
        """Wait until what came in satisfies `there`; fail when the socket closes before."""
        async with asyncio.timeout(PATIENCE):
            while not there():
                self._check()
                assert self.close_code is None, f"closed with {self.close_code} while waiting"
                self._news.clear()
                await self._news.wait()
        self._check()

    async def until_answered(self, id: str) -> None:
        """Wait for a reply to `id`, or for the end of the stream, whichever comes."""
        async with asyncio.timeout(PATIENCE):
            while id not in self.replies and self.close_code is None:
                self._news.clear()
                await self._news.wait()
        self._check()

    async def until_seq(self, seq: int) -> None:
        """Wait for the record `seq` (or one after it, where a view skips that number)."""
        await self.until(lambda: bool(self.records) and self.records[-1]["seq"] >= seq)

    async def closed(self) -> int:
        """Wait until the service has closed this socket; the close code."""
        async with asyncio.timeout(PATIENCE):
            await self._reader
        self._check()
        assert self.close_code is not None
        return self.close_code

    async def leave(self) -> None:
        """Close it from this side, as a program that ends does."""
        await self.socket.close()
        await self._reader
        self._check()

    def drop(self) -> None:
        """Lose the connection, as a train in a tunnel does: no close frame."""
        self.socket.transport.abort()

    def _check(self) -> None:
        if self._broken is not None:
            raise self._broken

    async def _read(self) -> None:
        try:
            async for frame in self.socket:
                assert isinstance(frame, str), "the server sent a binary frame"
                messages = json.loads(frame)
                assert isinstance(messages, list), f"a frame that is no array: {frame[:200]}"
                assert messages, "an empty frame"
                for message in messages:
                    self._take(message)
                self._news.set()
        except ConnectionClosed:
            pass
        except AssertionError as broken:
            self._broken = broken
        finally:
            self.close_code = self.socket.close_code
            self._news.set()

    def _take(self, message: Message) -> None:
        kind = message["type"]
        if kind == "hello":
            assert not self.hello, "a second hello"
            assert not self.records
            self.hello = message
            return
        if kind == "reply":
            self.replies.setdefault(message["reply"], []).append(message)
            return
        assert self.hello, f"{kind} before the hello"
        if kind == "snapshot":
            assert self.hello["resume"] == "snapshot", "a snapshot nobody announced"
            assert self.snapshot is None, "a second snapshot"
            assert not self.records, "records before the snapshot"
            self.snapshot = message
        elif "seq" in message:
            assert_rising([record["seq"] for record in self.records[-1:]] + [message["seq"]])
            self.records.append(message)
        else:
            self.ephemera.append(message)


async def dial(
    service: Service, slug: str, origin: str | None = None, headers: dict[str, str] | None = None
) -> ClientConnection:
    """Open a WebSocket; raises websockets' InvalidStatus where the upgrade is refused."""
    return await connect(
        f"ws://{service.address}/api/v1/debates/{slug}/live",
        origin=None if origin is None else Origin(origin),
        additional_headers=headers,
        compression=None,
        proxy=None,
        max_size=None,
        max_queue=None,
        open_timeout=PATIENCE,
        ping_interval=None,
    )


def assert_rising(seqs: list[int]) -> None:
    """Strictly rising: in order, none twice."""
    assert all(before < after for before, after in itertools.pairwise(seqs)), seqs
