"""The crowd that measures, measured: before it stands a server of which everything is known."""

import socket
import threading
import time
from collections.abc import Sequence
from itertools import pairwise

import pytest

from tests.benchmarks import crowd
from tests.benchmarks.crowd import Found, Viewer, marked, pong_to
from tests.benchmarks.plot import Line, Plot, drawn

VIEWERS = 160
EVERY = (1, 2, 3, 4, 5, 6)
LATE = 250
"""Milliseconds by which the known server dates its messages back."""


def watched(turns: Sequence[Sequence[int]]) -> Found:
    """What a crowd finds whose first viewers get `turns`, one each, and all others every message in order."""

    def serve() -> None:
        peers = [listening.accept()[0] for _ in range(VIEWERS)]
        for peer in peers:
            peer.recv(4096)
            peer.sendall(b"HTTP/1.1 101 Switching Protocols\r\n\r\n")
        dialled.wait(10)
        at = time.time_ns() // 1_000_000 - LATE
        for place, peer in enumerate(peers):
            for number in turns[place] if place < len(turns) else EVERY:
                peer.sendall(b"\x81\x10" + marked(number, "words", at).encode())
            peer.close()

    with socket.create_server(("127.0.0.1", 0), backlog=VIEWERS) as listening:
        dialled = threading.Event()
        server = threading.Thread(target=serve)
        server.start()
        viewers = crowd.dial("127.0.0.1", listening.getsockname()[1], "/", VIEWERS, [])
        dialled.set()
        found = crowd.watch(viewers, len(EVERY))
        server.join()
        for viewer in viewers:
            viewer.socket.close()
        return found


@pytest.fixture(autouse=True)
def _impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(crowd, "DIAL_AT_ONCE", VIEWERS)
    monkeypatch.setattr(crowd, "QUIET_SECONDS", 0.5)


def test_what_is_known_is_found() -> None:
    """Everybody counted, everything counted, and the time on the way is what it was made to be."""
    found = watched([])
    assert (found.deliveries, found.whole) == (VIEWERS * len(EVERY), VIEWERS)
    assert found.p50 is not None
    assert found.p99 is not None
    assert LATE <= found.p50 <= found.p99


def test_who_missed_something_or_got_it_twice_or_in_another_order_is_not_whole() -> None:
    """A gap, a double and two that changed places: three viewers are found wanting, and only they."""
    found = watched([(1, 2, 4, 5, 6), (1, 2, 3, 3, 4, 5, 6), (1, 2, 4, 3, 5, 6)])
    assert found.whole == VIEWERS - 3
    assert watched([(1, 2, 3, 3, 5, 6)]).whole == VIEWERS - 1


@pytest.mark.parametrize("size", [1, 2, 3, 7, 26, 1000])
def test_messages_are_found_wherever_the_stream_was_cut(size: int) -> None:
    """Every mark counts once, also where it came in pieces, and only a mark counts."""
    stream = b"".join(b"\x81~n=" + marked(number, " n= words n", 1).encode() for number in range(1, 40))
    viewer, whole = Viewer.__new__(Viewer), Viewer.__new__(Viewer)
    for one in (viewer, whole):
        one.count = one.order = 0
        one.rest, one.late, one.numbers = b"", None, []
    for start, end in pairwise([*range(0, len(stream), size), len(stream)]):
        viewer.take(stream[start:end])
    whole.take(stream)
    assert (viewer.count, viewer.order) == (whole.count, whole.order) == (39, whole.order)


def test_pings_are_answered_with_what_they_hold() -> None:
    """A masked pong for a ping among other frames, and none for anything else."""
    assert pong_to(b"\x81\x02[]\x89\x04abcd\x81\x02[]") == b"\x8a\x84\0\0\0\0abcd"
    assert pong_to(b"\x81\x02[]") == pong_to(b"\x89\x04ab") == b""


def test_a_plot_holds_every_point_and_names_its_lines() -> None:
    """One circle for each point, one name for each line, and nothing that is no text in names."""
    lines = [Line("ours & all", [(5, 10), (50, 1)]), Line("theirs", [(5, 20)])]
    picture = drawn("cost", [Plot("viewers", "posts a second", lines)])
    assert picture.count("<circle") == 3
    assert "ours &amp; all" in picture
    assert "theirs" in picture
