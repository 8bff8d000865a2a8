"""Plots of a debate's figures: where everything stands in a picture, in hundredths of its width.

Knows no markup (`templates/macros/plots.html` draws) and no colour; what it is handed are tables of
`figures`, so a picture shows nothing that its table does not say. Widths are shares: a picture is as wide as
its page, and its words stay as large as they are. Heights are pixels.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from msgspec import Struct

from fishbowl.debate.vocabulary import Instant
from fishbowl.transcript.contents import Transcript
from fishbowl.transcript.figures import Table
from fishbowl.transcript.voice import Times

__all__ = ["Bar", "Bars", "Columns", "Part", "Seats", "Tick", "plot"]

HEIGHT: Final = 180
"""Of the columns, in pixels."""
TICKS: Final = 5
ROUND: Final = (1, 2, 5)
"""A scale ends at one of these, times a power of ten."""


class Part(Struct, frozen=True):
    """One piece, from `start` on, `size` long: hundredths across, pixels upwards. `kind`: how to paint it."""

    kind: str
    start: float
    size: float
    words: str = ""


class Bar(Struct, frozen=True):
    """A line of a picture: `label`, its parts, and `value` behind them."""

    label: str
    parts: tuple[Part, ...]
    value: str = ""
    contribution: int | None = None


class Tick(Struct, frozen=True):
    at: float
    label: str


class Bars(Struct, frozen=True):
    """Bars across, one below the other; `kinds`: what is told apart in them, and what that is called."""

    bars: tuple[Bar, ...]
    kinds: tuple[tuple[str, str], ...] = ()


class Columns(Struct, frozen=True):
    """Columns over time; `across` and `up` are the scales; `marks` stand above the columns they belong to."""

    columns: tuple[Bar, ...]
    marks: tuple[Part, ...]
    across: tuple[Tick, ...]
    up: tuple[Tick, ...]
    width: float
    kinds: tuple[tuple[str, str], ...]
    height: int = HEIGHT


class Seats(Struct, frozen=True):
    """A line for each seat, its parts who sat there; above them may be one for the questions in focus."""

    bars: tuple[Bar, ...]
    across: tuple[Tick, ...]
    kinds: tuple[tuple[str, str], ...]


def plot(
    table: Table, transcript: Transcript, times: Times, gettext: Callable[..., str]
) -> Bars | Columns | Seats | None:
    """The picture of a table; None where there is nothing to draw."""
    if not table.rows:
        return None
    if table.name == "minutes":
        return _columns(table, times)
    if table.name == "seats":
        return _seats(table, transcript, times, gettext)
    return _bars(table)


def _bars(table: Table) -> Bars | None:
    """The two circles stacked, where they are told apart; else the first column that is a number."""
    labels = table.columns[0]
    stacked = [place for place, column in enumerate(table.columns) if column.name in ("inner", "outer")]
    numbers = [place for place, column in enumerate(table.columns) if column.kind == "number"]
    places = stacked or numbers[:1]
    values = [[_number(row[place]) for place in places] for row in table.rows]
    most = max(map(sum, values))
    if not most:
        return None
    bars = []
    for row, given in zip(table.rows, values, strict=True):
        parts, start = [], 0.0
        for place, value in zip(places, given, strict=True):
            size = 100 * value / most
            kind = table.columns[place].name if stacked else "all"
            parts.append(Part(kind, round(start, 3), round(size, 3)))
            start += size
        contribution = _number(row[0]) if labels.kind == "contribution" else None
        bars.append(Bar(str(row[0]), tuple(parts), str(sum(given)), contribution))
    kinds = tuple((table.columns[place].name, table.columns[place].label) for place in stacked)
    return Bars(tuple(bars), kinds)


def _columns(table: Table, times: Times) -> Columns:
    most = _scale(max(_number(row[1]) + _number(row[2]) for row in table.rows))
    width = 100 / len(table.rows)
    columns, marks = [], []
    for place, row in enumerate(table.rows):
        at, inner, outer, new = (_number(cell) for cell in row[:4])
        parts, start = [], 0.0
        for kind, value in (("inner", inner), ("outer", outer)):
            size = HEIGHT * value / most
            parts.append(Part(kind, round(start, 2), round(size, 2)))
            start += size
        columns.append(Bar(times.hour(at), tuple(parts)))
        if new:
            marks.append(Part("new", round(width * (place + 0.5), 3), round(HEIGHT * new / most, 2)))
    every = max(1, -(-len(table.rows) // TICKS))
    across = tuple(
        Tick(round(width * place, 3), times.hour(_number(table.rows[place][0])))
        for place in range(0, len(table.rows), every)
    )
    up = tuple(Tick(HEIGHT * part / 2, f"{most * part / 2:g}") for part in range(3))
    labels = (column.label for column in table.columns[1:4])
    kinds = tuple(zip(("inner", "outer", "new"), labels, strict=True))
    return Columns(tuple(columns), tuple(marks), across, up, round(width, 3), kinds)


def _seats(table: Table, transcript: Transcript, times: Times, gettext: Callable[..., str]) -> Seats:
    ends = transcript.at if transcript.ended_at is None else transcript.ended_at
    starts = min(_number(row[3]) for row in table.rows)
    ends = max([ends, *(_number(row[4]) for row in table.rows if row[4] is not None)])
    long = max(1, ends - starts)

    def part(kind: str, since: Instant, until: Instant | None, words: str) -> Part:
        last = ends if until is None else min(until, ends)
        start = 100 * (max(since, starts) - starts) / long
        return Part(kind, round(start, 3), round(max(0.0, 100 * (last - starts) / long - start), 3), words)

    sittings: dict[int, list[Part]] = {seat: [] for seat in sorted({_number(row[0]) for row in table.rows})}
    for row, sitting in zip(table.rows, transcript.sittings, strict=True):
        kind = "inner" if sitting.role == "speaker" else "new"
        sittings[sitting.seat].append(part(kind, sitting.since, sitting.until, str(row[1])))
    bars = [Bar(gettext("seat {seat}", seat=seat), tuple(parts)) for seat, parts in sittings.items()]
    focus = [(each.at, each.question) for each in transcript.directions if each.event == "question.focused"]
    focused = [
        part("focus", at, focus[place + 1][0] if place + 1 < len(focus) else None, f"Q{question}")
        for place, (at, question) in enumerate(focus)
        if question is not None and at < ends
    ]
    if focused:
        bars.insert(0, Bar(gettext("in focus"), tuple(focused)))
    across = tuple(
        Tick(100 * place / TICKS, times.hour(starts + long * place // TICKS)) for place in range(TICKS)
    )
    kinds = (("inner", gettext("Speaker")), ("new", gettext("Participant")))
    return Seats(tuple(bars), across, kinds)


def _number(cell: object) -> int:
    assert isinstance(cell, int)
    return cell


def _scale(most: int) -> int:
    """The least even number a scale may end at and hold `most`; its half is whole."""
    step = 2
    while True:
        for each in ROUND:
            if step * each >= most:
                return step * each
        step *= 10
