"""What share of the loop's CPU tagging takes at 200 posts a second, and whether a restart changes a tag.

Real meetings, the chair's moves included, through a running debate on a store of its own, to viewers who take
what they are sent. The loop's CPU is that of its thread: deciding, folding, encoding, publishing, beside the
pacing of this program; the store's thread is not counted. Tagging is likeness and what teaches it.
"""

import asyncio
import time
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import chain, cycle, islice
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Final

from fishbowl.clock import SystemClock
from fishbowl.debate.definition import parse_definition
from fishbowl.debate.evolve import fold
from fishbowl.debate.opening import opening
from fishbowl.debate.reading import command_from
from fishbowl.debate.state import State
from fishbowl.live.debate import Joined, LiveDebate, fresh_id
from fishbowl.live.frames import Frame
from fishbowl.live.likeness import Likeness
from fishbowl.live.loop import Accepted
from fishbowl.live.session import Close
from fishbowl.live.views import ONLOOKER
from fishbowl.log.database import Database
from fishbowl.log.sqlite import SqliteLog
from tests.benchmarks.tagging.sets import read
from tests.debate.stories import HARBOUR

POSTS_A_SECOND: Final = 200
SECONDS: Final = 10
PEOPLE: Final = 40
VIEWERS: Final = (0, 1_000)


class Viewer:
    """A connection that takes everything at once."""

    reader = ONLOOKER
    lagging_since: float | None = None

    def __init__(self, cursor: int) -> None:
        self.cursor = cursor

    def write(self, frame: Frame) -> None:
        pass

    def buffered(self) -> int:
        return 0

    def close(self, code: Close, reason: str = "") -> None:
        pass


def print_share() -> None:
    for viewers in VIEWERS:
        tagged, rate, same = asyncio.run(_played(viewers))
        with _untagged():
            plain, _, _ = asyncio.run(_played(viewers))
        print(
            f"{rate:.0f} posts a second to {viewers} viewers: the loop takes {tagged:.1%} of a core,"
            f" {plain:.1%} without likeness: {tagged - plain:.1%}, {1 - plain / tagged:.0%} of its own"
        )
        print(f"    after a restart {same:.2%} of the contributions have the tags they had")


async def _played(viewers: int) -> tuple[float, float, float]:
    """The loop's CPU as a share of a core, the posts a second, the share of tags a restart leaves alone."""
    meetings = sorted(read("meetings"), key=lambda one: -len(one["questions"]))
    with TemporaryDirectory() as folder:
        database = await Database.open(Path(folder) / "store.db")
        log, clock = SqliteLog(database), SystemClock()
        rules = {"pace_per_minute": 0, "max_length": 2000}
        texts = [{"text": each[:500]} for each in meetings[0]["questions"]]
        definition = parse_definition({**HARBOUR, "slug": "share", "rules": rules, "questions": texts})
        cast, records = opening(definition, clock.now(), fresh_id, lambda: b"sixteen bytes of")
        await log.create("share", records, "epoch")
        debate = LiveDebate("share", "epoch", log, clock, fold(records))
        debate.start(None)
        live = command_from({"do": "move_to", "id": "live", "phase": "live"})
        await debate.submit(cast.chair, live, "live")
        joined = [await debate.join() for _ in range(PEOPLE)]
        people = [one.person for one in joined if isinstance(one, Joined)]
        for _ in range(viewers):
            debate.hub.add(Viewer(debate.head))
        began, cpu = time.monotonic(), time.thread_time()
        answers = []
        said = islice(_said(meetings, cast.chair, people), POSTS_A_SECOND * SECONDS)
        for place, (by, body) in enumerate(said):
            await asyncio.sleep(max(0.0, began + place / POSTS_A_SECOND - time.monotonic()))
            answers.append(debate.asked(by, command_from({**body, "id": str(place)})))
        done = await asyncio.gather(*answers)
        took, cpu = time.monotonic() - began, time.thread_time() - cpu
        posted = sum(isinstance(one, Accepted) and one.contribution is not None for one in done)
        before = await debate.read(_tags)
        await debate.stop(Close.GOING_DOWN)
        after = _tags(fold(await log.read("share")))
        await database.close()
    same = sum(before[number] == after[number] for number in before)
    return cpu / took, posted / took, same / len(before)


@contextmanager
def _untagged() -> Iterator[None]:
    """Debates find and learn no likeness. (Asking for the CPU time around each costs more than they do.)"""
    known = Likeness.of, Likeness.follow
    Likeness.of = lambda *given: ()  # type: ignore[method-assign]
    Likeness.follow = lambda *given: None  # type: ignore[method-assign]
    try:
        yield
    finally:
        Likeness.of, Likeness.follow = known  # type: ignore[method-assign]


def _said(
    meetings: list[dict[str, Any]], chair: str, people: list[str]
) -> Iterator[tuple[str, dict[str, Any]]]:
    """Everything said in the meetings, one after another, over and over, and the chairs' moves between."""
    most = len(meetings[0]["questions"])
    for meeting in chain.from_iterable(cycle([meetings])):
        moves = list(meeting["chair_moves"])
        for item in meeting["items"]:
            while moves and moves[0][0] <= item["n"]:
                _, question = moves.pop(0)
                yield chair, {"do": "focus", "question": min(question, most)}
            by = chair if item["chair"] else people[int(item["who"][-2:]) % len(people)]
            yield by, {"do": "post", "text": item["text"][:2000]}


def _tags(state: State) -> dict[int, tuple[tuple[int, str, float], ...]]:
    return {
        number: tuple((tag.question, tag.source, tag.confidence) for tag in one.tags)
        for number, one in state.contributions.items()
    }
