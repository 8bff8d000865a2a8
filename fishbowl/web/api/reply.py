"""Answers to programs: JSON, and a debate's refusals as problems."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

import msgspec
from starlette.responses import Response

from fishbowl.debate.refused import Refused
from fishbowl.web.problems import Problem

__all__ = ["json_response", "refused"]

_STATUSES: Final = {
    "door": 403,
    "right": 403,
    "phase": 409,
    "name": 409,
    "seat": 409,
    "pace": 429,
    "service": 503,
}
_RETRY_SECONDS: Final = 5.0


def json_response(data: Any, status: int = 200, headers: Mapping[str, str] | None = None) -> Response:
    return Response(msgspec.json.encode(data), status, headers, "application/json")


def refused(refusal: Refused) -> Problem:
    """A debate's refusal as the problem of a whole request."""
    status = _STATUSES.get(refusal.code.partition(".")[0], 400)
    retry_after = refusal.retry_after or (_RETRY_SECONDS if status == 503 else None)
    return Problem(status, refusal.code, refusal.message, retry_after=retry_after, said=refusal.said)
