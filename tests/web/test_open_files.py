"""The service takes the leave it has to open files, and says when that is less than it promises."""

import resource
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]

only_linux = pytest.mark.skipif(
    not hasattr(resource, "prlimit"), reason="only Linux tells of another process's limits"
)


def start(folder: Path, ulimit: str) -> tuple[int, str]:
    """How many files a service started under this `ulimit` may open, and what it wrote to stderr."""
    command = f'ulimit {ulimit} && exec "$0" run.py --port 0 --data "$1"'
    service = subprocess.Popen(
        ["bash", "-c", command, sys.executable, folder / "data"],
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
    assert ("open files" in said) == (0 < most < 20_000)


@only_linux
def test_too_few_are_told(tmp_path: Path) -> None:
    """Where the system allows fewer files than connections are promised, both numbers are told."""
    allowed, said = start(tmp_path, "-n 512")
    assert allowed == 512
    assert "512 open files, FISHBOWL_CONNECTIONS 20000" in said
