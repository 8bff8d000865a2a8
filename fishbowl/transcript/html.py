"""The transcript as one HTML file that needs nothing beside itself: for the screen, for paper, for keeping.

Knows no debate: it lays out a transcript for `templates/transcript.html`, which holds every word of markup.
Guarantees that people's words are escaped wherever they stand (the template escapes by itself), that only
`http` and `https` become links, that nothing in the file runs, and that threads of any depth nest no deeper
than a browser likes: what lies below `SHOWN_DEPTH` says what it answers.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from fishbowl.assets import find_assets
from fishbowl.clock import to_wire
from fishbowl.transcript.contents import Contribution, Section, Thread, Transcript
from fishbowl.transcript.issue import imprint
from fishbowl.transcript.labels import SHOWN_DEPTH, Aside, anchor, answers, asides, number, standing
from fishbowl.transcript.sentences import Sentences
from fishbowl.transcript.stage import told
from fishbowl.transcript.voice import ENGLISH, Voice

__all__ = ["environment", "render", "tokens"]


class Stretch(NamedTuple):
    """A piece of a text: plain, a `hashtag`, a `mention`, or a `link` to `address`."""

    kind: str
    text: str
    address: str = ""


class Step(NamedTuple):
    """One contribution of a thread, with the lists of replies to be opened or closed before it."""

    contribution: Contribution
    opens: bool
    closes: int
    answers: str | None
    number: str
    standing: str
    asides: list[Aside]
    stretches: list[Stretch]


def render(transcript: Transcript, voice: Voice = ENGLISH) -> Iterator[str]:
    sentences = Sentences(transcript, voice)
    return environment().get_template("transcript.html").generate(
        _=voice.gettext,
        voice=voice,
        language=voice.language,
        tokens=tokens(),
        debate=transcript,
        sentences=sentences,
        times=sentences.times,
        wire=to_wire,
        imprint=list(imprint(sentences)),
        told=lambda direction: told(sentences, direction),
        anchor=anchor,
        shown_depth=SHOWN_DEPTH,
        headed={each.question.question for each in transcript.sections if each.question},
        initials=_initials,
        steps=lambda section, thread: _steps(sentences, section, thread),
    )  # fmt: skip


@cache
def environment() -> Environment:
    """What fills templates of files that stand for themselves; it escapes by itself."""
    return Environment(
        loader=FileSystemLoader(find_assets("templates")),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )


@cache
def tokens() -> Markup:
    """The design's colours and measures; the dark ones for screens only, for paper is white.

    Ours, read from our own file, so safe to stand in the markup.
    """
    tokens = (find_assets("static") / "css" / "tokens.css").read_text()
    return Markup(tokens.replace("@media (prefers-color", "@media screen and (prefers-color"))  # noqa: S704


def _steps(sentences: Sentences, section: Section, thread: Thread) -> Iterator[Step]:
    depth = 0
    for contribution in thread:
        shown = min(contribution.depth, SHOWN_DEPTH)
        yield Step(
            contribution,
            opens=shown > depth,
            closes=max(0, depth - shown),
            answers=answers(sentences, contribution),
            number=number(contribution),
            standing=standing(sentences, contribution),
            asides=asides(sentences, section, contribution),
            stretches=list(_stretches(contribution)),
        )
        depth = shown


def _stretches(contribution: Contribution) -> Iterator[Stretch]:
    """The text in pieces that together are the text, each of one kind."""
    text, found = contribution.text, contribution.entities
    if text is None or found is None:
        return
    spans = [(each.start, each.end, "hashtag") for each in found.hashtags]
    spans += [(each.start, each.end, "mention") for each in found.mentions]
    spans += [(each.start, each.end, "link") for each in found.links]
    done = 0
    for start, end, kind in sorted(spans):
        if start < done:
            continue
        if done < start:
            yield Stretch("", text[done:start])
        yield Stretch(kind, text[start:end], _address(text[start:end]) if kind == "link" else "")
        done = end
    if done < len(text):
        yield Stretch("", text[done:])


def _address(url: str) -> str:
    """Where a link leads. Without a scheme of the web it is a bare domain, and gets one."""
    return url if url.lower().startswith(("http://", "https://")) else f"https://{url}"


def _initials(name: str) -> str:
    """Two letters for a name: of its first word and the last one that is no number."""
    words = [word for word in name.split() if not word.isdigit()]
    return "".join(word[0] for word in (words[:1] + words[1:][-1:])).upper()
