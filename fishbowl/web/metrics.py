"""What the service tells Prometheus about itself.

Knows no debate by name: a metric carries no slug, no person and no address, so whoever may fetch it learns
only how busy the service is.
"""

from __future__ import annotations

from collections.abc import Callable
from time import perf_counter

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, generate_latest
from prometheus_client.exposition import CONTENT_TYPE_LATEST
from starlette.types import ASGIApp, Message, Receive, Scope, Send

__all__ = ["Metrics", "Timed"]


class Metrics:
    """One registry per service, so that two in one process (tests) do not count for each other."""

    content_type = CONTENT_TYPE_LATEST

    def __init__(self) -> None:
        self.registry = CollectorRegistry()
        self._answers = Counter(
            "fishbowl_http_answers", "Answers to HTTP requests.", ["status"], registry=self.registry
        )
        self._seconds = Histogram(
            "fishbowl_http_seconds",
            "Time to an answer's first byte, long polls left out.",
            registry=self.registry,
            buckets=(0.005, 0.02, 0.1, 0.5, 2, 10),
        )

        self._commands = self._sizes("batch_commands", "Commands decided in one transaction.")
        self._records = self._sizes("frame_records", "Records published in one frame.")
        self._commit = self._times("commit_seconds", "From beginning to decide a batch until it is on disk.")
        self._publish = self._times("publish_seconds", "CPU time to hand one frame to everybody.")
        self._refusals = self._kinds("refusals", "Commands refused.", "code")
        self._drops = self._kinds("dropped", "Connections of the stream ended by the service.", "reason")

    # What the live part tells (live/tally.py)

    def stored(self, commands: int, records: int, seconds: float) -> None:
        self._commands.observe(commands)
        self._commit.observe(seconds)

    def refused(self, code: str) -> None:
        self._refusals.labels(code).inc()

    def published(self, records: int, seconds: float) -> None:
        if records:
            self._records.observe(records)
            self._publish.observe(seconds)

    def dropped(self, reason: str) -> None:
        self._drops.labels(reason).inc()

    # What the edge tells

    def answered(self, status: int, seconds: float | None) -> None:
        self._answers.labels(f"{status // 100}xx").inc()
        if seconds is not None:
            self._seconds.observe(seconds)

    def watch(self, name: str, says: str, count: Callable[[], float]) -> None:
        """A number that is looked up when it is asked for."""
        Gauge(f"fishbowl_{name}", says, registry=self.registry).set_function(count)

    def _sizes(self, name: str, says: str) -> Histogram:
        buckets = (1, 2, 5, 10, 50, 200, 1000)
        return Histogram(f"fishbowl_{name}", says, registry=self.registry, buckets=buckets)

    def _times(self, name: str, says: str) -> Histogram:
        buckets = (0.001, 0.005, 0.02, 0.1, 0.5, 2, 10)
        return Histogram(f"fishbowl_{name}", says, registry=self.registry, buckets=buckets)

    def _kinds(self, name: str, says: str, kind: str) -> Counter:
        return Counter(f"fishbowl_{name}", says, [kind], registry=self.registry)

    def text(self) -> bytes:
        return generate_latest(self.registry)


class Timed:
    """A layer of the application that counts its answers, and how long they took."""

    def __init__(self, app: ASGIApp, metrics: Metrics) -> None:
        self._app = app
        self._metrics = metrics

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        began = perf_counter()

        async def sending(message: Message) -> None:
            if message["type"] == "http.response.start":
                waited = b"wait=" in scope["query_string"]
                self._metrics.answered(message["status"], None if waited else perf_counter() - began)
            await send(message)

        await self._app(scope, receive, sending)
