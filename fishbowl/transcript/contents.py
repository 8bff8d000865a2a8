"""What a transcript holds: a debate for reading, as of one record.

Plain data, complete and in reading order, so that whoever writes a format decides nothing but its looks.
Knows no format, no language of the reader and no clock: times are those of the records. `projection` makes it
and says what is in which version.
"""

from __future__ import annotations

from collections.abc import Sequence
from enum import StrEnum

from msgspec import Struct

from fishbowl.debate.vocabulary import (
    Circle,
    Instant,
    Phase,
    Role,
    Rules,
    Status,
    Tag,
    Words,
)
from fishbowl.text import Entities
from fishbowl.transcript.choice import EVERYTHING, Choice, Order
from fishbowl.transcript.gathering import Act, Direction, Sitting

__all__ = [
    "Author",
    "CarriedIn",
    "Contribution",
    "Figures",
    "Person",
    "Question",
    "Section",
    "Thread",
    "Transcript",
    "Version",
]


class Version(StrEnum):
    """For whom: everybody who may read the debate, its organiser, or anybody at all (without its people)."""

    PUBLIC = "public"
    ORGANISER = "organiser"
    REDACTED = "redacted"


class Author(Struct, frozen=True):
    """`name` and `handle` are None once erased."""

    person: str
    name: str | None
    handle: str | None
    role: Role


class Person(Struct, frozen=True):
    """Somebody with a role in the debate: chair, moderator, or a speaker with their seat."""

    person: str
    name: str | None
    handle: str | None
    role: Role
    bio: str | None = None
    affiliation: str | None = None
    seat: int | None = None


class Question(Struct, frozen=True):
    """`contributions` visible ones tagged with it, by how many `people`; `focus_ms` its time in focus.

    `dropped`: it is asked no more; what was said under it while it was stays there.
    """

    question: int
    text: Words
    gloss: str | None
    minutes: int | None
    contributions: int
    people: int
    focus_ms: int
    dropped: bool = False


class CarriedIn(Struct, frozen=True):
    """Somebody brought it onto the floor: `by` as in a direction, `name` where this version has it."""

    by: str
    name: str | None
    at: Instant
    seq: int


class Contribution(Struct, frozen=True):
    """`text` is None where this version does not show it; `status` says why.

    `inferred`: what it answers was taken from its first word; False where somebody has said since what it
    does answer. `depth` counts from 0 for a thread's root; `apart` says that what it answers does not stand
    above it. `checked`: its speaker said that it is right. `acts` (organiser's version only) is what
    moderation did.
    """

    contribution: int
    seq: int
    at: Instant
    author: Author
    circle: Circle
    seat: int | None
    status: Status
    text: str | None
    entities: Entities | None
    language: str | None
    tags: tuple[Tag, ...]
    reply_to: int | None
    inferred: bool | None
    root: int
    path: str
    depth: int
    endorsements: int
    highlighted: bool
    checked: bool
    carried_in: CarriedIn | None = None
    acts: tuple[Act, ...] = ()
    apart: bool = False

    @property
    def questions(self) -> tuple[int, ...]:
        return tuple(tag.question for tag in self.tags)

    @property
    def needs_placeholder(self) -> bool:
        """Whether its text is not shown, or shown only in this version."""
        return self.text is None or self.status is not Status.POSTED


Thread = Sequence[Contribution]
"""A root and everything below it, in reading order: each reply after what it answers."""


class Section(Struct, frozen=True):
    """One heading: a question, or None for what belongs to none; `opening`: before any was in focus.

    `items` are threads and stage directions in order of time. Arranged otherwise (`order`) a heading is all
    of it, or an `author`; by speaker, None is for the stage directions.
    """

    question: Question | None
    opening: bool
    items: Sequence[Thread | Direction]
    order: Order = Order.QUESTION
    author: Author | None = None

    @property
    def contributions(self) -> int:
        return sum(len(item) for item in self.items if not isinstance(item, Direction))


class Figures(Struct, frozen=True):
    """Counts. `people` joined as participants; `heard` contributed; `inner` and `outer` count every
    contribution, those withheld (`hidden`, `withdrawn`, `erased`) too. `hidden_for`: how many for which
    reason; words of one's own count as `other`.
    """

    people: int
    heard: int
    contributions: int
    inner: int
    outer: int
    threads: int
    hidden: int
    hidden_for: dict[str, int]
    withdrawn: int
    erased: int
    endorsements: int


class Issue(Struct, frozen=True):
    """How a file was handed out: `address` of the service as people know it; where the records are sealed,
    the `number` of the seal, which is the archive's version, and its `head`.
    """

    address: str | None = None
    number: int | None = None
    head: str | None = None


class Transcript(Struct, frozen=True, kw_only=True):
    """A debate for reading. `seq` and `at` are those of the last record it knows. `left_out`: how many
    contributions are not among what was chosen; figures count them. Where it is made as it is
    read, `contributions`, items and threads can be walked through as often as one likes, and are no tuples.
    """

    version: Version
    seq: int
    at: Instant
    slug: str
    title: Words
    introduction: Words
    hashtags: tuple[str, ...]
    language: str
    organisation: str | None
    starts_at: Instant
    started_at: Instant | None
    ended_at: Instant | None
    timezone: str
    minutes: int
    phase: Phase
    rules: Rules
    people: tuple[Person, ...]
    questions: tuple[Question, ...]
    figures: Figures
    sections: tuple[Section, ...]
    contributions: Sequence[Contribution]
    directions: tuple[Direction, ...]
    sittings: tuple[Sitting, ...]
    choice: Choice = EVERYTHING
    left_out: int = 0
    issue: Issue = Issue()

    @property
    def begins(self) -> Instant:
        """When it began; where it has not yet, when it will."""
        return self.starts_at if self.started_at is None else self.started_at
