"""docs/rules.md says of options and phases what the code does, and no code of a refusal is undocumented."""

import re
from enum import StrEnum
from pathlib import Path
from typing import get_args, get_type_hints

import msgspec
import pytest

from fishbowl.debate.circle import MAX_SEATS, OFFER_SECONDS
from fishbowl.debate.phases import MOVES
from fishbowl.debate.refused import CODES
from fishbowl.debate.vocabulary import Phase, Rules

DOCS = Path(__file__).resolve().parents[2] / "docs"
PAGE = (DOCS / "rules.md").read_text()
HINTS = get_type_hints(Rules, include_extras=True)
DEFAULTS = Rules()


def rows(heading: str) -> dict[str, list[str]]:
    """The table under a heading: the other cells by the first."""
    section = PAGE.split(f"## {heading}\n")[1].split("\n## ")[0]
    lines = [line.strip("|").split(" | ") for line in section.splitlines() if line.startswith("| `")]
    return {cells[0].strip("` "): [cell.strip() for cell in cells[1:]] for cells in lines}


@pytest.mark.parametrize("option", Rules.__struct_fields__)
def test_every_option(option: str) -> None:
    """An option stands on the page with its default and its values, and says what it decides."""
    default, values, decides = rows("Options")[option]
    value, hint = getattr(DEFAULTS, option), HINTS[option]
    if isinstance(value, StrEnum):
        assert default == f"`{value}`"
        assert values == ", ".join(f"`{member}`" for member in type(value))
    else:
        bounds = next(each for each in get_args(hint) if isinstance(each, msgspec.Meta))
        assert default == str(value)
        assert values == f"{bounds.ge} to {bounds.le}"
    assert len(decides) > 20


def test_no_other_option() -> None:
    """The page names no option that is not built."""
    assert list(rows("Options")) == list(Rules.__struct_fields__)


@pytest.mark.parametrize("phase", list(Phase))
def test_every_phase(phase: Phase) -> None:
    """A phase stands on the page with the phases it can go to."""
    purpose, goes_to = rows("Phases")[phase]
    assert purpose
    named = [] if goes_to == "nowhere" else goes_to.split(", ")
    assert set(named) == {str(to) for to in MOVES[phase]}


def test_every_code_is_documented() -> None:
    """Every refusal code is named on this page or the protocol's, and this page names none that is not."""
    named = set(re.findall(r"`([a-z_]+\.[a-z_]+|bad_request)`", PAGE + (DOCS / "protocol.md").read_text()))
    assert set(CODES) <= named
    of_this_page = set(re.findall(r"`((?:seat|phase|text|door|pace|right|contribution)\.[a-z_]+)`", PAGE))
    assert of_this_page <= set(CODES)


def test_figures() -> None:
    """The figures in the text are those of the code."""
    assert f"up to {MAX_SEATS}." in PAGE
    assert f"for {OFFER_SECONDS} s" in PAGE
