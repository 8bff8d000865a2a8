"""A store that fails under the running service: nothing false is said, reading goes on, all is well again."""

import asyncio
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx
import pytest

from tests.disks import full, tiny_disk
from tests.e2e.client import Debate, Message, request
from tests.e2e.conftest import new_debate
from tests.e2e.service import Service

PATIENCE_SECONDS = 30.0


@pytest.fixture
def service(tmp_path: Path) -> Iterator[Service]:
    """A service on a disk of four megabytes."""
    with tiny_disk(tmp_path / "data", megabytes=4) as data:
        service = Service(data).start()
        yield service
        service.end()
        assert service.complaints() == []


def posts(debate: Debate, number: int) -> list[Message]:
    """The chair posts long texts, one after another; the replies."""
    return [debate.chair.do("post", text="y" * 500) for _ in range(number)]


def stored(debate: Debate) -> int:
    """How many contributions there are, as anybody reads them."""
    return sum(record["type"] == "contribution.posted" for record in debate.onlooker.records())


def status(service: Service, path: str) -> int:
    return request(service, "GET", path).status_code


def until(there: Callable[[], bool]) -> None:
    deadline = time.monotonic() + PATIENCE_SECONDS
    while not there():
        assert time.monotonic() < deadline
        time.sleep(0.1)


def is_well_by_itself(debate: Debate, promised: int) -> None:
    """Ready without a restart; posting goes on; what was promised, and nothing else, is there."""
    service = debate.service
    until(lambda: status(service, "/readyz") == 200)
    until(lambda: bool(debate.chair.do("post", text="here again")["ok"]))
    assert stored(debate) == promised + 1
    assert "can be written again" in service.output
    assert service.stop() == 0
    service.start()
    assert stored(debate) == promised + 1


def test_disk_full_and_back(service: Service) -> None:
    """Refused with a time to wait, told by `/readyz` alone; pages, records and transcripts are served."""
    debate = new_debate(service, "wrap_up")
    promised = sum(reply["ok"] for reply in posts(debate, 5))
    with full(service.data):
        refused: list[Message] = []
        while not refused:
            replies = posts(debate, 20)
            promised += sum(reply["ok"] for reply in replies)
            refused = [reply for reply in replies if not reply["ok"]]
        assert {reply["code"] for reply in refused} == {"service.unavailable"}
        assert all(reply["retry_after"] > 0 for reply in refused)
        assert stored(debate) == promised
        assert debate.page().status_code == 200
        assert debate.page("/transcript.md", debate.chair.token).status_code == 200
        assert (status(service, "/healthz"), status(service, "/readyz")) == (200, 503)
        assert "fishbowl_failing 1.0" in request(service, "GET", "/metrics").text
        log = service.output
        assert len(posts(debate, 20)) == 20
        assert service.output == log, "an operator is told once, not with every attempt"
    is_well_by_itself(debate, promised)


@contextmanager
def syncs_fail(service: Service) -> Iterator[None]:
    """Inside this block every `fdatasync` of the service fails with EIO."""
    if not shutil.which("strace"):
        pytest.skip("no strace on this machine: apt-get install strace")
    inject = ["-e", "trace=fdatasync,fsync", "-e", "inject=fdatasync,fsync:error=EIO"]
    command = ["strace", "-f", "-o", "/dev/null", *inject, "-p", str(service.pid)]
    with subprocess.Popen(command, stderr=subprocess.PIPE, text=True) as strace:
        assert strace.stderr is not None
        said = strace.stderr.readline()
        if "attached" not in said:
            strace.kill()
            pytest.skip(f"strace may not look at programs here: {said.strip()}")
        try:
            yield
        finally:
            strace.terminate()


def test_syncs_that_fail(tmp_path: Path) -> None:
    """A disk that takes bytes and does not sync them: nothing is promised; then all goes on.

    What a failed sync kept all the same may be found later; asked again with its id it is there once.
    """
    service = Service(tmp_path / "data").start()
    try:
        debate = new_debate(service)
        promised = sum(reply["ok"] for reply in posts(debate, 3))
        asked = {"do": "post", "id": "doubtful", "text": "was it kept?"}
        with syncs_fail(service):
            (reply,) = debate.chair.commands(asked)
            assert (reply["ok"], reply["code"]) == (False, "service.unavailable")
            assert status(service, "/readyz") == 503
            assert status(service, "/healthz") == 200
        until(lambda: bool(debate.chair.commands(asked)[0]["ok"]))
        is_well_by_itself(debate, promised + 1)
    finally:
        service.end()


async def test_locked_by_another_program(tmp_path: Path) -> None:
    """The service answers throughout; what cannot be stored is refused; once let go, all goes on."""
    service = Service(tmp_path / "data").start()
    try:
        debate = new_debate(service)
        script = (
            "import sqlite3, sys; c = sqlite3.connect(sys.argv[1], isolation_level=None);"
            "c.execute('BEGIN IMMEDIATE'); print('locked', flush=True); sys.stdin.read()"
        )
        other = await asyncio.create_subprocess_exec(
            *(sys.executable, "-c", script, str(service.data / "fishbowl.sqlite3")),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
        )
        assert other.stdout is not None
        assert await other.stdout.readline() == b"locked\n"
        posting = asyncio.create_task(asyncio.to_thread(debate.chair.do, "post", text="wait"))
        slowest, asked = 0.0, 0
        async with httpx.AsyncClient(base_url=service.base, trust_env=False) as client:
            while not posting.done():
                begun = time.monotonic()
                assert (await client.get("/healthz")).status_code == 200
                slowest, asked = max(slowest, time.monotonic() - begun), asked + 1
                await asyncio.sleep(0.05)
        assert asked > 20
        assert slowest < 2
        reply = await posting
        assert (reply["ok"], reply["code"]) == (False, "service.unavailable")
        assert stored(debate) == 0
        await other.communicate(b"let go")
        is_well_by_itself(debate, 0)
    finally:
        service.end()


def test_damaged_store_is_refused(tmp_path: Path) -> None:
    """A store one of whose pages is noise does not start, says so in one sentence, and stays as it is."""
    service = Service(tmp_path / "data").start()
    posts(new_debate(service), 20)
    service.stop()
    store = service.data / "fishbowl.sqlite3"
    content = bytearray(store.read_bytes())
    content[8192:12288] = bytes(range(256)) * 16
    store.write_bytes(content)
    with pytest.raises(AssertionError, match="ended with 1 at its start"):
        service.start()
    assert "is damaged" in service.output
    assert "Traceback" not in service.output
    assert store.read_bytes() == content
