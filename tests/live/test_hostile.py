"""Peers that stall, flood or trickle, on real sockets: each is bounded, and each bound is what does it.

Every test is run twice: with its guard, and with the guard taken out, where the harm must show.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator

import pytest
from uvicorn.protocols.websockets.websockets_sansio_impl import WebSocketsSansIOProtocol

from fishbowl.live import connection as connection_module
from fishbowl.live import hub as hub_module
from fishbowl.live import pieces as pieces_module
from fishbowl.live import wire as wire_module
from fishbowl.live.wire import WireProtocol
from tests.fakes import FakeClock
from tests.live.served import (
    CONTINUATION,
    GRACE_SECONDS,
    PING,
    TEXT,
    Dial,
    RawPeer,
    connections,
    served,
    within,
)
from tests.live.stage import Stage, stage

GUARDED = pytest.mark.parametrize("guarded", [True, False], ids=["guarded", "guard taken out"])
PATIENCE = 10.0
"""Seconds; what is waited for comes at once on a machine with time to spare."""
PING_SECONDS = 0.6
"""Between pings, and for each answer."""
TWO_PING_BUDGETS = 2 * (PING_SECONDS + PING_SECONDS)
BOUND = wire_module.MOST_UNREAD + 200_000
"""What a connection may hold back, and what arrives in one reading of its socket."""


LONG = "€" * 2000
"""Six kilobytes."""


@pytest.fixture
async def played(clock: FakeClock) -> AsyncIterator[Stage]:
    async with stage(clock, rules={"max_length": 2000}) as played:
        yield played


async def stall(played: Stage, dial: Dial) -> RawPeer:
    """Somebody who was sent much and reads nothing of it."""
    peer = await dial()
    assert await within(PATIENCE, lambda: connections(played.debate))
    cleo = await played.joins()
    for number in range(80):
        await played.does(cleo, "post", f"{number}", text=LONG)
    assert await within(PATIENCE, lambda: lagging(played) or is_gone(played))
    return peer


def is_gone(played: Stage) -> bool:
    return not connections(played.debate)


def lagging(played: Stage) -> bool:
    return any(each.lagging_since is not None for each in connections(played.debate))


def held_back(played: Stage) -> int:
    """The most bytes the service holds back for anybody."""
    return max((each.buffered() for each in connections(played.debate)), default=0)


@GUARDED
async def test_who_pings_and_never_reads(
    played: Stage, monkeypatch: pytest.MonkeyPatch, guarded: bool
) -> None:
    """Pongs nobody reads do not pile up: the peer is let go before they fill the memory."""
    if not guarded:
        monkeypatch.setattr(WireProtocol, "handle_ping", WebSocketsSansIOProtocol.handle_ping)
    async with served(played) as dial:
        peer = await stall(played, dial)
        await peer.send(PING, b"p" * 100, times=50_000)
        assert await within(PATIENCE, lambda: is_gone(played) if guarded else held_back(played) > BOUND)
        assert ("deaf" in played.noted.drops) is guarded


@GUARDED
async def test_who_asks_and_never_reads(
    played: Stage, monkeypatch: pytest.MonkeyPatch, guarded: bool
) -> None:
    """Nor do replies: who goes on asking and reads no answer is told 4008, or cut."""
    if not guarded:
        monkeypatch.setattr(connection_module, "MOST_UNREAD", 2**40)
    async with served(played) as dial:
        peer = await stall(played, dial)
        await peer.send(TEXT, b'{"do":"endorse","id":"a","contribution":1,"on":1}', times=40_000)
        assert await within(PATIENCE, lambda: is_gone(played) if guarded else held_back(played) > BOUND)
        assert ("too_slow" in played.noted.drops) is guarded


@GUARDED
async def test_who_stalls_is_gone_within_two_ping_budgets(
    played: Stage, monkeypatch: pytest.MonkeyPatch, guarded: bool
) -> None:
    """A reader that does not read is aborted; asked to close, it would stay until it reads that."""
    if not guarded:
        monkeypatch.setattr(WireProtocol, "keepalive_timeout", WebSocketsSansIOProtocol.keepalive_timeout)
    async with served(played, pings=PING_SECONDS) as dial:
        await stall(played, dial)
        assert await within(PATIENCE if guarded else TWO_PING_BUDGETS, lambda: is_gone(played)) is guarded
        assert ("no_pong" in played.noted.drops) is guarded


@GUARDED
async def test_who_comes_back_from_far_and_never_reads(
    played: Stage, monkeypatch: pytest.MonkeyPatch, guarded: bool
) -> None:
    """A long replay is handed out as it is read, not all at once: it costs one bounded buffer."""
    cleo = await played.joins()
    for number in range(40):
        await asyncio.gather(*(played.does(cleo, "post", f"{number}-{n}", text=LONG) for n in range(10)))
    if not guarded:
        monkeypatch.setattr(pieces_module, "PIECE_BYTES", 2**40)
        monkeypatch.setattr(hub_module, "MOST_BUFFERED", 2**40)
    async with served(played) as dial:
        await dial(b'{"do":"hello","epoch":"epoch","seq":20}')
        assert await within(PATIENCE, lambda: held_back(played) > (100_000 if guarded else 1_500_000))
        await asyncio.sleep(0.1)
        assert (held_back(played) < 500_000) is guarded


@GUARDED
async def test_a_message_of_endless_fragments(
    played: Stage, monkeypatch: pytest.MonkeyPatch, guarded: bool
) -> None:
    """Empty fragments count as nothing against the size of a message; their number is bounded."""
    if not guarded:
        monkeypatch.setattr(wire_module, "MOST_FRAGMENTS", 2**40)
    async with served(played) as dial:
        peer = await dial()
        assert await within(PATIENCE, lambda: connections(played.debate))
        await peer.send(TEXT, b'{"do":', final=False)
        await peer.send(CONTINUATION, final=False, times=5000)
        assert await within(PATIENCE if guarded else 1, lambda: is_gone(played)) is guarded
        assert (b"\x03\xf1" in await peer.read()) is guarded  # 1009


@GUARDED
async def test_nobody_waits_for_a_hello_for_ever(
    played: Stage, monkeypatch: pytest.MonkeyPatch, guarded: bool
) -> None:
    """A connection that says nothing ends with 4503 when the time for a hello is over."""
    monkeypatch.setattr(connection_module, "HELLO_SECONDS", 0.1 if guarded else 1000)
    async with served(played) as dial:
        peer = await dial(hello=None)
        assert (b"\x11\x97" in await peer.read(PATIENCE if guarded else 1)) is guarded
        assert (played.noted.drops == ["protocol_error"]) is guarded


@GUARDED
async def test_the_end_does_not_wait_for_a_stalled_reader(
    played: Stage, monkeypatch: pytest.MonkeyPatch, guarded: bool
) -> None:
    """At shutdown a stalled reader is aborted; uvicorn's own protocol leaves it to its own pace."""
    if not guarded:
        monkeypatch.setattr(WireProtocol, "shutdown", WebSocketsSansIOProtocol.shutdown)
    loop = asyncio.get_running_loop()
    async with served(played) as dial:
        await stall(played, dial)
        begun = loop.time()
    assert (loop.time() - begun < GRACE_SECONDS) is guarded


@GUARDED
async def test_who_floods_is_not_read(
    clock: FakeClock, monkeypatch: pytest.MonkeyPatch, guarded: bool
) -> None:
    """Who sends too fast is left unread for a while, so that the core is for the others; then heard again."""
    if not guarded:
        monkeypatch.setattr(WireProtocol, "rest", lambda *_: None)
    async with (
        stage(clock, rules={"pace_per_minute": 6}) as played,
        served(played, await played.joins()) as dial,
    ):
        peer = await dial()
        assert await within(PATIENCE, lambda: connections(played.debate))
        transport = connections(played.debate)[0]._peer.transport  # type: ignore[attr-defined]
        await peer.send(TEXT, b'{"do":"lower_hand","id":"a"}', times=150)
        assert await within(PATIENCE if guarded else 1, lambda: not transport.is_reading()) is guarded
        assert await within(PATIENCE, transport.is_reading)
        assert (await peer.read()).count(b"pace.too_fast") > 10


async def test_all_this_leaves_others_alone(played: Stage) -> None:
    """While somebody floods and somebody stalls, a reader beside them gets every record once, in order."""
    async with served(played, pings=PING_SECONDS) as dial:
        other = played.ear()
        await stall(played, dial)
        flooding = await dial()
        await flooding.send(TEXT, b'{"do":"endorse","id":"a","contribution":1,"on":true}', times=5000)
        await played.settles()
        assert [each["contribution"] for each in other.heard("contribution.posted")] == list(range(1, 81))
