"""Texts as JSON lines in, entities or tags as JSON lines out: what `fishbowl entities` and `fishbowl tag` do.

Knows no files and prints nothing; PROTOCOL ("Command line") fixes the shapes. Answers come line by line in
order, as soon as each line is read. A line that is not what it should be ends the run with `BadLine`, whose
message names the line, the key and what was expected; blank lines are passed over.
"""

from collections.abc import Iterable, Iterator, Sequence
from typing import TypeVar

import msgspec

from fishbowl.tagging.memory import Memory
from fishbowl.text import Tag, chair_tags, choose_tags, find_entities

Id = str | int


class BadLine(ValueError):
    """A line of input that cannot be used; the message is a sentence for whoever made it."""


class PlainText(msgspec.Struct, forbid_unknown_fields=True):
    """A line for `fishbowl entities`."""

    id: Id
    text: str


class Contribution(msgspec.Struct, forbid_unknown_fields=True):
    """A line for `fishbowl tag`: a text, and what is known of it besides.

    `questions` is the author's choice, `focus` the question in focus (0 or null: none is; left
    out: nobody says), `correct` what a chair puts in the place of the tags (`[]`: none of them).
    """

    id: Id
    text: str
    reply_to: Id | None = None
    questions: list[int] | None = None
    focus: int | msgspec.UnsetType | None = msgspec.UNSET
    correct: list[int] | None = None


_Line = TypeVar("_Line", PlainText, Contribution)


def entities_lines(lines: Iterable[str | bytes]) -> Iterator[str]:
    """For each `{"id","text"}`, its id and the entities of its text."""
    for _, line in _read(lines, PlainText):
        entities = find_entities(line.text)
        yield _written(
            {"id": line.id, **{kind: getattr(entities, kind) for kind in entities.__struct_fields__}}
        )


def tag_lines(
    questions: Sequence[str], lines: Iterable[str | bytes], level: str = "helpful"
) -> Iterator[str]:
    """For each contribution, the tags a debate would store, and all questions ranked by likeness.

    Questions are numbered from 1. A line's `correct` is learned after its answer is out, and is what replies
    to it inherit from then on. A reply to an id that has not come by inherits nothing.
    """
    numbers = range(1, len(questions) + 1)
    memory = Memory(dict(zip(numbers, questions, strict=True)))
    tagged: dict[Id, tuple[Tag, ...]] = {}
    for place, line in _read(lines, Contribution):
        _refuse_unknown_questions(place, line, numbers)
        ranking = memory.tagger.likeness(line.text)
        tags = choose_tags(
            questions=numbers,
            author=line.questions or (),
            markers=(marker.question for marker in find_entities(line.text).markers),
            parent=() if line.reply_to is None else tagged.get(line.reply_to, ()),
            likely=memory.likely_of(line.text, ranking, level, focused=line.focus not in (0, None)),
            focus=None if isinstance(line.focus, msgspec.UnsetType) else line.focus or None,
        )
        yield _written({"id": line.id, "tags": tags, "ranking": ranking})
        if line.correct is not None:
            tags = chair_tags(line.correct)
        memory.keep(place, line.text, tags)
        tagged[line.id] = tags


def _read(lines: Iterable[str | bytes], shape: type[_Line]) -> Iterator[tuple[int, _Line]]:
    """Each line with its number, counted from 1."""
    for place, line in enumerate(lines, 1):
        if not line.strip():
            continue
        try:
            yield place, msgspec.json.decode(line, type=shape)
        except msgspec.ValidationError as error:
            raise BadLine(f"line {place}: {_sentence(str(error), shape)}") from error
        except (msgspec.DecodeError, UnicodeError) as error:
            raise BadLine(f"line {place}: expected one JSON object ({error})") from error


def _sentence(message: str, shape: type[PlainText | Contribution]) -> str:
    """msgspec's "Expected `str`, got `int` - at `$.text`" as "text: expected `str`, got `int`"."""
    said, _, where = message.partition(" - at `$.")
    said = said[0].lower() + said[1:]
    if where:
        return f"{where.rstrip('`')}: {said}"
    return f"{said} (a line is an object of {', '.join(shape.__struct_fields__)})"


def _refuse_unknown_questions(place: int, line: Contribution, numbers: range) -> None:
    given = {"questions": line.questions or [], "focus": [line.focus or 1], "correct": line.correct or []}
    for key, chosen in given.items():
        for number in chosen:
            if number not in numbers:
                raise BadLine(
                    f"line {place}: {key}: expected questions from 1 to {len(numbers)}, got {number}"
                )


def _written(answer: dict[str, object]) -> str:
    return msgspec.json.encode(answer).decode()
