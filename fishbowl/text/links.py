"""Links: web addresses in running text, with or without `https://`.

Knows no page and opens none. Follows the public conventions of hashtag services (their conformance suite is
in the tests): behind `http://` or `https://` any international domain counts, without it only domains in
Latin letters; both need a top-level domain that exists. Stricter in one thing: an ending counts as a whole,
so `example.comé` is no link to `example.com`.

Guarantees linear time: every stretch of host characters is read a fixed number of times, whatever it holds.
"""

from collections.abc import Iterator

import msgspec
import regex

from fishbowl.text.top_level_domains import LONGEST_IN_OTHER_SCRIPTS, TOP_LEVEL_DOMAINS

LABEL_LENGTH = 63
HOST_LENGTH = 253
URL_LENGTH = 4096
SHORT_SLUG_LENGTH = 40


class Link(msgspec.Struct, frozen=True):
    """A link as it was written, and where, in code points."""

    url: str
    start: int
    end: int


_LATIN = (
    r"a-zA-Z0-9\u00C0-\u00D6\u00D8-\u00F6\u00F8-\u024F\u0253\u0254\u0256\u0257\u0259\u025B\u0263\u0268"
    r"\u026F\u0272\u0289\u02BB\u0300-\u036F\u1E00-\u1EFF"
)
_CYRILLIC = r"\u0400-\u04FF"
_ANY_SCRIPT = r"\p{L}\p{M}\p{N}\p{So}\u00B7\u200C\u200D"

# Every host has a dot before its ending; full stops of sentences, with nothing behind them, cost no search.
_DOT_WITHIN = regex.compile(r"\.\w")

# Where a link may begin. The second way takes a whole stretch of domain characters, so that none is tried
# twice; it stops before an `http://` inside the stretch.
_BEGINNING = regex.compile(
    r"(?<![A-Za-z0-9@＠$#＃])(?P<protocol>[hH][tT][tT][pP][sS]?://)"
    rf"|(?<![{_LATIN}@＠$#＃/._-])[{_LATIN}-]++(?=\.\w)(?:(?![hH][tT][tT][pP][sS]?://)[{_LATIN}.-])++"
)
_LABEL = regex.compile(rf"[{_ANY_SCRIPT}]++(?:[_-]++[{_ANY_SCRIPT}]++)*+")
_LATIN_LABEL = regex.compile(rf"[{_LATIN}]++(?:-++[{_LATIN}]++)*+")
_LATIN_ENDING = regex.compile(rf"[{_LATIN}-]++")
_PUNYCODE_ENDING = regex.compile(r"xn--[a-z0-9-]{2,59}")
_NO_ENDING_BEFORE = regex.compile(r"[0-9A-Za-z@+_-]")

_PORT = regex.compile(r":[0-9]++")
_PATH_SIGN = rf"[{_LATIN}{_CYRILLIC}!*';:=+,.$/%#\[\]\-\u2013_~@|&]"
# Brackets belong to a path in pairs, one pair within another at most.
_PATH = regex.compile(rf"/(?:{_PATH_SIGN}++|\({_PATH_SIGN}*+(?:\({_PATH_SIGN}++\){_PATH_SIGN}*+)?\))*+")
_QUERY = regex.compile(r"\?[a-zA-Z0-9!?*'@();:&=+$/%#\[\]\-_.,~|]++")
# Read backwards from the end: the last sign that may close a path or a query. Other ones close the sentence.
_PATH_ENDING = regex.compile(rf"(?r)[{_LATIN}{_CYRILLIC}+\-=_#/)]")
_QUERY_ENDING = regex.compile(r"(?r)[a-zA-Z0-9\-_&=#/]")
_SHORT_LINK = regex.compile(r"https?://t\.co/([a-z0-9]++)(?:\?.++)?", regex.IGNORECASE)


def find_links(text: str) -> tuple[Link, ...]:
    """Every link of a text, in order, none overlapping another."""
    return tuple(_links(text)) if "." in text and _DOT_WITHIN.search(text) else ()


def _links(text: str) -> Iterator[Link]:
    position = 0
    while beginning := _BEGINNING.search(text, position):
        position = beginning.end()
        if beginning["protocol"]:
            host_end = _host_end(text, beginning.end(), _LABEL)
        else:
            host_end = _host_end(text, beginning.start(), _LATIN_LABEL)
        if host_end is None:
            continue
        position = _address_end(text, host_end)
        start, end = beginning.start(), position
        if short := _SHORT_LINK.match(text, start, end):
            # The shortener's slugs are letters and digits; what follows one is the sentence going on.
            if len(short[1]) > SHORT_SLUG_LENGTH:
                continue
            end = short.end()
        if end - start <= URL_LENGTH:
            yield Link(text[start:end], start, end)


def _host_end(text: str, start: int, label: regex.Pattern[str]) -> int | None:
    """Where the host that begins at `start` ends, at the last label that is a top-level domain."""
    starts = [start]
    while (found := label.match(text, starts[-1])) and text[found.end() : found.end() + 1] == ".":
        if found.end() - found.start() > LABEL_LENGTH or found.end() - start > HOST_LENGTH:
            return None
        starts.append(found.end() + 1)
    for before, ending in zip(reversed(starts[:-1]), reversed(starts[1:]), strict=True):
        end = _ending(text, ending)
        if end is not None and "_" not in text[before:ending]:
            return end if _can_be_looked_up(text[start:end]) else None
    return None


def _ending(text: str, start: int) -> int | None:
    """Where the top-level domain that begins at `start` ends, if one does."""
    if latin := _LATIN_ENDING.match(text, start):
        word = latin.group().lower()
        known = word in TOP_LEVEL_DOMAINS or _PUNYCODE_ENDING.fullmatch(word)
        end = latin.end() if known else None
    else:
        # Scripts without spaces: the sentence may go on right after it, so the longest that fits counts.
        lengths = range(LONGEST_IN_OTHER_SCRIPTS, 0, -1)
        end = next((start + n for n in lengths if text[start : start + n] in TOP_LEVEL_DOMAINS), None)
    return None if end is None or _NO_ENDING_BEFORE.match(text, end) else end


def _can_be_looked_up(host: str) -> bool:
    """Whether the domain name system could carry it: labels of at most 63 characters once encoded."""
    if host.isascii():
        return len(host) <= HOST_LENGTH
    try:
        return len(host.encode("idna")) <= HOST_LENGTH
    except UnicodeError:
        return False


def _address_end(text: str, position: int) -> int:
    """Where port, path and query end, for a host that ends at `position`."""
    if port := _PORT.match(text, position):
        position = port.end()
    if path := _PATH.match(text, position):
        closing = _PATH_ENDING.search(text, position, path.end())
        position = closing.end() if closing else path.end()
    if query := _QUERY.match(text, position):
        closing = _QUERY_ENDING.search(text, position + 1, query.end())
        position = closing.end() if closing else position
    return position
