"""The browser's plain modules, tested without a browser: every tests/js/*.test.js, run by Node.

Only the tests need Node. The pages need nothing built, and tests in a real browser stand in tests/browser.
"""

import shutil
import subprocess
from pathlib import Path

import pytest

from fishbowl.web.scripts import lean

ROOT = Path(__file__).resolve().parent.parent
FILES = sorted((ROOT / "tests" / "js").glob("*.test.js"))


def passed(file: Path) -> tuple[bool, str]:
    """Whether Node says so, and all it said."""
    node = shutil.which("node")
    if node is None:
        pytest.skip("no Node on this machine: apt-get install nodejs")
    done = subprocess.run(
        [node, "--test", file], cwd=ROOT, capture_output=True, text=True, timeout=120, check=False
    )
    return done.returncode == 0, done.stdout + done.stderr


@pytest.mark.parametrize("file", FILES, ids=[file.name for file in FILES])
def test_modules(file: Path) -> None:
    """Every rule the file proves of the browser's modules holds."""
    well, said = passed(file)
    assert well, said


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The same tests beside the scripts as browsers get them."""
    root = tmp_path_factory.mktemp("served")
    shutil.copytree(ROOT / "tests" / "js", root / "tests" / "js")
    shutil.copytree(ROOT / "static" / "js", root / "static" / "js")
    (root / "package.json").write_bytes((ROOT / "package.json").read_bytes())
    scripts = sorted((root / "static").rglob("*.js"))
    for script, short in zip(scripts, lean([one.read_bytes() for one in scripts]), strict=True):
        assert len(short) < len(script.read_bytes())
        script.write_bytes(short)
    return root


@pytest.mark.parametrize("name", [file.name for file in FILES])
def test_modules_as_they_are_served(served: Path, name: str) -> None:
    """It holds of what is made of them as well."""
    well, said = passed(served / "tests" / "js" / name)
    assert well, said


def test_a_failure_is_seen(tmp_path: Path) -> None:
    """A test that fails in Node fails here; one that passes there passes here."""
    (tmp_path / "good.test.mjs").write_text('import { test } from "node:test"; test("good", () => {});')
    (tmp_path / "bad.test.mjs").write_text(
        'import { test } from "node:test"; test("bad", () => { throw 1; });'
    )
    assert passed(tmp_path / "good.test.mjs")[0]
    assert not passed(tmp_path / "bad.test.mjs")[0]
