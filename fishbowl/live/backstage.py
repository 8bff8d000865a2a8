"""What chair, moderators and organiser see of a debate beside what everybody sees.

Takes a committed state; knows nothing of sockets. Nobody else learns of any of it, nor how much there is.
"""

from __future__ import annotations

from typing import Any

from fishbowl.clock import to_wire
from fishbowl.debate.state import Person, Report, State
from fishbowl.live.readers import Reader

__all__ = ["backstage_view"]


def backstage_view(state: State, reader: Reader) -> dict[str, list[dict[str, Any]]]:
    """`reports` still to be looked at and who is `waiting` at the door, the oldest first; who is `blocked`,
    whether or not the list of people has them.
    """
    people = sorted(state.people.items())
    return {
        "reports": [_report(each) for each in state.reports.values() if not each.resolved],
        "blocked": [{"person": one, "name": person.name} for one, person in people if person.blocked],
        "waiting": [_waiting(one, reader) for one in state.at_the_door()],
    }


def _report(report: Report) -> dict[str, Any]:
    told = {"person": report.person, "reason": report.reason, "note": report.note}
    return {"report": report.report, "contribution": report.contribution, "at": to_wire(report.at)} | {
        name: value for name, value in told.items() if value is not None
    }


def _waiting(person: Person, reader: Reader) -> dict[str, Any]:
    """`asked_name`, for who moderates: what they would like to be called."""
    asked = {"asked_name": person.asked_name} if person.asked_name and reader.moderating else {}
    return {
        "person": person.person,
        "name": person.name,
        "handle": person.handle,
        "at": to_wire(person.came_at),
    } | asked
