"""What the service writes to its log, for people or for programs.

Knows no message by itself. Guarantees that nothing below a warning is written, whoever writes it (uvicorn
would note every address asked for), so that neither texts nor addresses of requests get into a log; and that
a line for programs is one JSON object, whatever is in it.
"""

from __future__ import annotations

import logging
import sys
from typing import Any, Final, TextIO

import msgspec

from fishbowl.clock import to_wire

__all__ = ["log_to"]

TOLD_APART: Final = ("debate", "method", "path")
"""What our own messages say by name beside their sentence (`extra`)."""


class _Lines(logging.Formatter):
    """A JSON object a line: `at`, `level`, `logger`, `message`; `exception` where there was one."""

    def format(self, record: logging.LogRecord) -> str:
        line: dict[str, Any] = {
            "at": to_wire(int(record.created * 1000)),
            "level": record.levelname.lower(),
            "logger": record.name,
            "message": record.getMessage(),
        }
        line |= {name: getattr(record, name) for name in TOLD_APART if hasattr(record, name)}
        if record.exc_info:
            line["exception"] = self.formatException(record.exc_info)
        return msgspec.json.encode(line).decode()


def log_to(form: str, stream: TextIO | None = None) -> None:
    """From now on warnings and errors of this process go to `stream` (stderr), as `text` or `json`."""
    handler = logging.StreamHandler(stream or sys.stderr)
    handler.setFormatter(
        _Lines() if form == "json" else logging.Formatter("%(levelname)s %(name)s: %(message)s")
    )
    logging.basicConfig(level=logging.WARNING, handlers=[handler], force=True)
