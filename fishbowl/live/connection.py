"""One connection: ties a session to a debate and to the peer at the other end.

Takes frames from the peer, has the session read them, asks the debate, and writes replies. No task waits per
connection: the peer calls `received` and `lost`, answers come as callbacks, and only a hello, which may have
to ask the store, runs as a task of its own, briefly.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from typing import Protocol

import msgspec

from fishbowl.debate.commands import WireCommand
from fishbowl.debate.refused import Refused
from fishbowl.live.admission import Admission
from fishbowl.live.debate import LiveDebate, Tell, in_english, reply_view
from fishbowl.live.frames import Frame, frame_of
from fishbowl.live.loop import Accepted
from fishbowl.live.session import Close, Hello, Session
from fishbowl.live.tally import SILENT, Tally
from fishbowl.live.views import ONLOOKER, Reader
from fishbowl.log.contract import LogError

__all__ = ["Connection", "Peer", "Resolve", "Visit"]

MOST_UNREAD = 1024 * 1024
"""Bytes of answers a peer may leave unread and ask on. The hub stops at a quarter of it (`MOST_BUFFERED`)."""
HELLO_SECONDS = 10.0
"""How long a connection may take to say hello (PROTOCOL, "Hello")."""


class Visitor(Protocol):
    @property
    def reader(self) -> Reader: ...


class Visit(Protocol):
    """Somebody in a debate they may read, as the edge found out."""

    @property
    def debate(self) -> LiveDebate: ...
    @property
    def who(self) -> Visitor: ...
    @property
    def asker(self) -> str | None:
        """As whom they give commands; also of somebody who left, whose earlier ids are still known."""
        ...


Resolve = Callable[[str | None], Awaitable[Visit | None]]
"""Who says hello with this token (None: without one); None where they may not read the debate."""


class Peer(Protocol):
    """The other end of a connection. None of these raises when it is gone."""

    def write(self, frame: Frame) -> None: ...
    def buffered(self) -> int:
        """Bytes written and not yet taken by the network."""
        ...

    def rest(self, seconds: float) -> None:
        """Read nothing more from it for so long, but what has arrived already."""
        ...

    def close(self, code: int, reason: str = "") -> None:
        """Say goodbye; end the connection also where nobody answers."""
        ...


class Connection:
    """A `Listener` of its debate's hub from its hello on."""

    def __init__(
        self,
        peer: Peer,
        resolve: Resolve,
        admission: Admission,
        address: str,
        tell: Tell = in_english,
        tally: Tally = SILENT,
        slug: str = "",
    ) -> None:
        self.reader = ONLOOKER
        self.cursor = 0
        self.lagging_since: float | None = None
        self.debate: LiveDebate | None = None
        self._peer = peer
        self._resolve = resolve
        self._admission = admission
        self._address = address
        self._slug = slug
        self._tell = tell
        self._tally = tally
        self._loop = asyncio.get_running_loop()
        self._session = Session(self._loop.time())
        self._early: list[WireCommand] = []
        self._replies: list[bytes] | None = None
        self._held: list[Frame] | None = []
        """What is to be sent once the hello is answered; None from then on."""
        self._asker: str | None = None
        self._greeting: asyncio.Task[None] | None = None
        self._is_lost = False
        self._hello_timer = self._loop.call_later(HELLO_SECONDS, self._no_hello)
        if not admission.enter(address, slug):
            self._is_lost = True
            self._hello_timer.cancel()
            tally.dropped(Close.TOO_MANY.name.lower())
            peer.close(Close.TOO_MANY, "too many connections")

    # From the peer

    def received(self, frame: bytes) -> None:
        """One whole text frame came."""
        if self._is_lost:
            return
        if self.buffered() > MOST_UNREAD:
            # It asks and never reads the answers: every one would only grow the buffer.
            self._end(Close.TOO_SLOW)
            return
        if self.debate is not None:
            self._session.unlimited = self.debate.unlimited
        self._session.receive(frame, self._loop.time())
        for event in self._session.events():
            if isinstance(event, Hello):
                self._hello_timer.cancel()
                self._greeting = self._loop.create_task(self._answer(event))
            elif self.debate is None or self._held is not None:
                self._early.append(event)
            else:
                self._ask(self.debate, event)
        for refused in self._session.refusals():
            self.write(frame_of([self._told(refused.id, refused)]))
        if self._session.rest is not None:
            self._peer.rest(self._session.rest)
            self._session.rest = None
        if self._session.closing is not None:
            self._end(self._session.closing)

    def drained(self) -> None:
        """The peer has taken what was written, or nearly all of it."""
        if self.debate is not None and self._held is None and not self._is_lost:
            self.debate.hub.catch_up(self)

    def lost(self, reason: str | None = None) -> None:
        """The connection is gone; `reason`: why the wire ended it, where it did."""
        if self._is_lost:
            return
        self._is_lost = True
        if reason is not None:
            self._tally.dropped(reason)
        self._hello_timer.cancel()
        if self._greeting is not None:
            self._greeting.cancel()
        self._admission.leave(self._address, self._slug)
        if self.debate is not None:
            self.debate.hub.remove(self)

    # As a listener

    def write(self, frame: Frame) -> None:
        if self._is_lost:
            return
        if self._held is not None:
            self._held.append(frame)
        else:
            self._peer.write(frame)

    def buffered(self) -> int:
        held = 0 if self._held is None else sum(len(frame.payload) for frame in self._held)
        return held + self._peer.buffered()

    def close(self, code: Close, reason: str = "") -> None:
        """End the connection, for a reason the hub has counted; nothing is written to it afterwards."""
        if not self._is_lost:
            self.lost()
            self._peer.close(code, reason)

    # Within

    def _end(self, code: Close, reason: str = "") -> None:
        """End the connection for a reason found here."""
        if not self._is_lost:
            self._tally.dropped(code.name.lower())
            self.close(code, reason)

    def _no_hello(self) -> None:
        self._session.no_hello()
        self._end(Close.PROTOCOL_ERROR, "no hello")

    async def _answer(self, hello: Hello) -> None:
        try:
            await self._greet(hello)
        except LogError:
            # The store fails, and says so itself. Whoever comes back finds it well, or hears this again.
            self._end(Close.TRY_AGAIN, "nothing can be read just now")

    async def _greet(self, hello: Hello) -> None:
        visit = await self._resolve(hello.token)
        if visit is None:
            self._end(Close.REVOKED)
            return
        self.reader = visit.who.reader
        self._asker = visit.asker
        person = self.reader.person
        if person is not None and not self._admission.one_more_of(visit.debate.hub.sockets_of(person)):
            self._end(Close.TOO_MANY, "too many connections of one person")
            return
        messages = await visit.debate.resume(self, hello.epoch, hello.seq)
        self.debate = visit.debate
        # Asked again, now that whoever ends a link finds this connection: one that ended just before is seen
        # here, one that ends from now on closes us. Nothing has been written yet.
        if self._is_lost or await self._resolve(hello.token) is None:
            visit.debate.hub.remove(self)
            self._end(Close.REVOKED)
            return
        self._begin(visit.debate, messages)

    def _begin(self, debate: LiveDebate, messages: Sequence[bytes]) -> None:
        """Write the answer to the hello, then what was missed and came since, then answer what was asked."""
        held, self._held = self._held or [], None
        for frame in [frame_of(messages), *held]:
            self.write(frame)
        debate.hub.catch_up(self)
        early, self._early = self._early, []
        for command in early:
            self._ask(debate, command)

    def _ask(self, debate: LiveDebate, command: WireCommand) -> None:
        answer = debate.asked(self._asker, command)
        answer.add_done_callback(lambda answer: self._reply(command.id, answer.result()))

    def _reply(self, id: str, answer: Accepted | Refused) -> None:
        """Answer, in one frame with whatever else is answered to this peer in the same stroke."""
        if self._replies is None:
            self._replies = []
            self._loop.call_soon(self._send_replies)
        self._replies.append(self._told(id, answer))

    def _send_replies(self) -> None:
        replies, self._replies = self._replies or [], None
        self.write(frame_of(replies))

    def _told(self, id: str, answer: Accepted | Refused) -> bytes:
        return msgspec.json.encode(reply_view(id, answer, self._tell))
