"""Reading commands: from a frame's bytes to a typed command, or the refusal that names what was wrong.

Knows the shape of commands and nothing of debates. Guarantees that whatever the bytes are, the answer is a
command or a `Refused`: no other exception, no deep recursion, no text that cannot be stored.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from typing import Any

import msgspec

from fishbowl.debate.commands import WIRE, WireCommand
from fishbowl.debate.refused import Refused

__all__ = ["command_from", "read_command", "read_json"]

MAX_DEPTH = 16
"""How deeply a command's JSON may nest; the deepest legitimate one has three levels."""
CONTROL = re.compile(r"[\0-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]")
"""Control characters that no text may hold: all but line ends and tabs."""
OUT_OF_RANGE = 2**63 - 1


def read_command(frame: str | bytes) -> WireCommand:
    """The command in one frame, or one HTTP body.

    Raises `Refused("bad_request", ...)` naming what was wrong and, in `id`, the sender's id where one could
    be read; an unreadable id is the empty string (the caller then closes with 4503, or answers 400).
    """
    return command_from(read_json(frame))


def command_from(value: object) -> WireCommand:
    """The command in an already parsed JSON value; raises as `read_command`."""
    if not isinstance(value, dict):
        raise Refused("bad_request", 'A command is a JSON object with "do" and "id".')
    client_id = _client_id(value)
    name = value.get("do")
    kind = WIRE.get(name) if isinstance(name, str) else None
    if kind is None:
        raise Refused("bad_request", f"There is no command {_short(name)}.", id=client_id)
    _refuse_controls(value, client_id)
    try:
        return msgspec.convert(value, kind, strict=True)
    except msgspec.ValidationError as error:
        raise Refused("bad_request", f"{name}: {error}", id=client_id) from None


def read_json(frame: str | bytes) -> object:
    """The JSON in a frame; refused without an id where it is none, too deep, or holds half a character."""
    try:
        text = frame.decode("utf-8") if isinstance(frame, bytes) else frame
        text.encode("utf-8")
        _check_depth(text)
        value = _DECODER.decode(text)
        if "\\u" in text:
            _refuse_surrogates(value)
        return value
    except (ValueError, RecursionError) as error:
        raise Refused("bad_request", f"Not a readable JSON object: {error}.") from None


def _check_depth(text: str) -> None:
    """Refuse deep nesting before a parser recurses into it (brackets in strings only overcount)."""
    if text.count("[") + text.count("{") <= MAX_DEPTH:
        return
    depth = 0
    inside = escaped = False
    for character in text:
        if inside:
            inside = escaped or character != '"'
            escaped = character == "\\" and not escaped
        elif character == '"':
            inside = True
        elif character in "[{":
            depth += 1
            if depth > MAX_DEPTH:
                raise ValueError("nested too deep")
        elif character in "]}":
            depth -= 1


def _no_constant(name: str) -> object:
    raise ValueError(f"{name} is not JSON")


def _int(digits: str) -> int:
    """A whole number; one of very many digits, which takes long to read, as one out of every range."""
    return int(digits) if len(digits) <= 20 else OUT_OF_RANGE


_DECODER = json.JSONDecoder(parse_constant=_no_constant, parse_int=_int)


def _refuse_surrogates(value: object) -> None:
    """JSON may spell half a character; nothing of ours can store one."""
    if isinstance(value, str):
        value.encode("utf-8")
    elif isinstance(value, dict):
        for key, item in value.items():
            key.encode("utf-8")
            _refuse_surrogates(item)
    elif isinstance(value, list):
        for item in value:
            _refuse_surrogates(item)


def _client_id(value: Mapping[str, Any]) -> str:
    client_id = value.get("id")
    if isinstance(client_id, str) and 1 <= len(client_id) <= 64:
        return client_id
    raise Refused("bad_request", '"id" must be a text of 1 to 64 characters.')


def _refuse_controls(value: object, client_id: str) -> None:
    texts: list[str] = []
    _gather(value, texts)
    if found := CONTROL.search("".join(texts)):
        raise Refused(
            "bad_request", f"No text may hold the character U+{ord(found.group()):04X}.", id=client_id
        )


def _gather(value: object, texts: list[str]) -> None:
    """Put every text in `value`, keys as well, into `texts`."""
    if isinstance(value, str):
        texts.append(value)
    elif isinstance(value, dict):
        for key, item in value.items():
            texts.append(key)
            _gather(item, texts)
    elif isinstance(value, list):
        for item in value:
            _gather(item, texts)


def _short(value: object) -> str:
    return repr(value) if len(repr(value)) <= 60 else repr(value)[:57] + "..."
