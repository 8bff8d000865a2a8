"""A writer who posts as fast as they are answered, and asks again for what was not answered.

Lean, so that a hundred of them do not outweigh the service they write to: one struct per message, nothing
else is looked at.
"""

import asyncio
import itertools
import json
from contextlib import suppress

import msgspec
from msgspec import Struct
from websockets.asyncio.client import ClientConnection
from websockets.exceptions import ConnectionClosed, InvalidHandshake

from tests.e2e.client import PATIENCE, Person, dial
from tests.e2e.ledger import Ledger


class Message(Struct):
    """As much of a message as a writer looks at."""

    type: str
    seq: int = 0
    contribution: int = 0
    reply: str = ""
    ok: bool = False
    code: str = ""


_decode = msgspec.json.Decoder(list[Message]).decode


class Writer:
    """`window`: how many posts may be on their way unanswered; with one, each waits for its reply.

    `seen` is shared by all writers: the contributions that came on any stream, their numbers by seq.
    """

    gives_up = False
    """Whether it stops, as if the service were gone, when told that nothing can be stored just now."""

    def __init__(self, person: Person, seen: dict[int, int], window: int = 1) -> None:
        self.who = person
        self.ledger = Ledger(person.person)
        self._seen = seen
        self._window = window
        self._numbers = itertools.count(1)
        self._open: dict[str, None] = {}
        """Ids on their way, in the order sent."""

    async def write(self, ends: asyncio.Event) -> None:
        """Ask again for everything unanswered, then post on until `ends` is set or the service is gone."""
        with suppress(OSError, ConnectionClosed, InvalidHandshake, EOFError):
            socket = await dial(self.who.debate.service, self.who.debate.slug)
            try:
                await self._write_on(socket, ends)
            finally:
                socket.transport.abort()

    async def settle(self) -> None:
        """Ask again for everything unanswered, and wait for all of it."""
        ends = asyncio.Event()
        ends.set()
        async with asyncio.timeout(PATIENCE):
            socket = await dial(self.who.debate.service, self.who.debate.slug)
            await self._write_on(socket, ends)
            await socket.close()

    async def _write_on(self, socket: ClientConnection, ends: asyncio.Event) -> None:
        await socket.send(json.dumps({"do": "hello", "token": self.who.token}))
        for id in list(self._open):
            await self._send(socket, id)
        last = 0
        while self._open or not ends.is_set():
            while len(self._open) < self._window and not ends.is_set():
                await self._send_next(socket)
            for message in _decode(await socket.recv(decode=False)):
                if message.type == "reply":
                    if self.gives_up and message.code == "service.unavailable":
                        raise EOFError
                    assert message.ok, f"{message.reply}: {message.code}"
                    self._note(message)
                elif message.type == "contribution.posted":
                    assert message.seq > last, f"{message.seq} came after {last}"
                    last = message.seq
                    before = self._seen.setdefault(message.seq, message.contribution)
                    assert before == message.contribution, f"{message.seq} is two contributions"

    def _note(self, message: Message) -> None:
        promised = (message.seq, message.contribution)
        self._open.pop(message.reply, None)
        before = self.ledger.promised.setdefault(message.reply, promised)
        assert before == promised, f"{message.reply} was {before}, and is now {promised}"

    async def _send_next(self, socket: ClientConnection) -> None:
        number = next(self._numbers)
        id = f"{number}"
        self.ledger.sent[id] = f"{self.ledger.person} says {number}"
        self._open[id] = None
        await self._send(socket, id)

    async def _send(self, socket: ClientConnection, id: str) -> None:
        await socket.send(json.dumps({"do": "post", "id": id, "text": self.ledger.sent[id]}))
