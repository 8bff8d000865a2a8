"""Under load: nothing typed is lost, and the page stays as large as it is meant to be."""

from functools import partial
from itertools import count

import pytest
from playwright.sync_api import Request, expect

from tests.browser.load import TEXT, long_debate, typed_under_load
from tests.browser.person import Person
from tests.browser.play import Play

pytestmark = pytest.mark.browser

_debates = count(1)

# What the page keeps of a debate's contributions; it lets go of the oldest when it holds twice as many.
PART = 200


@pytest.mark.parametrize("contributions", [5_000, pytest.param(100_000, marks=pytest.mark.long)])
@pytest.mark.timeout(1800)
def test_nothing_typed_is_lost(play: Play, contributions: int) -> None:
    """Fifty posts a second in a long debate: every letter typed is there, and the page does not grow."""
    debate = long_debate(play.service, f"load-{next(_debates)}", contributions)
    writer = debate.join()
    with play:
        person = play.enters("writer", Person)
        person.opens_link(f"{debate.service.base}/join/{debate.slug}#{writer.token}")
        expect(person.page.locator(f"#c{contributions}")).to_be_in_viewport()
        figures, posted = typed_under_load(person.page, debate, TEXT, 50)
        assert posted > 100, "there was no load"
        person.is_still_writing(f"{TEXT} ")
        assert figures.shown <= 2 * PART
        newest = person.page.get_by_role("button", name="Newest")
        for _ in range(10):  # a page that is behind gets what it missed in more than one piece
            if newest.is_visible():
                newest.click()
            person.page.wait_for_timeout(500)
        expect(person.page.locator(f"#c{contributions + posted}")).to_be_in_viewport()
        person.begins_to_write("")
        person.reloads()
        expect(person.page.locator(f"#c{contributions + posted}")).to_be_in_viewport()


def take_size(sizes: list[int], request: Request) -> None:
    sizes.append(request.sizes()["responseBodySize"])


@pytest.mark.timeout(1800)
@pytest.mark.parametrize("contributions", [2_000, pytest.param(100_000, marks=pytest.mark.long)])
def test_a_long_debate_opens_like_a_short_one(play: Play, contributions: int) -> None:
    """However much was said: the same requests and one more, for the module that fetches what came before;
    within a tenth as many bytes and nodes.
    """
    seen = []
    with play:
        for n in (PART, contributions):
            debate = long_debate(play.service, f"opened-{next(_debates)}", n)
            person = play.enters(f"reader of {n}", Person)
            bodies: list[int] = []
            person.page.on("requestfinished", partial(take_size, bodies))
            person.opens_link(f"{debate.service.base}/debates/{debate.slug}")
            expect(person.page.locator(f"#c{n}")).to_be_in_viewport()
            person.page.wait_for_load_state("networkidle")
            nodes = person.page.evaluate("() => document.getElementsByTagName('*').length")
            seen.append((len(bodies), sum(bodies), nodes))
    (requests, size, nodes), (long_requests, long_size, long_nodes) = seen
    assert long_requests == requests + 1
    assert long_size < 1.1 * size
    assert long_nodes < 1.1 * nodes
