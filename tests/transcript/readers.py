"""Transcripts read back: one reader per format, knowing only what a reader of such files knows.

Each gives the contributions in the order of the file, and the numbers the file states. They take the formats
at their documented word (docs/transcript.md), so a text that could pass for something else would be misread.
"""

from __future__ import annotations

import csv
import json
import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser
from io import StringIO
from itertools import pairwise
from typing import Any

from markdown_it import MarkdownIt
from markdown_it.token import Token

from fishbowl.debate.record import Record
from fishbowl.transcript import render
from fishbowl.transcript.csv import BYTE_ORDER_MARK, plain_cell

__all__ = ["LABELS", "READERS", "Article", "File", "Page", "Read", "csv_rows", "written"]


@dataclass
class Read:
    """One contribution as a file shows it. `withheld`: a placeholder stands there."""

    contribution: int
    text: str | None = None
    withheld: bool = False


@dataclass
class File:
    contributions: list[Read]
    figures: dict[str, int] = field(default_factory=dict)
    """What the file says it holds, by its English label; {} where the format says nothing (CSV)."""

    @property
    def by_number(self) -> dict[int, Read]:
        found = {read.contribution: read for read in self.contributions}
        assert len(found) == len(self.contributions), "every contribution stands there once"
        return found


def written(ending: str, records: Iterable[Record], version: str = "public", **more: Any) -> str:
    """The file of a format that is text."""
    return b"".join(render(ending, records, version, **more)).decode()


LABELS = {
    "contributions": "Contributions",
    "inner": "from the inner circle",
    "outer": "from the outer circle",
    "threads": "Threads",
    "hidden": "Hidden by the moderators",
    "withdrawn": "Withdrawn by their authors",
    "erased": "Erased",
    "endorsements": "Endorsements",
    "people": "People who joined",
    "heard": "People who were heard",
}


def read_json(file: str) -> File:
    data = json.loads(file)
    reads = [
        Read(each["contribution"], each["text"], each["status"] != "posted") for each in data["contributions"]
    ]
    reasons = {
        f"Hidden: {reason.replace('_', ' ')}": n for reason, n in data["figures"].pop("hidden_for").items()
    }
    return File(reads, {LABELS[name]: n for name, n in data["figures"].items()} | reasons)


def read_csv(file: str) -> File:
    assert file.startswith(BYTE_ORDER_MARK)
    rows = csv.DictReader(StringIO(file.removeprefix(BYTE_ORDER_MARK), newline=""))
    reads = []
    for row in rows:
        withheld = row["status"] != "posted"
        text = plain_cell(row["text"])
        reads.append(Read(int(row["contribution"]), None if withheld and not text else text, withheld))
    return File(reads)


def read_plain(file: str) -> File:
    reads: list[Read] = []
    figures: dict[str, int] = {}
    for line in file.split("\n"):
        if head := re.match(r" *\[(\d+)(?: \([\d.…]+\))?\] ", line):
            reads.append(Read(int(head[1])))
        elif bar := re.match(r" *[┃│] ", line):
            text, more = reads[-1].text, line[bar.end() :]
            reads[-1].text = more if text is None else f"{text}\n{more}"
        elif re.fullmatch(r" *«.+»", line):
            reads[-1].withheld = True
        elif figure := re.fullmatch(r" *(\d+)  (\D+)", line):
            figures[figure[2]] = int(figure[1])
    return File(reads, figures)


def read_markdown(file: str) -> File:
    tokens = MarkdownIt("commonmark").enable("table").parse(file)
    reads: list[Read] = []
    under: Read | None = None
    figures: dict[str, int] = {}
    cells: list[str] = []
    for before, token in pairwise(tokens):
        if token.type == "tr_close" and len(cells) == 2:
            figures[cells[0]] = int(cells[1])
        if token.type == "tr_open":
            cells = []
        if token.type in ("heading_open", "hr"):
            under = None
        if token.type == "inline" and before.type == "td_open":
            cells.append(_said(token))
        elif token.type == "inline" and before.type == "paragraph_open":
            if (number := _number(token)) is not None:
                under = Read(number)
                reads.append(under)
            elif under is not None:
                _read_under(token, under)
    return File(reads, figures)


def _number(inline: Token) -> int | None:
    """The number of the contribution that a paragraph heads, if it does."""
    strong, text = [*_visible(inline), None, None][:2]
    head = re.match(r"(\d+)( \([\d.…]+\))?$", text.content) if strong and text else None
    return int(head[1]) if strong and strong.type == "strong_open" and head else None


def _read_under(inline: Token, read: Read) -> None:
    if _visible(inline)[0].type == "em_open":
        read.withheld = read.withheld or _said(inline).startswith("«")
    elif read.text is None:
        read.text = _said(inline)


def _visible(inline: Token) -> list[Token]:
    return [child for child in inline.children or [] if child.type != "text" or child.content]


def _said(inline: Token) -> str:
    ends = {"softbreak": "\n", "hardbreak": "\n"}
    return "".join(ends.get(child.type, child.content) for child in inline.children or [])


@dataclass
class Article:
    """An `<article>` as the HTML has it."""

    number: int
    classes: list[str]
    depth: int
    text: str | None = None
    language: str | None = None
    withheld: bool = False


class Page(HTMLParser):
    """The HTML transcript, parsed as any reader would. `tags` holds every start tag with its attributes."""

    def __init__(self, file: str) -> None:
        super().__init__(convert_charrefs=True)
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.articles: list[Article] = []
        self.figures: dict[str, int] = {}
        self.language: str | None = None
        self._open: list[tuple[str, str]] = []
        self._label = ""
        self.said: list[str] = []
        self.feed(file)
        self.close()
        assert [tag for tag, _ in self._open if tag not in VOID] == [], "every tag is closed"

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        assert len(given) == len(attrs), f"<{tag}> has an attribute twice"
        self.tags.append((tag, given))
        kind = given.get("class") or ""
        if tag == "html":
            self.language = given.get("lang")
        if tag == "article":
            depth = sum(1 for _, kind in self._open if kind == "replies")
            self.articles.append(Article(int((given["id"] or "")[1:]), kind.split(), depth))
        if tag == "p" and kind == "text":
            self.articles[-1].text, self.articles[-1].language = "", given.get("lang")
        if tag == "p" and kind == "gone":
            self.articles[-1].withheld = True
        if tag not in VOID:
            self._open.append((tag, kind))

    def handle_endtag(self, tag: str) -> None:
        if tag not in VOID and tag != "path":
            assert self._open[-1][0] == tag, f"</{tag}> closes <{self._open[-1][0]}>"
            self._open.pop()

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))

    def handle_data(self, data: str) -> None:
        if any(tag in ("style", "script") for tag, _ in self._open):
            return
        self.said.append(data)
        inside = [kind for tag, kind in self._open if tag == "p"]
        if "text" in inside:
            self.articles[-1].text = (self.articles[-1].text or "") + data
        elif self._open and self._open[-1][0] == "dt":
            self._label = data
        elif self._open and self._open[-1][0] == "dd":
            self.figures[self._label] = int(data)


VOID = {"meta", "br", "link", "img", "input", "hr"}


def read_html(file: str) -> File:
    page = Page(file)
    reads = [Read(each.number, each.text, each.withheld) for each in page.articles]
    return File(reads, page.figures)


READERS: dict[str, Callable[[str], File]] = {
    "html": read_html,
    "md": read_markdown,
    "txt": read_plain,
    "csv": read_csv,
    "json": read_json,
}


def csv_rows(file: str) -> Iterator[dict[str, str]]:
    """The rows of a CSV transcript, cells as they stand there."""
    yield from csv.DictReader(StringIO(file.removeprefix(BYTE_ORDER_MARK), newline=""))
