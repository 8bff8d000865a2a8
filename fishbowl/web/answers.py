"""How an error is answered: as a problem document to programs, as a page to people.

Knows no route by name but where the programs' part begins. Guarantees that the page, like the document, says
the same of what does not exist and of what the reader may not see.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from math import ceil
from typing import Final

from starlette.exceptions import HTTPException
from starlette.requests import ClientDisconnect, HTTPConnection
from starlette.responses import HTMLResponse, Response

from fishbowl.log.contract import Overloaded, Unavailable
from fishbowl.web.problems import Problem, code_for, problem_response
from fishbowl.web.refusals import in_words
from fishbowl.web.render import Renderer, language_of
from fishbowl.web.site import Site
from fishbowl.web.words import translations

__all__ = ["Answers"]

_PROGRAMS: Final = ("/api/", "/healthz", "/readyz", "/metrics", "/static/")
_AGAIN: Final = (429, 500, 503)
"""What may be gone when the same page is asked for again."""
_RETRY_SECONDS: Final = 5.0
_PLAIN: Final = """\
<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>That did not work ({status})</title>
</head>
<body>
<main>
<h1>That did not work ({status})</h1>
<p>The page that should say more failed too. Please try again in a moment.</p>
<p><a href="/">To the front page</a></p>
</main>
</body>
</html>
"""
"""Needs nothing that may have failed: no template, no catalogue, no style."""

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
            return problem_response(problem, in_words(problem.said, language_of(connection)))
        try:
            return self._page(connection, problem)
        except Exception:
            # The page that says something failed must not be able to fail: then plainly.
            logger.exception("the error page failed")
            return HTMLResponse(_PLAIN.format(status=problem.status), problem.status)

    def _page(self, connection: HTTPConnection, problem: Problem) -> Response:
        language = language_of(connection)
        going_down = problem.status == 503 and _is_going_down(connection)
        title, message = (_on_going_down if going_down else _told)(problem, translations(language).gettext)
        context = {
            "status": problem.status,
            "title": title,
            "message": message or in_words(problem.said, language),
            "again": problem.status in _AGAIN,
            "wait": None if problem.retry_after is None else ceil(problem.retry_after),
        }
        return self._renderer.page(
            connection, "error", context, status=problem.status, headers=problem.headers
        )


def _told(problem: Problem, _: Callable[[str], str]) -> tuple[str, str]:
    """What happened and what to do, in the reader's language; nothing to do where the detail says it best."""
    titles = {
        400: _("That could not be read"),
        401: _("For the administrator"),
        403: _("Not for you, or not yet"),
        404: _("Nothing here"),
        413: _("That is too much at once"),
        429: _("A little too fast"),
        500: _("That did not work"),
        503: _("Not just now"),
    }
    messages = {
        "address.unknown": _(
            "There is nothing at this address, or nothing that you may see. If you were sent a link, open it "
            "again; it may have ended, then ask whoever sent it for a new one."
        ),
        "administrator.required": _("Open the administrator's link first, then come back to this page."),
        "origin.foreign": _(
            "The request came from a page of another site. Open the debate here and try again."
        ),
        "host.unknown": _("This service is not reached under that address. Use the address you were given."),
        "phase.not_live": _("It is too early or too late for that. Look in again in a while."),
        "service.failed": _("The service failed. It has been noted; please try again."),
        "service.unavailable": _("Nothing can be stored just now. Please try again in a moment."),
        "service.overloaded": _("Very many people are here just now. Please try again in a moment."),
    }
    return titles.get(problem.status, _("That did not work")), messages.get(problem.code, "")


def _on_going_down(problem: Problem, _: Callable[[str], str]) -> tuple[str, str]:
    return _("Back in a moment"), _(
        "The service is being restarted. Nothing that was said is lost; an open debate comes back by itself."
    )


def _is_going_down(connection: HTTPConnection) -> bool:
    site: Site | None = getattr(connection.app.state, "site", None)
    return site is not None and site.going_down.is_set()


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
