"""What one very long debate costs: to start with, to hold, to look at.

    python -m tests.benchmarks.long_debate [CONTRIBUTIONS]

100,000 contributions by 500 people unless told otherwise. They are decided by the rules and written to a
store of their own; then a service starts on it, and is asked for what a newcomer asks for. Seconds are the
service's CPU seconds. The archived debate is the same one, after its end.
"""

import asyncio
import secrets
import sys
import time
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

import httpx

from fishbowl.debate.commands import Asked, Command, Join
from fishbowl.debate.decide import play
from fishbowl.debate.definition import parse_definition
from fishbowl.debate.evolve import fold
from fishbowl.debate.opening import opening
from fishbowl.debate.reading import command_from
from fishbowl.debate.record import Cause, Record
from fishbowl.debate.refused import Refused
from fishbowl.log.database import Database
from fishbowl.log.directory import DATABASE
from fishbowl.log.sqlite import SqliteLog
from tests.browser.debates import LIBRARY
from tests.e2e.idle import resident
from tests.e2e.service import Service

PEOPLE: Final = 500
TEXT: Final = "Point {} of this debate, made of about as many words as people write, with a #hashtag in it."
AT_ONCE: Final = 5_000
SLUG: Final = "long"
ANSWERS: Final = 20


class Evening:
    """The debate as its rules decide it, command by command."""

    def __init__(self) -> None:
        definition = parse_definition({**LIBRARY, "slug": SLUG, "rules": {"pace_per_minute": 0}})
        begun = int(time.time() * 1000) - 24 * 3600 * 1000
        ids = iter(f"person-{number}" for number in range(100))
        self.cast, self.records = opening(
            definition, begun, lambda: next(ids), lambda: secrets.token_bytes(16)
        )
        self._state = fold(self.records)
        self._number = 0

    def asks(self, by: str, command: Command) -> None:
        self._number += 1
        asked = Asked(by, command, self._state.at + 100)
        cause = Cause(f"id-{self._number}", "d" * 64)
        played = play(self._state, asked, cause=cause, salt=secrets.token_bytes(16))
        assert not isinstance(played, Refused), played
        self.records += played

    def moves(self, *phases: str) -> None:
        for phase in phases:
            self.asks(self.cast.chair, command_from({"do": "move_to", "id": "move", "phase": phase}))

    def taken(self) -> list[Record]:
        """The records since the last time."""
        taken, self.records = self.records, []
        return taken


async def write(store: Path, contributions: int, *, is_over: bool) -> None:
    """The debate, into a new store."""
    database = await Database.open(store)
    try:
        log, evening = SqliteLog(database), Evening()
        head = len(evening.records)
        await log.create(SLUG, evening.taken(), secrets.token_hex(8))
        evening.moves("lobby", "live")
        people = [f"guest-{number}" for number in range(PEOPLE)]
        for number, person in enumerate(people):
            evening.asks(person, Join(person=person, choice=number, code=None))
        for number in range(contributions):
            text = TEXT.format(number)
            evening.asks(people[number % PEOPLE], command_from({"do": "post", "id": "post", "text": text}))
            if len(evening.records) >= AT_ONCE:
                records = evening.taken()
                await log.append(SLUG, head, records)
                head = records[-1].seq
        if is_over:
            evening.moves("wrap_up", "correction", "archived")
        await log.append(SLUG, head, evening.taken())
    finally:
        await database.close()


def spent(pid: int) -> float:
    """CPU seconds of the process so far."""
    fields = Path(f"/proc/{pid}/stat").read_text("ascii").rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / 100


def measure(contributions: int, *, is_over: bool) -> None:
    with TemporaryDirectory() as folder:
        data = Path(folder) / "data"
        data.mkdir(mode=0o700)
        if contributions:
            asyncio.run(write(data / DATABASE, contributions, is_over=is_over))
        service = Service(data).start()
        try:
            name = f"{contributions:,} contributions, {'archived' if is_over else 'live'}"
            print(f"{name}: ready after {spent(service.pid):.1f} s, {resident(service.pid) / 2**20:.0f} MB")
            if contributions:
                show(service, contributions)
        finally:
            service.end()


def show(service: Service, contributions: int) -> None:
    """What a newcomer asks for; the first answer of an archived debate has to fold it."""
    with httpx.Client(base_url=service.base, trust_env=False, timeout=120) as client:
        before = spent(service.pid)
        client.get(f"/debates/{SLUG}").raise_for_status()
        first = spent(service.pid) - before
        print(f"  the first answer: {first:.1f} s, then {resident(service.pid) / 2**20:.0f} MB")
        for what, path in (
            ("page", f"/debates/{SLUG}"),
            ("snapshot", f"/api/v1/debates/{SLUG}"),
            ("200 records from the middle", f"/api/v1/debates/{SLUG}/records?since={contributions // 2}"),
        ):
            before = spent(service.pid)
            sizes = [len(client.get(path).raise_for_status().content) for _ in range(ANSWERS)]
            print(f"  {what}: {1000 * (spent(service.pid) - before) / ANSWERS:.0f} ms, {sizes[-1]:,} bytes")


def main() -> None:
    contributions = int(sys.argv[1]) if len(sys.argv) > 1 else 100_000
    measure(0, is_over=False)
    for is_over in (False, True):
        measure(contributions, is_over=is_over)


if __name__ == "__main__":
    main()
