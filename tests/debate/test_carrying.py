"""Two streams: the circle's contributions make the floor, others are carried in. RULES, "Posting model"."""

from __future__ import annotations

from typing import Any

import pytest

from fishbowl.debate.events import ContributionCarriedIn, SeatOffered
from fishbowl.debate.state_floor import CarriedIn
from tests.debate.stories import NOON, Story, begun


def two_streams(who: str = "cleo dan", **rules: Any) -> Story:
    """Live, with Ines and Tomos seated; Cleo has said something beside the floor, as contribution 1."""
    story = begun(who, posting="two_stream", pace_per_minute=0, **rules)
    story.cleo.posts("A pool.")
    return story


def test_everybody_contributes() -> None:
    """The circle, the chair and everybody else contribute at once; their circle says into which stream."""
    story = two_streams()
    story.ines.posts()
    story.chair.posts()
    assert [story.contribution(number).circle for number in (1, 2, 3)] == ["outer", "inner", "inner"]


@pytest.mark.parametrize("who", ["ines", "chair"])
def test_carried_in(who: str) -> None:
    """Who sits, or chairs, carries one in: it stays its author's, who is offered the free seat at once."""
    story = two_streams()
    assert getattr(story, who).carries_in(1) == ["contribution.carried_in", "seat.offered"]
    one = story.contribution(1)
    assert (one.author, one.circle) == ("cleo", "outer")
    assert one.carried_in == CarriedIn(who, NOON, story.state.seq - 1)
    assert story.last(ContributionCarriedIn).person == "cleo"
    assert (story.last(SeatOffered).person, story.last(SeatOffered).invited) == ("cleo", False)
    assert story.cleo.takes_seat() == ["seat.taken"]
    assert story.state.promised == {}


def test_who_may_not() -> None:
    """Whoever does not sit, and moderators, carry nothing in; nor a seated person who is muted."""
    story = two_streams()
    story.admits("mo", "moderator")
    for who in ("cleo", "dan", "mo", "organiser"):
        with story.refuses("right.missing"):
            getattr(story, who).carries_in(1)
    story.chair.mutes("ines", 60)
    with story.refuses("person.muted"):
        story.ines.carries_in(1)
    story.dan.takes_seat()
    assert story.dan.carries_in(1) == ["contribution.carried_in"]


def test_frozen() -> None:
    """While the floor is frozen only the chair carries in; the seat is offered once it is thawed."""
    story = two_streams()
    story.chair.freezes()
    with story.refuses("floor.frozen"):
        story.ines.carries_in(1)
    assert story.chair.carries_in(1) == ["contribution.carried_in"]
    with story.refuses("seat.not_first", "carried in"):
        story.dan.takes_seat()
    assert story.chair.asks("freeze", on=False) == ["floor.thawed", "seat.offered"]


def test_what_is_on_the_floor() -> None:
    """What the circle said, or what was carried in already, changes nothing; what is gone cannot be."""
    story = two_streams()
    story.ines.posts()
    story.dan.posts()
    story.chair.carries_in(1)
    for number in (1, 2):
        assert story.chair.carries_in(number) == []
    story.chair.hides(3)
    with story.refuses("contribution.gone"):
        story.ines.carries_in(3)
    with story.refuses("contribution.unknown"):
        story.ines.carries_in(99)


@pytest.mark.parametrize("posting", ["virtual", "classic"])
def test_one_stream(posting: str) -> None:
    """Where there are no two streams, nothing is carried in."""
    story = begun("cleo", posting=posting)
    story.ines.posts()
    with story.refuses("floor.one_stream"):
        story.chair.carries_in(1)


def test_before_the_line() -> None:
    """The next free seat is the author's, before those with a hand up; declined, it goes to the line."""
    story = two_streams("cleo dan eva")
    story.dan.takes_seat()
    story.eva.raises_hand()
    assert story.ines.carries_in(1) == ["contribution.carried_in"]
    assert story.dan.leaves_seat() == ["seat.freed", "seat.offered", "circle.eased"]
    assert story.seat(3).holder == "cleo"
    assert story.cleo.lowers_hand() == ["seat.declined", "seat.offered"]
    assert story.seat(3).holder == "eva"
    assert story.state.promised == {}


def test_an_offer_that_lapses_was_the_offer() -> None:
    """The seat is offered once: who does not answer is not offered the next one."""
    story = two_streams()
    story.ines.carries_in(1)
    assert story.passes(30) == ["seat.declined"]
    assert story.state.promised == {}
    assert story.seat(3).state == "free"


def test_an_offer_taken_back() -> None:
    """Where the chair gives the offered seat to somebody else, the promise stands."""
    story = two_streams()
    story.ines.carries_in(1)
    story.chair.seats("dan", 3)
    assert story.state.promised == {"cleo": 1}
    story.dan.leaves_seat()
    assert story.seat(3).holder == "cleo"


def test_a_speaker_comes_back_first() -> None:
    """A speaker who wants the lent seat back is served before a promise."""
    story = two_streams("cleo dan eva")
    story.dan.takes_seat()
    story.ines.leaves_seat()
    story.eva.takes_seat()
    story.tomos.carries_in(1)
    story.ines.raises_hand()
    story.eva.leaves_seat()
    assert story.seat(1).holder == "ines"
    story.dan.leaves_seat()
    assert story.seat(3).holder == "cleo"


@pytest.mark.parametrize("entry", ["claim", "invite", "least_heard"])
def test_under_every_rule_of_entry(entry: str) -> None:
    """The promise holds however else one gets a seat."""
    story = two_streams(entry=entry)
    assert story.ines.carries_in(1) == ["contribution.carried_in", "seat.offered"]
    with story.refuses("seat.not_first"):
        story.dan.takes_seat()
    story.cleo.takes_seat()


def test_a_seat_each() -> None:
    """Promises are kept in order, one for each person."""
    story = two_streams("cleo dan eva")
    story.dan.posts()
    story.cleo.posts("And a sauna.")
    story.eva.takes_seat()
    for number in (2, 1, 3):
        story.ines.carries_in(number)
    assert story.state.promised == {"dan": 2, "cleo": 1}
    story.eva.leaves_seat()
    assert story.seat(3).holder == "dan"


@pytest.mark.parametrize(
    "end", ["withdraws", "hides", "erases", "leaves", "blocks", "wraps up", "sits elsewhere"]
)
def test_a_promise_ends(end: str) -> None:
    """It ends with the contribution, with its author's part in the debate, and with the last hands."""
    story = two_streams()
    story.dan.takes_seat()
    story.ines.carries_in(1)
    assert story.state.promised == {"cleo": 1}
    match end:
        case "withdraws":
            story.cleo.withdraws(1)
        case "hides":
            story.chair.hides(1)
        case "erases":
            story.organiser.asks("erase", contribution=1, reason="asked for")
        case "leaves":
            story.cleo.leaves()
        case "blocks":
            story.chair.blocks("cleo", "spam")
        case "wraps up":
            story.chair.moves_to("wrap_up")
        case _:
            story.chair.asks("open_seat")
            story.cleo.takes_seat()
    assert story.state.promised == {}


def test_nothing_is_promised_to_who_cannot_use_it() -> None:
    """A moderator's contribution, a seated author's, and one carried in at the end promise nothing."""
    story = two_streams()
    story.admits("mo", "moderator")
    story.mo.posts()
    story.dan.posts()
    story.dan.takes_seat()
    for number in (2, 3):
        story.chair.carries_in(number)
        assert story.last(ContributionCarriedIn).person is None
    story.chair.moves_to("wrap_up")
    assert story.ines.carries_in(1) == ["contribution.carried_in"]
    assert story.state.promised == {}


def test_a_round_comes_first() -> None:
    """While a closed round has the circle nothing is offered; afterwards the promise is kept."""
    story = two_streams("cleo dan")
    story.chair.asks("start_round", people=["dan"])
    assert story.dan.carries_in(1) == ["contribution.carried_in"]
    story.chair.asks("end_round")
    assert story.state.offer_to("cleo") is not None
