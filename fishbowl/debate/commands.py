"""What can be asked of a debate.

A command is imperative and carries only what its sender said; who sent it and when come beside it (`Asked`).
Knows nothing of rights, phases or what follows. What is not listed here does not exist: an unknown command,
field or value is refused by name while it is being read (reading.py).

`WIRE` are the commands of the public contract; the others reach a debate only from inside (the door, the
organiser's links and settings, the clock).
"""

from __future__ import annotations

from typing import Annotated

from msgspec import UNSET, Meta, Struct, UnsetType

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
    SeatKind,
    Tagging,
    Words,
)

__all__ = ["WIRE", "Asked", "Command", "WireCommand"]

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


# The floor


class Post(WireCommand, frozen=True, tag="post"):
    text: str
    reply_to: Number | None = None
    questions: Annotated[list[Number], Meta(max_length=20)] | None = None
    language: Language | None = None
    warn: bool = False
    """Refuse it, as `text.concern`, where what it says would make it wait for the moderators."""


class Withdraw(WireCommand, frozen=True, tag="withdraw"):
    contribution: Number


class Endorse(WireCommand, frozen=True, tag="endorse"):
    contribution: Number
    on: bool


class Release(WireCommand, frozen=True, tag="release"):
    contribution: Number
    reason: Note | None = None
    note: Note | None = None


class Refuse(WireCommand, frozen=True, tag="refuse"):
    contribution: Number
    reason: Note | None = None
    note: Note | None = None


class Hide(WireCommand, frozen=True, tag="hide"):
    contribution: Number
    reason: Note | None = None
    note: Note | None = None


class Restore(WireCommand, frozen=True, tag="restore"):
    contribution: Number
    reason: Note | None = None
    note: Note | None = None


class Erase(WireCommand, frozen=True, tag="erase"):
    """Either a contribution, or a person with all of theirs."""

    reason: Annotated[str, Meta(min_length=1, max_length=200)]
    contribution: Number | None = None
    person: Person | None = None


class TagQuestions(WireCommand, frozen=True, tag="tag"):
    """`thread`: whether the replies move too (default: yes, unless they carry a stronger tag)."""

    contribution: Number
    questions: Annotated[list[Number], Meta(max_length=20)]
    thread: bool = True


class Thread(WireCommand, frozen=True, tag="thread"):
    """What a contribution answers whose author did not say so; None: nothing."""

    contribution: Number
    reply_to: Number | None


class Highlight(WireCommand, frozen=True, tag="highlight"):
    contribution: Number
    on: bool


class Announce(WireCommand, frozen=True, tag="announce"):
    text: str


class Summarise(WireCommand, frozen=True, tag="summarise"):
    """Of a question, or of the whole debate."""

    text: str
    question: Number | None = None


class Mute(WireCommand, frozen=True, tag="mute"):
    person: Person
    seconds: Annotated[int, Meta(ge=1, le=86_400)]
    reason: Note | None = None


class Unmute(WireCommand, frozen=True, tag="unmute"):
    person: Person


class Block(WireCommand, frozen=True, tag="block"):
    person: Person
    reason: Annotated[str, Meta(min_length=1, max_length=200)]


class Unblock(WireCommand, frozen=True, tag="unblock"):
    person: Person


class LetIn(WireCommand, frozen=True, tag="admit"):
    """Let somebody in who waits at the door; or, not `on`, turn them away."""

    person: Person
    on: bool


class Report(WireCommand, frozen=True, tag="report"):
    contribution: Number
    reason: Annotated[str, Meta(min_length=1, max_length=200)]
    note: Note | None = None


class ResolveReport(WireCommand, frozen=True, tag="resolve_report"):
    report: Annotated[str, Meta(min_length=1, max_length=64)]
    note: Note | None = None


class Freeze(WireCommand, frozen=True, tag="freeze"):
    on: bool


# Seats and hands


class RaiseHand(WireCommand, frozen=True, tag="raise_hand"):
    note: Note | None = None


class LowerHand(WireCommand, frozen=True, tag="lower_hand"):
    pass


class TakeSeat(WireCommand, frozen=True, tag="take_seat"):
    seat: Number | None = None


class LeaveSeat(WireCommand, frozen=True, tag="leave_seat"):
    pass


class ExtendTurn(WireCommand, frozen=True, tag="extend_turn"):
    pass


class OpenSeat(WireCommand, frozen=True, tag="open_seat"):
    kind: SeatKind = SeatKind.OPEN
    person: Person | None = None


class CloseSeat(WireCommand, frozen=True, tag="close_seat"):
    seat: Number
    reason: Note | None = None


class SeatPerson(WireCommand, frozen=True, tag="seat"):
    person: Person
    seat: Number | None = None


class InviteToSeat(WireCommand, frozen=True, tag="invite"):
    person: Person
    seat: Number | None = None


class FreeSeat(WireCommand, frozen=True, tag="free_seat"):
    seat: Number
    reason: Annotated[str, Meta(min_length=1, max_length=200)]


class Extend(WireCommand, frozen=True, tag="extend"):
    seconds: Seconds
    seat: Number | None = None  # without one: the clock of the round that runs


class StartRound(WireCommand, frozen=True, tag="start_round"):
    people: Annotated[list[Person], Meta(min_length=1, max_length=24)]
    title: Annotated[str, Meta(max_length=60)] | None = None


class EndRound(WireCommand, frozen=True, tag="end_round"):
    pass


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
