"""Figures: every table agrees with the transcript, and every picture with its table."""

from collections import Counter
from collections.abc import Sequence
from functools import cache
from itertools import pairwise

import pytest

from fishbowl.debate import commands
from fishbowl.debate.record import Record
from fishbowl.transcript import Transcript, transcript
from fishbowl.transcript.figures import MOST_STRETCHES, NAMES, Table, figures
from fishbowl.transcript.plots import HEIGHT, Bars, Columns, Part, Seats, plot
from fishbowl.transcript.sentences import Sentences
from fishbowl.transcript.voice import ENGLISH
from tests.transcript.invented import Evening, invented_definition, invented_records


@cache
def evening() -> Sequence[Record]:
    return invented_records(500, seed=11)


@cache
def whole() -> Transcript:
    return transcript(evening())


def table(name: str) -> Table:
    return {each.name: each for each in figures(whole())}[name]


def picture(name: str) -> Bars | Columns | Seats | None:
    return plot(table(name), whole(), Sentences(whole(), ENGLISH).times, ENGLISH.gettext)


def column(of: Table, name: str) -> list[int]:
    place = [each.name for each in of.columns].index(name)
    return [cell for row in of.rows if isinstance(cell := row[place], int)]


def test_all_tables() -> None:
    """Every table is there under its name, each row with a cell for every column."""
    tables = figures(whole())
    assert tuple(each.name for each in tables) == NAMES
    for each in tables:
        assert each.rows or each.name == "together"
        assert {len(row) for row in each.rows} <= {len(each.columns)}


def test_minutes() -> None:
    """Every contribution is counted once, in its circle, and everybody is a new voice once."""
    minutes, contributions = table("minutes"), whole().contributions
    inner, outer = column(minutes, "inner"), column(minutes, "outer")
    assert sum(inner) == whole().figures.inner
    assert sum(outer) == whole().figures.outer
    assert sum(column(minutes, "new_voices")) == len({each.author.person for each in contributions})
    for question in whole().questions:
        tagged = sum(question.question in each.questions for each in contributions)
        assert sum(column(minutes, f"q{question.question}")) == tagged
    starts = column(minutes, "at")
    assert all(other - one == starts[1] - starts[0] for one, other in pairwise(starts))
    by_hand = Counter(each.at // 60_000 for each in contributions)
    assert by_hand[starts[3] // 60_000] == inner[3] + outer[3]


def test_long_debates() -> None:
    """However long a debate goes on, its time is counted in stretches a picture can show."""
    long = Evening(invented_definition(), seed=1)
    long.begin(people=4)
    for _ in range(40):
        long.now += 3_600_000
        assert long.ask(long.participants[0], commands.Post(id="", text="Still here."))
    minutes = next(each for each in figures(transcript(long.records)) if each.name == "minutes")
    assert 20 < len(minutes.rows) <= MOST_STRETCHES + 1
    assert sum(column(minutes, "outer")) == 40


def test_who_was_heard() -> None:
    """Whoever was heard was heard from one circle or from both."""
    joined, heard, inner, outer, both = column(table("heard"), "n")
    assert (joined, heard) == (whole().figures.people, whole().figures.heard)
    assert inner + outer + both == heard == sum(column(table("voices"), "people"))
    assert both > 0


def test_questions() -> None:
    """A question counts what can be read and carries its tag, as everywhere else."""
    questions = table("questions")
    counted = [sum(pair) for pair in zip(column(questions, "inner"), column(questions, "outer"), strict=True)]
    assert counted == [each.contributions for each in whole().questions]
    assert column(questions, "people") == [each.people for each in whole().questions]


def test_lists() -> None:
    """Hashtags, threads and endorsements begin with the largest, and count what can be read."""
    for name, counted in (
        ("hashtags", "contributions"),
        ("threads", "contributions"),
        ("endorsements", "endorsements"),
    ):
        values = column(table(name), counted)
        assert values == sorted(values, reverse=True)
    first = table("threads").rows[0]
    assert sum(each.root == first[0] for each in whole().contributions) == first[1]
    withheld = {each.contribution for each in whole().contributions if each.text is None}
    assert withheld
    assert not withheld & set(column(table("endorsements"), "contribution"))


def test_hashtags_together() -> None:
    """Two that stand in one contribution count once, however they are spelt; the debate's own do not."""
    night = Evening(invented_definition(), seed=1)
    night.begin(people=3)
    for person, text in enumerate(("#Keys #boats #keys", "#boats #keys #openlibrary", "#boats alone")):
        assert night.ask(night.participants[person], commands.Post(id="", text=text))
    told = {each.name: each for each in figures(transcript(night.records))}
    assert told["together"].rows == (("#boats #keys", 2, 2),)


def test_what_is_hidden_stays_hidden() -> None:
    """A hashtag that stands in hidden or withdrawn texts alone is in no table, nor is a reason given."""
    night = Evening(invented_definition(), seed=1)
    night.begin(people=3)
    for text in ("out with it #unspeakable", "also #unspeakable #aloud", "fine #spoken"):
        assert night.ask(night.participants[0], commands.Post(id="", text=text))
    assert night.ask(night.moderator, commands.Hide(id="", contribution=1, reason="words of my own"))
    assert night.ask(night.participants[0], commands.Withdraw(id="", contribution=2))
    said = str(figures(transcript(night.records)))
    assert "#spoken" in said
    assert "unspeakable" not in said
    assert "aloud" not in said
    assert "words of my own" not in said


def test_seats() -> None:
    """A line for every seat, nobody beside the picture, and no two on one seat at once."""
    drawn = picture("seats")
    assert isinstance(drawn, Seats)
    focus, *seats = drawn.bars
    assert [bar.label for bar in seats] == [f"seat {n}" for n in sorted({s.seat for s in whole().sittings})]
    assert sum(len(bar.parts) for bar in seats) == len(whole().sittings)
    assert [part.words for part in focus.parts][:2] == ["Q1", "Q2"]
    for bar in drawn.bars:
        for one, other in zip(bar.parts, bar.parts[1:], strict=False):
            assert one.start + one.size <= other.start + 0.01
        assert all(part.start >= 0 and part.start + part.size <= 100.01 for part in bar.parts)


def test_columns() -> None:
    """Columns are as high as their numbers, within the picture, and the circles stand one on the other."""
    drawn = picture("minutes")
    assert isinstance(drawn, Columns)
    most = float(drawn.up[-1].label)
    for bar, row in zip(drawn.columns, table("minutes").rows, strict=True):
        inner, outer = bar.parts
        assert isinstance(row[1], int)
        assert isinstance(row[2], int)
        assert inner.size == pytest.approx(HEIGHT * row[1] / most, abs=0.02)
        assert outer.start + outer.size == pytest.approx(HEIGHT * (row[1] + row[2]) / most, abs=0.03)
        assert outer.start + outer.size <= HEIGHT


@pytest.mark.parametrize("name", ["heard", "voices", "questions", "hashtags", "threads", "endorsements"])
def test_bars(name: str) -> None:
    """Bars are as long as their numbers, the longest as wide as the picture."""
    drawn = picture(name)
    assert isinstance(drawn, Bars)
    lengths = [sum(part.size for part in bar.parts) for bar in drawn.bars]
    values = [int(bar.value) for bar in drawn.bars]
    assert max(lengths) == pytest.approx(100, abs=0.01)
    for length, value in zip(lengths, values, strict=True):
        assert length == pytest.approx(100 * value / max(values), abs=0.01)
    assert all(isinstance(part, Part) for bar in drawn.bars for part in bar.parts)


def test_before_anything_was_said() -> None:
    """A debate in which nothing was said has its tables too, and no picture of nothing."""
    early = transcript(evening()[:30])
    assert not early.contributions
    for each in figures(early):
        drawn = plot(each, early, Sentences(early, ENGLISH).times, ENGLISH.gettext)
        assert drawn is None or each.name in ("seats", "heard")
