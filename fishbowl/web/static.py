"""The static files, under addresses that change when they do.

Knows no page. One digest over the whole folder, as it is served, stands in every address
(`/static/<digest>/css/...`), so that modules and style sheets that name each other by relative paths move
together, and a browser may keep a file for ever: another version has another address. An address of a version
that is gone still gives today's file, which is then not kept.
"""

from __future__ import annotations

import asyncio
import gzip
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import Final

from starlette.datastructures import Headers
from starlette.responses import FileResponse, Response
from starlette.routing import Mount
from starlette.staticfiles import StaticFiles
from starlette.types import Scope

from fishbowl.web.scripts import lean, needed

__all__ = ["StaticFolder"]

_PACKED: Final = (".css", ".js", ".svg", ".json")


class StaticFolder:
    """A folder of static files, the addresses of what is in it, and the route that serves it."""

    def __init__(self, folder: Path) -> None:
        folder = folder.resolve()  # as Starlette names what it found
        scripts = [path for path in folder.rglob("*.js") if path.is_file()]
        served = dict(zip(scripts, lean([path.read_bytes() for path in scripts]), strict=True))
        self.version = _digest(folder, served)
        self.route = Mount("/static/{version}", _Files(folder, self.version, served))
        self._needed = cache(lambda script: [self.address(path) for path in needed(folder, script)])

    def address(self, path: str) -> str:
        """Where a page finds the file."""
        return f"/static/{self.version}/{path}"

    def modules(self, script: str) -> list[str]:
        """Where it finds what the script imports: named in the page, they are all asked for at once."""
        return self._needed(script)


class _Files(StaticFiles):
    """Starlette's, with our caching, and each file made ready once and not for every reader."""

    def __init__(self, folder: Path, version: str, scripts: dict[Path, bytes]) -> None:
        super().__init__(directory=folder)
        self._version = version
        self._scripts = {path: (path.stat().st_mtime_ns, script) for path, script in scripts.items()}
        self._packed: dict[Path, tuple[int, bytes]] = {}

    async def get_response(self, path: str, scope: Scope) -> Response:
        response = await super().get_response(path, scope)
        if isinstance(response, FileResponse) and path.endswith(_PACKED):
            response.headers["Vary"] = "Accept-Encoding"
            headers = Headers(scope=scope)
            packed = "gzip" in headers.get("accept-encoding", "") and "range" not in headers
            if packed or path.endswith(".js"):
                response = await asyncio.to_thread(self._answer, response, packed)
        is_current = scope["path_params"]["version"] == self._version
        response.headers["Cache-Control"] = (
            "public, max-age=31536000, immutable" if is_current else "no-cache"
        )
        return response

    def _answer(self, plain: FileResponse, packed: bool) -> Response:
        file = Path(plain.path)
        content = self._pack(file) if packed else self._served(file)
        answer = Response(content, headers={"Vary": "Accept-Encoding"})
        if packed:
            answer.headers["Content-Encoding"] = "gzip"
        answer.headers["Content-Type"] = plain.headers["content-type"]
        answer.headers["Last-Modified"] = plain.headers["last-modified"]
        return answer

    def _pack(self, file: Path) -> bytes:
        changed = file.stat().st_mtime_ns
        if self._packed.get(file, (0, b""))[0] != changed:
            self._packed[file] = changed, gzip.compress(self._served(file), mtime=0)
        return self._packed[file][1]

    def _served(self, file: Path) -> bytes:
        """What is in the file, or what is made of it: once more where it has changed since we started."""
        if file.suffix != ".js":
            return file.read_bytes()
        changed = file.stat().st_mtime_ns
        if self._scripts.get(file, (0, b""))[0] != changed:
            self._scripts[file] = changed, lean([file.read_bytes()])[0]
        return self._scripts[file][1]


def _digest(folder: Path, served: dict[Path, bytes]) -> str:
    found = sha256()
    for file in sorted(path for path in folder.rglob("*") if path.is_file()):
        content = served[file] if file in served else file.read_bytes()
        found.update(file.relative_to(folder).as_posix().encode() + b"\0" + content + b"\0")
    return found.hexdigest()[:12]
