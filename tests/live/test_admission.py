"""Who is let in: in all, to one debate, from one address, of one person."""

from __future__ import annotations

from fishbowl.live.admission import Admission
from fishbowl.settings import Settings


def by_default() -> Admission:
    settings = Settings()
    return Admission(settings.connections, settings.per_address, settings.per_person, settings.per_debate)


def test_a_school_behind_one_address_gets_in() -> None:
    """500 people with two devices each, behind one address, by default."""
    admission = by_default()
    assert all(admission.enter("192.0.2.1", "school") for _ in range(1000))
    assert admission.refused == 0


def test_one_address_does_not_take_every_place() -> None:
    """A single machine is stopped; everybody else gets in."""
    admission = by_default()
    taken = sum(admission.enter("192.0.2.1", f"debate-{n}") for n in range(20_000))
    assert taken == 2000
    assert admission.enter("192.0.2.2", "debate-1")


def test_one_debate_does_not_take_every_place() -> None:
    """The most popular debate leaves room for another."""
    admission = by_default()
    taken = sum(admission.enter(f"192.0.2.{n}", "popular") for n in range(20_000))
    assert taken == 15_000
    assert admission.enter("198.51.100.1", "quiet")
    assert admission.refused == 5000


def test_a_place_left_is_free_and_nothing_is_kept_of_it() -> None:
    """Counting back leaves nothing behind, so that nothing grows with everybody who was ever here."""
    admission = Admission(0, 1, 0, 1)
    for _ in range(3):
        assert admission.enter("192.0.2.1", "pond")
        assert not admission.enter("192.0.2.1", "pond")
        admission.leave("192.0.2.1", "pond")
    assert admission.open == 0
    assert (admission._addresses, admission._debates) == ({}, {})
