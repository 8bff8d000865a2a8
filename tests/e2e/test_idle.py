"""Viewers who only listen cost little."""

from tests.e2e import idle
from tests.e2e.conftest import StartService, new_debate

VIEWERS = 1000
MOST_BYTES = 15 * 1024
"""What an idle viewer may cost the service in memory (the bar of this project)."""


async def test_an_idle_viewer_costs_little(start_service: StartService) -> None:
    """A thousand who offer compression and only listen cost the service no more than 15 KB each."""
    service = start_service(FISHBOWL_PER_ADDRESS="0")
    debate = new_debate(service)
    debate.move_on_to("live")
    await idle.viewers(debate, 50)  # whatever is made once is made
    before = idle.resident(service.pid)
    grown = await idle.viewers(debate, VIEWERS, lambda: idle.resident(service.pid) - before)
    assert grown / VIEWERS <= MOST_BYTES
