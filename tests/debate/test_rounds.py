"""Closed rounds: a group has the circle to itself for a while, then gets up together. RULES, "Seats"."""

from __future__ import annotations

from fishbowl.debate.events import RoundEnded, RoundExtended, RoundStarted, SeatFreed, SeatTaken
from tests.debate.stories import Story, begun


def held(story: Story) -> dict[int, str | None]:
    """Who sits where."""
    return {number: seat.holder for number, seat in story.state.seats.items() if seat.held}


def test_a_group_sits_down_together() -> None:
    """Whoever else sits gets up, and the group has the circle, on further seats if need be."""
    story = begun("cleo dan eva fay gus", round_seconds=600)
    story.cleo.takes_seat()
    group = ("dan", "eva", "fay", "gus")
    assert story.chair.asks("start_round", people=list(group), title=" The boat owners ") == [
        *("round.started", "seat.lent", "seat.lent", "seat.freed"),
        *("seat.taken", "seat.taken", "seat.taken", "seat.opened", "seat.taken"),
    ]
    assert story.last(RoundStarted) == RoundStarted(
        people=group, until=story.now + 600_000, title="The boat owners"
    )
    assert held(story) == {3: "dan", 1: "eva", 2: "fay", 4: "gus"}
    assert story.last(SeatTaken).why == "round"


def test_it_swaps_for_the_next() -> None:
    """Another round takes the place of the one that runs: one group up, the next down, in one turn."""
    story = begun("cleo dan eva fay", {"seats": {"open": 2}}, round_seconds=60)
    story.chair.asks("start_round", people=["cleo", "dan"])
    story.passes(30)
    played = story.chair.asks("start_round", people=["eva", "dan"])
    assert played == ["round.ended", "round.started", "seat.freed", "seat.taken"]
    assert story.last(RoundEnded) == RoundEnded(why="next")
    assert story.last(SeatFreed).person == "cleo"
    assert held(story) == {3: "eva", 4: "dan"}, "who is in both keeps the seat"
    assert story.state.round is not None
    assert story.state.round.until == story.now + 60_000


def test_its_time_is_over() -> None:
    """At the end of its minutes the group gets up by itself, all of it; speakers lend their seats."""
    story = begun("cleo dan", round_seconds=60)
    story.chair.asks("start_round", people=["ines", "cleo"])
    story.passes(59)
    assert held(story) == {1: "ines", 3: "cleo"}
    assert story.passes(1) == ["round.ended", "seat.lent", "seat.freed"]
    assert story.last(RoundEnded) == RoundEnded(why="over")
    assert story.state.round is None
    assert held(story) == {}


def test_the_chair_ends_it() -> None:
    """At any time; where no round has its minutes, only so."""
    story = begun("cleo dan")
    assert story.chair.asks("end_round") == [], "none runs"
    story.chair.asks("start_round", people=["cleo"])
    story.passes(3600)
    assert held(story) == {3: "cleo"}
    assert story.chair.asks("end_round") == ["round.ended", "seat.freed"]
    assert story.last(SeatFreed).why == "round"


def test_the_circle_is_closed() -> None:
    """While it runs nobody sits down by themselves, nothing is offered, nobody is asked; hands may go up."""
    story = begun("cleo dan", {"seats": {"open": 2}})
    story.admits("sol", "speaker", "Sol Quay")
    story.chair.asks("start_round", people=["cleo"])
    with story.refuses("round.running"):
        story.dan.takes_seat()
    with story.refuses("round.running"):
        story.dan.takes_seat(4)
    assert story.dan.raises_hand() == ["hand.raised"]
    assert story.sol.arrives() == [], "a speaker waits as well"
    with story.refuses("round.running"):
        story.ines.takes_seat(1)
    assert story.chair.asks("end_round") == [
        *("round.ended", "seat.freed", "seat.taken", "seat.offered"),
    ], "then the speaker sits down, and the first hand is asked"


def test_whom_the_chair_brings_in() -> None:
    """Whom the chair seats or invites is of the round, and gets up with it."""
    story = begun("cleo dan eva", {"seats": {"open": 3}}, round_seconds=60)
    story.chair.asks("start_round", people=["cleo"])
    story.chair.seats("dan")
    story.chair.invites("eva")
    assert story.eva.takes_seat() == ["seat.taken"]
    assert story.state.round is not None
    assert story.state.round.people == ["cleo", "dan", "eva"]
    story.passes(60)
    assert held(story) == {}


def test_an_offer_is_taken_back() -> None:
    """A seat that was just offered to somebody is the group's; their hand stays up."""
    story = begun("cleo dan")
    story.dan.raises_hand()
    assert story.chair.asks("start_round", people=["cleo"]) == [
        *("round.started", "seat.lent", "seat.lent", "seat.declined", "seat.taken"),
    ]
    assert story.hands == ["dan"]


def test_getting_up_early() -> None:
    """Whoever gets up is out of the round; when nobody of it sits, it is over."""
    story = begun("cleo dan", {"seats": {"open": 2}})
    story.chair.asks("start_round", people=["cleo", "dan"])
    assert story.cleo.leaves_seat() == ["seat.freed"]
    with story.refuses("round.running"):
        story.cleo.takes_seat()
    assert story.dan.leaves() == ["seat.freed", "person.left", "round.ended"]
    assert story.last(RoundEnded) == RoundEnded(why="left")


def test_more_time() -> None:
    """The chair gives the round more time as often as needed, its group once."""
    story = begun("cleo dan", {"seats": {"open": 2}}, round_seconds=60)
    with story.refuses("seat.no_clock"):
        story.chair.asks("extend", seconds=30)
    story.chair.asks("start_round", people=["cleo", "dan"])
    end = story.now + 60_000
    assert story.chair.asks("extend", seconds=30) == ["round.extended"]
    assert story.last(RoundExtended) == RoundExtended(until=end + 30_000)
    assert story.cleo.extends_turn() == ["round.extended"]
    assert story.last(RoundExtended) == RoundExtended(until=end + 90_000, own=True)
    with story.refuses("seat.extended"):
        story.dan.extends_turn()
    story.chair.asks("extend", seconds=30)
    story.passes(179)
    assert story.state.round is not None
    story.passes(1)
    assert story.state.round is None


def test_its_clock_stands_still() -> None:
    """While paused, frozen or down."""
    story = begun("cleo", round_seconds=60)
    story.chair.asks("start_round", people=["cleo"])
    story.chair.moves_to("paused")
    story.passes(500)
    story.chair.moves_to("live")
    story.chair.freezes()
    story.passes(500)
    story.chair.thaws()
    story.passes(59)
    assert story.state.round is not None
    assert "round.ended" in story.passes(1)


def test_who_can_be_in_it() -> None:
    """Participants and speakers who are there, as many as find a seat that is not kept for a speaker."""
    story = begun("cleo " + " ".join(f"p{n}" for n in range(24)))
    with story.refuses("person.unknown"):
        story.chair.asks("start_round", people=["nobody"])
    with story.refuses("person.unknown"):
        story.chair.asks("start_round", people=["chair"])
    story.chair.sets_door("approve")
    story.asker.joins()
    with story.refuses("person.unknown"):
        story.chair.asks("start_round", people=["cleo", "asker"])
    story.admits("sol", "speaker", "Sol Quay")
    with story.refuses("seat.too_many", "23"):
        story.chair.asks("start_round", people=[f"p{n}" for n in range(24)])
    story.chair.asks("start_round", people=[f"p{n}" for n in range(23)])
    assert len(held(story)) == 23
    with story.refuses("bad_request", "U+0007"):
        story.chair.asks("start_round", people=["cleo"], title="a\x07b")


def test_the_end_of_the_circle() -> None:
    """With the debate's end the round is over too."""
    story = begun("cleo")
    story.chair.asks("start_round", people=["cleo"])
    story.chair.moves_to("wrap_up", "correction")
    assert story.state.round is None
