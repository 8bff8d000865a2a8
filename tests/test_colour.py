"""Colours: read, mixed, and their contrast as WCAG counts it."""

import pytest

from fishbowl.colour import BLACK, WHITE, as_written, contrast, mixed, read_colour


def test_contrast_is_counted_as_wcag_does() -> None:
    """Black on white is 21:1, grey #767676 on white 4.54:1, and order does not matter."""
    grey = read_colour("#767676")
    assert grey is not None
    assert contrast(BLACK, WHITE) == pytest.approx(21)
    assert contrast(grey, WHITE) == contrast(WHITE, grey) == pytest.approx(4.54, abs=0.01)


@pytest.mark.parametrize(
    "written", ["red", "#fff", "#12345", "#1234567", "123456", "#12345g", "#123456;", ""]
)
def test_what_is_no_colour(written: str) -> None:
    """Only six digits behind a sign are a colour."""
    assert read_colour(written) is None


def test_colours_are_written_as_they_are_read() -> None:
    """Writing and reading are each other's opposite; half of white in black is grey."""
    assert read_colour("#0A5f6b") == (10, 95, 107)
    assert as_written((10, 95, 107)) == "#0a5f6b"
    assert mixed(BLACK, WHITE, 0.5) == (128, 128, 128)
