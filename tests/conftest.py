"""What every test may ask for, and what none of them may depend on."""

import os
import shutil
from pathlib import Path

import pytest
from hypothesis import settings as hypothesis_settings

from tests.fakes import FakeClock
from tests.postgres import postgres, postgres_server

__all__ = ["postgres", "postgres_server"]  # fixtures, wherever they are asked for

# A deadline per example measures the machine, not the code: on a shared one it fails by chance.
hypothesis_settings.register_profile("fishbowl", deadline=None)
hypothesis_settings.load_profile("fishbowl")


@pytest.fixture
def clock() -> FakeClock:
    """A clock that stands at 2026-01-31T12:00:00.000Z until it is told to go on."""
    return FakeClock()


@pytest.fixture(autouse=True)
def _no_settings_from_the_shell(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whoever runs the tests may run a fishbowl too; its settings are not ours."""
    for name in [name for name in os.environ if name.startswith("FISHBOWL_")]:
        monkeypatch.delenv(name)


@pytest.fixture(scope="session")
def chromium() -> Path:
    """The path of a real Chromium, for tests marked `browser`."""
    found = _find_chromium()
    assert found is not None, "mark the test `browser`, so that it is skipped where there is no Chromium"
    return found


def pytest_runtest_setup(item: pytest.Item) -> None:
    """Without Chromium a test marked `browser` is skipped, and the run's summary says so."""
    if item.get_closest_marker("browser") and _find_chromium() is None:
        pytest.skip("no Chromium on this machine: apt-get install chromium")


def _find_chromium() -> Path | None:
    names = ("chromium", "chromium-browser", "google-chrome")
    return next((Path(found) for name in names if (found := shutil.which(name))), None)
