"""What went wrong, told to whoever asked: a problem document to programs, a page to people.

Knows no rule: it is given a status, a stable code and a sentence. Guarantees that what somebody may not know
of is answered as what does not exist, byte for byte, and that no answer repeats a secret or a traceback.
"""

from __future__ import annotations

from collections.abc import Mapping
from http import HTTPStatus
from math import ceil
from types import MappingProxyType
from typing import Final

import msgspec
from starlette.responses import Response

from fishbowl.debate.refused import Sentence, worded

__all__ = ["CODES", "Problem", "code_for", "not_found", "problem_response"]

CODES: Final = {
    "address.unknown": "There is nothing at this address, or nothing that the caller may see.",
    "administrator.required": "The administrator's secret is missing or wrong.",
    "body.too_large": "The body is larger than this address takes.",
    "definition.malformed": "A key of the definition has a value that cannot be taken.",
    "door.blocked": "The moderators have blocked the caller from the debate.",
    "host.unknown": "The service is not reached under that host name.",
    "method.not_allowed": "The address does not answer that method.",
    "origin.foreign": "The request comes from a page of another site, or does not say where it comes from.",
    "service.failed": "The service failed.",
    "session.other_person": "The browser takes part in the debate as somebody else.",
    "slug.taken": "There is a debate of this slug already.",
}
"""Codes of refused requests, beside those of refused commands (`debate.refused.CODES`)."""

_CODES: Final = {
    400: "bad_request",
    404: "address.unknown",
    405: "method.not_allowed",
    413: "body.too_large",
    500: "service.failed",
}
_SENTENCES: Final = {
    400: worded("The request could not be read."),
    404: worded("There is nothing at this address, or nothing that you may see."),
    405: worded("This address does not answer that method."),
    413: worded("The request is larger than this address takes."),
    500: worded("The service failed. It has been noted; please try again."),
}


class Problem(Exception):
    """A request that is not carried out.

    `members` are further members of the problem document; `said` is `detail`, open for other languages.
    """

    def __init__(
        self,
        status: int,
        code: str,
        detail: str,
        *,
        retry_after: float | None = None,
        members: Mapping[str, object] = MappingProxyType({}),
        said: tuple[Sentence, ...] = (),
    ) -> None:
        super().__init__(status, code, detail)
        self.status = status
        self.code = code
        self.detail = detail
        self.said = said or (worded(detail),)
        self.retry_after = retry_after
        self.members = members
        self.headers: dict[str, str] = {}
        if retry_after is not None:
            self.headers["Retry-After"] = str(max(1, ceil(retry_after)))
        if status == HTTPStatus.UNAUTHORIZED:
            self.headers["WWW-Authenticate"] = "Bearer"


def not_found() -> Problem:
    """The one answer for what is unknown, has ended, or is not for this reader."""
    return code_for(404)


def code_for(status: int) -> Problem:
    """The problem for a status that the framework found on its own."""
    code = _CODES.get(status, "bad_request")
    known = _SENTENCES.get(status) or worded(HTTPStatus(status).description or "It did not work.")
    return Problem(status, code, str(known))


def problem_response(problem: Problem, detail: str | None = None) -> Response:
    """The problem document of RFC 9457, with `code` for programs to go by; `detail` as the asker reads it."""
    document = {
        "type": "about:blank",
        "title": HTTPStatus(problem.status).phrase,
        "status": problem.status,
        "detail": detail or problem.detail,
        "code": problem.code,
        **problem.members,
    }
    if problem.retry_after is not None:
        document["retry_after"] = problem.retry_after
    return Response(
        msgspec.json.encode(document),
        problem.status,
        problem.headers | {"Cache-Control": "no-store"},
        "application/problem+json",
    )
