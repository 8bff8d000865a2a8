"""Who comes first when more waits than a batch holds."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass

from hypothesis import given
from hypothesis import strategies as st

from fishbowl.debate.refused import Refused
from fishbowl.live.batch import BATCH
from fishbowl.live.lanes import MOST_WAITING, Lane, Lanes
from fishbowl.live.loop import Accepted
from tests.fakes import FakeClock
from tests.live.stage import stage


@dataclass(frozen=True)
class Wish:
    by: str
    number: int = 0


def waiting(*wishes: tuple[str, Lane, int]) -> Lanes[Wish]:
    """`(who, lane, how many)` for each."""
    lanes: Lanes[Wish] = Lanes()
    for by, lane, count in wishes:
        for number in range(count):
            assert lanes.put(Wish(by, number), lane)
    return lanes


def who(batch: list[Wish]) -> list[str]:
    return [wish.by for wish in batch]


def test_who_keeps_order_comes_first() -> None:
    """Whoever came when, the chair is served before the circle, and the circle before the floor."""
    lanes = waiting(("cleo", Lane.FLOOR, 2), ("ines", Lane.CIRCLE, 1), ("chair", Lane.ORDER, 1))
    assert who(lanes.take(10)) == ["chair", "ines", "cleo", "cleo"]
    assert len(lanes) == 0


def test_nobody_is_starved() -> None:
    """However full the first lanes are, each of the others has its quarter of every batch."""
    lanes = waiting(("chair", Lane.ORDER, 50), ("ines", Lane.CIRCLE, 50), ("cleo", Lane.FLOOR, 50))
    for _ in range(4):
        batch = who(lanes.take(8))
        assert batch == [*["chair"] * 4, *["ines"] * 2, *["cleo"] * 2]


def test_a_lane_alone_has_the_whole_batch() -> None:
    """Nothing is kept free for a lane in which nobody waits."""
    assert len(waiting(("chair", Lane.ORDER, 50)).take(8)) == 8
    assert len(waiting(("cleo", Lane.FLOOR, 50)).take(8)) == 8


def test_a_full_floor_does_not_keep_the_chair_out() -> None:
    """A lane that is full takes no more, and the others do."""
    lanes = waiting(("cleo", Lane.FLOOR, MOST_WAITING))
    assert not lanes.put(Wish("dan"), Lane.FLOOR)
    assert lanes.put(Wish("chair"), Lane.ORDER)
    assert len(lanes) == MOST_WAITING + 1


def test_what_was_put_back_comes_first() -> None:
    """A batch that was not decided is the next one again, in its order."""
    lanes = waiting(("cleo", Lane.FLOOR, 3), ("chair", Lane.ORDER, 1))
    batch = lanes.take(3)
    lanes.put_back(batch)
    assert lanes.take(3) == batch
    assert who(lanes.take_all()) == ["cleo"]


@given(
    st.lists(st.tuples(st.sampled_from("abcd"), st.sampled_from(Lane), st.integers(0, 3)), max_size=60),
    st.integers(1, 9),
)
def test_each_is_served_in_their_own_order(wishes: list[tuple[str, Lane, int]], most: int) -> None:
    """Whatever lane somebody is sent to meanwhile, everything is served once, each person's in order."""
    lanes: Lanes[Wish] = Lanes()
    served: list[Wish] = []
    for number, (by, lane, taken) in enumerate(wishes):
        lanes.put(Wish(by, number), lane)
        served += lanes.take(taken) if taken else []
    while lanes:
        batch = lanes.take(most)
        assert 0 < len(batch) <= most
        served += batch
    assert sorted(wish.number for wish in served) == list(range(len(wishes)))
    for person in "abcd":
        own = [wish.number for wish in served if wish.by == person]
        assert own == sorted(own)


async def test_the_chair_acts_at_once_while_thousands_write(clock: FakeClock) -> None:
    """With more waiting than two batches hold, what the chair asks for is decided in the next one."""
    async with stage(clock) as played:
        cleo = await played.joins()
        played.log.gate.clear()
        crowd = [played.asks(cleo, "post", f"{number}", text="me too") for number in range(3 * BATCH)]
        await asyncio.sleep(0)
        freeze = played.asks("chair", "freeze", "now", on=True)
        played.log.gate.set()
        assert isinstance(await freeze, Accepted)
        answers = await asyncio.gather(*crowd)
        accepted = [answer for answer in answers if isinstance(answer, Accepted)]
        assert len(accepted) == BATCH
        assert {answer.code for answer in answers if isinstance(answer, Refused)} == {"floor.frozen"}
