"""Records for tests of the log: plain ones, so that what a test is about stands out."""

from fishbowl.debate.events import ContributionPosted, DebateCreated, PersonLeft
from fishbowl.debate.record import Cause, Record
from fishbowl.debate.vocabulary import Circle, Tag

NOON = 1_769_860_800_000
"""2026-01-31T12:00:00.000Z."""

SALT = bytes(range(16))


def created(slug: str = "pond", at: int = NOON) -> Record:
    """The record every debate begins with."""
    event = DebateCreated(
        slug=slug,
        title={"en": "Who owns the pond?", "cy": "Pwy biau'r pwll?"},
        introduction="",
        hashtags=("pond",),
        language="en",
        starts_at=NOON,
    )
    return Record(1, at, "p-chair", event)


def posted(seq: int, text: str = "The ducks were here first.", salt: bytes = SALT) -> Record:
    """A record with somebody's words and the command behind it."""
    event = ContributionPosted(
        contribution=seq,
        author="p-heron",
        circle=Circle.OUTER,
        root=seq,
        path=str(seq),
        tags=(Tag(1, "focus", 0.2),),
        text=text,
    )
    return Record(seq, NOON + seq, "p-heron", event, Cause(f"c{seq}", "d" * 64), salt)


def left(seq: int) -> Record:
    """A record with neither words nor a command."""
    return Record(seq, NOON + seq, "clock", PersonLeft(person="p-heron"))
