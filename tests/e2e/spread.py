"""Two nodes over one database behind a balancer, to be used like one service.

Each connection goes to the next node: whoever asks twice asks both.
"""

from __future__ import annotations

import socket
from collections.abc import Mapping
from pathlib import Path
from typing import Self

from tests.e2e.balancer import Balancer
from tests.e2e.service import Service

__all__ = ["Spread", "free_port"]


class Spread(Service):
    """What is asked of one process (`pid`, `command`) is asked of the first."""

    def __init__(self, data: Path, settings: Mapping[str, str]) -> None:
        self.ports = [free_port(), free_port()]
        self.balancer = Balancer(self.ports).start()
        settings = {**settings, "FISHBOWL_PUBLIC_URL": f"http://127.0.0.1:{self.balancer.port}"}
        super().__init__(data, settings)
        self.other = Service(data.with_name(f"{data.name}-other"), settings)

    def start(self, port: int = 0) -> Self:
        super().start(self.ports[0])
        self.other.start(self.ports[1])
        return self

    def end(self) -> None:
        self.balancer.stop()
        self.other.end()
        super().end()

    def complaints(self, since: int = 0) -> list[str]:
        self.other.secrets |= self.secrets
        return super().complaints(since) + self.other.complaints()


def free_port() -> int:
    """One that nobody listens on now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
