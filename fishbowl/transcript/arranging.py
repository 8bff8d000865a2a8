"""A transcript arranged as somebody chose: in another order, or with some of its contributions alone.

Knows no format. Guarantees that a contribution keeps its number, its path and everything else it has, that
what is not asked for is in no part of the outcome, and that figures and questions stay those of the whole
debate: a part of it does not pass for another debate.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from msgspec import structs

from fishbowl.debate.vocabulary import Role
from fishbowl.transcript.choice import EVERYTHING, BadChoice, Choice, Order
from fishbowl.transcript.contents import Contribution, Section, Thread, Transcript
from fishbowl.transcript.gathering import Direction

__all__ = ["arranged"]

FIRST = (Role.CHAIR, Role.MODERATOR, Role.SPEAKER, Role.PARTICIPANT)
"""Whose contributions come first where they are arranged by speaker."""


def arranged(transcript: Transcript, choice: Choice) -> Transcript:
    """`transcript` in the order of `choice`, with what it asks for; raises `BadChoice`.

    Where something is left out, so are stage directions and sittings, which are the whole debate's.
    """
    if choice == EVERYTHING:
        return transcript
    _check(transcript, choice)
    kept = [each for each in transcript.contributions if _is_meant(transcript, each, choice)]
    left_out = len(transcript.contributions) - len(kept)
    if choice.leaves_out:
        transcript = structs.replace(transcript, directions=(), sittings=())
    if choice.order is Order.SPEAKER:
        people = {each.author.person: each.author for each in reversed(kept)}
        first = {person: place for place, person in enumerate(reversed(people))}
        kept.sort(key=lambda each: (FIRST.index(each.author.role), first[each.author.person], each.seq))
    sections = {
        Order.QUESTION: _by_question,
        Order.TIME: _by_time,
        Order.SPEAKER: _by_speaker,
    }[choice.order](transcript, kept)
    return structs.replace(
        transcript, choice=choice, left_out=left_out, contributions=tuple(kept), sections=tuple(sections)
    )


def _check(transcript: Transcript, choice: Choice) -> None:
    questions = [each.question for each in transcript.questions]
    if choice.question is not None and choice.question not in questions:
        raise BadChoice(f"There is no question {choice.question} in this debate.")
    if choice.person is not None and not any(
        _is_by(each, choice.person) for each in transcript.contributions
    ):
        raise BadChoice(f"Nobody called {choice.person!r} has contributed to this debate.")


def _is_meant(transcript: Transcript, contribution: Contribution, choice: Choice) -> bool:
    if choice.question is not None and choice.question not in contribution.questions:
        return False
    if choice.hashtag is not None and not _carries(transcript, contribution, choice.hashtag.lower()):
        return False
    if choice.circle is not None and contribution.circle is not choice.circle:
        return False
    return choice.person is None or _is_by(contribution, choice.person)


def _is_by(contribution: Contribution, person: str) -> bool:
    author = contribution.author
    return author.person == person or (author.handle or "").lower() == person.lower()


def _carries(transcript: Transcript, contribution: Contribution, hashtag: str) -> bool:
    """The debate's own hashtags belong to every contribution without being typed (RULES)."""
    if hashtag in (tag.lower() for tag in transcript.hashtags):
        return True
    found = contribution.entities
    return found is not None and any(each.text.lower() == hashtag for each in found.hashtags)


def _by_question(transcript: Transcript, kept: list[Contribution]) -> Iterator[Section]:
    """As it was; a thread that lost its root, or one in its middle, falls into pieces."""
    numbers = {each.contribution for each in kept}
    for section in transcript.sections:
        items = [
            piece for item in section.items if isinstance(item, tuple) for piece in _pieces(item, numbers)
        ]
        if items:
            yield structs.replace(section, items=tuple(items))


def _pieces(thread: Thread, kept: set[int]) -> Iterable[Thread]:
    """What is left of a thread, a piece for each that stands below nothing that is left."""
    pieces: dict[int, list[Contribution]] = {}
    placed: dict[int, tuple[int, int]] = {}
    """By number: the first of its piece, and how deep it stands there."""
    for each in thread:
        if each.contribution not in kept:
            continue
        top, depth = placed.get(each.reply_to or 0, (each.contribution, -1))
        placed[each.contribution] = top, depth + 1
        apart = each.reply_to is not None and top == each.contribution
        pieces.setdefault(top, []).append(structs.replace(each, depth=depth + 1, apart=apart))
    return map(tuple, pieces.values())


def _by_time(transcript: Transcript, kept: list[Contribution]) -> Iterator[Section]:
    items: list[Thread | Direction] = [*map(_alone, kept), *transcript.directions]
    if items:
        yield Section(None, False, tuple(sorted(items, key=_seq)), order=Order.TIME)


def _by_speaker(transcript: Transcript, kept: list[Contribution]) -> Iterator[Section]:
    """`kept` is in order of speakers already."""
    theirs: dict[str, list[Contribution]] = {}
    for each in kept:
        theirs.setdefault(each.author.person, []).append(each)
    for contributions in theirs.values():
        items = tuple(map(_alone, contributions))
        yield Section(None, False, items, order=Order.SPEAKER, author=contributions[0].author)
    if transcript.directions:
        yield Section(None, False, transcript.directions, order=Order.SPEAKER)


def _alone(contribution: Contribution) -> Thread:
    return (structs.replace(contribution, depth=0, apart=contribution.reply_to is not None),)


def _seq(item: Thread | Direction) -> int:
    return item[0].seq if isinstance(item, tuple) else item.seq
