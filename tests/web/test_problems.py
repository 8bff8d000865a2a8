"""Problem documents: every code is a documented one, and the document says what it is."""

import re
from pathlib import Path

import msgspec
import pytest

import fishbowl.web
from fishbowl.debate.refused import CODES as REFUSALS
from fishbowl.web.problems import CODES, Problem, code_for, problem_response

SOURCES = sorted(Path(fishbowl.web.__file__).parent.rglob("*.py"))


def test_every_code_is_known() -> None:
    """What the edge answers with has a code of the two lists, and each of its own list is used."""
    used = set()
    for source in SOURCES:
        used |= set(re.findall(r"Problem\(\s*\d{3},\s*\"([^\"]+)\"", source.read_text()))
    used |= {code_for(status).code for status in (400, 404, 405, 413, 500)}
    assert used <= CODES.keys() | REFUSALS.keys()
    assert used >= CODES.keys()
    assert not CODES.keys() & REFUSALS.keys()


@pytest.mark.parametrize("status", [400, 404, 405, 406, 413, 418, 500, 501])
def test_what_the_framework_finds(status: int) -> None:
    """Whatever status the framework answers with becomes a problem document with a known code."""
    answer = problem_response(code_for(status))
    document = msgspec.json.decode(bytes(answer.body))
    assert (answer.status_code, document["status"]) == (status, status)
    assert document["code"] in CODES.keys() | REFUSALS.keys()
    assert answer.media_type == "application/problem+json"


@pytest.mark.parametrize(("wait", "header"), [(0.2, "1"), (1.0, "1"), (1.1, "2"), (599.5, "600")])
def test_the_wait(wait: float, header: str) -> None:
    """Whoever waits the whole seconds of Retry-After has waited long enough."""
    answer = problem_response(Problem(429, "pace.too_fast", "Wait.", retry_after=wait))
    assert answer.headers["retry-after"] == header
    assert msgspec.json.decode(bytes(answer.body))["retry_after"] == wait
