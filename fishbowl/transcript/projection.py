"""The log projected for reading: records in, a transcript out.

One fold makes it (`debate.evolve`, and `gathering` for what a state does not keep), so it agrees with every
other view of the same records, and the same records give an equal transcript whenever they are read.

Guarantees for the version `public`: nothing that was held and never shown; no text that is hidden or
withdrawn, no reason or note of moderation, no note of a hand, no name behind an act of chair or moderators.
In every version: no withdrawn or erased text, no code of the door. `redacted` is the public version of
records that were rid of their people (`redaction`).
"""

from __future__ import annotations

from array import array
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from itertools import takewhile
from typing import Any, NamedTuple

from msgspec import structs

from fishbowl.debate.event import Event
from fishbowl.debate.record import Record
from fishbowl.debate.state import Contribution as Stated
from fishbowl.debate.state import State
from fishbowl.debate.vocabulary import Circle, Role, Status
from fishbowl.text import Entities
from fishbowl.transcript.arranging import arranged, author_of
from fishbowl.transcript.choice import EVERYTHING, Choice
from fishbowl.transcript.contents import (
    CarriedIn,
    Contribution,
    Figures,
    Issue,
    Person,
    Question,
    Thread,
    Transcript,
    Version,
)
from fishbowl.transcript.gathering import REASONS, Direction, Gathering
from fishbowl.transcript.lines import Lines, Place
from fishbowl.transcript.packing import Packed
from fishbowl.transcript.reading import Reading, batches
from fishbowl.transcript.redaction import Redacted, redacted, stand_in

__all__ = ["UNISSUED", "NothingToRead", "Source", "transcript"]


UNISSUED = Issue()


class NothingToRead(ValueError):
    """There is no record, so there is no debate to make a transcript of."""


class Source:
    """What files are made from: the records up to `seq` (the last one), folded once, for one version, with
    what was chosen of them. A person is chosen as the debate knows them, also where names are replaced.

    Of a `Reading` no text is held, and hardly anything else. Raises `NothingToRead` where there is no record,
    `ValueError` where one is missing.
    """

    def __init__(
        self,
        records: Iterable[Record],
        version: Version,
        seq: int | None = None,
        choice: Choice = EVERYTHING,
        issue: Issue = UNISSUED,
    ) -> None:
        self.version = version
        self._seq = seq
        self._issue = issue
        if version is Version.REDACTED:
            records = records if isinstance(records, Reading) else list(records)
            if choice.person is not None:
                choice = structs.replace(choice, person=stand_in(records, choice.person))
            records = Redacted(records) if isinstance(records, Reading) else redacted(records)
        self.choice = choice
        self._reading = records if isinstance(records, Reading) else None
        self._packed = None if self._reading is None else Packed(self._reading)
        self._kept: list[Record] = []
        gathering = Gathering(backstage=version is Version.ORGANISER, packed=self._packed)
        for record in self._until(records):
            gathering.take(record)
            if self._reading is None:
                self._kept.append(record)
            else:
                self._reading.rest()
        if not gathering.state.seq:
            raise NothingToRead("There is no record yet, so there is nothing to make a transcript of.")
        if self._packed is not None:
            self._packed.settle()
        self.state = gathering.state
        self._gathering = gathering

    def records(self, telling: tuple[type[Event], ...] = ()) -> Iterator[Record]:
        """The records again. While one of the kind `telling` is looked at, the contribution it is about is
        at hand with its text.
        """
        if self._reading is None or self._packed is None:
            yield from self._kept
            return
        for batch in batches(self._until(self._reading)):
            told: list[Any] = [record.event for record in batch if isinstance(record.event, telling)]
            self._packed.bring({event.contribution for event in told}, batch)
            for record in batch:
                self._reading.rest()
                yield record

    def transcript(self) -> Transcript:
        """The transcript, held whole."""
        return _held(self.flowing())

    def flowing(self) -> Transcript:
        """The transcript, its contributions made as they are read, each time they are."""
        return _made(_Making(self._gathering, self.version, self._packed), self.choice, self._issue)

    def _until(self, records: Iterable[Record]) -> Iterator[Record]:
        return takewhile(lambda record: self._seq is None or record.seq <= self._seq, records)


def transcript(
    records: Iterable[Record],
    version: Version = Version.PUBLIC,
    *,
    seq: int | None = None,
    choice: Choice = EVERYTHING,
) -> Transcript:
    """The transcript of a debate's records from the first on; raises as `Source`."""
    return Source(records, version, seq, choice).transcript()


class _Making:
    """Makes contributions for one version."""

    def __init__(self, gathering: Gathering, version: Version, packed: Packed | None) -> None:
        self.gathering = gathering
        self.state = gathering.state
        self.version = version
        self._packed = packed

    def bring(self, numbers: Sequence[int]) -> None:
        if self._packed is not None:
            self._packed.bring(numbers)

    def is_at_hand(self, number: int) -> bool:
        return self._packed is None or self._packed.is_at_hand(number)

    def make(self, number: int) -> Contribution:
        return _contribution(self.state, self.state.contributions[number], self.gathering, self.version)


def _made(making: _Making, choice: Choice, issue: Issue) -> Transcript:
    state, gathering = making.state, making.gathering
    counted = _counted(state, gathering, making.version)
    directions = gathering.told()
    whole = Transcript(
        version=making.version,
        seq=state.seq,
        at=state.at,
        slug=state.slug,
        title=state.title,
        introduction=state.introduction,
        hashtags=state.hashtags,
        language=state.language,
        organisation=state.organisation,
        starts_at=state.starts_at,
        started_at=state.started_at,
        ended_at=gathering.ended_at,
        timezone=state.timezone,
        minutes=state.minutes,
        phase=state.phase,
        rules=state.rules,
        people=tuple(_people(state)),
        questions=_questions(state, counted.tagged, directions),
        figures=counted.figures,
        sections=(),
        contributions=(),
        directions=directions,
        sittings=gathering.sittings(),
        issue=issue,
    )
    return arranged(whole, counted.numbers, state, making, choice)


def _held(flowing: Transcript) -> Transcript:
    """The same with everything made, each contribution once."""
    made = {each.contribution: each for each in flowing.contributions}

    def placed(place: Place) -> Contribution:
        each = made[place.number]
        if (each.depth, each.apart) == (place.depth, place.apart):
            return each
        return structs.replace(each, depth=place.depth, apart=place.apart)

    def held(item: Thread | Direction) -> Thread | Direction:
        return tuple(map(placed, item.places())) if isinstance(item, Lines) else item

    sections = (structs.replace(each, items=tuple(map(held, each.items))) for each in flowing.sections)
    return structs.replace(flowing, contributions=tuple(made.values()), sections=tuple(sections))


def _entities(state: State, found: Entities) -> Entities:
    """What a text holds; with people under 18 a link is no link."""
    return structs.replace(found, links=()) if state.under_18 else found


def _is_in(stated: Stated, version: Version) -> bool:
    """What was never shown is in no transcript, but for what was refused, in the organiser's."""
    return stated.shown or (stated.status is Status.REFUSED and version is Version.ORGANISER)


def _contribution(state: State, stated: Stated, gathering: Gathering, version: Version) -> Contribution:
    shown = stated.status is Status.POSTED or version is Version.ORGANISER
    text = stated.text if shown else None
    return Contribution(
        contribution=stated.contribution,
        seq=stated.seq,
        at=stated.at,
        author=author_of(state, stated.author),
        circle=stated.circle,
        seat=stated.seat,
        status=stated.status,
        text=text,
        entities=None if text is None else _entities(state, stated.entities),
        language=stated.language,
        tags=stated.tags,
        reply_to=stated.reply_to,
        inferred=stated.inferred,
        root=stated.root,
        path=stated.path,
        depth=stated.path.count("."),
        endorsements=len(stated.endorsed_by),
        highlighted=stated.highlighted,
        carried_in=_carried_in(stated, gathering),
        checked=shown and stated.checked is True,
        acts=gathering.acts_on(stated.contribution),
    )


def _carried_in(stated: Stated, gathering: Gathering) -> CarriedIn | None:
    carried = stated.carried_in
    if carried is None:
        return None
    return CarriedIn(*gathering.carrier(carried.by), carried.at, carried.seq)


def _questions(state: State, tagged: set[int], directions: Iterable[Direction]) -> tuple[Question, ...]:
    """Those that stand, in their order, then those that were dropped and have something under them."""
    under = tagged | {each.focus for each in directions if each.focus is not None}
    dropped = sorted(under - set(state.order))
    return tuple(_question(state, number) for number in (*state.order, *dropped))


def _question(state: State, number: int) -> Question:
    question = state.questions[number]
    still = max(0, state.at - state.focus_since) if state.focus == number and state.focus_since else 0
    return Question(
        question=number,
        text=question.text,
        gloss=question.gloss,
        minutes=question.minutes,
        contributions=question.contributions,
        people=len(question.authors),
        focus_ms=question.focus_ms + still,
        dropped=number not in state.order,
    )


def _people(state: State) -> Iterator[Person]:
    seats = {seat.speaker: seat.seat for seat in state.seats.values() if seat.speaker}
    for role in (Role.CHAIR, Role.MODERATOR, Role.SPEAKER):
        for person in state.people.values():
            if person.role is role:
                yield Person(
                    person.person,
                    person.name,
                    person.handle,
                    role,
                    person.bio,
                    person.affiliation,
                    seats.get(person.person),
                )


class _Counted(NamedTuple):
    """The numbers of the contributions that are in, the questions these are tagged with, and the figures."""

    numbers: array[int]
    tagged: set[int]
    figures: Figures


def _counted(state: State, gathering: Gathering, version: Version) -> _Counted:
    numbers, tagged = array("I"), set[int]()
    counted: Counter[str] = Counter()
    hidden: Counter[str] = Counter()
    heard: set[str] = set()
    for stated in state.contributions.values():
        if not _is_in(stated, version):
            continue
        numbers.append(stated.contribution)
        tagged.update(tag.question for tag in stated.tags)
        if not stated.shown:
            continue
        counted.update((stated.status, stated.circle, "all"))
        counted["threads"] += stated.reply_to is None
        if stated.status is Status.POSTED:
            heard.add(stated.author)
            counted["endorsements"] += len(stated.endorsed_by)
        elif stated.status is Status.HIDDEN:
            hidden[gathering.hidden_for[stated.contribution]] += 1
    figures = Figures(
        people=sum(
            person.role is Role.PARTICIPANT and person.let_in is not None for person in state.people.values()
        ),
        heard=len(heard),
        contributions=counted["all"],
        inner=counted[Circle.INNER],
        outer=counted[Circle.OUTER],
        threads=counted["threads"],
        hidden=counted[Status.HIDDEN],
        hidden_for={reason: hidden[reason] for reason in REASONS if hidden[reason]},
        withdrawn=counted[Status.WITHDRAWN],
        erased=counted[Status.ERASED],
        endorsements=counted["endorsements"],
    )
    return _Counted(numbers, tagged, figures)
