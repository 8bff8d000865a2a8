"""A service for the tests of the edge: the real application on a store of its own, without a network."""

from collections.abc import AsyncIterator, Callable
from contextlib import AsyncExitStack
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import httpx
import pytest
from starlette.applications import Starlette

from fishbowl.log.directory import DataDirectory
from fishbowl.settings import Settings
from fishbowl.web.app import create_app
from fishbowl.web.site import Site
from tests.fakes import FakeClock

ADMIN = "the-administrators-own-secret-of-44-letters."
ORIGIN = "http://127.0.0.1:8000"

DEFINITION: dict[str, Any] = {
    "title": "Who owns the high street?",
    "slug": "high-street",
    "hashtags": ["highstreet"],
    "introduction": "Shops close. What comes next?",
    "starts_at": "2026-01-31T19:00:00+00:00",
    "rules": {"pace_per_minute": 0},
    "speakers": [{"name": "Ada Lind"}, {"name": "Bo Marsh", "affiliation": "Town council"}],
    "questions": [{"text": "Who owns it?"}, {"text": "Who should?"}],
}


@dataclass
class House:
    """The service, its clients, and the debates made in it."""

    app: Starlette
    site: Site
    clock: FakeClock
    _closing: AsyncExitStack = field(repr=False)

    async def client(self, token: str | None = None, **headers: str) -> httpx.AsyncClient:
        """A program; with a token it says who it is."""
        if token is not None:
            headers["Authorization"] = f"Bearer {token}"
        transport = httpx.ASGITransport(self.app, client=("192.0.2.7", 40000))
        return await self._closing.enter_async_context(
            httpx.AsyncClient(transport=transport, base_url=ORIGIN, headers=headers)
        )

    async def browser(self, secret: str | None = None) -> httpx.AsyncClient:
        """A browser: it keeps cookies and names its origin; with a secret it came in by that link."""
        browser = await self.client(**{"Origin": ORIGIN, "Sec-Fetch-Site": "same-origin"})
        if secret is not None:
            answer = await browser.post("/api/v1/session", json={"secret": secret})
            assert answer.status_code == 200, answer.text
        return browser

    async def debate(self, **changes: Any) -> dict[str, Any]:
        """A new debate in draft; what the service answered, with `tokens` of everybody by name."""
        admin = await self.client(ADMIN)
        answer = await admin.post("/api/v1/debates", json=DEFINITION | changes)
        assert answer.status_code == 201, answer.text
        made: dict[str, Any] = answer.json()
        made["tokens"] |= {each["name"]: each["token"] for each in made["links"]["speakers"]}
        return made

    async def move(self, made: dict[str, Any], *phases: str) -> None:
        """The chair moves the debate, phase by phase."""
        commands = [{"do": "move_to", "phase": phase, "id": f"to {phase}"} for phase in phases]
        await self.command(made, made["tokens"]["chair"], *commands)

    async def live(self, **changes: Any) -> dict[str, Any]:
        """A new debate that is live."""
        made = await self.debate(**changes)
        await self.move(made, "lobby", "live")
        return made

    async def command(self, made: dict[str, Any], token: str, *commands: dict[str, Any]) -> list[Any]:
        """Accepted commands, and their replies."""
        client = await self.client(token)
        answer = await client.post(f"/api/v1/debates/{made['slug']}/commands", json=list(commands))
        assert answer.status_code == 200, answer.text
        replies: list[Any] = answer.json()
        assert all(reply["ok"] for reply in replies), replies
        return replies


@pytest.fixture
async def open_house(tmp_path: Path, clock: FakeClock) -> AsyncIterator[Callable[..., Any]]:
    """Opens a service with these settings; as many as a test likes, one after another or side by side."""
    async with AsyncExitStack() as closing:

        async def open_one(data: str = "data", **settings: Any) -> House:
            directory = closing.enter_context(DataDirectory.lock(tmp_path / data))
            given = Settings(**{"data": tmp_path / data, "admin_token": ADMIN, **settings})
            app = create_app(given, clock, directory=directory)
            await closing.enter_async_context(app.router.lifespan_context(app))
            return House(app, app.state.site, clock, closing)

        yield open_one


@pytest.fixture
async def house(open_house: Callable[..., Any]) -> House:
    """A service with settings as they come, and an administrator."""
    opened: House = await open_house()
    return opened
