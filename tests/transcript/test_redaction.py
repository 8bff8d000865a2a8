"""The redacted version: nobody is left in it, and everything else is."""

import json
from collections.abc import Sequence
from functools import cache

import pytest
from msgspec import structs

from fishbowl.debate.events import ContributionPosted
from fishbowl.debate.evolve import fold
from fishbowl.debate.record import Record
from fishbowl.transcript import FORMATS, render
from fishbowl.transcript.redaction import redacted
from tests.transcript.invented import invented_records, people_saying
from tests.transcript.office_readers import searchable
from tests.transcript.readers import written


@cache
def evening() -> Sequence[Record]:
    return invented_records(400, seed=6)


@pytest.mark.parametrize("ending", FORMATS)
def test_nobody_is_named(ending: str) -> None:
    """No name, handle, bio or affiliation of anybody stands in the file; in the public one they do."""
    file = searchable(ending, b"".join(render(ending, evening(), "redacted")))
    public = searchable(ending, b"".join(render(ending, evening())))
    people = [
        person for person in fold(evening()).people.values() if person.role in ("speaker", "participant")
    ]
    heard = {each.author for each in fold(evening()).contributions.values()}
    assert len(people) > 20
    for person in people:
        for told in (person.name, person.handle, person.bio, person.affiliation):
            assert told is None or told not in file, told
        if person.person in heard and person.name and ending != "pdf":
            assert person.name in public


def said(text: str) -> str:
    """What is left of `text` where `BlueHeron41`-like pseudonyms and four speakers with real names are."""
    records = [
        # Put in afterwards: what looks like somebody's address would wait for the moderators.
        structs.replace(record, event=structs.replace(record.event, text=text))
        if isinstance(record.event, ContributionPosted)
        else record
        for record in people_saying(["something"])
    ]
    data = json.loads(written("json", records, "redacted"))
    return str(data["contributions"][0]["text"])


def test_names_in_texts() -> None:
    """A name is replaced in a text too: whole in any case, a speaker's in parts, and as a mention."""
    somebody = fold(people_saying(["x"])).people
    joined = next(person for person in somebody.values() if person.role == "participant")
    assert (
        said(f"I agree with {joined.name}, as {str(joined.name).upper()} knows.")
        == "I agree with P1, as P1 knows."
    )
    assert said(f"@{joined.handle} and @{str(joined.handle).lower()}: yes") == "@P1 and @P1: yes"
    assert said("Ottilie Marchbanks said it, and Marchbanks was right, @SionPentrellyn").startswith(
        "S1 said it, and S1 was"
    )
    assert said("an ottilie of marchbankses") == "an ottilie of marchbankses"


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("write to ada.lind+x@post.example.org!", "write to [e-mail]!"),
        ("call 0171 234 5678 or +49 (30) 12 34 56 78.", "call [phone] or [phone]."),
        ("come to 12 Harbour Lane on Friday, or Hafenstraße 12", "come to [address] on Friday, or [address]"),
        ("I live at 12 harbour street, ring twice", "I live at [address], ring twice"),
        ("I go to Harbour View High School by bus", "I go to [school] by bus"),
        ("find me, insta: @harbour.lily9, or lily (at) example (dot) org", "find me, [account], or [e-mail]"),
        (
            "on 12.03.2026 call 0171 234 5678, not on 13.03.2026",
            "on 12.03.2026 call [phone], not on 13.03.2026",
        ),
        ("a school in general, Harbour View High School, and instagram", None),
        ("in 2014, on 2026-01-31, 0.25 or 12,500 or Q3, 10:30-11:30", None),
        ("ISBN 9783161484100, https://a.example/0123456789", None),
    ],
)
def test_personal_data_is_masked(text: str, left: str | None) -> None:
    """What gives away how to find somebody is masked, and no word around it; years, dates, counts, addresses
    of pages, schools in general are not.
    """
    assert said(text) == (text if left is None else left)


def test_the_rest_stays() -> None:
    """Numbers, threads, tags, counts and times are those of the public version; the same person has the same
    name throughout.
    """
    public, hidden = (json.loads(written("json", evening(), version)) for version in ("public", "redacted"))
    assert public["figures"] == hidden["figures"]
    assert public["sections"] == hidden["sections"]
    pairs = set()
    for before, after in zip(public["contributions"], hidden["contributions"], strict=True):
        pairs.add((before["author"]["person"], after["author"]["person"]))
        for name in ("contribution", "at", "status", "path", "tags", "endorsements"):
            assert before[name] == after[name]
    assert len({one for one, _ in pairs}) == len({other for _, other in pairs}) == len(pairs)


def test_the_records_fold() -> None:
    """What is redacted is a lawful log still: it folds, and names are unique."""
    state = fold(redacted(evening()))
    names = [person.name for person in state.people.values()]
    assert len(set(names)) == len(names)
