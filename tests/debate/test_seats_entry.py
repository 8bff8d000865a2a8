"""Entry `least_heard` and `invite`.

RULES, "Entry".
"""

from fishbowl.debate.events import SeatOffered
from tests.debate.stories import begun


def test_the_line_of_the_least_heard() -> None:
    """Fewest times seated, then fewest contributions, then earliest."""
    story = begun("cleo dan eva fay", entry="least_heard", exit="chair")
    story.dan.takes_seat()
    story.chair.frees_seat(3)
    story.chair.seats("fay", 3)
    story.cleo.posts()
    story.cleo.raises_hand()
    story.dan.raises_hand()
    story.eva.raises_hand()
    assert story.hands == ["eva", "cleo", "dan"]
    story.passes(60)
    story.eva.posts()
    assert story.hands == ["cleo", "eva", "dan"], "as many contributions: the earlier hand first"
    story.chair.frees_seat(3)
    assert story.last(SeatOffered).person == "cleo"
    with story.refuses("seat.not_first"):
        story.eva.takes_seat()


def test_a_speaker_whose_seat_is_lent_is_first() -> None:
    """However often they sat."""
    story = begun("cleo dan", entry="least_heard", exit="chair")
    story.chair.frees_seat(1)
    story.cleo.takes_seat(1)
    story.chair.seats("dan", 3)
    story.chair.frees_seat(3)
    story.chair.seats("dan", 3)
    story.ines.raises_hand()
    assert story.hands == ["ines"]


def test_by_invitation_nobody_sits_down_by_themselves() -> None:
    """A free seat is neither offered nor taken; the chair's invitation is."""
    story = begun("cleo dan", entry="invite", exit="chair")
    assert story.cleo.raises_hand() == ["hand.raised"]
    with story.refuses("seat.by_invitation", "chair invites"):
        story.cleo.takes_seat()
    with story.refuses("seat.by_invitation"):
        story.dan.takes_seat(3)
    assert story.chair.invites("dan") == ["seat.offered"]
    assert story.dan.takes_seat() == ["seat.taken"]


def test_by_invitation_a_speaker_takes_the_own_seat_back() -> None:
    """A speaker's seat is theirs under every rule."""
    story = begun("cleo", entry="invite")
    story.ines.leaves_seat()
    assert story.ines.takes_seat() == ["seat.taken"]


def test_the_entry_is_changed_during_the_debate() -> None:
    """From the record on the new order holds: a seat that stood free is offered by it."""
    story = begun("cleo dan", entry="invite")
    story.cleo.raises_hand()
    assert story.chair.sets_rules(entry="least_heard") == ["rules.changed", "seat.offered"]
