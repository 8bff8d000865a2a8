"""Behind a proxy that lets no WebSocket through: everything works by requests; the page says so quietly."""

import pytest
from playwright.sync_api import Request, WebSocket, expect

from tests.browser.play import Play
from tests.browser.traveller import Traveller
from tests.e2e.conftest import new_debate
from tests.e2e.service import Service

pytestmark = pytest.mark.browser

FETCHED = 'performance.getEntriesByType("resource").map(({ name }) => name.split("/").at(-1))'
SAID = "This network lets no live connection through"


def is_by_requests(traveller: Traveller) -> Traveller:
    expect(traveller.page.get_by_role("status").filter(has_text=SAID)).to_be_visible()
    return traveller


def test_a_debate_without_websockets(play: Play, service: Service) -> None:
    """Reading, posting, a hand, a seat, leaving it: all by requests; what is said of it can be put away."""
    debate = new_debate(service, "live")
    with play:
        traveller = play.enters("traveller", Traveller).is_behind_a_proxy()
        traveller.opens_link(f"{service.base}/debates/{debate.slug}").joins()
        is_by_requests(traveller).posts("By request.")
        debate.chair.must("post", text="Can you hear me?")
        traveller.sees("Can you hear me?").replies_to("Can you hear me?", "Yes.")
        traveller.raises_hand().is_offered_a_seat().takes_the_seat().leaves_the_seat()

        line = traveller.page.get_by_role("status").filter(has_text=SAID)
        line.get_by_role("button", name="Put away").click()
        expect(line).to_be_hidden()
        debate.chair.must("post", text="And now?")
        traveller.sees("And now?")
        expect(line).to_be_hidden()


def test_the_stream_comes_back(play: Play, service: Service) -> None:
    """Where the line lets a WebSocket through later, the page goes over to it by itself, losing nothing."""
    debate = new_debate(service, "live")
    asked: list[str] = []
    sockets: list[WebSocket] = []
    with play:
        traveller = play.enters("traveller", Traveller).is_behind_a_proxy()
        traveller.page.clock.install()
        traveller.opens_link(f"{service.base}/debates/{debate.slug}").joins()
        is_by_requests(traveller).posts("By request.").is_let_through()

        def take_the_line(socket: WebSocket) -> None:
            sockets.append(socket)

        def take_note(request: Request) -> None:
            if "wait=" in request.url:
                asked.append(request.url)

        traveller.page.on("websocket", take_the_line)
        traveller.page.clock.fast_forward(61_000)
        one_to_try_one_to_stay = [True, False]
        traveller.waits_until(lambda: [one.is_closed() for one in sockets] == one_to_try_one_to_stay)
        expect(traveller.page.get_by_role("status").filter(has_text=SAID)).to_be_hidden()
        traveller.page.on("request", take_note)
        for text in ("One.", "Two."):
            debate.chair.must("post", text=text)
            traveller.sees(text)
        traveller.posts("By stream.")
        assert asked == []


def test_who_has_a_stream_loads_nothing_for_it(play: Play, service: Service) -> None:
    """What stands in for the stream is fetched where it is needed, by nobody else."""
    debate = new_debate(service, "live")
    with play:
        for who, blocked in (("cleo", False), ("dan", True)):
            somebody = play.enters(who, Traveller)
            if blocked:
                somebody.is_behind_a_proxy()
            somebody.opens_link(f"{service.base}/debates/{debate.slug}").joins().posts(f"From {who}.")
            assert ("poll.js" in somebody.page.evaluate(FETCHED)) is blocked
