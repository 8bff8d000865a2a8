"""The wall tells a room what is true now: when it starts, where to come in, that it is over."""

from __future__ import annotations

import re

import httpx
import pytest

from tests.web.conftest import House

WALL = "/debates/high-street/wall"


def told(page: httpx.Response) -> str:
    """What stands before the address."""
    assert page.status_code == 200
    (said,) = re.findall(r'id="invitation">([^<]*)<', page.text)
    return str(said)


@pytest.mark.parametrize(
    ("phase", "said"),
    [
        ("announced", "Starts Saturday, 31 January 2026, 19:00"),
        ("lobby", "Join in:"),
        ("wrap_up", "Join in:"),
        ("correction", "Ended. "),
    ],
)
async def test_what_is_at_the_address(house: House, phase: str, said: str) -> None:
    """Before the lobby nobody is called in, nor after the end."""
    made = await house.debate()
    way = ("announced", "lobby", "live", "wrap_up", "correction")
    await house.move(made, *way[: way.index(phase) + 1])
    wall = await (await house.client()).get(WALL)
    assert told(wall).startswith(said)
    assert ("Join in:" in told(wall)) == (said == "Join in:")


async def test_a_door_that_is_shut(house: House) -> None:
    """Where nobody comes in for now, the wall calls to read along."""
    await house.live(door="shut")
    assert told(await (await house.client()).get(WALL)) == "Read along:"


async def test_the_code_on_the_wall(house: House) -> None:
    """The code stands on the chair's own wall; on everybody else's, that the chair tells it."""
    made = await house.live(door="code", join_code="minnow")
    chairs = (await (await house.client(made["tokens"]["chair"])).get(WALL)).text
    public = (await (await house.client()).get(WALL)).text
    assert "minnow" in chairs
    assert "minnow" not in public
    assert 'id="ask-code" hidden' in chairs
    assert 'id="ask-code">' in public


async def test_the_circle_after_the_end(house: House) -> None:
    """Nothing is in focus any more in the middle of the ring."""
    made = await house.live()
    await house.command(made, made["tokens"]["chair"], {"do": "focus", "question": 2, "id": "focus"})
    onlooker = await house.client()
    assert '>Q2</b>\n    <span class="left' in (await onlooker.get(WALL)).text
    await house.move(made, "wrap_up", "correction")
    assert '>Q2</b>\n    <span class="left' not in (await onlooker.get(WALL)).text
