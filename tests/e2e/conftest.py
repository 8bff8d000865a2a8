"""Services and debates for the tests that see nothing but the wire."""

import itertools
import os
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest

from tests.e2e.client import Debate
from tests.e2e.service import Service
from tests.e2e.spread import Spread
from tests.postgres import Server

StartService = Callable[..., Service]
MakeDebate = Callable[..., Debate]

_numbers = itertools.count(1)


@pytest.fixture(scope="session")
def a_store(request: pytest.FixtureRequest) -> Callable[[], Mapping[str, str]]:
    """The settings of a store for a new service: a file, or with `PLAY_OVER=postgres` (or `nodes`) in the
    environment a PostgreSQL database.
    """
    if os.environ.get("PLAY_OVER") not in ("postgres", "nodes"):
        return dict
    server: Server = request.getfixturevalue("postgres_server")
    return lambda: {"FISHBOWL_DATABASE": server.new_database()}


@pytest.fixture(scope="package")
def shared_service(
    tmp_path_factory: pytest.TempPathFactory, a_store: Callable[[], Mapping[str, str]]
) -> Iterator[Service]:
    """One service for all tests that do not stop it; each has its own debate there. With `PLAY_OVER=nodes`
    it is two, and every request may go to either.
    """
    kind = Spread if os.environ.get("PLAY_OVER") == "nodes" else Service
    service = kind(tmp_path_factory.mktemp("shared") / "data", a_store()).start()
    yield service
    service.end()


@pytest.fixture
def service(shared_service: Service) -> Iterator[Service]:
    """The shared service; what it printed during the test is looked at afterwards."""
    before = len(shared_service.output)
    yield shared_service
    assert shared_service.complaints(before) == []


@pytest.fixture
def start_service(tmp_path: Path, a_store: Callable[[], Mapping[str, str]]) -> Iterator[StartService]:
    """Starts services of the test's own: `start_service(FISHBOWL_PER_ADDRESS="0")`."""
    services: list[Service] = []

    def start(**settings: str) -> Service:
        services.append(Service(tmp_path / f"data{len(services)}", {**a_store(), **settings}))
        return services[-1].start()

    yield start
    for service in services:
        service.end()
    assert [complaint for service in services for complaint in service.complaints()] == []


@pytest.fixture
def make_debate(service: Service) -> MakeDebate:
    """Makes a debate on the shared service and brings it to a phase: `make_debate("live", rules={...})`."""

    def make(phase: str = "live", **definition: Any) -> Debate:
        return new_debate(service, phase, **definition)

    return make


def new_debate(service: Service, phase: str = "live", **definition: Any) -> Debate:
    """A debate nobody else uses, in `phase`, without pace unless the definition's rules say so."""
    rules: Mapping[str, Any] = definition.pop("rules", {})
    filled = {
        "title": "What should a town library be for?",
        "slug": f"library-{next(_numbers)}",
        "language": "en",
        "introduction": "A debate made for one test.",
        "starts_at": "2026-01-31T12:00:00Z",
        "hashtags": ["townlibrary"],
        "questions": [{"text": "Who is it for?"}, {"text": "What should it lend?"}, {"text": "Who pays?"}],
        "speakers": [{"name": "Ada Quill"}, {"name": "Ben Shelf"}],
        "seats": {"open": 1},
        "rules": {"pace_per_minute": 0, **rules},
        **definition,
    }
    debate = Debate.create(service, filled)
    debate.move_on_to(phase)
    return debate
