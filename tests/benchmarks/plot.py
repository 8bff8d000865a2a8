"""Plots as SVG, small enough to be kept in the repository: both axes in steps of a constant factor.

Knows lines and their points, nothing of what they mean. Takes its colours from the reader's scheme, light or
dark, and marks each line by its shape as well as by its colour.
"""

from collections.abc import Iterable, Sequence
from html import escape
from math import ceil, floor, log10
from typing import Final, NamedTuple

WIDTH: Final = 340
HEIGHT: Final = 220
LEFT: Final = 44
GAP: Final = 100
"""Between two plots: room for the names of lines, which stand at their ends, and for the next axis."""
TOP: Final = 56
STYLE: Final = """
text{font:12px system-ui,sans-serif;fill:#1b2b38}.grid{stroke:#c9d4dc}.a{stroke:#0b6e8a;fill:#0b6e8a}
.b{stroke:#b4521e;fill:#b4521e}path.line{fill:none;stroke-width:2}.b.line{stroke-dasharray:6 4}
.t{font-weight:600}
@media(prefers-color-scheme:dark){text{fill:#e3edf3}.grid{stroke:#3a4a56}.a{stroke:#5cc3df;fill:#5cc3df}
.b{stroke:#f0a070;fill:#f0a070}}
"""


class Line(NamedTuple):
    name: str
    points: Sequence[tuple[float, float]]


class Plot(NamedTuple):
    """One pair of axes; `across` names the horizontal one. At most two lines."""

    title: str
    across: str
    lines: Sequence[Line]


def drawn(title: str, plots: Sequence[Plot]) -> str:
    """The plots side by side, all of one height so that they can be compared."""
    heights = [y for plot in plots for line in plot.lines for _, y in line.points]
    low, high = _decades(heights)
    box = f"0 0 {len(plots) * (WIDTH + GAP)} {HEIGHT + 110}"
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="{box}" role="img">',
        f"<title>{escape(title)}</title><style>{STYLE}</style>",
        f'<text class="t" x="{LEFT - 30}" y="18">{escape(title)}</text>',
    ]
    for place, plot in enumerate(plots):
        parts += [
            f'<g transform="translate({LEFT + place * (WIDTH + GAP)} {TOP})">',
            *_axes(plot, low, high),
            "</g>",
        ]
    return "\n".join([*parts, "</svg>"]) + "\n"


def _axes(plot: Plot, low: int, high: int) -> Iterable[str]:
    numbers = sorted({x for line in plot.lines for x, _ in line.points})
    if not numbers:
        return
    left, right = log10(numbers[0]), log10(numbers[-1])

    def at(x: float, y: float) -> str:
        across = (log10(x) - left) / ((right - left) or 1) * (WIDTH - 40) + 20
        up = (log10(max(y, 10**low)) - low) / (high - low) * HEIGHT
        return f"{across:.1f} {HEIGHT - up:.1f}"

    yield f'<text class="t" y="-14">{escape(plot.title)}</text>'
    for decade in range(low, high + 1):
        y = HEIGHT - (decade - low) / (high - low) * HEIGHT
        yield f'<path class="grid" d="M0 {y:.1f}H{WIDTH}"/>'
        yield f'<text x="-6" y="{y + 4:.1f}" text-anchor="end">{10**decade:g}</text>'
    for number in numbers:
        x = at(number, 10**low).split()[0]
        yield f'<text x="{x}" y="{HEIGHT + 18}" text-anchor="middle">{number:,g}</text>'
    yield f'<text x="{WIDTH / 2}" y="{HEIGHT + 38}" text-anchor="middle">{escape(plot.across)}</text>'
    for name, line in zip("ab", plot.lines, strict=False):
        points = [at(x, y) for x, y in line.points]
        if not points:
            continue
        yield f'<path class="{name} line" d="M{"L".join(points)}"/>'
        yield from (f'<circle class="{name}" cx="{p.split()[0]}" cy="{p.split()[1]}" r="3"/>' for p in points)
        over, down = map(float, points[-1].split())
        yield f'<text x="{over + 10:.1f}" y="{down + 4:.1f}">{escape(line.name)}</text>'


def _decades(numbers: Sequence[float]) -> tuple[int, int]:
    """The powers of ten that hold all of them."""
    low = floor(log10(min(numbers)))
    return low, max(low + 1, ceil(log10(max(numbers))))
