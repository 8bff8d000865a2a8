"""What can be asked of the floor: contributions, their tags and threads, announcements, and moderation."""

from __future__ import annotations

from typing import Annotated

from msgspec import Meta

from fishbowl.debate.command import Language, Note, Number, Person, WireCommand


class Post(WireCommand, frozen=True, tag="post"):
    text: str
    reply_to: Number | None = None
    questions: Annotated[list[Number], Meta(max_length=20)] | None = None
    language: Language | None = None
    warn: bool = False
    """Refuse it, as `text.concern`, where what it says would make it wait for the moderators."""


class Withdraw(WireCommand, frozen=True, tag="withdraw"):
    contribution: Number


class Check(WireCommand, frozen=True, tag="check"):
    """A speaker has read what is published of theirs: it is right, or the note says what is not."""

    contribution: Number
    note: str | None = None


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


class CarryIn(WireCommand, frozen=True, tag="carry_in"):
    """Bring a contribution of the outer circle onto the floor, where there are two streams."""

    contribution: Number


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
