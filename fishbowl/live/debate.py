"""A running debate: its loop, its ring of recent records and its hub, put together.

Everything the edge asks of a debate, it asks here. Knows nothing of links, cookies or pages: who somebody is
comes in as a person id or a `Reader`.
"""

from __future__ import annotations

import asyncio
import secrets
from collections.abc import Callable, Iterable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from functools import partial
from typing import Any, TypeVar

import msgspec

from fishbowl.clock import Clock, to_wire
from fishbowl.debate import events
from fishbowl.debate.commands import Command, Join, Post, Report, WireCommand
from fishbowl.debate.moderation import moderates
from fishbowl.debate.reading import command_from
from fishbowl.debate.record import Record
from fishbowl.debate.refused import Refused
from fishbowl.debate.safety import ONLOOKER as BY_ONLOOKER
from fishbowl.debate.state import State
from fishbowl.debate.vocabulary import Instant
from fishbowl.live.hub import Hub, Listener
from fishbowl.live.loop import Accepted, Loop
from fishbowl.live.reasons import Reason, Why, guessed, why
from fishbowl.live.ring import Encoded, Ring, encode
from fishbowl.live.session import Close
from fishbowl.live.snapshot import snapshot_view, you_view
from fishbowl.live.tally import SILENT, Tally
from fishbowl.live.views import Reader, may_read
from fishbowl.log.contract import Log, Turns, Unchanged
from fishbowl.log.paging import PagedRecords

__all__ = ["Joined", "LiveDebate", "Tell", "fresh_id", "in_english", "reply_view"]

T = TypeVar("T")
Tell = Callable[[Refused], str]
"""Says a refusal to whoever asked."""
MOST_RECORDS = 1_000
"""How many records one page of `records` holds at most."""
MOST_WAIT_SECONDS = 30.0
NARROWING = (events.PhaseMoved, events.DebateChanged, events.PersonLeft)
"""Events after which fewer may read: back to a draft, closed, or one less inside."""
READ_BACK = 250
"""How many records at a time are taken into the ring again."""
REPLAY = 5_000
"""How many missed records a resuming client is sent; who missed more gets a snapshot."""


def fresh_id() -> str:
    """An opaque id for a person: 72 random bits."""
    return secrets.token_urlsafe(9)


@dataclass(frozen=True)
class Joined:
    """Somebody who came in by the door."""

    person: str
    name: str
    handle: str


class LiveDebate:
    """One debate, running."""

    def __init__(
        self,
        slug: str,
        epoch: str,
        log: Log,
        clock: Clock,
        state: State,
        unchanged: Iterable[Unchanged] = (),
        tally: Tally = SILENT,
        turns: Turns | None = None,
    ) -> None:
        self.slug = slug
        self.epoch = epoch
        self.is_shared = turns is not None
        """Whether other nodes may write it."""
        self.ring = Ring(state.seq)
        self._joined, self._held = state.joined, len(state.held)
        self.hub = Hub(
            self.ring,
            came_or_went=self._came_or_went,
            joined=lambda: self._joined,
            held=lambda: self._held,
            tally=tally,
            elsewhere=lambda: frozenset() if turns is None else turns.elsewhere,
        )
        self.loop = Loop(
            slug,
            log,
            clock,
            state,
            present=lambda: self.hub.here,
            committed=self._committed,
            unchanged=unchanged,
            tally=tally,
            pressed=lambda: self.hub.pressed,
            turns=turns,
            ended=self._links_ended,
        )
        self.unlimited = state.rules.pace_per_minute == 0
        """Whether this debate lifts every rate."""
        self._log = log
        self._clock = clock
        self._more = asyncio.Event()
        self._reaching_back = asyncio.Lock()
        self._stopped = False

    @property
    def head(self) -> int:
        """The last committed seq."""
        return self.ring.head

    def start(self, last_alive: Instant | None) -> None:
        """Begin to run; see `Loop.start`."""
        self.hub.start()
        self.loop.start(last_alive)

    async def stop(self, code: Close) -> None:
        """End the loop after its batch, then every connection with `code`."""
        await self.loop.stop()
        await self.hub.stop(code)
        self._stopped = True
        self._more.set()

    async def up_to_date(self) -> bool:
        """Return when what any node has stored is known here (see `Others`); False: it was deleted."""
        others = self.loop.others
        if others is None:
            return True
        if not self.loop.failing:
            await others.up_to_date()
        return not others.is_gone

    def follows(self, turns: int, onlookers: int) -> None:
        """What a look at the store has found: its last turn, and how many onlookers other nodes have."""
        self.hub.onlookers_are_elsewhere(onlookers)
        self.loop.follows(turns)

    async def delete(self) -> None:
        """End it, and remove all its records."""
        await self.stop(Close.GONE)
        await self._log.delete(self.slug)

    # Asking

    async def submit(self, by: str, command: Command, id: str | None) -> Accepted | Refused:
        """Ask for `command` as `by`; returns once it is stored, or refused."""
        return await self.loop.submit(by, command, id)

    def asked(self, by: str | None, command: WireCommand) -> asyncio.Future[Accepted | Refused]:
        """As `submit`, for somebody on the wire: an onlooker (`by` None) may give no command."""
        if by is None:
            refused: asyncio.Future[Accepted | Refused] = asyncio.get_running_loop().create_future()
            refused.set_result(Refused("right.missing", "Join the debate to take part."))
            return refused
        return self.loop.submit(by, command, command.id)

    def reported(self, command: Report) -> asyncio.Future[Accepted | Refused]:
        """A report by an onlooker. Its id is the edge's to remember."""
        return self.loop.submit(BY_ONLOOKER, command, None)

    async def ask(self, by: str | None, body: object) -> dict[str, Any]:
        """One command of the wire, parsed JSON, and its reply as the wire has it.

        Raises `Refused` where no id can be read, since no reply could name it.
        """
        try:
            command = command_from(body)
        except Refused as refused:
            if not refused.id:
                raise
            return reply_view(refused.id, refused)
        return reply_view(command.id, await self.asked(by, command))

    async def join(self, name: str | None = None, code: str | None = None) -> Joined | Refused:
        """Let somebody in by the door. Where names are given, `name` is ignored."""
        person = fresh_id()
        command = Join(person=person, choice=secrets.randbelow(2**31), name=name, code=code)
        answer = await self.loop.submit(person, command, None)
        if isinstance(answer, Refused):
            return answer
        who = await self.read(lambda state: state.people[person])
        return Joined(person, who.name or "", who.handle or "")

    def touch(self, person: str) -> None:
        """A request of somebody without a socket: present for 90 s."""
        self.hub.touch(person)

    # Reading

    async def is_moderated(self) -> bool:
        """Whether chair or a moderator is present."""
        return await self.read(lambda state: any(moderates(state, person) for person in self.hub.present))

    async def read(self, look: Callable[[State], T]) -> T:
        """`look` at the committed state, between strokes."""
        return await self.loop.read(look)

    async def snapshot(
        self,
        reader: Reader,
        limit: int = 200,
        before: int | None = None,
        only: Sequence[int] | None = None,
    ) -> dict[str, Any]:
        """The debate as `reader` may see it now."""
        return await self.read(lambda state: self._snapshot(state, reader, limit, before, only))

    async def why(self, reader: Reader, number: int) -> Why | None:
        """Why a contribution has its tags; None where there is none that `reader` may know of."""
        return await self.read(lambda state: why(state, self.loop.likeness, number, reader))

    async def guess(self, post: Post, by: str) -> Reason | None:
        """Where a text that is being written would be put by likeness, and why; nothing of it is kept."""
        return await self.read(lambda state: guessed(state, self.loop.likeness, post, by, self._clock.now()))

    async def records(self, reader: Reader, since: int, limit: int = 200, wait: float = 0) -> dict[str, Any]:
        """A page of records after `since`, oldest first; waits up to `wait` seconds where there is none.

        The wait ends with the debate.
        """
        limit = max(1, min(limit, MOST_RECORDS))
        page, last = await self._page(reader, since, limit)
        with suppress(TimeoutError):
            async with asyncio.timeout(min(wait, MOST_WAIT_SECONDS) if wait > 0 else None):
                while wait > 0 and not page["records"] and not self._stopped:
                    await self._past(last)
                    page, last = await self._page(reader, last, limit)
        return page

    async def _page(self, reader: Reader, since: int, limit: int) -> tuple[dict[str, Any], int]:
        """The page, and the seq it goes up to, whether its last record was for `reader` or not."""
        entries = await self._entries(since, limit)
        seen = [msgspec.Raw(message) for entry in entries if (message := entry.for_(reader)) is not None]
        last = entries[-1].record.seq if entries else since
        return {"epoch": self.epoch, "records": seen, "next": last if last < self.head else None}, last

    async def stored(self, until: int | None = None) -> list[Record]:
        """Every committed record up to `until` (the head), as stored."""
        return await self._log.read(self.slug, 0, self.head if until is None else min(until, self.head))

    def paged(self) -> PagedRecords:
        """The same up to the head now, to be read page by page, in a thread."""
        return PagedRecords(self._log, self.slug, self.head, asyncio.get_running_loop())

    async def _entries(self, since: int, limit: int) -> list[Encoded]:
        """Committed records after `since`, encoded as they may be seen now: from the ring, else the log."""
        if since >= self.head:
            return []
        if since >= self.ring.first - 1:
            return await self.read(lambda state: list(self.ring.since(since, since + limit)))
        records = await self._log.read(self.slug, since, limit)
        return await self.read(lambda state: [encode(state, record) for record in records])

    async def _past(self, seq: int) -> None:
        """Return once there are records after `seq`, or the debate has stopped."""
        while self.head <= seq and not self._stopped:
            await self._more.wait()

    def _snapshot(
        self,
        state: State,
        reader: Reader,
        limit: int = 200,
        before: int | None = None,
        only: Sequence[int] | None = None,
    ) -> dict[str, Any]:
        return snapshot_view(
            state,
            reader,
            epoch=self.epoch,
            now=self._clock.now(),
            online=self.hub.online,
            limit=limit,
            before=before,
            only=only,
        )

    # The stream

    async def resume(self, listener: Listener, epoch: str | None, seq: int | None) -> list[bytes]:
        """Let `listener` hear everything after what it knows; returns the messages it is to be sent first.

        PROTOCOL, "Hello": without `seq` from the head on; else what was missed, or a snapshot where that
        cannot be told or is too much. Never a partial replay.
        """
        if seq is not None and (epoch != self.epoch or not self.head - REPLAY <= seq <= self.head):
            return await self.read(lambda state: self._greet(state, listener, "snapshot"))
        if seq is not None:
            await self._reach_back(seq)

        def greet(state: State) -> list[bytes]:
            since = self.head if seq is None else seq
            if since < self.ring.first - 1:
                return self._greet(state, listener, "snapshot")
            return self._greet(state, listener, "current" if since == self.head else "replayed", since)

        return await self.read(greet)

    async def _reach_back(self, seq: int) -> None:
        """See to it that the ring holds what follows `seq`, as far as it has room.

        One reading of the log serves everybody who comes back: after a start the ring is empty.
        """
        async with self._reaching_back:
            while seq < (first := self.ring.first) - 1:
                since = max(0, first - 1 - READ_BACK)
                records = await self._log.read(self.slug, since, first - 1 - since)
                await self.read(partial(self.ring.reach_back, records=records))
                if self.ring.first >= first:  # no room, or so much has come meanwhile
                    return

    def _greet(self, state: State, listener: Listener, resume: str, since: int | None = None) -> list[bytes]:
        """Answer the hello, and let the hub go on from `since` (the head)."""
        hello = {
            "type": "hello",
            "epoch": self.epoch,
            "seq": self.head,
            "now": to_wire(self._clock.now()),
            "you": you_view(state, listener.reader),
            "resume": resume,
            "retry": self._retry(),
        }
        messages = [msgspec.json.encode(hello)]
        if resume == "snapshot":
            snapshot = {"type": "snapshot", **self._snapshot(state, listener.reader)}
            messages.append(msgspec.json.encode(snapshot))
        listener.cursor = self.head if since is None else since
        self.hub.add(listener)
        return messages

    def _retry(self) -> dict[str, float]:
        """Within how many seconds those cut off may come back: the more there are, the wider."""
        return {"min": 1.0, "max": float(min(30, 3 + len(self.hub) // 250))}

    def close_sessions(self, person: str | None = None, code: Close = Close.REVOKED) -> None:
        """Close the connections of `person`, or of everybody, at once."""
        self.hub.close_where(lambda reader: person is None or reader.person == person, code)

    # From the loop and the hub

    def _links_ended(self, people: Sequence[str]) -> None:
        self.hub.close_where(lambda reader: reader.person in people, Close.REVOKED)

    def _committed(self, state: State, records: Sequence[Record]) -> None:
        self.ring.add(state, records)
        self.unlimited = state.rules.pace_per_minute == 0
        if any(isinstance(record.event, NARROWING) for record in records):
            # Before anything is published: who may no longer read the debate hears nothing more of it.
            self.hub.close_where(lambda reader: not may_read(state, reader), Close.REVOKED)
        for record in records:
            if isinstance(record.event, events.PersonBlocked | events.PersonReplaced):
                self.close_sessions(record.event.person)
        if state.joined != self._joined:
            self._joined = state.joined
            self.hub.presence_changed()
        if len(state.held) != self._held:
            self._held = len(state.held)
            self.hub.pending_changed()
        self.hub.wake()
        self._more.set()
        self._more = asyncio.Event()

    def _came_or_went(self) -> None:
        self.loop.someone_came_or_went()


def in_english(refused: Refused) -> str:
    return refused.message


def reply_view(id: str, answer: Accepted | Refused, tell: Tell = in_english) -> dict[str, Any]:
    """A reply as the wire has it; `tell` says a refusal in the asker's language."""
    if isinstance(answer, Refused):
        refusal = {"type": "reply", "reply": id, "ok": False, "code": answer.code, "message": tell(answer)}
        return refusal | ({} if answer.retry_after is None else {"retry_after": answer.retry_after})
    more = {
        "contribution": answer.contribution,
        "status": answer.status,
        "seat": answer.seat,
        "report": answer.report,
    }
    return {"type": "reply", "reply": id, "ok": True, "seq": answer.seq} | {
        name: value for name, value in more.items() if value is not None
    }
