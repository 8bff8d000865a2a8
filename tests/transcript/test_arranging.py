"""Another order, or a part: the same contributions under the same numbers, and a file says what it lacks."""

import json
from collections.abc import Sequence
from functools import cache
from itertools import pairwise

import pytest

from fishbowl.debate.evolve import fold
from fishbowl.debate.record import Record
from fishbowl.debate.vocabulary import Circle
from fishbowl.transcript import FORMATS, BadChoice, render, transcript
from fishbowl.transcript.choice import EVERYTHING, Choice, Order, choice_of
from fishbowl.transcript.contents import Contribution, Transcript
from fishbowl.transcript.gathering import Direction
from tests.transcript.invented import invented_records
from tests.transcript.office_readers import READERS
from tests.transcript.readers import Page, csv_rows, written


@cache
def evening() -> Sequence[Record]:
    return invented_records(400, seed=9)


def shown(arranged: Transcript) -> list[Contribution]:
    """The contributions in the order in which they are read."""
    return [
        each
        for section in arranged.sections
        for item in section.items
        if isinstance(item, tuple)
        for each in item
    ]


def somebody() -> str:
    """The handle of the participant who wrote most."""
    whole = transcript(evening())
    handles = [each.author.handle or "" for each in whole.contributions if each.author.role == "participant"]
    return max(set(handles), key=handles.count)


CHOICES = {
    "question": Choice(question=2),
    "hashtag": Choice(hashtag="Keys"),
    "circle": Choice(circle=Circle.INNER),
    "together": Choice(order=Order.TIME, question=1, circle=Circle.OUTER),
}


@pytest.mark.parametrize("choice", CHOICES.values(), ids=CHOICES)
def test_a_part(choice: Choice) -> None:
    """What is asked for is there with its number, path and text, the rest is not, and is counted."""
    whole, part = transcript(evening()), transcript(evening(), choice=choice)
    given = {each.contribution: each for each in whole.contributions}
    meant = {
        each.contribution
        for each in whole.contributions
        if (choice.question is None or choice.question in each.questions)
        and (choice.circle is None or each.circle is choice.circle)
        and (
            choice.hashtag is None
            or (each.entities is not None and "keys" in [tag.text for tag in each.entities.hashtags])
        )
    }
    assert 5 < len(meant) < 390
    assert {each.contribution for each in part.contributions} == meant
    assert sorted(each.contribution for each in shown(part)) == sorted(meant)
    assert part.left_out == len(whole.contributions) - len(meant)
    for each in part.contributions:
        assert each == given[each.contribution]
    assert (part.directions, part.sittings) == ((), ())
    assert (part.figures, part.questions) == (whole.figures, whole.questions)


def test_one_person() -> None:
    """A person is found by id and by handle in any case, and by both where names are replaced."""
    handle = somebody()
    by_handle = transcript(evening(), choice=Choice(person=handle.upper()))
    person = by_handle.contributions[0].author.person
    assert {each.author.handle for each in by_handle.contributions} == {handle}
    assert transcript(evening(), choice=Choice(person=person)).contributions == by_handle.contributions
    redacted = json.loads(written("json", evening(), "redacted", choice=Choice(person=handle)))
    numbers = [each["contribution"] for each in redacted["contributions"]]
    assert numbers == [each.contribution for each in by_handle.contributions]
    assert handle not in json.dumps(redacted)


def test_in_order_of_time() -> None:
    """Contributions and stage directions one after another; a reply says what it answers."""
    arranged = transcript(evening(), choice=Choice(order=Order.TIME))
    assert [each.contribution for each in shown(arranged)] == [
        each.contribution for each in transcript(evening()).contributions
    ]
    (section,) = arranged.sections
    seqs = [item.seq if isinstance(item, Direction) else item[0].seq for item in section.items]
    assert all(one < other for one, other in pairwise(seqs))
    assert len(section.items) == len(arranged.contributions) + len(arranged.directions)
    assert all((each.reply_to is not None) == each.apart for each in shown(arranged))


def test_by_speaker() -> None:
    """A heading for everybody who contributed, roles first; nobody stands under another's."""
    arranged = transcript(evening(), choice=Choice(order=Order.SPEAKER))
    *speakers, last = arranged.sections
    assert (last.author, len(last.items)) == (None, len(arranged.directions))
    for section in speakers:
        people = {item[0].author for item in section.items if isinstance(item, tuple)}
        assert people == {section.author}
    roles = [section.author.role for section in speakers if section.author]
    assert roles == sorted(roles, key=["chair", "moderator", "speaker", "participant"].index)
    assert len(speakers) == len({each.author for each in fold(evening()).contributions.values()})


def test_pieces_of_threads() -> None:
    """A thread that lost its root falls into pieces: each begins at the margin and says what it answers, and
    nothing is indented below what it does not answer.
    """
    arranged = transcript(evening(), choice=Choice(circle=Circle.INNER))
    kept = {each.contribution for each in arranged.contributions}
    orphans = 0
    for section in arranged.sections:
        for item in section.items:
            assert isinstance(item, tuple)
            assert (item[0].depth, item[0].apart) == (0, item[0].reply_to is not None)
            above: list[int] = []
            for each in item:
                del above[each.depth :]
                assert each.depth == len(above)
                assert each.apart == (each.reply_to is not None and each.reply_to not in kept)
                assert not above or each.reply_to == above[-1]
                above.append(each.contribution)
                orphans += each.apart
    assert orphans > 10


@pytest.mark.parametrize("order", Order)
@pytest.mark.parametrize("ending", FORMATS)
def test_every_format(ending: str, order: Order) -> None:
    """In every format and order the part asked for, and nothing else, reads back with its texts."""
    choice = Choice(order=order, question=3)
    part = transcript(evening(), choice=choice)
    file = READERS[ending](b"".join(render(ending, evening(), choice=choice)))
    texts = {each.contribution: each.text for each in part.contributions}
    assert sorted(file.by_number) == sorted(texts)
    if ending != "pdf":  # lines break there where the page is full
        assert {number: read.text for number, read in file.by_number.items()} == texts


def test_files_say_so() -> None:
    """A file that is not the whole says what was asked for and what was left out; the whole says nothing."""
    choice = Choice(order=Order.SPEAKER, question=3)
    left_out = transcript(evening(), choice=choice).left_out
    assert left_out > 100
    for ending in ("html", "md", "txt", "akn.xml"):
        part = written(ending, evening(), choice=choice)
        for said in ("Arranged by speaker.", "question 3", f"Contributions left out: {left_out},"):
            assert said in part
            assert said == "question 3" or said not in written(ending, evening())
    told = {"order": "speaker", "question": "3"}
    for head in (
        json.loads(written("json", evening(), choice=choice)),
        json.loads(written("jsonl", evening(), choice=choice).split("\n", 1)[0]),
    ):
        assert (head["choice"], head["left_out"]) == (told, left_out)
    assert "choice" not in json.loads(written("json", evening()))
    line = f"order=speaker question=3: {left_out} left out"
    rows = csv_rows(written("csv", evening(), choice=choice))
    assert {row["choice"] for row in rows} == {line}
    assert line in written("as2.json", evening(), choice=choice)


def test_links_within_the_file() -> None:
    """What a contribution answers is linked where it stands in the file, and named where it does not."""
    for choice in (Choice(circle=Circle.INNER), Choice(order=Order.TIME), Choice(order=Order.SPEAKER)):
        page = Page(written("html", evening(), choice=choice))
        ids = {attributes["id"] for _, attributes in page.tags if "id" in attributes}
        links = {attributes["href"] for _, attributes in page.tags if "href" in attributes}
        assert {link[1:] for link in links if link and link.startswith("#")} <= ids


@pytest.mark.parametrize(
    ("given", "named"),
    [
        ({"order": "alphabet"}, "order"),
        ({"circle": "middle"}, "circle"),
        ({"question": "three"}, "question"),
        ({"question": "-1"}, "question"),
    ],
)
def test_what_cannot_be_meant(given: dict[str, str], named: str) -> None:
    """Values that mean nothing are refused by the name of their parameter."""
    with pytest.raises(BadChoice, match=named):
        choice_of(given)


@pytest.mark.parametrize("ending", ["html", "jsonl"])
@pytest.mark.parametrize("choice", [Choice(question=99), Choice(person="Nobody")])
def test_what_is_not_there(choice: Choice, ending: str) -> None:
    """A question or a person that the debate does not have is refused before anything is sent."""
    with pytest.raises(BadChoice):
        render(ending, evening(), choice=choice)


def test_told() -> None:
    """A choice told reads back as itself; empty parameters and unknown ones choose nothing."""
    for choice in (*CHOICES.values(), Choice(person="GarathSymonds", order=Order.TIME)):
        assert choice_of(choice.told()) == choice
    assert choice_of({"order": "", "question": " ", "hashtag": "#", "version": "public"}) == EVERYTHING
    assert choice_of({"question": "Q3", "hashtag": "#keys", "person": "@Ada"}) == Choice(
        question=3, hashtag="keys", person="Ada"
    )
