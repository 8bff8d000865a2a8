"""How an error is answered: as a problem document to programs, as a page to people.

Knows no route by name but where the programs' part begins. Guarantees that the page, like the document, says
the same of what does not exist and of what the reader may not see.
"""

from __future__ import annotations

import logging
from http import HTTPStatus
from typing import Final

from starlette.exceptions import HTTPException
from starlette.requests import ClientDisconnect, HTTPConnection
from starlette.responses import HTMLResponse, Response

from fishbowl.log.contract import Overloaded, Unavailable
from fishbowl.web.problems import Problem, code_for, problem_response
from fishbowl.web.render import Renderer

__all__ = ["Answers"]

_PROGRAMS: Final = ("/api/", "/healthz", "/readyz", "/metrics", "/static/")
_RETRY_SECONDS: Final = 5.0

logger = logging.getLogger("fishbowl.web")


class Answers:
    """Makes responses of what was raised."""

    def __init__(self, renderer: Renderer) -> None:
        self._renderer = renderer

    async def problem(self, connection: HTTPConnection, error: Exception) -> Response:
        """The answer to a `Problem`, or to what the framework or the store raised in its place."""
        return self._answer(connection, _problem_in(error))

    def _answer(self, connection: HTTPConnection, problem: Problem) -> Response:
        if connection.scope["path"].startswith(_PROGRAMS) or not _wants_page(connection):
            return problem_response(problem)
        try:
            return self._page(connection, problem)
        except Exception:
            # The page that says something failed must not be able to fail: then plainly.
            logger.exception("the error page failed")
            return HTMLResponse(
                f"<!doctype html><title>{problem.status}</title><p>{problem.status}", problem.status
            )

    def _page(self, connection: HTTPConnection, problem: Problem) -> Response:
        context = {
            "status": problem.status,
            "title": HTTPStatus(problem.status).phrase,
            "message": problem.detail,
        }
        return self._renderer.page(
            connection, "error", context, status=problem.status, headers=problem.headers
        )


def _problem_in(error: Exception) -> Problem:
    match error:
        case Problem():
            return error
        case HTTPException():
            problem = code_for(error.status_code)
            problem.headers.update(error.headers or {})
            return problem
        case Overloaded():
            return Problem(
                503, "service.overloaded", "The service is busy; try again.", retry_after=_RETRY_SECONDS
            )
        case Unavailable():
            return Problem(
                503,
                "service.unavailable",
                "Nothing can be stored just now; try again.",
                retry_after=_RETRY_SECONDS,
            )
        case ClientDisconnect():
            return code_for(400)
    return code_for(500)


def _wants_page(connection: HTTPConnection) -> bool:
    accept = connection.headers.get("accept", "*/*")
    return "text/html" in accept or "json" not in accept
