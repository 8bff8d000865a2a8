"""What is written without a line: it waits, outlives the tab, and is on the floor once, whatever got lost."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import WebSocketRoute

from tests.browser.play import Play
from tests.browser.traveller import Traveller
from tests.e2e.client import Debate
from tests.e2e.conftest import new_debate
from tests.e2e.service import Service

pytestmark = pytest.mark.browser

FIRST = "Written in a tunnel."
SECOND = "Written in the same tunnel, elsewhere."


@pytest.fixture
def debate(service: Service) -> Debate:
    return new_debate(service, "live")


@pytest.fixture
def board(play: Play) -> Callable[[Debate], Traveller]:
    """Somebody who has joined a debate."""

    def board(debate: Debate) -> Traveller:
        return play.enters("traveller", Traveller).opens_link(address(debate)).joins().sees_phase("Live")

    return board


def address(debate: Debate) -> str:
    return f"{debate.service.base}/debates/{debate.slug}"


def stored(debate: Debate) -> list[str]:
    return [one["text"] for one in debate.chair.snapshot()["contributions"]]


def test_a_post_outlives_its_tab(play: Play, debate: Debate, board: Callable[[Debate], Traveller]) -> None:
    """Written offline, the tab closed: when the page is opened with a line again it is sent, once."""
    with play:
        traveller = board(debate).enters_a_tunnel()
        traveller.begins_to_write(FIRST).sends_what_was_written().sees_waiting(FIRST)
        traveller.closes_the_tab().finds_no_page(address(debate))
        assert stored(debate) == []
        traveller.leaves_the_tunnel().opens_link(address(debate)).has_posted(FIRST)
        assert stored(debate) == [FIRST]
        traveller.reloads().has_posted(FIRST)
        assert stored(debate) == [FIRST]


def test_two_tabs_send_once(play: Play, debate: Debate, board: Callable[[Debate], Traveller]) -> None:
    """Two tabs with one outbox: what either wrote stands once, also when that tab is gone."""
    with play:
        traveller = board(debate)
        one = traveller.page
        other = traveller.opens_a_tab(address(debate)).sees_phase("Live").page
        traveller.enters_a_tunnel().begins_to_write(SECOND).sends_what_was_written().sees_waiting(SECOND)
        traveller.turns_to(one).begins_to_write(FIRST).sends_what_was_written().sees_waiting(FIRST)
        traveller.closes_the_tab().turns_to(other).leaves_the_tunnel()
        traveller.has_posted(FIRST).has_posted(SECOND)
        third = traveller.opens_a_tab(address(debate)).has_posted(FIRST).has_posted(SECOND).page
        assert sorted(stored(debate)) == sorted([FIRST, SECOND])
        third.close()
        traveller.turns_to(other).has_posted(FIRST).has_posted(SECOND)


def test_tabs_that_come_back_together_send_once(
    play: Play, debate: Debate, board: Callable[[Debate], Traveller]
) -> None:
    """Both tabs are open, both send what both know: each text is on the floor once, in both."""
    with play:
        traveller = board(debate)
        one = traveller.page
        other = traveller.opens_a_tab(address(debate)).sees_phase("Live").page
        traveller.enters_a_tunnel().begins_to_write(SECOND).sends_what_was_written().sees_waiting(SECOND)
        traveller.turns_to(one).begins_to_write(FIRST).sends_what_was_written().sees_waiting(FIRST)
        traveller.leaves_the_tunnel()
        for tab in (one, other):
            traveller.turns_to(tab).has_posted(FIRST).has_posted(SECOND)
        assert sorted(stored(debate)) == sorted([FIRST, SECOND])


@pytest.mark.parametrize("closed", [False, True], ids=["tab stays open", "tab is closed"])
def test_a_lost_answer_posts_nothing_twice(
    play: Play, debate: Debate, board: Callable[[Debate], Traveller], closed: bool
) -> None:
    """The post arrived, its answer did not: asked again by its id, it stays one."""
    with play:
        traveller = board(debate).posts(SECOND).is_not_answered()
        traveller.begins_to_write(FIRST).sends_what_was_written()
        traveller.waits_until(lambda: stored(debate) == [SECOND, FIRST])
        traveller.enters_a_tunnel()
        if closed:
            traveller.closes_the_tab().leaves_the_tunnel().opens_a_tab(address(debate))
        else:
            traveller.sees_waiting(FIRST).leaves_the_tunnel()
        traveller.has_posted(FIRST)
        assert stored(debate) == [SECOND, FIRST]


def test_what_waits_can_be_removed(play: Play, debate: Debate, board: Callable[[Debate], Traveller]) -> None:
    """In the page opened again it stands as waiting; removed there, it is never sent."""
    with play:
        traveller = board(debate).enters_a_tunnel()
        traveller.begins_to_write(FIRST).sends_what_was_written().sees_waiting(FIRST).closes_the_tab()
        traveller.leaves_the_tunnel()
        traveller.page = traveller.page.context.new_page()
        traveller.page.route_web_socket("**/live", never_answer)
        traveller.opens_link(address(debate)).sees_waiting(FIRST).removes(FIRST)
        traveller.closes_the_tab().opens_a_tab(address(debate)).posts(SECOND).does_not_see(FIRST)
        assert stored(debate) == [SECOND]


def test_many_that_waited_all_arrive(
    play: Play, service: Service, board: Callable[[Debate], Traveller]
) -> None:
    """More than one may post at once: none is refused, each waits for its turn, in order."""
    debate = new_debate(service, "live", rules={"pace_per_minute": 60, "pace_burst": 1})
    texts = [f"Thought {n} of three." for n in (1, 2, 3)]
    with play:
        traveller = board(debate).enters_a_tunnel()
        for text in texts:
            traveller.begins_to_write(text).sends_what_was_written().sees_waiting(text)
        traveller.leaves_the_tunnel()
        for text in texts:
            traveller.has_posted(text)
        assert stored(debate) == texts


def test_a_line_that_goes_before_the_debate_has_come(
    play: Play, debate: Debate, board: Callable[[Debate], Traveller]
) -> None:
    """The page is there, its data is not: what is posted waits all the same."""
    with play:
        traveller = board(debate).is_behind_a_wall().reloads()
        traveller.begins_to_write(FIRST).sends_what_was_written().sees_waiting(FIRST)
        assert stored(debate) == []
        traveller.finds_a_door().has_posted(FIRST)
        assert stored(debate) == [FIRST]


@pytest.fixture
def own_service(tmp_path: Path) -> Iterator[Service]:
    """One that may be stopped."""
    service = Service(tmp_path / "own").start()
    yield service
    service.end()
    assert service.complaints() == []


def test_the_service_is_gone_for_a_while(
    play: Play, own_service: Service, board: Callable[[Debate], Traveller]
) -> None:
    """Stopped while somebody writes: it waits, outlives the tab, and is sent once the service runs again."""
    debate = new_debate(own_service, "live")
    port = int(own_service.base.rpartition(":")[2])
    with play:
        traveller = board(debate)
        own_service.stop()
        traveller.enters_a_tunnel().leaves_the_tunnel()  # what the browser complains of is the line
        traveller.begins_to_write(FIRST).sends_what_was_written().sees_waiting(FIRST)
        traveller.closes_the_tab().finds_no_page(address(debate))
        own_service.start(port)
        traveller.opens_link(address(debate)).has_posted(FIRST)
        assert stored(debate) == [FIRST]


def never_answer(_socket: WebSocketRoute) -> None:
    """A line that takes what is said and never speaks."""
