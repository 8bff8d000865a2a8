"""What chair, moderators and organiser see of a debate beside what everybody sees.

Takes a committed state; knows nothing of sockets. Nobody else learns of any of it, nor how much there is.
"""

from __future__ import annotations

from typing import Any

from fishbowl.clock import to_wire
from fishbowl.debate.state import Person, Report, State
from fishbowl.live.readers import Reader
from fishbowl.live.views import given

__all__ = ["backstage_view"]


def backstage_view(state: State, reader: Reader) -> dict[str, list[dict[str, Any]]]:
    """`reports` still to be looked at and who is `waiting` at the door, the oldest first; who is `blocked`,
    whether or not the list of people has them.
    """
    return {
        "reports": [_report(each) for each in state.reports.values() if not each.resolved],
        "blocked": [{"person": one.person, "name": one.name} for one in state.people.values() if one.blocked],
        "waiting": [_waiting(one, reader) for one in state.at_the_door()],
    }


def _report(report: Report) -> dict[str, Any]:
    return given(
        {"report": report.report, "contribution": report.contribution, "at": to_wire(report.at)},
        person=report.person,
        reason=report.reason,
        note=report.note,
    )


def _waiting(person: Person, reader: Reader) -> dict[str, Any]:
    """`asked_name`, for who moderates: what they would like to be called."""
    return given(
        {
            "person": person.person,
            "name": person.name,
            "handle": person.handle,
            "at": to_wire(person.came_at),
        },
        asked_name=person.asked_name if reader.moderating else None,
    )
