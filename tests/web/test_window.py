"""How often an address may do something."""

import pytest

from fishbowl.web.window import Window, address_of
from tests.fakes import FakeClock


def test_so_many_and_no_more(clock: FakeClock) -> None:
    """An address gets its number; another address has its own; the wait it is told is enough."""
    window = Window(clock, 3, 600)
    assert [window.enter("a") for _ in range(3)] == [None, None, None]
    wait = window.enter("a")
    assert wait is not None
    assert window.enter("b") is None
    clock.advance(1200)
    assert window.enter("a") is None


def test_no_burst_at_the_border(clock: FakeClock) -> None:
    """Waiting for a new span does not give twice the number at its border."""
    window = Window(clock, 100, 600)
    clock.advance(590)
    assert [window.enter("a") for _ in range(100)] == [None] * 100
    clock.advance(20)
    assert window.enter("a") is not None


def test_the_wait_is_true(clock: FakeClock) -> None:
    """Whoever waits as long as they were told is let in."""
    window = Window(clock, 10, 600)
    for _ in range(40):
        while (wait := window.enter("a")) is None:
            clock.advance(7)
        clock.advance(wait)
        assert window.enter("a") is None


def test_quiet_addresses_are_forgotten(clock: FakeClock) -> None:
    """Nothing is kept of addresses that have been quiet for a whole span, however many came by."""
    window = Window(clock, 3, 600)
    for n in range(1000):
        window.enter(f"address {n}")
        clock.advance(1)
    assert len(window) == 600
    clock.advance(1200)
    window.enter("another")
    assert len(window) == 1


def test_no_limit(clock: FakeClock) -> None:
    """0 lifts the limit."""
    window = Window(clock, 0, 600)
    assert all(window.enter("a") is None for _ in range(10_000))


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("192.0.2.7", "192.0.2.7", True),
        ("192.0.2.7", "192.0.2.8", False),
        ("2001:db8::1", "2001:db8::ffff:2", True),
        ("2001:db8::1", "2001:db8:0:1::1", False),
        ("::ffff:192.0.2.7", "192.0.2.7", True),
        ("fe80::1%eth0", "fe80::2", True),
    ],
)
def test_who_counts_as_one(one: str, other: str, same: bool) -> None:
    """An IPv4 address counts as one, and of IPv6 the /64 that one customer is given."""
    assert (address_of((one, 1)) == address_of((other, 2))) is same


def test_no_address() -> None:
    """A connection without an address, and one with a strange one, are counted all the same."""
    assert address_of(None) == ""
    assert address_of(("testclient", 1)) == "testclient"
