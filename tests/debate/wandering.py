"""Commands at random, for plays too long to be chosen one by one: mostly possible, sometimes not.

Knows the state it wanders through, so that numbers and people mostly exist; knows nothing of the rules. The
same `Random` gives the same play.
"""

from __future__ import annotations

from random import Random
from typing import Any

from fishbowl.debate.state import State

__all__ = ["wish"]

TEXTS = [
    "Ours to keep.",
    "Q2 I do.",
    "A3: not a penny",
    "Q1 and Q3",
    "And the gulls?",
    "Deep enough.",
    "Ring 07700 900123",
    "@Cleo why?",
    "@InesFalk and the key?",
    " ",
]

NAMES = ["Cleo", "Сleo", "Dan", "Nora Lind", "Ines Falk", "Chair", "Zoë", "Zoe", " "]

WISHES: dict[str, tuple[str, ...]] = {
    "sitter": (
        *("raise_hand", "take_seat", "post") * 3,
        *("lower_hand", "leave_seat", "extend_turn", "withdraw", "endorse", "report", "rename"),
        *("thread", "carry_in", "carry_in"),
    ),
    "moderating": (
        *("thread", "admit", "admit", "mute", "unmute", "resolve_report"),
        *("release_name", "release_name", "refuse_name"),
        "release",
        "release",
        "refuse",
        "hide",
        "restore",
        "tag",
        "tag",
        "highlight",
        "freeze",
        "post",
    ),
    "chair": (
        *("start_round", "end_round", "end_round"),
        *("seat", "invite", "free_seat", "close_seat", "open_seat", "extend", "freeze", "focus", "set_rules"),
        *(
            "hide",
            "restore",
            "tag",
            "post",
            "announce",
            "add_question",
            "edit_question",
            "move_question",
            "drop_question",
            "set_door",
            "summarise",
            "carry_in",
        ),
    ),
}
RULES: dict[str, tuple[Any, ...]] = {
    "entry": ("queue", "queue", "claim", "least_heard", "invite"),
    "exit": ("make_room", "make_room", "timed", "timed", "oldest_out", "say_your_piece", "chair"),
    "posting": ("virtual", "two_stream", "two_stream", "classic"),
    "names": ("pseudonym", "free", "free"),
    "moderation": ("open", "open", "first", "hold"),
    "turn_seconds": (0, 30, 300),
    "round_seconds": (0, 60, 600),
    "pace_per_minute": (6, 60, 0),
    "slow_seconds": (0, 0, 20),
}


def wish(random: Random, state: State) -> tuple[str, dict[str, Any]]:
    """Somebody, and what they ask for next, without its id."""
    part = random.choice(["sitter", "sitter", "sitter", "chair", "moderating"])
    if part == "sitter":
        by = random.choice([person for person, known in state.people.items() if known.role in SITTING])
    else:
        by = "chair" if part == "chair" else random.choice(["chair", "mo"])
    if random.random() < 0.02:
        by = random.choice([*state.people, "nobody"])
    if part == "sitter" and random.random() < 0.01:
        return by, {"do": "leave"}
    if part == "moderating" and random.random() < 0.03:
        person = random.choice([*state.people])
        return by, random.choice(
            [{"do": "block", "person": person, "reason": "spam"}, {"do": "unblock", "person": person}]
        )
    if part == "chair" and random.random() < 0.15:
        return by, {"do": "move_to", "phase": random.choice(["live", "live", "paused", "lobby", "wrap_up"])}
    do = random.choice(WISHES[part])
    return by, {
        "do": do,
        **{name: value for name, value in _fields(random, state, do).items() if value != ""},
    }


SITTING = ("participant", "speaker")


def _fields(random: Random, state: State, do: str) -> dict[str, Any]:
    """What goes with a command; "" is left out."""
    seat = random.randint(1, len(state.seats) + 1)
    person = random.choice([*state.people])
    contribution = random.randint(1, max(1, len(state.contributions)))
    question = random.randint(1, len(state.questions))
    on = random.random() < 0.5
    fields: dict[str, dict[str, Any]] = {
        "post": {
            "text": random.choice(TEXTS),
            "reply_to": contribution if state.contributions and on else "",
            "questions": random.choice(["", "", [question]]),
        },
        "take_seat": {"seat": random.choice(["", "", seat])},
        "raise_hand": {"note": random.choice(["", "It is about the key."])},
        "rename": {"name": random.choice(NAMES)},
        "release_name": {"person": person},
        "refuse_name": {"person": person, "reason": random.choice(["", "other"])},
        "withdraw": {"contribution": contribution},
        "endorse": {"contribution": contribution, "on": on},
        "hide": {"contribution": contribution, "note": random.choice(["", "Not tonight."])},
        "release": {
            "contribution": next(iter(state.held), contribution),
            "note": random.choice(["", "Fine."]),
        },
        "refuse": {"contribution": next(iter(state.held), contribution), "reason": "off_topic"},
        "restore": {"contribution": contribution},
        "mute": {"person": person, "seconds": random.choice([1, 60])},
        "unmute": {"person": person},
        "admit": {
            "person": random.choice([one.person for one in state.at_the_door()] or [person]),
            "on": not on,
        },
        "report": {"contribution": contribution, "reason": "insult"},
        "resolve_report": {"report": next(iter(state.reports), "r1")},
        "tag": {"contribution": contribution, "questions": random.choice([[], [question]]), "thread": on},
        "thread": {"contribution": contribution, "reply_to": random.choice([None, max(1, contribution - 1)])},
        "highlight": {"contribution": contribution, "on": on},
        "carry_in": {"contribution": contribution},
        "erase": {"reason": "asked for", **({"person": person} if on else {"contribution": contribution})},
        "freeze": {"on": random.random() < 0.2},
        "announce": {"text": random.choice(TEXTS)},
        "seat": {"person": person, "seat": random.choice(["", seat])},
        "invite": {"person": person, "seat": random.choice(["", seat])},
        "free_seat": {"seat": seat, "reason": "Others wait."},
        "close_seat": {"seat": seat},
        "open_seat": random.choice([{}, {"kind": "reserved", "person": person}]),
        "extend": {"seat": random.choice([seat, seat, ""]), "seconds": random.randint(1, 90)},
        "start_round": {
            "people": random.sample(list(state.people), min(len(state.people), random.randint(1, 4))),
            "title": random.choice(["", "The boat owners"]),
        },
        "focus": {"question": random.choice([None, question])},
        "set_door": {
            "door": random.choice(["open", "approve", "code", "shut"]),
            "join_code": random.choice(["", "pier"]),
        },
        "summarise": {"text": random.choice(TEXTS), "question": random.choice(["", question])},
        "add_question": {"text": random.choice(TEXTS)},
        "edit_question": {"question": question, "text": random.choice(TEXTS)},
        "move_question": {"question": question, "to": random.randint(1, 4)},
        "drop_question": {"question": question if len(state.order) > 3 else 99},
        "set_rules": {name: random.choice(values) for name, values in RULES.items() if random.random() < 0.3},
    }
    return fields.get(do, {})
