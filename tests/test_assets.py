"""Templates and static files are found wherever the package lies."""

from pathlib import Path

import pytest

from fishbowl.assets import find_assets


def test_in_a_checkout(tmp_path: Path) -> None:
    """In a checkout the folders beside the package are used."""
    (tmp_path / "fishbowl").mkdir()
    (tmp_path / "templates").mkdir()
    assert find_assets("templates", tmp_path / "fishbowl") == tmp_path / "templates"


def test_in_a_wheel(tmp_path: Path) -> None:
    """An installed package uses the copy it carries, never a folder of that name beside it."""
    own = tmp_path / "fishbowl" / "_assets" / "static"
    own.mkdir(parents=True)
    (tmp_path / "static").mkdir()
    assert find_assets("static", tmp_path / "fishbowl") == own


def test_missing(tmp_path: Path) -> None:
    """An incomplete installation says so, and names both places that were looked at."""
    (tmp_path / "templates").write_text("a file is no folder")
    with pytest.raises(FileNotFoundError, match="install it again") as refused:
        find_assets("templates", tmp_path / "fishbowl")
    assert str(tmp_path / "templates") in str(refused.value)
    assert str(tmp_path / "fishbowl" / "_assets" / "templates") in str(refused.value)
