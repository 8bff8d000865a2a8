"""The static files, under addresses that change when they do.

Knows no page. One digest over the whole folder stands in every address (`/static/<digest>/css/...`), so that
modules and style sheets that name each other by relative paths move together, and a browser may keep a file
for ever: another version has another address. An address of a version that is gone still gives today's file,
which is then not kept.
"""

from __future__ import annotations

import asyncio
import gzip
from hashlib import sha256
from pathlib import Path
from typing import Final

from starlette.datastructures import Headers
from starlette.responses import FileResponse, Response
from starlette.routing import Mount
from starlette.staticfiles import StaticFiles
from starlette.types import Scope

__all__ = ["StaticFolder"]

_PACKED: Final = (".css", ".js", ".svg", ".json")


class StaticFolder:
    """A folder of static files, the addresses of what is in it, and the route that serves it."""

    def __init__(self, folder: Path) -> None:
        self.version = _digest(folder)
        self.route = Mount("/static/{version}", _Files(folder, self.version))

    def address(self, path: str) -> str:
        """Where a page finds the file."""
        return f"/static/{self.version}/{path}"


class _Files(StaticFiles):
    """Starlette's, with our caching, and each file compressed once and not for every reader."""

    def __init__(self, folder: Path, version: str) -> None:
        super().__init__(directory=folder)
        self._version = version
        self._packed: dict[str, tuple[int, bytes]] = {}

    async def get_response(self, path: str, scope: Scope) -> Response:
        response = await super().get_response(path, scope)
        if isinstance(response, FileResponse) and path.endswith(_PACKED):
            response.headers["Vary"] = "Accept-Encoding"
            headers = Headers(scope=scope)
            if "gzip" in headers.get("accept-encoding", "") and "range" not in headers:
                response = await asyncio.to_thread(self._pack, path, response)
        is_current = scope["path_params"]["version"] == self._version
        response.headers["Cache-Control"] = (
            "public, max-age=31536000, immutable" if is_current else "no-cache"
        )
        return response

    def _pack(self, path: str, plain: FileResponse) -> Response:
        file = Path(plain.path)
        changed = file.stat().st_mtime_ns
        if self._packed.get(path, (0, b""))[0] != changed:
            self._packed[path] = changed, gzip.compress(file.read_bytes(), mtime=0)
        packed = Response(
            self._packed[path][1], headers={"Content-Encoding": "gzip", "Vary": "Accept-Encoding"}
        )
        packed.headers["Content-Type"] = plain.headers["content-type"]
        packed.headers["Last-Modified"] = plain.headers["last-modified"]
        return packed


def _digest(folder: Path) -> str:
    found = sha256()
    for file in sorted(path for path in folder.rglob("*") if path.is_file()):
        found.update(file.relative_to(folder).as_posix().encode() + b"\0" + file.read_bytes() + b"\0")
    return found.hexdigest()[:12]
