"""The first records of a debate: what its definition says. RULES, "Words"."""

from typing import Any

from fishbowl.debate.definition import parse_definition
from fishbowl.debate.events import DebateCreated
from fishbowl.debate.evolve import fold
from fishbowl.debate.opening import opening
from fishbowl.debate.vocabulary import Rules
from tests.debate.stories import HARBOUR, NOON, drafted


def test_a_draft() -> None:
    """A new debate is a draft: its clocks stand, nobody sits, nothing is due."""
    story = drafted()
    assert story.state.phase == "draft"
    assert not story.state.running
    assert story.passes(10**6) == []


def test_the_records() -> None:
    """The definition is told in this order: the debate, its questions, its people, its seats."""
    story = drafted()
    assert story.names() == [
        "debate.created",
        *["question.added"] * 3,
        *["person.invited"] * 4,
        *["seat.opened"] * 3,
    ]
    assert {record.by for record in story.records} == {"administrator"}
    assert {record.at for record in story.records} == {NOON}
    assert all(record.cause is None for record in story.records)


def test_the_cast() -> None:
    """Organiser, chair and speakers are known from the start, each with a name and a handle."""
    story = drafted()
    people = [(each.person, each.role, each.name, each.handle) for each in story.state.people.values()]
    assert people == [
        ("organiser", "organiser", "Organiser", "Organiser"),
        ("chair", "chair", "Chair", "Chair"),
        ("ines", "speaker", "Ines Falk", "InesFalk"),
        ("tomos", "speaker", "Tomos Rhys", "TomosRhys"),
    ]
    assert story.cast.speakers == (("ines", "Ines Falk"), ("tomos", "Tomos Rhys"))
    assert (story.person("ines").bio, story.person("ines").affiliation) == (
        "Swims there all winter.",
        "Harbour baths",
    )


def test_a_speaker_called_chair() -> None:
    """A speaker keeps their name, whatever it is; the chair is numbered then, as when taken later."""
    speakers = [{"name": "Chair"}, {"name": "organiser"}]
    ids = map(str, range(10))
    _, records = opening(parse_definition({**HARBOUR, "speakers": speakers}), NOON, lambda: next(ids), bytes)
    people = fold(records).people.values()
    names = [person.name for person in people]
    assert names == ["Organiser 2", "Chair 2", "Chair", "organiser"]
    assert len({(person.handle or "").lower() for person in people}) == 4


def test_the_seats() -> None:
    """Reserved seats come first, in order of the speakers, then the open ones; all are free."""
    story = drafted({"seats": {"open": 2}})
    seats = [(seat.seat, seat.kind, seat.speaker, seat.state) for seat in story.state.seats.values()]
    assert seats == [
        (1, "reserved", "ines", "free"),
        (2, "reserved", "tomos", "free"),
        (3, "open", None, "free"),
        (4, "open", None, "free"),
    ]


def test_no_open_seat() -> None:
    """A debate may have no open seat, or no speakers."""
    story = drafted({"seats": {"open": 0}, "speakers": []})
    assert story.state.seats == {}


def test_everything_else() -> None:
    """What else the definition says stands in the first record, defaults included."""
    given: dict[str, Any] = {
        "timezone": "Europe/London",
        "audience": "public",
        "door": "code",
        "join_code": "pier 7",
        "max_people": 50,
        "organisation": "Harbour trust",
        "help_contact": "ring the bell",
        "slug": "harbour",
    }
    story = drafted(given, turn_seconds=100)
    created = story.last(DebateCreated)
    assert created.slug == "harbour"
    assert created.rules == Rules(turn_seconds=100)
    for name, value in given.items():
        assert getattr(created, name) == value
        assert getattr(story.state, name) == value
    assert story.state.starts_at == NOON
