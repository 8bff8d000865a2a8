"""Holders whose connection drops: away for a while, visibly, then their seat is freed. RULES, "Seats"."""

from fishbowl.debate.events import SeatAway, SeatFreed, SeatLent
from tests.debate.stories import NOON, begun, drafted


def test_away_is_seen() -> None:
    """A holder whose connection drops keeps the seat for 90 s, and everybody sees that they are away."""
    story = begun("cleo")
    story.cleo.takes_seat()
    assert story.cleo.drops() == ["seat.away"]
    assert story.last(SeatAway) == SeatAway(seat=3, person="cleo", until=NOON + 90_000)
    assert (story.seat(3).state, story.seat(3).holder) == ("away", "cleo")
    assert story.passes(89.999) == []


def test_back_in_time() -> None:
    """Who is back in time has the seat as before, with no clock."""
    story = begun("cleo")
    story.cleo.takes_seat()
    story.cleo.drops()
    story.passes(89)
    assert story.cleo.arrives() == ["seat.back"]
    assert (story.seat(3).state, story.seat(3).until, story.seat(3).since) == ("taken", None, NOON)
    assert story.passes(600) == []


def test_away_too_long() -> None:
    """After 90 s the seat is freed."""
    story = begun("cleo")
    story.cleo.takes_seat()
    story.cleo.drops()
    assert story.passes(90) == ["seat.freed"]
    assert story.last(SeatFreed) == SeatFreed(seat=3, person="cleo", why="away")
    assert story.cleo.arrives() == []
    assert story.state.seat_of("cleo") is None


def test_a_speaker_away_too_long() -> None:
    """A speaker's seat is lent instead, and stays theirs to come back to."""
    story = begun()
    story.ines.drops()
    assert story.passes(90) == ["seat.lent"]
    assert story.last(SeatLent).why == "away"
    assert story.ines.arrives() == []
    assert story.ines.takes_seat() == ["seat.taken"]


def test_a_borrower_away_too_long() -> None:
    """A borrowed seat whose borrower stays away is lent again."""
    story = begun("cleo")
    story.ines.leaves_seat()
    story.cleo.takes_seat(1)
    story.cleo.drops()
    story.passes(90)
    assert story.seat(1).state == "lent"


def test_the_freed_seat_goes_on() -> None:
    """A seat freed because its holder stayed away is offered to the first hand."""
    story = begun("cleo dan", turn_seconds=0)
    story.cleo.takes_seat()
    story.dan.raises_hand()
    story.cleo.drops()
    assert story.passes(90)[-3:] == ["seat.freed", "seat.offered", "circle.eased"]
    assert story.seat(3).holder == "dan"


def test_every_drop_has_the_full_time() -> None:
    """Who drops again has the full time again."""
    story = begun("cleo")
    story.cleo.takes_seat()
    story.cleo.drops()
    story.passes(80)
    story.cleo.arrives()
    story.cleo.drops()
    assert story.seat(3).until == NOON + 170_000


def test_away_is_a_rule() -> None:
    """How long a holder may be away is a rule."""
    story = begun("cleo", away_seconds=10)
    story.cleo.takes_seat()
    story.cleo.drops()
    assert story.passes(10) == ["seat.freed"]


def test_an_away_holder_keeps_being_seated() -> None:
    """An away seat is taken: nobody else sits there, and its holder takes no other."""
    story = begun("cleo dan", {"seats": {"open": 2}})
    story.cleo.takes_seat()
    story.cleo.drops()
    with story.refuses("seat.taken"):
        story.dan.takes_seat(3)
    with story.refuses("seat.already_seated"):
        story.cleo.takes_seat(4)


def test_seated_while_away() -> None:
    """Somebody the chair seats who is not connected is away from the first moment."""
    story = begun("cleo")
    story.cleo.drops()
    assert story.chair.seats("cleo") == ["seat.taken", "seat.away"]


def test_an_absent_hand_is_asked_too() -> None:
    """A hand whose owner dropped keeps its place and is asked; who takes no notice loses the turn."""
    story = begun("cleo dan")
    story.chair.freezes()
    story.cleo.raises_hand()
    story.dan.raises_hand()
    story.cleo.drops()
    story.chair.thaws()
    assert story.seat(3).holder == "cleo"
    assert story.passes(30) == ["seat.declined", "hand.lowered", "seat.offered"]
    assert story.seat(3).holder == "dan"


def test_away_in_a_pause() -> None:
    """In a pause a drop is seen, and its clock stands."""
    story = begun("cleo")
    story.cleo.takes_seat()
    story.chair.moves_to("paused")
    assert story.cleo.drops() == ["seat.away"]
    assert story.passes(600) == []
    story.chair.moves_to("live")
    assert story.passes(89.999) == []
    assert story.passes(0.001) == ["seat.freed"]


def test_nobody_is_away_before_the_lobby() -> None:
    """Back in `announced` the circle stays as it was: nobody is away, no clock runs, until the lobby."""
    story = begun("cleo")
    story.cleo.takes_seat()
    story.chair.moves_to("lobby", "announced")
    assert story.cleo.drops() == []
    assert story.passes(600) == []
    assert story.seat(3).holder == "cleo"
    assert story.chair.moves_to("lobby") == ["phase.moved", "seat.away"]


def test_leaving_beats_away() -> None:
    """Who drops while their seat is closing keeps the grace they were given, no more."""
    story = begun("cleo")
    story.cleo.takes_seat()
    story.chair.closes_seat(3)
    assert story.cleo.drops() == []
    assert story.seat(3).state == "leaving"
    assert story.passes(60) == ["seat.freed", "seat.closed"]


# The service stops and starts


def test_at_a_start_everybody_is_away() -> None:
    """At a start every holder is away with the full time, also who was away before."""
    story = begun("cleo dan", {"seats": {"open": 2}})
    story.cleo.takes_seat()
    story.dan.takes_seat()
    story.dan.drops()
    story.passes(60)
    started = story.service_is_down(600)
    assert started == ["service.resumed", *["seat.away"] * 4]
    assert {story.seat(number).until for number in (1, 2, 3, 4)} == {story.now + 90_000}


def test_they_come_back_after_a_start() -> None:
    """Who is back within the time sits as before."""
    story = begun("cleo")
    story.cleo.takes_seat()
    story.service_is_down(3600)
    story.passes(80)
    assert story.cleo.arrives() == ["seat.back"]
    assert story.ines.arrives() == ["seat.back"]
    assert story.passes(10) == ["seat.lent"]
    assert story.seat(2).state == "lent"


def test_a_start_without_a_circle() -> None:
    """Where there is no circle a start is no record."""
    story = drafted()
    assert story.service_is_down(60) == []
    story.chair.moves_to("announced")
    assert story.service_is_down(60) == []
    story.chair.moves_to("live", "wrap_up", "correction")
    assert story.service_is_down(60) == []
