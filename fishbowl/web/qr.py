"""An address as a QR code: an SVG picture that a phone's camera reads from across a room."""

from __future__ import annotations

from io import BytesIO

import segno

__all__ = ["MEDIA_TYPE", "qr_code"]

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
