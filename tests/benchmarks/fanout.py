"""What it costs to tell everybody: this service beside nginx with nchan, python-socketio and a plain loop.

    python -m tests.benchmarks.fanout [VIEWERS] [POSTS_A_SECOND] [SECONDS] [PAIRS]

1,000 viewers, 200 posts a second, 10 seconds and 3 pairs unless told otherwise. Each server runs by itself on
the same machine, with the same publisher and the same crowd (crowd.py). This service and nchan take turns,
PAIRS times; the others run once. A post to this service is decided, stored and synced before anybody hears of
it; the others keep nothing. nchan: Debian's nginx-light and libnginx-mod-nchan. Who is not installed is left
out, and said so.
"""

import asyncio
import json
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from importlib.util import find_spec
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from typing import Any, Final, NamedTuple

import httpx

from tests.browser.debates import LIBRARY
from tests.e2e.client import Debate
from tests.e2e.service import CHECKOUT, Service

WRITERS: Final = 20
FILLING: Final = (
    "words of about the length that people write in such debates, a sentence or two with a point. "
)

NGINX: Final = """
load_module {module};
daemon off; worker_processes 1; pid {folder}/pid; error_log {folder}/error;
events {{ worker_connections 20000; }}
http {{
  access_log off; client_body_temp_path {folder}; proxy_temp_path {folder}; fastcgi_temp_path {folder};
  uwsgi_temp_path {folder}; scgi_temp_path {folder};
  server {{
    listen 127.0.0.1:{port} backlog=4096;
    location /pub {{ nchan_publisher; nchan_channel_id all; nchan_message_buffer_length 50; }}
    location /sub {{
      nchan_subscriber websocket; nchan_channel_id all; nchan_subscriber_first_message newest;
    }}
  }}
}}
"""
NCHAN: Final = Path("/usr/lib/nginx/modules/ngx_nchan_module.so")

Publish = Callable[[str], Awaitable[object]]


class Stand(NamedTuple):
    """A server that runs: where viewers subscribe, what they say first, how one publishes."""

    port: int
    path: str
    said: tuple[str, ...]
    publish: Publish
    spent: Callable[[], float]
    """CPU seconds so far."""


class Run(NamedTuple):
    """What came of one run."""

    deliveries: int
    whole: int
    cpu: float
    milliseconds: dict[str, float]

    @property
    def microseconds(self) -> float:
        """The server's CPU for each delivery."""
        return 1e6 * self.cpu / max(1, self.deliveries)


@asynccontextmanager
async def ours() -> AsyncIterator[Stand]:
    """This service; writers post over the stream and wait for the reply that says: on disk."""
    with TemporaryDirectory() as folder:
        service = Service(Path(folder) / "data", {"FISHBOWL_PER_ADDRESS": "0"}).start()
        try:
            debate = Debate.create(service, {**LIBRARY, "rules": {"pace_per_minute": 0}})
            debate.move_on_to("live")
            writers = [debate.join() for _ in range(WRITERS)]
            lives = [await writer.dial() for writer in writers]
            for live, writer in zip(lives, writers, strict=True):
                await live.say_hello(writer.token)
            turn = iter(range(10**9))

            async def publish(text: str) -> object:
                return await lives[next(turn) % WRITERS].must("post", text=text)

            port = int(service.address.rpartition(":")[2])
            yield Stand(
                port, f"{debate.api}/live", ('{"do":"hello"}',), publish, lambda: spent([service.pid])
            )
            for live in lives:
                await live.leave()
        finally:
            service.end()


@asynccontextmanager
async def nchan() -> AsyncIterator[Stand]:
    """nginx with one worker, as each of the others is one process."""
    port = _free_port()
    with TemporaryDirectory() as folder:
        file = Path(folder) / "conf"
        file.write_text(NGINX.format(module=NCHAN, folder=folder, port=port), "ascii")
        async with _served(["nginx", "-c", str(file)], port, "/sub", ()) as stand:
            yield stand


@asynccontextmanager
async def plain() -> AsyncIterator[Stand]:
    """Starlette under uvicorn as it comes, one awaited send after another."""
    async with _uvicorn("tests.benchmarks.peers.plain:app", "/sub", ()) as stand:
        yield stand


@asynccontextmanager
async def socket_io() -> AsyncIterator[Stand]:
    """python-socketio under uvicorn; viewers join its default room by saying `40`."""
    path = "/socket.io/?EIO=4&transport=websocket"
    async with _uvicorn("tests.benchmarks.peers.socket_io:app", path, ("40",)) as stand:
        yield stand


@asynccontextmanager
async def _uvicorn(app: str, path: str, said: tuple[str, ...]) -> AsyncIterator[Stand]:
    port = _free_port()
    command = [sys.executable, "-m", "uvicorn", app, "--port", str(port), "--log-level", "error"]
    async with _served(command, port, path, said) as stand:
        yield stand


@asynccontextmanager
async def _served(command: list[str], port: int, path: str, said: tuple[str, ...]) -> AsyncIterator[Stand]:
    process = await asyncio.create_subprocess_exec(*command, cwd=CHECKOUT)
    try:
        async with httpx.AsyncClient(base_url=f"http://127.0.0.1:{port}", trust_env=False) as client:
            await _until_there(port)

            async def publish(text: str) -> object:
                return await client.post("/pub", content=text)

            yield Stand(port, path, said, publish, lambda: spent([process.pid, *_children(process.pid)]))
    finally:
        process.terminate()
        await process.wait()


async def measure(stand: Stand, viewers: int, posts_a_second: int, seconds: int) -> Run:
    """Publish on a fixed schedule before a crowd of `viewers`."""
    last = posts_a_second * seconds
    command = [sys.executable, "-m", "tests.benchmarks.crowd", "127.0.0.1", str(stand.port), stand.path]
    crowd = await asyncio.create_subprocess_exec(
        *command, str(viewers), str(last), *stand.said, cwd=CHECKOUT, stdout=subprocess.PIPE
    )
    assert crowd.stdout is not None
    assert (await crowd.stdout.readline()).strip() == b"ready"
    before, began = stand.spent(), time.monotonic()
    posting = []
    for number in range(1, last + 1):
        await asyncio.sleep(max(0.0, began + number / posts_a_second - time.monotonic()))
        posting.append(asyncio.ensure_future(stand.publish(f"n={number} t={time.time():.3f}; {FILLING * 2}")))
        if len(posting) >= WRITERS:
            await posting.pop(0)
    await asyncio.gather(*posting)
    found: dict[str, Any] = json.loads(await crowd.stdout.readline())
    await crowd.wait()
    return Run(found["deliveries"], found["whole"], stand.spent() - before, found["milliseconds"])


def spent(pids: list[int]) -> float:
    """CPU seconds of these processes, all their threads."""
    ticks = 0
    for pid in pids:
        fields = Path(f"/proc/{pid}/stat").read_text("ascii").rpartition(")")[2].split()
        ticks += int(fields[11]) + int(fields[12])
    return ticks / 100


def _children(pid: int) -> list[int]:
    return [int(child) for child in Path(f"/proc/{pid}/task/{pid}/children").read_text("ascii").split()]


def _free_port() -> int:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        port: int = taken.getsockname()[1]
        return port


async def _until_there(port: int) -> None:
    for _ in range(300):
        try:
            _, writer = await asyncio.open_connection("127.0.0.1", port)
        except OSError:
            await asyncio.sleep(0.1)
        else:
            writer.close()
            return
    raise TimeoutError(f"nothing listens on {port}")


def _missing() -> dict[str, str]:
    """Who cannot take part, and why."""
    missing = {}
    if shutil.which("nginx") is None or not NCHAN.exists():
        missing["nchan"] = "apt-get install nginx-light libnginx-mod-nchan"
    if find_spec("socketio") is None:
        missing["python-socketio"] = "pip install python-socketio"
    return missing


PEERS: Final = {"fishbowl": ours, "nchan": nchan, "python-socketio": socket_io, "plain loop": plain}


async def main(viewers: int = 1000, posts_a_second: int = 200, seconds: int = 10, pairs: int = 3) -> None:
    missing = _missing()
    for name, how in missing.items():
        print(f"left out: {name} ({how})")
    order = [*["fishbowl", "nchan"] * pairs, "python-socketio", "plain loop"]
    runs: dict[str, list[Run]] = {}
    print(f"{viewers:,} viewers, {posts_a_second} posts a second for {seconds} s")
    print(f"{'':18}{'deliveries':>12}{'whole':>8}{'CPU s':>8}{'us each':>9}{'p50 ms':>9}{'p99 ms':>9}")
    for name in order:
        if name in missing:
            continue
        async with PEERS[name]() as stand:
            run = await measure(stand, viewers, posts_a_second, seconds)
        runs.setdefault(name, []).append(run)
        print(
            f"{name:18}{run.deliveries:12,}{run.whole:8,}{run.cpu:8.2f}{run.microseconds:9.2f}"
            f"{run.milliseconds['p50'] or 0:9.1f}{run.milliseconds['p99'] or 0:9.1f}"
        )
    if "nchan" in runs:
        ratios = [
            theirs.microseconds / own.microseconds
            for own, theirs in zip(runs["fishbowl"], runs["nchan"], strict=True)
        ]
        print(f"deliveries per CPU second, fishbowl to nchan, median of {pairs} pairs: {median(ratios):.1f}")


if __name__ == "__main__":
    asyncio.run(main(*map(int, sys.argv[1:])))
