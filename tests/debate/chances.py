"""Hypothesis strategies for whatever anybody may ask of a debate, as it stands on the wire.

Numbers and people are those of a debate that the machine plays; some do not exist.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from hypothesis import strategies as st

from fishbowl.debate.commands import Command
from fishbowl.debate.reading import command_from

PEOPLE = ["cleo", "dan", "ines", "tomos", "eva", "chair", "mo", "organiser", "fay", "nobody"]

person = st.sampled_from(PEOPLE)
sitter = st.sampled_from(["cleo", "dan", "eva", "ines", "tomos", "fay", "mo"])
seat = st.integers(1, 6)
some_seat = st.none() | seat
contribution = st.integers(1, 5)
question = st.integers(1, 4)
words = st.sampled_from(
    [
        "Ours to keep.",
        "Q2 I do.",
        "A3: nothing",
        "See Q1 and Q3",
        "And the gulls?",
        "Deep enough.",
        "Ring me on 07700 900123.",
        "@cleo why?",
        "@ines and the key?",
        " ",
        "x" * 501,
    ]
)
names = st.sampled_from(["Cleo", "Сleo", "Dan", "Ines Falk", "Chair", "N\u200bora", "Nora Lind", " ", "cleo"])
rules = st.fixed_dictionaries(
    {},
    optional={
        "posting": st.sampled_from(["virtual", "two_stream", "two_stream", "classic"]),
        "entry": st.sampled_from(["queue", "queue", "claim", "least_heard", "invite"]),
        "exit": st.sampled_from(["make_room", "make_room", "timed", "oldest_out", "say_your_piece", "chair"]),
        "grace_seconds": st.sampled_from([5, 60]),
        "turn_seconds": st.sampled_from([0, 30, 300]),
        "away_seconds": st.sampled_from([5, 90]),
        "round_seconds": st.sampled_from([0, 60, 600]),
        "names": st.sampled_from(["pseudonym", "free", "free"]),
        "moderation": st.sampled_from(["open", "open", "first", "hold"]),
        "slow_seconds": st.sampled_from([0, 20]),
        "pace_per_minute": st.sampled_from([0, 6, 600]),
        "correction_hours": st.sampled_from([0, 24]),
    },
)


Ask = Callable[[str], Command]
"""A command that waits for its id."""


def asks(do: str, **fields: st.SearchStrategy[Any]) -> st.SearchStrategy[Ask]:
    """Commands of one name, as they stand on the wire."""
    return st.fixed_dictionaries(fields).map(lambda given: ask(do, **given))


def ask(do: str, **fields: Any) -> Ask:
    given = {
        name: value
        for name, value in fields.items()
        if value is not None or name == "question" or do == "thread"
    }
    return lambda id: command_from({"do": do, "id": id, **given})


CIRCLE = st.one_of(
    asks("raise_hand"),
    asks("lower_hand"),
    asks("take_seat", seat=some_seat),
    asks("take_seat"),
    asks("leave_seat"),
    asks("extend_turn"),
    asks("raise_hand", note=st.just("It is about the key.")),
)
CHAIRS = st.one_of(
    asks("seat", person=sitter, seat=some_seat),
    asks("invite", person=sitter, seat=some_seat),
    asks("free_seat", seat=seat, reason=st.just("Others wait.")),
    asks("close_seat", seat=seat),
    asks("open_seat"),
    asks("open_seat", kind=st.just("reserved"), person=st.sampled_from(["ines", "tomos", "cleo"])),
    asks("extend", seat=seat, seconds=st.integers(1, 600)),
    asks("extend", seconds=st.integers(1, 600)),
    asks("start_round", people=st.lists(sitter, min_size=1, max_size=4), title=st.none() | st.just("Owners")),
    asks("end_round"),
    asks("freeze", on=st.booleans()),
    asks("focus", question=st.none() | question),
    asks("announce", text=words),
    asks("summarise", text=words, question=st.none() | question),
    rules.map(lambda given: ask("set_rules", **given)),
    asks(
        "set_door",
        door=st.sampled_from(["open", "approve", "code", "shut"]),
        join_code=st.none() | st.just("pier"),
    ),
    asks("add_question", text=words),
    asks("edit_question", question=question, text=words),
    asks("move_question", question=question, to=question),
    asks("drop_question", question=question),
)
FLOOR = st.one_of(
    asks(
        "post",
        text=words,
        reply_to=st.none() | contribution,
        questions=st.none() | st.lists(question, max_size=2),
    ),
    asks("withdraw", contribution=contribution),
    asks("check", contribution=contribution, note=st.none() | words),
    asks("endorse", contribution=contribution, on=st.booleans()),
    asks("release", contribution=contribution),
    asks("refuse", contribution=contribution, reason=st.just("off_topic")),
    asks("hide", contribution=contribution),
    asks("restore", contribution=contribution),
    asks("erase", contribution=contribution, reason=st.just("asked for")),
    asks("erase", person=person, reason=st.just("asked for")),
    asks(
        "tag",
        contribution=contribution,
        questions=st.lists(question, max_size=2),
        thread=st.booleans(),
    ),
    asks("thread", contribution=contribution, reply_to=st.none() | contribution),
    asks("highlight", contribution=contribution, on=st.booleans()),
    asks("carry_in", contribution=contribution),
    asks("leave"),
    asks("rename", name=names),
    asks("anonymise"),
    asks("release_name", person=person),
    asks("refuse_name", person=person, reason=st.none() | st.just("other")),
    asks("mute", person=person, seconds=st.sampled_from([1, 60])),
    asks("unmute", person=person),
    asks("block", person=person, reason=st.just("spam")),
    asks("unblock", person=person),
    asks("admit", person=person, on=st.booleans()),
    asks("report", contribution=contribution, reason=st.just("insult")),
    asks("resolve_report", report=st.sampled_from(["r1", "r2", "r9"])),
)
