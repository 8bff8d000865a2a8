"""Transcripts in formats of others read back by those others' libraries: one reader per format.

As `readers`, and with it the table of all of them. Each knows what docs/transcript.md says of the format and
nothing of how we write it.
"""

from __future__ import annotations

import ctypes
import itertools
import json
import re
from collections.abc import Callable, Iterator
from io import BytesIO
from typing import Any, NamedTuple
from zipfile import ZipFile

import openpyxl
import pypdfium2
import pypdfium2.raw as pdfium
from docx import Document
from docx.text.paragraph import Paragraph
from lxml import etree

from tests.transcript import readers
from tests.transcript.readers import LABELS, File, Read

__all__ = ["READERS", "kept", "searchable"]

AKN = "{http://docs.oasis-open.org/legaldocml/ns/akn/3.0}"


def read_xlsx(file: bytes) -> File:
    book = openpyxl.load_workbook(BytesIO(file), read_only=True)
    rows = book["contributions"].iter_rows(values_only=True)
    columns = next(rows)
    reads = []
    for cells in rows:
        row = dict(zip(columns, cells, strict=True))
        text = None if row["text"] is None else str(row["text"])
        reads.append(Read(int(str(row["contribution"])), text, row["status"] != "posted"))
    about = {str(what): str(value) for what, value, *_ in book["about"].iter_rows(values_only=True)}
    reasons = {
        name.replace("hidden_for ", "Hidden: ").replace("_", " "): int(n)
        for name, n in about.items()
        if name.startswith("hidden_for")
    }
    return File(reads, {label: int(about[name]) for name, label in LABELS.items()} | reasons)


def read_docx(file: bytes) -> File:
    document = Document(BytesIO(file))
    reads: list[Read] = []
    under: Read | None = None
    for element in document.element.body.iterchildren():
        if not element.tag.endswith("}p"):
            continue
        style, paragraph = element.style or "", Paragraph(element, document)
        if style.startswith(("Heading", "Title")):
            head = re.match(r"(\d+)(?: \([\d.…]+\))? · ", paragraph.text) if style == "Heading2" else None
            under = Read(int(head[1])) if head else None
            reads += [under] if under else []
        elif under is not None and style == "Said":
            assert under.text is None, "a text is one paragraph"
            under.text = paragraph.text
        elif under is not None and style == "Placeholder":
            under.withheld = True
    rows = [[cell.text for cell in row.cells] for row in document.tables[0].rows]
    return File(reads, {label: int(n) for label, n in rows[1:]})


def read_akoma(file: bytes) -> File:
    root = etree.fromstring(file, etree.XMLParser(huge_tree=True))
    reads = []
    for speech in root.iter(f"{AKN}speech"):
        read = Read(int(str(speech.get("eId")).removeprefix("c")))
        for paragraph in speech.iter(f"{AKN}p"):
            if paragraph.get("class") == "text":
                assert all(child.tag == f"{AKN}eol" for child in paragraph)
                read.text = (paragraph.text or "") + "".join("\n" + (end.tail or "") for end in paragraph)
            elif paragraph.get("class") == "placeholder":
                read.withheld = True
        reads.append(read)
    told = [str(p.text).rpartition(": ") for p in root.iter(f"{AKN}p") if p.get("class") == "figure"]
    return File(reads, {label: int(n) for label, _, n in told})


def read_activity(file: bytes) -> File:
    data = json.loads(file)
    reads = []
    for item in data["orderedItems"]:
        text = item.get("content") or next(iter(item.get("contentMap", {"": None}).values()))
        reads.append(Read(int(item["id"].removeprefix("#c")), text, "summary" in item))
    assert data["totalItems"] == len(reads)
    return File(reads)


def read_records(file: bytes) -> File:
    _head, *lines = [json.loads(line) for line in file.decode().removesuffix("\n").split("\n")]
    reads = [
        Read(line["contribution"], line["text"], line["status"] != "posted")
        for line in lines
        if line["type"] == "contribution.posted"
    ]
    return File(reads)


class Block(NamedTuple):
    """A piece of a page under one tag: its text, the size of its letters, whether they slant."""

    tag: str
    text: str
    size: float
    slanted: bool


def read_pdf(file: bytes) -> File:
    """By its tags: a contribution is a third heading, what it says the paragraph in the size of the text.

    Where a line ends the page holds no white space; `kept` leaves all of it out.
    """
    reads: list[Read] = []
    cells: list[str] = []
    under: Read | None = None
    for block in pdf_blocks(file):
        if block.tag == "H3":
            head = re.match(r"(\d+) ", block.text)
            assert head, block
            under = Read(int(head[1]))
            reads.append(under)
        elif block.tag in ("H1", "H2"):
            under = None
        elif block.tag in ("TH", "TD"):
            cells.append(block.text)
        elif under is not None and block.size > 10:
            if block.slanted and block.text.startswith("«"):
                under.withheld = True
            else:
                under.text = (under.text or "") + block.text
    reasons = [f"Hidden: {reason}" for reason in ("off topic", "personal data", "insult", "spam", "other")]
    labels = {kept("pdf", label): label for label in (*LABELS.values(), *reasons)}
    pairs = [(labels.get(kept("pdf", cell)), n) for cell, n in itertools.pairwise(cells)]
    return File(reads, {label: int(n) for label, n in pairs if label and n.isdigit()})


def pdf_blocks(file: bytes) -> Iterator[Block]:
    """Every tagged block of the file in order of its tags."""
    document = pypdfium2.PdfDocument(file)
    for page in document:
        marked = _marked(page)
        tree = pdfium.FPDF_StructTree_GetForPage(page.raw)
        for place in range(pdfium.FPDF_StructTree_CountChildren(tree)):
            yield from _blocks(pdfium.FPDF_StructTree_GetChildAtIndex(tree, place), marked)
        pdfium.FPDF_StructTree_Close(tree)
        page.close()
    document.close()


WHOLE = {"H1", "H2", "H3", "P", "LBody", "TH", "TD"}


def _blocks(element: Any, marked: dict[int, Block]) -> Iterator[Block]:
    tag = _said_by(pdfium.FPDF_StructElement_GetType, element)
    if tag in WHOLE:
        parts = [marked[mcid] for mcid in _content(element) if mcid in marked]
        if parts:
            yield Block(tag, "".join(part.text for part in parts), parts[0].size, parts[0].slanted)
        return
    for place in range(pdfium.FPDF_StructElement_CountChildren(element)):
        if child := pdfium.FPDF_StructElement_GetChildAtIndex(element, place):
            yield from _blocks(child, marked)


def _content(element: Any) -> Iterator[int]:
    for place in range(pdfium.FPDF_StructElement_CountChildren(element)):
        mcid = pdfium.FPDF_StructElement_GetChildMarkedContentID(element, place)
        if mcid >= 0:
            yield mcid
        elif child := pdfium.FPDF_StructElement_GetChildAtIndex(element, place):
            yield from _content(child)


def _marked(page: Any) -> dict[int, Block]:
    """What stands under each number of marked content on a page."""
    letters = page.get_textpage()
    found: dict[int, Block] = {}
    for thing in page.get_objects(filter=[pdfium.FPDF_PAGEOBJ_TEXT]):
        mcid = pdfium.FPDFPageObj_GetMarkedContentID(thing.raw)
        if mcid < 0:
            continue
        text = _said_by(
            lambda it, buffer, size: pdfium.FPDFTextObj_GetText(it, letters.raw, buffer, size), thing.raw
        )
        size = ctypes.c_float()
        pdfium.FPDFTextObj_GetFontSize(thing.raw, size)
        font = pdfium.FPDFTextObj_GetFont(thing.raw)
        name = ctypes.create_string_buffer(200)
        pdfium.FPDFFont_GetBaseFontName(font, name, 200)
        before = found.get(mcid)
        found[mcid] = Block(
            "",
            (before.text if before else "") + text,
            size.value,
            b"Italic" in name.value or b"Oblique" in name.value,
        )
    letters.close()
    return found


def _said_by(ask: Callable[..., int], thing: Any) -> str:
    """What a function of PDFium writes into a buffer it first gives the size of (in shorts or in bytes)."""
    size = ask(thing, None, 0)
    buffer = ctypes.create_string_buffer(size * 2 + 2)
    pointer = ctypes.cast(buffer, ctypes.POINTER(ctypes.c_ushort))
    try:
        ask(thing, pointer, size)
    except ctypes.ArgumentError:
        ask(thing, buffer, size)
    return buffer.raw.decode("utf-16-le").partition("\0")[0]


def _of_text(read: Callable[[str], File]) -> Callable[[bytes], File]:
    return lambda file: read(file.decode())


READERS: dict[str, Callable[[bytes], File]] = {
    **{ending: _of_text(read) for ending, read in readers.READERS.items()},
    "xlsx": read_xlsx,
    "docx": read_docx,
    "pdf": read_pdf,
    "jsonl": read_records,
    "akn.xml": read_akoma,
    "as2.json": read_activity,
}

_XML = str.maketrans({0xFFFE: "\ufffd", 0xFFFF: "\ufffd"})


def kept(ending: str, text: str) -> str:
    """What of a text a format keeps, as docs/transcript.md has it: all but in three cases all of it."""
    if ending == "pdf":
        return "".join(text.split())
    return text.translate(_XML) if ending in ("docx", "akn.xml") else text


def searchable(ending: str, file: bytes) -> str:
    """Everything there is to be found in a file, for looking for what must not be there."""
    if ending == "pdf":
        return "\n".join(block.text for block in pdf_blocks(file))
    if ending in ("xlsx", "docx"):
        with ZipFile(BytesIO(file)) as parts:
            return "\n".join(
                parts.read(name).decode() for name in parts.namelist() if name.endswith((".xml", ".rels"))
            )
    return file.decode()
