"""Who hears a debate, and how: one frame for all, in order, once; nobody waits for the slow."""

from __future__ import annotations

import asyncio

from fishbowl.debate.commands import Change
from fishbowl.debate.vocabulary import Audience, Role
from fishbowl.live.hub import IDLE_COST_SECONDS, MOST_BUFFERED, MOST_REST_SECONDS, rest_after
from fishbowl.live.ring import Ring
from fishbowl.live.session import Close
from tests.fakes import FakeClock
from tests.live.stage import Ear, Stage, stage


async def posts(played: Stage, person: str, count: int) -> None:
    for number in range(count):
        await played.does(person, "post", f"{person} {number} {played.debate.head}", text=f"point {number}")


def numbers(ear: Ear) -> list[int]:
    return [message["contribution"] for message in ear.heard("contribution.posted")]


async def test_everybody_gets_the_very_same_bytes(clock: FakeClock) -> None:
    """A batch is framed once: all of the public share one frame object, the backstage another."""
    async with stage(clock) as played:
        cleo = await played.joins()
        public = [played.ear(), played.ear(), played.ear(Role.PARTICIPANT, cleo)]
        chair = played.ear(Role.CHAIR, "chair")
        await posts(played, cleo, 1)
        await played.settles()
        assert len({id(ear.frames[-1]) for ear in public}) == 1
        assert chair.frames[-1] is not public[0].frames[-1]
        assert all(numbers(ear) == [1] for ear in [*public, chair])


async def test_who_sees_it_otherwise_gets_a_frame_of_their_own(clock: FakeClock) -> None:
    """A hand's note reaches its owner and the chair; the others' frame does not hold it."""
    async with stage(clock) as played:
        cleo, dan = await played.joins(), await played.joins()
        ears = [
            played.ear(Role.PARTICIPANT, cleo),
            played.ear(Role.CHAIR, "chair"),
            played.ear(Role.PARTICIPANT, dan),
            played.ear(),
        ]
        await played.does(cleo, "raise_hand", note="only for the chair")
        await played.settles()
        held = [b"only for the chair" in b"".join(frame.payload for frame in ear.frames) for ear in ears]
        assert held == [True, True, False, False]


async def test_each_hears_every_record_once_and_in_order(clock: FakeClock) -> None:
    """Whoever comes in between hears what follows, from their cursor on."""
    async with stage(clock) as played:
        cleo = await played.joins()
        early = played.ear()
        await posts(played, cleo, 3)
        late = played.ear()
        await posts(played, cleo, 3)
        await played.settles()
        assert numbers(early) == [1, 2, 3, 4, 5, 6]
        assert numbers(late) == [4, 5, 6]


async def test_who_does_not_drain_is_not_fed_and_catches_up(clock: FakeClock) -> None:
    """A stalled reader holds up nobody and is sent nothing more; when it drains, it gets all it missed."""
    async with stage(clock) as played:
        cleo = await played.joins()
        stalled, quick = played.ear(), played.ear()
        stalled.held_back = MOST_BUFFERED + 1
        await posts(played, cleo, 4)
        await played.settles()
        assert numbers(quick) == [1, 2, 3, 4]
        assert stalled.frames == []
        stalled.held_back = 0
        await posts(played, cleo, 1)
        await played.settles()
        assert numbers(stalled) == [1, 2, 3, 4, 5]
        assert stalled.lagging_since is None


async def test_who_lags_beyond_the_ring_is_told_to_resume(clock: FakeClock) -> None:
    """4008, never a gap."""
    async with stage(clock) as played:
        cleo = await played.joins()
        played.debate.ring = played.debate.hub.ring = Ring(played.debate.head, size=4)
        stalled = played.ear()
        stalled.held_back = MOST_BUFFERED + 1
        await posts(played, cleo, 6)
        await played.settles()
        assert stalled.closed == Close.TOO_SLOW
        assert stalled.frames == []
        assert played.noted.drops == ["too_slow"]


async def test_a_text_hidden_while_a_stroke_runs_leaves_no_more(clock: FakeClock) -> None:
    """A listener fed after the hiding record was committed does not get the text."""
    async with stage(clock) as played:
        cleo = await played.joins()
        slow, quick = played.ear(), played.ear()
        slow.held_back = MOST_BUFFERED + 1
        await played.does(cleo, "post", text="a secret of the harbour")
        await played.settles()
        assert "secret" in str(quick.messages)
        await played.does("chair", "hide", contribution=1)
        slow.held_back = 0
        await played.does(cleo, "post", "next", text="go on")
        await played.settles()
        assert numbers(slow) == [1, 2]
        assert "secret" not in str(slow.messages)


async def test_revoked_is_closed_at_once_and_hears_nothing_more(clock: FakeClock) -> None:
    """All connections of the person, and no other."""
    async with stage(clock) as played:
        cleo, dan = await played.joins(), await played.joins()
        mine = [played.ear(Role.PARTICIPANT, cleo) for _ in range(2)]
        other = played.ear(Role.PARTICIPANT, dan)
        played.debate.close_sessions(cleo)
        await posts(played, dan, 1)
        await played.settles()
        assert [ear.closed for ear in mine] == [Close.REVOKED, Close.REVOKED]
        assert [numbers(ear) for ear in mine] == [[], []]
        assert (other.closed, numbers(other)) == (None, [1])


async def test_people_are_present_by_socket_or_request_and_counted_once(clock: FakeClock) -> None:
    """Two devices are one person; an onlooker counts; who asked without a socket is there for a while."""
    async with stage(clock) as played:
        cleo, dan = await played.joins(), await played.joins()
        ears = [played.ear(Role.PARTICIPANT, cleo), played.ear(Role.PARTICIPANT, cleo), played.ear()]
        played.debate.touch(dan)
        hub = played.debate.hub
        assert (hub.online, hub.sockets_of(cleo), hub.sockets_of(dan)) == (3, 2, 0)
        assert hub.present == {cleo, dan}
        hub.remove(ears[0])
        assert (hub.online, hub.sockets_of(cleo)) == (3, 1)
        hub.remove(ears[2])
        assert hub.online == 2


async def test_a_reload_is_no_absence(clock: FakeClock) -> None:
    """Who drops and is back within a moment keeps the seat without a record of it."""
    async with stage(clock) as played:
        cleo = await played.joins()
        ear = played.ear(Role.PARTICIPANT, cleo)
        await played.does(cleo, "take_seat")
        played.debate.hub.remove(ear)
        again = played.ear(Role.PARTICIPANT, cleo)
        await asyncio.sleep(0)
        await played.settles()
        assert await played.debate.read(lambda state: state.seats[3].state) == "taken"
        played.debate.hub.remove(again)
        played.debate.hub._gone(cleo)
        await played.settles()
        assert await played.debate.read(lambda state: state.seats[3].state) == "away"


async def test_who_leaves_a_closed_debate_hears_no_more_of_it(clock: FakeClock) -> None:
    """Their connection ends before the record of their leaving goes out; the others' stay."""
    async with stage(clock) as played:
        cleo, dan = await played.joins(), await played.joins()
        await played.debate.submit("organiser", Change(audience=Audience.CLOSED), None)
        mine = played.ear(Role.PARTICIPANT, cleo)
        other = played.ear(Role.PARTICIPANT, dan)
        await played.does(cleo, "leave")
        await posts(played, dan, 1)
        await played.settles()
        assert (mine.closed, mine.frames) == (Close.REVOKED, [])
        assert (other.closed, numbers(other)) == (None, [1])


def test_publishing_rests_where_a_frame_for_each_would_cost_too_much() -> None:
    """A cheap frame is followed at once by the next, and so is a dear one while records are few."""
    assert rest_after(IDLE_COST_SECONDS, 100, 0.001) == 0
    assert rest_after(0.01, 1, 3600) == 0
    assert rest_after(0.01, 1, 0.05) == 0
    assert rest_after(0.01, 1, 0.03) == 0.05
    assert rest_after(0.01, 12, 0.06) == 0.05
    assert rest_after(10, 1_000, 1) == MOST_REST_SECONDS


async def test_who_lags_is_counted_until_they_keep_up_or_go(clock: FakeClock) -> None:
    """Lagging connections are counted once each, and no longer when they have caught up or left."""
    async with stage(clock) as played:
        cleo = await played.joins()
        ears = [played.ear(), played.ear(), played.ear()]
        for stalled in ears[:2]:
            stalled.held_back = MOST_BUFFERED + 1
        await posts(played, cleo, 2)
        await played.settles()
        assert played.debate.hub.lagging == 2
        ears[0].held_back = 0
        played.debate.hub.remove(ears[1])
        await posts(played, cleo, 1)
        await played.settles()
        assert played.debate.hub.lagging == 0
        assert numbers(ears[0]) == numbers(ears[2]) == [1, 2, 3]
