"""The shape of the tree: which part may know which, how long a file may be, and what it may be called.

`MAY_USE` is the one-way rule of docs/architecture.md, written out by hand. A part that has no line in it may
neither use nor be used until it is given its place. Each check is shown to catch what it is for.
"""

import ast
import re
import sys
import tomllib
from collections.abc import Callable, Iterator, Mapping
from functools import cache
from importlib.metadata import packages_distributions
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent

# Small modules beside the parts. They know nothing of ours; everybody but the pure parts may use them.
BESIDE = {"assets", "clock", "colour", "settings"}

MAY_USE: dict[str, set[str]] = {
    "__init__": set(),
    **{name: set() for name in BESIDE},
    "settings": {"colour"},
    "text": set(),
    "debate": {"text"},
    "tagging": {"text"},
    "log": {"debate", "text"} | BESIDE,
    "live": {"debate", "tagging", "log", "text"} | BESIDE,
    "crowd": {"debate", "live"} | BESIDE,
    # Who may see what of a record is decided once, in `live.views`; a transcript of records asks there too.
    "transcript": {"debate", "log", "text", "live"} | BESIDE,
    "web": {"crowd", "debate", "tagging", "log", "text", "live", "transcript"} | BESIDE,
    "cli": {"debate", "tagging", "log", "text", "live", "transcript", "web"} | BESIDE,
    "__main__": {"cli"},
}

PURE = {"debate", "text", "tagging"}
# A pure part is handed time, chance and text; it fetches none of them. (`datetime` is arithmetic, until it
# is asked for the present.)
IMPURE = set(
    "asyncio anyio http io logging os pathlib random secrets selectors shutil signal socket sqlite3 "
    "subprocess tempfile threading time urllib uuid".split()
)
IMPURE_CALLS = {"open", "print", "input"}
PRESENT = re.compile(r"(datetime|date)\.(now|utcnow|today)$")

VAGUE = {"util", "utils", "helper", "helpers", "manager", "handler", "service", "common", "misc"}
VAGUE_VERBS = re.compile(r"_?(do|process)_")
LINES_OF_A_FILE = 400
LINES_OF_A_FUNCTION = 60


def parts_used(module: str, tree: ast.Module) -> Iterator[tuple[int, str]]:
    """The line of each import in `module`, and the full name of the module it names."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from ((node.lineno, alias.name) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            base = node.module or ""
            if node.level:
                parent = module.split(".")[: -node.level]
                base = ".".join([*parent, *([node.module] if node.module else [])])
            # `from fishbowl import web` names a part only in its second half.
            yield from ((node.lineno, f"{base}.{alias.name}") for alias in node.names)


def wrong_imports(module: str, tree: ast.Module) -> Iterator[str]:
    part = _part(module)
    if part not in MAY_USE:
        yield f"{module} is in a part without a place: give it a line in MAY_USE and in docs/architecture.md"
        return
    for line, name in parts_used(module, tree):
        if name.split(".")[0] != "fishbowl":
            continue
        used = _part(name)
        if used in MAY_USE and used != part and used not in MAY_USE[part]:
            yield f"{module}:{line} imports {name}, but {part} must not know {used}"


def impurities(module: str, tree: ast.Module) -> Iterator[str]:
    if _part(module) not in PURE:
        return
    for line, name in parts_used(module, tree):
        if name.split(".")[0] in IMPURE:
            yield f"{module}:{line} imports {name}, but the part is pure"
    for node in ast.walk(tree):
        if isinstance(node, ast.AsyncFunctionDef | ast.Await):
            yield f"{module}:{node.lineno} waits, but the part is pure"
        elif isinstance(node, ast.Call):
            called = ast.unparse(node.func)
            if called in IMPURE_CALLS or PRESENT.search(called):
                yield f"{module}:{node.lineno} calls {called}, but the part is pure"


def wrong_names(module: str, tree: ast.Module) -> Iterator[str]:
    for word in module.split("."):
        if VAGUE.intersection(word.split("_")):
            yield f"{module} is called {word}, which says nothing of what it holds"
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) and VAGUE_VERBS.match(node.name):
            yield f"{module}:{node.lineno} {node.name} says only that it does something"


def too_long(module: str, tree: ast.Module, source: str) -> Iterator[str]:
    lines = source.count("\n")
    if lines > LINES_OF_A_FILE:
        yield f"{module} has {lines} lines; {LINES_OF_A_FILE} are the most, 300 the aim"
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            length = (node.end_lineno or node.lineno) - node.lineno + 1
            if length > LINES_OF_A_FUNCTION:
                yield f"{module}:{node.lineno} {node.name} has {length} lines; 40 are the aim"


def undocumented(module: str, tree: ast.Module) -> Iterator[str]:
    if not ast.get_docstring(tree):
        yield f"{module} does not say what it owns"


def violations(module: str, source: str) -> list[str]:
    """What is wrong with a module of the package, a sentence each."""
    tree = ast.parse(source)
    checks: tuple[Callable[[str, ast.Module], Iterator[str]], ...] = (
        wrong_imports,
        impurities,
        wrong_names,
        undocumented,
    )
    return [wrong for check in checks for wrong in check(module, tree)] + [*too_long(module, tree, source)]


def imported(source: str) -> set[str]:
    """The top-level modules of other people that the source imports."""
    tops = {name.split(".")[0] for _, name in parts_used("", ast.parse(source))}
    return tops - sys.stdlib_module_names - {"fishbowl", "tests", "benchmarks", ""}


def undeclared(source: str, declared: set[str]) -> set[str]:
    """Other people's distributions the source imports, but pyproject.toml does not name."""
    return {top for top in imported(source) if not _distributions(top) & declared}


def _distributions(top: str) -> set[str]:
    return {_plain(home) for home in _homes().get(top, [top])}


@cache
def _homes() -> Mapping[str, list[str]]:
    """Which distributions a module may have come with. Slow to find out, and the same throughout a run."""
    return packages_distributions()


def _part(module: str) -> str:
    return module.partition(".")[2].partition(".")[0]


def _plain(distribution: str) -> str:
    return re.sub(r"[-_.]+", "-", distribution).lower()


def _declared(*extras: str) -> set[str]:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    wanted = [*project["dependencies"]]
    for extra in extras:
        wanted += project["optional-dependencies"][extra]
    return {_plain(re.split(r"[\s<>=!~;\[]", line, maxsplit=1)[0]) for line in wanted}


def _modules() -> list[tuple[str, Path]]:
    files = sorted((ROOT / "fishbowl").rglob("*.py"))
    return [(file.relative_to(ROOT).with_suffix("").as_posix().replace("/", "."), file) for file in files]


MODULES = _modules()


@pytest.mark.parametrize(("module", "file"), MODULES, ids=[module for module, _ in MODULES])
def test_the_package(module: str, file: Path) -> None:
    """Every module keeps to its place, its purity, a plain name, a readable length, and says what it owns."""
    assert violations(module, file.read_text()) == []


def test_what_starts_it() -> None:
    """run.py knows the command line and nothing else of ours."""
    tree = ast.parse((ROOT / "run.py").read_text())
    ours = {name for _, name in parts_used("run", tree) if name.startswith("fishbowl")}
    assert ours == {"fishbowl.cli.main"}


def test_dependencies_are_declared() -> None:
    """What the package imports is a dependency of it; what the tests import beyond that is in the extra."""
    for _, file in MODULES:
        extras = ["postgres"] if file.name == "pool.py" else []
        assert undeclared(file.read_text(), _declared(*extras)) == set(), file
    for file in sorted((ROOT / "tests").rglob("*.py")):
        assert undeclared(file.read_text(), _declared("test")) == set(), file


def test_dependencies_are_used() -> None:
    """Nobody installs what the package does not use: each dependency is imported, or its user named here."""
    used_by_others = {"httptools": "uvicorn", "uvloop": "uvicorn", "python-multipart": "starlette"}
    used = {home for _, file in MODULES for top in imported(file.read_text()) for home in _distributions(top)}
    assert _declared() - used == set(used_by_others)


def test_tests_say_their_rule() -> None:
    """Every test says in its docstring which rule it proves."""
    silent = [
        f"{file.relative_to(ROOT)}:{node.lineno} {node.name}"
        for file in sorted((ROOT / "tests").rglob("test_*.py"))
        for node in ast.walk(ast.parse(file.read_text()))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
        and node.name.startswith("test_")
        and not ast.get_docstring(node)
    ]
    assert silent == []


@pytest.mark.parametrize(
    ("module", "source", "told"),
    [
        ("fishbowl.debate.decide", "from fishbowl.live.loop import Loop", "debate must not know live"),
        ("fishbowl.debate.decide", "from fishbowl import web", "debate must not know web"),
        ("fishbowl.debate.decide", "import fishbowl.clock", "debate must not know clock"),
        ("fishbowl.debate.decide", "from ..log import codec", "debate must not know log"),
        ("fishbowl.text.tags", "from fishbowl.debate import state", "text must not know debate"),
        ("fishbowl.tagging.likeness", "def f():\n    import fishbowl.log", "tagging must not know log"),
        ("fishbowl.transcript.html", "from fishbowl.web.words import _", "transcript must not know web"),
        ("fishbowl.live.loop", "from fishbowl.transcript import html", "live must not know transcript"),
        ("fishbowl.log.__init__", "from .. import web", "imports fishbowl.web, but log must not know web"),
        ("fishbowl.settings", "import fishbowl.web", "settings must not know web"),
        ("fishbowl.bridges.toots", "", "a part without a place"),
        ("fishbowl.debate.state", "import time", "imports time, but the part is pure"),
        ("fishbowl.debate.state", "from random import choice", "imports random.choice, but the part is pure"),
        ("fishbowl.text.names", "text = open('names.txt')", "calls open, but the part is pure"),
        ("fishbowl.debate.state", "at = datetime.now(UTC)", "calls datetime.now, but the part is pure"),
        ("fishbowl.tagging.likeness", "async def f(): ...", "waits, but the part is pure"),
        ("fishbowl.live.utils", "", "called utils"),
        ("fishbowl.web.page_helpers", "", "called page_helpers"),
        ("fishbowl.web.pages", "def process_form(): ...", "says only that it does something"),
        ("fishbowl.web.pages", "x = 1\n" * 400, "has 401 lines"),
        ("fishbowl.web.pages", "def f():\n" + "    x = 1\n" * 60, "f has 61 lines"),
    ],
)
def test_a_planted_fault_is_seen(module: str, source: str, told: str) -> None:
    """The checks see what they are there to see: each planted fault is told, and only that one."""
    found = violations(module, f'"""Owns a planted fault."""\n{source}\n'.replace("\n\n", "\n"))
    assert len(found) == 1, found
    assert told in found[0]


@pytest.mark.parametrize(
    ("module", "source"),
    [
        ("fishbowl.debate.decide", "from fishbowl.text.tags import markers\nfrom datetime import timedelta"),
        ("fishbowl.debate.decide", "from . import state\nfrom .state import State\nfrom ..text import tags"),
        ("fishbowl.web.app", "from fishbowl import __version__\nfrom fishbowl.live import hub\nimport time"),
        ("fishbowl.live.loop", "async def run(): await nothing()"),
    ],
)
def test_what_is_allowed_passes(module: str, source: str) -> None:
    """What the design allows is not told."""
    assert violations(module, f'"""Owns nothing wrong."""\n{source}\n') == []


def test_a_silent_module_is_seen() -> None:
    """A module that does not say what it owns is told."""
    assert violations("fishbowl.web.app", "x = 1\n") == ["fishbowl.web.app does not say what it owns"]


def test_an_undeclared_dependency_is_seen() -> None:
    """An import of something pyproject.toml does not name is told; the standard library and ours are not."""
    source = "import json, click, requests\nfrom nowhere.at_all import x\nfrom fishbowl import web"
    assert undeclared(source, {"click"}) == {"requests", "nowhere"}
