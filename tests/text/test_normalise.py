"""What is stored of what was typed, and whether it fits."""

import unicodedata

import pytest
import regex
from hypothesis import example, given
from hypothesis import strategies as st

from fishbowl.text import BadText, broken_limit, clean, graphemes

FAMILY = "👨\u200d👩\u200d👧\u200d👦"
storable = st.text(st.characters(exclude_categories=["Cs", "Cc"], include_characters="\n\r\t"))


@pytest.mark.parametrize(
    ("typed", "stored"),
    [
        ("  hello \n", "hello"),
        ("a\r\nb\rc\nd", "a\nb\nc\nd"),
        ("a\tb", "a b"),
        ("e\u0301", "é"),
        ("a  b\n\n\nc", "a  b\n\n\nc"),
        ("#govint stays #govint", "#govint stays #govint"),
        ("\u3000全角\u3000", "全角"),
        ("می\u200cخواهم " + FAMILY, "می\u200cخواهم " + FAMILY),
        ("ﬁ ² ｗｉｄｅ", "ﬁ ² ｗｉｄｅ"),
        ("", ""),
    ],
)
def test_clean(typed: str, stored: str) -> None:
    """NFC, line ends as LF, a tab as a space, trimmed: nothing else changes, compatibility forms included."""
    assert clean(typed) == stored


@pytest.mark.parametrize(
    "sign", ["\0", "\x01", "\x0b", "\x0c", "\x1b", "\x1f", "\x7f", "\x85", "\x9f", "\ud800"]
)
@pytest.mark.parametrize("around", ["{}", "a{}", "{} b", "a\n{}é"])
def test_refused(sign: str, around: str) -> None:
    """Control characters but LF, NUL and halves of surrogate pairs are refused, by their code."""
    with pytest.raises(BadText, match=f"U\\+{ord(sign):04X}"):
        clean(around.format(sign))


@given(storable)
@example("\u0340 \u2000a")
def test_cleaning_twice_changes_nothing(text: str) -> None:
    """Stored text is NFC, and cleaning it again gives the same text."""
    stored = clean(text)
    assert clean(stored) == stored
    assert unicodedata.is_normalized("NFC", stored)
    assert "\r" not in stored
    assert "\t" not in stored


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("", 0), ("abc", 3), ("a\r\nb", 3), (FAMILY, 1), ("🏴\U000e0067\U000e0062\U000e007f", 1),
        ("🇩🇪🇬🇧🇩", 3), ("🇩🇪\u0301x", 2), ("é" * 3, 3), ("e\u0301\u0302", 1), ("नमस्ते", 3), ("각", 1),
    ],
)  # fmt: skip
def test_graphemes(text: str, count: int) -> None:
    """A character is what a reader takes for one: a family, a flag, a letter with its marks."""
    assert graphemes(text) == count


@given(st.text(st.sampled_from("🇩🇪👩\u200d\u0301\u0600a\n é👍🏽")))
def test_graphemes_are_extended_grapheme_clusters(text: str) -> None:
    """The count is Unicode's, the short way for flags notwithstanding."""
    assert graphemes(text) == len(regex.findall(r"\X", text))


@pytest.mark.parametrize(
    "text", ["", "\u200b", "\u200d\u2060", "\u3164\u115f", "\u2800", "\u00ad \n", "\u034f", "\u2028"]
)
def test_empty(text: str) -> None:
    """What nobody can see is empty: joiners, fillers, blanks."""
    assert broken_limit(text, 500) == "empty"


@pytest.mark.parametrize(
    ("text", "most", "broken"),
    [
        ("a", 1, None),
        (".", 1, None),
        ("a" * 500, 500, None),
        ("a" * 501, 500, "graphemes"),
        ("é" * 501, 500, "graphemes"),
        ("🇩🇪" * 500, 500, None),
        (FAMILY * 140, 500, None),
        ("e" + "\u0301" * 1_999, 500, None),
        ("e" + "\u0301" * 2_000, 500, "code_points"),
        ("a" * 2_001, 500, "code_points"),
        ("漢" * 2_000, 2_000, None),
        ("🇩" * 4_096, 2_000, "graphemes"),
        ("🇩🇪" * 2_000, 2_000, None),
        ("👩" + "\U000e0061" * 4_095, 2_000, None),
        ("👩" + "\U000e0061" * 4_096, 2_000, "bytes"),
    ],
)
def test_limits(text: str, most: int, broken: str | None) -> None:
    """1 to `max_length` graphemes, four times the code points, 16 KiB: the limit fits, one more does not."""
    assert broken_limit(text, most) == broken


@given(storable, st.integers(1, 20))
def test_what_fits_fits_every_limit(text: str, most: int) -> None:
    """No limit is passed over by asking the cheap ones first."""
    stored = clean(text)
    if broken_limit(stored, most) is None:
        assert 1 <= graphemes(stored) <= most
        assert len(stored) <= 4 * most
        assert len(stored.encode()) <= 16_384
