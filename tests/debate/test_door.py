"""A door with somebody at it: who waits, who is let in, who is turned away.

RULES, "Who may read, who may join".
"""

from fishbowl.debate.commands import Change, Join
from fishbowl.debate.events import PersonAdmitted, PersonJoined
from tests.debate.stories import Story, begun, opened


def waiting(people: str, **definition: object) -> Story:
    """Live, with `people` before the door."""
    story = begun("", {"door": "approve", **definition})
    for person in people.split():
        getattr(story, person).joins()
    return story


def test_waiting_at_the_door() -> None:
    """Whoever joins waits, is not counted, and gives no command."""
    story = waiting("cleo")
    assert story.last(PersonJoined).waiting
    assert (story.state.joined, story.person("cleo").waiting) == (0, True)
    for asks in (story.cleo.posts, story.cleo.raises_hand, story.cleo.takes_seat):
        with story.refuses("door.waiting"):
            asks()
    for acts in (story.chair.seats, story.chair.invites, story.chair.mutes):
        with story.refuses("person.unknown"):
            acts("cleo")


def test_let_in() -> None:
    """By chair or moderators; from then on they are a participant like any other."""
    story = waiting("cleo dan")
    story.admits("mo", "moderator")
    assert story.mo.lets_in("cleo") == ["person.admitted"]
    assert story.chair.lets_in("cleo") == [], "they are in"
    assert (story.state.joined, story.person("cleo").waiting) == (1, False)
    assert story.cleo.posts() == 1
    with story.refuses("right.missing"):
        story.cleo.lets_in("dan")


def test_turned_away() -> None:
    """They wait no more and may do nothing; on second thoughts they are let in."""
    story = waiting("cleo")
    assert story.chair.turns_away("cleo") == ["person.admitted"]
    assert story.last(PersonAdmitted).on is False
    assert story.chair.turns_away("cleo") == []
    assert not story.person("cleo").waiting
    with story.refuses("door.turned_away"):
        story.cleo.posts()
    assert story.chair.lets_in("cleo") == ["person.admitted"]
    assert story.cleo.posts() == 1


def test_two_moderators_at_one_door() -> None:
    """Who was let in by one is not turned away by the other, who is told."""
    story = waiting("cleo")
    story.admits("mo", "moderator")
    story.chair.lets_in("cleo")
    with story.refuses("person.not_waiting", "in, or have gone"):
        story.mo.turns_away("cleo")
    with story.refuses("person.unknown"):
        story.mo.lets_in("nobody")


def test_going_instead_of_waiting() -> None:
    """Who waits may go; nobody lets them in afterwards, and joining again is waiting again."""
    story = waiting("cleo")
    assert story.cleo.leaves() == ["person.left"]
    assert story.state.joined == 0
    with story.refuses("person.not_waiting"):
        story.chair.lets_in("cleo")
    story.play("cleo2", Join(person="cleo2", choice=7))
    assert [person.person for person in story.state.at_the_door()] == ["cleo2"]


def test_blocked_before_the_door() -> None:
    """Whoever is blocked while waiting waits no more."""
    story = waiting("cleo")
    assert story.chair.blocks("cleo") == ["person.left", "person.blocked"]
    assert story.state.at_the_door() == []
    with story.refuses("person.not_waiting"):
        story.chair.lets_in("cleo")


def test_the_door_is_opened() -> None:
    """At an open door nobody waits: they come in by themselves, in the order in which they came."""
    story = waiting("cleo dan")
    assert story.chair.sets_door("open") == ["door.set", "person.admitted", "person.admitted"]
    assert story.last(PersonAdmitted).person == "dan"
    assert story.dan.posts() == 1


def test_another_door_does_not_let_them_in() -> None:
    """With a code, or shut, whoever waits goes on waiting, and can still be let in."""
    story = waiting("cleo dan")
    story.chair.sets_door("code", "pier")
    story.chair.sets_door("shut")
    assert len(story.state.at_the_door()) == 2
    assert story.chair.lets_in("cleo") == ["person.admitted"]


def test_room_for_so_many() -> None:
    """`max_people` bounds who is in: nobody is let into a full debate, and at an open door they come in as
    others leave.
    """
    story = waiting("cleo dan eva", max_people=1)
    story.chair.lets_in("cleo")
    with story.refuses("door.full"):
        story.chair.lets_in("dan")
    with story.refuses("door.full"):
        story.fay.joins()
    assert story.chair.sets_door("open") == ["door.set"]
    assert story.cleo.leaves() == ["person.left", "person.admitted"]
    assert story.play("organiser", Change(max_people=2)) == ["debate.changed", "person.admitted"]


def test_only_while_one_may_join() -> None:
    """Nobody is let in once the debate is over."""
    story = waiting("cleo")
    story.chair.moves_to("wrap_up", "correction")
    with story.refuses("phase.not_live"):
        story.chair.lets_in("cleo")


def test_a_name_that_waits_too() -> None:
    """Who waits with a name that waits is let in under the one they were given."""
    story = opened("", {"door": "approve"}, names="free", moderation="hold")
    story.play("cleo", Join(person="cleo", choice=7, name="Nora Lind"))
    given = story.person("cleo").name
    story.chair.lets_in("cleo")
    assert (story.person("cleo").name, story.person("cleo").asked_name) == (given, "Nora Lind")
    assert story.chair.asks("release_name", person="cleo") == ["person.renamed"]
