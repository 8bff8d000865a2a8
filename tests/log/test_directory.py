"""The data directory: one holder at a time, and when the last one was alive."""

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from fishbowl.log.contract import Unavailable
from fishbowl.log.directory import DataDirectory, DirectoryInUse
from tests.log.samples import NOON


def test_made(tmp_path: Path) -> None:
    """A directory that does not exist is made, for the eyes of its user only."""
    with DataDirectory.lock(tmp_path / "a" / "data") as directory:
        assert directory.path.stat().st_mode & 0o777 == 0o700
        assert directory.database == tmp_path / "a" / "data" / "fishbowl.sqlite3"
        assert not directory.database.exists()


def test_second_is_refused(tmp_path: Path) -> None:
    """A second holder is refused by a sentence naming directory and holder; the first is not harmed."""
    with DataDirectory.lock(tmp_path) as directory:
        directory.announce("http://127.0.0.1:8000")
        with pytest.raises(DirectoryInUse):
            DataDirectory.lock(tmp_path)
        with pytest.raises(DirectoryInUse) as refused:
            DataDirectory.lock(tmp_path)
        assert str(tmp_path) in str(refused.value)
        assert f"process {os.getpid()}" in str(refused.value)
        assert refused.value.address == "http://127.0.0.1:8000"
    DataDirectory.lock(tmp_path).release()


def test_address_is_not_kept(tmp_path: Path) -> None:
    """Where a former holder served is not said of the next."""
    with DataDirectory.lock(tmp_path) as directory:
        directory.announce("http://127.0.0.1:8000")
    with DataDirectory.lock(tmp_path), pytest.raises(DirectoryInUse) as refused:
        DataDirectory.lock(tmp_path)
    assert refused.value.address is None


def test_killed_holder(tmp_path: Path) -> None:
    """A directory whose holder was killed is free at once, and remembers when it was last alive."""
    script = (
        "import sys, pathlib\n"
        "from fishbowl.log.directory import DataDirectory\n"
        "directory = DataDirectory.lock(pathlib.Path(sys.argv[1]))\n"
        f"directory.heartbeat({NOON})\n"
        "print('locked', flush=True)\n"
        "sys.stdin.read()\n"
    )
    with subprocess.Popen(
        [sys.executable, "-c", script, str(tmp_path)], stdin=subprocess.PIPE, stdout=subprocess.PIPE
    ) as other:
        assert other.stdout is not None
        assert other.stdout.readline() == b"locked\n"
        with pytest.raises(DirectoryInUse, match=f"process {other.pid}"):
            DataDirectory.lock(tmp_path)
        other.send_signal(signal.SIGKILL)
        other.wait()
    with DataDirectory.lock(tmp_path) as directory:
        assert directory.last_alive() == NOON


def test_last_alive(tmp_path: Path) -> None:
    """Only a heartbeat moves the time of the last one: not locking, being refused or announcing."""
    with DataDirectory.lock(tmp_path) as directory:
        directory.heartbeat(NOON)
        directory.heartbeat(NOON + 1234)
        directory.announce("http://127.0.0.1:8000")
        with pytest.raises(DirectoryInUse):
            DataDirectory.lock(tmp_path)
    with DataDirectory.lock(tmp_path) as directory:
        assert directory.last_alive() == NOON + 1234


def test_foreign_files(tmp_path: Path) -> None:
    """Files that are not ours are left alone."""
    (tmp_path / "holiday.jpg").write_bytes(b"sunset")
    DataDirectory.lock(tmp_path).release()
    assert (tmp_path / "holiday.jpg").read_bytes() == b"sunset"
    assert {path.name for path in tmp_path.iterdir()} == {"holiday.jpg", "lock"}


def test_not_a_directory(tmp_path: Path) -> None:
    """What cannot be a data directory is refused by name."""
    (tmp_path / "file").touch()
    with pytest.raises(Unavailable, match="file cannot be the data directory"):
        DataDirectory.lock(tmp_path / "file")
    with pytest.raises(Unavailable, match="cannot be the data directory"):
        DataDirectory.lock(tmp_path / "file" / "data")


def test_released_once(tmp_path: Path) -> None:
    """Releasing twice lets go of nothing that was opened in between."""
    directory = DataDirectory.lock(tmp_path)
    directory.release()
    with (tmp_path / "notes").open("wb") as file:
        directory.release()
        file.write(b"still open")
