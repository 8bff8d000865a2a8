"""What texts are compared by."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fishbowl.tagging.pieces import pieces


@pytest.mark.parametrize(
    ("text", "cut"),
    [
        ("", ()),
        ("?!", ()),
        ("Is it", (" is ", " it ")),
        ("a", (" a ",)),
        ("Ziel, ziel", (" zie", "ziel", "iel ")),
        ("何が結果", ("何が", "が結", "結果")),
        ("字", ("字",)),
        ("Q4字", (" q4 ", "字")),
    ],
)
def test_cut(text: str, cut: tuple[str, ...]) -> None:
    """Words make runs of four with their edges, scripts without spaces pairs; each piece once."""
    assert pieces(text) == cut


def test_forms_of_a_word_share_most() -> None:
    """Singular and plural, noun and verb share most of their pieces, unlike words do not."""
    outcome, outcomes, other = (set(pieces(word)) for word in ("outcome", "outcomes", "procurement"))
    assert len(outcome & outcomes) >= 4
    assert not outcome & other


@given(st.text(st.characters()))
def test_any_text(text: str) -> None:
    """Any text is cut, the same way each time, into pieces that differ."""
    assert pieces(text) == pieces(text)
    assert len(set(pieces(text))) == len(pieces(text))
