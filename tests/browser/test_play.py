"""The stage itself: what a play would have to notice, planted, and noticed."""

import pytest

from tests.browser.agreement import assert_agrees
from tests.browser.person import Person
from tests.browser.play import Play
from tests.e2e.conftest import new_debate
from tests.e2e.service import Service

pytestmark = pytest.mark.browser


@pytest.mark.parametrize(
    ("fault", "complaint"),
    [
        ("() => console.error('planted')", "planted"),
        ("() => void setTimeout(() => { throw new Error('planted'); })", "planted"),
        ("() => void Promise.reject(new Error('planted'))", "planted"),
        ("() => document.body.setAttribute('style', 'color: red')", "Content Security Policy"),
        ("() => void fetch('/api/v1/debates/nowhere')", "404"),
    ],
)
def test_a_play_hears_what_a_browser_complains_of(play: Play, fault: str, complaint: str) -> None:
    """An error in the console, one nobody caught, one of the policy: each fails the play."""

    def perform() -> None:
        with play:
            onlooker = play.enters("onlooker", Person).opens_link(play.service.base)
            onlooker.page.evaluate(fault)
            onlooker.hears_a_complaint()

    with pytest.raises(AssertionError, match=complaint):
        perform()


def test_a_play_sees_that_a_page_is_out_of_step(play: Play, service: Service) -> None:
    """A floor that lacks a contribution, holds one twice or shows another text does not agree."""
    debate = new_debate(service, "live")
    debate.chair.must("post", text="Here I stand.")
    with play:
        onlooker = play.enters("onlooker", Person).opens_link(f"{service.base}/debates/{debate.slug}")
        for fault in (
            "(article) => article.querySelector('[data-part=text]').append('!')",
            "(article) => article.after(article.cloneNode(true))",
            "(article) => article.remove()",
        ):
            onlooker.reloads().sees("Here I stand.")
            assert_agrees(onlooker)  # what came with the page is in its script's hands by then
            onlooker.contribution("Here I stand.").evaluate(fault)
            with pytest.raises(AssertionError, match=r"floor differs|twice|lacks"):
                assert_agrees(onlooker)
        onlooker.reloads()


def test_a_cut_line_lets_nothing_through(play: Play, service: Service) -> None:
    """What is said while the line is cut has not arrived; once it is mended it is there, once."""
    debate = new_debate(service, "live")
    with play:
        onlooker = play.enters("onlooker", Person).opens_link(f"{service.base}/debates/{debate.slug}")
        onlooker.sees_phase("Live").loses_connection()
        debate.chair.must("post", text="Here I stand.")
        onlooker.does_not_see("Here I stand.").regains_connection().sees("Here I stand.")
