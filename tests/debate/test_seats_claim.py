"""Entry `claim`: whoever takes a free open seat first has it. RULES, "Entry"."""

from fishbowl.debate.events import SeatTaken
from tests.debate.stories import begun


def test_first_come() -> None:
    """Whoever takes a free open seat first has it, hands or no hands."""
    story = begun("cleo dan", entry="claim")
    assert story.cleo.raises_hand() == ["hand.raised"]
    assert story.dan.takes_seat() == ["seat.taken", "circle.full"]
    assert story.last(SeatTaken).why == "claimed"
    with story.refuses("seat.none_free", "first in line"):
        story.cleo.takes_seat()


def test_nothing_is_offered() -> None:
    """A seat that is left stands free; no hand is asked."""
    story = begun("cleo dan", entry="claim")
    story.cleo.takes_seat()
    story.dan.raises_hand()
    assert story.cleo.leaves_seat() == ["seat.freed", "circle.eased"]
    assert story.seat(3).state == "free"
    assert story.passes(120) == []
    assert story.dan.takes_seat(3) == ["seat.taken", "hand.lowered"]


def test_an_invitation_comes_first() -> None:
    """A seat the chair has offered to somebody is not free for others to take."""
    story = begun("cleo dan", entry="claim")
    story.chair.invites("cleo")
    for seat in (None, 3):
        with story.refuses("seat.not_first", "offered to somebody else"):
            story.dan.takes_seat(seat)
    story.cleo.lowers_hand()
    assert story.dan.takes_seat() == ["seat.taken"]


def test_entry_is_changed_under_way() -> None:
    """Going over to `claim` lets an offer already made run its course."""
    story = begun("cleo dan")
    story.cleo.raises_hand()
    assert story.chair.sets_rules(entry="claim") == ["rules.changed"]
    with story.refuses("seat.not_first"):
        story.dan.takes_seat()
    assert story.passes(30) == ["seat.declined", "hand.lowered"]
    assert story.dan.takes_seat() == ["seat.taken"]


def test_a_lent_seat_is_free_to_take() -> None:
    """A seat that a speaker lends is taken like any free one, an open one rather."""
    story = begun("cleo dan", entry="claim")
    story.ines.leaves_seat()
    story.cleo.takes_seat()
    assert story.state.seat_of("cleo") is story.seat(3)
    story.dan.takes_seat()
    assert story.state.seat_of("dan") is story.seat(1)
