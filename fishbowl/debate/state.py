"""A debate as it stands: everything its rules need to know, and nothing else.

Plain data with the questions one asks of it. It changes only by `evolve` (see evolve.py); whoever holds a
state may read it, nobody else writes to it. Knows nothing of logs, sockets or who is connected: the same
records always fold to an equal state.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, MutableMapping
from dataclasses import dataclass, field

from fishbowl.debate.state_floor import Announcement, CarriedIn, Report, Summary
from fishbowl.debate.state_rounds import Round
from fishbowl.debate.vocabulary import (
    Audience,
    Circle,
    Door,
    Entry,
    Instant,
    Phase,
    Role,
    Rules,
    SeatKind,
    SeatState,
    Status,
    Tag,
    Words,
)
from fishbowl.text import Entities, find_entities

__all__ = [
    "Announcement",
    "Answered",
    "CarriedIn",
    "CircleQuestion",
    "Contribution",
    "Hand",
    "Person",
    "Question",
    "Report",
    "Seat",
    "State",
    "Summary",
]

RUNNING = frozenset({Phase.LOBBY, Phase.LIVE, Phase.WRAP_UP})
"""Phases in which clocks run, unless the floor is frozen."""
CIRCLE = RUNNING | {Phase.PAUSED}
"""Phases in which there is a circle."""
HANDS = frozenset({Phase.LOBBY, Phase.LIVE})
"""Phases in which hands go up."""
PROMISING = HANDS | {Phase.PAUSED}
"""Phases in which a seat may be promised, and a promise stands."""
OFFERING = frozenset({Entry.QUEUE, Entry.LEAST_HEARD})
"""Rules of entry under which a free seat is offered to the first in line."""
HOLDING = frozenset({SeatState.TAKEN, SeatState.LEAVING, SeatState.AWAY})
"""Seat states in which somebody sits there."""


@dataclass(slots=True)
class Person:
    """`said`: the numbers of theirs, in order. `tokens` and `filled_at`: the pace bucket as it stood after
    their last post; None: still full.

    `records`: those that hold words of theirs or about them; `erased`: these are gone. `named`: those that
    say what they are called; `anonymous`: they wanted these to be gone. `asked_name`: what they asked to be
    called, while it waits for the moderators; `name_refused`: why these did not take it.
    `let_in`: the record that let them in, 0 where nobody had to; None before the door, since `came_at`.
    """

    person: str
    role: Role
    name: str | None
    handle: str | None
    bio: str | None = None
    affiliation: str | None = None
    left: bool = False
    seated: int = 0
    contributions: int = 0
    said: list[int] = field(default_factory=list)
    tokens: float | None = None
    filled_at: Instant = 0
    muted_until: Instant | None = None
    blocked: bool = False
    let_in: int | None = 0
    came_at: Instant = 0
    turned_away: bool = False
    replaced: bool = False
    asked_name: str | None = None
    name_refused: str | None = None
    renamed_at: Instant | None = None
    records: list[int] = field(default_factory=list)
    named: list[int] = field(default_factory=list)
    erased: bool = False
    anonymous: bool = False

    @property
    def gone(self) -> bool:
        """Whether they are not in the debate: out of it, out of their part in it, or before its door."""
        return self.left or self.replaced or self.let_in is None

    @property
    def waiting(self) -> bool:
        """Whether they stand before the door, and may be let in or turned away."""
        return self.let_in is None and not (self.turned_away or self.left)


@dataclass(slots=True)
class Seat:
    """`holder`: who sits there, or to whom it is offered. `resting`: what an offered seat falls back to.

    `until`: the running clock of an offer, a grace, an absence. `turn_until`: until when a newcomer is not
    asked to make room. `successor`: for whom the holder goes, and who is offered the seat then.
    """

    seat: int
    kind: SeatKind
    speaker: str | None = None
    state: SeatState = SeatState.FREE
    holder: str | None = None
    since: Instant | None = None
    until: Instant | None = None
    turn_until: Instant | None = None
    resting: SeatState = SeatState.FREE
    closing: bool = False
    extended: bool = False
    successor: str | None = None

    @property
    def held(self) -> bool:
        return self.state in HOLDING

    @property
    def for_taking(self) -> bool:
        """Whether anybody may take it: a free open seat, or one a speaker has lent."""
        return self.state is SeatState.LENT or (self.state is SeatState.FREE and self.kind is SeatKind.OPEN)

    @property
    def own(self) -> bool:
        """Whether the speaker it is reserved for holds it."""
        return self.speaker is not None and self.holder == self.speaker


@dataclass(slots=True)
class Hand:
    person: str
    at: Instant
    seq: int
    first: bool = False
    note: str | None = None


@dataclass(slots=True)
class Question:
    """`authors` counts visible contributions by author; their sum is how many there are."""

    question: int
    text: Words
    minutes: int | None = None
    gloss: str | None = None
    authors: Counter[str] = field(default_factory=Counter)
    focus_ms: int = 0

    @property
    def contributions(self) -> int:
        return self.authors.total()


@dataclass(slots=True)
class Contribution:
    """`text` is None once withdrawn or erased; a hidden text stays, for the organiser and moderators.

    `by_chair`: its tags are the chair's or a moderator's, also where there are none. `replies` in order of
    arrival; `hung`: how many ever hung here, so that a path is nobody else's later. `inferred`: its author
    chose nothing to reply to, its first word did (threads.py); False once somebody has said what it
    answers, `placed_by_chair` where chair or moderators have. `in_focus`: the question in focus when it
    came. `records`: those that hold its text or words about it. `shown`: it stands on the floor, or did;
    where not, it is its author's and the moderators' business (`held_for`: why; `usual_wait` in seconds;
    `refused`, `reason` and `note`: its refusal). `checked`: its speaker said that it is right, or is not
    (`objection`).
    """

    contribution: int
    seq: int
    at: Instant
    author: str
    circle: Circle
    root: int
    path: str
    text: str | None
    tags: tuple[Tag, ...]
    seat: int | None = None
    language: str | None = None
    reply_to: int | None = None
    inferred: bool | None = None
    placed_by_chair: bool = False
    in_focus: int | None = None
    status: Status = Status.POSTED
    shown: bool = True
    held_for: tuple[str, ...] = ()
    usual_wait: int | None = None
    refused: bool = False
    reason: str | None = None
    note: str | None = None
    highlighted: bool = False
    carried_in: CarriedIn | None = None
    checked: bool | None = None
    objection: str | None = None
    by_chair: bool = False
    endorsed_by: set[str] = field(default_factory=set)
    replies: list[int] = field(default_factory=list)
    hung: int = 0
    records: list[int] = field(default_factory=list)
    _entities: Entities | None = field(default=None, compare=False, repr=False)

    @property
    def entities(self) -> Entities:
        """What `text` holds; looked for once."""
        if self._entities is None:
            self._entities = find_entities(self.text or "")
        return self._entities


@dataclass(slots=True)
class CircleQuestion:
    """Who makes room? Asked of `seats` in order, until `until`; then it is the chair's."""

    until: Instant
    seats: tuple[int, ...]
    left_to_chair: bool = False


@dataclass(slots=True)
class Answered:
    """What an accepted command was answered, kept so that asking again gives the same reply.

    `salt` is None once the text behind `digest` is erased: then any body with this id counts as the same.
    """

    digest: str
    salt: bytes | None
    seq: int
    contribution: int | None = None
    status: Status | None = None
    seat: int | None = None
    report: str | None = None


@dataclass(slots=True)
class State:
    """One debate. An empty one (`seq` 0) becomes a debate by `debate.created`."""

    seq: int = 0
    at: Instant = 0
    slug: str = ""
    title: Words = ""
    introduction: Words = ""
    hashtags: tuple[str, ...] = ()
    language: str = "en"
    starts_at: Instant = 0
    timezone: str = "UTC"
    minutes: int = 60
    audience: Audience = Audience.LINK
    door: Door = Door.OPEN
    join_code: str | None = None
    max_people: int | None = None
    organisation: str | None = None
    help_contact: str | None = None
    held_words: tuple[str, ...] | None = None
    under_18: bool = False
    rules: Rules = field(default_factory=Rules)

    phase: Phase = Phase.DRAFT
    frozen: bool = False
    stopped_since: Instant | None = 0
    """Since when clocks stand still; None while they run."""
    started_at: Instant | None = None
    ends_at: Instant | None = None
    """When the plan is over: the first start plus the minutes, moved by every interruption since."""
    archive_at: Instant | None = None

    people: dict[str, Person] = field(default_factory=dict)
    handles: dict[str, str] = field(default_factory=dict)
    """Whose every handle is that was ever given, in lower case."""
    joined: int = 0
    """How many participants are in."""
    seats: dict[int, Seat] = field(default_factory=dict)
    hands: dict[str, Hand] = field(default_factory=dict)
    promised: dict[str, int] = field(default_factory=dict)
    """Who is offered the next free seat, in order, and which contribution of theirs was carried in."""
    circle_full: CircleQuestion | None = None
    round: Round | None = None
    questions: dict[int, Question] = field(default_factory=dict)
    """Every question there ever was, by its number."""
    order: list[int] = field(default_factory=list)
    """The questions that stand, by their numbers, in the order in which they are to be asked."""
    focus: int | None = None
    focus_since: Instant | None = None
    contributions: MutableMapping[int, Contribution] = field(default_factory=dict)
    held: dict[int, Instant] = field(default_factory=dict)
    """The contributions that wait for the moderators, by their numbers, and since when."""
    waits: list[int] = field(default_factory=list)
    """How long, in milliseconds, the last ones waited."""
    reports: dict[str, Report] = field(default_factory=dict)
    announcement: Announcement | None = None
    summaries: dict[int | None, Summary] = field(default_factory=dict)
    """By question; None: of the whole debate."""
    answered: dict[tuple[str, str], Answered] = field(default_factory=dict)

    @property
    def running(self) -> bool:
        """Whether clocks run."""
        return self.stopped_since is None

    def clock(self, now: Instant) -> Instant:
        """The time that clocks started at `now` count from: when they stopped, where they stand still."""
        return now if self.stopped_since is None else min(now, self.stopped_since)

    def seat_of(self, person: str) -> Seat | None:
        """The seat `person` holds."""
        return next((seat for seat in self.seats.values() if seat.held and seat.holder == person), None)

    def offer_to(self, person: str) -> Seat | None:
        """The seat `person` has been offered."""
        return next(
            (
                seat
                for seat in self.seats.values()
                if seat.state is SeatState.OFFERED and seat.holder == person
            ),
            None,
        )

    def next_promised(self) -> Iterator[str]:
        """Those to whom the next free seat is promised and who have no offer yet."""
        return (person for person in self.promised if self.offer_to(person) is None)

    def own_seat(self, person: str) -> Seat | None:
        """The reserved seat of a speaker, unless it is closed."""
        return next(
            (
                seat
                for seat in self.seats.values()
                if seat.speaker == person and seat.state is not SeatState.CLOSED
            ),
            None,
        )

    def at_the_door(self) -> list[Person]:
        """Who waits to be let in, in the order in which they came."""
        return [person for person in self.people.values() if person.waiting]

    def line(self) -> list[Hand]:
        """Hands in serving order: speakers whose seat is lent, then by time; under `least_heard` by how often
        their owners sat, and how much they said, before that.
        """
        return sorted(self.hands.values(), key=lambda hand: (not hand.first, *self._heard(hand), hand.seq))

    def _heard(self, hand: Hand) -> tuple[int, ...]:
        if self.rules.entry is not Entry.LEAST_HEARD:
            return ()
        person = self.people[hand.person]
        return (person.seated, person.contributions)

    def waiting(self) -> list[Hand]:
        """`line` without those who have an offer to answer."""
        return [hand for hand in self.line() if self.offer_to(hand.person) is None]

    def for_taking(self, person: str | None = None) -> list[Seat]:
        """Seats that anybody may take, those that suit `person` best first: their own, then open ones."""
        seats = [seat for seat in self.seats.values() if seat.for_taking]
        return sorted(
            seats,
            key=lambda seat: (
                person is None or seat.speaker != person,
                seat.kind is not SeatKind.OPEN,
                seat.seat,
            ),
        )

    def descendants(self, number: int) -> Iterator[Contribution]:
        """Every reply below a contribution, parents before their replies."""
        waiting = list(reversed(self.contributions[number].replies))
        while waiting:
            contribution = self.contributions[waiting.pop()]
            yield contribution
            waiting.extend(reversed(contribution.replies))
