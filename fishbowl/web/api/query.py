"""Numbers in the query of an address, read within bounds."""

from __future__ import annotations

from typing import TypeVar

from starlette.requests import Request

from fishbowl.web.problems import Problem

__all__ = ["whole_number"]


D = TypeVar("D", int, int | None)


def whole_number(request: Request, name: str, default: D, least: int, most: int) -> int | D:
    """The number given under `name`; more than `most` is taken as `most`, anything else is refused."""
    written = request.query_params.get(name)
    if written is None:
        return default
    if not (written.isascii() and written.isdigit() and len(written) <= 18) or int(written) < least:
        raise Problem(400, "bad_request", f"{name} must be a whole number from {least} up.")
    return min(int(written), most)
