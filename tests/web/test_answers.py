"""Errors as people meet them: a page for each, with a way on, that gives nothing away."""

from __future__ import annotations

import logging
from typing import Any

import pytest
from starlette.requests import HTTPConnection

from fishbowl.log.contract import Overloaded, Unavailable
from fishbowl.web.answers import Answers
from fishbowl.web.problems import Problem
from tests.web.conftest import House

PAGE = {"Accept": "text/html,application/xhtml+xml"}


async def test_not_for_you(house: House) -> None:
    """Who opens a page of others' is told whose it is, and where to go."""
    made = await house.live()
    speaker = await house.browser(made["tokens"]["Ada Lind"])
    for place in ("chair", "links"):
        page = await speaker.get(f"/debates/high-street/{place}", headers=PAGE)
        assert page.status_code == 403
        assert "Not for you, or not yet" in page.text
        assert 'href="/"' in page.text
        assert "Try again" not in page.text


async def test_nothing_here_gives_nothing_away(house: House) -> None:
    """What is not there, a draft, and what a closed debate keeps to itself are one page, byte for byte."""
    await house.debate(slug="draft")
    await house.live(slug="closed", audience="closed")
    client = await house.client(**PAGE)
    paths = (
        "/debates/no-such-debate",
        "/debates/draft",
        "/debates/draft/wall",
        "/debates/closed/wall",
        "/debates/closed/embed",
        "/debates/closed/calendar.ics",
        "/debates/closed/transcript.html",
        "/nowhere/at/all",
    )
    answers = [await client.get(path) for path in paths]
    assert {answer.status_code for answer in answers} == {404}
    assert len({answer.text for answer in answers}) == 1
    assert "closed" not in answers[0].text


@pytest.mark.parametrize(
    ("raised", "status", "title", "wait"),
    [
        (RuntimeError("the secret reason"), 500, "That did not work", None),
        (Unavailable("the disk"), 503, "Not just now", "5"),
        (Overloaded("the queue"), 503, "Not just now", "5"),
        (
            Problem(429, "pace.too_fast", "Too many people join.", retry_after=11.2),
            429,
            "A little too fast",
            "12",
        ),
    ],
)
async def test_what_passes(
    house: House,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
    raised: Exception,
    status: int,
    title: str,
    wait: str | None,
) -> None:
    """What may be over in a moment offers to try again, says when, and keeps its reasons to the log."""

    def summaries() -> Any:
        raise raised

    monkeypatch.setattr(house.site.debates, "summaries", summaries)
    page = await (await house.client(**PAGE)).get("/")
    assert (page.status_code, page.headers.get("retry-after")) == (status, wait)
    assert f"<h1>{title}</h1>" in page.text
    assert '<a class="button main" href="">Try again</a>' in page.text
    assert (f"Try again in {wait} seconds." in page.text) == (wait is not None)
    for reason in ("secret reason", "the disk", "the queue", "Traceback"):
        assert reason not in page.text
    assert any("failed" in record.message for record in caplog.records) == (status == 500)


async def test_going_down(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    """While the service stops, its refusals say that it comes back."""

    def summaries() -> Any:
        raise Unavailable("stopped")

    monkeypatch.setattr(house.site.debates, "summaries", summaries)
    client = await house.client(**PAGE)
    assert "Back in a moment" not in (await client.get("/")).text
    house.site.going_down.set()
    page = await client.get("/")
    assert (page.status_code, page.headers["retry-after"]) == (503, "5")
    assert "<h1>Back in a moment</h1>" in page.text
    assert "Nothing that was said is lost" in page.text


async def test_the_error_page_cannot_fail(
    house: House, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    """Where the page that tells of an error fails itself, a plain one is sent: whole, with a way on."""

    def broken(*given: Any, **more: Any) -> Any:
        raise RuntimeError("planted")

    monkeypatch.setattr(house.site.renderer, "page", broken)
    answers = Answers(house.site.renderer)
    headers = [(b"accept", b"text/html")]
    scope = {"type": "http", "path": "/", "headers": headers, "app": house.app}
    with caplog.at_level(logging.CRITICAL):
        answer = await answers.problem(HTTPConnection(scope), Problem(404, "address.unknown", "Nothing."))
    page = bytes(answer.body).decode()
    assert answer.status_code == 404
    for part in ('<html lang="en">', "<title>That did not work (404)</title>", "<main>", '<a href="/">'):
        assert part in page
    assert page.count("<h1>") == 1
