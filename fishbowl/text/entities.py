"""What stands in a text: hashtags, mentions, links, question markers, with their places.

Knows no debate and no person: a mention is only something that looks like a handle. Hashtags and mentions are
what the public hashtag conventions make of them: any script, not all digits, nothing within a link. (A handle
is 1-20 of A-Z a-z 0-9 _; of a longer word behind an @ the first twenty count, as those conventions have it.)

Offsets are code points and include the sign; the text goes without it. Takes any text of any length, never
raises, and takes time linear in its length.
"""

from functools import lru_cache

import msgspec
import regex

from fishbowl.text.links import Link, find_links
from fishbowl.text.markers import Marker, find_markers
from fishbowl.text.spans import outside


class Hashtag(msgspec.Struct, frozen=True):
    """A hashtag: `text` without its sign, `start` and `end` with it."""

    text: str
    start: int
    end: int


class Mention(msgspec.Struct, frozen=True):
    """A handle behind an @: `text` without the sign, `start` and `end` with it."""

    text: str
    start: int
    end: int


class Entities(msgspec.Struct, frozen=True):
    """All of one text, each kind in order of place."""

    hashtags: tuple[Hashtag, ...] = ()
    mentions: tuple[Mention, ...] = ()
    links: tuple[Link, ...] = ()
    markers: tuple[Marker, ...] = ()


NOTHING = Entities()

# Letters and marks of every script, without those that only change how an emoji looks.
_LETTER = r"[\p{L}\p{M}--[\uFE0E\uFE0F\u20E3]]"
# What binds words within a tag in one script or another: Hebrew maqaf, Catalan and Japanese dots, joiners.
_BINDING = (
    r"_\u200C\u200D\uA67E\u05BE\u05F3\u05F4\uFF5E\u301C\u309B\u309C\u30A0\u30FB\u3003\u0F0B\u0F0C\u00B7"
)
_TAG_SIGN = rf"[{_LETTER}\p{{Nd}}{_BINDING}]"

_HASHTAG = regex.compile(
    rf"(?<![{_TAG_SIGN}&])[#＃](?![\uFE0F\u20E3])"
    rf"(?=[\p{{Nd}}{_BINDING}]*+{_LETTER})({_TAG_SIGN}++)(?![#＃]|://)",
    regex.VERSION1,
)
_MENTION = regex.compile(
    r"(?:(?<![a-zA-Z0-9_!#$%&*@＠])|(?<=(?<![a-zA-Z0-9_+~.-])(?:rt|RT|rT|Rt)))"
    r"[@＠]([a-zA-Z0-9_]{1,20}+)(?![@＠\u00C0-\u00D6\u00D8-\u00F6\u00F8-\u024F]|://)"
)
# Every entity has a sign, a dot or a digit in it; a text without any has none.
_COULD_HOLD_ONE = regex.compile(r"[#＃@＠.]|[0-9]")


# A contribution's text is looked at when it is decided and again when it is shown, a batch later at most.
@lru_cache(maxsize=1024)
def find_entities(text: str) -> Entities:
    """All hashtags, mentions, links and markers of a text."""
    if not _COULD_HOLD_ONE.search(text):
        return NOTHING
    links = find_links(text)
    hashtags = tuple(Hashtag(found[1], *found.span()) for found in _HASHTAG.finditer(text))
    mentions = tuple(Mention(found[1], *found.span()) for found in _MENTION.finditer(text))
    if not links:
        return Entities(hashtags, mentions, (), find_markers(text))
    closed = [(link.start, link.end) for link in links]
    return Entities(outside(hashtags, closed), outside(mentions, closed), links, find_markers(text, closed))
