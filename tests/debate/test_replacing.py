"""A speaker who cancels, and whoever comes instead. RULES: the seat stays, what was said stays."""

from __future__ import annotations

from typing import Any

import pytest

from fishbowl.debate import commands
from fishbowl.debate.refused import Refused
from fishbowl.debate.rights import ADMINISTRATOR
from tests.debate.stories import Story, begun, drafted


def replaces(story: Story, person: str = "ines", name: str = "Nora Lind", **more: Any) -> list[str]:
    """The organiser has Nora speak instead."""
    command = commands.Replace(person=person, successor="nora", name=name, **more)
    return story.play("organiser", command)


def test_before_the_debate() -> None:
    """The new speaker has the seat, and sits down on it by coming; the old one has none."""
    story = drafted()
    done = replaces(story, bio="Keeps bees.", affiliation="Roof gardens")
    assert done == ["person.invited", "person.replaced", "seat.opened"]
    assert (story.seat(1).speaker, story.seat(1).state) == ("nora", "free")
    nora = story.person("nora")
    assert (nora.role, nora.name, nora.bio, nora.affiliation) == (
        *("speaker", "Nora Lind"),
        *("Keeps bees.", "Roof gardens"),
    )
    assert story.person("ines").replaced
    story.chair.moves_to("announced", "lobby")
    story.ines.arrives()
    assert story.seat(1).holder is None
    assert story.nora.arrives() == ["seat.taken"]


def test_while_they_sit() -> None:
    """Whoever is replaced gets up, has no right any more, and what they said stays theirs."""
    story = begun("cleo")
    story.ines.posts("The key is mine.")
    assert replaces(story) == ["seat.lent", "person.invited", "person.replaced", "seat.opened"]
    assert story.contribution(1).author == "ines"
    for act in (story.ines.posts, story.ines.raises_hand, story.ines.takes_seat):
        with story.refuses("right.missing"):
            act()
    story.nora.arrives()
    assert story.seat(1).holder == "nora"
    with story.refuses("person.unknown"):
        story.chair.seats("ines", 3)
    with story.refuses("person.not_speaker"):
        story.chair.asks("open_seat", kind="reserved", person="ines")


def test_a_hand_and_an_offer_end() -> None:
    """What they had in the circle is given up with them."""
    story = begun("cleo dan")
    story.ines.leaves_seat()
    story.cleo.takes_seat(1)
    story.dan.takes_seat()
    story.ines.raises_hand()
    with pytest.raises(Refused, match="Seat 1") as refused:
        replaces(story)
    assert refused.value.code == "seat.taken"
    story.cleo.leaves_seat()
    assert story.state.offer_to("ines") is not None
    assert replaces(story)[:2] == ["seat.declined", "hand.lowered"]
    assert (story.hands, story.seat(1).state, story.seat(1).speaker) == ([], "free", "nora")


def test_a_closed_seat() -> None:
    """A seat that was closed is opened for whoever comes instead."""
    story = drafted()
    story.chair.moves_to("announced", "lobby")
    story.chair.asks("close_seat", seat=1)
    replaces(story)
    assert (story.seat(1).state, story.seat(1).speaker) == ("free", "nora")


@pytest.mark.parametrize(
    ("person", "name", "code"),
    [
        ("cleo", "Nora Lind", "person.not_speaker"),
        ("chair", "Nora Lind", "person.not_speaker"),
        ("nobody", "Nora Lind", "person.unknown"),
        ("ines", "Tomos Rhys", "name.taken"),
        ("ines", "Ines Falk", "name.taken"),
        ("ines", " ", "bad_request"),
    ],
)
def test_refused(person: str, name: str, code: str) -> None:
    """Only a speaker is replaced, by somebody whose name nobody has."""
    story = begun("cleo")
    with story.refuses(code):
        replaces(story, person, name)


def test_twice() -> None:
    """Whoever was replaced cannot be once more; who came instead can."""
    story = begun()
    replaces(story)
    with story.refuses("person.not_speaker"):
        replaces(story, "ines", "Eva Holm")
    command = commands.Replace(person="nora", successor="eva", name="Eva Holm")
    story.play(ADMINISTRATOR, command)
    assert story.seat(1).speaker == "eva"
