"""Documentation and code say the same.

A list that stands in the documentation is held to the code by one line in `LISTS`: the page, the heading the
table stands under, and where the code has the names. Whoever adds a list of commands, events or refusal codes
adds its line here.
"""

import json
import re
import tomllib
from collections.abc import Callable, Iterable
from pathlib import Path

import pytest
from msgspec import structs

from fishbowl import __version__
from fishbowl.cli import main
from fishbowl.debate.commands import WIRE
from fishbowl.debate.events import EVENTS
from fishbowl.debate.refused import CODES
from fishbowl.debate.rights import RIGHTS
from fishbowl.live.session import Close
from fishbowl.settings import SETTINGS, Setting
from fishbowl.web.problems import CODES as PROBLEMS

ROOT = Path(__file__).resolve().parent.parent
FROM_NPM = ROOT / "tests" / "browser"
PAGES = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")])


def section(page: str, heading: str) -> str:
    """What stands under a heading, up to the next of the same or a higher level."""
    text = (ROOT / page).read_text()
    found = re.search(rf"^(#+) {re.escape(heading)}$", text, re.MULTILINE)
    assert found, f"{page} has no heading {heading!r}"
    level = len(found[1])
    return re.split(rf"^#{{1,{level}}} ", text[found.end() :], maxsplit=1, flags=re.MULTILINE)[0]


def rows(page: str, heading: str) -> list[list[str]]:
    """The cells of the table under a heading, without its head."""
    lines = [line for line in section(page, heading).splitlines() if line.startswith("|")]
    return [[cell.strip() for cell in line.strip("|").split(" | ")] for line in lines[2:]]


def listed(page: str, heading: str) -> list[str]:
    """The names in the first column of the table under a heading."""
    return [row[0].strip("` ") for row in rows(page, heading)]


def dependencies() -> list[str]:
    """Every distribution pyproject.toml asks for, once."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    extras = project["optional-dependencies"].values()
    wanted = [*project["dependencies"], *(line for extra in extras for line in extra)]
    return sorted({re.split(r"[\s<>=!~;\[]", line, maxsplit=1)[0] for line in wanted}, key=str.lower)


def from_npm() -> dict[str, str]:
    """Every package the browser tests ask the npm registry for, with its exact version."""
    asked: dict[str, str] = json.loads((FROM_NPM / "package.json").read_text())["devDependencies"]
    return asked


LISTS: list[tuple[str, str, Callable[[], list[str]]]] = [
    ("docs/operating.md", "Settings", lambda: [each.variable for each in SETTINGS]),
    ("docs/dependencies.md", "Dependencies", lambda: [*dependencies(), *from_npm()]),
    ("docs/protocol.md", "Commands", lambda: list(WIRE)),
    ("docs/protocol.md", "Events", lambda: list(EVENTS)),
    ("docs/protocol.md", "Refusals", lambda: list(CODES)),
    ("docs/protocol.md", "Problems", lambda: list(PROBLEMS)),
    ("docs/protocol.md", "Command line", lambda: [f"fishbowl {name}" for name in main.commands]),
]


@pytest.mark.parametrize(("page", "heading", "known"), LISTS, ids=[heading for _, heading, _ in LISTS])
def test_lists(page: str, heading: str, known: Callable[[], list[str]]) -> None:
    """What the code knows is documented, once; what is documented, the code knows."""
    assert sorted(listed(page, heading)) == sorted(known())


@pytest.mark.parametrize("setting", SETTINGS, ids=lambda setting: setting.variable)
def test_settings(setting: Setting) -> None:
    """A setting's line in the table is the one in the code: option, unit, default and sentence."""
    option = f"`{setting.option}`" if setting.option else "none"
    default = {None: "none", False: "off"}.get(setting.default, f"`{setting.default}`")  # type: ignore[call-overload]
    expected = [f"`{setting.variable}`", option, setting.unit, default, setting.sentence]
    assert expected in rows("docs/operating.md", "Settings")


@pytest.mark.parametrize("name", WIRE)
def test_commands(name: str) -> None:
    """A command's row has its fields (a question mark: may be left out) and who may give it."""
    kind = WIRE[name]
    fields = [field for field in structs.fields(kind) if field.name != "id"]
    (row,) = [row for row in rows("docs/protocol.md", "Commands") if row[0] == f"`{name}`"]
    assert row[1] == shown(fields)
    assert set(row[2].split(", ")) == {str(role) for role in RIGHTS[kind].roles}


@pytest.mark.parametrize("name", EVENTS)
def test_events(name: str) -> None:
    """An event's row has its fields, and which of them only the backstage sees."""
    kind = EVENTS[name]
    (row,) = [row for row in rows("docs/protocol.md", "Events") if row[0] == f"`{name}`"]
    assert row[1] == shown(structs.fields(kind))
    assert re.findall(r"`(\w+)`", row[2]) == list(kind.backstage)
    assert len(row[3].strip()) > 5


def shown(fields: Iterable[structs.FieldInfo]) -> str:
    return " ".join(f"`{field.name}`" + ("" if field.required else "?") for field in fields) or "none"


def test_close_codes() -> None:
    """Every code with which we end a stream is documented, and ours that mean "stay away" say so."""
    codes = {row[0]: row[2].strip(" |") for row in rows("docs/protocol.md", "Close codes")}
    assert {str(int(code)) for code in Close} <= codes.keys()
    assert all((codes[str(int(code))] == "no") is (code >= Close.REVOKED) for code in Close)


def test_links_lead_somewhere() -> None:
    """Every link and picture within the documentation leads to a file, and every anchor to a heading."""
    broken = []
    for page in PAGES:
        for target in re.findall(r"\]\(([^)\s]+)\)", page.read_text()):
            if re.match(r"[a-z]+:", target):
                continue
            path, _, anchor = target.partition("#")
            goal = (page.parent / path) if path else page
            if not goal.exists() or (anchor and anchor not in anchors(goal)):
                broken.append(f"{page.relative_to(ROOT)}: {target}")
    assert broken == []


def anchors(page: Path) -> set[str]:
    """The anchors a reader's browser finds on a page: its headings, in small letters, blanks as hyphens."""
    headings = re.findall(r"^#+ (.+)$", page.read_text(), re.MULTILINE)
    return {re.sub(r"[^\w -]", "", heading).strip().lower().replace(" ", "-") for heading in headings}


def test_every_page_is_on_the_map() -> None:
    """README's map leads to every page of the documentation."""
    on_the_map = set(re.findall(r"\]\(([^)#\s]+)", section("README.md", "What to read")))
    assert {page.relative_to(ROOT).as_posix() for page in PAGES} - on_the_map == {"README.md"}


def test_the_two_commands() -> None:
    """README sets up and starts with one command and checks with another, and both are as they should be."""
    commands = re.findall(r"^```\n(.+?)\n```$", section("README.md", "Two commands"), re.MULTILINE)
    assert commands == [
        "python3 -m venv .venv && .venv/bin/pip install -c constraints.txt -e . && .venv/bin/python run.py",
        "tests/run",
    ]


def test_the_changelog() -> None:
    """The version that is being built is described."""
    assert (
        __version__ in section("CHANGELOG.md", "Unreleased")
        or f"## {__version__}" in (ROOT / "CHANGELOG.md").read_text()
    )


def test_constraints_pin_everything() -> None:
    """Every dependency has one exact version in constraints.txt; no registry's address stands there."""
    lines = [line for line in (ROOT / "constraints.txt").read_text().splitlines() if not line.startswith("#")]
    assert all(re.fullmatch(r"[A-Za-z0-9._-]+==[A-Za-z0-9.!+]+", line) for line in lines)
    pinned = {re.sub(r"[-_.]+", "-", line.split("==")[0]).lower() for line in lines}
    assert len(pinned) == len(lines)
    assert {re.sub(r"[-_.]+", "-", name).lower() for name in dependencies()} <= pinned


def test_the_lock_file_pins_everything() -> None:
    """What comes by npm has one exact version and a digest in the lock file, and no registry's address."""
    text = (FROM_NPM / "package-lock.json").read_text()
    assert "://" not in text
    packages = {path: each for path, each in json.loads(text)["packages"].items() if path}
    assert {
        path.removeprefix("node_modules/"): each["version"] for path, each in packages.items()
    } == from_npm()
    assert all(each["integrity"].startswith("sha512-") for each in packages.values())
