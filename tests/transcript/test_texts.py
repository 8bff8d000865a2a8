"""What people write comes out of every format as they wrote it, and stays what it is: a text."""

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from fishbowl.text import broken_limit, clean
from fishbowl.text.markers import find_markers
from fishbowl.transcript import FORMATS, render
from tests.transcript.invented import people_saying
from tests.transcript.office_readers import READERS, kept

SIGNS = "\n\n  #*_`~[](){}<>&|\\!-+=.:;'\"/@$^0123456789ab┃│«»éß\u00a0\u2028\u202e\u200d٣界🐟"
ANY = st.characters(exclude_categories=["Cs", "Cc"])


def _fits(text: str) -> bool:
    """Short enough, and without a marker: that would be read under its question, not where it was posted."""
    return broken_limit(clean(text), 500) is None and not find_markers(clean(text))


TEXTS = st.lists(
    st.text(st.one_of(ANY, st.sampled_from(SIGNS)), min_size=1, max_size=80).filter(_fits),
    min_size=1,
    max_size=8,
)

AWKWARD = [
    "# No heading\n## nor this\n- no list\n+ no\n1. no\n2) no\n> no quote\n===\n---\n***\n___",
    "1) no list",
    "1. no list",
    "- no list",
    "+ no list",
    "# no heading",
    "> no quote",
    "---",
    "a\n\n\n\nb\n    no code\n\tno code either",
    "```\nno fence\n```\n~~~\nno\n~~~",
    "`no code` *no em* **no strong** _no_ ~~no~~ [no](https://link.example) ![no](x) <b>no</b>",
    "[1]: https://no.example\n[no]\n[^1]\n| no | table |\n|---|---|\n| a | b |",
    "&amp; &lt;script&gt; &#x41; &nbsp; &copy",
    "ends with a backslash \\\nand \\* and \\\\ and\\",
    "two spaces  \nat an end",
    "<!-- no comment -->\n<?no?>\n<![CDATA[no]]>\n<div>\nno",
    "https://a.example/?b=c&d=<e>_f_*g* www.example.com, me@example",
    "[13] Chair (inner circle) 12:31\n┃ not the chair's words\n    [14 (13.1)] Chair (Chair) 12:32",
    "-- 12:31 The debate was archived.\n«hidden by the moderators»\n   400  Contributions",
    "**13** · **Chair** · inner circle · 12:31\n\nnot the chair's words\n\n*«withdrawn by its author»*",
    "x\n=\ny\n-\n1\\. 1234567890. z\n:z\n: definition",
    "\u2028line\u2028separators\u2029and\u00a0no-break\u3000spaces\u200b",
    "\u202egnp.exe\u202c \u2066isolated\u2069 שלום مرحبا",
    "{{ 7 * 7 }} {% raw %} ${x} %(x)s {0} {name}",
    "'=1+1",
    '=HYPERLINK("https://x.example","y")',
]


@pytest.mark.parametrize("ending", [ending for ending in FORMATS if ending != "pdf"])
@given(texts=TEXTS)
@example(texts=AWKWARD)
@settings(max_examples=60)
def test_survives(ending: str, texts: list[str]) -> None:
    """Any text that can be stored is read back from every format code point for code point, in its place:
    whatever it looks like, it makes no heading, no link, no other contribution.
    """
    file = b"".join(render(ending, people_saying(texts)))
    said = [kept(ending, clean(text)) for text in texts]
    assert [read.text for read in READERS[ending](file).contributions] == said


def test_survives_on_paper() -> None:
    """A page has every sign its fonts have, in order; what looks like markup is none there."""
    texts = [text for text in AWKWARD if text.isascii()] + ["Ŵy, ßćž: Ελλάδα, Київ; «…» – “so”  x²"]
    file = b"".join(render("pdf", people_saying(texts)))
    said = [kept("pdf", clean(text)) for text in texts]
    assert [kept("pdf", read.text or "") for read in READERS["pdf"](file).contributions] == said
    assert b"pdfuaid" in file, "every sign has a font, so it says that everybody can read it"


def test_signs_without_a_font() -> None:
    """A text in letters that no font here has does not keep the others off the page."""
    file = b"".join(render("pdf", people_saying(["plain", "\U000130f8 \U00012000", "plain again"])))
    reads = READERS["pdf"](file).contributions
    assert [read.contribution for read in reads] == [1, 2, 3]
    assert [reads[0].text, kept("pdf", reads[2].text or "")] == ["plain", "plainagain"]


@pytest.mark.parametrize("ending", FORMATS)
def test_braces_are_no_pattern(ending: str) -> None:
    """What looks like a placeholder in somebody's words is not filled, in an announcement neither."""
    records = people_saying(["{who} {seq} {0} {name.__class__}", "%(name)s {"])
    said = [read.text for read in READERS[ending](b"".join(render(ending, records))).contributions]
    texts = ["{who} {seq} {0} {name.__class__}", "%(name)s {"]
    assert [kept(ending, text or "") for text in said] == [kept(ending, text) for text in texts]
