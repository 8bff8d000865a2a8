"""Kept pages: the same for every onlooker, never stale, never somebody's own."""

from typing import Any

import pytest
from starlette.datastructures import Headers
from starlette.responses import HTMLResponse

from fishbowl.web.kept import MOST, KeptPages
from fishbowl.web.render import Renderer
from tests.fakes import FakeClock
from tests.web.conftest import House

PAGE = "/debates/high-street"


async def test_made_once(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    """While nothing happens, an audience that loads the page at once has it made once in a second."""
    await house.live()
    client = await house.client()
    made = []
    page = Renderer.page

    def counted(*given: Any, **named: Any) -> HTMLResponse:
        made.append(given)
        return page(*given, **named)

    monkeypatch.setattr(Renderer, "page", counted)
    for encoding in ("identity", "gzip", "identity", "gzip"):
        answer = await client.get(PAGE, headers={"Accept-Encoding": encoding})
        assert ("content-encoding" in answer.headers) is (encoding == "gzip")
        assert "Who owns the high street?" in answer.text
        assert answer.headers["x-robots-tag"] == "noindex, nofollow"
        assert "default-src 'none'" in answer.headers["content-security-policy"]
        assert answer.headers["cache-control"] == "no-store"
    assert len(made) == 1
    house.clock.advance(1)
    await client.get(PAGE)
    assert len(made) == 2


async def test_never_stale(house: House) -> None:
    """From a record's seq on the page shows it: a text appears at once, and is gone at once when hidden."""
    made = await house.live()
    client = await house.client()
    assert "Here now" not in (await client.get(PAGE)).text
    await house.command(made, made["tokens"]["Ada Lind"], {"do": "post", "text": "Here now", "id": "1"})
    assert "Here now" in (await client.get(PAGE)).text
    assert "Here now" in (await client.get(PAGE)).text
    await house.command(made, made["tokens"]["chair"], {"do": "hide", "contribution": 1, "id": "2"})
    assert "Here now" not in (await client.get(PAGE)).text


async def test_nobodys_own(house: House) -> None:
    """What a person or the organiser sees is kept for nobody, and nobody is shown what was kept of others."""
    made = await house.live()
    onlooker = await house.client()
    organiser = await house.client(made["tokens"]["organiser"])
    ada = await house.client(made["tokens"]["Ada Lind"])
    await house.command(made, made["tokens"]["Ada Lind"], {"do": "post", "text": "Hidden words", "id": "1"})
    await house.command(made, made["tokens"]["chair"], {"do": "hide", "contribution": 1, "id": "2"})
    for _ in range(2):
        assert "Hidden words" in (await organiser.get(PAGE)).text
        assert "Hidden words" not in (await onlooker.get(PAGE)).text
        assert 'class="menu you"' in (await ada.get(PAGE)).text
        assert 'class="menu you"' not in (await onlooker.get(PAGE)).text


def test_so_many_and_no_more(clock: FakeClock) -> None:
    """However many pages come by, so many are kept."""
    kept = KeptPages(clock)
    for n in range(3 * MOST):
        kept.keep(("debate", str(n)), 1, HTMLResponse("page"))
    found = [kept.find(("debate", str(n)), 1, Headers()) is not None for n in range(3 * MOST)]
    assert found == [False] * 2 * MOST + [True] * MOST
