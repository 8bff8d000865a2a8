"""Pages a service answers with when it fails, which no test here can make it do.

They are made as it makes them and put before a reader at an address of the running service, so that styles
and pictures are the real ones.
"""

import asyncio
import threading
from concurrent.futures import ThreadPoolExecutor
from types import SimpleNamespace
from typing import Any, Final

from playwright.sync_api import Page
from starlette.applications import Starlette
from starlette.requests import HTTPConnection
from starlette.responses import Response

from fishbowl.assets import find_assets
from fishbowl.log.contract import Overloaded, Unavailable
from fishbowl.settings import Settings
from fishbowl.web.answers import Answers
from fishbowl.web.organisation import Organisation
from fishbowl.web.problems import Problem
from fishbowl.web.render import Renderer
from fishbowl.web.static import StaticFolder
from tests.browser.person import Person

MISHAPS: Final[dict[str, Exception]] = {
    "too fast": Problem(429, "pace.too_fast", "Too many people join.", retry_after=11.2),
    "failed": RuntimeError("planted"),
    "nothing can be stored": Unavailable("the disk"),
    "too many people": Overloaded("the queue"),
    "going down": Unavailable("stopped"),
}


def answer_to(raised: Exception, *, going_down: bool = False, broken: bool = False) -> Response:
    """The page for what was raised; `broken`: even the page that tells of it cannot be made."""
    static = StaticFolder(find_assets("static"))
    renderer = Renderer(find_assets("templates"), static.address, {"organisation": Organisation(Settings())})
    if broken:
        renderer.page = None  # type: ignore[method-assign,assignment]
    app = Starlette()
    stopping = threading.Event()
    if going_down:
        stopping.set()
    app.state.site = SimpleNamespace(going_down=stopping)
    scope: dict[str, Any] = {"type": "http", "path": "/", "headers": [(b"accept", b"text/html")], "app": app}
    with ThreadPoolExecutor(1) as elsewhere:  # Playwright's own loop runs in this thread
        answer = Answers(renderer).problem(HTTPConnection(scope), raised)
        return elsewhere.submit(asyncio.run, answer).result()


def fulfils(page: Page, address: str, answer: Response) -> None:
    """From now on `address` answers like that."""
    page.route(
        address,
        lambda route: route.fulfill(
            status=answer.status_code, headers=dict(answer.headers), body=bytes(answer.body)
        ),
    )


def meets(person: Person, address: str, answer: Response) -> None:
    """Open `address`, which is answered like that."""
    person.expects(f"status of {answer.status_code}")
    fulfils(person.page, address, answer)
    person.page.goto(address)
    person.page.unroute(address)
