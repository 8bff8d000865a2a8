"""Citations: three forms of the same thing, none of which a name or a title can break."""

import json
import re

import pytest

from fishbowl.transcript import transcript
from fishbowl.transcript.citation import cite
from tests.transcript.invented import invented_definition, invented_records, people_saying

ADDRESS = "https://debates.example/debates/library-hours/transcript.html"


def test_a_contribution() -> None:
    """Author, day, number and place in its thread, debate, record and permanent address, in every form."""
    debate = transcript(invented_records(100, seed=3))
    reply = next(each for each in debate.contributions if each.reply_to is not None and each.author.name)
    cited = cite(debate, ADDRESS, reply)
    address = f"{ADDRESS}#c{reply.contribution}"
    name = str(reply.author.name)
    for part in (name, "2026-01-31", f"Contribution {reply.contribution} ({reply.path})", address):
        assert part in cited.text
    assert f"record {debate.seq}" in cited.text
    assert cited.bibtex.startswith(f"@misc{{library-hours-c{reply.contribution},\n")
    assert f"  author = {{{{{name}}}}},\n" in cited.bibtex
    assert f"  url = {{{address}}},\n" in cited.bibtex
    (item,) = json.loads(cited.csl)
    assert (item["type"], item["URL"], item["author"]) == ("post", address, [{"literal": name}])
    assert item["issued"] == {"date-parts": [[2026, 1, 31]]}
    assert item["container-title"] == "When should the town library be open?"


def test_a_debate() -> None:
    """The whole debate is cited by who held it."""
    cited = cite(transcript(invented_records(20)), ADDRESS)
    assert cited.text.startswith(
        "Friends of Lower Wending Library (2026-01-31). When should the town library"
    )
    (item,) = json.loads(cited.csl)
    assert (item["type"], item["title"]) == ("webpage", "When should the town library be open?")
    assert "container-title" not in item


@pytest.mark.parametrize("title", ["100% {open} & \\input{x}", "a}, url={b", "~^_#$", "two\nlines"])
def test_nothing_breaks_out(title: str) -> None:
    """Whatever a title holds, its BibTeX has as many braces opened as closed, and no command of its own."""
    debate = transcript(people_saying(["x"], invented_definition(title=title)))
    bibtex = cite(debate, ADDRESS).bibtex
    plain = re.sub(r"\\textbackslash\{\}|\\textascii\w+\{\}|\\[{}$&#%_]", "", bibtex)
    depth = 0
    for sign in plain:
        depth += {"{": 1, "}": -1}.get(sign, 0)
        assert depth >= 0
    assert depth == 0
    assert "\\" not in plain
    assert len(re.findall(r"^  \w+ = ", bibtex, re.MULTILINE)) == len(re.findall(r"\n  ", bibtex))
