"""Joining by the door, being invited, leaving. RULES, "Who may read, who may join"."""

import pytest

from fishbowl.debate.commands import Admit, Change, Join
from fishbowl.debate.events import PersonInvited, PersonJoined
from fishbowl.debate.vocabulary import CLOCK, Role
from tests.debate.stories import begun, drafted, opened

# The door


def test_joining() -> None:
    """Whoever comes in by an open door is a participant with a pseudonym and a handle of it."""
    story = opened()
    assert story.cleo.joins() == ["person.joined"]
    joined = story.last(PersonJoined)
    assert joined.name is not None
    assert joined.handle == joined.name.replace(" ", "")
    assert (story.person("cleo").role, story.state.joined) == ("participant", 1)


def test_everybody_has_a_name_of_their_own() -> None:
    """Two who would be called the same are not."""
    story = opened()
    for person in ("one", "two", "three"):
        story.play(person, Join(person=person, choice=41))
    assert len({story.person(person).name for person in ("one", "two", "three")}) == 3


def test_a_name_once_given_is_not_given_again() -> None:
    """The name of somebody who left goes to nobody else."""
    story = opened()
    story.play("one", Join(person="one", choice=41))
    story.one.leaves()
    story.play("two", Join(person="two", choice=41))
    assert story.person("one").name != story.person("two").name


@pytest.mark.parametrize("phase", ["lobby", "live", "paused", "wrap_up"])
def test_joining_while_there_is_a_circle(phase: str) -> None:
    """One may join from the lobby to wrap-up."""
    story = opened()
    story.chair.moves_to(*{"lobby": [], "live": ["live"]}.get(phase, ["live", phase]))
    assert story.cleo.joins() == ["person.joined"]


@pytest.mark.parametrize("phases", [[], ["announced"], ["live", "wrap_up", "correction"]])
def test_joining_too_early_or_late(phases: list[str]) -> None:
    """Before the lobby and from correction on nobody joins, and the message says when."""
    story = drafted()
    story.chair.moves_to(*phases)
    with story.refuses("phase.not_live", "lobby to wrap_up"):
        story.cleo.joins()


def test_a_shut_door() -> None:
    """By a shut door nobody joins; who is in stays in."""
    story = opened("cleo")
    story.chair.sets_door("shut")
    with story.refuses("door.shut"):
        story.dan.joins()
    assert story.cleo.raises_hand() == ["hand.raised", "seat.offered"]


def test_a_door_with_a_code() -> None:
    """By a door with a code one joins with the code; case and blanks do not count."""
    story = opened()
    story.chair.sets_door("code", "Pier 7")
    for code in (None, "", "pier 8", "Pier", "pier 77"):
        with story.refuses("door.wrong_code"):
            story.cleo.joins(code)
    assert story.cleo.joins(" pier7 ") == ["person.joined"]
    story.chair.sets_door("open")
    assert story.dan.joins("whatever") == ["person.joined"]


def test_a_full_debate() -> None:
    """`max_people` bounds how many are in; who leaves makes room; invited people do not count."""
    story = opened("cleo dan", {"max_people": 2})
    with story.refuses("door.full", "2 people"):
        story.eva.joins()
    story.admits("nora", "speaker", "Nora Lind")
    story.cleo.leaves()
    assert story.eva.joins() == ["person.joined"]
    story.play("organiser", Change(max_people=1))
    assert story.dan.raises_hand() == ["hand.raised", "seat.offered"], "nobody is put out"


# Leaving


def test_leaving() -> None:
    """Who leaves gives up seat and hand, and is no longer counted."""
    story = begun("cleo dan")
    story.cleo.takes_seat()
    story.dan.raises_hand()
    assert story.cleo.leaves() == ["seat.freed", "person.left", "seat.offered", "circle.eased"]
    assert story.person("cleo").left
    assert story.state.joined == 1


def test_what_was_said_stays() -> None:
    """The contributions of somebody who left stay, with their name."""
    story = begun("cleo")
    story.cleo.posts("Ours to keep.")
    name = story.person("cleo").name
    story.cleo.leaves()
    assert story.contribution(1).text == "Ours to keep."
    assert story.person("cleo").name == name


def test_coming_again() -> None:
    """Who left and joins again is somebody new."""
    story = begun("cleo")
    story.cleo.leaves()
    story.play("cleo2", Join(person="cleo2", choice=7))
    assert story.cleo2.raises_hand() == ["hand.raised", "seat.offered"]


def test_leaving_with_a_link_of_ones_own() -> None:
    """Speakers, chair and moderators stay known: leaving takes them out of the circle, if they are in it."""
    story = begun()
    story.admits("mo", "moderator")
    assert story.ines.leaves() == ["seat.lent"]
    assert story.chair.leaves() == []
    assert story.mo.leaves() == []
    story.mo.posts("Still here.")
    assert not any(person.left for person in story.state.people.values())


# Invited people


@pytest.mark.parametrize(
    ("role", "name"), [("chair", "Chair 2"), ("moderator", "Moderator"), ("organiser", "Organiser 2")]
)
def test_a_role_without_a_name(role: str, name: str) -> None:
    """Whoever gets a role's link without a name is called by the role, numbered when taken."""
    story = drafted()
    assert story.admits("mo", role) == ["person.invited"]
    invited = story.last(PersonInvited)
    assert (invited.name, invited.handle) == (name, name.replace(" ", ""))


def test_a_further_speaker() -> None:
    """A speaker invited later has a reserved seat of their own, taken when they come."""
    story = begun("cleo")
    assert story.admits("nora", "speaker", " Nora  Lind ") == ["person.invited", "seat.opened"]
    assert story.person("nora").name == "Nora Lind"
    assert (story.seat(4).kind, story.seat(4).speaker, story.seat(4).state) == ("reserved", "nora", "free")
    assert story.nora.arrives() == ["seat.taken"]


def test_a_name_is_one_persons() -> None:
    """Nobody is invited under a name somebody has, upper or lower case, or that cannot be shown."""
    story = opened("cleo")
    with story.refuses("name.taken", "ines falk"):
        story.admits("other", "speaker", "ines falk")
    with story.refuses("name.taken"):
        story.admits("other", "chair", story.person("cleo").name)
    with story.refuses("bad_request", "name"):
        story.admits("other", "speaker", "Nora\u202eLind")


def test_a_co_chair_is_a_chair() -> None:
    """A co-chair may do what the chair may."""
    story = begun()
    story.admits("ada", "chair")
    assert story.ada.freezes() == ["floor.frozen"]
    assert story.ada.moves_to("wrap_up") == ["phase.moved"]


def test_who_issues_links() -> None:
    """Links are the organiser's to issue, until the debate is archived."""
    story = begun()
    command = Admit(person="mo", role=Role.MODERATOR)
    for person in ("chair", "ines", CLOCK):
        with story.refuses("right.missing"):
            story.play(person, command)
    story.chair.moves_to("wrap_up", "correction", "archived")
    with story.refuses("phase.not_live"):
        story.play("organiser", command)
