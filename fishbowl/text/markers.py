"""Question markers: where a text itself says which question it answers.

Knows no questions: whether number 9 exists is asked by whoever tags. RULES ("Questions and tags", 2): `Q3`,
`question 3`, `#q3` count anywhere; `A3` only at the start, after mentions, or as `#a3`, for in the middle
of a sentence it was wrong in all 11 cases looked at. `Q1 & Q5` and `question 5 or 7` are two markers.

In German `Frage 3` and `F3`, in Welsh `Cwestiwn 3` and `C3`: the words anywhere, the letters at the start
or after a word that leads up to them ("zu F3"), for elsewhere they are cars, keys and races. `#4` alone
counts where it is moved to or answered ("let's move on to #4").

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
_PAPER = (
    r"[\s-](?:(?i)paper|papier|sheets?|size|format|posters?|plakate?|level|motorway|road|keys?|taste|drücken"
    r"|rac(?:es?|ing)|rennen|drivers?|fahrer|cars?|auto)\b"
)

# Not within a word, a path, a handle, a sum, an option.
_APART = r"(?<![\w@/\\.$&=+-])"

# "back to #4", "the answer to #4": the only ways in which a number alone was meant in chaired chats.
_LED_TO = r"(?:(?<=(?i:\b(?:on|along|ahead|back|over|answers?)[ ]to[ ]))|(?<=(?i:\bonto[ ])))"
_LEADS_UP = (
    r"(?<=(?i:(?:^|[^\w])(?:re:?|zu|zur|bei|noch|nochmal|betr\.?|parthed|am|ynglŷn â|ateb i|i|ar)[ ]))"
)

_MARKER = regex.compile(
    rf"{_APART}(?P<marker>"
    rf"[#＃]?[qQ](?:[.]?[ ]?[#]?){_NUMBER}(?!{_QUARTER})"
    rf"|(?<!\b(?:I|[Ww]e|[Tt]hey|[Ii]ch|[Ww]ir|[Ss]ie)[ ])"
    rf"(?i:(?:question(?P<many>s)?|frage(?P<many>n)?|cwestiwn|(?P<many>cwestiynau))"
    rf"[ ]?(?:(?:no[.]?|nr[.]?|rhif|number|nummer)[ ]?)?)[#]?{_NUMBER}"
    rf"|[#＃][aA]{_NUMBER}"
    rf"|{_LED_TO}[#]{_NUMBER}"
    rf"|{_LEADS_UP}[FC]{_NUMBER}(?!{_PAPER})"
    r")"
)
_ANSWER = regex.compile(
    rf"(?:@[A-Za-z0-9_]++|[\s:,.\"“'(\[])*+"
    rf"(?P<marker>[aAfFcC]{_NUMBER}(?!{_PAPER})|(?i:answer|antwort|ateb)[ ]{_NUMBER}(?=[ ]?:))"
)

_JOINED = r"(?:[ ]?(?:,|&|[+]|/|-|–)[ ]?|[ ](?:and|or|und|oder|a|ac|neu)[ ])"
_FURTHER_QUESTION = regex.compile(
    rf"{_JOINED}(?P<marker>[#＃]?(?:(?i:question|frage|cwestiwn)[ ]|[qQfFcC])[#]?{_NUMBER})"
)
_FURTHER_ANSWER = regex.compile(rf"{_JOINED}(?P<marker>[#＃]?[aAfFcC]{_NUMBER})")
_FURTHER_NUMBER = regex.compile(rf"{_JOINED}(?P<marker>[#]?{_NUMBER})")
# A bare number after "question 5 or" is a question too, unless things are counted with it.
_NOTHING_COUNTED = regex.compile(
    r"\s*(?:$|[^\w\s'’-]|(?i:and|or|und|oder|a|neu|ist|sind|yw|is|are|was|were|too|both|as|but|because|above|below"
    r"|again)\b)"
)

_COULD_BE_ONE = regex.compile(r"[a-z][ .#]{0,3}[0-9]", regex.IGNORECASE)
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
    found = _ANSWER.match(text) or _MARKER.search(text)
    while found:
        yield _marker(found)
        lettered = _FURTHER_ANSWER if found.re is _ANSWER else _FURTHER_QUESTION
        counts = found.re is _MARKER and bool(found["many"])
        position = found.end()
        while further := lettered.match(text, position) or _bare(text, position, counts=counts):
            yield _marker(further)
            position = further.end()
        found = _MARKER.search(text, position)


def _bare(text: str, position: int, *, counts: bool) -> regex.Match[str] | None:
    """A number alone, joined to the marker that ended at `position`; after "questions", whatever follows."""
    bare = _FURTHER_NUMBER.match(text, position)
    if bare and (counts or _NOTHING_COUNTED.match(text, bare.end())):
        return bare
    return None


def _marker(found: regex.Match[str]) -> Marker:
    """The marker without what led up to it."""
    return Marker(int(found["number"]), *found.span("marker"))
