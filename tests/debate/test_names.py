"""Names that people choose: what is taken, what is refused, what waits, and being called otherwise."""

from __future__ import annotations

import pytest

from fishbowl.debate.commands import Join
from fishbowl.debate.events import NameHeld, PersonJoined, PersonRenamed
from tests.debate.stories import Story, begun, opened


def coming(story: Story, person: str, name: str | None) -> list[str]:
    return story.play(person, Join(person=person, choice=41, name=name))


def test_a_chosen_name() -> None:
    """Where names are free one is called what one chose, as it is kept, with a handle of it."""
    story = opened(names="free")
    assert coming(story, "cleo", "  Cleo   Ó Néill ") == ["person.joined"]
    assert (story.person("cleo").name, story.person("cleo").handle) == ("Cleo Ó Néill", "CleoONeill")


@pytest.mark.parametrize("name", [None, "", "  "])
def test_no_name_chosen(name: str | None) -> None:
    """Without a name one is given a pseudonym."""
    story = opened(names="free")
    coming(story, "cleo", name)
    assert story.person("cleo").name == story.last(PersonJoined).name != ""


def test_a_name_that_is_not_asked_for() -> None:
    """Where pseudonyms are given, a name sent along is ignored, whatever it is."""
    story = opened()
    coming(story, "cleo", "Chair\u202e")
    assert "Chair" not in (story.person("cleo").name or "")


@pytest.mark.parametrize(
    "name",
    [
        *("Ines Falk", "ines falk", "Іnеs Falk", "I n e s F a l k", "Ines Falk!", "Ines Fa1k", "lnes FaIk"),
        *("Real Ines Falk", "Chair", "СНАIR", "Moderatorin", "Dan (Speaker)"),
        *("Harbour Trust", "The Harbour Trust"),
    ],
)
def test_a_name_that_looks_like_another(name: str) -> None:
    """Nobody is called what a reader would take for a speaker, a role or the organisation."""
    story = opened(definition={"organisation": "Harbour Trust"}, names="free")
    with story.refuses("name.looks_like"):
        coming(story, "cleo", name)
    coming(story, "cleo", "Cleo")
    with story.refuses("name.looks_like"):
        story.cleo.asks("rename", name=name)


def test_a_name_of_a_participant() -> None:
    """A participant's name is theirs, also after they left; it may stand in a longer one."""
    story = opened(names="free")
    coming(story, "cleo", "Cleo")
    with story.refuses("name.looks_like", "initial"):
        coming(story, "dan", "Сlео")
    assert coming(story, "dan", "Cleo Marsh") == ["person.joined"]
    story.cleo.leaves()
    with story.refuses("name.looks_like"):
        coming(story, "eva", "cleo")


@pytest.mark.parametrize(
    ("name", "words"),
    [("No\u200bra", "cannot be seen"), ("Nora\nLind", "one line"), ("***", "letter"), ("N" * 61, "too long")],
)
def test_a_name_that_is_none(name: str, words: str) -> None:
    """What is no name is refused with what to do."""
    story = opened(names="free")
    with story.refuses("name.unfit", words):
        coming(story, "cleo", name)


def test_being_called_otherwise() -> None:
    """A new name goes along to everything, with a handle of its own; the old handle is nobody else's."""
    story = begun(names="free")
    coming(story, "cleo", "Cleo")
    story.cleo.posts("Ours to keep.")
    assert story.cleo.asks("rename", name="Cleo Marsh") == ["person.renamed"]
    assert (story.person("cleo").name, story.person("cleo").handle) == ("Cleo Marsh", "CleoMarsh")
    coming(story, "dan", "Cleo")
    assert story.person("dan").handle == "Cleo2"


def test_the_same_name_again() -> None:
    """Asking for the name one has changes nothing; its capitals may change, and the handle stays."""
    story = begun(names="free")
    coming(story, "cleo", "cleo")
    assert story.cleo.asks("rename", name="cleo") == []
    story.cleo.asks("rename", name="Cleo")
    assert story.last(PersonRenamed) == PersonRenamed(person="cleo", name="Cleo", handle="Cleo")


def test_names_change_at_a_walk() -> None:
    """Between two changes lie thirty seconds, and the refusal says how many are left."""
    story = begun(names="free")
    coming(story, "cleo", "Cleo")
    story.cleo.asks("rename", name="Cleopatra")
    story.passes(10)
    with story.refuses("pace.too_fast", "20 s"):
        story.cleo.asks("rename", name="Cleo")
    story.passes(20)
    assert story.cleo.asks("rename", name="Cleo") == ["person.renamed"]


def test_given_names_stay() -> None:
    """Where names are given a participant keeps theirs; who came by a link of their own may change it."""
    story = begun("cleo")
    with story.refuses("name.given"):
        story.cleo.asks("rename", name="Cleo")
    assert story.ines.asks("rename", name="Ines Falk-Marsh") == ["person.renamed"]
    assert story.chair.asks("rename", name="Ada Obi") == ["person.renamed"]


@pytest.mark.parametrize(("mode", "why"), [("first", ("first",)), ("hold", ("all",))])
def test_a_name_that_waits(mode: str, why: tuple[str, ...]) -> None:
    """Where moderators look first, a chosen name waits for them; meanwhile there is a pseudonym."""
    story = begun(names="free", moderation=mode)
    assert coming(story, "cleo", "Cleo") == ["person.joined", "name.held"]
    assert story.last(NameHeld).why == why
    given = story.person("cleo").name
    assert given != "Cleo"
    assert story.chair.asks("release_name", person="cleo") == ["person.renamed"]
    assert (story.person("cleo").name, story.person("cleo").asked_name) == ("Cleo", None)
    assert story.chair.asks("release_name", person="cleo") == []
    story.passes(31)
    assert story.cleo.asks("rename", name="Cleo Marsh") == ["name.held"]
    assert story.person("cleo").name == "Cleo"


def test_a_name_that_wounds_waits() -> None:
    """A telephone number for a name waits under every mode."""
    story = begun(names="free")
    assert coming(story, "cleo", "Cleo 07700 900123") == ["person.joined", "name.held"]
    assert story.last(NameHeld).why == ("phone",)


def test_a_name_refused() -> None:
    """They keep the name they have, and know why; another one may be asked for."""
    story = begun(names="free", moderation="hold")
    coming(story, "cleo", "Cleo")
    given = story.person("cleo").name
    assert story.chair.asks("refuse_name", person="cleo", reason="insult") == ["name.refused"]
    person = story.person("cleo")
    assert (person.name, person.asked_name, person.name_refused) == (given, None, "insult")
    assert story.chair.asks("refuse_name", person="cleo") == []
    story.passes(31)
    story.cleo.asks("rename", name="Cleo Marsh")
    assert story.person("cleo").name_refused is None


def test_a_name_taken_while_it_waited() -> None:
    """A name that somebody else has by now is not released."""
    story = begun(names="free", moderation="hold")
    coming(story, "cleo", "Nora")
    coming(story, "dan", "Nora")
    story.chair.asks("release_name", person="cleo")
    with story.refuses("name.looks_like"):
        story.chair.asks("release_name", person="dan")


def test_chair_and_moderators_do_not_wait() -> None:
    """Who moderates is called what they choose at once; a speaker waits."""
    story = begun(names="free", moderation="hold")
    assert story.chair.asks("rename", name="Ada Obi") == ["person.renamed"]
    assert story.ines.asks("rename", name="Ines F.") == ["name.held"]
