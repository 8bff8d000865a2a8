"""The wire: real sockets, under our protocol class and under any other ASGI server's."""

from __future__ import annotations

import asyncio
import json
import socket
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest
import uvicorn
from starlette.applications import Starlette
from starlette.routing import WebSocketRoute
from starlette.websockets import WebSocket
from uvicorn.protocols.websockets.websockets_sansio_impl import WebSocketsSansIOProtocol
from websockets.asyncio.client import connect
from websockets.exceptions import ConnectionClosed
from websockets.extensions.permessage_deflate import ClientPerMessageDeflateFactory, PerMessageDeflate
from websockets.frames import Opcode

from fishbowl.live.connection import Peer
from fishbowl.live.frames import frame_of
from fishbowl.live.wire import WireProtocol, serve_peer

PLAIN = WebSocketsSansIOProtocol
BOTH = pytest.mark.parametrize("protocol", [WireProtocol, PLAIN], ids=["ours", "plain ASGI"])


class Parrot:
    """A receiver that says back what it hears, and notes that it was lost."""

    def __init__(self, peer: Peer) -> None:
        self.peer = peer
        self.gone = asyncio.Event()
        self.flooded = asyncio.Event()
        self.heard: list[bytes] = []

    def received(self, frame: bytes) -> None:
        self.heard.append(frame)
        if frame == b"goodbye":
            self.peer.close(4503, "as you wish")
        elif frame == b"flood":
            while self.peer.buffered() < 8_000_000:
                self.peer.write(frame_of([b'"%s"' % (b"x" * 100_000)]))
            self.flooded.set()
        else:
            self.peer.write(frame_of([json.dumps(frame.decode()).encode()]))

    def drained(self) -> None:
        pass

    def lost(self, reason: str | None = None) -> None:
        self.gone.set()


@asynccontextmanager
async def parrots(protocol: type[WebSocketsSansIOProtocol]) -> AsyncIterator[tuple[str, list[Parrot]]]:
    """A server whose every connection is a parrot; its address, and the parrots so far."""
    made: list[Parrot] = []

    def make(peer: Peer) -> Parrot:
        made.append(Parrot(peer))
        return made[-1]

    async def endpoint(websocket: WebSocket) -> None:
        await serve_peer(websocket, make)

    with socket.socket() as listening:
        listening.bind(("127.0.0.1", 0))
        listening.listen()
        config = uvicorn.Config(
            Starlette(routes=[WebSocketRoute("/", endpoint)]),
            ws=protocol,
            lifespan="off",
            log_config=None,
            ws_max_size=64 * 1024,
            timeout_graceful_shutdown=3,
        )
        server = uvicorn.Server(config)
        serving = asyncio.create_task(server.serve(sockets=[listening]))
        try:
            yield f"ws://127.0.0.1:{listening.getsockname()[1]}/", made
        finally:
            server.should_exit = True
            await asyncio.wait_for(serving, 10)


@BOTH
async def test_what_is_said_comes_back_in_order(protocol: type[WebSocketsSansIOProtocol]) -> None:
    """Frames arrive whole, once and in order, both ways."""
    async with parrots(protocol) as (address, made), connect(address) as client:
        for number in range(100):
            await client.send(f"word {number} ü")
        heard = [json.loads(await client.recv()) for _ in range(100)]
        assert heard == [[f"word {number} ü"] for number in range(100)]
        assert len(made) == 1


@BOTH
async def test_a_fragmented_text_is_one_frame(protocol: type[WebSocketsSansIOProtocol]) -> None:
    """A text sent in pieces reaches the receiver as one."""
    async with parrots(protocol) as (address, _), connect(address) as client:
        await client.send(["a ", "whole ", "sentence"])
        assert json.loads(await client.recv()) == ["a whole sentence"]


@BOTH
async def test_a_goodbye_carries_its_code(protocol: type[WebSocketsSansIOProtocol]) -> None:
    """The client learns why; the receiver learns that it is over."""
    async with parrots(protocol) as (address, made), connect(address) as client:
        await client.send("goodbye")
        with pytest.raises(ConnectionClosed) as closed:
            await client.recv()
        assert closed.value.rcvd is not None
        assert closed.value.rcvd.code == 4503
        await asyncio.wait_for(made[0].gone.wait(), 5)


@BOTH
async def test_a_client_that_leaves_is_noticed(protocol: type[WebSocketsSansIOProtocol]) -> None:
    """The receiver learns that its peer is gone."""
    async with parrots(protocol) as (address, made):
        async with connect(address) as client:
            await client.send("hello")
            await client.recv()
        await asyncio.wait_for(made[0].gone.wait(), 5)


@BOTH
@pytest.mark.parametrize(
    ("sent", "code"), [(b"bytes", 1003), ("x" * 70_000, 1009)], ids=["binary", "too large"]
)
async def test_what_is_no_text_frame_ends_the_connection(
    protocol: type[WebSocketsSansIOProtocol], sent: str | bytes, code: int
) -> None:
    """Binary 1003, too large 1009."""
    async with parrots(protocol) as (address, made), connect(address) as client:
        await client.send(sent)
        with pytest.raises(ConnectionClosed) as closed:
            await client.recv()
        assert closed.value.rcvd is not None
        assert closed.value.rcvd.code == code
        await asyncio.wait_for(made[0].gone.wait(), 5)


async def test_text_that_is_not_utf_8_ends_the_connection() -> None:
    """1007, and the receiver never sees it."""
    async with parrots(WireProtocol) as (address, _), connect(address) as client:
        await client.send(b"\xff\xfe", text=True)
        with pytest.raises(ConnectionClosed) as closed:
            await client.recv()
        assert closed.value.rcvd is not None
        assert closed.value.rcvd.code == 1007


async def test_no_task_waits_for_a_connection() -> None:
    """Under our protocol class, fifty idle connections cost not one task on the server's side."""
    async with parrots(WireProtocol) as (address, made):
        async with connect(address) as first:
            await first.send("hello")
            await first.recv()
        await asyncio.wait_for(made[0].gone.wait(), 5)
        clients = [await connect(address) for _ in range(50)]
        for client in clients:
            await client.send("hello")
            await client.recv()
        ours = [task for task in asyncio.all_tasks() if "run_asgi" in str(task.get_coro())]
        assert ours == []
        for client in clients:
            await client.close()


async def test_compressed_is_what_a_peer_can_read_compressed() -> None:
    """Who offers permessage-deflate gets long frames compressed, each by itself; who does not, plain ones."""
    async with parrots(WireProtocol) as (address, _):
        for offered in ("deflate", None):
            async with connect(address, compression=offered) as client:
                await client.send("a long story " * 100)
                assert json.loads(await client.recv()) == ["a long story " * 100]
                agreed = client.protocol.extensions
                assert len(agreed) == (1 if offered else 0)
                for extension in agreed:
                    assert isinstance(extension, PerMessageDeflate)
                    assert extension.local_no_context_takeover
                    assert extension.remote_no_context_takeover


async def test_a_peer_with_a_short_memory_gets_plain_frames() -> None:
    """Who cannot look as far back as our frames refer is sent none that do."""
    async with parrots(WireProtocol) as (address, made):
        offer = ClientPerMessageDeflateFactory(server_max_window_bits=9)
        async with connect(address, compression=None, extensions=[offer]) as client:
            await client.send("a long story " * 100)
            assert json.loads(await client.recv()) == ["a long story " * 100]
            assert client.protocol.extensions
        assert isinstance(made[0].peer, WireProtocol)
        assert not made[0].peer.deflates


async def test_a_bomb_is_refused_before_it_is_unpacked() -> None:
    """A small frame that would inflate beyond the limit ends with 1009; nobody receives it."""
    async with parrots(WireProtocol) as (address, made), connect(address) as client:
        await client.send("x" * 5_000_000)  # some 5 KB on the wire
        with pytest.raises(ConnectionClosed) as closed:
            await client.recv()
        assert closed.value.rcvd is not None
        assert closed.value.rcvd.code == 1009
        await asyncio.wait_for(made[0].gone.wait(), 5)
        assert made[0].heard == []


async def test_a_stalled_reader_does_not_hold_up_the_end() -> None:
    """Whoever does not read is aborted: neither a goodbye nor the server's shutdown waits for the flush."""
    async with parrots(WireProtocol) as (address, made):
        client = await connect(address, max_queue=1)
        await client.send("hello")
        await client.recv()
        client.transport.pause_reading()
        await client.send("flood")
        await asyncio.wait_for(made[0].flooded.wait(), 5)
        made[0].peer.close(4008, "too slow")
        await asyncio.wait_for(made[0].gone.wait(), 5)
        client.transport.abort()


async def test_pings_without_reading_do_not_grow_the_buffer() -> None:
    """A peer that asks and never reads the answers is let go before its pongs fill the memory."""
    async with parrots(WireProtocol) as (address, made):
        client = await connect(address, ping_interval=None)
        await client.send("hello")
        await client.recv()
        client.transport.pause_reading()
        await client.send("flood")
        await asyncio.wait_for(made[0].flooded.wait(), 5)
        client.protocol.send_ping(b"are you there?")
        client.transport.write(b"".join(client.protocol.data_to_send()))
        await asyncio.wait_for(made[0].gone.wait(), 5)
        client.transport.abort()


def test_the_header_bytes_are_the_protocol_s() -> None:
    """Guards the two constants our framing shares with RFC 6455."""
    assert frame_of([b"1"]).framed[:2] == bytes((0x80 | Opcode.TEXT, 3))


async def test_a_slow_reader_gets_every_byte_in_order() -> None:
    """Frames larger than what the network takes at once arrive whole and in order, as do those behind."""
    async with (
        parrots(WireProtocol) as (address, made),
        connect(address, compression=None, max_size=None, max_queue=1) as client,
    ):
        await client.send("hello")
        await client.recv()
        sizes = [10, 30_000_000, 10, 70_000, 10]
        for size in sizes:
            made[0].peer.write(frame_of([b'"%s"' % (b"y" * size)]))
        assert made[0].peer.buffered() > 0
        assert [len(await client.recv()) - 4 for _ in sizes] == sizes
