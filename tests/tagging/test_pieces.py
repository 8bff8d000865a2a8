"""What texts are compared by."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fishbowl.tagging.pieces import pieces, words


@pytest.mark.parametrize(
    ("text", "cut"),
    [
        ("", {}),
        ("?!", {}),
        ("Is it", {" is ": 1, " it ": 1}),
        ("a", {" a ": 1}),
        ("Ziel, ziel", {" zie": 2, "ziel": 2, "iel ": 2, " ziel ": 2}),
        ("何が結果", {"何が": 1, "が結": 1, "結果": 1}),
        ("字", {"字": 1}),
        ("Q4字", {" q4 ": 1, "字": 1}),
        ("„Öl_½“", {" öl ": 1, " ½ ": 1}),
    ],
)
def test_cut(text: str, cut: dict[str, int]) -> None:
    """Words make runs of four with their edges and stand whole beside them, scripts without spaces pairs."""
    assert pieces(text) == cut


@given(
    st.text(st.characters(max_codepoint=0x2FF) | st.characters(min_codepoint=0x2000, max_codepoint=0x206F))
)
def test_latin_is_found_sooner_and_alike(text: str) -> None:
    """Latin text is taken apart by a quicker expression, into the same words as beside another script."""
    assert [*words(text), "漢"] == words(text + " 漢")


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
