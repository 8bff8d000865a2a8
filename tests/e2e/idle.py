"""Viewers who only listen, as light as sockets can be: for measuring what they cost the service."""

import asyncio
import resource
from collections.abc import Callable
from pathlib import Path

from tests.e2e.client import Debate

OFFER = "permessage-deflate; client_max_window_bits"
"""What Chromium and Firefox offer."""
_HELLO = b'{"do":"hello"}'


async def viewers(debate: Debate, count: int, look: Callable[[], float] = lambda: 0.0) -> float:
    """Connect `count`, all greeted; what `look` sees then; and gone again."""
    hard = resource.getrlimit(resource.RLIMIT_NOFILE)[1]
    resource.setrlimit(resource.RLIMIT_NOFILE, (hard, hard))
    connected = [await _connect(debate) for _ in range(count)]
    await asyncio.sleep(1.5)  # the count of those present is told once a second
    seen = look()
    for writer in connected:
        writer.close()
    return seen


def resident(pid: int) -> int:
    """Bytes of memory the process holds."""
    status = Path(f"/proc/{pid}/status").read_text("ascii")
    return int(status.split("VmRSS:")[1].split()[0]) * 1024


async def _connect(debate: Debate) -> asyncio.StreamWriter:
    host, port = debate.service.address.split(":")
    reader, writer = await asyncio.open_connection(host, int(port))
    head = (
        f"GET {debate.api}/live HTTP/1.1",
        f"Host: {debate.service.address}",
        "Upgrade: websocket",
        "Connection: Upgrade",
        "Sec-WebSocket-Version: 13",
        "Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==",
        f"Sec-WebSocket-Extensions: {OFFER}",
    )
    writer.write("\r\n".join((*head, "", "")).encode())
    answer = await reader.readuntil(b"\r\n\r\n")
    assert b" 101 " in answer, answer
    writer.write(bytes((0x81, 0x80 | len(_HELLO), 0, 0, 0, 0)) + _HELLO)  # masked with zeros
    await reader.readexactly(2)
    return writer
