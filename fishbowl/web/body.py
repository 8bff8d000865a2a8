"""What a request carries in its body, read within limits.

Knows no route's meaning. Guarantees that a body too large is refused before it is held in memory, and that
nothing unreadable (no JSON, nested too deep, half a character) gets any further than a 400. A number too long
for any store is read as the largest one, which is out of every range.
"""

from __future__ import annotations

import asyncio
from typing import Any, Final
from urllib.parse import parse_qsl

from starlette.requests import Request

from fishbowl.debate.reading import read_json as parse
from fishbowl.debate.refused import Refused
from fishbowl.web.problems import Problem, code_for

__all__ = ["MOST", "read_body", "read_fields", "read_form", "read_json", "read_object"]

MOST: Final = 256 * 1024
"""Bytes of a body, where a route asks for no more: a definition with every field full is half that."""

SECONDS = 60.0
"""How long a body may take to come; the largest do in a second, on a telephone in ten."""


async def read_body(request: Request, most: int = MOST) -> bytes:
    """The body; `413` as soon as it is known to be too large."""
    declared = request.headers.get("content-length", "")
    if declared.isascii() and declared.isdigit() and len(declared) < 20 and int(declared) > most:
        raise code_for(413)
    chunks = []
    size = 0
    try:
        async with asyncio.timeout(SECONDS):
            async for chunk in request.stream():
                size += len(chunk)
                if size > most:
                    raise code_for(413)
                chunks.append(chunk)
    except TimeoutError:
        raise Problem(408, "bad_request", f"The body did not come within {SECONDS:.0f} seconds.") from None
    return b"".join(chunks)


async def read_json(request: Request, most: int = MOST) -> Any:
    """The value in a JSON body."""
    return _parsed(await read_body(request, most))


async def read_object(request: Request, keys: frozenset[str]) -> dict[str, Any]:
    """The JSON object in a body; no body is an empty one. Keys other than these are refused by name."""
    value = _parsed(await read_body(request) or b"{}")
    if not isinstance(value, dict):
        raise Problem(400, "bad_request", "The body must be a JSON object.")
    for key, item in value.items():
        if key not in keys:
            known = ", ".join(sorted(keys)) or "none"
            raise Problem(400, "bad_request", f"The key {key[:60]!r} is not known here; known are: {known}.")
        if isinstance(item, str) and "\0" in item:
            raise Problem(400, "bad_request", f"{key} may not hold the character NUL.")
    return value


async def read_form(request: Request) -> dict[str, str]:
    """The fields of an HTML form, by name; of one sent twice the last."""
    return dict(await read_fields(request))


async def read_fields(request: Request) -> list[tuple[str, str]]:
    """The fields of an HTML form as they came, name and value."""
    body = await read_body(request)
    try:
        return parse_qsl(body.decode(), keep_blank_values=True, max_num_fields=200, errors="strict")
    except ValueError:
        raise code_for(400) from None


def _parsed(body: bytes) -> Any:
    try:
        return parse(body)
    except Refused as refused:
        raise Problem(400, refused.code, refused.message) from None
