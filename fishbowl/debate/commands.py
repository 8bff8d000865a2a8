"""What can be asked of a debate: here of itself and from inside; of its floor, from commands_floor.py; of its
circle, from commands_circle.py.

What a command is stands in command.py; who sent it and when come beside it (`Asked`). Knows nothing of
rights, phases or what follows. What is not listed here does not exist: an unknown command, field or value is
refused by name while it is being read (reading.py).

`WIRE` are the commands of the public contract; the others reach a debate only from inside (the door, the
organiser's links and settings, the clock).
"""

from __future__ import annotations

from typing import Annotated

from msgspec import UNSET, Meta, Struct, UnsetType

from fishbowl.debate.command import Command, Minutes, Note, Number, Person, Translated, WireCommand
from fishbowl.debate.commands_circle import (
    CloseSeat,
    EndRound,
    Extend,
    ExtendTurn,
    FreeSeat,
    InviteToSeat,
    LeaveSeat,
    LowerHand,
    OpenSeat,
    RaiseHand,
    SeatPerson,
    StartRound,
    TakeSeat,
)
from fishbowl.debate.commands_floor import (
    Announce,
    Block,
    CarryIn,
    Check,
    Endorse,
    Erase,
    Freeze,
    Hide,
    Highlight,
    LetIn,
    Mute,
    Post,
    Refuse,
    Release,
    Report,
    ResolveReport,
    Restore,
    Summarise,
    TagQuestions,
    Thread,
    Unblock,
    Unmute,
    Withdraw,
)
from fishbowl.debate.vocabulary import (
    Audience,
    Door,
    Entry,
    Exit,
    Instant,
    Moderation,
    Names,
    Phase,
    Posting,
    Role,
    Tagging,
    Words,
)

__all__ = [
    "WIRE",
    "AddQuestion",
    "Admit",
    "Announce",
    "Anonymise",
    "Asked",
    "Block",
    "CarryIn",
    "Change",
    "Check",
    "CloseSeat",
    "Command",
    "DropQuestion",
    "EditQuestion",
    "EndRound",
    "Endorse",
    "Erase",
    "Extend",
    "ExtendTurn",
    "Focus",
    "FreeSeat",
    "Freeze",
    "Hide",
    "Highlight",
    "InviteToSeat",
    "Join",
    "Leave",
    "LeaveSeat",
    "LetIn",
    "LowerHand",
    "MoveQuestion",
    "MoveTo",
    "Mute",
    "OpenSeat",
    "Post",
    "RaiseHand",
    "Refuse",
    "RefuseName",
    "Release",
    "ReleaseName",
    "Rename",
    "Replace",
    "Report",
    "ResolveReport",
    "Restore",
    "Resume",
    "SeatPerson",
    "SetDoor",
    "SetRules",
    "StartRound",
    "Summarise",
    "TagQuestions",
    "TakeSeat",
    "Thread",
    "TimePasses",
    "Unblock",
    "Unmute",
    "WireCommand",
    "Withdraw",
]

# The debate


class Leave(WireCommand, frozen=True, tag="leave"):
    pass


class Rename(WireCommand, frozen=True, tag="rename"):
    name: Annotated[str, Meta(max_length=400)]


class ReleaseName(WireCommand, frozen=True, tag="release_name"):
    person: Person


class RefuseName(WireCommand, frozen=True, tag="refuse_name"):
    person: Person
    reason: Note | None = None


class Anonymise(WireCommand, frozen=True, tag="anonymise"):
    """One's own name is gone for good, and another that says nothing stands wherever it stood."""


class MoveTo(WireCommand, frozen=True, tag="move_to"):
    phase: Phase


class Focus(WireCommand, frozen=True, tag="focus"):
    question: Number | None


class AddQuestion(WireCommand, frozen=True, tag="add_question"):
    text: str | Translated
    minutes: Minutes | None = None
    gloss: Annotated[str, Meta(max_length=1000)] | None = None


class EditQuestion(WireCommand, frozen=True, tag="edit_question"):
    question: Number
    text: str | Translated | UnsetType = UNSET
    minutes: Minutes | UnsetType | None = UNSET
    gloss: Annotated[str, Meta(max_length=1000)] | UnsetType | None = UNSET


class MoveQuestion(WireCommand, frozen=True, tag="move_question"):
    """`to`: its place among the questions that stand, from 1 on."""

    question: Number
    to: Number


class DropQuestion(WireCommand, frozen=True, tag="drop_question"):
    question: Number


class SetRules(WireCommand, frozen=True, tag="set_rules"):
    """Rules not given stay as they are. Bounds as in `Rules`."""

    posting: Posting | UnsetType = UNSET
    entry: Entry | UnsetType = UNSET
    exit: Exit | UnsetType = UNSET
    grace_seconds: Annotated[int, Meta(ge=5, le=3600)] | UnsetType = UNSET
    turn_seconds: Annotated[int, Meta(ge=0, le=7200)] | UnsetType = UNSET
    away_seconds: Annotated[int, Meta(ge=5, le=3600)] | UnsetType = UNSET
    round_seconds: Annotated[int, Meta(ge=0, le=7200)] | UnsetType = UNSET
    moderation: Moderation | UnsetType = UNSET
    names: Names | UnsetType = UNSET
    tagging: Tagging | UnsetType = UNSET
    max_length: Annotated[int, Meta(ge=140, le=2000)] | UnsetType = UNSET
    slow_seconds: Annotated[int, Meta(ge=0, le=3600)] | UnsetType = UNSET
    pace_per_minute: Annotated[int, Meta(ge=0, le=6000)] | UnsetType = UNSET
    pace_burst: Annotated[int, Meta(ge=1, le=1000)] | UnsetType = UNSET
    correction_hours: Annotated[int, Meta(ge=0, le=2160)] | UnsetType = UNSET


class SetDoor(WireCommand, frozen=True, tag="set_door"):
    door: Door
    join_code: Annotated[str, Meta(min_length=3, max_length=40)] | None = None


# From inside


class Join(Command, frozen=True, tag="join!"):
    """Somebody comes in by the door. `person` is a fresh id, `choice` a random number for the pseudonym;
    `name`: what they would like to be called.
    """

    person: str
    choice: int
    name: str | None = None
    code: str | None = None


class Admit(Command, frozen=True, tag="invite!"):
    """The organiser issues a link for a role. Without a name it is the role's word, numbered.

    `word`: that word in the debate's language; ours in English where nobody knows better.
    """

    person: str
    role: Role
    name: str | None = None
    word: str | None = None
    bio: str | None = None
    affiliation: str | None = None


class Replace(Command, frozen=True, tag="replace!"):
    """Somebody else speaks in place of `person`: `successor` is a fresh id."""

    person: str
    successor: str
    name: str
    bio: str | None = None
    affiliation: str | None = None


class Change(Command, frozen=True, tag="change!"):
    """The organiser changes what the definition held."""

    title: Words | UnsetType = UNSET
    introduction: Words | UnsetType = UNSET
    hashtags: tuple[str, ...] | UnsetType = UNSET
    language: str | UnsetType = UNSET
    starts_at: Instant | UnsetType = UNSET
    timezone: str | UnsetType = UNSET
    minutes: int | UnsetType = UNSET
    audience: Audience | UnsetType = UNSET
    max_people: int | UnsetType | None = UNSET
    organisation: str | UnsetType | None = UNSET
    help_contact: str | UnsetType | None = UNSET
    held_words: tuple[str, ...] | UnsetType | None = UNSET
    rules: SetRules | UnsetType = UNSET
    door: SetDoor | UnsetType = UNSET


class TimePasses(Command, frozen=True, tag="time!"):
    """The clock: carry out every deadline that is due."""


class Resume(Command, frozen=True, tag="resume!"):
    """The service starts again; it was last known alive at `since`."""

    since: Instant


def _wire() -> dict[str, type[WireCommand]]:
    return {str(kind.__struct_config__.tag): kind for kind in WireCommand.__subclasses__()}


WIRE = _wire()
"""Every command of the public contract by its name."""


class Asked(Struct, frozen=True):
    """A command as it reaches a debate: `by` whom (a person, or `CLOCK`), `at` what time.

    `chance`: a random number, for what nobody should guess.

    `present`: who is connected, where a rule asks for that.

    `likeness`: what the tagger says of a post's text, best first, asked just before deciding.
    """

    by: str
    command: Command
    at: Instant
    likeness: tuple[tuple[int, float], ...] = ()
    chance: int = 0
    present: tuple[str, ...] = ()
