"""The scripts as browsers get them: as short as can be, and which modules each of them needs.

Knows no page and no address. The files are written to be read; what is sent is made of them when the service
starts, so that there is nothing to build and nothing that could be out of date. Names that a module keeps to
itself get shorter; what it exports, and what it asks of a page or of the wire, keeps its name. The tests of
modules run over what is served as well as over what is written; every test in a browser sees what is served.
"""

from __future__ import annotations

import json
import re
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from posixpath import dirname, normpath

from rjsmin import jsmin

__all__ = ["lean", "needed"]

_IMPORTED = re.compile(r'^(?:(?:import|export)\b[^;"]*\bfrom|import) *"(\.[^"]+)";', re.MULTILINE)
"""What a module cannot begin without; not what it imports when need arises, `import("./poll.js")`."""

_SHORTEN = Path(__file__).with_name("shorten.py")
_PATIENCE_SECONDS = 60


def lean(sources: Sequence[bytes]) -> list[bytes]:
    """The same scripts without what only their readers need, in the same order.

    Where the library that renames has no build for this machine, comments and indentation alone are left out.
    """
    written = [source.decode() for source in sources]
    try:
        done = subprocess.run(  # noqa: S603 - our own interpreter and our own program
            [sys.executable, "-I", _SHORTEN],
            input=json.dumps(written),
            capture_output=True,
            text=True,
            timeout=_PATIENCE_SECONDS,
            check=True,
        )
        short = json.loads(done.stdout)
    except (OSError, subprocess.SubprocessError, ValueError):
        short = [jsmin(one) for one in written]
    return [one.encode() for one in short]


def needed(folder: Path, script: str) -> list[str]:
    """All modules that `script` imports, and these in turn, by their paths in `folder`; nearest first."""
    found = [script]
    for path in found:  # grows as it goes
        source = (folder / path).read_text(encoding="utf-8")
        paths = (normpath(f"{dirname(path)}/{name}").lstrip("/") for name in _IMPORTED.findall(source))
        found += [one for one in dict.fromkeys(paths) if one not in found]
    return found[1:]
