"""A file of a long debate is made while it is read: the same bytes, and hardly any memory."""

import subprocess
import sys
from collections.abc import Callable, Sequence
from functools import cache
from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fishbowl.debate import commands
from fishbowl.debate.commands import Erase, Post, Refuse, Release
from fishbowl.debate.evolve import fold
from fishbowl.debate.record import Record
from fishbowl.debate.state import Contribution
from fishbowl.debate.vocabulary import Circle, Moderation, Rules
from fishbowl.transcript import BadChoice, Version, render
from fishbowl.transcript.choice import EVERYTHING, Choice, Order
from fishbowl.transcript.packing import BLOCK, OPEN, Packed
from fishbowl.transcript.reading import Reading
from tests.benchmarks.export_memory import ALLOCATED, RESIDENT, allocated
from tests.transcript.invented import Evening, invented_definition, invented_records, one_long_thread
from tests.transcript.marked import marked
from tests.transcript.stored import LongDebate, Stored

FLOWING = ("html", "csv", "jsonl")
CHOICES = (
    EVERYTHING,
    Choice(order=Order.TIME),
    Choice(order=Order.SPEAKER),
    Choice(circle=Circle.INNER),
    Choice(order=Order.SPEAKER, question=2),
    Choice(hashtag="keys"),
    Choice(order=Order.TIME, hashtag="fishbowl", circle=Circle.OUTER),
)
LONG = (pytest.mark.long, pytest.mark.timeout(3600))


def file(ending: str, records: Sequence[Record] | Stored, version: str, choice: Choice = EVERYTHING) -> bytes:
    return b"".join(render(ending, records, version, choice=choice))


@cache
def evening(name: str) -> list[Record]:
    if name == "thread":
        return one_long_thread(300)
    if name == "held":
        return held_evening()
    return marked(invented_records(500, seed=2))


def held_evening() -> list[Record]:
    """Every contribution waits first; most are released, out of order, some refused, some still wait."""
    evening = Evening(invented_definition(rules=Rules(pace_per_minute=0, moderation=Moderation.HOLD)), seed=3)
    evening.begin(people=5)
    for number in range(1, 121):
        evening.post()
        if number % 4 == 0:
            for released in (number, number - 2, number - 1):
                evening.ask(evening.moderator, Release(id="", contribution=released))
    for refused in (9, 13):
        assert evening.ask(
            evening.moderator, Refuse(id="", contribution=refused, reason="spam", note="twice")
        )
    assert evening.ask(evening.cast.organiser, Erase(id="", contribution=6, reason="asked for"))
    return evening.records


@pytest.mark.parametrize("version", Version)
@pytest.mark.parametrize("ending", FLOWING)
@pytest.mark.parametrize("name", ["evening", "thread", "held"])
def test_same_bytes(name: str, ending: str, version: Version) -> None:
    """Read from a store, a file has the bytes it has of records that are held, whatever is chosen."""
    records = evening(name)
    stored = Stored(records)
    assert isinstance(stored, Reading)
    for choice in CHOICES:
        assert file(ending, stored, version, choice) == file(ending, records, version, choice)
    stored.picked = stored.rests = 0
    file(ending, stored, version)
    assert stored.rests > len(records), "others get their turn"
    assert stored.picked < len(records) / 8, "texts are read many at a time"


@pytest.mark.parametrize("ending", FLOWING)
def test_as_of_an_earlier_record(ending: str) -> None:
    """As of a record it is the file that was made when that record was the last."""
    records = evening("evening")
    for seq in (1, 40, len(records) // 2):
        then = b"".join(render(ending, Stored(records), seq=seq))
        assert then == file(ending, Stored(records[:seq]), "public") == file(ending, records[:seq], "public")


@pytest.mark.parametrize("choice", [Choice(question=99), Choice(person="Nobody")])
@pytest.mark.parametrize("ending", FLOWING)
def test_refused_before_anything_is_sent(ending: str, choice: Choice) -> None:
    """What cannot be chosen is refused before the file is begun."""
    with pytest.raises(BadChoice):
        render(ending, Stored(evening("evening")), choice=choice)


def test_one_person() -> None:
    """By handle, and by what stands for them where names are replaced."""
    records = evening("evening")
    author = next(each for each in fold(records).people.values() if each.contributions > 3)
    choice = Choice(person=author.handle)
    for ending, version in product(FLOWING, Version):
        assert file(ending, Stored(records), version, choice) == file(ending, records, version, choice)


DEEDS: dict[str, Callable[[Evening, int], commands.Command]] = {
    "answers": lambda evening, n: Post(id="", text=f"I answer {n}. #keys", reply_to=n),
    "hides": lambda evening, n: commands.Hide(id="", contribution=n, reason="spam", note="again"),
    "restores": lambda evening, n: commands.Restore(id="", contribution=n),
    "withdraws": lambda evening, n: commands.Withdraw(id="", contribution=n),
    "erases": lambda evening, n: Erase(id="", contribution=n, reason="asked for"),
    "releases": lambda evening, n: Release(id="", contribution=n),
    "refuses": lambda evening, n: Refuse(id="", contribution=n, reason="off_topic"),
    "threads": lambda evening, n: commands.Thread(id="", contribution=n, reply_to=n - 1 or None),
    "tags": lambda evening, n: commands.TagQuestions(id="", contribution=n, questions=[1 + n % 5]),
    "drops": lambda evening, n: commands.DropQuestion(id="", question=1 + n % 5),
    "renames": lambda evening, n: commands.Rename(id="", name=f"Person {n}"),
    "endorses": lambda evening, n: commands.Endorse(id="", contribution=n, on=n % 3 > 0),
}


@settings(max_examples=12)
@given(
    st.sampled_from(Moderation),
    st.lists(st.tuples(st.sampled_from(sorted(DEEDS)), st.integers(1, 40), st.integers(0, 7))),
)
def test_same_bytes_of_any_debate(moderation: Moderation, deeds: list[tuple[str, int, int]]) -> None:
    """Whatever happens in a debate, in whatever order, and whoever does it."""
    evening = Evening(invented_definition(rules=Rules(pace_per_minute=0, moderation=moderation)), seed=1)
    evening.begin(people=4)
    for number in range(40):
        by = evening.participants[number % 4]
        handle = evening.state.people[evening.participants[(number + 1) % 4]].handle
        text = f"@{handle} that is point {number}" if number % 3 else f"Point {number}, a new one"
        assert evening.ask(by, Post(id="", text=text))
    actors = [*evening.participants, evening.moderator, evening.cast.chair, evening.cast.organiser]
    for deed, number, actor in deeds:
        evening.now += 1_000
        evening.ask(actors[actor % len(actors)], DEEDS[deed](evening, number))
    for ending, version in product(FLOWING, Version):
        for choice in CHOICES[:4]:
            assert file(ending, Stored(evening.records), version, choice) == file(
                ending, evening.records, version, choice
            )


def test_erased_while_it_is_read() -> None:
    """A text that is erased after the file was begun is not in what comes after; its number is."""
    records = evening("evening")
    stored = Stored(records)
    pieces = render("csv", stored)
    words = fold(records).contributions[400].text
    assert words is not None
    assert words in file("csv", records, "public").decode()
    assert next(pieces)
    stored.lose(400)
    rest = b"".join(pieces).decode()
    assert words not in rest
    assert ",400," in rest
    assert ",erased," in rest


def test_a_broken_store_breaks_the_file() -> None:
    """What cannot be read ends in an error, not in a file that looks complete."""
    for ending in FLOWING:
        stored = Stored(evening("evening"))
        pieces = render(ending, stored)
        next(pieces)
        stored.breaks = True
        with pytest.raises(OSError, match="broken"):
            list(pieces)


def test_packed_is_a_dictionary_of_contributions() -> None:
    """What the fold changes is kept, also where a block was closed in between."""
    packed = Packed(Stored([]))
    count = BLOCK * (OPEN + 3)
    for number in range(1, count + 1):
        came = Contribution(number, number, 0, "p1", Circle.OUTER, number, str(number), "words", ())
        packed[number] = came
        packed.tidy()
    for number in packed:
        packed[number].highlighted = number % 2 == 0
        packed.tidy()
    packed.settle()
    assert (len(packed), 0 in packed, count in packed, count + 1 in packed) == (count, False, True, False)
    assert all(each.highlighted == (number % 2 == 0) for number, each in packed.items())
    with pytest.raises(KeyError):
        packed[count + 1]
    with pytest.raises(ValueError, match="does not follow"):
        packed[count + 2] = packed[1]


@pytest.mark.parametrize(
    ("ending", "contributions", "most"),
    [
        ("csv", 20_000, 6),
        ("html", 20_000, 6),
        *(pytest.param(ending, 100_000, 16, marks=LONG) for ending in FLOWING),
    ],
)
def test_a_process_hardly_grows(ending: str, contributions: int, most: float) -> None:
    """In a process of its own: so many megabytes are enough beside what the process had."""
    assert 0 < measured(ending, contributions, RESIDENT) < most


@pytest.mark.parametrize("ending", ["csv"])
def test_hardly_any_memory(ending: str) -> None:
    """What is allocated for a file is a small part of what it takes to hold the records and make it."""
    debate = LongDebate(6_000)
    assert allocated(ending, debate) < allocated(ending, iter(debate)) / 3


@pytest.mark.parametrize("ending", FLOWING)
@pytest.mark.long
@pytest.mark.timeout(3600)
def test_hardly_any_memory_for_a_very_long_debate(ending: str) -> None:
    """In a process of its own, counted by what is allocated at a time."""
    assert 0 < measured(ending, 100_000, ALLOCATED) < 16


def measured(ending: str, contributions: int, *more: str) -> float:
    """The last figure that the benchmark prints."""
    command = [sys.executable, "-m", "tests.benchmarks.export_memory", ending, str(contributions), *more]
    told = subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True).stdout
    return float(told.split()[-1])
