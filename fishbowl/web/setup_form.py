"""The set-up page's fields made into a definition, and what is wrong with it brought back to its field.

Knows no rule of a definition: it writes down what was typed as `fishbowl create` would be given it, and the
one parser decides. What people paste (a numbered list, speakers a line each, hashtags in a row) is read by
the same rules as the page's preview, held to the same cases (tests/js/pasted_cases.json).
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import UTC, datetime, tzinfo
from typing import Any, Final
from zoneinfo import ZoneInfo

from fishbowl.debate.definition import BadDefinition
from fishbowl.text import questions_from_text
from fishbowl.web.refusals import in_words

__all__ = ["FIELDS", "definition_in", "errors_by_field"]

FIELDS: Final = (
    "title",
    "hashtags",
    "introduction",
    "date",
    "time",
    "timezone",
    "minutes",
    "questions",
    "speakers",
    "open_seats",
    "audience",
    "door",
    "join_code",
    "posting",
    "entry",
    "exit",
)

_RULES: Final = ("posting", "entry", "exit")
_PLAIN: Final = ("introduction", "audience", "door", "join_code")
_BULLET: Final = re.compile(r"\s*[-*•–‣·](?=\s)\s*")
_MINUTES: Final = re.compile(
    r"\s*[(\[]\s*(\d{1,3})\s*(?:minutes|minuten|minute|mins|min|munudau|munud|funud|mun|['’′])\.?\s*[)\]]\s*$",
    re.IGNORECASE,
)


def definition_in(form: Mapping[str, str], language: str) -> dict[str, Any]:
    """The form as a definition, unchecked. A field left empty is left out."""
    typed = {name: form.get(name, "").strip() for name in FIELDS}
    definition: dict[str, Any] = {
        "title": typed["title"],
        "language": language,
        "starts_at": _start(typed["date"], typed["time"], typed["timezone"] or "UTC"),
        "timezone": typed["timezone"] or "UTC",
        "hashtags": [
            tag.lstrip("#＃") for tag in re.split(r"[\s,;]+", typed["hashtags"]) if tag.lstrip("#＃")
        ],
        "questions": _questions(typed["questions"]),
        "speakers": _speakers(typed["speakers"]),
        "seats": {"open": _number(typed["open_seats"] or "1")},
        "minutes": _number(typed["minutes"] or "60"),
        "rules": {name: typed[name] for name in _RULES if typed[name]},
        **{name: typed[name] for name in _PLAIN if typed[name]},
    }
    if typed["door"] != "code":
        definition.pop("join_code", None)
    return definition


def errors_by_field(error: BadDefinition, language: str = "en") -> dict[str, str]:
    """For each field with something wrong, the first thing that is, as a sentence in `language`."""
    errors: dict[str, str] = {}
    for problem in error.problems:
        field = _field(problem.key)
        place = re.search(r"\[(\d+)\]", problem.key)
        where = f"{int(place[1]) + 1}: " if place else ""
        expected = in_words([problem.said], language)
        errors.setdefault(field, where + expected[:1].upper() + expected[1:] + ".")
    return errors


def _field(key: str) -> str:
    name = key.removeprefix("rules.")
    name = {"seats.open": "open_seats", "starts_at": "date"}.get(name, re.split(r"[.\[]", name)[0])
    return name if name in FIELDS else "title"


def _start(date: str, time: str, timezone: str) -> str:
    """RFC 3339, where the fields are what they should be; else what was typed, for the parser to refuse."""
    try:
        local = datetime.fromisoformat(f"{date}T{time}")
    except ValueError:
        return f"{date} {time}"
    return local.replace(tzinfo=_zone(timezone)).isoformat()


def _zone(name: str) -> tzinfo:
    """The zone; for one that does not exist, which its own field is told of, any."""
    try:
        return ZoneInfo(name)
    except (ValueError, OSError, LookupError):
        return UTC


def _number(typed: str) -> int | str:
    return int(typed) if re.fullmatch(r"[0-9]{1,9}", typed) else typed


def _questions(pasted: str) -> list[dict[str, Any]]:
    return [_with_minutes(text) for text in questions_from_text(pasted)]


def _with_minutes(text: str) -> dict[str, Any]:
    found = _MINUTES.search(text)
    if found is None or not int(found[1]) or not text[: found.start()].strip():
        return {"text": text}
    return {"text": text[: found.start()].strip(), "minutes": int(found[1])}


def _speakers(pasted: str) -> list[dict[str, str]]:
    speakers = []
    for line in pasted.splitlines():
        name, _, affiliation = _without_bullet(line).partition(",")
        if name.strip():
            speaker = {"name": name.strip()}
            if affiliation.strip():
                speaker["affiliation"] = affiliation.strip()
            speakers.append(speaker)
    return speakers


def _without_bullet(line: str) -> str:
    found = _BULLET.match(line)
    return line[found.end() :] if found else line
