"""The moderation log: what moderators and rules did with contributions and people, as CSV and as JSON.

For the organiser alone: it names who acted, who was acted upon and who reported. Knows no route and no right.
Guarantees that no contribution's text is in it, and what was erased is not either; that no cell is a formula.
"""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator, Sequence
from io import StringIO
from typing import Any, Final

import msgspec
from msgspec import Struct, structs

from fishbowl.clock import to_wire
from fishbowl.debate import events
from fishbowl.debate.event import Event
from fishbowl.debate.evolve import evolve
from fishbowl.debate.record import Record
from fishbowl.debate.state import State
from fishbowl.debate.vocabulary import CLOCK
from fishbowl.transcript.csv import BYTE_ORDER_MARK, safe_cell

__all__ = ["LOG_FORMATS", "Entry", "entries", "moderation_log"]

LOG_FORMATS: Final = {"csv": "text/csv; charset=utf-8", "json": "application/json"}
"""File endings, and what they are."""

ALWAYS: Final = (
    events.ContributionErased,
    events.ContributionHeld,
    events.ContributionHidden,
    events.ContributionRefused,
    events.ContributionReported,
    events.ContributionRestored,
    events.FloorFrozen,
    events.FloorThawed,
    events.PersonAdmitted,
    events.PersonBlocked,
    events.PersonErased,
    events.PersonMuted,
    events.PersonUnblocked,
    events.PersonUnmuted,
    events.ReportResolved,
)
"""Events that are moderation whoever caused them; a seat freed with a reason, and a release, are too."""


class Entry(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """`by` acted, called `actor`, in the capacity of `role`; it was about a contribution, or a `person`."""

    seq: int
    at: str
    act: str
    by: str
    actor: str | None = None
    role: str | None = None
    contribution: int | None = None
    person: str | None = None
    name: str | None = None
    seat: int | None = None
    report: str | None = None
    until: str | None = None
    why: str | None = None
    reason: str | None = None
    note: str | None = None


def entries(records: Iterable[Record]) -> Iterator[Entry]:
    """The log's entries, in order. Names are those of the end."""
    state, found = State(), list[Entry]()
    for record in records:
        act = _act(state, record.event)
        evolve(state, record)
        if act is not None:
            found.append(_entry(state, record, act))
    for each in found:
        actor, person = state.people.get(each.by), state.people.get(each.person or "")
        yield structs.replace(each, actor=actor.name if actor else None, name=person.name if person else None)


def moderation_log(slug: str, records: Sequence[Record], ending: str) -> bytes:
    """The whole log as a file."""
    found = list(entries(records))
    if ending == "json":
        whole = {"debate": slug, "as_of_seq": records[-1].seq, "entries": found}
        return msgspec.json.format(msgspec.json.encode(whole), indent=1) + b"\n"
    written = StringIO(newline="")
    table = csv.writer(written)
    table.writerow(Entry.__struct_fields__)
    for each in found:
        cells = (getattr(each, name) for name in Entry.__struct_fields__)
        table.writerow(["" if cell is None else safe_cell(str(cell)) for cell in cells])
    return (BYTE_ORDER_MARK + written.getvalue()).encode()


def _act(state: State, event: Event) -> str | None:
    """What the event is to the log; None where it is no moderation."""
    if isinstance(event, events.PersonAdmitted) and not event.on:
        return "person.turned_away"
    if isinstance(event, ALWAYS):
        return str(event.__struct_config__.tag)
    if isinstance(event, events.ContributionPosted) and event.contribution in state.contributions:
        return "contribution.released"
    if isinstance(event, events.SeatFreed | events.SeatLent) and event.why == "chair":
        return str(event.__struct_config__.tag)
    return None


def _entry(state: State, record: Record, act: str) -> Entry:
    fields: dict[str, Any] = msgspec.structs.asdict(record.event)
    actor = state.people.get(record.by)
    contribution = state.contributions.get(fields.get("contribution") or 0)
    about = fields.get("person") if not act.endswith("reported") else None
    person = state.people.get(about or (contribution.author if contribution else ""))
    until, why = fields.get("until"), fields.get("why")
    return Entry(
        seq=record.seq,
        at=to_wire(record.at),
        act=act,
        by=record.by,
        role=actor.role if actor else ("rules" if record.by == CLOCK else None),
        contribution=fields.get("contribution"),
        person=person.person if person else None,
        seat=fields.get("seat") if contribution is None else None,
        report=fields.get("report"),
        until=to_wire(until) if until is not None else None,
        why=" ".join(why) if isinstance(why, tuple) else why,
        reason=fields.get("reason"),
        note=fields.get("note"),
    )
