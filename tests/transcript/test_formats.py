"""All formats are the same debate: the same contributions, counts and texts as the log has."""

import json
from collections import Counter
from collections.abc import Sequence
from functools import cache
from pathlib import Path

import pytest

from fishbowl.debate.definition import parse_definition
from fishbowl.debate.events import ContributionHidden
from fishbowl.debate.evolve import fold
from fishbowl.debate.record import Record
from fishbowl.debate.state import State
from fishbowl.debate.vocabulary import Circle, Role, Status
from fishbowl.transcript import (
    FORMATS,
    NothingToRead,
    UnknownFormat,
    UnknownVersion,
    Version,
    render,
)
from fishbowl.transcript.redaction import redacted
from tests.transcript.invented import invented_definition, invented_records, one_long_thread, played
from tests.transcript.marked import SECRET, canary, marked
from tests.transcript.office_readers import READERS, kept, searchable
from tests.transcript.readers import LABELS, Page

NAMED = {"off_topic": "off topic", "personal_data": "personal data", "insult": "insult", "spam": "spam"}
WITHOUT_FIGURES = {"csv", "jsonl", "as2.json"}
"""They hold the contributions, from which whoever wants to know counts."""
WHOLE = {"pdf", "docx", "xlsx"}
"""Files that are there only when all of them is."""
REAL = Path(__file__).resolve().parents[3] / "shared" / "data" / "neet-to-pete.json"


@cache
def large() -> Sequence[Record]:
    return invented_records(10_000, seed=4)


@cache
def huge() -> Sequence[Record]:
    return invented_records(100_000, seed=5)


@cache
def small() -> Sequence[Record]:
    definition = invented_definition(join_code=f"{SECRET} 4711")
    return marked(played(definition, 600, seed=2))


def file(ending: str, records: Sequence[Record], version: str = Version.PUBLIC) -> bytes:
    return b"".join(render(ending, records, version))


@cache
def large_state() -> State:
    return fold(large())


def state_of(records: Sequence[Record]) -> State:
    return large_state() if len(records) > 10_000 and records is large() else fold(records)


def counted(records: Sequence[Record]) -> dict[str, int]:
    """What every file must state, counted from the log by other means than the transcript's."""
    state = state_of(records)
    stated = list(state.contributions.values())
    hidden = {each.contribution for each in stated if each.status is Status.HIDDEN}
    reasons = {
        event.contribution: event.reason
        for event in (record.event for record in records)
        if isinstance(event, ContributionHidden) and event.contribution in hidden
    }
    return {
        **Counter(f"Hidden: {NAMED.get(str(reason), 'other')}" for reason in reasons.values()),
        LABELS["contributions"]: len(stated),
        LABELS["inner"]: sum(1 for each in stated if each.circle is Circle.INNER),
        LABELS["outer"]: sum(1 for each in stated if each.circle is Circle.OUTER),
        LABELS["threads"]: sum(1 for each in stated if each.root == each.contribution),
        LABELS["hidden"]: sum(1 for each in stated if each.status is Status.HIDDEN),
        LABELS["withdrawn"]: sum(1 for each in stated if each.status is Status.WITHDRAWN),
        LABELS["erased"]: sum(1 for each in stated if each.status is Status.ERASED),
        LABELS["endorsements"]: sum(len(each.endorsed_by) for each in stated if each.status is Status.POSTED),
        LABELS["people"]: sum(1 for each in state.people.values() if each.role is Role.PARTICIPANT),
        LABELS["heard"]: len({each.author for each in stated if each.status is Status.POSTED}),
    }


def assert_agrees(ending: str, records: Sequence[Record], version: Version) -> None:
    state = state_of(records)
    found = READERS[ending](file(ending, records, version))
    shown = {Status.POSTED, Status.HIDDEN} if version is Version.ORGANISER else {Status.POSTED}
    reads = found.by_number
    assert reads.keys() == state.contributions.keys()
    if version is Version.REDACTED:
        state = fold(redacted(records))
    for number, stated in state.contributions.items():
        read = reads[number]
        text = kept(ending, stated.text) if stated.text is not None and stated.status in shown else None
        assert (None if read.text is None else kept(ending, read.text)) == text, number
        assert read.withheld is (stated.status is not Status.POSTED), number
    if ending not in WITHOUT_FIGURES:
        assert found.figures == counted(records)


@pytest.mark.parametrize("version", Version)
@pytest.mark.parametrize("ending", FORMATS)
def test_agree_with_the_log(ending: str, version: Version) -> None:
    """Every format, read back, has each contribution of the log once, with its text or its placeholder, and
    states the log's counts.
    """
    assert_agrees(ending, small(), version)


@pytest.mark.parametrize("ending", FORMATS)
def test_agree_on_ten_thousand(ending: str) -> None:
    """The same of an evening of 10,000 contributions."""
    assert_agrees(ending, large(), Version.PUBLIC)


@pytest.mark.long
@pytest.mark.timeout(3600)
@pytest.mark.parametrize("ending", FORMATS)
def test_agree_on_a_hundred_thousand(ending: str) -> None:
    """The same of 100,000 contributions."""
    assert_agrees(ending, huge(), Version.PUBLIC)


@pytest.mark.skipif(not REAL.exists(), reason=f"the announced debate is not here: {REAL}")
@pytest.mark.parametrize("ending", FORMATS)
def test_agree_on_the_announced_debate(ending: str) -> None:
    """The same of the debate this was made for; only participants contribute, for its speakers are real."""
    records = played(parse_definition(json.loads(REAL.read_text())), 300, speakers_speak=False)
    assert_agrees(ending, records, Version.PUBLIC)
    speakers = {person.person for person in fold(records).people.values() if person.role is Role.SPEAKER}
    assert len(speakers) == 5
    assert not speakers & {each.author for each in fold(records).contributions.values()}


@pytest.mark.parametrize("ending", FORMATS)
def test_what_was_hidden_is_nowhere(ending: str) -> None:
    """Public files hold no hidden and no withdrawn text, no reason, no note, no code; the organiser's hold
    the hidden text with its reason, and still no withdrawn text, no hand's note and no code.
    """
    state = fold(small())
    public, organiser = (searchable(ending, file(ending, small(), each)) for each in ("public", "organiser"))
    shown = (
        Status.POSTED,
        Status.HIDDEN,
        Status.WITHDRAWN,
    )  # what was never shown is tests/live/test_held.py's
    by_status = {status: [c for c in state.contributions.values() if c.status is status] for status in shown}
    assert all(by_status.values()), "the evening has contributions of each"
    for stated in by_status[Status.WITHDRAWN]:
        assert canary(stated.contribution) not in public
        assert canary(stated.contribution) not in organiser
    for stated in by_status[Status.HIDDEN]:
        assert canary(stated.contribution) not in public
        assert organiser.count(canary(stated.contribution)) == 1
    for stated in by_status[Status.POSTED]:
        # Among the records, what was restored stands where it was posted and where it came back.
        assert public.count(canary(stated.contribution)) in ((1, 2) if ending == "jsonl" else (1,))
    assert SECRET not in public
    # ActivityStreams has no place for a reason.
    assert (f"{SECRET} spam" in organiser) is (ending != "as2.json")
    assert "for the chair only" not in organiser
    assert "4711" not in organiser


@pytest.mark.parametrize("ending", FORMATS)
def test_as_of_a_record(ending: str) -> None:
    """A file as of seq k is the file of the first k records, and is the same bytes each time."""
    records = small()
    for seq in (1, 30, 200, len(records) - 1, len(records)):
        as_of = b"".join(render(ending, records, seq=seq))
        assert as_of == file(ending, records[:seq])
        assert as_of == b"".join(render(ending, iter(records), seq=seq))
    assert file(ending, records[:200]) != file(ending, records)


@pytest.mark.parametrize("ending", FORMATS)
def test_a_debate_of_which_nothing_was_heard(ending: str) -> None:
    """Already the first record, a draft without a question, makes a file of every format."""
    assert READERS[ending](file(ending, small()[:1])).contributions == []


@pytest.mark.parametrize("ending", FORMATS)
def test_depth(ending: str) -> None:
    """A thread of depth 5,000 is written, whole and in order, and no HTML nests deeper than browsers like."""
    written = file(ending, one_long_thread(5_000))
    assert [read.contribution for read in READERS[ending](written).contributions] == [*range(1, 5_001)]
    if ending == "html":
        assert {article.depth for article in Page(written.decode()).articles} == {0, 1, 2, 3, 4, 5}


@pytest.mark.parametrize("ending", [ending for ending in FORMATS if ending not in WHOLE])
def test_streamed(ending: str) -> None:
    """A file comes in many pieces, none of them empty or large, so that nobody holds all of it."""
    pieces = list(render(ending, large()))
    assert len(pieces) > 50
    assert all(0 < len(piece) < 100_000 for piece in pieces)


def test_refusals() -> None:
    """An unknown format or version is refused by name before anything is written, and so is no record."""
    with pytest.raises(
        UnknownFormat, match="'odt'; there is html, pdf, docx, md, txt, csv, xlsx, json, jsonl"
    ):
        render("odt", small())
    with pytest.raises(
        UnknownVersion, match="'complete' of a transcript; there is public, organiser, redacted"
    ):
        render("html", small(), "complete")
    with pytest.raises(NothingToRead, match="no record"):
        render("html", [])
    with pytest.raises(ValueError, match="does not follow"):
        render("html", small()[1:])
