"""What a contribution answers: as its author says, or, where they do not, as its first word tells.

A text that begins with a person's handle is taken to answer their latest contribution, where that is recent
and stands on the floor; it is marked as inferred, and its author, chair and moderators may put it elsewhere.
What an author chose to reply to is not touched.
"""

from __future__ import annotations

from typing import Any

from fishbowl.debate import commands, events
from fishbowl.debate.commands import Asked
from fishbowl.debate.events import Event
from fishbowl.debate.moderation import MODERATING, known, visible
from fishbowl.debate.refused import Refused
from fishbowl.debate.state import Contribution, State
from fishbowl.debate.vocabulary import Status, Tag
from fishbowl.text import choose_tags, find_entities

__all__ = ["addressed", "answered", "held_by_word", "hung_below", "movable", "thread"]

RECENT_MS = 10 * 60 * 1000
"""How old what somebody said may be for a text to be taken as an answer to it.

In 47 chaired meetings 99 % of the texts that address somebody come within 5 minutes of that person's latest;
in 37 hashtag chats, which are slower, 94 % within 10. The longer ago, the less often both are about the same
question: 97 % within a minute, 80 % after four, 60 % from six on (docs/tagging.md).
"""
STRONGER = frozenset({"author", "marker", "chair"})
"""Tags that a reply keeps when the thread above it is moved."""


def answered(state: State, asked: Asked, command: commands.Post, text: str) -> Contribution | None:
    """What a post answers: what its author chose, else whom its first word names; None: nothing."""
    if command.reply_to is not None:
        return visible(state, asked.by, command.reply_to)
    return addressed(state, asked.by, text, asked.at)


def addressed(state: State, by: str, text: str, at: int) -> Contribution | None:
    """The latest recent contribution of the person that `text` begins with, if it is not `by`'s own."""
    if text[:1] not in ("@", "＠"):
        return None
    mentions = find_entities(text).mentions
    person = state.handles.get(mentions[0].text.lower()) if mentions and not mentions[0].start else None
    if person is None or person == by:
        return None
    for number in reversed(state.people[person].said):
        contribution = state.contributions[number]
        if contribution.at < at - RECENT_MS:
            return None
        if contribution.status is Status.POSTED:
            return contribution
    return None


def hung_below(parent: Contribution | None, number: int) -> dict[str, Any]:
    """Where contribution `number` stands below `parent`; None: by itself."""
    if parent is None:
        return {"reply_to": None, "root": number, "path": str(number)}
    return {
        "reply_to": parent.contribution,
        "root": parent.root,
        "path": f"{parent.path}.{parent.hung + 1}",
    }


def thread(state: State, asked: Asked, command: commands.Thread) -> list[Event]:
    """What a contribution answers whose author chose nothing, as chair, moderators or that author say."""
    contribution = known(state, asked.by, command.contribution)
    number = contribution.contribution
    if contribution.inferred is None:
        raise Refused(
            "contribution.not_inferred",
            "What contribution {number} answers was not inferred, so it stays where its author put it.",
            number=number,
        )
    moderates = state.people[asked.by].role in MODERATING
    if contribution.placed_by_chair and not moderates:
        raise Refused("right.missing", "Chair or moderators have said what it answers.")
    if command.reply_to is not None and command.reply_to >= number:
        raise Refused(
            "contribution.unknown",
            "There is no contribution {reply_to} before contribution {number}.",
            reply_to=command.reply_to,
            number=number,
        )
    if command.reply_to == contribution.reply_to:
        if not contribution.inferred:
            return []
        parent = state.contributions.get(command.reply_to or 0)
        place = {name: getattr(contribution, name) for name in ("reply_to", "root", "path")}
    else:
        parent = None if command.reply_to is None else visible(state, asked.by, command.reply_to)
        place = hung_below(parent, number)
    tags = _tags(state, contribution, parent, asked)
    moved = () if tags == contribution.tags else movable(state, contribution)
    return [
        events.ContributionThreaded(
            contribution=number, **place, was=contribution.path, tags=tags, replies=tuple(moved)
        )
    ]


def _tags(
    state: State, contribution: Contribution, parent: Contribution | None, asked: Asked
) -> tuple[Tag, ...]:
    """Its tags where it stands now: somebody's word stays, else RULES' order from the thread on."""
    if held_by_word(contribution):
        return contribution.tags
    return choose_tags(
        questions=state.order,
        parent=parent.tags if parent else (),
        likely=asked.likeness,
        focus=contribution.in_focus,
    )


def held_by_word(contribution: Contribution) -> bool:
    """Whether somebody's word, not the thread, says which questions it is under."""
    return contribution.by_chair or any(tag.source in STRONGER for tag in contribution.tags)


def movable(state: State, contribution: Contribution) -> list[int]:
    """The replies that move with `contribution`: down each branch, until a stronger tag holds it."""
    found: list[int] = []
    waiting = list(contribution.replies)
    while waiting:
        reply = state.contributions[waiting.pop(0)]
        if held_by_word(reply):
            continue
        found.append(reply.contribution)
        waiting += reply.replies
    return found
