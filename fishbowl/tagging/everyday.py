"""Common pieces: in how many texts a piece stands, whatever is being talked about.

Questions are few and short, so counting in them alone takes "which" and "have" for rare. The background is
made from lists of the commonest words, written for this project, a list for each language with the commonest
word first (`everyday_words`); how common the word at a rank is follows Zipf's law. A new language is a new
file. Of a piece common in several languages the highest share counts: what is rare here and common
elsewhere tells little less.
"""

from fishbowl.tagging.everyday_words import EVERYDAY_WORDS
from fishbowl.tagging.pieces import pieces

_ZIPF = 0.1  # the share of the words of a text that the word at rank r has is about 0.1 / (r + 1)
_WORDS = 15  # in a text


def _shares() -> dict[str, float]:
    highest: dict[str, float] = {}
    for language in EVERYDAY_WORDS.values():
        expected: dict[str, float] = {}
        for rank, word in enumerate(language, 1):
            for piece in pieces(word):
                expected[piece] = expected.get(piece, 0.0) + _ZIPF / (rank + 1)
        for piece, share in expected.items():
            stands = 1 - (1 - min(share, 0.99)) ** _WORDS
            highest[piece] = max(highest.get(piece, 0.0), stands)
    return highest


SHARE = _shares()
"""The share of all texts in which a common piece stands; a piece that is not here is rare."""
