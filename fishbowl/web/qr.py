"""An address as a QR code: an SVG picture that a phone's camera reads from across a room."""

from __future__ import annotations

from io import BytesIO

import segno
from markupsafe import Markup

__all__ = ["MEDIA_TYPE", "qr_code", "qr_inline"]

MEDIA_TYPE = "image/svg+xml"


def qr_code(address: str) -> bytes:
    """The picture, black on white whatever the page's colours are: that is what cameras read best.

    Error level M stands 15 % of dirt or glare; the quiet zone is the standard's four modules.
    """
    picture = BytesIO()
    segno.make(address, error="m", micro=False).save(
        picture, kind="svg", border=4, dark="#000", light="#fff", omitsize=True, xmldecl=False
    )
    return picture.getvalue()


def qr_inline(address: str) -> Markup:
    """The picture for a page to hold, where its address is nobody's to ask for: it has a secret in it."""
    return Markup(qr_code(address).decode())  # noqa: S704 - made of the squares alone, never of the text
