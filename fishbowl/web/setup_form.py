"""The set-up page's fields made into a definition, and what is wrong with it brought back to its field.

Knows no rule of a definition: it writes down what was typed as `fishbowl create` would be given it, and the
one parser decides. What people paste (a numbered list, speakers a line each, hashtags in a row) is read by
the same rules as the page's preview, held to the same cases (tests/js/pasted_cases.json).

Title, introduction and questions are typed in the debate's language, and where it has more in those too
(`title_de`): a list of questions in another language has as many lines as the first.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import UTC, datetime, tzinfo
from typing import Any, Final
from zoneinfo import ZoneInfo

from fishbowl.debate.definition import BadDefinition
from fishbowl.debate.vocabulary import Words
from fishbowl.text import questions_from_text
from fishbowl.web.refusals import in_words
from fishbowl.web.words import LANGUAGES, translations

__all__ = [
    "FIELDS",
    "RULES",
    "TRANSLATED",
    "definition_in",
    "errors_by_field",
    "rules_in",
    "start_of",
    "uneven",
    "words_in",
]

FIELDS: Final = (
    "language",
    "title",
    "hashtags",
    "introduction",
    "organisation",
    "help_contact",
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
    "moderation",
    "names",
    "entry",
    "exit",
    "turn_seconds",
    "round_seconds",
    "tagging",
    "held_words",
    "under_18",
)

RULES: Final = ("posting", "moderation", "names", "entry", "exit", "turn_seconds", "round_seconds", "tagging")
"""Those of the fields that are rules."""
_PLAIN: Final = ("organisation", "help_contact", "audience", "door", "join_code")
TRANSLATED: Final = ("title", "introduction", "questions")
"""The fields there are one of for each of the service's languages, beside the one in the debate's own."""
_SAID: Final = re.compile(r"(?P<name>title|introduction|questions)(?:\[\d+\]\.text)?\.(?P<tag>[A-Za-z-]+)")
"""The key of a text in one of its languages."""
_BULLET: Final = re.compile(r"\s*[-*•–‣·](?=\s)\s*")
_MINUTES: Final = re.compile(
    r"\s*[(\[]\s*(\d{1,3})\s*(?:minutes|minuten|minute|mins|min|munudau|munud|funud|mun|['’′])\.?\s*[)\]]\s*$",
    re.IGNORECASE,
)


def definition_in(form: Mapping[str, str], language: str) -> dict[str, Any]:
    """The form as a definition, unchecked. A field left empty is left out.

    `language`: of the debate, where the form does not say.
    """
    typed = {name: form.get(name, "").strip() for name in FIELDS}
    main = typed["language"] or language
    definition: dict[str, Any] = {
        "title": words_in(form, "title", main),
        "introduction": words_in(form, "introduction", main),
        "language": main,
        "starts_at": start_of(typed["date"], typed["time"], typed["timezone"] or "UTC"),
        "timezone": typed["timezone"] or "UTC",
        "hashtags": [
            tag.lstrip("#＃") for tag in re.split(r"[\s,;]+", typed["hashtags"]) if tag.lstrip("#＃")
        ],
        "questions": _questions(form, main),
        "speakers": _speakers(typed["speakers"]),
        "seats": {"open": _number(typed["open_seats"] or "1")},
        "minutes": _number(typed["minutes"] or "60"),
        "held_words": [word.strip() for word in re.split(r"[\n,;]+", typed["held_words"]) if word.strip()],
        "rules": rules_in(typed),
        **{name: typed[name] for name in _PLAIN if typed[name]},
    }
    if typed["under_18"] == "yes":
        definition["under_18"] = True
    if typed["door"] != "code":
        definition.pop("join_code", None)
    return definition


def rules_in(form: Mapping[str, str]) -> dict[str, Any]:
    """The rules in the form, unchecked."""
    typed = {name: form[name] for name in RULES if form.get(name)}
    return {name: _number(value) if name.endswith("_seconds") else value for name, value in typed.items()}


def words_in(form: Mapping[str, str], name: str, main: str) -> Words:
    """What was typed into a field, with what was typed into it in other languages."""
    others = _others(form, name, main)
    own = form.get(name, "").strip()
    return {main: own, **others} if others else own


def uneven(form: Mapping[str, str], language: str) -> dict[str, str]:
    """The lists of questions that have more or fewer lines than the first, told in the reader's language."""
    main = form.get("language", "").strip() or language
    wanted = len(questions_from_text(form.get("questions", "")))
    ngettext = translations(language).ngettext
    counts = {tag: len(questions_from_text(text)) for tag, text in _others(form, "questions", main).items()}
    return {
        f"questions_{tag}": ngettext(
            "{n} question here: as many are needed as above.",
            "{n} questions here: as many are needed as above.",
            n,
        )
        for tag, n in counts.items()
        if n != wanted
    }


def _others(form: Mapping[str, str], name: str, main: str) -> dict[str, str]:
    typed = {tag: form.get(f"{name}_{tag}", "").strip() for tag in LANGUAGES if tag != main}
    return {tag: text for tag, text in typed.items() if text}


def errors_by_field(error: BadDefinition, language: str = "en", main: str = "en") -> dict[str, str]:
    """For each field with something wrong, the first thing that is, as a sentence in `language`.

    `main`: the debate's language.
    """
    errors: dict[str, str] = {}
    for problem in error.problems:
        field = _field(problem.key, main)
        place = re.search(r"\[(\d+)\]", problem.key)
        where = f"{int(place[1]) + 1}: " if place else ""
        expected = in_words([problem.said], language)
        errors.setdefault(field, where + expected[:1].upper() + expected[1:] + ".")
    return errors


def _field(key: str, main: str) -> str:
    if said := _SAID.fullmatch(key):
        name, tag = said["name"], said["tag"]
        return name if tag == main or tag not in LANGUAGES else f"{name}_{tag}"
    name = key.removeprefix("rules.")
    name = {"seats.open": "open_seats", "starts_at": "date"}.get(name, re.split(r"[.\[]", name)[0])
    return name if name in FIELDS else "title"


def start_of(date: str, time: str, timezone: str) -> str:
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


def _questions(form: Mapping[str, str], main: str) -> list[dict[str, Any]]:
    questions = [_with_minutes(text) for text in questions_from_text(form.get("questions", ""))]
    for tag, pasted in _others(form, "questions", main).items():
        for question, text in zip(questions, questions_from_text(pasted), strict=False):
            said = question["text"] if isinstance(question["text"], dict) else {main: question["text"]}
            question["text"] = said | {tag: _with_minutes(text)["text"]}
    return questions


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
