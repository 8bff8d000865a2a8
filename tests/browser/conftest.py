"""A service, a browser and a stage for the plays of this folder.

Playwright's plain API keeps an event loop running in the test's thread as long as it is open, and tests that
run loops of their own could not run beside it: so it is opened and closed with each file.
"""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect, sync_playwright

from tests.browser import axe
from tests.browser.inspection import Inspection
from tests.browser.line import Exchange
from tests.browser.play import Play
from tests.e2e.service import Service

# A machine that does other things too: nothing below is late, it is only not there yet.
PATIENCE = 20_000

# No sandbox: the checks may run as root. The rest keeps Chromium from calling on anybody.
ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-default-apps",
    "--disable-domain-reliability",
    "--disable-sync",
    "--metrics-recording-only",
    "--no-first-run",
]

StartPlay = Callable[[], Play]


@pytest.fixture(scope="module")
def service(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Service]:
    """One service for the plays of a file; each has its own debate there."""
    service = Service(tmp_path_factory.mktemp("browser") / "data").start()
    yield service
    service.end()
    assert service.complaints() == []


@pytest.fixture(scope="module")
def browser(chromium: Path) -> Iterator[Browser]:
    expect.set_options(timeout=PATIENCE)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=ARGUMENTS)
        yield browser
        browser.close()


@pytest.fixture(scope="module")
def exchange() -> Iterator[Exchange]:
    exchange = Exchange()
    yield exchange
    exchange.close()


@pytest.fixture
def play(service: Service, browser: Browser, exchange: Exchange, tmp_path: Path) -> Play:
    """To be entered by `with`: its end holds the pages to the service."""
    return Play(service, browser, exchange, tmp_path)


@pytest.fixture
def looks() -> Iterator[Inspection]:
    """Views are looked at in turn; what was found in any of them is told when the test is over."""
    if not axe.SCRIPT.exists():
        pytest.skip("no axe-core here: npm ci --prefix tests/browser")
    looks = Inspection()
    yield looks
    assert looks.views > 0
    looks.is_clear()
