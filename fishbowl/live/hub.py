"""Who hears a debate: its connections, who of them is present, and the publisher that feeds them.

Publishing is one stroke: every record committed since the last frame goes out as one frame per audience,
framed once and written to every transport. It rests up to five times what the last stroke cost, so that
under load frames grow and cost per record falls; it yields as it goes, so that commands never wait for it.

Knows nothing of rules. Guarantees: a connection gets every record it may hear once, in order; one that does
not drain is not fed but catches up from the ring when it does, or is told 4008 and resumes.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable, Iterator
from collections.abc import Set as AbstractSet
from contextlib import suppress
from typing import Any, Protocol

import msgspec

from fishbowl.live.frames import Frame, frame_of
from fishbowl.live.pieces import Pieces
from fishbowl.live.ring import Encoded, Ring
from fishbowl.live.session import Close
from fishbowl.live.tally import SILENT, Tally
from fishbowl.live.views import Reader

__all__ = ["Hub", "Listener", "rest_after"]

LISTENERS_A_LOOK = 50
SLICE_SECONDS = 0.002
"""Publishing yields after so long; after so many listeners it looks at the time."""
EASY_SHARE = 0.25
REST_FACTOR = 5
MOST_REST_SECONDS = 0.15
"""While a frame for each record takes no more than this share of a core, publishing never rests. Beyond, it
rests so many times the CPU time a frame took, at most so long, and records are gathered. (By the clock on
the wall it would rest longest when other processes have the machine, and its readers would wait twice.)"""
IDLE_COST_SECONDS = 0.002
"""A stroke cheaper than this is not worth resting for."""
MOST_BUFFERED = 256 * 1024
"""Bytes a transport may hold back before it is no longer fed by the broadcast."""
CATCH_UP_SECONDS = 0.25
GIVE_UP_SECONDS = 30.0
"""How often lagging connections are looked at, and after how long without draining they are let go."""
PRESENCE_SECONDS = 1.0
DROP_SECONDS = 2.0
"""A reload is no absence: who is back within this time never was away."""
REQUEST_SECONDS = 90.0
"""How long a request without a socket counts as present (RULES, "Seats")."""


class Listener(Protocol):
    """A connection as the hub sees it. `cursor`: the last seq it was sent."""

    reader: Reader
    cursor: int
    lagging_since: float | None

    def write(self, frame: Frame) -> None: ...
    def buffered(self) -> int: ...
    def close(self, code: Close, reason: str = "") -> None: ...


class Hub:
    """One debate's connections.

    `came_or_went` is called when somebody is newly present or absent; `joined` says how many are in,
    `elsewhere` who is present by way of other nodes.
    """

    def __init__(
        self,
        ring: Ring,
        came_or_went: Callable[[], None],
        joined: Callable[[], int],
        held: Callable[[], int] = lambda: 0,
        tally: Tally = SILENT,
        elsewhere: Callable[[], frozenset[str]] = frozenset,
    ) -> None:
        self.ring = ring
        self.here: set[str] = set()
        """Who is present by way of this node."""
        self._onlookers_elsewhere = 0
        self._elsewhere = elsewhere
        self._came_or_went = came_or_went
        self._joined = joined
        self._held = held
        self._tally = tally
        self.pressed = False
        """Whether publishing costs so much that records are gathered for it."""
        self._listeners: dict[Listener, None] = {}
        self._lagging: set[Listener] = set()
        self._sockets: dict[str, int] = {}
        self._onlookers = 0
        self._leaving: dict[str, asyncio.TimerHandle] = {}
        self._published = ring.head
        self._began = 0.0
        """When the last stroke began."""
        self._pieces = Pieces()
        self._news = asyncio.Event()
        self._presence: asyncio.TimerHandle | None = None
        self._presence_shown = (0, 0)
        self._pending: asyncio.TimerHandle | None = None
        self._publisher: asyncio.Task[None] | None = None

    def start(self) -> None:
        self._publisher = asyncio.create_task(self._publish_forever(), name="publisher")

    async def stop(self, code: Close) -> None:
        """Close every connection with `code`; nothing is published afterwards."""
        if self._publisher is not None:
            self._publisher.cancel()
            await asyncio.gather(self._publisher, return_exceptions=True)
        for timer in [*self._leaving.values(), self._presence, self._pending]:
            if timer is not None:
                timer.cancel()
        for listener in list(self._listeners):
            listener.close(code)

    # Who is here

    def __len__(self) -> int:
        return len(self._listeners)

    @property
    def lagging(self) -> int:
        """How many do not read as fast as they are written to."""
        return len(self._lagging)

    def all(self) -> list[Listener]:
        return list(self._listeners)

    @property
    def online(self) -> int:
        """People present and onlookers, each counted once."""
        return len(self.present) + self._onlookers + self._onlookers_elsewhere

    def onlookers_are_elsewhere(self, number: int) -> None:
        """So many, by way of other nodes; said now and then, whether it changed or not."""
        self._onlookers_elsewhere = number
        self.presence_changed()

    @property
    def onlookers(self) -> int:
        """Of them, the onlookers by way of this node."""
        return self._onlookers

    @property
    def present(self) -> AbstractSet[str]:
        """Who is present, by way of any node."""
        elsewhere = self._elsewhere()
        return self.here | elsewhere if elsewhere else self.here

    def add(self, listener: Listener) -> None:
        """From now on `listener` hears everything after its cursor."""
        self._listeners[listener] = None
        person = listener.reader.person
        if person is None:
            self._onlookers += 1
        else:
            self._sockets[person] = self._sockets.get(person, 0) + 1
            self._arrive(person)
        self.presence_changed()

    def remove(self, listener: Listener) -> None:
        """`listener` hears nothing more. Harmless when it is not (or no longer) here."""
        if listener not in self._listeners:
            return
        del self._listeners[listener]
        self._lagging.discard(listener)
        person = listener.reader.person
        if person is None:
            self._onlookers -= 1
        else:
            self._sockets[person] -= 1
            if not self._sockets[person]:
                del self._sockets[person]
                self._expect_back(person, DROP_SECONDS)
        self.presence_changed()

    def sockets_of(self, person: str) -> int:
        return self._sockets.get(person, 0)

    def touch(self, person: str) -> None:
        """A request of `person`: present for a while, also without a socket."""
        self._arrive(person)
        if person not in self._sockets:
            self._expect_back(person, REQUEST_SECONDS)

    def close_where(self, matches: Callable[[Reader], bool], code: Close) -> None:
        """Close at once every connection whose reader matches; no record reaches it afterwards."""
        for listener in [listener for listener in self._listeners if matches(listener.reader)]:
            self._tally.dropped(code.name.lower())
            self.remove(listener)
            listener.close(code)

    def _arrive(self, person: str) -> None:
        if (timer := self._leaving.pop(person, None)) is not None:
            timer.cancel()
        if person not in self.here:
            self.here.add(person)
            self._came_or_went()
            self.presence_changed()

    def _expect_back(self, person: str, seconds: float) -> None:
        if (timer := self._leaving.pop(person, None)) is not None:
            timer.cancel()
        loop = asyncio.get_running_loop()
        self._leaving[person] = loop.call_later(seconds, self._gone, person)

    def _gone(self, person: str) -> None:
        self._leaving.pop(person, None)
        self.here.discard(person)
        self._came_or_went()
        self.presence_changed()

    def presence_changed(self) -> None:
        """Tell everybody soon how many are here and how many are in, where that is news."""
        if self._presence is None:
            loop = asyncio.get_running_loop()
            self._presence = loop.call_later(PRESENCE_SECONDS, self._show_presence)

    def _show_presence(self) -> None:
        self._presence = None
        shown = (self.online, self._joined())
        if shown != self._presence_shown:
            self._presence_shown = shown
            self.tell_all({"type": "presence", "online": shown[0], "joined": shown[1]})

    def pending_changed(self) -> None:
        """Tell chair and moderators soon how many contributions wait for them."""
        if self._pending is None:
            loop = asyncio.get_running_loop()
            self._pending = loop.call_later(PRESENCE_SECONDS, self._show_pending)

    def _show_pending(self) -> None:
        self._pending = None
        self.tell({"type": "pending", "held": self._held()}, lambda reader: reader.moderating)

    def tell_all(self, message: dict[str, Any]) -> None:
        """An ephemeral message to everybody who can take it now."""
        self.tell(message, lambda reader: True)

    def tell(self, message: dict[str, Any], whom: Callable[[Reader], bool]) -> None:
        """An ephemeral message to those of `whom` who can take it now."""
        frame = frame_of([msgspec.json.encode(message)])
        for listener in list(self._listeners):
            if listener.lagging_since is None and whom(listener.reader):
                listener.write(frame)

    # Publishing

    def wake(self) -> None:
        """There are new records in the ring."""
        self._news.set()

    async def _publish_forever(self) -> None:
        while True:
            with suppress(TimeoutError):
                await asyncio.wait_for(self._news.wait(), CATCH_UP_SECONDS if self._lagging else None)
            self._news.clear()
            since, began = self._published, time.monotonic()
            cost = await self._publish()
            records = self._published - since
            self._tally.published(records, cost)
            rest = rest_after(cost, records, began - self._began)
            self._began = began
            self.pressed = rest > 0
            if rest > 0:
                await asyncio.sleep(rest)

    async def _publish(self) -> float:
        """One stroke; returns what it cost in CPU seconds."""
        stroke = _Stroke(self.ring, self._published)
        self._published = stroke.end
        cost = 0.0
        listeners = list(self._listeners)
        began, spent = time.perf_counter(), time.thread_time()
        for first in range(0, len(listeners), LISTENERS_A_LOOK):
            for listener in listeners[first : first + LISTENERS_A_LOOK]:
                self._feed(listener, stroke)
            if time.perf_counter() - began > SLICE_SECONDS:
                cost += time.thread_time() - spent
                await asyncio.sleep(0)
                began, spent = time.perf_counter(), time.thread_time()
        return cost + time.thread_time() - spent

    def _feed(self, listener: Listener, stroke: _Stroke) -> None:
        cursor = listener.cursor
        if cursor >= stroke.end or listener not in self._listeners:
            return
        if cursor < stroke.start and not self.catch_up(listener, stroke.start):
            return
        if listener.buffered() > MOST_BUFFERED:
            self._lag(listener)
            return
        if listener.cursor < self.ring.first - 1:
            self._drop(listener, Close.TOO_SLOW)
            return
        frame = stroke.frame_for(listener)
        listener.cursor = stroke.end
        if listener.lagging_since is not None:
            self._keeps_up(listener)
        if frame is not None:
            listener.write(frame)

    def catch_up(self, listener: Listener, to: int | None = None) -> bool:
        """Send `listener` what it has missed up to `to` (all that was published): whether it took all of it.

        It takes as much as it can hold. The rest follows when it has drained, so that nobody costs more than
        that, however far they go back and whether they read or not.
        """
        end = self._published if to is None else to
        while listener.cursor < end:
            if listener.buffered() > MOST_BUFFERED:
                self._lag(listener)
                return False
            if listener.cursor < self.ring.first - 1:
                self._drop(listener, Close.TOO_SLOW)
                return False
            piece = self._pieces.after(self.ring, listener.cursor, end, listener.reader)
            listener.cursor = piece.end
            self._keeps_up(listener)
            if piece.frame is not None:
                listener.write(piece.frame)
        return True

    def _lag(self, listener: Listener) -> None:
        now = time.monotonic()
        if listener.lagging_since is None:
            listener.lagging_since = now
            self._lagging.add(listener)
        elif now - listener.lagging_since > GIVE_UP_SECONDS or listener.cursor < self.ring.first - 1:
            self._drop(listener, Close.TOO_SLOW)

    def _keeps_up(self, listener: Listener) -> None:
        listener.lagging_since = None
        self._lagging.discard(listener)

    def _drop(self, listener: Listener, code: Close) -> None:
        self._tally.dropped(code.name.lower())
        self.remove(listener)
        listener.close(code)


def rest_after(cost: float, records: int, seconds: float) -> float:
    """How long publishing rests after a frame of `records` that came within `seconds` and cost CPU time."""
    if cost <= IDLE_COST_SECONDS or cost * records <= EASY_SHARE * seconds:
        return 0.0
    return min(cost * REST_FACTOR, MOST_REST_SECONDS)


class _Stroke:
    """The records `start` < seq <= `end`, and the frames made of them so far, one for each way to see them.

    A stroke yields, and meanwhile a text may be hidden: the ring is then at another version and the frames
    made so far are thrown away, so that no text leaves after its hiding record was committed.
    """

    def __init__(self, ring: Ring, start: int) -> None:
        self.ring = ring
        self.start = start
        self.end = ring.head
        self._frames: dict[tuple[int, str], Frame | None] = {}
        self._version = ring.version
        self._persons = self._seen_otherwise()

    def frame_for(self, listener: Listener) -> Frame | None:
        """What `listener` has missed up to the end of this stroke; None where nothing of it is theirs."""
        if self._version != self.ring.version:
            self._frames.clear()
            self._version = self.ring.version
        cursor, reader = listener.cursor, listener.reader
        key = cursor, self._audience(reader, cursor)
        try:
            return self._frames[key]
        except KeyError:
            frame = self._frames[key] = self._frame(reader, cursor)
            return frame

    def _audience(self, reader: Reader, cursor: int) -> str:
        if reader.backstage:
            return f"*{reader.audience}"
        if reader.person is not None and (cursor != self.start or reader.person in self._persons):
            return reader.person
        return "*public"

    def _frame(self, reader: Reader, cursor: int) -> Frame | None:
        messages = [message for entry in self._entries(cursor) if (message := entry.for_(reader)) is not None]
        return frame_of(messages) if messages else None

    def _entries(self, cursor: int) -> Iterator[Encoded]:
        return self.ring.since(max(cursor, self.ring.first - 1), self.end)

    def _seen_otherwise(self) -> set[str]:
        return {person for entry in self._entries(self.start) for person in entry.personal}
