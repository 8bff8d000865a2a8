"""Erasing: a contribution's words, or a person's; numbers, threads and counts hold. RULES, "Moderation and
safety".
"""

import pytest
from msgspec import structs

from fishbowl.debate.events import ContributionErased, PersonAnonymised, PersonErased
from fishbowl.debate.evolve import fold
from fishbowl.debate.record import Record
from tests.debate.stories import Story, begun


def told() -> Story:
    """Cleo and Dan talked; what Cleo said was hidden once, with a reason."""
    story = begun("cleo dan")
    story.cleo.posts("Mine, and my number is in it.")
    story.dan.posts("An answer.", reply_to=1)
    story.chair.asks("hide", contribution=1, reason="personal_data", note="her number")
    story.chair.asks("restore", contribution=1)
    return story


def forgotten(story: Story) -> list[Record]:
    """The records as the log gives them back afterwards: without the words of those that were named."""
    gone = {
        seq
        for record in story.records
        if isinstance(record.event, ContributionErased | PersonAnonymised | PersonErased)
        for seq in record.event.records
    }
    return [
        structs.replace(
            record, event=structs.replace(record.event, **dict.fromkeys(record.event.personal)), salt=None
        )
        if record.seq in gone
        else record
        for record in story.records
    ]


def test_a_contribution() -> None:
    """Its text is gone, with every word about it; its number, its thread and what answers it stay."""
    story = told()
    assert story.organiser.erases(1) == ["contribution.erased"]
    assert (story.contribution(1).status, story.contribution(1).text) == ("erased", None)
    assert story.contribution(2).path == "1.1"
    names = {record.seq: record.event.__struct_config__.tag for record in story.records}
    gone = [names[seq] for seq in story.last(ContributionErased).records]
    assert gone == ["contribution.posted", "contribution.hidden", "contribution.restored"]
    assert story.organiser.erases(1) == []


def test_a_person() -> None:
    """All they wrote, their name and their handle are gone, and they are out; what others wrote stays."""
    story = told()
    story.cleo.asks("raise_hand", note="let me explain")
    events = story.organiser.erases(person="cleo")
    assert [name for name in events if not name.startswith(("hand.", "seat."))] == [
        "contribution.erased",
        "person.left",
        "person.erased",
    ]
    cleo = story.person("cleo")
    assert (cleo.name, cleo.handle, cleo.erased) == (None, None, True)
    assert story.contribution(2).text == "An answer."
    assert story.organiser.erases(person="cleo") == []
    with story.refuses("right.missing", "left"):
        story.cleo.posts("Still here?")


def test_a_speaker() -> None:
    """A speaker's bio and affiliation go with the name."""
    story = told()
    story.organiser.erases(person="ines")
    ines = story.person("ines")
    assert (ines.name, ines.handle, ines.bio, ines.affiliation) == (None, None, None, None)


@pytest.mark.parametrize(("contribution", "person"), [(1, None), (None, "cleo")])
def test_the_fold_of_what_is_left(contribution: int | None, person: str | None) -> None:
    """What the log gives back afterwards folds to the state there was: counts, threads, people."""
    story = told()
    story.dan.asks("endorse", contribution=1, on=True)
    story.dan.asks("report", contribution=1, reason="insult", note="she names me")
    story.organiser.erases(contribution, person)
    again = fold(forgotten(story))
    for state in (again, story.state):
        state.answered.clear()  # what was answered stays; its salt went with the words
    assert again == story.state


def test_words_gone_without_a_record() -> None:
    """A text that is gone without a record of it (a backup was restored) is erased, whatever came later."""
    story = told()
    records = [
        structs.replace(record, event=structs.replace(record.event, text=None))
        if getattr(record.event, "contribution", None) == 1 and hasattr(record.event, "text")
        else record
        for record in story.records
    ]
    assert fold(records).contributions[1].status == "erased"


def test_what_cannot_be_erased() -> None:
    """Not both or neither, not what does not exist, and by nobody but the organiser."""
    story = told()
    with story.refuses("bad_request", "either"):
        story.organiser.erases()
    with story.refuses("bad_request", "either"):
        story.organiser.erases(1, "cleo")
    with story.refuses("contribution.unknown", "9"):
        story.organiser.erases(9)
    with story.refuses("person.unknown"):
        story.organiser.erases(person="nobody")
    for person in (story.cleo, story.chair):
        with story.refuses("right.missing"):
            person.erases(1)


def test_what_is_erased_is_no_more() -> None:
    """It is not hidden, restored, endorsed or answered any more."""
    story = told()
    story.organiser.erases(1)
    for do in ("hide", "restore"):
        with story.refuses("contribution.gone", "erased"):
            story.chair.asks(do, contribution=1)
    with story.refuses("contribution.gone"):
        story.dan.asks("endorse", contribution=1, on=True)
    with story.refuses("contribution.gone"):
        story.dan.posts("To nobody.", reply_to=1)
    assert story.cleo.withdraws(1) == []
