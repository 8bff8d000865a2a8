"""How long an archived debate keeps what people wrote, and the erasing of it when that time is over.

Knows no rule of erasing (`debate.erasing`): everybody in the debate is erased as the organiser would erase
them, with all they wrote. The debate's own words, numbers, threads, tags and counts stay. Guarantees that
nothing is erased before its days are over, counted from the move to `archived`; that a debate whose days are
over is erased at the next look, also after the service was down; and that what was done is told.
"""

from __future__ import annotations

import asyncio
import logging
from pathlib import Path
from typing import Final

from msgspec import Struct

from fishbowl.clock import Clock
from fishbowl.debate import events
from fishbowl.debate.commands import Erase
from fishbowl.debate.refused import Refused
from fishbowl.debate.rights import ADMINISTRATOR
from fishbowl.debate.state import State
from fishbowl.debate.vocabulary import Instant, Phase, Status
from fishbowl.live.debates import Debates, LiveDebate
from fishbowl.log.contract import Log, LogError, NoSuchDebate
from fishbowl.log.stores import Store

__all__ = ["MOST_DAYS", "Done", "Retention"]

DAY: Final = 24 * 3_600_000
LOOK_SECONDS: Final = 600.0
MOST_DAYS: Final = 36_500
REASON: Final = "retention"
_DONE: Final = (
    "insert into retention_done values (?, ?, ?, ?) on conflict (debate) do update set "
    "at = excluded.at, people = excluded.people, contributions = excluded.contributions"
)
_SCHEMA = Path(__file__).with_name("retention.sql")

logger = logging.getLogger("fishbowl.retention")


class Done(Struct, frozen=True):
    """What was erased of a debate, and when."""

    debate: str
    at: Instant
    people: int
    contributions: int


class Retention:
    """`otherwise`: days for debates that say none of their own; 0 keeps everything."""

    def __init__(self, store: Store, log: Log, clock: Clock, otherwise: int) -> None:
        self._store = store
        self._log = log
        self._clock = clock
        self.otherwise = otherwise

    async def open(self) -> None:
        await self._store.ensure(_SCHEMA.read_text("utf-8"))

    async def days(self, debate: str) -> int | None:
        """The debate's own; None where it says none."""
        rows = await self._store.ask("select days from retention where debate = ?", debate)
        return int(rows[0][0]) if rows else None

    async def keep_for(self, debate: str, days: int | None) -> None:
        """From now on; None is as the service has it for all. What is erased stays erased."""
        kept = [] if days is None else [(debate, days)]
        await self._store.change(
            ("delete from retention where debate = ?", [(debate,)]),
            ("insert into retention values (?, ?)", kept),
        )

    async def done(self) -> list[Done]:
        """All that was ever erased, oldest first."""
        columns = "debate, at, people, contributions"
        rows = await self._store.ask(f"select {columns} from retention_done order by at, debate")  # noqa: S608 - ours
        return [Done(*row) for row in rows]

    async def forget(self, debate: str) -> None:
        """The debate was deleted: another of its name begins anew."""
        await self._store.change(
            ("delete from retention where debate = ?", [(debate,)]),
            ("delete from retention_done where debate = ?", [(debate,)]),
        )

    async def keep(self, debates: Debates) -> None:
        """Erase whatever is over, as soon as it is; for as long as the service runs."""
        while True:
            try:
                await self.look(debates)
            except LogError as error:  # tried again at the next look
                logger.warning("What is over could not be erased: %s", error)
            await asyncio.sleep(LOOK_SECONDS)

    async def look(self, debates: Debates) -> list[Done]:
        """Erase what is over now; what was done."""
        over = {each.debate for each in await self.done()}
        done = []
        for summary in debates.summaries():
            slug = summary["slug"]
            if summary["phase"] is not Phase.ARCHIVED or slug in over:
                continue
            days = await self.days(slug)
            days = self.otherwise if days is None else days
            if not days:
                continue
            try:
                is_over = await self._archived_at(slug) + days * DAY <= self._clock.now()
                if is_over and (debate := await debates.find(slug)) is not None:
                    done.append(await self._erase(debate))
            except NoSuchDebate:
                continue  # deleted a moment ago
        return done

    async def _archived_at(self, slug: str) -> Instant:
        """When it was, told by the few records that outline a debate: none is read whole for this."""
        return max(
            record.at
            for record in await self._log.outline(slug)
            if isinstance(record.event, events.PhaseMoved) and record.event.phase is Phase.ARCHIVED
        )

    async def _erase(self, debate: LiveDebate) -> Done:
        people, contributions = await debate.read(_left)
        # All are asked for at once, so that the store is written anew once and not for everybody.
        outcomes = await asyncio.gather(
            *(debate.submit(ADMINISTRATOR, Erase(id="", reason=REASON, person=each), None) for each in people)
        )
        refused = next((each for each in outcomes if isinstance(each, Refused)), None)
        others_were_first = not (await debate.read(_left))[0]
        assert refused is None or others_were_first, refused
        done = Done(debate.slug, self._clock.now(), len(people), contributions)
        row = (done.debate, done.at, done.people, done.contributions)
        await self._store.change(
            (_DONE, [row]),
        )
        logger.info("%s: its days are over; erased %d people", debate.slug, done.people)
        return done


def _left(state: State) -> tuple[list[str], int]:
    """Who is not erased yet, and how many contributions are not."""
    people = [person.person for person in state.people.values() if not person.erased]
    return people, sum(each.status is not Status.ERASED for each in state.contributions.values())
