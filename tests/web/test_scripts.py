"""The scripts as they are served: shorter, doing the same, and asked for all at once."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
from pathlib import Path

import pytest

from fishbowl.web.scripts import lean, needed
from tests.web.conftest import House

ROOT = Path(__file__).resolve().parents[2]
STATIC = ROOT / "static"
SCRIPTS = sorted((STATIC / "js").rglob("*.js"))
WRITTEN = """\
/** What it owns. */
import { say } from "./say.js"; // and why

export class Line {
  #said = null;

  /* Two ways. */
  tell(name) {
    const plain = /^[/*]\\/\\/ /u.test(name) ? name / 2 / 1 : `// ${name} /* `;
    return this.#said ?? say?.("/* told */  here", plain);
  }
}
"""


def same(pairs: list[tuple[str, str]]) -> list[bool]:
    """Whether the two of each pair are the same program."""
    node = shutil.which("node")
    if node is None:
        pytest.skip("no Node on this machine: apt-get install nodejs")
    done = subprocess.run(
        [node, "--expose-internals", "tests/js/same.js"],
        cwd=ROOT,
        input=json.dumps(pairs),
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    answers: list[bool] = json.loads(done.stdout)
    return answers


def test_comments_and_private_names_are_left_out() -> None:
    """What is for the readers of a file is not sent; what only looks like it is, and what others use."""
    short = lean([WRITTEN.encode()])[0].decode()
    assert "What it owns" not in short
    assert "and why" not in short
    assert "plain" not in short
    assert "/^[/*]\\/\\/ /u" in short
    assert '"/* told */  here"' in short
    assert "`// ${" in short
    assert "export class Line{" in short
    assert "tell(" in short


def test_scripts_keep_their_order() -> None:
    """Many are asked for at once: each comes back in its place; none is asked for, none comes."""
    one, none, other = lean([b"let one = 1;", b"", 'say("ä");'.encode()])
    assert (one.rstrip(b";"), none, other.decode().rstrip(";")) == (b"let one=1", b"", 'say("ä")')
    assert lean([]) == []


@pytest.mark.parametrize("unable", ["/nowhere/python", "/bin/false"])
def test_a_machine_without_the_library(monkeypatch: pytest.MonkeyPatch, unable: str) -> None:
    """Comments and indentation alone are left out there: parsed, each file equals what is served of it."""
    monkeypatch.setattr("sys.executable", unable)
    sources = [script.read_text(encoding="utf-8") for script in SCRIPTS]
    served = [one.decode() for one in lean([source.encode() for source in [*sources, WRITTEN]])]
    pairs = list(zip([*sources, WRITTEN], served, strict=True))
    assert "What it owns" not in served[-1]
    verdicts = zip([*SCRIPTS, "WRITTEN"], same(pairs), strict=True)
    assert [name for name, is_same in verdicts if not is_same] == []


VALUES = ["null", "undefined", "false", "true", "0", "1", "-1", "NaN", '""', '"0"', '"text"', "[]", "({})"]
EXPRESSIONS = [
    "a && true", "a || false", "a && false", "a || true", "a ? true : false", "!a ? false : true", "!!a",
    "a ? b : undefined", "a ?? undefined", "a === undefined ? null : b", "a === null || a === undefined",
    "a ? a : b", "a ? true : b", "a ? b : false", "a ? b : true", "a ? false : b", "a ? 1 : 0",
    "[a, b].length", "a?.length", "a?.length ?? b", "(a, b)", "a == b", "a === b", "a && b || a",
    "`${a} ${b}`", "typeof a",
    "{ if (a) b; else a }", "(() => { if (!a) return b; return a; })()", "+a", "-a", "a - -b", "a + +b",
    "(() => { let n = 0; for (const one of [a, b]) { if (one) continue; n += 1; } return n; })()",
    "(() => { const one = { a, b }; const { a: x, ...rest } = one; return [x, rest]; })()",
    "(() => { try { return a.b.c; } catch { return b; } })()",
    "(() => { switch (a) { case null: return 1; case 0: return 2; default: return b; } })()",
]  # fmt: skip


def test_what_is_served_means_the_same() -> None:
    """Each expression is worth what it was as written, for every pair of values: a version failed this."""
    node = shutil.which("node")
    if node is None:
        pytest.skip("no Node on this machine: apt-get install nodejs")
    script = "const results = [];\n"
    for each in EXPRESSIONS:
        does = each if each.startswith("{") else f"return {each}"
        script += f"results.push((a, b) => {{ {does} }});\n"
    script += f"""
const values = [{", ".join(VALUES)}];
const seen = results.map((f) => values.flatMap((a) => values.map((b) => {{
  const got = f(a, b);
  return [String(JSON.stringify(got)), typeof got, Object.is(got, -0), Number.isNaN(got)].join();
}})));
console.log(JSON.stringify(seen));
"""
    written, served = (
        json.loads(subprocess.run([node, "-e", one], capture_output=True, text=True, check=True).stdout)
        for one in (script, lean([script.encode()])[0].decode())
    )
    assert [each for each, one, other in zip(EXPRESSIONS, written, served, strict=True) if one != other] == []


def test_another_program_is_told_apart() -> None:
    """The comparison can fail: a line joined to the next, a space lost in a text, another expression."""
    others = [
        ("a\n++b", "a++;b"),
        ("x = `a  b`", "x = `a b`"),
        ("x = a - -b", "x = a - b"),
        ("/a  b/", "/a b/"),
    ]
    assert same(others) == [False] * len(others)
    assert same([("const a = 1; // one", "const a=1;")]) == [True]


def test_what_a_script_needs(tmp_path: Path) -> None:
    """All that is imported, by whatever way, each once; what is imported when need arises is not."""
    folder = tmp_path / "js" / "far"
    folder.mkdir(parents=True)
    (tmp_path / "js" / "a.js").write_text(
        '/** import { z } from "./z.js"; */\n'
        'import { b } from "./b.js";\nimport {\n  c,\n} from "./far/c.js";\n'
        'const later = () => import("./later.js");\n'
    )
    (tmp_path / "js" / "b.js").write_text('import "./far/c.js";\nexport { b } from "./d.js";\n')
    (folder / "c.js").write_text('import { d } from "../d.js";\n')
    (tmp_path / "js" / "d.js").write_text('const said = "from \\"./e.js\\"";\n')
    assert needed(tmp_path, "js/a.js") == ["js/b.js", "js/far/c.js", "js/d.js"]


@pytest.mark.parametrize("script", SCRIPTS, ids=lambda path: path.relative_to(STATIC / "js").as_posix())
def test_no_import_is_overlooked(script: Path) -> None:
    """Every file that a script imports is found, wherever its name stands."""
    path = script.relative_to(STATIC).as_posix()
    names = re.findall(r'(?<!\()"(\.[\w./]+\.js)"', script.read_text(encoding="utf-8"))
    found = {STATIC / one for one in needed(STATIC, path)}
    assert {(script.parent / name).resolve() for name in names} <= found


async def test_a_page_names_all_modules_at_once(house: House) -> None:
    """The page names what its script will import, so that nothing waits for a file that names the next."""
    await house.live()
    page = (await (await house.client()).get("/debates/high-street")).text
    named = re.findall(r'<link rel="modulepreload" href="/static/\w+/([^"]+)">', page)
    assert named == needed(STATIC, "js/debate.js")
    assert "js/fold.js" in named


async def test_a_script_is_served_lean_to_everybody(house: House) -> None:
    """Packed or not, under today's address or a past one, it is the same short script."""
    client = await house.client()
    page = (await client.get("/join/x")).text
    address = page.split('<script type="module" src="')[1].split('"')[0]
    source = (STATIC / address.split("/", 3)[3]).read_bytes()
    short = lean([source])[0]
    past = address.replace(address.split("/")[2], "000000000000")
    for where in (address, past):
        for accepted in ("gzip", "identity"):
            answer = await client.get(where, headers={"Accept-Encoding": accepted})
            assert answer.content == short != source
            assert answer.headers["content-type"].startswith("text/javascript")
