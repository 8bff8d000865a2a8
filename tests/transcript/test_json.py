"""JSON: its schema is the documented one, and it says what the transcript says."""

import json
from collections.abc import Sequence
from functools import cache
from typing import Any

import pytest

from fishbowl.clock import to_wire
from fishbowl.debate import commands
from fishbowl.debate.evolve import fold
from fishbowl.debate.record import Record
from fishbowl.debate.vocabulary import Circle, Door, Posting, Status
from fishbowl.transcript import FORMATS, Issue, Version
from fishbowl.transcript.choice import EVERYTHING, Choice, Order
from fishbowl.transcript.json import FORMAT_VERSION
from tests.test_docs import listed, rows
from tests.transcript import readers
from tests.transcript.invented import Evening, invented_definition

PAGE = "docs/transcript.md"


@cache
def evening() -> Sequence[Record]:
    """An evening with everything in it, changes of door and order of questions, quotes checked."""
    evening = Evening(invented_definition(), seed=3)
    evening.begin(people=20)
    evening.chair(commands.SetDoor(id="", door=Door.SHUT))
    for _ in range(700):
        evening.meanwhile()
        evening.post()
    evening.chair(commands.OpenSeat(id=""))
    evening.free_a_seat()
    evening.change_questions()
    evening.chair(commands.MoveQuestion(id="", question=5, to=1))
    evening.chair(commands.DropQuestion(id="", question=4))
    evening.chair(commands.StartRound(id="", people=evening.participants[:2], title="Evening readers"))
    evening.chair(commands.EndRound(id=""))
    evening.chair(commands.SetRules(id="", posting=Posting.TWO_STREAM))
    carried = next(
        number
        for number, each in evening.state.contributions.items()
        if each.circle is Circle.OUTER and each.status is Status.POSTED
    )
    evening.chair(commands.CarryIn(id="", contribution=carried))
    evening.pause()
    evening.end()
    for speaker, _ in evening.cast.speakers:
        for number in evening.state.people[speaker].said:
            evening.ask(speaker, commands.Check(id="", contribution=number))
    return evening.records


@cache
def written(version: Version, choice: Choice = EVERYTHING) -> Any:
    issue = Issue("https://debates.example", number=2, head="ab12")
    return json.loads(readers.written("json", evening(), version, choice=choice, issue=issue))


def keys(name: str, version: Version) -> set[str]:
    """Every key that is used in this part of the file, whatever is asked for."""
    by_speaker = Choice(order=Order.SPEAKER)
    return keys_in(name, written(version)) | keys_in(name, written(version, by_speaker))


def keys_in(name: str, data: Any) -> set[str]:
    if name == "The file":
        return set(data)
    part = data[name]
    return {key for each in (part if isinstance(part, list) else [part]) for key in each}


@pytest.mark.parametrize(
    "name",
    [
        "The file",
        "debate",
        "people",
        "questions",
        "figures",
        "sections",
        "contributions",
        "directions",
        "sittings",
    ],
)
def test_the_schema(name: str) -> None:
    """Every key of the file is documented, and every documented key occurs in an evening where everything
    happens.
    """
    assert sorted(listed(PAGE, name)) == sorted(keys(name, Version.ORGANISER))
    assert keys(name, Version.PUBLIC) == keys(name, Version.ORGANISER) - {
        *(("acts",) if name == "contributions" else ()),
        *(("actor", "reason") if name == "directions" else ()),
    }


def test_formats_are_documented() -> None:
    """The table of formats has every one with its media type, and no other."""
    table = {row[0].strip("`"): row[2].strip("`") for row in rows(PAGE, "Formats")}
    assert table == {each.ending: each.media_type for each in FORMATS.values()}
    assert listed(PAGE, "Versions") == list(Version)


def test_the_head() -> None:
    """The file says what it is, and of which record and time."""
    data = written(Version.PUBLIC)
    last = evening()[-1]
    assert (data["format"], data["format_version"]) == ("fishbowl.transcript", FORMAT_VERSION)
    assert (data["version"], data["seq"], data["at"]) == ("public", last.seq, to_wire(last.at))


def test_contributions() -> None:
    """A contribution repeats the log: its time, author, place, tags and entities."""
    state = fold(evening())
    for each in written(Version.PUBLIC)["contributions"]:
        stated = state.contributions[each["contribution"]]
        author = state.people[stated.author]
        assert each["at"] == to_wire(stated.at)
        assert each["author"] == {
            "person": author.person,
            "name": author.name,
            "handle": author.handle,
            "role": author.role,
        }
        assert (each["root"], each["path"], each.get("reply_to")) == (
            stated.root,
            stated.path,
            stated.reply_to,
        )
        assert [tag["question"] for tag in each["tags"]] == [tag.question for tag in stated.tags]
        assert (each["text"] is None) == (each["entities"] is None) == (each["status"] != "posted")
        for kind in ("hashtags", "mentions", "links"):
            for entity in each["entities"][kind] if each["entities"] else ():
                found = each["text"][entity["start"] : entity["end"]]
                assert found.endswith(entity.get("text", entity.get("url")))


def test_the_order_for_reading() -> None:
    """The sections hold each contribution and each direction of the file once."""
    data = written(Version.PUBLIC)
    items = [item for section in data["sections"] for item in section["items"]]
    threads = [number for item in items for number in item.get("thread", ())]
    directions = [item["direction"] for item in items if "direction" in item]
    assert sorted(threads) == [each["contribution"] for each in data["contributions"]]
    assert sorted(directions) == [each["seq"] for each in data["directions"]]
