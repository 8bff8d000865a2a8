"""Question markers: where a text itself says which question it answers.

Knows no questions: whether number 9 exists is asked by whoever tags. RULES ("Questions and tags", 2): `Q3`,
`question 3`, `#q3` count anywhere; `A3` only at the start, after mentions, or as `#a3`, for in the middle of
a sentence it was wrong in all 11 cases looked at. `Q1 & Q5` and `question 5 or 7` are two markers.

Left alone: code between backticks, links, quarters ("Q4 results"), options (`-q3`), paths, decimals,
assignments, list numbers, and what is counted ("Q3 and 20 others"). `start` and `end` are code points and
include the sign of a hashtag; of a second number without a letter of its own they are the number's.
"""

from collections.abc import Iterator, Sequence

import msgspec
import regex

from fishbowl.text.spans import outside


class Marker(msgspec.Struct, frozen=True):
    """A question named in a text, and where."""

    question: int
    start: int
    end: int


_NUMBER = r"0?(?P<number>[1-9][0-9]?)(?![\w@%°(]|[.:][0-9]|\s?=)"

# "Q4 results", "Q3 2014", "Q1 FY15": a quarter of a year.
_QUARTER = (
    r"\s(?:results?|earnings|revenues?|sales|profits?|figures?|forecasts?|guidance|budgets?)\b"
    r"|[\s/]?(?:of\s)?(?:19|20)[0-9]{2}\b|\s?(?:FY\s?|['’])[0-9]{2}"
)
_PAPER = r"\s(?:paper|sheets?|size|format|posters?|level|motorway|road)\b"

# Not within a word, a path, a handle, a sum, an option.
_APART = r"(?<![\w@/\\.$&=+-])"

_MARKER = regex.compile(
    rf"{_APART}(?:"
    rf"[#＃]?[qQ](?:[.]?[ ]?[#]?){_NUMBER}(?!{_QUARTER})"
    rf"|(?<!\b(?:I|[Ww]e|[Tt]hey)[ ])(?i:question(?P<many>s)?[ ]?(?:(?:no[.]?|number)[ ]?)?)[#]?{_NUMBER}"
    rf"|[#＃][aA]{_NUMBER}"
    r")"
)
_ANSWER = regex.compile(rf"(?:@[A-Za-z0-9_]++|[\s:,.\"“'(\[])*+(?P<marker>[aA]{_NUMBER}(?!{_PAPER}))")

_JOINED = r"(?:[ ]?(?:,|&|[+]|/|-|–)[ ]?|[ ](?:and|or|und|oder)[ ])"
_FURTHER_LETTERED = regex.compile(rf"{_JOINED}(?P<marker>[#＃]?(?:(?i:question)[ ]|[qQ]|[aA])[#]?{_NUMBER})")
_FURTHER = regex.compile(rf"{_JOINED}(?P<marker>[#]?{_NUMBER})")
# A bare number after "question 5 or" is a question too, unless things are counted with it.
_NOTHING_COUNTED = regex.compile(
    r"\s*(?:$|[^\w\s'’-]|(?i:and|or|und|oder|is|are|was|were|too|both|as|but|because|above|below|again)\b)"
)

_COULD_BE_ONE = regex.compile(r"[qanosr][ .#]{0,3}[0-9]", regex.IGNORECASE)
_CODE = regex.compile(r"```(?s:.*?)(?:```|\Z)|`[^`\n]++`")


def find_markers(text: str, links: Sequence[tuple[int, int]] = ()) -> tuple[Marker, ...]:
    """Every marker of a text, in order; none within `links` (spans in order of place) or code."""
    if not _COULD_BE_ONE.search(text):
        return ()
    found = tuple(_markers(text))
    if not found:
        return ()
    if "`" in text:
        links = sorted([*links, *(code.span() for code in _CODE.finditer(text))])
    return outside(found, links) if links else found


def _markers(text: str) -> Iterator[Marker]:
    position = 0
    found = _ANSWER.match(text) or _MARKER.search(text)
    while found:
        yield _marker(found)
        position = found.end()
        many = "many" in found.re.groupindex and found["many"]
        while further := _further(text, position, counts=bool(many)):
            yield _marker(further)
            position = further.end()
        found = _MARKER.search(text, position)


def _further(text: str, position: int, *, counts: bool) -> regex.Match[str] | None:
    """A number joined to the marker that ended at `position`; after "questions", whatever follows it."""
    if lettered := _FURTHER_LETTERED.match(text, position):
        return lettered
    bare = _FURTHER.match(text, position)
    if bare and (counts or _NOTHING_COUNTED.match(text, bare.end())):
        return bare
    return None


def _marker(found: regex.Match[str]) -> Marker:
    group = "marker" if "marker" in found.re.groupindex else 0
    return Marker(int(found["number"]), found.start(group), found.end(group))
