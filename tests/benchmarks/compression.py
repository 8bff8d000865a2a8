"""What compressing frames saves and costs: bytes, time to make them, and memory of those who offer it.

    python -m tests.benchmarks.compression

The frames are records of a debate of our own invention, made as the ring makes them. The memory is that of a
real service with 1,000 idle viewers who offer permessage-deflate as browsers do, once answered as we do, once
with the context that uvicorn's own factory keeps for each, once not at all.
"""

import asyncio
import random
import zlib
from pathlib import Path
from tempfile import TemporaryDirectory
from time import process_time
from typing import Final

from fishbowl.live.frames import frame_of
from fishbowl.live.ring import Ring
from tests.browser.debates import LIBRARY
from tests.debate.stories import begun
from tests.e2e import idle
from tests.e2e.client import Debate
from tests.e2e.service import CHECKOUT, Service

RECORDS: Final = (1, 2, 5, 20, 100)
LEVELS: Final = (1, 3, 6)
VIEWERS: Final = 1000

WORDS: Final = (
    "the library harbour evening key lamp who pays for it and when would we come nobody asked us last winter "
    "heating bus school quiet reading card door after six because children money council neighbours should "
    "could think agree not really perhaps always never cost open close hour more less than that question"
).split()

# What is put into the service before it starts, by the name of the way to answer an offer.
WAYS: Final = {
    "each by itself": "",
    "with context": (
        "import fishbowl.live.wire as wire\n"
        "from websockets.extensions.permessage_deflate import ServerPerMessageDeflateFactory as Factory\n"
        "wire.COMPRESSION = Factory(server_max_window_bits=12, client_max_window_bits=12,\n"
        "                           compress_settings={'memLevel': 5})\n"
    ),
    "not at all": (
        "import functools\nimport uvicorn\n"
        "uvicorn.Config = functools.partial(uvicorn.Config, ws_per_message_deflate=False)\n"
    ),
}


def main() -> None:
    _bytes_and_time()
    for way, patch in WAYS.items():
        print(f"{way:16}{_memory(patch) / 1024:8.1f} KB for each of {VIEWERS:,} idle viewers")


def _bytes_and_time() -> None:
    messages = _messages(max(RECORDS) * 40)
    print(f"{'records':>8}{'bytes':>9}" + "".join(f"   level {level}: part, us" for level in LEVELS))
    for count in RECORDS:
        payloads = [
            frame_of(messages[at : at + count]).payload for at in range(0, len(messages) - count, count)
        ]
        size = sum(map(len, payloads)) / len(payloads)
        print(f"{count:8}{size:9.0f}" + "".join(f"{_compressed(payloads, level):>21}" for level in LEVELS))


def _compressed(payloads: list[bytes], level: int) -> str:
    began = process_time()
    made = 0
    for payload in payloads:
        compressing = zlib.compressobj(level, wbits=-15)
        made += len(compressing.compress(payload)) + len(compressing.flush(zlib.Z_SYNC_FLUSH)) - 4
    spent = (process_time() - began) / len(payloads)
    return f"{made / sum(map(len, payloads)):.2f}, {1e6 * spent:.0f}"


def _messages(count: int) -> list[bytes]:
    """`count` records of contributions as the public gets them; the same each time."""
    chance = random.Random(7)
    story = begun("cleo dan eve", pace_per_minute=0)
    for _ in range(count):
        author = chance.choice((story.cleo, story.dan, story.eve))
        author.posts(" ".join(chance.choices(WORDS, k=chance.randint(4, 45))))
    ring = Ring(0, size=count)
    ring.add(story.state, story.records)
    return [entry.public for entry in ring.since(ring.first - 1) if entry.public is not None]


def _memory(patch: str) -> float:
    """Bytes a viewer adds to the service, with `patch` in it."""
    with TemporaryDirectory() as folder:
        (Path(folder) / "sitecustomize.py").write_text(patch, "utf-8")
        settings = {"PYTHONPATH": f"{folder}:{CHECKOUT}", "FISHBOWL_PER_ADDRESS": "0"}
        service = Service(Path(folder) / "data", settings).start()
        try:
            debate = Debate.create(service, LIBRARY)
            debate.move_on_to("live")
            asyncio.run(idle.viewers(debate, 50))  # whatever is made once is made
            before = idle.resident(service.pid)
            return (
                asyncio.run(idle.viewers(debate, VIEWERS, lambda: idle.resident(service.pid) - before))
                / VIEWERS
            )
        finally:
            service.end()


if __name__ == "__main__":
    main()
