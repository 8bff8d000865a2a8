"""The stream under an ASGI server that is not ours: hypercorn, by plain sends and tasks."""

from __future__ import annotations

import asyncio
import json
import socket
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest
from hypercorn.asyncio import serve
from hypercorn.config import Config
from websockets.asyncio.client import ClientConnection, connect

from fishbowl.live import hub as hub_module
from tests.fakes import FakeClock
from tests.live.served import connections, debate_app, within
from tests.live.stage import Stage, stage

LONG = "€" * 2000


@asynccontextmanager
async def under_hypercorn(played: Stage, person: str | None = None) -> AsyncIterator[str]:
    """The debate's stream, served by hypercorn; its address."""
    ended = asyncio.Event()
    with socket.socket() as listening:
        listening.bind(("127.0.0.1", 0))
        listening.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, 16384)
        listening.listen()
        config = Config()
        config.bind = [f"fd://{listening.detach()}"]
        config.graceful_timeout = 1
        config.errorlog = None
        port = 0
        with socket.socket(fileno=int(config.bind[0].removeprefix("fd://"))) as bound:
            port = bound.getsockname()[1]
            bound.detach()
        app = debate_app(played, person)
        serving = asyncio.create_task(serve(app, config, shutdown_trigger=ended.wait))  # type: ignore[arg-type]
        try:
            yield f"ws://127.0.0.1:{port}/"
        finally:
            ended.set()
            await asyncio.wait_for(serving, 10)


async def said(client: ClientConnection, kind: str) -> list[dict[str, object]]:
    """The messages of the next frame that holds one of this kind."""
    async with asyncio.timeout(5):
        while True:
            messages: list[dict[str, object]] = json.loads(await client.recv())
            if any(message["type"] == kind for message in messages):
                return messages


async def test_a_debate_is_followed_and_taken_part_in(clock: FakeClock) -> None:
    """Hello, a command, its reply and its record, a replay, and the goodbye's code."""
    async with stage(clock) as played:
        cleo = await played.joins()
        async with under_hypercorn(played, cleo) as address, connect(address) as client:
            await client.send('{"do":"hello"}')
            (hello,) = await said(client, "hello")
            await client.send('{"do":"post","id":"1","text":"hello from elsewhere"}')
            (reply,) = await said(client, "reply")
            assert (reply["ok"], reply["contribution"]) == (True, 1)
            async with connect(address) as again:
                await again.send(json.dumps({"do": "hello", "epoch": "epoch", "seq": hello["seq"]}))
                replayed = await said(again, "contribution.posted")
                assert [each["text"] for each in replayed] == ["hello from elsewhere"]
            await client.send('{"do":"hello"}')
            await asyncio.wait_for(client.wait_closed(), 5)
            assert client.close_code == 4503


@pytest.mark.parametrize("guarded", [True, False], ids=["guarded", "guard taken out"])
async def test_a_stalled_reader_is_bounded_and_let_go(
    clock: FakeClock, monkeypatch: pytest.MonkeyPatch, guarded: bool
) -> None:
    """Who does not read costs one bounded queue there too, and is told to come back."""
    monkeypatch.setattr(hub_module, "GIVE_UP_SECONDS", 0.2)
    if not guarded:
        monkeypatch.setattr(hub_module, "MOST_BUFFERED", 2**40)
    async with stage(clock, rules={"max_length": 2000}) as played:
        cleo = await played.joins()
        async with under_hypercorn(played) as address:
            client = await connect(address, compression=None, max_queue=1, ping_interval=None)
            await client.send('{"do":"hello"}')
            await said(client, "hello")
            client.transport.pause_reading()
            most = 0
            for number in range(2000):
                await played.does(cleo, "post", f"{number}", text=LONG)
                most = max([most, *(each.buffered() for each in connections(played.debate))])
                if not connections(played.debate) or most > 3_000_000:
                    break
            assert (most < 1_000_000) is guarded
            assert await within(2, lambda: not connections(played.debate)) is guarded
            client.transport.abort()
