"""One connection's protocol, without I/O."""

import json

import pytest

from fishbowl.debate.commands import Post
from fishbowl.live.session import FRAMES_PER_SECOND, Close, Hello, Session

HELLO = '{"do":"hello"}'


def greeted() -> Session:
    session = Session(0.0)
    session.receive(HELLO, 0.0)
    session.events()
    return session


def test_a_hello_comes_out_as_it_came_in() -> None:
    """The first frame says where the client stands and who it is."""
    session = Session(0.0)
    session.receive('{"do":"hello","epoch":"e","seq":7,"token":"t"}', 0.0)
    assert session.events() == [Hello(epoch="e", seq=7, token="t")]
    assert session.closing is None


def test_a_command_comes_out_typed_and_once() -> None:
    """After the hello, a frame is a command; draining twice gives it once."""
    session = greeted()
    session.receive('{"do":"post","id":"1","text":"hello"}', 0.0)
    assert session.events() == [Post(id="1", text="hello")]
    assert session.events() == []


@pytest.mark.parametrize(
    "frame",
    [
        '{"do":"post","id":"1","text":"before the hello"}',
        '{"do":"hello","sequence":7}',
        '{"do":"hello","seq":-1}',
        "no json",
        "[]",
        "[" * 100_000,
        '{"do":"hello","token":"\\ud800"}',
    ],
)
def test_what_is_no_hello_ends_the_session(frame: str) -> None:
    """A command before the hello, an unreadable or ill-formed one: 4503, and nothing comes out."""
    session = Session(0.0)
    session.receive(frame, 0.0)
    assert session.closing is Close.PROTOCOL_ERROR
    assert session.events() == []


def test_a_second_hello_ends_the_session() -> None:
    """Who greets twice is answered with 4503; what came before in the same breath is not carried out."""
    session = greeted()
    session.receive('{"do":"post","id":"1","text":"hello"}', 0.0)
    session.receive(HELLO, 0.0)
    assert session.closing is Close.PROTOCOL_ERROR
    assert session.events() == []


@pytest.mark.parametrize(
    ("frame", "named"),
    [
        ({"do": "dance", "id": "1"}, "dance"),
        ({"do": "carry_out", "id": "1", "contribution": 1}, "carry_out"),
        ({"do": "post", "id": "1", "text": "x", "colour": "red"}, "colour"),
        ({"do": "post", "id": "1"}, "text"),
        ({"do": "endorse", "id": "1", "contribution": "7", "on": True}, "contribution"),
        ({"do": "endorse", "id": "1", "contribution": 0, "on": True}, "contribution"),
        ({"do": "endorse", "id": "1", "contribution": 2**60, "on": True}, "contribution"),
        ({"do": "post", "id": "1", "text": "a\0b"}, "U+0000"),
    ],
)
def test_what_cannot_be_a_command_is_refused_by_its_id(frame: dict[str, object], named: str) -> None:
    """An unknown command, field or value is a refusal that names it; the session goes on."""
    session = greeted()
    session.receive(json.dumps(frame), 0.0)
    (refused,) = session.refusals()
    assert (refused.id, refused.code) == ("1", "bad_request")
    assert named in refused.message
    assert session.closing is None
    assert session.events() == []


@pytest.mark.parametrize(
    "frame", ['{"do":"post","text":"x"}', '{"do":"post","id":7}', "{", '{"id":"1","a":NaN}', "[[]]"]
)
def test_what_has_no_readable_id_ends_the_session(frame: str) -> None:
    """Where no reply could name the command, the answer is 4503."""
    session = greeted()
    session.receive(frame, 0.0)
    assert session.closing is Close.PROTOCOL_ERROR
    assert session.refusals() == []


def test_too_many_frames_a_second_are_refused_with_the_time_to_wait() -> None:
    """A hundred frames a second pass; the next is refused `pace.too_fast`; a second later it passes again."""
    session = greeted()
    for number in range(FRAMES_PER_SECOND + 1):
        session.receive(f'{{"do":"lower_hand","id":"{number}"}}', 0.0)
    assert len(session.events()) == FRAMES_PER_SECOND
    (refused,) = session.refusals()
    assert (refused.code, refused.retry_after) == ("pace.too_fast", 1.0)
    session.receive('{"do":"lower_hand","id":"later"}', 1.0)
    assert len(session.events()) == 1


def test_what_is_malformed_counts_as_well() -> None:
    """A flood of nonsense is slowed like one of commands."""
    session = greeted()
    for number in range(FRAMES_PER_SECOND + 1):
        session.receive(f'{{"do":"dance","id":"{number}"}}', 0.0)
    session.receive('{"do":"lower_hand","id":"last"}', 0.0)
    assert [refused.code for refused in session.refusals()][-1] == "pace.too_fast"
    assert session.rest is not None


def test_who_goes_on_too_fast_is_read_less_and_less() -> None:
    """Half a second at first, twice as long each time up to eight; a minute of peace, and it is forgotten."""
    session, now, rests = greeted(), 0.0, list[float]()

    def flood() -> None:
        nonlocal now
        for number in range(FRAMES_PER_SECOND * 10):
            session.receive(f'{{"do":"lower_hand","id":"{number}"}}', now)
        assert session.rest is not None
        rests.append(session.rest)
        now += session.rest
        session.rest = None

    for _ in range(6):
        flood()
    now += 100
    flood()
    assert rests == [0.5, 1, 2, 4, 8, 8, 0.5]


def test_a_debate_without_pace_lifts_the_rate_of_frames() -> None:
    """`pace_per_minute` 0 lifts every rate."""
    session = greeted()
    session.unlimited = True
    for number in range(FRAMES_PER_SECOND * 3):
        session.receive(f'{{"do":"lower_hand","id":"{number}"}}', 0.0)
    assert len(session.events()) == FRAMES_PER_SECOND * 3
    assert session.refusals() == []


def test_nothing_comes_out_after_the_end() -> None:
    """A closing session is deaf."""
    session = greeted()
    session.close(Close.REVOKED)
    session.receive('{"do":"post","id":"1","text":"hello"}', 0.0)
    assert (session.events(), session.refusals(), session.closing) == ([], [], Close.REVOKED)
