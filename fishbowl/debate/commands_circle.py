"""What can be asked of the circle: its seats, its hands, its closed rounds."""

from __future__ import annotations

from typing import Annotated

from msgspec import Meta

from fishbowl.debate.command import Note, Number, Person, Seconds, WireCommand
from fishbowl.debate.vocabulary import SeatKind


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
