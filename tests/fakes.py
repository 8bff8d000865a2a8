"""Stand-ins for what the outside world gives us, so that a test decides what happens and when."""

from fishbowl.clock import from_wire


class FakeClock:
    """A clock that stands still until it is told to go on.

    Both readings advance together. `set_back` and `set_forward` move the wall clock alone, as an
    administrator would.
    """

    def __init__(self, starts_at: str = "2026-01-31T12:00:00.000Z") -> None:
        self._now = from_wire(starts_at)
        self._monotonic = 0.0

    def now(self) -> int:
        return self._now

    def monotonic(self) -> float:
        return self._monotonic

    def advance(self, seconds: float) -> None:
        assert seconds >= 0, "time goes on; use set_back to set the wall clock back"
        self._now += round(seconds * 1000)
        self._monotonic += seconds

    def set_forward(self, seconds: float) -> None:
        self._now += round(seconds * 1000)

    def set_back(self, seconds: float) -> None:
        self._now -= round(seconds * 1000)
