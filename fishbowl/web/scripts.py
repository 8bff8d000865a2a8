"""The scripts as browsers get them: without comments and indentation, and which modules each of them needs.

Knows no page and no address. The files are written to be read; nothing is renamed or rearranged on the way,
so that an error in somebody's browser names what stands in the file. A test holds each script, as it is
served, to the program that was written: a template within a template is what `lean` would get wrong.
"""

from __future__ import annotations

import re
from pathlib import Path
from posixpath import dirname, normpath

from rjsmin import jsmin

__all__ = ["lean", "needed"]

_IMPORTED = re.compile(r'^(?:(?:import|export)\b[^;"]*\bfrom|import) *"(\.[^"]+)";', re.MULTILINE)
"""What a module cannot begin without; not what it imports when need arises, `import("./poll.js")`."""


def lean(source: bytes) -> bytes:
    """The same script without what only its readers need."""
    short = jsmin(source.decode())
    assert isinstance(short, str)
    return short.encode()


def needed(folder: Path, script: str) -> list[str]:
    """All modules that `script` imports, and these in turn, by their paths in `folder`; nearest first."""
    found = [script]
    for path in found:  # grows as it goes
        source = (folder / path).read_text(encoding="utf-8")
        paths = (normpath(f"{dirname(path)}/{name}").lstrip("/") for name in _IMPORTED.findall(source))
        found += [one for one in dict.fromkeys(paths) if one not in found]
    return found[1:]
