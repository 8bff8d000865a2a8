"""The reliability plot: what was said against how often it was right, as a small SVG."""

SIDE, EDGE = 240, 36


def drawn(parts: list[tuple[float, float, int]], shown: int) -> str:
    """A dot for each bin; on the diagonal, a shown 80 % is right 80 % of the time."""
    dots = "".join(
        f'<circle cx="{_x(said):.1f}" cy="{_y(right):.1f}" r="4" fill="#0b6e8a"/>' for said, right, _ in parts
    )
    ticks = "".join(
        f'<text x="{_x(at):.0f}" y="{SIDE - EDGE + 14}" text-anchor="middle">{at:.0%}</text>'
        f'<text x="{EDGE - 5}" y="{_y(at) + 3:.0f}" text-anchor="end">{at:.0%}</text>'
        for at in (0.25, 0.5, 0.75, 1.0)
    )
    between = _y(0.625)  # two ticks, so that the axis' name touches none
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {SIDE} {SIDE}" font-family="sans-serif" '
        f'font-size="9"><title>Confidence said and share right, {shown} guesses in bins of equal mass</title>'
        f'<rect width="{SIDE}" height="{SIDE}" fill="#fff"/>'
        f'<path d="M{_x(0)} {_y(1)}V{_y(0)}H{_x(1)}" fill="none" stroke="#444"/>'
        f'<path d="M{_x(0)} {_y(0)}L{_x(1)} {_y(1)}" stroke="#999" stroke-dasharray="3 3"/>{ticks}{dots}'
        f'<text x="{SIDE / 2:.0f}" y="{SIDE - 6}" text-anchor="middle">said</text>'
        f'<text x="10" y="{between:.0f}" transform="rotate(-90 10 {between:.0f})" text-anchor="middle">'
        "right</text></svg>\n"
    )


def _x(share: float) -> float:
    return EDGE + share * (SIDE - 2 * EDGE)


def _y(share: float) -> float:
    return SIDE - EDGE - share * (SIDE - 2 * EDGE)
