"""A transcript arranged as somebody chose: by question, or in another order, or with some of its
contributions alone.

Knows no format, and works with numbers alone, so that no text is held for it. Guarantees that a contribution
keeps its number, its path and everything else it has, that what is not asked for is in no part of the
outcome, and that figures and questions stay those of the whole debate: a part of it does not pass for another
debate.
"""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Iterator
from itertools import pairwise

from msgspec import structs

from fishbowl.debate.state import Contribution as Stated
from fishbowl.debate.state import State
from fishbowl.debate.vocabulary import Role
from fishbowl.transcript.choice import BadChoice, Choice, Order
from fishbowl.transcript.contents import Author, Contribution, Section, Transcript
from fishbowl.transcript.lines import Items, Lines, Making, Numbers, Place

__all__ = ["arranged", "author_of"]

FIRST = (Role.CHAIR, Role.MODERATOR, Role.SPEAKER, Role.PARTICIPANT)
"""Whose contributions come first where they are arranged by speaker."""


def arranged(
    transcript: Transcript, numbers: array[int], state: State, making: Making, choice: Choice
) -> Transcript:
    """`transcript`, which has the contributions of `numbers`, in the order of `choice` with what it asks for;
    raises `BadChoice`.

    Where something is left out, so are stage directions and sittings, which are the whole debate's.
    """
    kept = numbers
    if choice.leaves_out:
        _check(transcript, numbers, state, choice)
        kept = _kept(transcript, numbers, state, making, choice)
        transcript = structs.replace(transcript, directions=(), sittings=())
    left_out = len(numbers) - len(kept)
    arranging = _Arranging(transcript, state, making, kept, choice)
    if choice.order is Order.SPEAKER:
        theirs = _by_author(state, kept)
        kept = array("I", (number for _, said in theirs for number in said))
        sections = arranging.by_speaker(theirs)
    elif choice.order is Order.TIME:
        sections = arranging.by_time()
    else:
        sections = arranging.by_question(numbers)
    return structs.replace(
        transcript,
        choice=choice,
        left_out=left_out,
        contributions=Lines(making, kept),
        sections=tuple(sections),
    )


def author_of(state: State, person: str) -> Author:
    author = state.people[person]
    return Author(author.person, author.name, author.handle, author.role)


def _check(transcript: Transcript, numbers: array[int], state: State, choice: Choice) -> None:
    questions = [each.question for each in transcript.questions]
    if choice.question is not None and choice.question not in questions:
        raise BadChoice(f"There is no question {choice.question} in this debate.")
    if choice.person is not None and not any(
        _is_by(state, state.contributions[number].author, choice.person) for number in numbers
    ):
        raise BadChoice(f"Nobody called {choice.person!r} has contributed to this debate.")


def _kept(
    transcript: Transcript, numbers: array[int], state: State, making: Making, choice: Choice
) -> array[int]:
    kept = array("I", (number for number in numbers if _fits(state, state.contributions[number], choice)))
    if choice.hashtag is None:
        return kept
    hashtag = choice.hashtag.lower()
    if hashtag in (tag.lower() for tag in transcript.hashtags):
        return kept  # the debate's own hashtags belong to every contribution without being typed (RULES)
    return array("I", (each.contribution for each in Lines(making, kept) if _carries(each, hashtag)))


def _fits(state: State, stated: Stated, choice: Choice) -> bool:
    """Whether a contribution is meant, as far as can be said without its text."""
    if choice.question is not None and all(tag.question != choice.question for tag in stated.tags):
        return False
    if choice.circle is not None and stated.circle is not choice.circle:
        return False
    return choice.person is None or _is_by(state, stated.author, choice.person)


def _is_by(state: State, author: str, person: str) -> bool:
    return author == person or (state.people[author].handle or "").lower() == person.lower()


def _carries(contribution: Contribution, hashtag: str) -> bool:
    found = contribution.entities
    return found is not None and any(each.text.lower() == hashtag for each in found.hashtags)


def _by_author(state: State, kept: array[int]) -> list[tuple[str, array[int]]]:
    """Everybody with what they said, in order of roles, then of who contributed first."""
    theirs: dict[str, array[int]] = {}
    for number in kept:
        theirs.setdefault(state.contributions[number].author, array("I")).append(number)
    ordered = sorted(theirs.items(), key=lambda said: FIRST.index(state.people[said[0]].role))
    return [(person, _in_time(state, numbers)) for person, numbers in ordered]


def _in_time(state: State, numbers: array[int]) -> array[int]:
    """In order of the records they came with; one that was held came onto the floor later than its number
    says.
    """
    seqs = array("I", (state.contributions[number].seq for number in numbers))
    if all(one < other for one, other in pairwise(seqs)):
        return numbers
    return array("I", (numbers[place] for place in sorted(range(len(seqs)), key=seqs.__getitem__)))


class _Arranging:
    def __init__(
        self, transcript: Transcript, state: State, making: Making, kept: array[int], choice: Choice
    ) -> None:
        self.transcript = transcript
        self.state = state
        self.making = making
        self.kept = kept
        self.choice = choice

    def by_question(self, numbers: array[int]) -> Iterator[Section]:
        """The opening, a section for every question, and last what belongs to none; empty ones only for
        questions, and only where nothing is left out. A thread belongs to the question its root is tagged
        with first; one that lost its root, or some in its middle, falls into pieces.
        """
        opening = Items(self.making)
        under: dict[int | None, Items] = {None: Items(self.making)}
        under |= {each.question: Items(self.making) for each in self.transcript.questions}
        for direction in self.transcript.directions:
            (under[direction.focus] if direction.begun else opening).directions.append(direction)
        known, kept = Numbers(numbers, len(self.state.contributions)), self._kept()
        roots = array("I", (each for each in numbers if self.state.contributions[each].reply_to is None))
        for number in _in_time(self.state, roots):
            root = self.state.contributions[number]
            items, seq = under[root.tags[0].question if root.tags else None], root.seq
            for piece in self._pieces(self._thread(number, known), kept):
                items.put(seq, piece)
        if opening:
            yield Section(None, True, opening)
        for question in self.transcript.questions:
            if under[question.question] or not self.choice.leaves_out:
                yield Section(question, False, under[question.question])
        if under[None]:
            yield Section(None, False, under[None])

    def by_time(self) -> Iterator[Section]:
        items = self._alone(_in_time(self.state, self.kept))
        items.directions.extend(self.transcript.directions)
        if items:
            yield Section(None, False, items, order=Order.TIME)

    def by_speaker(self, theirs: Iterable[tuple[str, array[int]]]) -> Iterator[Section]:
        for person, numbers in theirs:
            author = author_of(self.state, person)
            yield Section(None, False, self._alone(numbers), order=Order.SPEAKER, author=author)
        if self.transcript.directions:
            yield Section(None, False, self.transcript.directions, order=Order.SPEAKER)

    def _kept(self) -> Numbers | None:
        """What is to be in; None: everything."""
        most = len(self.state.contributions)
        return Numbers(self.kept, most) if self.choice.leaves_out else None

    def _thread(self, root: int, known: Numbers) -> Iterator[Stated]:
        yield self.state.contributions[root]
        for stated in self.state.descendants(root):
            if stated.contribution in known:
                yield stated

    def _pieces(self, thread: Iterator[Stated], kept: Numbers | None) -> Iterable[Iterable[Place]]:
        """What is left of a thread, a piece for each that stands below nothing that is left."""
        if kept is None:
            return [(Place(each.contribution, each.path.count(".")) for each in thread)]
        pieces: dict[int, list[Place]] = {}
        placed: dict[int, tuple[int, int]] = {}
        """By number: the first of its piece, and how deep it stands there."""
        for each in thread:
            number = each.contribution
            if number not in kept:
                continue
            top, depth = placed.get(each.reply_to or 0, (number, -1))
            placed[number] = top, depth + 1
            apart = each.reply_to is not None and top == number
            pieces.setdefault(top, []).append(Place(number, depth + 1, apart))
        return pieces.values()

    def _alone(self, numbers: array[int]) -> Items:
        """Each by itself; in order of time already."""
        items = Items(self.making)
        for number in numbers:
            stated = self.state.contributions[number]
            items.put(stated.seq, [Place(number, 0, stated.reply_to is not None)])
        return items
