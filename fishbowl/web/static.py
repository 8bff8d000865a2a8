"""The static files, under addresses that change when they do.

Knows no page. One digest over the whole folder stands in every address (`/static/<digest>/css/...`), so that
modules and style sheets that name each other by relative paths move together, and a browser may keep a file
for ever: another version has another address. An address of a version that is gone still gives today's file,
which is then not kept.
"""

from __future__ import annotations

from hashlib import sha256
from pathlib import Path

from starlette.responses import Response
from starlette.routing import Mount
from starlette.staticfiles import StaticFiles
from starlette.types import Scope

__all__ = ["StaticFolder"]


class StaticFolder:
    """A folder of static files, the addresses of what is in it, and the route that serves it."""

    def __init__(self, folder: Path) -> None:
        self.version = _digest(folder)
        self.route = Mount("/static/{version}", _Files(folder, self.version))

    def address(self, path: str) -> str:
        """Where a page finds the file."""
        return f"/static/{self.version}/{path}"


class _Files(StaticFiles):
    def __init__(self, folder: Path, version: str) -> None:
        super().__init__(directory=folder)
        self._version = version

    async def get_response(self, path: str, scope: Scope) -> Response:
        response = await super().get_response(path, scope)
        is_current = scope["path_params"]["version"] == self._version
        response.headers["Cache-Control"] = (
            "public, max-age=31536000, immutable" if is_current else "no-cache"
        )
        return response


def _digest(folder: Path) -> str:
    found = sha256()
    for file in sorted(path for path in folder.rglob("*") if path.is_file()):
        found.update(file.relative_to(folder).as_posix().encode() + b"\0" + file.read_bytes() + b"\0")
    return found.hexdigest()[:12]
