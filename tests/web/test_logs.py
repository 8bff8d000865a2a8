"""The log: for people or for programs, and nobody's texts, secrets or addresses in it."""

import io
import json
import logging
from collections.abc import Iterator

import pytest

from fishbowl.web.logs import log_to


@pytest.fixture(autouse=True)
def as_before() -> Iterator[None]:
    """The log of this process is left as it was."""
    root = logging.getLogger()
    handlers, level = root.handlers[:], root.level
    yield
    root.handlers[:] = handlers
    root.setLevel(level)


def test_a_line_for_programs_is_one_object() -> None:
    """Time, level, logger, message, what is told apart, and an exception, on one line."""
    stream = io.StringIO()
    log_to("json", stream)
    logging.getLogger("fishbowl.loop").error("debate %s failed:\n%s", "pond", "ü", extra={"debate": "pond"})
    try:
        raise ValueError("two\nlines")
    except ValueError:
        logging.getLogger("fishbowl.web").exception("GET failed", extra={"method": "GET", "path": "/x"})
    lines = [json.loads(line) for line in stream.getvalue().splitlines()]
    assert [line.pop("at")[-1] for line in lines] == ["Z", "Z"]
    assert lines[0] == {
        "level": "error",
        "logger": "fishbowl.loop",
        "message": "debate pond failed:\nü",
        "debate": "pond",
    }
    assert (lines[1]["method"], lines[1]["path"]) == ("GET", "/x")
    assert "ValueError: two\nlines" in lines[1]["exception"]


def test_a_line_for_people() -> None:
    """Level, logger and sentence."""
    stream = io.StringIO()
    log_to("text", stream)
    logging.getLogger("fishbowl.log").warning("can be written again")
    assert stream.getvalue() == "WARNING fishbowl.log: can be written again\n"


@pytest.mark.parametrize("form", ["text", "json"])
def test_what_is_asked_for_is_not_noted(form: str) -> None:
    """uvicorn notes each WebSocket's address at `info`; that is never written. (At `info` it would be.)"""
    stream = io.StringIO()
    log_to(form, stream)
    said = '%s - "WebSocket %s" [accepted]', "192.0.2.7", "/live?token=a-secret"
    logging.getLogger("uvicorn.error").info(*said)
    assert stream.getvalue() == ""
    logging.getLogger().setLevel(logging.INFO)
    logging.getLogger("uvicorn.error").info(*said)
    assert "a-secret" in stream.getvalue()
