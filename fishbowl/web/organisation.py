"""Who runs the service: name, contact, logo and colour, and what they have to tell.

Knows no debate. What they tell (privacy, imprint, accessibility) are Markdown files in the data directory's
`pages` folder, read whenever they are asked for. Guarantees that nothing but plain elements of text gets from
such a file into a page, and that a logo can do nothing but be looked at.
"""

from __future__ import annotations

import asyncio
import re
from hashlib import sha256
from pathlib import Path
from typing import Final

import nh3
from markdown_it import MarkdownIt
from markupsafe import Markup
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from fishbowl.colour import read_colour
from fishbowl.settings import Settings, SettingsError
from fishbowl.web.accent import accent_sheet
from fishbowl.web.problems import not_found
from fishbowl.web.render import language_of
from fishbowl.web.site import site_of

__all__ = ["STATEMENTS", "Organisation"]

STATEMENTS: Final = ("privacy", "imprint", "accessibility")
"""What may be told, each at an address of its own."""
LOGO_BYTES: Final = 256 * 1024
STATEMENT_BYTES: Final = 256 * 1024

_LOGOS: Final = {".svg": "image/svg+xml", ".png": "image/png", ".webp": "image/webp", ".jpg": "image/jpeg"}
_PICTURE_POLICY: Final = "default-src 'none'; style-src 'unsafe-inline'; sandbox"
_TAGS: Final = frozenset(
    "a blockquote br code em h1 h2 h3 h4 hr li ol p pre strong table tbody td th thead tr ul".split()
)
_MAIL: Final = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s]+")


class Organisation:
    """Raises `SettingsError` for a logo that cannot be shown."""

    def __init__(self, settings: Settings) -> None:
        self.name = settings.organisation
        self.contact = settings.contact
        self._folder = settings.data / "pages"
        self._files: dict[str, tuple[bytes, str]] = {}
        self.logo = None if settings.logo is None else self._picture(settings.logo)
        self.accent = None if settings.accent is None else self._sheet(settings.accent)

    @property
    def contact_address(self) -> str | None:
        """Where the contact leads, when it is a mail address or a page."""
        if self.contact is None:
            return None
        if _MAIL.fullmatch(self.contact):
            return f"mailto:{self.contact}"
        return self.contact if re.fullmatch(r"https?://\S+", self.contact) else None

    @property
    def statements(self) -> tuple[str, ...]:
        """Which of `STATEMENTS` there are."""
        try:
            there = {file.name.partition(".")[0] for file in self._folder.iterdir() if file.suffix == ".md"}
        except OSError:
            return ()
        return tuple(name for name in STATEMENTS if name in there)

    @property
    def routes(self) -> list[Route]:
        return [
            Route("/organisation/{file}", self._file),
            *(Route(f"/{name}", self._statement) for name in STATEMENTS),
        ]

    async def _file(self, request: Request) -> Response:
        found = self._files.get(request.path_params["file"])
        if found is None:
            raise not_found()
        headers = {"Cache-Control": "public, max-age=31536000, immutable"}
        if found[1] != "text/css":
            headers["Content-Security-Policy"] = _PICTURE_POLICY
        return Response(found[0], headers=headers, media_type=found[1])

    async def _statement(self, request: Request) -> Response:
        name = request.url.path.removeprefix("/")
        text = await asyncio.to_thread(self._told, name, language_of(request))
        if text is None:
            raise not_found()
        return site_of(request).renderer.page(request, "statement", {"name": name, "text": text})

    def _told(self, name: str, language: str) -> Markup | None:
        """The statement in the reader's language where it is there in it, else as it was written first."""
        for file in (f"{name}.{language}.md", f"{name}.md"):
            try:
                with (self._folder / file).open("rb") as written:
                    return _rendered(written.read(STATEMENT_BYTES).decode(errors="replace"))
            except OSError:
                continue
        return None

    def _picture(self, file: Path) -> str:
        kind = _LOGOS.get(file.suffix.lower())
        if kind is None:
            raise SettingsError(f"logo is {str(file)!r}; expected a file ending in {', '.join(_LOGOS)}")
        try:
            picture = file.read_bytes()
        except OSError as error:
            raise SettingsError(f"logo is {str(file)!r}, which cannot be read: {error.strerror}") from error
        if len(picture) > LOGO_BYTES:
            raise SettingsError(f"logo is {len(picture)} bytes large; expected {LOGO_BYTES} at most")
        return self._kept("logo", picture, file.suffix.lower(), kind)

    def _sheet(self, accent: str) -> str:
        colour = read_colour(accent)
        assert colour is not None, "settings take no other"
        return self._kept("accent", accent_sheet(colour).encode(), ".css", "text/css")

    def _kept(self, name: str, content: bytes, suffix: str, kind: str) -> str:
        """The address of a file under which another version will not be looked for."""
        file = f"{name}-{sha256(content).hexdigest()[:12]}{suffix}"
        self._files[file] = content, kind
        return f"/organisation/{file}"


def _rendered(text: str) -> Markup:
    """CommonMark with tables. HTML in it stands there as text; what is made is cleaned nonetheless."""
    html = MarkdownIt("commonmark", {"html": False}).enable("table").render(text)
    cleaned = nh3.clean(
        html,
        tags=set(_TAGS),
        attributes={"a": {"href", "title"}, "ol": {"start"}},
        url_schemes={"http", "https", "mailto", "tel"},
        link_rel="noopener",
    )
    return Markup(cleaned)  # noqa: S704 - cleaned by a list of what is allowed
