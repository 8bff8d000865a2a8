"""One debate's loop: takes everything that waits, decides it, appends it in one transaction, then answers.

Two strokes: batch = transaction. While one batch commits, new commands queue up and become the next. The
loop sleeps when nothing happens; a deadline, a command, or somebody coming or going wakes it.

Knows the rules only through `debate.decide.play`, readers only through the ring it fills, and the store only
through the log's contract. Guarantees:
- an accepted command is answered after its records are on disk, never before; so is every record shown;
- whoever reads through `read` sees committed state only: reading happens between strokes;
- where several nodes write the debate, a batch is a turn: it is decided after what others stored before it,
  and what others store is shown as soon as it is heard of, also where nobody asks for anything here;
- if the store fails, everybody in the batch is refused `service.unavailable` and the state is folded anew
  from the log, so that what is shown is what is stored; nothing is decided again before the store takes a
  write, and that is found out without being asked;
- while not even reading back succeeds, readers are told so (`Unavailable`) and wait for nothing.
"""

from __future__ import annotations

import asyncio
import logging
import secrets
import time
from collections.abc import Callable, Collection, Iterable, Sequence
from collections.abc import Set as AbstractSet
from typing import TypeVar

from fishbowl.clock import Clock
from fishbowl.debate.commands import Asked, Command, Resume, TimePasses
from fishbowl.debate.decide import play
from fishbowl.debate.evolve import fold
from fishbowl.debate.record import Cause, Record
from fishbowl.debate.refused import Refused
from fishbowl.debate.settle import next_deadline
from fishbowl.debate.state import State
from fishbowl.debate.vocabulary import CLOCK, Instant
from fishbowl.live.answers import RETRY_SECONDS, Accepted, Answers, Waiting, digest, unavailable
from fishbowl.live.batch import GATHER_SECONDS, BatchSize
from fishbowl.live.jump import jumped_from, moment
from fishbowl.live.lanes import Lanes, lane_of
from fishbowl.live.likeness import Likeness
from fishbowl.live.looks import Looks
from fishbowl.live.others import Others
from fishbowl.live.standing import Standing, standing
from fishbowl.live.tally import SILENT, Tally
from fishbowl.log.contract import (
    Behind,
    Conflict,
    Log,
    LogError,
    Missed,
    Turns,
    Unavailable,
    Unchanged,
)

__all__ = ["Accepted", "Loop"]

T = TypeVar("T")

STOP_SECONDS = 5.0
"""How long the batch under way may take when the loop is told to stop."""

log_ = logging.getLogger("fishbowl.loop")


class Loop:
    """Reads `present` at every turn, gives every batch to `committed`; `pressed`: whether that gathers.

    `turns`: of this node, where others may write the debate too; `ended` hears whose links they have ended.
    """

    def __init__(
        self,
        slug: str,
        log: Log,
        clock: Clock,
        state: State,
        present: Callable[[], AbstractSet[str]],
        committed: Callable[[State, Sequence[Record]], None],
        unchanged: Iterable[Unchanged] = (),
        tally: Tally = SILENT,
        pressed: Callable[[], bool] = lambda: False,
        turns: Turns | None = None,
        ended: Callable[[Sequence[str]], None] = lambda ended: None,
    ) -> None:
        self.slug = slug
        self._named = {"debate": slug}
        """For programs that read the log."""
        self.failing = False
        """Whether the last attempt to store or read back failed."""
        self._unreadable: str | None = None
        """Why what is stored cannot be told."""
        self.batches = 0
        self._log = log
        self._clock = clock
        self._state = state
        self.likeness = Likeness(state)
        self._present = present
        self._committed = committed
        self._waiting: Lanes[Waiting] = Lanes()
        self._looks = Looks()
        self._answers = Answers(unchanged)
        self._seen = moment(clock)  # when the last batch was decided and stored
        self._tally = tally
        self._pressed = pressed
        self._size = BatchSize()
        self._shown = state.seq
        self._at_rest = True
        self._stopping = False
        self._wake = asyncio.Event()
        self.others = None if turns is None else Others(turns, self._wake.set, self._take_in, ended)
        self._alarm: asyncio.TimerHandle | None = None
        self._task: asyncio.Task[None] | None = None

    def start(self, last_alive: Instant | None = None) -> None:
        """Begin to run. `last_alive`: until when the service is known to have run before, for the clocks."""
        self._task = asyncio.create_task(self._run(), name=f"loop {self.slug}")
        if last_alive is not None:
            self.submit(CLOCK, Resume(since=last_alive))
        elif self.others is not None:
            self.someone_came_or_went()  # others are to know that nobody is here

    async def stop(self) -> None:
        """Finish the batch under way; what still waits is refused `service.unavailable`."""
        self._stopping = True
        self._wake.set()
        if self._task is not None:
            # While what is stored cannot be read, nothing is under way: only waiting for it.
            await asyncio.wait([self._task], timeout=0 if self._unreadable else STOP_SECONDS)
            self._task.cancel()
            await asyncio.gather(self._task, return_exceptions=True)
        if self._alarm is not None:
            self._alarm.cancel()
        self._refuse(self._waiting.take_all(), unavailable())
        self._looks.cancel()

    def submit(self, by: str, command: Command, id: str | None = None) -> asyncio.Future[Accepted | Refused]:
        """Ask for `command`; the answer comes when it is decided and stored. Never raises, never drops."""
        answer: asyncio.Future[Accepted | Refused] = asyncio.get_running_loop().create_future()
        if self._stopping:
            answer.set_result(unavailable())
        elif self._waiting.put(Waiting(by, command, id, answer), lane_of(self._state, by)):
            self._wake.set()
        else:
            self._tally.refused("service.overloaded")
            answer.set_result(Refused("service.overloaded", "Very many people are writing. Try again.", 1.0))
        return answer

    @property
    def waiting(self) -> int:
        """How many commands wait to be decided."""
        return len(self._waiting)

    @property
    def alarm_in(self) -> float | None:
        """Seconds until the loop wakes by itself; None: it sleeps until something happens."""
        return None if self._alarm is None else self._alarm.when() - asyncio.get_running_loop().time()

    def someone_came_or_went(self) -> None:
        """Who is present has changed, or the time has come: let the rules see it."""
        self.submit(CLOCK, TimePasses())

    async def read(self, look: Callable[[State], T]) -> T:
        """`look` at the committed state. It must not await, keep the state or change it.

        Raises `Unavailable` while a store that failed cannot be read back.
        """
        if self._at_rest:
            return look(self._state)
        if self._unreadable is not None:
            raise Unavailable(self._unreadable)
        return await self._looks.wait(look)

    def follows(self, turn: int) -> None:
        """Of all nodes' turns this was the last, some time ago: see whether anything was missed or is due."""
        assert self.others is not None
        self.others.stand_at(turn)
        if self.others.is_owed_a_turn(self._present()):
            self.someone_came_or_went()

    def glance(self) -> State:
        """The state this moment, for what hardly changes (title, phase): perhaps not yet committed."""
        return self._state

    # The strokes

    async def _run(self) -> None:
        while not self._stopping:
            await self._wake.wait()
            self._wake.clear()
            while (self._waiting or self._is_behind) and not self._stopping:
                if self._is_behind:
                    await self._catch_up()
                if self._waiting:
                    await self._stroke(self._waiting.take(self._size.most))
                if self._pressed():
                    await asyncio.sleep(GATHER_SECONDS)
            self._set_alarm()

    async def _stroke(self, batch: list[Waiting]) -> None:
        """Decide, append, answer. Cancelled while appending, the batch is refused: its fate is the log's."""
        if self.failing and not await self._stores_again():
            self._refuse(batch, unavailable())
            return
        seen = moment(self._clock)
        try:
            records = await self._store(batch)
        except Behind:
            assert self.others is not None
            self._waiting.put_back(batch)
            self.others.stored()
            return
        except Conflict:
            await self._fold_anew()
            self._waiting.put_back(batch)
            self._wake.set()
            return
        except LogError as error:
            self._fails("could not be stored", error)
            self._refuse(batch, unavailable())
            await self._fold_anew()
            return
        except asyncio.CancelledError:
            self._refuse(batch, unavailable())
            raise
        except Exception:
            log_.exception("debate %s: %d could not be decided", self.slug, len(batch), extra=self._named)
            self._refuse(batch, unavailable())
            await self._fold_anew()
            return
        if self.failing:
            self.failing = False
            log_.warning("debate %s is stored again", self.slug, extra=self._named)
        self._seen = seen
        self._rest(records)
        for waiting in batch:
            if isinstance(waiting.outcome, Refused):
                self._tally.refused(waiting.outcome.code)
            if not waiting.answer.done() and waiting.outcome is not None:
                waiting.answer.set_result(waiting.outcome)

    async def _store(self, batch: list[Waiting]) -> list[Record]:
        """Decide the batch and append what comes of it: in a turn, where others write the debate too."""
        expected, began = self._state.seq, time.perf_counter()
        if self.others is None:
            self._at_rest = False
            records, unchanged = self._decide(batch, self._present())
            if records or unchanged:
                await self._log.append(self.slug, expected, records, unchanged)
        else:
            async with self.others.turns.turn(expected, self._present) as turn:
                self.others.take_in(turn.missed)
                self._at_rest, began = False, time.perf_counter()
                records, unchanged = self._decide(batch, turn.present)
                turn.store(records, unchanged)
        if records or unchanged:
            self.batches += 1
            self._tally.stored(len(batch), len(records), time.perf_counter() - began)
        return records

    def _rest(self, records: Sequence[Record]) -> None:
        """The state is what is stored: show the records, serve the readers."""
        self._at_rest = True
        if records:
            self._shown = records[-1].seq
            self._committed(self._state, records)
        self._looks.serve(self._state)

    @property
    def _is_behind(self) -> bool:
        return self.others is not None and self.others.is_behind

    async def _catch_up(self) -> None:
        """Take in what others stored, without a turn; where that fails, the next call of theirs will do."""
        assert self.others is not None
        try:
            await self.others.catch_up(lambda: self._state.seq)
        except LogError as error:
            if not self.others.is_gone:  # then whoever keeps the debates is told
                self._fails("could not be read on", error)
            return
        except Exception:
            log_.exception(
                "debate %s: what others stored could not be taken in", self.slug, extra=self._named
            )
            await self._fold_anew()
            return
        if self.others.is_owed_a_turn(self._present()):
            self.someone_came_or_went()

    def _take_in(self, missed: Missed) -> None:
        """What others have stored: shown like our own."""
        if not missed.records and not missed.unchanged:
            return
        fold(missed.records, self._state)
        self.likeness.follow(self._state, missed.records)
        self._answers.keep(missed.unchanged)
        if missed.records:
            self._shown = missed.records[-1].seq
            self._committed(self._state, missed.records)

    def _decide(self, batch: list[Waiting], present: Collection[str]) -> tuple[list[Record], list[Unchanged]]:
        """Decide the batch in order; returns what is to be stored of it."""
        records: list[Record] = []
        unchanged: list[Unchanged] = []
        began = time.perf_counter()
        now = self._clock.now()
        for waiting in [*self._interruption(), *batch]:
            if (remembered := self._answers.remembered(self._state, waiting)) is not None:
                waiting.outcome = remembered
                continue
            salt = secrets.token_bytes(16)
            cause = None if waiting.id is None else Cause(waiting.id, digest(waiting.command, salt))
            at = max(now, self._state.at)
            alike = self.likeness.of(self._state, waiting.command, waiting.by, at)
            asked = Asked(waiting.by, waiting.command, at, alike, chance=secrets.randbelow(2**31))
            played = play(self._state, asked, cause=cause, present=present, salt=salt)
            if isinstance(played, Refused):
                waiting.outcome = played
                continue
            self.likeness.follow(self._state, played)
            records += played
            if cause is not None and (waiting.by, cause.id) not in self._state.answered:
                unchanged.append(Unchanged(waiting.by, cause.id, cause.digest, salt, self._state.seq))
                self._answers.keep(unchanged[-1:])
            waiting.outcome = self._answers.accepted(self._state, waiting, played)
        self._size.took(len(batch), time.perf_counter() - began)
        return records, unchanged

    def _interruption(self) -> list[Waiting]:
        """Where our clock jumped ahead, clocks stood still meanwhile, unless other nodes went on."""
        due = jumped_from(self._seen, self._clock)
        if due is None or not (self.others is None or self.others.turns.is_alone):
            return []
        return [Waiting(CLOCK, Resume(since=due), None, asyncio.get_running_loop().create_future())]

    def _refuse(self, batch: Sequence[Waiting], refused: Refused) -> None:
        for waiting in batch:
            self._tally.refused(refused.code)
            if not waiting.answer.done():
                waiting.answer.set_result(refused)

    async def _fold_anew(self) -> None:
        """Take the state from the log, however long it takes: what was decided may not have been stored.

        What others stored meanwhile is shown like our own.
        """
        self._at_rest = False
        while (stored := await self._read_back()) is None:
            self._refuse(self._waiting.take_all(), unavailable())
            await asyncio.sleep(RETRY_SECONDS)
        self._state = stored.state
        self.likeness = Likeness(self._state)
        self._answers = Answers(stored.unchanged)
        self._unreadable = None
        self._rest(stored.since)

    async def _read_back(self) -> Standing | None:
        """How the debate is stored; None where the store fails, and then nobody waits to read."""
        try:
            stored = await standing(self._log, self.slug, since=self._shown)
            if self.others is not None:
                await self.others.check(self._log)
            return stored
        except LogError as error:
            self._fails("could not be read back", error)
            self._unreadable = str(error)
            self._looks.fail(Unavailable(self._unreadable))
            return None

    async def _stores_again(self) -> bool:
        """Whether the store takes a write, found out before anything is decided that it would not keep."""
        try:
            await self._log.check()
        except LogError as error:
            self._fails("could not be stored", error)
            return False
        return True

    def _fails(self, how: str, error: LogError) -> None:
        """Say so when it begins, not at every attempt."""
        if not self.failing:
            log_.error("debate %s %s: %s", self.slug, how, error, extra=self._named)
        self.failing = True

    def _set_alarm(self) -> None:
        """Wake at the next deadline; while the store fails, in a while, to see whether it still does."""
        if self._alarm is not None:
            self._alarm.cancel()
            self._alarm = None
        if self.failing:
            self._alarm = asyncio.get_running_loop().call_later(RETRY_SECONDS, self.someone_came_or_went)
        elif (deadline := next_deadline(self._state)) is not None:
            # A little late rather than a moment early: an alarm before its time would find nothing due.
            seconds = max(0.0, (deadline - self._clock.now()) / 1000) + 0.005
            self._alarm = asyncio.get_running_loop().call_later(
                min(seconds, 86_400.0), self.someone_came_or_went
            )
