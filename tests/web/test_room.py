"""Open files: the service takes all it may, keeps some for the store, and says when they are few."""

import resource
import subprocess
import sys
from pathlib import Path

import pytest

from fishbowl.web.room import RESERVE, shared

ROOT = Path(__file__).resolve().parents[2]

only_linux = pytest.mark.skipif(
    not hasattr(resource, "prlimit"), reason="only Linux tells of another process's limits"
)


def start(folder: Path, ulimit: str, *options: str) -> tuple[int, str]:
    """How many files a service started under this `ulimit` may open, and what it wrote to stderr."""
    command = f'ulimit {ulimit} && exec "$0" run.py --port 0 "$@"'
    service = subprocess.Popen(
        ["bash", "-c", command, sys.executable, "--data", str(folder / "data"), *options],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    with service:
        assert service.stdout is not None
        assert service.stderr is not None
        service.stdout.readline()  # it listens now
        allowed, _ = resource.prlimit(service.pid, resource.RLIMIT_NOFILE)
        service.terminate()
        return allowed, service.stderr.read()


@only_linux
def test_the_usual_limit_is_lifted(tmp_path: Path) -> None:
    """Where the system allows more than the usual few files, the service takes all of them by itself."""
    _, most = resource.getrlimit(resource.RLIMIT_NOFILE)
    allowed, said = start(tmp_path, "-Sn 512")
    assert allowed == most
    assert said == ""


@only_linux
def test_too_few_are_told(tmp_path: Path) -> None:
    """Where the system allows fewer files than connections were asked for, both numbers are told."""
    allowed, said = start(tmp_path, "-n 512", "--connections", "19000")
    assert allowed == 512
    assert "512 open files, so 384 live connections, FISHBOWL_CONNECTIONS says 19000" in said


@only_linux
def test_who_asked_for_nothing_is_told_nothing(tmp_path: Path) -> None:
    """With settings as they come, a system that allows few files is no cause for a warning at the start."""
    assert start(tmp_path, "-n 512") == (512, "")


@pytest.mark.parametrize(
    ("files", "wanted", "live"),
    [(1024, 20_000, 768), (4096, 0, 3072), (65_536, 20_000, 20_000), (524_288, 0, 393_216)],
)
def test_some_are_left(files: int, wanted: int, live: int) -> None:
    """All live connections and all requests there may be leave the reserve; 0 is bounded too."""
    room = shared(files, wanted)
    assert room.live == live
    requests = sum(room.requests.enter(f"192.0.2.{n}") for n in range(256) for _ in range(files // 256))
    assert requests >= 1
    assert room.live + requests <= files - RESERVE


def test_one_address_does_not_take_all() -> None:
    """Half of the room for requests at most is one address's, so that there is room for another."""
    room = shared(1024, 20_000)
    taken = sum(room.requests.enter("192.0.2.1") for _ in range(1024))
    assert taken == (1024 - 768 - RESERVE) // 2
    assert room.requests.enter("192.0.2.2")
