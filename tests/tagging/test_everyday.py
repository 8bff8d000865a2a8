"""What is common whatever is being talked about."""

import pytest

from fishbowl.tagging.everyday import SHARE
from fishbowl.tagging.everyday_words import EVERYDAY_WORDS
from fishbowl.tagging.pieces import cut


@pytest.mark.parametrize("language", ["en", "de", "cy"])
def test_lists(language: str) -> None:
    """Each list holds words in lower case, each once, the commonest first."""
    words = EVERYDAY_WORDS[language]
    assert len(words) > 100
    assert len(set(words)) == len(words)
    assert words == [word.casefold() if "ß" not in word else word for word in words]


def test_commoner_words_stand_in_more_texts() -> None:
    """The first words of a list stand in most texts, its last in few, others in none; a share is a share."""
    assert SHARE[" the "] > 0.5 > SHARE[" perhaps "] > 0
    assert " procurement " not in SHARE
    assert all(0 < share < 1 for share in SHARE.values())


def test_words_of_the_lists_are_not_rare() -> None:
    """Every piece of a common word has its share."""
    assert all(piece in SHARE for piece in (*cut("und"), *cut("werden"), *cut("cwestiwn")))
