"""The codec: what is stored is read back equal, and what is damaged or unknown is refused."""

from typing import Any

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fishbowl.debate.events import (
    EVENTS,
    ContributionPosted,
    DebateCreated,
    Event,
    HandRaised,
    QuestionFocused,
)
from fishbowl.debate.record import Record
from fishbowl.debate.vocabulary import Rules
from fishbowl.log import codec
from fishbowl.log.codec import StoredRecord, StoredText, decode, encode
from fishbowl.log.contract import DamagedStore
from tests.log.samples import NOON, SALT, created, left, posted
from tests.log.strategies import records, structs


@pytest.mark.parametrize("kind", EVENTS.values(), ids=EVENTS)
@settings(max_examples=20)
@given(data=st.data())
def test_round_trip(kind: type[Event], data: st.DataObject) -> None:
    """Every record of every event is read back equal, and somebody's words are in no column of it."""
    record = data.draw(records(structs(kind)))
    stored, texts = encode(record)
    assert decode(stored, texts) == record
    body = msgspec.json.decode(stored.body)
    kept = {text.field: text.text for text in texts if text.field}
    for name in kind.personal:
        assert name not in body
        assert kept.pop(name, None) == getattr(record.event, name)
    assert not kept, "nothing but personal fields is kept apart"


def test_every_event_has_a_version() -> None:
    """An event cannot be added without deciding its version, and no stored name is forgotten."""
    assert set(codec.VERSIONS) == set(EVENTS)


def test_every_older_version_is_brought_up() -> None:
    """There is an upcast from each version below today's."""
    older = {(name, old) for name, version in codec.VERSIONS.items() for old in range(1, version)}
    assert set(codec.UPCASTS) == older


@pytest.mark.parametrize("kind", EVENTS.values(), ids=EVENTS)
def test_fields_the_codec_relies_on(kind: type[Any]) -> None:
    """Personal fields are texts that may be None, so that they can be erased; no field takes our key."""
    fields = {field.name: field for field in msgspec.structs.fields(kind)}
    assert codec.DIGESTS not in fields
    for name in kind.personal:
        assert (fields[name].type, fields[name].default) == (str | None, None)


def test_erased() -> None:
    """With its text gone a record reads as before but for the text and the salt; its row has not changed."""
    record = posted(7)
    stored, texts = encode(record)
    assert decode(stored, texts) == record
    erased = decode(stored, [])
    assert isinstance(erased.event, ContributionPosted)
    assert (erased.event.text, erased.salt) == (None, None)
    assert (erased.seq, erased.at, erased.by, erased.cause) == (7, record.at, record.by, record.cause)


def test_digest_is_salted() -> None:
    """The same words under another salt leave another digest: nobody finds them by trying."""
    one, other = (encode(posted(1, "yes", salt))[0].body for salt in (SALT, b"\1" * 16))
    assert codec.digest("yes", SALT) in one
    assert codec.digest("yes", SALT) not in other


def test_salt_of_a_cause() -> None:
    """A command without words keeps the salt of its digest all the same."""
    record = Record(3, NOON, "p-heron", QuestionFocused(question=None), posted(3).cause, SALT)
    stored, texts = encode(record)
    assert [(text.field, text.text) for text in texts] == [("", "")]
    assert decode(stored, texts) == record


def test_none_that_says_something() -> None:
    """A None is left out where it is the default, and kept where it is what happened."""
    assert encode(Record(1, NOON, "p", QuestionFocused(question=None)))[0].body == '{"question":null}'
    assert "max_people" not in encode(created())[0].body


@pytest.mark.parametrize(
    "record",
    [
        Record(1, NOON, "p", HandRaised(person="p", note="I keep ducks")),
        Record(1, NOON, "p", QuestionFocused(question=1), posted(1).cause),
        posted(1, "\ud800"),
        Record(1, NOON, "p", HandRaised(person=None)),  # type: ignore[arg-type]
        msgspec.structs.replace(
            created(), event=msgspec.structs.replace(created().event, rules=Rules(max_length=1))
        ),
    ],
    ids=["words without salt", "cause without salt", "lone surrogate", "wrong type", "out of bounds"],
)
def test_unreadable_is_not_stored(record: Record) -> None:
    """What could not be read back is refused before it is stored: one such record would lose the debate."""
    with pytest.raises(ValueError, match=r"salt|surrogates|read back"):
        encode(record)


def test_older_version() -> None:
    """An event stored under older fields is read as today's, its words and what was erased included."""
    old_body = '{"who":"p-heron","digests":{"remark":"00"}}'
    versions = {"hand.raised": 3}

    def renamed(fields: dict[str, Any]) -> dict[str, Any]:
        fields["person"] = fields.pop("who")
        return fields

    def note_was_remark(fields: dict[str, Any]) -> dict[str, Any]:
        fields["note"] = fields.pop("remark", None)
        return fields

    upcasts = {("hand.raised", 1): renamed, ("hand.raised", 2): note_was_remark}
    stored = _summed(StoredRecord(5, NOON, "p-heron", "hand.raised", 1, old_body, None, None, 0))
    text = StoredText(
        5, "remark", SALT, "I keep ducks", codec._checksum(5, "remark", SALT.hex(), "I keep ducks")
    )
    assert decode(stored, [text], versions, upcasts) == Record(
        5, NOON, "p-heron", HandRaised(person="p-heron", note="I keep ducks"), None, SALT
    )
    assert decode(stored, [], versions, upcasts).event == HandRaised(person="p-heron")
    with pytest.raises(DamagedStore, match="record 5"):
        decode(stored, [text], versions, {})


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ({"kind": "seat.polished"}, "'seat.polished', version 1, which this fishbowl does not know"),
        ({"version": 2}, "'person.left', version 2, which this fishbowl does not know"),
        ({"body": "{}"}, "missing required field `person`"),
        ({"body": "{"}, "cannot be read as 'person.left'"),
    ],
)
def test_unknown_is_refused(change: dict[str, Any], says: str) -> None:
    """A name, version or body that is not known is refused with the seq, never guessed at."""
    stored = _summed(encode(left(9))[0]._replace(**change))
    with pytest.raises(DamagedStore, match="record 9") as refused:
        decode(stored, [])
    assert says in str(refused.value)


@pytest.mark.parametrize("column", [name for name in StoredRecord._fields if name != "seq"])
def test_changed_column_is_refused(column: str) -> None:
    """A record one of whose columns is not what was written is refused."""
    stored, texts = encode(posted(4))
    value = getattr(stored, column)
    change: dict[str, Any] = {column: value + 1 if isinstance(value, int) else value + " "}
    changed = stored._replace(**change)
    with pytest.raises(DamagedStore, match="record 4 is not what was written"):
        decode(changed, texts)


@pytest.mark.parametrize(
    "change", [{"text": "The ducks were here last."}, {"salt": b"\2" * 16}, {"field": "name"}]
)
def test_changed_text_is_refused(change: dict[str, Any]) -> None:
    """So is a text."""
    stored, (text,) = encode(posted(4))
    with pytest.raises(DamagedStore, match="text of record 4 is not what was written"):
        decode(stored, [text._replace(**change)])


def _summed(stored: StoredRecord) -> StoredRecord:
    """`stored` with the checksum it would have been written with."""
    return stored._replace(checksum=codec._checksum(*stored[:-1]))


def test_defaults_are_stored() -> None:
    """What a definition left open is stored as it was decided then: a default may change later."""
    body = msgspec.json.decode(encode(created())[0].body, type=DebateCreated)
    assert msgspec.json.decode(encode(created())[0].body)["rules"] == msgspec.to_builtins(body.rules)
