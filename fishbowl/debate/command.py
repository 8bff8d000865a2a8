"""What a command is, and the kinds of values its fields have.

A command is imperative and carries only what its sender said. What can be asked is in commands.py; an unknown
field, or a value out of these bounds, is refused by name while it is being read (reading.py).
"""

from __future__ import annotations

from typing import Annotated

from msgspec import Meta, Struct

__all__ = [
    "ClientId",
    "Command",
    "Language",
    "Minutes",
    "Note",
    "Number",
    "Person",
    "Seconds",
    "Translated",
    "WireCommand",
]

Number = Annotated[int, Meta(ge=1, le=2**31 - 1)]
Person = Annotated[str, Meta(min_length=1, max_length=64)]
Note = Annotated[str, Meta(max_length=200)]
ClientId = Annotated[str, Meta(min_length=1, max_length=64)]
Minutes = Annotated[int, Meta(ge=1, le=600)]
Seconds = Annotated[int, Meta(ge=1, le=3600)]
Language = Annotated[str, Meta(pattern=r"^[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8}){0,3}\Z")]
Translated = Annotated[dict[Language, str], Meta(min_length=1, max_length=20)]
"""A text in several languages."""


class Command(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, tag_field="do"):
    """Something asked of a debate."""


class WireCommand(Command, frozen=True, kw_only=True):
    """A command that a person may send. `id` is made by the client, unique per person."""

    id: ClientId
