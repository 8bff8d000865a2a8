"""A PostgreSQL server for tests: Debian's programs, a cluster of its own, reached by a socket file only.

One for a whole run, with a database for each test. PostgreSQL refuses to run as root; as root it is run as
the user its package makes.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import Any

import pytest

QUICKLY = "-c fsync=off -c full_page_writes=off -c max_connections=120 -c shared_buffers=32MB"
"""For what a test cannot see: that a machine's power may fail."""


@cache
def programs() -> Path | None:
    """Where initdb and pg_ctl are; None where PostgreSQL is not installed."""
    folders = sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=lambda path: float(path.parent.name))
    found = shutil.which("initdb")
    return folders[-1] if folders else Path(found).resolve().parent if found else None


class Server:
    """A running server."""

    def __init__(self, folder: Path, programs: Path) -> None:
        self.folder = folder
        self.data = folder / "data"
        self._programs = programs
        self._user: dict[str, Any] = {}
        if os.getuid() == 0:
            self._user = {"user": "postgres", "group": "postgres", "extra_groups": []}
            shutil.chown(folder, "postgres", "postgres")
        self._databases = 0
        self._runs = False

    def run(self, program: str, *arguments: str) -> None:
        """One of PostgreSQL's programs, as the server's user."""
        with (self.folder / "log").open("ab") as log:
            subprocess.run(
                [self._programs / program, *arguments],
                **self._user,
                cwd=self.folder,
                env={"LC_ALL": "C", "PATH": os.environ["PATH"]},
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                check=True,
                timeout=120,
            )

    def make(self) -> None:
        trusting = ("--auth=trust", "--username=fishbowl", "--encoding=UTF8", "--no-sync")
        self.run("initdb", "--pgdata", str(self.data), *trusting)
        self.start()

    def start(self) -> None:
        listening = f"-c listen_addresses='' -c unix_socket_directories='{self.folder}'"
        self.run("pg_ctl", "start", "-w", "-D", str(self.data), "-o", f"{listening} {QUICKLY}")
        self._runs = True

    def stop(self) -> None:
        """At once, as if it had crashed: what was committed is there when it starts again. Twice is once."""
        if not self._runs:
            return
        self._runs = False
        self.run("pg_ctl", "stop", "-w", "-m", "immediate", "-D", str(self.data))

    def url(self, database: str) -> str:
        return f"postgresql://fishbowl@/{database}?host={self.folder}"

    def new_database(self) -> str:
        """The URL of a new, empty database."""
        self._databases += 1
        name = f"test{self._databases}"
        self.run("createdb", "--host", str(self.folder), "--username=fishbowl", "--template=template0", name)
        return self.url(name)


@contextmanager
def a_server() -> Iterator[Server]:
    """Skips the test, with a plain word, where PostgreSQL is not installed."""
    found = programs()
    if found is None:
        pytest.skip("PostgreSQL is not installed (on Debian: apt-get install postgresql)")
    # Not under pytest's folders, which others may not enter; and a socket's name has to be short.
    folder = Path(tempfile.mkdtemp(prefix="fishbowl-postgres-"))
    server = Server(folder, found)
    try:
        server.make()
        try:
            yield server
        finally:
            server.stop()
    finally:
        shutil.rmtree(folder)


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[Server]:
    """The run's server. Who stops it starts it again."""
    with a_server() as server:
        yield server


@pytest.fixture
def postgres(postgres_server: Server) -> str:
    """The URL of an empty database."""
    return postgres_server.new_database()
