"""What a file says of itself: how it is cited, and whether it is sealed."""

import json

import pytest

from fishbowl.log.codec import decode_following
from fishbowl.transcript import Issue, render
from fishbowl.transcript.issue import issue_of
from tests.transcript.office_readers import searchable
from tests.transcript.test_archive import rows, sealed

ADDRESS = "https://debates.example"
HEAD = "5e" * 32


def file(ending: str, issue: Issue) -> str:
    records = decode_following(0, *rows())
    return searchable(ending, b"".join(render(ending, records, issue=issue)))


def joined(text: str) -> str:
    """Without what a page may break a line at, and without Markdown's escapes."""
    return "".join(text.split()).replace("\\", "")


@pytest.mark.parametrize("ending", ["html", "md", "txt", "docx", "pdf", "akn.xml"])
def test_how_it_is_cited(ending: str) -> None:
    """A file for people says how it is cited: title, record and, where there is one, address."""
    found = joined(file(ending, Issue(ADDRESS)))
    seq = rows()[0][-1].seq
    assert joined(f"Transcript as of record {seq}. {ADDRESS}/debates/library-hours/transcript.html") in found
    without = joined(file(ending, Issue()))
    assert joined(f"Transcript as of record {seq}") in without
    assert ADDRESS not in without


@pytest.mark.parametrize("ending", ["html", "md", "txt", "docx", "pdf", "akn.xml"])
def test_whether_it_is_sealed(ending: str) -> None:
    """It says of which version of the archive it is, with the seal's head; or that it may still change."""
    found = joined(file(ending, Issue(number=2, head=HEAD)))
    assert "library-hours,version2,sealedwithrecord" in found
    assert HEAD in found
    assert "Notsealed" not in found
    assert "Notsealed:itmaystillchange." in joined(file(ending, Issue()))


def test_for_programs() -> None:
    """JSON has the same as data, and nothing of it where there is none."""
    found = json.loads(file("json", Issue(ADDRESS, 2, HEAD)))
    assert (found["address"], found["archive"]) == (ADDRESS, {"number": 2, "head": HEAD})
    assert {"address", "archive"}.isdisjoint(json.loads(file("json", Issue())))


def test_which_seal() -> None:
    """A transcript is sealed by the seal of just its record, and by none of another."""
    seal = sealed(rows())
    assert issue_of([seal], seal.seq, ADDRESS) == Issue(ADDRESS, 1, seal.head)
    assert issue_of([seal], seal.seq + 1, None) == Issue()
    assert issue_of([], seal.seq, None) == Issue()
