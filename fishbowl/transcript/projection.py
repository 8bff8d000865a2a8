"""The log projected for reading: records in, a transcript out.

One fold makes it (`debate.evolve`, and `gathering` for what a state does not keep), so it agrees with every
other view of the same records, and the same records give an equal transcript whenever they are read.

Guarantees for the version `public`: nothing that was held and never shown; no text that is hidden or
withdrawn, no reason or note of moderation, no note of a hand, no name behind an act of chair or moderators.
In every version: no withdrawn or erased text, no code of the door. `redacted` is the public version of
records that were rid of their people (`redaction`).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping

from msgspec import structs

from fishbowl.debate.record import Record
from fishbowl.debate.state import Contribution as Stated
from fishbowl.debate.state import State
from fishbowl.debate.vocabulary import Circle, Role, Status
from fishbowl.text import Entities
from fishbowl.transcript.arranging import arranged
from fishbowl.transcript.choice import EVERYTHING, Choice
from fishbowl.transcript.contents import (
    Author,
    Contribution,
    Figures,
    Person,
    Question,
    Section,
    Thread,
    Transcript,
    Version,
)
from fishbowl.transcript.gathering import REASONS, Direction, Gathering
from fishbowl.transcript.redaction import redacted, stand_in

__all__ = ["NothingToRead", "Source", "transcript"]


class NothingToRead(ValueError):
    """There is no record, so there is no debate to make a transcript of."""


class Source:
    """What files are made from: the records up to `seq` (the last one), folded once, for one version, with
    what was chosen of them. A person is chosen as the debate knows them, also where names are replaced.

    Raises `NothingToRead` where there is no record, `ValueError` where one is missing.
    """

    def __init__(
        self,
        records: Iterable[Record],
        version: Version,
        seq: int | None = None,
        choice: Choice = EVERYTHING,
    ) -> None:
        self.version = version
        self.records: list[Record] = []
        if version is Version.REDACTED and choice.person is not None:
            records = list(records)
            choice = structs.replace(choice, person=stand_in(records, choice.person))
        self.choice = choice
        gathering = Gathering(backstage=version is Version.ORGANISER)
        for record in redacted(records) if version is Version.REDACTED else records:
            if seq is not None and record.seq > seq:
                break
            gathering.take(record)
            self.records.append(record)
        if not self.records:
            raise NothingToRead("There is no record yet, so there is nothing to make a transcript of.")
        self.state = gathering.state
        self._gathering = gathering

    def transcript(self) -> Transcript:
        return arranged(_made(self._gathering, self.version), self.choice)


def transcript(
    records: Iterable[Record],
    version: Version = Version.PUBLIC,
    *,
    seq: int | None = None,
    choice: Choice = EVERYTHING,
) -> Transcript:
    """The transcript of a debate's records from the first on; raises as `Source`."""
    return Source(records, version, seq, choice).transcript()


def _made(gathering: Gathering, version: Version) -> Transcript:
    state = gathering.state
    contributions = {
        stated.contribution: _contribution(state, stated, gathering, version)
        for stated in state.contributions.values()
        if _is_in(stated, version)
    }
    directions = tuple(gathering.directions)
    questions = _questions(state, contributions.values(), directions)
    return Transcript(
        version=version,
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
        questions=questions,
        figures=_figures(state, gathering.hidden_for),
        sections=_sections(state, questions, contributions, directions),
        contributions=tuple(contributions.values()),
        directions=directions,
        sittings=gathering.sittings(),
    )


def _entities(state: State, found: Entities) -> Entities:
    """What a text holds; with people under 18 a link is no link."""
    return structs.replace(found, links=()) if state.under_18 else found


def _is_in(stated: Stated, version: Version) -> bool:
    """What was never shown is in no transcript, but for what was refused, in the organiser's."""
    return stated.shown or (stated.status is Status.REFUSED and version is Version.ORGANISER)


def _contribution(state: State, stated: Stated, gathering: Gathering, version: Version) -> Contribution:
    shown = stated.status is Status.POSTED or version is Version.ORGANISER
    text = stated.text if shown else None
    author = state.people[stated.author]
    return Contribution(
        contribution=stated.contribution,
        seq=stated.seq,
        at=stated.at,
        author=Author(author.person, author.name, author.handle, author.role),
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
        acts=tuple(gathering.acts.get(stated.contribution, ())),
    )


def _questions(
    state: State, contributions: Iterable[Contribution], directions: Iterable[Direction]
) -> tuple[Question, ...]:
    """Those that stand, in their order, then those that were dropped and have something under them."""
    under = {tag.question for each in contributions for tag in each.tags}
    under |= {each.focus for each in directions if each.focus is not None}
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


def _figures(state: State, hidden_for: Mapping[int, str]) -> Figures:
    stated = [each for each in state.contributions.values() if each.shown]
    inner = sum(each.circle is Circle.INNER for each in stated)
    return Figures(
        people=sum(
            person.role is Role.PARTICIPANT and person.let_in is not None for person in state.people.values()
        ),
        heard=len({each.author for each in stated if each.status is Status.POSTED}),
        contributions=len(stated),
        inner=inner,
        outer=len(stated) - inner,
        threads=sum(each.reply_to is None for each in stated),
        hidden=sum(each.status is Status.HIDDEN for each in stated),
        hidden_for=_counted(hidden_for[each.contribution] for each in stated if each.status is Status.HIDDEN),
        withdrawn=sum(each.status is Status.WITHDRAWN for each in stated),
        erased=sum(each.status is Status.ERASED for each in stated),
        endorsements=sum(len(each.endorsed_by) for each in stated if each.status is Status.POSTED),
    )


def _counted(reasons: Iterable[str]) -> dict[str, int]:
    counted = Counter(reasons)
    return {reason: counted[reason] for reason in REASONS if counted[reason]}


def _sections(
    state: State,
    questions: tuple[Question, ...],
    contributions: dict[int, Contribution],
    directions: tuple[Direction, ...],
) -> tuple[Section, ...]:
    """The opening, a section for every question, and last what belongs to none; empty ones only for
    questions. A thread belongs to the question its root is tagged with first.
    """
    opening: list[tuple[int, Thread | Direction]] = []
    under: dict[int | None, list[tuple[int, Thread | Direction]]] = {None: []}
    under |= {question.question: [] for question in questions}
    for direction in directions:
        (under[direction.focus] if direction.begun else opening).append((direction.seq, direction))
    for root in contributions.values():
        if root.reply_to is None:
            thread = (
                root,
                *(
                    contributions[each.contribution]
                    for each in state.descendants(root.contribution)
                    if each.contribution in contributions
                ),
            )
            under[root.questions[0] if root.tags else None].append((root.seq, thread))

    def section(question: Question | None, items: list[tuple[int, Thread | Direction]]) -> Section:
        in_time = sorted(items, key=lambda item: item[0])
        return Section(question, items is opening, tuple(item for _, item in in_time))

    sections = [section(None, opening)] if opening else []
    sections += [section(question, under[question.question]) for question in questions]
    return (*sections, section(None, under[None])) if under[None] else tuple(sections)
