"""The clock's two readings, and times as they stand on the wire."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fishbowl.clock import SystemClock, from_wire, to_wire
from tests.fakes import FakeClock

NOON = 1_769_860_800_000  # 2026-01-31T12:00:00Z


@pytest.mark.parametrize(
    ("at", "written"),
    [
        (NOON, "2026-01-31T12:00:00.000Z"),
        (NOON + 7, "2026-01-31T12:00:00.007Z"),
        (0, "1970-01-01T00:00:00.000Z"),
        (-1, "1969-12-31T23:59:59.999Z"),
        (-62_135_596_800_000, "0001-01-01T00:00:00.000Z"),
        (253_402_300_799_999, "9999-12-31T23:59:59.999Z"),
    ],
)
def test_written(at: int, written: str) -> None:
    """A time is written in UTC, with milliseconds, always 24 characters long."""
    assert to_wire(at) == written
    assert from_wire(written) == at


@given(st.integers(min_value=-62_135_596_800_000, max_value=253_402_300_799_999))
def test_read_back(at: int) -> None:
    """Every time of the years 1 to 9999 is read back as it was written."""
    assert from_wire(to_wire(at)) == at


@given(st.integers(0, 4_000_000_000_000), st.integers(0, 4_000_000_000_000))
def test_written_times_sort_as_times(one: int, other: int) -> None:
    """Sorting times as text sorts them as times."""
    assert (to_wire(one) < to_wire(other)) == (one < other)


@pytest.mark.parametrize(
    "written",
    [
        "2026-01-31T12:00:00Z",
        "2026-01-31t12:00:00z",
        "2026-01-31T12:00:00+00:00",
        "2026-01-31T12:00:00-00:00",
        "2026-01-31T13:00:00+01:00",
        "2026-01-31T06:30:00.0-05:30",
        "2026-02-01T01:45:00.00+13:45",
        "2026-01-31T12:00:00.000999999Z",
    ],
)
def test_offsets_and_fractions(written: str) -> None:
    """Any offset is read, any number of decimals, and what is finer than a millisecond is dropped."""
    assert from_wire(written) == NOON


@pytest.mark.parametrize(
    "written",
    [
        "",
        "noon",
        "2026-01-31",
        "2026-01-31T12:00:00",
        "2026-01-31 12:00:00Z",
        "2026-01-31T12:00Z",
        "2026-02-30T12:00:00Z",
        "2026-01-31T24:00:01Z",
        "2026-01-31T12:60:00Z",
        "0000-01-31T12:00:00Z",
        "2026-01-31T12:00:00+24:00",
        "2026-01-31T12:00:00+01:60",
        "2026-01-31T12:00:00.Z",
        "2026-01-31T12:00:00Z\n",
        "٢٠٢٦-01-31T12:00:00Z",
    ],
)
def test_what_is_no_time(written: str) -> None:
    """What is no time is refused with a sentence that repeats it; nothing is guessed."""
    with pytest.raises(ValueError, match="is not a time") as refused:
        from_wire(written)
    assert repr(written) in str(refused.value)


def test_beyond_the_calendar() -> None:
    """A number no calendar holds is a ValueError, not a wrong date."""
    with pytest.raises(ValueError, match="outside the years 1 to 9999"):
        to_wire(10**18)


def test_the_system_clock() -> None:
    """The machine's clock gives whole milliseconds of this century and never measures backwards."""
    clock = SystemClock()
    assert from_wire("2024-01-01T00:00:00Z") < clock.now() < from_wire("2100-01-01T00:00:00Z")
    assert clock.monotonic() <= clock.monotonic()


def test_the_fake_clock(clock: FakeClock) -> None:
    """The tests' clock stands still until told; its wall clock can be set back, its measuring cannot."""
    assert (clock.now(), clock.monotonic()) == (NOON, 0.0)
    clock.advance(1.5)
    assert (clock.now(), clock.monotonic()) == (NOON + 1500, 1.5)
    clock.set_back(60)
    assert (clock.now(), clock.monotonic()) == (NOON - 58_500, 1.5)


class Machine(SystemClock):
    """A machine whose clock can be set."""

    def __init__(self, not_before: int = 0) -> None:
        self.wall, self.ran = NOON, 0.0
        super().__init__(not_before)

    def _wall(self) -> int:
        return self.wall

    def monotonic(self) -> float:
        return self.ran

    def runs(self, seconds: float) -> None:
        self.ran += seconds
        self.wall += round(seconds * 1000)


def test_a_clock_set_back_goes_slower_until_it_is_right() -> None:
    """It never steps back nor stands: of ten minutes a tenth is made good for each that pass."""
    machine = Machine()
    machine.wall -= 600_000
    told = [machine.now()]
    for _ in range(6600):
        machine.runs(1)
        told.append(machine.now())
    steps = [after - before for before, after in pairwise(told)]
    assert told[0] == NOON
    assert set(steps[:5900]) == {900}
    assert set(steps[6100:]) == {1000}
    assert told[-1] == machine.wall


def test_a_clock_set_forward_is_followed() -> None:
    """The time people read is right at once."""
    machine = Machine()
    machine.wall += 3_600_000
    assert machine.now() == NOON + 3_600_000


def test_looking_often_does_not_slow_it() -> None:
    """Milliseconds that are not whole yet are not lost."""
    machine = Machine()
    machine.wall -= 600_000
    for _ in range(10_000):
        machine.runs(0.0001)
        machine.now()
    assert machine.now() - NOON == pytest.approx(900, abs=2)


@pytest.mark.parametrize(("ahead", "believed"), [(60_000, True), (90_000_000, False)])
def test_a_start_goes_on_from_the_service_before(ahead: int, believed: bool) -> None:
    """Set back between two runs, it goes on for the debates; one that was days ahead was wrong."""
    assert Machine(NOON + ahead).now() == (NOON + ahead if believed else NOON)
