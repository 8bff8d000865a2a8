"""What share of the loop's CPU tagging takes at 200 posts a second, and whether a restart changes a tag.

Real meetings, the chair's moves included, through a running debate on a store of its own, to viewers who take
what they are sent. The loop's CPU is that of its thread: deciding, folding, encoding, publishing, beside the
pacing of this program; the store's thread is not counted. Tagging is likeness and what teaches it: all of it
is done again by itself for the same posts, in one go, since a clock around each would cost as much.
"""

import asyncio
import time
from collections.abc import Iterator
from itertools import chain, cycle, islice
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from typing import Any, Final, NamedTuple

from fishbowl.clock import SystemClock
from fishbowl.debate.definition import parse_definition
from fishbowl.debate.evolve import fold
from fishbowl.debate.opening import opening
from fishbowl.debate.reading import command_from
from fishbowl.debate.state import State
from fishbowl.live.debate import Joined, LiveDebate, fresh_id
from fishbowl.live.frames import Frame
from fishbowl.live.loop import Accepted
from fishbowl.live.session import Close
from fishbowl.live.views import ONLOOKER
from fishbowl.log.database import Database
from fishbowl.log.sqlite import SqliteLog
from fishbowl.tagging import Memory
from tests.benchmarks.tagging.sets import read
from tests.debate.stories import HARBOUR

POSTS_A_SECOND: Final = 200
SECONDS: Final = 10
PEOPLE: Final = 40
VIEWERS: Final = (0, 1_000)
TIMES: Final = 3


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
        played = [asyncio.run(_played(viewers)) for _ in range(TIMES)]
        print(
            f"{played[0].rate:.0f} posts a second to {viewers} viewers: the loop takes"
            f" {median(one.loop for one in played):.1%} of a core, tagging"
            f" {median(one.tagging / one.loop for one in played):.1%} of that"
        )
        same = min(one.same for one in played)
        print(f"    after a restart {same:.2%} of the contributions have the tags they had")


class Played(NamedTuple):
    """The CPU of the loop and of tagging as shares of a core, and how many tags a restart left alone."""

    loop: float
    tagging: float
    rate: float
    same: float


async def _played(viewers: int) -> Played:
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
        stored = fold(await log.read("share"))
        after = _tags(stored)
        await database.close()
    same = sum(before[number] == after[number] for number in before)
    return Played(cpu / took, _tagged_again(stored) / took, posted / took, same / len(before))


def _tagged_again(state: State) -> float:
    """The CPU seconds of looking for and learning from every contribution, as the loop did, and no more."""
    memory = Memory({number: str(one.text) for number, one in state.questions.items()})
    cpu = time.thread_time()
    for number, one in state.contributions.items():
        if one.text and (not one.tags or one.tags[0].source in ("similar", "focus")):
            memory.likely(one.text, state.rules.tagging, focused=one.in_focus is not None)
        memory.keep(number, one.text, one.tags)
    return time.thread_time() - cpu


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
