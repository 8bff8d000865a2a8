"""What people write arrives as they wrote it, everywhere, and does nothing but be read."""

import csv
import io
import json
import unicodedata
from collections.abc import Callable
from typing import Any

import pytest

from tests.e2e.client import Debate

MakeDebate = Callable[..., Debate]

TEXTS = {
    "welsh": "Ŵyl y môr, Llanfairpwllgwyngyll",
    "arabic": "ما هو الغرض من المكتبة؟ #مكتبة",
    "hebrew and latin": "שלום world שלום",
    "devanagari": "क्या यह ठीक है? #पुस्तक",
    "chinese": "图书馆是给谁的?#图书馆",
    "emoji": "\U0001f468\u200d\U0001f469\u200d\U0001f467"
    " \U0001f3f4\U000e0067\U000e0062\U000e0077\U000e006c\U000e0073\U000e007f",
    "combining": "e\u0301 o\u0308\u0332 \u1100\u1161\u11a8",
    "lines": "first\nsecond\n\nfourth",
    "invisible": "zero\u200bwidth \u2060joiner \ufeffmark",
    "bidi": "abc \u202egnp.exe\u202c def",
    "quotes": "\"double\" 'single' `back` \\slash\\ &amp; &lt;b&gt; %s {x} {{y}} ${z}",
    "json": '{"text":"x"},"seq":1}]',
    "markdown": "# not a heading\n* not a list [not](a link) **not bold** | not | a table",
    "csv": 'a,b;c\t"d"',
    "separators": "line\u2028separator paragraph\u2029separator",
    "astral": "\U0001f41f" * 125,
    "private": "\ue000 \U000f0000",
}
FORMULAS = ["=1+1", "+1+1", "-1+1", "@SUM(A1)", '=HYPERLINK("http://example.org","x")', "\uff1d1+1"]
SCRIPTS = [
    "<script>alert(1)</script>",
    "</script><script>alert(2)</script>",
    "<img src=x onerror=alert(3)>",
    '"><svg onload=alert(4)>',
    "javascript:alert(5)",
    "<!--<script>",
    "]]><script>alert(6)</script>",
]


def _stored(text: str) -> str:
    """As the rules have it: NFC, line ends as LF, a tab a space, trimmed."""
    return unicodedata.normalize(
        "NFC", text.replace("\r\n", "\n").replace("\r", "\n").replace("\t", " ")
    ).strip()


@pytest.mark.parametrize("name", TEXTS)
async def test_text_survives(make_debate: MakeDebate, name: str) -> None:
    """Record, snapshot, stream and the JSON and CSV transcripts hold the same code points."""
    debate = make_debate()
    text = TEXTS[name]
    async with debate.onlooker.live() as live:
        reply = debate.chair.must("post", text=f"  {text}\r\n")
        await live.until_seq(reply["seq"])
        assert live.records[-1]["text"] == _stored(text)
    assert debate.onlooker.records()[-1]["text"] == _stored(text)
    said = debate.onlooker.snapshot()["contributions"][0]
    assert said["text"] == _stored(text)
    for kind, entities in said["entities"].items():
        for entity in entities:
            part = said["text"][entity["start"] : entity["end"]]
            assert entity.get("text", entity.get("url", part)) in part, (kind, entity, part)
    debate.chair.must("move_to", phase="wrap_up")
    exported = json.loads(debate.page("/transcript.json").text)
    assert _stored(text) in _strings(exported)
    rows = list(
        csv.reader(io.StringIO(debate.page("/transcript.csv").content.decode("utf-8-sig"), newline=""))
    )
    assert any(_stored(text) in cell.replace("\r\n", "\n") for row in rows for cell in row)


def _strings(value: Any) -> set[str]:
    """Every string in a JSON value."""
    if isinstance(value, str):
        return {value}
    items = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    return set().union(*map(_strings, items))


async def test_formulas_stay_text(make_debate: MakeDebate) -> None:
    """No cell of the CSV begins as a formula does."""
    debate = make_debate()
    for text in FORMULAS:
        debate.chair.must("post", text=text)
    debate.chair.must("announce", text="=2+2")
    debate.chair.must("move_to", phase="wrap_up")
    table = debate.page("/transcript.csv").content.decode("utf-8-sig")
    cells = [cell for row in csv.reader(io.StringIO(table, newline="")) for cell in row]
    assert [
        cell
        for cell in cells
        if cell.lstrip()[:1] in set("=+-@\t\r\uff1d\uff0b\uff0d\uff20") and cell.strip()
    ] == []
    for text in FORMULAS:
        assert any(text in cell for cell in cells), text


async def test_scripts_stay_text(make_debate: MakeDebate) -> None:
    """In no page and no HTML transcript is there an element somebody's text, name or title made."""
    debate = make_debate(
        title=SCRIPTS[0],
        introduction=SCRIPTS[3],
        questions=[{"text": script} for script in SCRIPTS],
        speakers=[{"name": "Ada <b>Quill</b>", "bio": SCRIPTS[2], "affiliation": SCRIPTS[1]}],
        organisation=SCRIPTS[2],
    )
    for text in SCRIPTS:
        debate.chair.must("post", text=text)
    debate.chair.must("announce", text=SCRIPTS[1])
    debate.chair.must("focus", question=1)
    debate.chair.must("move_to", phase="wrap_up")
    for path in ("", "/wall", "/chair", "/links", "/transcript.html"):
        token = debate.organiser.token if path == "/links" else debate.chair.token
        answer = debate.page(path, token)
        assert answer.status_code == 200, path
        for planted in ("<script>alert", "<img src=x", "<svg onload", "<b>Quill", 'href="javascript:'):
            assert planted not in answer.text, (path, planted)
        policy = answer.headers["content-security-policy"]
        assert "default-src 'none'" in policy
        assert "unsafe-inline" not in policy.partition("script-src")[2].partition(";")[0]
