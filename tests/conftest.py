"""What every test may ask for, and what none of them may depend on."""

import os
import shutil
from pathlib import Path

import pytest
from hypothesis import settings as hypothesis_settings

from tests.fakes import FakeClock

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
    """The path of a real Chromium (Debian's); without one the test is skipped and the run says so."""
    for name in ("chromium", "chromium-browser", "google-chrome"):
        if found := shutil.which(name):
            return Path(found)
    pytest.skip("no Chromium on this machine: apt-get install chromium")
