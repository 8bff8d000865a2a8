"""How a command is read: every malformed one is refused, naming what was wrong. PROTOCOL, "Live stream"."""

import json
from collections.abc import Callable
from typing import Any

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from fishbowl.debate.commands import WIRE, Post, WireCommand
from fishbowl.debate.reading import MAX_DEPTH, command_from, read_command
from fishbowl.debate.refused import Refused

GOOD: dict[str, dict[str, Any]] = {
    "post": {"text": "Deep enough.", "reply_to": 3, "questions": [1, 2], "language": "en-GB"},
    "withdraw": {"contribution": 1},
    "check": {"contribution": 1, "note": "I said two."},
    "endorse": {"contribution": 1, "on": True},
    "release": {"contribution": 1, "reason": "fine", "note": "well put"},
    "refuse": {"contribution": 1, "reason": "off_topic", "note": "later"},
    "hide": {"contribution": 1, "reason": "spam", "note": "again"},
    "erase": {"contribution": 1, "reason": "asked for by its author"},
    "restore": {"contribution": 1, "reason": "a mistake"},
    "tag": {"contribution": 1, "questions": [], "thread": False},
    "thread": {"contribution": 2, "reply_to": None},
    "highlight": {"contribution": 1, "on": False},
    "carry_in": {"contribution": 1},
    "rename": {"name": "Nora Lind"},
    "anonymise": {},
    "release_name": {"person": "p1"},
    "refuse_name": {"person": "p1", "reason": "insult"},
    "summarise": {"text": "Deep enough.", "question": 1},
    "announce": {"text": "Tea is ready."},
    "mute": {"person": "p1", "seconds": 60, "reason": "shouting"},
    "unmute": {"person": "p1"},
    "block": {"person": "p1", "reason": "spam"},
    "unblock": {"person": "p1"},
    "report": {"contribution": 1, "reason": "insult", "note": "Look."},
    "resolve_report": {"report": "r1", "note": "Hidden."},
    "freeze": {"on": True},
    "raise_hand": {"note": "It is about the key."},
    "lower_hand": {},
    "take_seat": {"seat": 3},
    "leave_seat": {},
    "extend_turn": {},
    "open_seat": {"kind": "reserved", "person": "p1"},
    "close_seat": {"seat": 3, "reason": "One is enough."},
    "seat": {"person": "p1", "seat": 3},
    "invite": {"person": "p1", "seat": 3},
    "free_seat": {"seat": 3, "reason": "Others wait."},
    "extend": {"seat": 3, "seconds": 30},
    "admit": {"person": "p1", "on": True},
    "leave": {},
    "move_to": {"phase": "live"},
    "focus": {"question": None},
    "add_question": {"text": {"en": "And the gulls?"}, "minutes": 5, "gloss": "All."},
    "edit_question": {"question": 1, "text": "And the gulls?", "minutes": None, "gloss": None},
    "move_question": {"question": 1, "to": 2},
    "drop_question": {"question": 1},
    "start_round": {"people": ["cleo", "dan"], "title": "The boat owners"},
    "end_round": {},
    "set_rules": {"entry": "claim", "turn_seconds": 0},
    "set_door": {"door": "code", "join_code": "pier 7"},
}

OPTIONAL = {
    "erase.contribution",  # or else a person
    *("post.reply_to", "post.questions", "post.language", "hide.reason", "hide.note", "restore.reason"),
    *("tag.thread", "raise_hand.note", "take_seat.seat", "open_seat.kind", "open_seat.person"),
    *("close_seat.reason", "seat.seat", "invite.seat", "add_question.minutes", "add_question.gloss"),
    *("edit_question.text", "edit_question.minutes", "edit_question.gloss", "set_door.join_code"),
    *("summarise.question", "refuse_name.reason", "mute.reason", "report.note", "resolve_report.note"),
    *("check.note", "release.reason", "release.note", "refuse.reason", "refuse.note"),
    *("extend.seat", "start_round.title"),
    *("set_rules.entry", "set_rules.turn_seconds"),
}


def frame(do: str, **fields: Any) -> str:
    return json.dumps({"do": do, "id": "c1", **fields})


def refusal(text: str | bytes) -> Refused:
    with pytest.raises(Refused) as refused:
        read_command(text)
    assert refused.value.code == "bad_request"
    assert refused.value.message
    return refused.value


@pytest.mark.parametrize("do", sorted(GOOD))
def test_every_command_is_read(do: str) -> None:
    """Every command of the contract is read, with all its fields and with the least."""
    command = read_command(frame(do, **GOOD[do]))
    assert isinstance(command, WIRE[do])
    assert msgspec.to_builtins(command) == {**msgspec.to_builtins(command), **GOOD[do], "do": do, "id": "c1"}
    least = {name: value for name, value in GOOD[do].items() if f"{do}.{name}" not in OPTIONAL}
    assert isinstance(read_command(frame(do, **least).encode()), WIRE[do])


def test_the_contract_is_whole() -> None:
    """The commands there are, are those of the contract."""
    assert set(WIRE) == set(GOOD)


@pytest.mark.parametrize("inside", ["join!", "invite!", "replace!", "change!", "time!", "resume!", "hello"])
def test_what_comes_from_inside(inside: str) -> None:
    """The door's, the organiser's and the clock's commands are unknown on the wire."""
    assert "There is no command" in refusal(frame(inside)).message


@pytest.mark.parametrize("do", sorted(GOOD))
def test_unknown_fields(do: str) -> None:
    """An unknown field is refused by name, and the id is told."""
    refused = refusal(frame(do, **GOOD[do], volume=11))
    assert "volume" in refused.message
    assert do in refused.message
    assert refused.id == "c1"


@pytest.mark.parametrize(
    ("do", "name"),
    [(do, name) for do in sorted(GOOD) for name in GOOD[do] if f"{do}.{name}" not in OPTIONAL],
)
def test_missing_fields(do: str, name: str) -> None:
    """A field that is needed and missing is refused by name."""
    fields = {field: value for field, value in GOOD[do].items() if field != name}
    assert name in refusal(frame(do, **fields)).message


WRONG: list[tuple[str, str, Any]] = [
    ("post", "text", 5),
    ("post", "text", None),
    ("post", "reply_to", 0),
    ("post", "reply_to", -1),
    ("post", "reply_to", 1.5),
    ("post", "reply_to", True),
    ("post", "reply_to", "1"),
    ("post", "reply_to", 2**31),
    ("post", "reply_to", 10**30),
    ("post", "questions", 1),
    ("post", "questions", [0]),
    ("post", "questions", ["1"]),
    ("post", "questions", [1] * 21),
    ("post", "language", "english language"),
    ("post", "language", "en\n"),
    ("post", "language", ""),
    ("endorse", "on", 1),
    ("endorse", "on", "yes"),
    ("endorse", "contribution", None),
    ("hide", "reason", "x" * 201),
    ("hide", "note", 5),
    ("tag", "questions", None),
    ("tag", "thread", "no"),
    ("raise_hand", "note", "x" * 201),
    ("take_seat", "seat", 0),
    ("open_seat", "kind", "reclining"),
    ("open_seat", "person", ""),
    ("open_seat", "person", "x" * 65),
    ("free_seat", "reason", ""),
    ("free_seat", "reason", "x" * 201),
    ("extend", "seconds", 0),
    ("extend", "seconds", 3601),
    ("start_round", "people", []),
    ("start_round", "people", ["cleo"] * 25),
    ("start_round", "people", [""]),
    ("start_round", "title", "x" * 61),
    ("move_to", "phase", "elsewhere"),
    ("move_to", "phase", None),
    ("focus", "question", 0),
    ("add_question", "text", {}),
    ("add_question", "text", {"the english": "And?"}),
    ("add_question", "text", {"en": 5}),
    ("add_question", "minutes", 601),
    ("add_question", "gloss", "x" * 1001),
    ("edit_question", "text", None),
    ("set_rules", "entry", "loudest"),
    ("set_rules", "exit", "sometimes"),
    ("set_rules", "posting", "three_streams"),
    ("set_rules", "moderation", "strict"),
    ("set_rules", "names", "real"),
    ("set_rules", "grace_seconds", 4),
    ("set_rules", "turn_seconds", 7201),
    ("set_rules", "away_seconds", 3601),
    ("set_rules", "max_length", 139),
    ("set_rules", "slow_seconds", -1),
    ("set_rules", "pace_per_minute", 6001),
    ("set_rules", "pace_burst", 0),
    ("set_rules", "correction_hours", 2161),
    ("set_rules", "volume", 11),
    ("set_door", "door", "ajar"),
    ("set_door", "join_code", "ab"),
    ("set_door", "join_code", "x" * 41),
]


@pytest.mark.parametrize(("do", "name", "value"), WRONG)
def test_wrong_values(do: str, name: str, value: Any) -> None:
    """A value of the wrong type or out of range is refused, naming the field; the id is told."""
    refused = refusal(frame(do, **{**GOOD[do], name: value}))
    assert name in refused.message
    assert refused.id == "c1"


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("{}", '"id"'),
        ('{"do": "leave"}', '"id"'),
        ('{"do": "leave", "id": ""}', '"id"'),
        ('{"do": "leave", "id": 7}', '"id"'),
        (json.dumps({"do": "leave", "id": "x" * 65}), '"id"'),
        ("[]", "JSON object"),
        ("null", "JSON object"),
        ('"leave"', "JSON object"),
        ("", "readable"),
        ("leave", "readable"),
        ('{"do": "leave", "id": "c1"', "readable"),
        ('{"do": "leave", "id": "c1"} {}', "readable"),
        ('{"do": "leave", "id": NaN}', "NaN"),
        ('{"do": "post", "id": "c1", "text": "\\ud800"}', "readable"),
        ('{"do": "post", "id": "\\udfff", "text": "x"}', "readable"),
        (b"\xff\xfe", "readable"),
        ("[" * (MAX_DEPTH + 1) + "]" * (MAX_DEPTH + 1), "nested too deep"),
        ('{"do": "post", "id": "c1", "x": ' + "[" * 100_000, "nested too deep"),
    ],
)
def test_no_id_can_be_read(text: str | bytes, told: str) -> None:
    """Where no id can be read there is none to tell: the caller closes the connection."""
    refused = refusal(text)
    assert told in refused.message
    assert refused.id == ""


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ('{"id": "c1"}', "no command None"),
        ('{"do": 7, "id": "c1"}', "no command 7"),
        ('{"do": "dance", "id": "c1"}', "no command 'dance'"),
        ('{"do": ["post"], "id": "c1"}', "no command ['post']"),
        (json.dumps({"do": "x" * 500, "id": "c1"}), "no command 'xxx"),
        ('{"do": "post", "id": "c1", "text": "a\\u0000b"}', "U+0000"),
        ('{"do": "raise_hand", "id": "c1", "note": "a\\u001bb"}', "U+001B"),
        ('{"do": "add_question", "id": "c1", "text": {"en\\u0007": "x"}}', "U+0007"),
        ('{"do": "withdraw", "id": "c1", "contribution": 1e999}', "contribution"),
        ('{"do": "withdraw", "id": "c1", "contribution": ' + "9" * 5000 + "}", "contribution"),
    ],
)
def test_what_was_wrong_is_told_with_the_id(text: str, told: str) -> None:
    """Where the id can be read the refusal names it, and what was wrong, briefly."""
    refused = refusal(text)
    assert told in refused.message
    assert refused.id == "c1"
    assert len(refused.message) < 200


def test_brackets_in_a_text_are_no_depth() -> None:
    """A text may hold any number of brackets."""
    command = read_command(frame("post", text='[{"\\' * 100))
    assert isinstance(command, Post)
    assert command.text == '[{"\\' * 100


def test_line_ends_and_tabs_pass() -> None:
    """Line ends and tabs are no control characters to refuse; the text is cleaned when it is stored."""
    command = read_command(frame("post", text="a\r\n\tb"))
    assert isinstance(command, Post)
    assert command.text == "a\r\n\tb"


def test_nothing_is_coerced() -> None:
    """A whole number written as a float is whole; a truth written as a number is none."""
    assert read_command(frame("close_seat", seat=3)) == command_from(
        {"do": "close_seat", "id": "c1", "seat": 3}
    )
    refusal('{"do": "freeze", "id": "c1", "on": 1}')


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=6,
)


@given(
    do=st.sampled_from(sorted(GOOD)),
    name=st.sampled_from(sorted({name for fields in GOOD.values() for name in fields} | {"id", "do"})),
    value=json_values,
)
def test_any_value_anywhere(do: str, name: str, value: Any) -> None:
    """Whatever stands in whatever field, a command comes of it or a refusal that says why."""
    outcome = attempt(lambda: command_from({"do": do, "id": "c1", **GOOD[do], name: value}))
    assert isinstance(outcome, WireCommand) or (outcome.code == "bad_request" and outcome.message)


@given(st.binary(max_size=60) | st.text(max_size=60))
def test_any_frame(frame: str | bytes) -> None:
    """Whatever a frame holds, it is read or refused, and never anything else."""
    outcome = attempt(lambda: read_command(frame))
    assert isinstance(outcome, WireCommand) or outcome.code == "bad_request"


def attempt(read: Callable[[], WireCommand]) -> WireCommand | Refused:
    try:
        return read()
    except Refused as refused:
        return refused
