"""The laws of a debate, after any play: anybody asks for anything at any time, and people come and go."""

from __future__ import annotations

from types import ModuleType
from typing import Any

import pytest

from fishbowl.debate import chairs_seats, events, evolve_debate, evolve_floor, settle
from fishbowl.debate.events import Event
from fishbowl.debate.folding import FOLDS
from tests.debate.machine import run, wander
from tests.debate.meanings import MEANS
from tests.debate.stories import begun


def test_the_laws_hold() -> None:
    """Whatever anybody asks and whoever comes and goes, every law of a debate holds after every turn."""
    run(examples=40, steps=50)


@pytest.mark.parametrize("seed", range(6))
def test_long_evenings(seed: int) -> None:
    """The laws hold through hundreds of turns of one debate, to its archive."""
    wander(seed, steps=500)


# The checks see what they are there to see.


def caught(seeds: int = 20, **rules: Any) -> bool:
    """Whether a few long evenings go wrong."""
    for seed in range(seeds):
        try:
            wander(seed, steps=300, **rules)
        except (AssertionError, RuntimeError, LookupError, ValueError):
            return True
    return False


def nothing(*arguments: object, **named: object) -> tuple[()]:
    return ()


FEW = (events.SeatTaken, events.HandLowered, events.ServiceResumed, events.ContributionHidden)


@pytest.mark.parametrize("kind", FEW, ids=lambda kind: kind.__name__)
def test_a_missing_fold_is_seen(kind: type[Event], monkeypatch: pytest.MonkeyPatch) -> None:
    """A record that is not taken into the state breaks a law."""
    monkeypatch.setitem(FOLDS, kind, nothing)
    assert caught()


@pytest.mark.parametrize(
    ("module", "name"),
    [
        (evolve_debate, "_move_clocks"),
        (evolve_debate, "_dissolve"),
        (evolve_floor, "_count"),
        (settle, "_come_and_go"),
        (settle, "_offer_next"),
        (settle, "_ask_who_makes_room"),
        (settle, "_lower_stale_hands"),
        (settle, "group_seated"),
    ],
    ids=lambda value: getattr(value, "__name__", value).rpartition(".")[2],
)
def test_a_missing_rule_is_seen(module: ModuleType, name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """A rule that does nothing breaks a law."""
    monkeypatch.setattr(module, name, nothing)
    assert caught()


def test_an_offer_that_is_not_taken_back_is_seen(monkeypatch: pytest.MonkeyPatch) -> None:
    """A seat offered to a second person while the first has not answered breaks a law."""
    monkeypatch.setattr(chairs_seats, "taken_back", nothing)
    story = begun("cleo dan")
    story.cleo.raises_hand()
    story.chair.invites("dan", 3)
    with pytest.raises(AssertionError, match="a_seat_is_what_it_says"):
        story.dan.lowers_hand()


@pytest.mark.parametrize("name", ["let_stay", "warned"])
def test_a_missing_rule_of_turns_is_seen(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where turns end by the clock, a rule of theirs that does nothing breaks a law."""
    monkeypatch.setattr(settle, name, nothing)
    assert caught(exit="timed", turn_seconds=0)


def test_every_record_means_something() -> None:
    """What is checked after each record is written down for every event there is."""
    assert set(MEANS) == set(events.EVENTS.values())


@pytest.mark.long
@pytest.mark.parametrize("kind", [kind for kind in MEANS if kind is not events.DebateCreated])
def test_every_missing_fold_is_seen(kind: type[Event], monkeypatch: pytest.MonkeyPatch) -> None:
    """The same for every event there is."""
    monkeypatch.setitem(FOLDS, kind, nothing)
    assert caught(seeds=60)


@pytest.mark.long
@pytest.mark.parametrize("night", range(12))
def test_the_laws_hold_for_long(night: int) -> None:
    """The laws hold in thousands of longer plays, every time others."""
    run(examples=500, steps=120)
    for seed in range(1_000 + 30 * night, 1_030 + 30 * night):
        wander(seed, steps=2_000)
