"""The correction window: what people may still do about what is published of them. RULES, "Phases"."""

from fishbowl.debate.events import PersonAnonymised, PersonJoined, PersonRenamed
from fishbowl.debate.evolve import fold
from tests.debate.stories import Story, begun
from tests.debate.test_erasing import forgotten


def over() -> Story:
    """Cleo, who called herself Cleo Marsh once, and Dan talked; the debate is over."""
    story = begun("cleo dan", names="free")
    story.cleo.renames("Cleo Marsh")
    story.cleo.posts("Mine.")
    story.dan.posts("@CleoMarsh, an answer.", reply_to=1)
    story.passes(60)
    story.cleo.renames("Cleo M.")
    story.chair.moves_to("wrap_up", "correction")
    return story


def test_to_be_anonymous() -> None:
    """Another name stands wherever theirs did; every record that says an old one is to lose it."""
    story = over()
    assert story.cleo.asks("anonymise") == ["person.renamed", "person.anonymised"]
    cleo = story.person("cleo")
    assert (cleo.name, cleo.handle) == ("Anonymous 1", "Anonymous1")
    gone = story.last(PersonAnonymised).records
    saying = [
        record.seq
        for record in story.records
        if isinstance(record.event, PersonJoined | PersonRenamed) and record.event.person == "cleo"
    ]
    assert [*gone] == saying[:-1]
    assert len(gone) == 3
    assert story.contribution(1).text == "Mine."
    assert story.contribution(2).path == "1.1"


def test_everybody_has_a_number_of_their_own() -> None:
    """Two who are anonymous are told apart, also from somebody who called themselves so."""
    story = over()
    story.cleo.asks("anonymise")
    story.dan.asks("anonymise")
    assert story.person("dan").name == "Anonymous 2"
    other = begun("cleo dan", names="free")
    other.dan.renames("Anonymous 1")
    other.chair.moves_to("wrap_up", "correction")
    other.cleo.asks("anonymise")
    assert other.person("cleo").name == "Anonymous 2"


def test_it_stays() -> None:
    """Asked again it changes nothing, and there is no way to another name."""
    story = over()
    story.cleo.asks("anonymise")
    assert story.cleo.asks("anonymise") == []
    with story.refuses("name.given", "stays"):
        story.cleo.renames("Cleo")


def test_a_name_that_waited() -> None:
    """What they asked to be called is gone with what they were called."""
    story = begun("cleo", names="free", moderation="hold")
    assert story.cleo.renames("Cleo Marsh") == ["name.held"]
    story.chair.moves_to("wrap_up", "correction")
    story.cleo.asks("anonymise")
    assert story.person("cleo").asked_name is None
    assert story.chair.asks("release_name", person="cleo") == []
    assert "Cleo" not in str(forgotten(story))


def test_in_the_debates_language() -> None:
    """The new name is in the language of the debate."""
    story = begun("cleo", {"language": "de"})
    story.chair.moves_to("wrap_up", "correction")
    story.cleo.asks("anonymise")
    assert story.person("cleo").name == "Anonym 1"


def test_the_fold_of_what_is_left() -> None:
    """What the log gives back afterwards says the old names nowhere, and folds to the state there was."""
    story = over()
    story.cleo.asks("anonymise")
    left = forgotten(story)
    assert "Cleo M" in str(story.records)
    assert "Cleo M" not in str(left)
    again = fold(left)
    for state in (again, story.state):
        state.answered.clear()  # what was answered stays; its salt went with the name
    assert again == story.state


def test_withdrawing() -> None:
    """What one wrote can be taken back until the archive, and no longer."""
    story = over()
    assert story.cleo.withdraws(1) == ["contribution.withdrawn"]
    story.organiser.moves_to("archived")
    with story.refuses("phase.not_live"):
        story.dan.withdraws(2)
    with story.refuses("phase.not_live"):
        story.dan.asks("anonymise")


def quoted() -> Story:
    """Ines, a speaker, said two things, and Cleo one; the debate is over."""
    story = begun("cleo")
    story.ines.posts("It is two metres deep.")
    story.ines.posts("And clean.")
    story.cleo.posts("Is it?")
    story.chair.moves_to("wrap_up", "correction")
    return story


def test_a_speaker_checks() -> None:
    """Without a note a quote is right, with one it is not; the last word counts, and counts once."""
    story = quoted()
    assert story.ines.asks("check", contribution=1, note=" Three metres. ") == ["contribution.checked"]
    assert (story.contribution(1).checked, story.contribution(1).objection) == (False, "Three metres.")
    assert story.ines.asks("check", contribution=1, note="Three metres.") == []
    assert story.ines.asks("check", contribution=1) == ["contribution.checked"]
    assert (story.contribution(1).checked, story.contribution(1).objection) == (True, None)
    assert story.ines.asks("check", contribution=1) == []
    assert story.contribution(2).checked is None


def test_what_cannot_be_checked() -> None:
    """Not what others said, not what is gone, not with an empty or an endless note; only in the window."""
    story = quoted()
    with story.refuses("right.missing"):
        story.ines.asks("check", contribution=3)
    with story.refuses("right.missing"):
        story.cleo.asks("check", contribution=3)
    with story.refuses("text.empty"):
        story.ines.asks("check", contribution=1, note=" ")
    with story.refuses("text.too_long", "1000"):
        story.ines.asks("check", contribution=1, note="x" * 1001)
    story.ines.withdraws(1)
    with story.refuses("contribution.gone"):
        story.ines.asks("check", contribution=1)
    story.organiser.moves_to("archived")
    with story.refuses("phase.not_live"):
        story.ines.asks("check", contribution=2)


def test_what_was_asked_goes_with_the_text() -> None:
    """Where a contribution is erased, what its speaker wanted corrected is gone too."""
    story = quoted()
    story.ines.asks("check", contribution=1, note="Three metres.")
    story.organiser.erases(1)
    left = forgotten(story)
    assert "Three metres" not in str(left)
    again = fold(left)
    for state in (again, story.state):
        state.answered.clear()
    assert again == story.state
