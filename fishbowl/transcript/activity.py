"""The transcript as ActivityStreams 2.0: an ordered collection of notes, for the programs of the social web.

Knows no language and no address: ids are fragments of wherever the file lies (`#c142`, as in the HTML), which
a reader of JSON-LD makes whole. Contents say that they are plain text, for ActivityStreams takes them for
HTML otherwise; where an author said a language, the content stands under it.

Guarantees one object to a line, in order of number; what is not shown is a `Tombstone` under its number.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import msgspec

from fishbowl.clock import to_wire
from fishbowl.transcript.contents import Contribution, Transcript
from fishbowl.transcript.csv import chosen
from fishbowl.transcript.voice import ENGLISH, Voice

__all__ = ["render"]

CONTEXT = "https://www.w3.org/ns/activitystreams"


def render(transcript: Transcript, voice: Voice = ENGLISH) -> Iterator[str]:
    head = {
        "@context": [CONTEXT, {"@language": transcript.language}],
        "type": "OrderedCollection",
        "id": "#debate",
        **_words("name", transcript.title),
        **_words("summary", transcript.introduction),
        "updated": to_wire(transcript.at),
        "generator": {"type": "Application", "name": f"fishbowl, record {transcript.seq}"},
        "audience": {"type": "Group", "name": transcript.version},
        "totalItems": len(transcript.contributions),
    }
    if choice := chosen(transcript):
        head["attachment"] = {"type": "Note", "name": "choice", "mediaType": "text/plain", "content": choice}
    yield _json(head)[:-1] + ',\n"orderedItems": ['
    between = "\n"
    for contribution in transcript.contributions:
        yield between + _json(_item(contribution))
        between = ",\n"
    yield "\n]}\n"


def _words(name: str, words: str | dict[str, str]) -> dict[str, object]:
    return {name: words} if isinstance(words, str) else {f"{name}Map": words}


def _item(contribution: Contribution) -> dict[str, Any]:
    item: dict[str, Any] = {
        "id": f"#c{contribution.contribution}",
        "published": to_wire(contribution.at),
        "attributedTo": _author(contribution),
    }
    if contribution.reply_to is not None and not contribution.inferred:
        item["inReplyTo"] = f"#c{contribution.reply_to}"
    if contribution.tags:
        item["context"] = [f"#q{question}" for question in contribution.questions]
    if contribution.text is None:
        return {"type": "Tombstone", "formerType": "Note", "summary": contribution.status, **item}
    if contribution.needs_placeholder:
        item["summary"] = contribution.status
    content: dict[str, Any] = {"content": contribution.text}
    if contribution.language is not None:
        content = {"contentMap": {contribution.language: contribution.text}}
    item |= {"mediaType": "text/plain", **content}
    if found := _found(contribution):
        item["tag"] = found
    if contribution.endorsements:
        item["likes"] = {"type": "Collection", "totalItems": contribution.endorsements}
    return {"type": "Note", **item}


def _author(contribution: Contribution) -> dict[str, str]:
    author = contribution.author
    given = {"name": author.name, "preferredUsername": author.handle}
    return {"type": "Person", "id": f"#p-{author.person}"} | {
        name: value for name, value in given.items() if value is not None
    }


def _found(contribution: Contribution) -> list[dict[str, str]]:
    if contribution.entities is None:
        return []
    tags = [{"type": "Hashtag", "name": f"#{each.text}"} for each in contribution.entities.hashtags]
    return tags + [{"type": "Mention", "name": f"@{each.text}"} for each in contribution.entities.mentions]


def _json(value: object) -> str:
    return msgspec.json.encode(value).decode()
