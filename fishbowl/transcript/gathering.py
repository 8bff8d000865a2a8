"""What a transcript needs beside the state: stage directions, who sat where and when, what moderation did.

Folds the records once, its own lists beside `debate.evolve`, and notes nothing that its reader may not know:
without `backstage` there is no reason, no note, and no name behind an act of chair, moderators or organiser.
Knows no sentence and no format; a stage direction is data.

Stage directions begin when a debate leaves its draft: what was prepared there is nobody's business. Hands,
offers, endorsements and who merely joined are not among them.
"""

from __future__ import annotations

from typing import Any

from msgspec import UNSET, Struct, structs

from fishbowl.debate import events
from fishbowl.debate.events import Event, Hears
from fishbowl.debate.evolve import advance, evolve
from fishbowl.debate.record import Record
from fishbowl.debate.rights import ADMINISTRATOR
from fishbowl.debate.state import Seat, State
from fishbowl.debate.vocabulary import (
    CLOCK,
    Door,
    Instant,
    Phase,
    Role,
    Rules,
    SeatKind,
    Words,
)
from fishbowl.transcript.packing import Packed

__all__ = ["Act", "Direction", "Gathering", "Sitting"]

ACTORS = {Role.CHAIR: "chair", Role.MODERATOR: "moderators", Role.ORGANISER: "organiser"}
"""How whoever acts for a role reads to everybody else."""

DIRECTED: frozenset[type[Event]] = frozenset(
    {
        events.AnnouncementMade,
        events.ContributionCarriedIn,
        events.DebateChanged,
        events.DoorSet,
        events.FloorFrozen,
        events.FloorThawed,
        events.PersonInvited,
        events.PersonReplaced,
        events.PhaseMoved,
        events.QuestionAdded,
        events.QuestionDropped,
        events.QuestionEdited,
        events.QuestionFocused,
        events.QuestionMoved,
        events.QuestionSummarised,
        events.RoundEnded,
        events.RoundStarted,
        events.RulesChanged,
        events.SeatAway,
        events.SeatBack,
        events.SeatClosed,
        events.SeatFreed,
        events.SeatLent,
        events.SeatOpened,
        events.SeatTaken,
        events.ServiceResumed,
    }
)
"""Events that become stage directions."""

TAKEN_OVER = (
    *(
        "seat",
        "kind",
        "person",
        "why",
        "reason",
        "question",
        "contribution",
        "to",
        "title",
        "text",
        "phase",
        "was",
        "door",
        "since",
    ),
)
"""Fields a direction has from its event as they are."""

ACTS: dict[type[Event], str] = {
    events.ContributionErased: "erased",
    events.ContributionHidden: "hidden",
    events.ContributionRefused: "refused",
    events.ContributionRestored: "restored",
    events.ContributionWithdrawn: "withdrawn",
}


REASONS = ("off_topic", "personal_data", "insult", "spam", "unlawful", "other")
"""RULES, "Moderation": reasons that are no words of one's own."""


class Direction(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """A stage direction: what happened beside the contributions. `event` is the record's type.

    `by` is a person, "chair", "moderators", "organiser" or "clock"; `actor` their name, backstage only, but
    of whoever carried something in from their seat in every version.
    `why` is the record's; `round_over` where it was a round's end that somebody got up with.
    `focus` is the question in focus then, `begun` whether any had been. `since`: when what ends here began
    (an interruption, somebody's time in a seat). `title`, `names`: of a round's group. `changed`: names of
    what a definition or a rule set changed.
    """

    seq: int
    at: Instant
    event: str
    by: str
    actor: str | None = None
    focus: int | None = None
    begun: bool = False
    person: str | None = None
    name: str | None = None
    seat: int | None = None
    kind: SeatKind | None = None
    why: str | None = None
    reason: str | None = None
    question: int | None = None
    contribution: int | None = None
    to: int | None = None
    title: Words | None = None
    names: tuple[str | None, ...] = ()
    text: Words | None = None
    phase: Phase | None = None
    was: Phase | None = None
    door: Door | None = None
    since: Instant | None = None
    changed: tuple[str, ...] = ()


class Sitting(Struct, frozen=True):
    """Somebody's time in a seat; `until` is None where they still sit there. `why` as in `seat.taken`."""

    seat: int
    person: str
    name: str | None
    role: Role
    since: Instant
    until: Instant | None
    why: str


class Act(Struct, frozen=True):
    """What happened to a contribution: `hidden`, `refused`, `restored`, `withdrawn` or `erased`; by whom,
    why.
    """

    seq: int
    at: Instant
    act: str
    by: str
    name: str | None
    reason: str | None = None
    note: str | None = None


class Gathering:
    """`take` every record in order; `state`, `told()`, `acts_on()` and `sittings()` are as of the last one.

    With `packed`, the state keeps its contributions there, and nothing that only commands need.
    """

    def __init__(self, *, backstage: bool, packed: Packed | None = None) -> None:
        self.state = State() if packed is None else State(contributions=packed)
        self._packed = packed
        self._directions: list[Direction] = []
        self._groups: dict[int, tuple[str, ...]] = {}
        """Who was of a round's group, or took somebody's place, by the record that says so."""
        self._acts: dict[int, list[Act]] = {}
        self.hidden_for: dict[int, str] = {}
        """Why each contribution was last hidden: one of `REASONS`."""
        self.ended_at: Instant | None = None
        self._backstage = backstage
        self._sittings: list[Sitting] = []
        self._seated: dict[int, int] = {}
        """Where in `_sittings` the holder of each seat is."""
        self._begun = False
        self._stopped: dict[type[Event], Instant] = {}
        """Since when the floor is frozen, the debate paused."""
        self._resumed: Instant | None = None
        """When the service last came back."""
        self._cut_off: set[int] = set()
        """Seats whose holders were away only because the service was."""

    def take(self, record: Record) -> None:
        event, draft = record.event, self.state.phase is Phase.DRAFT
        rules, since = self.state.rules, self._since(record)
        self._evolve(record)
        if isinstance(event, events.ContributionHidden):
            self.hidden_for[event.contribution] = event.reason if event.reason in REASONS else "other"
        self._begun = self._begun or self.state.focus is not None
        if type(event) in DIRECTED:
            prepared = draft and not isinstance(event, events.PhaseMoved)
            if not prepared and not self._merely_cut_off(record):
                self._direct(record, rules, since)
        elif (act := ACTS.get(type(event))) is not None and self._backstage:
            self._act(record, act)
        self._sit(record)
        if isinstance(event, events.PhaseMoved):
            self.ended_at = {Phase.CORRECTION: record.at, Phase.ARCHIVED: self.ended_at}.get(event.phase)

    def _evolve(self, record: Record) -> None:
        if self._packed is None:
            evolve(self.state, record)
            return
        advance(self.state, record)
        self._packed.tidy()
        if isinstance(record.event, events.ContributionPosted | events.ContributionHeld):
            self.state.people[record.event.author].said.clear()

    def told(self) -> tuple[Direction, ...]:
        """The stage directions in order. Names are those of now."""
        return tuple(map(self._named, self._directions))

    def acts_on(self, contribution: int) -> tuple[Act, ...]:
        """What was done to it, in order. Names are those of now."""
        return tuple(
            structs.replace(act, name=self._actor(act.by)) for act in self._acts.get(contribution, ())
        )

    def sittings(self) -> tuple[Sitting, ...]:
        """Who sat where, in order of sitting down. Names are those of now."""
        return tuple(
            structs.replace(sitting, name=self.state.people[sitting.person].name)
            for sitting in self._sittings
        )

    def _since(self, record: Record) -> Instant | None:
        """When what this record ends began; looked up before it is taken in."""
        event = record.event
        if isinstance(event, events.SeatFreed | events.SeatLent):
            return self.state.seats[event.seat].since
        if isinstance(event, events.FloorFrozen):
            self._stopped[events.FloorThawed] = record.at
        elif isinstance(event, events.PhaseMoved) and event.phase is Phase.PAUSED:
            self._stopped[events.PhaseMoved] = record.at
        elif isinstance(event, events.FloorThawed | events.PhaseMoved):
            return self._stopped.pop(type(event), None)
        return None

    def _merely_cut_off(self, record: Record) -> bool:
        """Whether a record says that somebody went away or came back because the service did: that is told
        once, and not again for every seat.
        """
        event = record.event
        if isinstance(event, events.ServiceResumed):
            self._resumed = record.at
        elif isinstance(event, events.SeatAway) and record.at == self._resumed:
            self._cut_off.add(event.seat)
            return True
        elif isinstance(event, events.SeatBack | events.SeatFreed | events.SeatLent):
            was_cut_off = event.seat in self._cut_off
            self._cut_off.discard(event.seat)
            return was_cut_off and isinstance(event, events.SeatBack)
        return False

    def _direct(self, record: Record, rules: Rules, since: Instant | None) -> None:
        event = record.event
        concealed = () if self._backstage else event.backstage
        if event.hears is Hears.BACKSTAGE and not self._backstage:
            return
        if isinstance(event, events.PersonInvited) and event.role is not Role.SPEAKER:
            return
        fields: dict[str, Any] = {
            name: value
            for name in TAKEN_OVER
            if name not in concealed and (value := getattr(event, name, UNSET)) is not UNSET
        }
        if since is not None:
            fields["since"] = since
        if fields.get("why") == "round" and self.state.round is None:
            fields["why"] = "round_over"
        if isinstance(event, events.PersonReplaced):
            self._groups[record.seq] = (event.successor,)
        elif group := getattr(event, "people", ()):
            self._groups[record.seq] = group
        self._directions.append(
            Direction(
                seq=record.seq,
                at=record.at,
                event=str(event.__struct_config__.tag),
                by=self._by(record.by),
                focus=self.state.focus,
                begun=self._begun,
                changed=_changed(event, rules),
                **fields,
            )
        )

    def _act(self, record: Record, act: str) -> None:
        event: Any = record.event
        self._acts.setdefault(event.contribution, []).append(
            Act(
                record.seq,
                record.at,
                act,
                record.by,
                None,
                getattr(event, "reason", None),
                getattr(event, "note", None),
            )
        )

    def _named(self, direction: Direction) -> Direction:
        people = self.state.people
        person = people.get(direction.person or "")
        carrier = people.get(direction.by) if direction.event == "contribution.carried_in" else None
        return structs.replace(
            direction,
            actor=carrier.name if carrier else self._actor(direction.by),
            name=person.name if person else None,
            names=tuple(people[each].name for each in self._groups.get(direction.seq, ())),
        )

    def _by(self, by: str) -> str:
        if by == ADMINISTRATOR:
            return ACTORS[Role.ORGANISER]
        person = self.state.people.get(by)
        if person is None or self._backstage:
            return by
        return ACTORS.get(person.role, by)

    def _actor(self, by: str) -> str | None:
        person = self.state.people.get(by)
        return person.name if person is not None and self._backstage and by != CLOCK else None

    def carrier(self, by: str) -> tuple[str, str | None]:
        """Who carried something in, and their name: whoever sits in the circle is known to everybody."""
        told = self._by(by)
        return told, self.state.people[by].name if told == by else None

    def _sit(self, record: Record) -> None:
        """Keep `_sittings` in step with the seats."""
        event = record.event
        if isinstance(event, events.SeatTaken):
            self._seated[event.seat] = len(self._sittings)
            role = self.state.people[event.person].role
            self._sittings.append(Sitting(event.seat, event.person, None, role, record.at, None, event.why))
        elif isinstance(event, events.SeatFreed | events.SeatLent | events.SeatClosed):
            self._rise(self.state.seats[event.seat], record.at)
        elif isinstance(event, events.PhaseMoved):
            for seat in self.state.seats.values():
                if not seat.held:
                    self._rise(seat, record.at)

    def _rise(self, seat: Seat, at: Instant) -> None:
        place = self._seated.pop(seat.seat, None)
        if place is not None:
            self._sittings[place] = structs.replace(self._sittings[place], until=at)


def _changed(event: Event, rules: Rules) -> tuple[str, ...]:
    """Names of what the event changed, in a definition, a question or the rule set that was `rules`."""
    if isinstance(event, events.RulesChanged):
        return tuple(
            name for name in Rules.__struct_fields__ if getattr(event.rules, name) != getattr(rules, name)
        )
    if isinstance(event, events.DebateChanged | events.QuestionEdited):
        return tuple(
            name
            for name in event.__struct_fields__
            if name != "question" and getattr(event, name) is not UNSET
        )
    return ()
