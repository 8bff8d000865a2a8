"""What can happen in a debate: to itself and its circle; on its floor, from events_floor.py; to its people,
from events_people.py; to names, from events_names.py.

Who hears of it stands beside each event, see event.py. `EVENTS` are all there are.
"""

from __future__ import annotations

from msgspec import UNSET, UnsetType

from fishbowl.debate.event import INSTANTS, Event, Hears
from fishbowl.debate.events_floor import (
    AnnouncementMade,
    ContributionCarriedIn,
    ContributionChecked,
    ContributionEndorsed,
    ContributionErased,
    ContributionHeld,
    ContributionHidden,
    ContributionHighlighted,
    ContributionPosted,
    ContributionRefused,
    ContributionReported,
    ContributionRestored,
    ContributionTagged,
    ContributionThreaded,
    ContributionWithdrawn,
    FloorFrozen,
    FloorThawed,
    QuestionAdded,
    QuestionDropped,
    QuestionEdited,
    QuestionFocused,
    QuestionMoved,
    QuestionSummarised,
    ReportResolved,
)
from fishbowl.debate.events_names import NameHeld, NameRefused, PersonAnonymised, PersonRenamed
from fishbowl.debate.events_people import (
    PersonAdmitted,
    PersonBlocked,
    PersonErased,
    PersonInvited,
    PersonJoined,
    PersonLeft,
    PersonMuted,
    PersonReplaced,
    PersonUnblocked,
    PersonUnmuted,
)
from fishbowl.debate.events_rounds import RoundEnded, RoundExtended, RoundStarted
from fishbowl.debate.vocabulary import (
    Audience,
    Door,
    Instant,
    Phase,
    Rules,
    SeatKind,
    SeatState,
    Words,
)

__all__ = [
    "EVENTS",
    "INSTANTS",
    "AnnouncementMade",
    "CircleEased",
    "CircleFull",
    "CircleLeftToChair",
    "ContributionCarriedIn",
    "ContributionChecked",
    "ContributionEndorsed",
    "ContributionErased",
    "ContributionHeld",
    "ContributionHidden",
    "ContributionHighlighted",
    "ContributionPosted",
    "ContributionRefused",
    "ContributionReported",
    "ContributionRestored",
    "ContributionTagged",
    "ContributionThreaded",
    "ContributionWithdrawn",
    "DebateChanged",
    "DebateCreated",
    "DoorSet",
    "Event",
    "FloorFrozen",
    "FloorThawed",
    "HandLowered",
    "HandRaised",
    "Hears",
    "NameHeld",
    "NameRefused",
    "PersonAdmitted",
    "PersonAnonymised",
    "PersonBlocked",
    "PersonErased",
    "PersonInvited",
    "PersonJoined",
    "PersonLeft",
    "PersonMuted",
    "PersonRenamed",
    "PersonReplaced",
    "PersonUnblocked",
    "PersonUnmuted",
    "PhaseMoved",
    "QuestionAdded",
    "QuestionDropped",
    "QuestionEdited",
    "QuestionFocused",
    "QuestionMoved",
    "QuestionSummarised",
    "ReportResolved",
    "RoundEnded",
    "RoundExtended",
    "RoundStarted",
    "RulesChanged",
    "SeatAway",
    "SeatBack",
    "SeatClosed",
    "SeatDeclined",
    "SeatExtended",
    "SeatFreed",
    "SeatLeaving",
    "SeatLent",
    "SeatOffered",
    "SeatOpened",
    "SeatTaken",
    "ServiceResumed",
]


# The debate


class DebateCreated(Event, frozen=True, tag="debate.created"):
    """The first record of every debate. Questions, seats and people follow as records of their own."""

    backstage = ("join_code", "held_words")
    slug: str
    title: Words
    introduction: Words
    hashtags: tuple[str, ...]
    language: str
    starts_at: Instant
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
    rules: Rules = Rules()


class DebateChanged(Event, frozen=True, tag="debate.changed"):
    """The organiser changed what the definition held. Fields not given stay as they were."""

    backstage = ("held_words",)
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


class PhaseMoved(Event, frozen=True, tag="phase.moved"):
    """`stood_still`: milliseconds by which every running clock (`until`) moves back with this record."""

    phase: Phase
    was: Phase
    stood_still: int = 0


class RulesChanged(Event, frozen=True, tag="rules.changed"):
    """The whole rule set as it is from now on."""

    rules: Rules


class DoorSet(Event, frozen=True, tag="door.set"):
    backstage = ("join_code",)
    door: Door
    join_code: str | None = None


class ServiceResumed(Event, frozen=True, tag="service.resumed"):
    """The service was down from `since` to the record's time; `stood_still` as in `phase.moved`."""

    since: Instant
    stood_still: int = 0


# Seats


class SeatOpened(Event, frozen=True, tag="seat.opened"):
    """A new seat, or a closed one opened again. `person`: the speaker a reserved seat is for."""

    seat: int
    kind: SeatKind
    person: str | None = None


class SeatClosed(Event, frozen=True, tag="seat.closed"):
    backstage = ("reason",)
    personal = ("reason",)
    seat: int
    reason: str | None = None


class SeatOffered(Event, frozen=True, tag="seat.offered"):
    """`invited`: the chair's invitation, not the turn of a hand."""

    seat: int
    person: str
    until: Instant
    invited: bool = False


class SeatDeclined(Event, frozen=True, tag="seat.declined"):
    """An offer ended without a taker. `why`: declined, lapsed, taken_back (with the chair's `reason`)."""

    backstage = ("reason",)
    personal = ("reason",)
    seat: int
    person: str
    why: str = "declined"
    reason: str | None = None


class SeatTaken(Event, frozen=True, tag="seat.taken"):
    """`why`: reserved (a speaker's own), offered, claimed, seated (by the chair), round.

    `until`: how long the newcomer is not asked to make room.
    """

    seat: int
    person: str
    why: str
    until: Instant | None = None


class SeatLeaving(Event, frozen=True, tag="seat.leaving"):
    """The holder's grace clock runs; at `until` the seat is freed, and closed where `closing`.

    `successor`: who asked for it, and is offered it then.
    """

    backstage = ("reason",)
    personal = ("reason",)
    seat: int
    person: str
    until: Instant
    closing: bool = False
    successor: str | None = None
    reason: str | None = None


class SeatLent(Event, frozen=True, tag="seat.lent"):
    """A speaker stepped out; the seat counts as a free open one. `why`: left, away, chair, gone, round."""

    backstage = ("reason",)
    personal = ("reason",)
    seat: int
    person: str
    why: str = "left"
    reason: str | None = None


class SeatAway(Event, frozen=True, tag="seat.away"):
    seat: int
    person: str
    until: Instant


class SeatBack(Event, frozen=True, tag="seat.back"):
    """The holder is connected again, or need not go any more."""

    seat: int
    person: str


class SeatFreed(Event, frozen=True, tag="seat.freed"):
    """`why`: left, away, closed, turn_over, chair, gone, replaced, round. `state`: free, or lent again."""

    backstage = ("reason",)
    personal = ("reason",)
    seat: int
    person: str
    why: str
    state: SeatState = SeatState.FREE
    reason: str | None = None


class SeatExtended(Event, frozen=True, tag="seat.extended"):
    """`own`: by the holder, who may do it once."""

    seat: int
    until: Instant
    own: bool = False


class HandRaised(Event, frozen=True, tag="hand.raised"):
    """`first`: a speaker whose seat is lent comes first in line."""

    backstage = ("note",)
    personal = ("note",)
    person: str
    first: bool = False
    note: str | None = None


class HandLowered(Event, frozen=True, tag="hand.lowered"):
    """`why`: lowered, declined, lapsed, taken_back, seated, wrap_up, gone."""

    person: str
    why: str = "lowered"


class CircleFull(Event, frozen=True, tag="circle.full"):
    """Who makes room? `seats` in the order asked; at `until` the question goes to the chair."""

    until: Instant
    seats: tuple[int, ...]


class CircleLeftToChair(Event, frozen=True, tag="circle.left_to_chair"):
    """Nobody made room in time."""


class CircleEased(Event, frozen=True, tag="circle.eased"):
    """The question who makes room is settled: a seat is free, or no hand is up."""


EVENTS: dict[str, type[Event]] = {
    str(kind.__struct_config__.tag): kind
    for kind in sorted(Event.__subclasses__(), key=lambda kind: str(kind.__struct_config__.tag))
}
"""Every event by its stored name."""
