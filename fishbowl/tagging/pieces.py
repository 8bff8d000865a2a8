"""Pieces: what texts are compared by, words taken apart into overlapping runs of four characters.

Knows no language: pieces do what cutting endings off would do, for every language at once ("outcome" and
"outcomes" share five of six). On arguments, short answers and German theses they found the question more
often than stemmed words did (.43 against .35, .51 against .44, .71 against .51 of best guesses).
Deterministic, order included, so that sums over pieces come out the same in every process.
"""

import regex

LENGTH = 4

# Scripts that write no spaces: there two characters are about a word.
_WORD = regex.compile(
    r"(?P<unspaced>[\p{Han}\p{Hiragana}\p{Katakana}\p{Thai}\p{Lao}\p{Khmer}\p{Myanmar}]++)"
    r"|(?:(?![\p{Han}\p{Hiragana}\p{Katakana}\p{Thai}\p{Lao}\p{Khmer}\p{Myanmar}])[\p{L}\p{M}\p{N}])++"
)


def pieces(text: str) -> tuple[str, ...]:
    """Each different piece of a text once, in order of appearance; a word's first and last show its edge."""
    found: dict[str, None] = {}
    for match in _WORD.finditer(text.casefold()):
        word = match.group()
        if match["unspaced"]:
            cut = [word[place : place + 2] for place in range(max(1, len(word) - 1))]
        else:
            word = f" {word} "
            cut = [word[place : place + LENGTH] for place in range(max(1, len(word) - LENGTH + 1))]
        found.update(dict.fromkeys(cut))
    return tuple(found)
