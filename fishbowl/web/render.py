"""Templates made into pages.

Knows no debate and no right: it is handed what a page shows. Guarantees that every value is escaped for where
it stands, and that a template asking for something it was not given fails instead of showing nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from starlette.requests import HTTPConnection
from starlette.responses import HTMLResponse

from fishbowl.web.words import negotiate, page_words

__all__ = ["LANGUAGE_COOKIE", "Renderer", "language_of"]

LANGUAGE_COOKIE = "language"


def language_of(connection: HTTPConnection) -> str:
    """The one of our languages that the reader chose, or whose browser asks for it."""
    return negotiate(connection.headers.get("accept-language"), connection.cookies.get(LANGUAGE_COOKIE))


class Renderer:
    """`static`: the address of a static file by its path; `standing`: what every page may show."""

    def __init__(self, folder: Path, static: Callable[[str], str], standing: Mapping[str, Any]) -> None:
        self._environment = Environment(
            loader=FileSystemLoader(folder),
            autoescape=True,
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
        )
        self._static = static
        self._standing = standing

    def page(
        self,
        connection: HTTPConnection,
        name: str,
        context: Mapping[str, Any],
        *,
        status: int = 200,
        admin: bool = False,
        headers: Mapping[str, str] | None = None,
    ) -> HTMLResponse:
        """The page `name` in the reader's language."""
        language = language_of(connection)
        shown = {
            **page_words(language),
            **self._standing,
            "static": self._static,
            "admin": admin,
            "page": name,
            "here": _page_asked_for(connection, status),
            **context,
        }
        html = self._environment.get_template(f"{name}.html").render(shown)
        vary = {"Content-Language": language, "Vary": "Accept-Language, Cookie"}
        return HTMLResponse(html, status, {**vary, **(headers or {})})


def _page_asked_for(connection: HTTPConnection, status: int) -> str | None:
    """The path to come back to; none from the answer to a form, which cannot be asked for again.

    An error does not repeat it: whatever is not there is answered alike, and the browser knows where it was.
    """
    if connection.scope.get("method", "GET") not in ("GET", "HEAD"):
        return None
    return connection.scope["path"] if status < 400 else ""
