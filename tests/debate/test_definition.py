"""The definition of a debate: what is taken, and how what is not is told. PROTOCOL, "Command line"."""

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fishbowl.debate.definition import (
    BadDefinition,
    Definition,
    QuestionDefinition,
    SpeakerDefinition,
    parse_changes,
    parse_definition,
    slug_from,
)
from fishbowl.debate.opening import opening
from fishbowl.debate.vocabulary import Rules
from fishbowl.log.codec import decode, encode
from tests.debate.stories import HARBOUR, NOON

LEAST: dict[str, Any] = {
    "title": "Who looks after the harbour?",
    "starts_at": "2026-01-31T12:00:00Z",
    "questions": [{"text": "What is it for?"}],
}
"""As little as a definition may be."""


def problems(**changed: Any) -> list[tuple[str, Any, str]]:
    """What is wrong with the smallest definition, thus changed; None takes a key away."""
    data = {key: value for key, value in {**LEAST, **changed}.items() if value is not MISSING}
    try:
        parse_definition(data)
    except BadDefinition as bad:
        return [(problem.key, problem.value, problem.expected) for problem in bad.problems]
    return []


MISSING = object()

json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(["name", "text", "en", "open", "bio", "minutes", "entry", "pace_burst"]),
            inner,
            max_size=3,
        )
    ),
    max_leaves=8,
)


def test_the_least() -> None:
    """Title, start and one question are enough; the rest has the defaults of the contract."""
    definition = parse_definition(LEAST)
    assert definition == Definition(
        title="Who looks after the harbour?",
        introduction="",
        starts_at=NOON,
        slug="who-looks-after-the-harbour",
        questions=(QuestionDefinition("What is it for?"),),
    )
    assert (definition.minutes, definition.audience, definition.door, definition.open_seats) == (
        60,
        "link",
        "open",
        1,
    )
    assert definition.rules == Rules()


def test_the_default_rules() -> None:
    """The rules nobody chose are those the contract names."""
    rules = Rules()
    assert {name: getattr(rules, name) for name in rules.__struct_fields__} == {
        "posting": "virtual",
        "entry": "queue",
        "exit": "make_room",
        "grace_seconds": 60,
        "turn_seconds": 300,
        "away_seconds": 90,
        "round_seconds": 0,
        "moderation": "open",
        "names": "pseudonym",
        "tagging": "helpful",
        "max_length": 500,
        "slow_seconds": 0,
        "pace_per_minute": 6,
        "pace_burst": 3,
        "correction_hours": 24,
    }


def test_everything() -> None:
    """Every key there is, taken as it stands."""
    definition = parse_definition(
        {
            **HARBOUR,
            "title": {"en": "Who looks after the harbour?", "cy": "Pwy sy'n gofalu?"},
            "introduction": {"en": "Ours.", "cy": ""},
            "hashtags": ["#harbourtalk", "Hafan", "harbourtalk"],
            "language": "cy",
            "starts_at": "2026-01-31T13:00:00+01:00",
            "timezone": "Europe/Berlin",
            "minutes": 90,
            "audience": "closed",
            "door": "code",
            "join_code": " pier 7 ",
            "max_people": 200,
            "organisation": "Harbour trust",
            "help_contact": "ring the bell",
            "held_words": ["numpty", " shut  it down ", "numpty"],
            "slug": "harbour-2026",
            "rules": {"entry": "claim", "exit": "chair", "posting": "classic", "max_length": 280},
            "seats": {"open": 2},
        }
    )
    assert definition.title == {"en": "Who looks after the harbour?", "cy": "Pwy sy'n gofalu?"}
    assert definition.hashtags == ("harbourtalk", "Hafan")
    assert (definition.starts_at, definition.timezone) == (NOON, "Europe/Berlin")
    assert (definition.join_code, definition.slug) == ("pier 7", "harbour-2026")
    assert definition.rules == Rules(entry="claim", exit="chair", posting="classic", max_length=280)  # type: ignore[arg-type]
    assert definition.held_words == ("numpty", "shut it down")
    assert definition.open_seats == 2
    assert definition.speakers[0] == SpeakerDefinition(
        "Ines Falk", "Swims there all winter.", "Harbour baths"
    )
    assert definition.questions[2] == QuestionDefinition("What may it cost?", 10, "A year, all in.")


def test_a_start_in_the_past() -> None:
    """A start in the past is allowed."""
    assert problems(starts_at="1999-12-31T23:59:59+00:00") == []


@pytest.mark.parametrize("key", ["title", "starts_at", "questions"])
def test_required_keys(key: str) -> None:
    """A required key that is missing is named."""
    assert problems(**{key: MISSING}) == [(key, None, "this key is required")]


BAD: list[tuple[str, Any, str, str]] = [
    ("title", "", "title", "1 to 200"),
    ("title", "x" * 201, "title", "1 to 200"),
    ("title", 7, "title", "a text"),
    ("title", {}, "title", "a text"),
    ("title", {"en": "Fine", "german!": "Nicht"}, "title.german!", "language tag"),
    ("title", {"en": ""}, "title.en", "1 to 200"),
    ("title", "bell \x07", "title", "U+0007"),
    ("introduction", 5, "introduction", "0 to 5000"),
    ("introduction", "x" * 5001, "introduction", "0 to 5000"),
    ("hashtags", "harbour", "hashtags", "a list"),
    ("hashtags", ["ok", "2026"], "hashtags[1]", "not all digits"),
    ("hashtags", ["two words"], "hashtags[0]", "letters"),
    ("hashtags", [7], "hashtags[0]", "letters"),
    ("hashtags", ["a"] * 11, "hashtags", "at most 10"),
    ("held_words", "numpty", "held_words", "a list"),
    ("held_words", ["a"] * 201, "held_words", "at most 200"),
    ("held_words", ["numpty", ""], "held_words[1]", "1 to 60"),
    ("held_words", ["!!!"], "held_words[0]", "letters and digits"),
    ("held_words", [7], "held_words[0]", "1 to 60"),
    ("language", "english!", "language", "language tag"),
    ("language", None, "language", "language tag"),
    ("starts_at", "tomorrow", "starts_at", "offset"),
    ("starts_at", "2026-01-31T12:00:00", "starts_at", "offset"),
    ("starts_at", "2026-01-31", "starts_at", "offset"),
    ("starts_at", 1769860800, "starts_at", "offset"),
    ("starts_at", "0001-01-01T00:00:00+14:00", "starts_at", "offset"),
    ("timezone", "Mars/Olympus", "timezone", "Europe/London"),
    ("timezone", "../../etc/passwd", "timezone", "Europe/London"),
    ("timezone", "", "timezone", "Europe/London"),
    ("timezone", 1, "timezone", "Europe/London"),
    ("minutes", 4, "minutes", "5 to 1440"),
    ("minutes", 60.5, "minutes", "whole number"),
    ("minutes", True, "minutes", "whole number"),
    ("minutes", "60", "minutes", "whole number"),
    ("audience", "everybody", "audience", "public, link, closed"),
    ("door", "ajar", "door", "open, code, approve, shut"),
    ("door", "code", "join_code", "where the door is `code`"),
    ("join_code", "ab", "join_code", "3 to 40"),
    ("join_code", "x" * 41, "join_code", "40"),
    ("join_code", "a  b", "join_code", "3 to 40"),
    ("max_people", 0, "max_people", "1 to 1000000"),
    ("organisation", "x" * 201, "organisation", "200"),
    ("help_contact", ["ring"], "help_contact", "a text"),
    ("slug", "Harbour", "slug", "a-z"),
    ("slug", "ab", "slug", "3 to 60"),
    ("slug", "x" * 61, "slug", "3 to 60"),
    ("rules", [], "rules", "JSON object"),
    ("rules", {"volume": 11}, "rules.volume", "not known"),
    ("rules", {"entry": "loudest"}, "rules.entry", "claim, queue, least_heard, invite"),
    ("rules", {"exit": "sometimes"}, "rules.exit", "make_room, timed"),
    ("rules", {"posting": "three_streams"}, "rules.posting", "virtual, two_stream, classic"),
    ("rules", {"moderation": "strict"}, "rules.moderation", "open"),
    ("rules", {"names": "real"}, "rules.names", "pseudonym"),
    ("rules", {"grace_seconds": 4}, "rules.grace_seconds", "5 to 3600"),
    ("rules", {"max_length": 2001}, "rules.max_length", "140 to 2000"),
    ("rules", {"pace_burst": 0}, "rules.pace_burst", "1 to 1000"),
    ("rules", {"turn_seconds": "300"}, "rules.turn_seconds", "whole number"),
    ("rules", {"turn_seconds": True}, "rules.turn_seconds", "whole number"),
    ("seats", 1, "seats", '{"open": 1}'),
    ("seats", {"open": 13}, "seats.open", "0 to 12"),
    ("seats", {"reserved": 5}, "seats.reserved", "speakers"),
    ("speakers", "Ines", "speakers", "a list"),
    ("speakers", [{"name": "x"}] * 13, "speakers", "at most 12"),
    ("speakers", ["Ines Falk"], "speakers[0]", '"name"'),
    ("speakers", [{"bio": "No name"}], "speakers[0].name", "1 to 60"),
    ("speakers", [{"name": "x" * 61}], "speakers[0].name", "1 to 60"),
    ("speakers", [{"name": "\u202eInes"}], "speakers[0].name", "invisible"),
    ("speakers", [{"name": "Ines Falk", "age": 40}], "speakers[0].age", "not known"),
    ("speakers", [{"name": "Ines"}, {"name": "ines"}], "speakers[1].name", "no other speaker"),
    ("speakers", [{"name": "Ines", "bio": 3}], "speakers[0].bio", "a text"),
    ("questions", [], "questions", "1 to 20"),
    ("questions", [{"text": "?"}] * 21, "questions", "1 to 20"),
    ("questions", ["What?"], "questions[0]", '"text"'),
    ("questions", [{}], "questions[0].text", "1 to 500"),
    ("questions", [{"text": "x" * 501}], "questions[0].text", "1 to 500"),
    ("questions", [{"text": {"en": " "}}], "questions[0].text.en", "1 to 500"),
    ("questions", [{"text": "What?", "minutes": 0}], "questions[0].minutes", "1 to 600"),
    ("questions", [{"text": "What?", "hint": "?"}], "questions[0].hint", "not known"),
    ("under_18", 1, "under_18", "true or false"),
    ("top", 1, "top", "not known"),
]


@pytest.mark.parametrize(("key", "value", "told", "expected"), BAD)
def test_what_is_wrong_is_named(key: str, value: Any, told: str, expected: str) -> None:
    """Each malformed value is told once: its key, the value, and what was expected instead."""
    found = problems(**{key: value})
    assert [problem for problem, _, _ in found] == [told]
    assert expected in found[0][2]


def test_a_problem_shows_the_value() -> None:
    """The problem carries the value that was found, not its neighbours."""
    assert problems(rules={"grace_seconds": 3, "turn_seconds": 300})[0][:2] == ("rules.grace_seconds", 3)


def test_all_problems_at_once() -> None:
    """Everything that is wrong is told together, in the order of the definition, and nothing is made."""
    found = problems(minutes=1, rules={"entry": "door", "volume": 3}, seats={"open": -1})
    assert [key for key, _, _ in found] == ["minutes", "rules.entry", "rules.volume", "seats.open"]


@settings(max_examples=60)
@given(key=st.sampled_from([*sorted(Definition.__struct_fields__), "seats"]), value=json_values)
def test_any_value_anywhere(key: str, value: Any) -> None:
    """Whatever stands under whatever key: it is told, or a debate comes of it that can be stored."""
    if told := [problem for problem, _, _ in problems(**{key: value})]:
        assert all(problem.startswith(key) for problem in told) or told == ["join_code"]
        return
    definition = parse_definition({**LEAST, key: value})
    ids = map(str, range(50))
    _, records = opening(definition, NOON, lambda: next(ids), lambda: b"sixteen bytes...")
    assert [decode(*encode(record)) for record in records] == records


@pytest.mark.parametrize("key", ["introduction", "join_code", "max_people", "organisation", "help_contact"])
def test_null_is_nothing(key: str) -> None:
    """What may be left out may be null."""
    assert parse_definition({**LEAST, key: None}) == parse_definition(LEAST)


def test_the_sentence() -> None:
    """As a sentence a problem names key, expectation and value, a long value cut."""
    with pytest.raises(BadDefinition) as bad:
        parse_definition({**LEAST, "minutes": "x" * 500})
    assert str(bad.value).startswith("minutes: a whole number from 5 to 1440 is expected; found 'xxx")
    assert len(str(bad.value)) < 160


@pytest.mark.parametrize("data", [None, [], "text", 3])
def test_no_definition_at_all(data: object) -> None:
    """What is no JSON object is no definition."""
    for parse in (parse_definition, parse_changes):
        with pytest.raises(BadDefinition, match="JSON object"):
            parse(data)


@pytest.mark.parametrize(
    ("title", "slug"),
    [
        ("Who looks after the harbour?", "who-looks-after-the-harbour"),
        ("Où est l'été?", "ou-est-l-ete"),
        ("港はだれのもの?", "debate"),
        ("Q", "debate-q"),
        ("x" * 100, "x" * 48),
        ({"de": "Für Elise", "en": "For Elise"}, "fur-elise"),
    ],
)
def test_slugs(title: Any, slug: str) -> None:
    """Without a slug one is made from the title, and always one that would be taken."""
    assert slug_from(title) == slug
    assert problems(slug=slug) == []


# Changes


def test_changes() -> None:
    """The organiser changes single keys, read by the same rules; nothing is required."""
    assert parse_changes({}) == {}
    assert parse_changes({"minutes": 90, "max_people": None}) == {"minutes": 90, "max_people": None}
    assert parse_changes({"rules": {"entry": "claim"}}) == {"rules": {"entry": "claim"}}


@pytest.mark.parametrize("key", ["questions", "seats", "speakers", "slug"])
def test_what_does_not_change_here(key: str) -> None:
    """Questions, seats, speakers and the slug are told where they change."""
    value = {**HARBOUR, "slug": "harbour"}[key]
    with pytest.raises(BadDefinition) as bad:
        parse_changes({key: value})
    assert bad.value.problems[0].key == key
    assert "cannot be changed here" in bad.value.problems[0].expected


def test_wrong_changes() -> None:
    """A wrong change is told like a wrong definition."""
    with pytest.raises(BadDefinition, match="minutes"):
        parse_changes({"minutes": 3})
    with pytest.raises(BadDefinition, match=r"rules\.volume"):
        parse_changes({"rules": {"volume": 3}})
