"""Phases, and what follows from a move; freezing; rules and door under way. RULES, "Phases".

Which moves there are, and whose, is in test_rights.
"""

import pytest

from fishbowl.debate.commands import Change, SetDoor, SetRules
from fishbowl.debate.events import DebateChanged, DoorSet, PhaseMoved, RulesChanged
from fishbowl.debate.settle import next_deadline
from fishbowl.debate.vocabulary import Door
from tests.debate.stories import NOON, begun, drafted, opened

HOUR = 3_600_000


def test_a_whole_evening() -> None:
    """A debate goes from draft to archive, one record a move."""
    story = drafted()
    moves = ["announced", "lobby", "live", "paused", "live", "wrap_up", "correction", "archived"]
    assert story.chair.moves_to(*moves) == ["phase.moved"] * len(moves)
    assert story.state.phase == "archived"


def test_a_move_says_from_where() -> None:
    """The record of a move names both phases."""
    story = drafted()
    story.chair.moves_to("announced")
    assert story.last(PhaseMoved) == PhaseMoved(phase="announced", was="draft")  # type: ignore[arg-type]


def test_where_it_is_already() -> None:
    """Moving to the phase the debate is in changes nothing: of two chairs who click, both are content."""
    story = begun()
    assert story.chair.moves_to("live") == []


def test_no_such_move() -> None:
    """A move that does not exist is refused with those that do."""
    story = begun()
    with story.refuses("phase.no_such_move", "lobby, paused, wrap_up"):
        story.chair.moves_to("correction")
    story.chair.moves_to("wrap_up", "correction", "archived")
    with story.refuses("phase.no_such_move", "nowhere"):
        story.chair.moves_to("live")


def test_skipping_forward() -> None:
    """Draft and announced may skip forward to the lobby or to live."""
    for first in ([], ["announced"]):
        for goal in ("lobby", "live"):
            story = drafted()
            assert story.chair.moves_to(*first, goal)[-1] == "phase.moved"


def test_back_to_the_lobby() -> None:
    """From live back to the lobby the circle stays; from live again the plan goes on from the first start."""
    story = begun("cleo")
    story.cleo.takes_seat()
    story.chair.moves_to("lobby")
    assert story.seat(3).holder == "cleo"
    with story.refuses("phase.not_live"):
        story.cleo.posts()
    story.passes(60)
    story.chair.moves_to("live")
    assert story.state.started_at == NOON


def test_correction_dissolves_the_circle() -> None:
    """With correction the circle is over: nobody sits, no hand, offer, grace or question who makes room."""
    story = begun("cleo dan eva", {"seats": {"open": 2}}, turn_seconds=0)
    story.cleo.takes_seat()
    story.ines.leaves_seat()
    story.dan.raises_hand()
    story.tomos.drops()
    story.chair.closes_seat(3)
    assert story.chair.moves_to("wrap_up")[0] == "phase.moved"
    assert story.chair.moves_to("correction") == ["phase.moved"]
    assert [seat.state for seat in story.state.seats.values()] == ["free"] * 4
    assert all(seat.holder is None and seat.until is None for seat in story.state.seats.values())
    assert story.hands == []
    assert story.state.circle_full is None
    assert story.passes(3600) == []


def test_a_closed_seat_stays_closed() -> None:
    """A seat closed before stays closed when the circle dissolves."""
    story = begun()
    story.chair.closes_seat(3)
    story.chair.moves_to("wrap_up", "correction")
    assert story.seat(3).state == "closed"


def test_the_clock_archives() -> None:
    """After 24 h of correction the clock archives the debate."""
    story = begun()
    story.chair.moves_to("wrap_up", "correction")
    assert next_deadline(story.state) == NOON + 24 * HOUR
    assert story.passes(24 * 3600 - 0.001) == []
    assert story.passes(0.001) == ["phase.moved"]
    assert story.records[-1].by == "clock"
    assert story.state.phase == "archived"
    assert next_deadline(story.state) is None


def test_correction_hours_are_a_rule() -> None:
    """How long correction lasts is a rule; changed meanwhile, the archive moves along; 0 is at once."""
    story = begun(correction_hours=2)
    story.chair.moves_to("wrap_up", "correction")
    story.passes(3600)
    story.chair.sets_rules(correction_hours=5)
    assert next_deadline(story.state) == NOON + 5 * HOUR
    story.chair.sets_rules(correction_hours=0)
    assert story.passes(0) == ["phase.moved"]


def test_archived_while_the_service_was_down() -> None:
    """A correction that ended while the service was down is archived when it starts."""
    story = begun()
    story.chair.moves_to("wrap_up", "correction")
    assert story.service_is_down(48 * 3600) == []
    assert story.clock_strikes() == ["phase.moved"]


def test_the_organiser_archives() -> None:
    """The organiser may end correction, and nothing else from the lobby on."""
    story = begun()
    with story.refuses("phase.no_such_move"):
        story.organiser.moves_to("wrap_up")
    story.chair.moves_to("wrap_up", "correction")
    assert story.organiser.moves_to("archived") == ["phase.moved"]


# Freezing


def test_frozen() -> None:
    """Freezing stops posting without moving the phase; chair and moderators go on."""
    story = begun("cleo")
    story.admits("mo", "moderator")
    assert story.mo.freezes() == ["floor.frozen"]
    for person in (story.cleo, story.ines):
        with story.refuses("floor.frozen", "try again"):
            person.posts()
    story.chair.posts("One moment, please.")
    story.mo.posts("We look into it.")
    assert story.state.phase == "live"
    assert story.chair.thaws() == ["floor.thawed"]
    story.cleo.posts()


def test_frozen_already() -> None:
    """Freezing twice, or thawing what is not frozen, changes nothing."""
    story = begun()
    assert story.chair.thaws() == []
    story.chair.freezes()
    assert story.chair.freezes() == []


def test_frozen_stops_posting_only() -> None:
    """On a frozen floor people still endorse, raise hands and sit down."""
    story = begun("cleo")
    story.chair.posts("Welcome.")
    story.chair.freezes()
    assert story.cleo.endorses(1) == ["contribution.endorsed"]
    assert story.cleo.raises_hand() == ["hand.raised"]
    assert story.cleo.takes_seat() == ["seat.taken", "hand.lowered"]


# Rules and door


def test_rules_are_changed() -> None:
    """The chair changes rules by name; the record carries them all; what is not named stays."""
    story = drafted(grace_seconds=20)
    assert story.chair.sets_rules(entry="claim", turn_seconds=0) == ["rules.changed"]
    rules = story.last(RulesChanged).rules
    assert (rules.entry, rules.turn_seconds, rules.grace_seconds) == ("claim", 0, 20)
    assert story.state.rules == rules
    assert story.chair.sets_rules(entry="claim") == []
    assert story.chair.sets_rules() == []


def test_the_door_is_turned() -> None:
    """The chair turns the door at any time; a code once set is remembered."""
    story = opened()
    with story.refuses("bad_request", "join_code"):
        story.chair.sets_door("code")
    assert story.chair.sets_door("code", "pier 7") == ["door.set"]
    assert story.last(DoorSet) == DoorSet(door=Door.CODE, join_code="pier 7")
    assert story.chair.sets_door("code", "pier 7") == []
    story.chair.sets_door("shut")
    assert story.state.join_code == "pier 7"
    assert story.chair.sets_door("code") == ["door.set"]


@pytest.mark.parametrize("code", ["   ", " a b ", "\n\n\n"])
def test_a_code_is_something_to_type(code: str) -> None:
    """A code of blanks is none: blanks do not count when it is compared."""
    story = opened()
    with story.refuses("bad_request", "3 to 40"):
        story.chair.sets_door("code", code)


# The organiser's changes


def test_the_organiser_changes() -> None:
    """The organiser changes what the definition held; the record names only what is different."""
    story = drafted()
    command = Change(title="Who keeps the harbour?", minutes=60)
    assert story.play("organiser", command) == ["debate.changed"]
    assert story.last(DebateChanged) == DebateChanged(title="Who keeps the harbour?")
    assert story.state.title == "Who keeps the harbour?"
    assert story.play("organiser", command) == []


def test_rules_and_door_beside() -> None:
    """Rules and door changed beside have records of their own."""
    story = drafted()
    change = Change(
        language="cy",
        rules=SetRules(id="r", turn_seconds=0),
        door=SetDoor(id="d", door=Door.CODE, join_code="pier"),
    )
    assert story.play("organiser", change) == ["debate.changed", "rules.changed", "door.set"]


def test_a_door_without_its_code() -> None:
    """The organiser's door needs its code as the chair's does."""
    story = drafted()
    with story.refuses("bad_request", "join_code"):
        story.play("organiser", Change(door=SetDoor(id="d", door=Door.CODE)))


def test_a_value_is_taken_away() -> None:
    """None takes an optional value away."""
    story = drafted({"max_people": 5, "organisation": "Harbour trust"})
    story.play("organiser", Change(max_people=None, organisation=None))
    assert (story.state.max_people, story.state.organisation) == (None, None)
