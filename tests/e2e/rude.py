"""Peers that hold a service up: raw sockets that read nothing, or do not finish what they began."""

import socket
import struct
from collections.abc import Callable

from tests.e2e.client import Debate


def reads_nothing(debate: Debate) -> socket.socket:
    """Says hello and never reads a byte; with a small window, so that it stalls soon."""
    host, _, port = debate.service.address.partition(":")
    peer = socket.socket()
    peer.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
    peer.connect((host, int(port)))
    peer.sendall(
        f"GET {debate.api}/live HTTP/1.1\r\nHost: {host}:{port}\r\nUpgrade: websocket\r\n"
        "Connection: Upgrade\r\nSec-WebSocket-Version: 13\r\n"
        "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n".encode()
    )
    assert peer.recv(1).startswith(b"H")
    hello = b'{"do":"hello"}'
    peer.sendall(struct.pack("!BB4x", 0x81, 0x80 | len(hello)) + hello)
    return peer


def _pings_and_reads_nothing(debate: Debate) -> socket.socket:
    peer = reads_nothing(debate)
    peer.setblocking(False)
    ping = struct.pack("!BB4x", 0x89, 0x80 | 100) + b"p" * 100
    for _ in range(2000):
        try:
            peer.send(ping)
        except BlockingIOError:
            break
    return peer


def _half_a_handshake(debate: Debate) -> socket.socket:
    host, _, port = debate.service.address.partition(":")
    peer = socket.create_connection((host, int(port)))
    peer.sendall(f"GET {debate.api}/live HTTP/1.1\r\nHost: {host}".encode())
    return peer


def _long_poll(debate: Debate) -> socket.socket:
    host, _, port = debate.service.address.partition(":")
    peer = socket.create_connection((host, int(port)))
    head = debate.onlooker.snapshot()["seq"] + 10**6
    query = f"since={head}&wait=30"
    peer.sendall(f"GET {debate.api}/records?{query} HTTP/1.1\r\nHost: {host}:{port}\r\n\r\n".encode())
    return peer


RUDE: dict[str, Callable[[Debate], socket.socket]] = {
    "reads nothing": reads_nothing,
    "pings and reads nothing": _pings_and_reads_nothing,
    "half a handshake": _half_a_handshake,
    "long poll": _long_poll,
}
