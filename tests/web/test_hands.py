"""What the page says of hands, phase by phase."""

from __future__ import annotations

import pytest

from tests.web.conftest import House


@pytest.mark.parametrize(("phases", "is_said"), [((), True), (("paused",), False), (("wrap_up",), False)])
async def test_no_hand_is_up(house: House, phases: tuple[str, ...], is_said: bool) -> None:
    """Nobody is invited to raise a hand in a phase in which none may be raised."""
    made = await house.live()
    for phase in phases:
        await house.move(made, phase)
    page = await (await house.client()).get("/debates/high-street")
    assert page.status_code == 200
    assert ('id="no-hands">' in page.text) == is_said
    assert ('class="hands" aria' in page.text) == is_said
