"""The rules of the floor: contributions, their tags and questions, announcements.

Each function decides one command. Knows nothing of seats beyond where an author sits.
"""

from __future__ import annotations

from functools import lru_cache
from math import ceil
from typing import Any

from msgspec import UNSET

from fishbowl.debate import commands, events
from fishbowl.debate.commands import Asked
from fishbowl.debate.events import Event
from fishbowl.debate.moderation import MODERATING, held_for, known, usual_wait, visible, warn
from fishbowl.debate.pace import wait_before_post
from fishbowl.debate.refused import Refused
from fishbowl.debate.safety import check_muted
from fishbowl.debate.state import State
from fishbowl.debate.threads import addressed, answered, hung_below, movable
from fishbowl.debate.vocabulary import Circle, Instant, Posting, Role, Status, Words, threaded
from fishbowl.text import (
    BadText,
    author_tags,
    broken_limit,
    chair_tags,
    choose_tags,
    clean,
    find_entities,
)

__all__ = [
    "add_question",
    "announce",
    "check_announcement",
    "check_post",
    "check_question",
    "check_summary",
    "drop_question",
    "edit_question",
    "endorse",
    "focus",
    "highlight",
    "move_question",
    "post",
    "summarise",
    "tag",
    "tagged_by_word",
    "withdraw",
]

MAX_QUESTIONS = 20
ANNOUNCEMENT = 500
QUESTION = 500
SUMMARY = 1000
"""Longest announcement, question and summary, in graphemes."""


# Form


def check_post(state: State, command: commands.Post) -> None:
    checked(command.text, state.rules.max_length)


def check_announcement(state: State, command: commands.Announce) -> None:
    checked(command.text, ANNOUNCEMENT)


def check_question(state: State, command: commands.AddQuestion | commands.EditQuestion) -> None:
    if command.text is not UNSET:
        for text in [command.text] if isinstance(command.text, str) else command.text.values():
            checked(text, QUESTION)


# A post's text is looked at twice in a row: with the form, which comes first, and when it is stored.
@lru_cache(maxsize=1)
def checked(text: str, most: int) -> str:
    """The text as it is stored; refused where its form is wrong."""
    try:
        stored = clean(text)
    except BadText as error:
        raise Refused("bad_request", f"text: {error}") from None
    broken = broken_limit(stored, most)
    if broken == "empty":
        raise Refused("text.empty", "The text is empty. Write something first.")
    if broken is not None:
        raise Refused("text.too_long", "The text is too long: at most {most} characters fit.", most=most)
    return stored


def _words(words: Words) -> Words:
    if isinstance(words, str):
        return clean(words)
    return {language: clean(text) for language, text in words.items()}


# Contributions


def post(state: State, asked: Asked, command: commands.Post) -> list[Event]:
    person = state.people[asked.by]
    seat = state.seat_of(asked.by)
    moderating = person.role in MODERATING
    if state.rules.posting is Posting.CLASSIC and seat is None and person.role is not Role.CHAIR:
        if state.round is not None:
            raise Refused(
                "round.running",
                "A closed round is on: its group and the chair contribute until it is over.",
            )
        raise Refused(
            "right.missing", "In this debate the circle and the chair contribute. Raise your hand for a seat."
        )
    if state.frozen and not moderating:
        raise Refused("floor.frozen", "The floor is frozen for a moment. Your text is kept; try again soon.")
    check_muted(person, asked.at)
    if wait := wait_before_post(person, state.rules, seat is not None, asked.at):
        told = ceil(round(wait * 10, 3)) / 10  # in tenths, and never too short
        raise Refused("pace.too_fast", "A little slower, please: wait {n} s.", told, n=ceil(told))

    text = checked(command.text, state.rules.max_length)
    chosen = [_standing(state, number) for number in command.questions or ()]
    parent = answered(state, asked, command, text)
    tags = choose_tags(
        questions=state.order,
        author=chosen,
        markers=[marker.question for marker in find_entities(text).markers],
        parent=parent.tags if parent else (),
        likely=asked.likeness,
        focus=state.focus,
    )
    number = len(state.contributions) + 1
    inner = seat is not None or person.role is Role.CHAIR
    fields: dict[str, Any] = {
        "contribution": number,
        "author": asked.by,
        "circle": Circle.INNER if inner else Circle.OUTER,
        "seat": seat.seat if seat else None,
        **hung_below(parent, number),
        "inferred": True if parent and command.reply_to is None else None,
        "tags": tags,
        "text": text,
        "language": command.language,
    }
    if why := held_for(state, person, text):
        if command.warn:
            warn(why)
        return [events.ContributionHeld(**fields, why=why, usual_wait=usual_wait(state))]
    return [events.ContributionPosted(**fields)]


def tagged_by_word(state: State, command: commands.Post, by: str, at: Instant) -> bool:
    """Whether somebody's word decides a post's tags: its author's choice, a marker, what it replies to.

    `by` whom and `at` what time: they may reply to somebody by the first word alone.
    """
    parent = (
        addressed(state, by, command.text.lstrip(), at)
        if command.reply_to is None
        else state.contributions.get(command.reply_to)
    )
    return bool(
        choose_tags(
            questions=state.order,
            author=command.questions or (),
            markers=[marker.question for marker in find_entities(command.text).markers],
            parent=parent.tags if parent else (),
        )
    )


def withdraw(state: State, asked: Asked, command: commands.Withdraw) -> list[Event]:
    contribution = known(state, asked.by, command.contribution)
    if contribution.author != asked.by:
        raise Refused("right.missing", "Only its author can withdraw a contribution.")
    if contribution.status in (Status.WITHDRAWN, Status.ERASED):
        return []
    return [events.ContributionWithdrawn(contribution=command.contribution)]


def endorse(state: State, asked: Asked, command: commands.Endorse) -> list[Event]:
    contribution = visible(state, asked.by, command.contribution)
    if (asked.by in contribution.endorsed_by) is command.on:
        return []
    return [
        events.ContributionEndorsed(
            contribution=command.contribution,
            on=command.on,
            endorsements=len(contribution.endorsed_by) + (1 if command.on else -1),
        )
    ]


def highlight(state: State, asked: Asked, command: commands.Highlight) -> list[Event]:
    if visible(state, asked.by, command.contribution).highlighted is command.on:
        return []
    return [events.ContributionHighlighted(contribution=command.contribution, on=command.on)]


def tag(state: State, asked: Asked, command: commands.TagQuestions) -> list[Event]:
    """The questions of a contribution, as chair and moderators say, or its author where they have not."""
    contribution = known(state, asked.by, command.contribution)
    moderates = state.people[asked.by].role in MODERATING
    if contribution.by_chair and not moderates:
        raise Refused("right.missing", "Chair or moderators have said which question it belongs to.")
    questions = [_question(state, number) for number in command.questions]
    tags = chair_tags(questions) if moderates else author_tags(questions)
    below = movable(state, contribution) if command.thread else ()
    replies = tuple(reply for reply in below if state.contributions[reply].tags != threaded(tags))
    if (contribution.by_chair or not moderates) and contribution.tags == tags and not replies:
        return []
    return [events.ContributionTagged(contribution=command.contribution, tags=tags, replies=replies)]


# Questions and announcements


def focus(state: State, asked: Asked, command: commands.Focus) -> list[Event]:
    if command.question is not None:
        _standing(state, command.question)
    if state.focus == command.question:
        return []
    return [events.QuestionFocused(question=command.question)]


def add_question(state: State, asked: Asked, command: commands.AddQuestion) -> list[Event]:
    if len(state.order) >= MAX_QUESTIONS:
        raise Refused("debate.full", "A debate has at most {most} questions.", most=MAX_QUESTIONS)
    return [
        events.QuestionAdded(
            question=len(state.questions) + 1,
            text=_words(command.text),
            minutes=command.minutes,
            gloss=command.gloss,
        )
    ]


def edit_question(state: State, asked: Asked, command: commands.EditQuestion) -> list[Event]:
    question = state.questions[_standing(state, command.question)]
    text = UNSET if command.text is UNSET else _words(command.text)
    changed: dict[str, Any] = {
        name: value
        for name, value in (("text", text), ("minutes", command.minutes), ("gloss", command.gloss))
        if value is not UNSET and value != getattr(question, name)
    }
    return [events.QuestionEdited(question=command.question, **changed)] if changed else []


def move_question(state: State, asked: Asked, command: commands.MoveQuestion) -> list[Event]:
    number, last = _standing(state, command.question), len(state.order)
    if command.to > last:
        raise Refused(
            "question.no_such_place", "There are {last} questions: a place is 1 to {last}.", last=last
        )
    if state.order[command.to - 1] == number:
        return []
    return [events.QuestionMoved(question=number, to=command.to)]


def drop_question(state: State, asked: Asked, command: commands.DropQuestion) -> list[Event]:
    """Out of focus, if it is in it, and out of the order."""
    number = _standing(state, command.question)
    if len(state.order) == 1:
        raise Refused(
            "question.last", "This is the only question there is. Reword it, or add another one first."
        )
    unfocused = [events.QuestionFocused(question=None)] if state.focus == number else []
    return [*unfocused, events.QuestionDropped(question=number)]


def check_summary(state: State, command: commands.Summarise) -> None:
    checked(command.text, SUMMARY)


def summarise(state: State, asked: Asked, command: commands.Summarise) -> list[Event]:
    question = None if command.question is None else _standing(state, command.question)
    text = checked(command.text, SUMMARY)
    known = state.summaries.get(question)
    if known is not None and known.text == text:
        return []
    return [events.QuestionSummarised(question=question, text=text)]


def announce(state: State, asked: Asked, command: commands.Announce) -> list[Event]:
    return [events.AnnouncementMade(text=checked(command.text, ANNOUNCEMENT))]


def _question(state: State, number: int) -> int:
    """A question there is, or was until it was dropped."""
    if number not in state.questions:
        known = len(state.order)
        raise Refused(
            "question.unknown",
            "There is no question {number}; this debate has {known}.",
            number=number,
            known=known,
        )
    return number


def _standing(state: State, number: int) -> int:
    """A question that is still to be asked."""
    if _question(state, number) not in state.order:
        raise Refused("question.dropped", "Question {number} has been dropped.", number=number)
    return number
