"""A real service: `python run.py` in a process of its own, with a data directory of its own.

It knows nothing of what is inside the service: it starts, kills, stops and restarts it, and keeps what it
printed. Whoever starts one through the fixture leaves no process behind, whatever the test does.
"""

import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Mapping
from pathlib import Path
from typing import Self

import httpx

CHECKOUT = Path(__file__).resolve().parents[2]
ADMIN_TOKEN = "e2e-administrators-secret-0123456789abcdef"

# Started on a machine that does other things too: long enough for the slowest start seen, times ten.
START_SECONDS = 60.0
STOP_SECONDS = 40.0


class Service:
    """One data directory and, most of the time, one process serving it."""

    def __init__(
        self, data: Path, settings: Mapping[str, str] | None = None, admin_token: str | None = ADMIN_TOKEN
    ) -> None:
        self.data = data
        self.base = ""
        self.output_file = data.parent / f"{data.name}.output"
        self.secrets: set[str] = {ADMIN_TOKEN}
        admin = {} if admin_token is None else {"FISHBOWL_ADMIN_TOKEN": admin_token}
        self._settings = {"PYTHONUNBUFFERED": "1", **admin, **(settings or {})}
        self._process: subprocess.Popen[bytes] | None = None

    @property
    def address(self) -> str:
        """Host and port, as a client dials them."""
        return self.base.removeprefix("http://")

    @property
    def pid(self) -> int:
        assert self._process is not None, "the service is not running"
        return self._process.pid

    @property
    def output(self) -> str:
        """Everything all processes of this service printed so far."""
        return self.output_file.read_text("utf-8") if self.output_file.exists() else ""

    def start(self, port: int = 0) -> Self:
        """Start, and return once `/readyz` says so. A new address each time, unless a port is named."""
        assert self._process is None, "the service is running already"
        seen = len(self.output)
        with self.output_file.open("ab") as out:
            self._process = subprocess.Popen(
                [sys.executable, str(CHECKOUT / "run.py"), "--data", str(self.data), "--port", str(port)],
                stdout=out,
                stderr=subprocess.STDOUT,
                stdin=subprocess.DEVNULL,
                env=self.environment(),
                cwd=self.data.parent,
                start_new_session=True,
            )
        self._wait_until_ready(seen)
        return self

    def keeps_records_in(self, database: str) -> None:
        """From the next start on."""
        self._settings["FISHBOWL_DATABASE"] = database

    def environment(self) -> dict[str, str]:
        """The environment the service runs in; `fishbowl` commands beside it need the same."""
        kept = {name: value for name, value in os.environ.items() if not name.startswith("FISHBOWL_")}
        return {**kept, **self._settings}

    def kill(self) -> None:
        """SIGKILL: the process has no say in it."""
        process = self._gone()
        process.kill()
        process.wait(STOP_SECONDS)

    def ask_to_stop(self) -> None:
        """SIGTERM, without waiting for what comes of it."""
        os.kill(self.pid, signal.SIGTERM)

    def wait(self, seconds: float = STOP_SECONDS) -> int:
        """Wait for the process to end by itself; its exit code."""
        assert self._process is not None
        code = self._process.wait(seconds)
        self._process = None
        return code

    def stop(self) -> int:
        """SIGTERM, and the exit code."""
        self.ask_to_stop()
        return self.wait()

    def end(self) -> None:
        """Leave no process behind; for the end of a test, however it went."""
        if self._process is not None:
            self.kill()

    def command(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        """Run `python -m fishbowl <arguments>` beside the service, in its environment."""
        return subprocess.run(
            [sys.executable, "-m", "fishbowl", *arguments],
            capture_output=True,
            text=True,
            timeout=START_SECONDS,
            env={**self.environment(), "FISHBOWL_DATA": str(self.data), "PYTHONPATH": str(CHECKOUT)},
            cwd=self.data.parent,
            check=False,
        )

    def complaints(self, since: int = 0) -> list[str]:
        """What must never be in its output: a traceback, or a secret anybody used in the test."""
        output = self.output[since:]
        found = [f"a traceback:\n{output}"] if "Traceback" in output else []
        return found + [f"the secret {secret!r}:\n{output}" for secret in self.secrets if secret in output]

    def _gone(self) -> subprocess.Popen[bytes]:
        process, self._process = self._process, None
        assert process is not None, "the service is not running"
        return process

    def _wait_until_ready(self, seen: int) -> None:
        assert self._process is not None
        deadline = time.monotonic() + START_SECONDS
        while time.monotonic() < deadline:
            if self._process.poll() is not None:
                code, self._process = self._process.returncode, None
                raise AssertionError(f"the service ended with {code} at its start:\n{self.output[seen:]}")
            if found := re.search(r"https?://[\d.]+:\d+", self.output[seen:]):
                self.base = found[0]
                if _is_ready(self.base):
                    return
            time.sleep(0.02)
        raise AssertionError(f"the service was not ready after {START_SECONDS} s:\n{self.output[seen:]}")


def _is_ready(base: str) -> bool:
    try:
        return httpx.get(f"{base}/readyz", trust_env=False, verify=False).status_code == 200
    except httpx.TransportError:
        return False
