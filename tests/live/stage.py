"""A running debate on a log of its own in memory, with listeners that only note what they are sent."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from typing import Any

from fishbowl.debate.definition import parse_definition
from fishbowl.debate.evolve import fold
from fishbowl.debate.opening import Cast, opening
from fishbowl.debate.reading import command_from
from fishbowl.debate.record import Record
from fishbowl.debate.refused import Refused
from fishbowl.debate.vocabulary import Role
from fishbowl.live.debate import LiveDebate
from fishbowl.live.frames import Frame
from fishbowl.live.loop import Accepted
from fishbowl.live.session import Close
from fishbowl.live.views import Reader
from fishbowl.log.contract import Unavailable, Unchanged
from fishbowl.log.memory import MemoryLog
from tests.debate.stories import HARBOUR, NOON
from tests.fakes import FakeClock

SLUG = "harbour"


class GatedLog(MemoryLog):
    """A log whose disk can be slow (`gate` closed) or broken (`broken` set); it counts what it does."""

    def __init__(self) -> None:
        super().__init__()
        self.gate = asyncio.Event()
        self.gate.set()
        self.broken = False
        self.unreadable = False
        self.kept_though_failed = False
        self.appended: list[int] = []
        self.reads = 0
        self.checks = 0

    async def append(
        self, debate: str, expected: int, records: Sequence[Record], unchanged: Sequence[Unchanged] = ()
    ) -> None:
        await self.gate.wait()
        if self.broken:
            if self.kept_though_failed:
                await super().append(debate, expected, records, unchanged)
            raise Unavailable("the disk is full")
        await super().append(debate, expected, records, unchanged)
        self.appended.append(len(records))

    async def check(self) -> None:
        self.checks += 1
        if self.broken:
            raise Unavailable("the disk is full")

    async def read(self, debate: str, since: int = 0, limit: int | None = None) -> list[Record]:
        self.reads += 1
        if self.unreadable:
            raise Unavailable("the disk is gone")
        return await super().read(debate, since, limit)


class Ear:
    """A listener that keeps every message it was sent."""

    def __init__(self, reader: Reader) -> None:
        self.reader = reader
        self.cursor = 0
        self.lagging_since: float | None = None
        self.frames: list[Frame] = []
        self.closed: int | None = None
        self.held_back = 0
        """Bytes in its buffer."""

    def write(self, frame: Frame) -> None:
        assert self.closed is None, "nothing is written after the end"
        self.frames.append(frame)

    def buffered(self) -> int:
        return self.held_back

    def close(self, code: Close, reason: str = "") -> None:
        self.closed = code

    @property
    def messages(self) -> list[dict[str, Any]]:
        return [message for frame in self.frames for message in json.loads(frame.payload)]

    def heard(self, kind: str) -> list[dict[str, Any]]:
        return [message for message in self.messages if message["type"] == kind]


class Noted:
    """A tally that keeps what it was told."""

    def __init__(self) -> None:
        self.batches: list[tuple[int, int]] = []
        self.refusals: list[str] = []
        self.frames: list[int] = []
        self.drops: list[str] = []

    def stored(self, commands: int, records: int, seconds: float) -> None:
        self.batches.append((commands, records))

    def refused(self, code: str) -> None:
        self.refusals.append(code)

    def published(self, records: int, seconds: float) -> None:
        self.frames.append(records)

    def dropped(self, reason: str) -> None:
        self.drops.append(reason)


class Stage:
    """A running debate; `cast` as in `debate.opening`."""

    def __init__(self, log: GatedLog, clock: FakeClock, debate: LiveDebate, cast: Cast, noted: Noted) -> None:
        self.noted = noted
        self.log = log
        self.clock = clock
        self.debate = debate
        self.cast = cast

    async def does(self, by: str, do: str, id: str | None = None, **fields: Any) -> Accepted | Refused:
        """One command, awaited."""
        return await self.asks(by, do, id, **fields)

    def asks(
        self, by: str, do: str, id: str | None = None, **fields: Any
    ) -> asyncio.Future[Accepted | Refused]:
        """One command, on its way."""
        id = id or f"{do} {len(self.log.appended)} {fields}"[:64]
        return self.debate.asked(by, command_from({"do": do, "id": id, **fields}))

    async def joins(self) -> str:
        """A new participant's id."""
        joined = await self.debate.join()
        assert not isinstance(joined, Refused), joined
        return joined.person

    def ear(self, role: Role | None = None, person: str | None = None) -> Ear:
        """Somebody who hears everything from now on."""
        ear = Ear(Reader(person, role))
        ear.cursor = self.debate.head
        self.debate.hub.add(ear)
        return ear

    async def settles(self) -> None:
        """Everything asked for is decided and published."""
        for _ in range(3):
            await self.debate.read(lambda state: None)
            await asyncio.sleep(0)
        for _ in range(20):
            await asyncio.sleep(0)


@asynccontextmanager
async def stage(
    clock: FakeClock, phase: str = "live", rules: dict[str, Any] | None = None
) -> AsyncIterator[Stage]:
    """The harbour debate, running, in `phase`."""
    log = GatedLog()
    ids = iter(["organiser", "chair", "ines", "tomos"])
    definition = parse_definition({**HARBOUR, "slug": SLUG, "rules": {"pace_per_minute": 0, **(rules or {})}})
    cast, records = opening(definition, NOON, lambda: next(ids), lambda: b"sixteen bytes of")
    await log.create(SLUG, records, "epoch")
    noted = Noted()
    debate = LiveDebate(SLUG, "epoch", log, clock, fold(records), tally=noted)
    debate.start(None)
    played = Stage(log, clock, debate, cast, noted)
    if phase != "draft":
        assert isinstance(await played.does("chair", "move_to", "begin", phase=phase), Accepted)
    try:
        yield played
    finally:
        await debate.stop(Close.GOING_DOWN)
