"""Tried as somebody who has read nothing: everything works on the first attempt, by what is in sight."""

import re
from typing import Any

import pytest
from playwright.sync_api import expect

from tests.browser.newcomer import Newcomer
from tests.browser.play import Play
from tests.e2e.conftest import new_debate
from tests.e2e.service import Service

pytestmark = pytest.mark.browser

PHONE = {"viewport": {"width": 390, "height": 844}, "has_touch": True}
DESK = {"viewport": {"width": 1366, "height": 768}}
WELCOME = "Good evening. Who is a library for?"


@pytest.mark.parametrize("device", [PHONE, DESK], ids=["phone", "desktop"])
def test_an_evening_without_instructions(play: Play, service: Service, device: dict[str, Any]) -> None:
    """Join, post, reply, raise a hand, take the seat, speak, leave: each is in sight, and works at once."""
    debate = new_debate(service, "live")
    for speaker in debate.speakers:
        speaker.snapshot()  # whoever is present sits down
    debate.chair.must("post", text=WELCOME)
    with play:
        newcomer = play.enters("newcomer", Newcomer, **device)
        newcomer.thumb = "has_touch" in device
        evening_of(newcomer, f"{service.base}/debates/{debate.slug}")
        assert [one["text"] for one in debate.chair.snapshot()["contributions"]] == [
            WELCOME, "Hello from me.", "For whoever is cold.", "A word from the circle."
        ]  # fmt: skip


def evening_of(newcomer: Newcomer, address: str) -> None:
    """What one does, in the order in which one would."""
    newcomer.opens_link(address).reads(WELCOME).reads("You are reading along.")
    newcomer.presses("Join the debate").presses("Join").presses("To the debate")
    newcomer.writes("Hello from me.").presses("Post").reads("Hello from me.").was_not_refused()

    said = newcomer.contribution(WELCOME)
    newcomer.presses("Reply", within=said).reads("You answer Chair")
    newcomer.writes("For whoever is cold.").presses("Post").reads("For whoever is cold.").was_not_refused()
    expect(newcomer.page.locator(".reply").filter(has_text="For whoever is cold.")).to_be_visible()

    newcomer.presses("Raise a hand").presses("Raise my hand")
    newcomer.reads("It is your turn.").presses("Take the seat").was_not_refused()
    expect(newcomer.page.get_by_role("button", name=re.compile("Leave my seat"))).to_be_in_viewport()
    newcomer.writes("A word from the circle.").presses("Post").reads("A word from the circle.")
    newcomer.presses("Leave my seat").was_not_refused()
    expect(newcomer.page.get_by_role("button", name="Raise a hand")).to_be_in_viewport()
