"""The wheel is whole: built, installed and used from a directory that has nothing of the checkout."""

import os
import re
import subprocess
import sys
import sysconfig
import zipfile
from pathlib import Path

import httpx
import pytest

from fishbowl import __version__

ROOT = Path(__file__).resolve().parent.parent


def run(*command: str | Path, cwd: Path, **environ: str) -> str:
    """What the command printed; a failure shows all of it."""
    done = subprocess.run(
        command, cwd=cwd, env=os.environ | environ, capture_output=True, text=True, timeout=300, check=False
    )
    assert done.returncode == 0, f"{command}\n{done.stdout}\n{done.stderr}"
    return done.stdout


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel, built with what is installed here: nothing is fetched."""
    out = tmp_path_factory.mktemp("wheel")
    run(sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", out, ROOT, cwd=out)
    [built] = out.glob("*.whl")
    return built


@pytest.fixture(scope="module")
def installed(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The Python of a fresh environment that has the wheel, and finds other people's packages here."""
    place = tmp_path_factory.mktemp("elsewhere") / "environment"
    run(sys.executable, "-m", "venv", "--without-pip", place, cwd=place.parent)
    python = place / "bin" / "python"
    pip = (sys.executable, "-m", "pip", "--python", str(python))
    run(*pip, "install", "--quiet", "--no-deps", "--no-index", wheel, cwd=place.parent)
    home = Path(
        run(python, "-c", "import sysconfig; print(sysconfig.get_path('purelib'))", cwd=place).strip()
    )
    # A .pth line makes the packages importable; .pth files inside that folder (the editable install of this
    # checkout among them) are not read a second time.
    (home / "our_dependencies.pth").write_text(sysconfig.get_path("purelib") + "\n")
    return python


def test_it_carries_everything(wheel: Path) -> None:
    """Every module, template and static file of the checkout is in the wheel, and nothing of the tests."""
    carried = set(zipfile.ZipFile(wheel).namelist())
    expected = {
        prefix + file.relative_to(ROOT).as_posix()
        for folder, prefix in (
            ("fishbowl", ""),
            ("templates", "fishbowl/_assets/"),
            ("static", "fishbowl/_assets/"),
        )
        for file in (ROOT / folder).rglob("*")
        if file.is_file() and file.suffix != ".pyc" and not file.name.startswith(".")
    }
    assert expected <= carried
    assert any(name.startswith("fishbowl/_assets/templates/") for name in carried)
    assert any(name.startswith("fishbowl/_assets/static/") for name in carried)
    assert {name.split("/")[0] for name in carried} == {"fishbowl", f"fishbowl-{__version__}.dist-info"}


def test_it_finds_its_files_elsewhere(installed: Path, tmp_path: Path) -> None:
    """Installed, it is not the checkout that runs, and its templates and static files are its own."""
    program = (
        "import fishbowl, fishbowl.assets as a; print(fishbowl.__file__);"
        "print(a.find_assets('templates')); print(a.find_assets('static'))"
    )
    package, templates, static = map(Path, run(installed, "-c", program, cwd=tmp_path).split())
    assert package.is_relative_to(installed.parent.parent)
    assert templates == package.parent / "_assets" / "templates"
    assert static == package.parent / "_assets" / "static"


def test_its_command_runs_elsewhere(installed: Path, tmp_path: Path) -> None:
    """`fishbowl --version` and `python -m fishbowl --version` say which version runs, from any directory."""
    assert __version__ in run(installed.parent / "fishbowl", "--version", cwd=tmp_path)
    assert __version__ in run(installed, "-m", "fishbowl", "--version", cwd=tmp_path)
    assert list(tmp_path.iterdir()) == []


def test_it_serves_elsewhere(installed: Path, tmp_path: Path) -> None:
    """The installed service answers with a page and everything the page asks for, from any directory."""
    command = (installed.parent / "fishbowl", "serve", "--port", "0")
    with subprocess.Popen(command, cwd=tmp_path, stdout=subprocess.PIPE, text=True) as service:
        try:
            assert service.stdout is not None
            address = service.stdout.readline().split()[-1]
            with httpx.Client(base_url=address) as client:
                page = client.get("/")
                assert page.status_code == 200
                asked_for = set(re.findall(r'(?:href|src)="(/static/[^"]+)"', page.text))
                assert asked_for
                assert {path: client.get(path).status_code for path in asked_for} == dict.fromkeys(
                    asked_for, 200
                )
        finally:
            service.terminate()
            assert service.wait(timeout=30) == 0
    assert [made.name for made in tmp_path.iterdir()] == ["data"]
