"""A debate in figures: tables of what was counted, from a transcript.

Knows no page and no picture (`plots` draws from these tables): values are raw, times are instants, and every
table says which of its columns is what. It counts what the transcript it is handed shows and nothing else, so
whoever may have that transcript may have its figures. The same transcript gives equal tables.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator
from itertools import combinations
from typing import Final, Literal, NamedTuple

from msgspec import Struct

from fishbowl.debate.vocabulary import Circle, Status
from fishbowl.transcript.contents import Contribution, Transcript
from fishbowl.transcript.names import reason_name
from fishbowl.transcript.sentences import Sentences
from fishbowl.transcript.voice import ENGLISH, Voice

__all__ = ["NAMES", "Cell", "Column", "Table", "figures"]

MINUTE: Final = 60_000
STRETCHES: Final = (1, 2, 5, 10, 15, 30, 60, 120, 360, 720, 1440)
"""Minutes that may be counted as one, so that there are at most `MOST_STRETCHES` of them."""
MOST_STRETCHES: Final = 90
MOST: Final = 20
"""Rows of a list that begins with the largest."""

Cell = int | str | None
NAMES: Final = (
    *(
        "heard",
        "voices",
        "minutes",
        "questions",
        "seats",
        "hashtags",
        "together",
        "threads",
        "endorsements",
        "moderation",
    ),
)
"""The tables there are, in order; a table may be empty."""


class Column(NamedTuple):
    """`name` in files, `label` for people. A `contribution` is its number, a `time` an instant."""

    name: str
    label: str
    kind: Literal["text", "number", "time", "contribution"] = "number"


class Table(Struct, frozen=True):
    """`about` says in a sentence what is counted, and what the largest value is."""

    name: str
    title: str
    about: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[Cell, ...], ...]


def figures(transcript: Transcript, voice: Voice = ENGLISH) -> tuple[Table, ...]:
    """Every table of `NAMES`, in that order."""
    counted = _Counted(Sentences(transcript, voice))
    return tuple(getattr(counted, name)() for name in NAMES)


class _Counted:
    def __init__(self, sentences: Sentences) -> None:
        self.sentences = sentences
        self.transcript = sentences.transcript
        self._ = sentences.voice.say
        self.readable = [each for each in self.transcript.contributions if each.status is Status.POSTED]

    def heard(self) -> Table:
        _, figures = self._, self.transcript.figures
        circles: dict[str, set[Circle]] = {}
        for each in self.readable:
            circles.setdefault(each.author.person, set()).add(each.circle)
        of = Counter(frozenset(each) for each in circles.values())
        rows = (
            (_("joined as participants"), figures.people),
            (_("were heard"), figures.heard),
            (_("heard from the inner circle alone"), of[frozenset({Circle.INNER})]),
            (_("heard from the outer circle alone"), of[frozenset({Circle.OUTER})]),
            (_("heard from both"), of[frozenset(Circle)]),
        )
        about = self.sentences.gettext("Whoever has a contribution that can be read was heard.")
        columns = (Column("people", _("People"), "text"), Column("n", _("Number")))
        return Table("heard", _("Who was heard"), about, columns, rows)

    def voices(self) -> Table:
        _ = self._
        often = Counter(each.author.person for each in self.readable)
        groups = ((1, 1), (2, 2), (3, 5), (6, 10), (11, 20), (21, None))
        rows = []
        for least, most in groups:
            n = sum(least <= times and (most is None or times <= most) for times in often.values())
            if most is None:
                rows.append((self.sentences.gettext("{least} or more", least=least), n))
            else:
                rows.append((str(least) if least == most else f"{least}-{most}", n))
        about = self.sentences.gettext("How many people contributed how often.")
        columns = (Column("contributions", _("Contributions"), "text"), Column("people", _("People")))
        return Table("voices", _("How often people were heard"), about, columns, tuple(rows))

    def minutes(self) -> Table:
        """Every contribution counts here, withheld ones too; somebody is a new voice with their first one."""
        _, numbers = self._, [each.question for each in self.transcript.questions]
        columns = (
            Column("at", _("From"), "time"),
            Column("inner", _("Inner circle")),
            Column("outer", _("Outer circle")),
            Column("new_voices", _("New voices")),
            *(Column(f"q{number}", f"Q{number}") for number in numbers),
        )
        title = _("Contributions over time")
        said = self.transcript.contributions
        if not said:
            return Table("minutes", title, "", columns, ())
        first, last = said[0].at // MINUTE, max(each.at for each in said) // MINUTE
        long = next((each for each in STRETCHES if (last - first) // each < MOST_STRETCHES), STRETCHES[-1])
        first -= first % long
        rows = [[minute * MINUTE, *(0 for _column in columns[1:])] for minute in range(first, last + 1, long)]
        heard: set[str] = set()
        for each in sorted(said, key=lambda each: each.at):
            row = rows[(each.at // MINUTE - first) // long]
            row[1 if each.circle is Circle.INNER else 2] += 1
            row[3] += each.author.person not in heard
            heard.add(each.author.person)
            for number in each.questions:
                row[4 + numbers.index(number)] += 1
        most = max(rows, key=lambda row: row[1] + row[2])
        about = self.sentences.gettext(
            "Minutes counted as one: {minutes}. Most contributions: {n}, from {time} on."
            " A new voice is somebody's first contribution.",
            minutes=long,
            n=most[1] + most[2],
            time=self.sentences.times.hour(most[0]),
        )
        return Table("minutes", title, about, columns, tuple(map(tuple, rows)))

    def questions(self) -> Table:
        _ = self._
        rows: list[tuple[Cell, ...]] = []
        for question in self.transcript.questions:
            theirs = [each for each in self.readable if question.question in each.questions]
            inner = sum(each.circle is Circle.INNER for each in theirs)
            text = self.sentences.question(question)
            seconds = round(question.focus_ms / 1000)
            rows.append((text, inner, len(theirs) - inner, question.people, round(seconds / 60)))
        about = self.sentences.gettext("What can be read and carries the tag of the question.")
        columns = (
            Column("question", _("Question"), "text"),
            Column("inner", _("Inner circle")),
            Column("outer", _("Outer circle")),
            Column("people", _("People")),
            Column("focus_minutes", _("Minutes in focus")),
        )
        return Table("questions", _("Contributions by question"), about, columns, tuple(rows))

    def seats(self) -> Table:
        _ = self._
        rows = [
            (
                each.seat,
                self.sentences.name(each.name),
                self.sentences.role(each.role),
                each.since,
                each.until,
            )
            for each in self.transcript.sittings
        ]
        people = len({each.person for each in self.transcript.sittings})
        about = self.sentences.gettext(
            "Times somebody sat down: {n}. People who sat in the circle: {people}.",
            n=len(rows),
            people=people,
        )
        columns = (
            Column("seat", _("Seat")),
            Column("name", _("Name"), "text"),
            Column("role", _("Role"), "text"),
            Column("since", _("from"), "time"),
            Column("until", _("to"), "time"),
        )
        return Table("seats", _("Seats over time"), about, columns, tuple(rows))

    def hashtags(self) -> Table:
        """As they were written most often; upper and lower case are the same hashtag."""
        _ = self._
        written, people = self._written(), _people()
        for each in self.readable:
            for tag in _tags(each):
                people[tag].add(each.author.person)
        rows = sorted(
            (-spelt.total(), f"#{spelt.most_common(1)[0][0]}", len(people[tag]))
            for tag, spelt in written.items()
        )
        about = self.sentences.gettext(
            "Hashtags that were typed. The debate's own belong to every contribution."
        )
        columns = (
            Column("hashtag", _("Hashtag"), "text"),
            Column("contributions", _("Contributions")),
            Column("people", _("People")),
        )
        largest = tuple((tag, -n, by) for n, tag, by in rows[:MOST])
        return Table("hashtags", _("Hashtags"), about, columns, largest)

    def together(self) -> Table:
        """Each two in one contribution, spelt as above, without the debate's own, which belong to all."""
        _, written, people = self._, self._written(), _people()
        own = {tag.lower() for tag in self.transcript.hashtags}
        times: Counter[tuple[str, str]] = Counter()
        for each in self.readable:
            for pair in combinations(sorted(_tags(each) - own), 2):
                times[pair] += 1
                people[pair].add(each.author.person)
        spelt = {tag: f"#{ways.most_common(1)[0][0]}" for tag, ways in written.items()}
        rows = sorted(
            (-n, f"{spelt[one]} {spelt[two]}", len(people[one, two])) for (one, two), n in times.items()
        )
        about = self.sentences.gettext("Hashtags that stand in the same contribution, two and two.")
        columns = (
            Column("hashtags", _("Hashtags"), "text"),
            Column("contributions", _("Contributions")),
            Column("people", _("People")),
        )
        return Table(
            "together",
            _("Hashtags together"),
            about,
            columns,
            tuple((two, -n, by) for n, two, by in rows[:MOST]),
        )

    def _written(self) -> dict[str, Counter[str]]:
        """Each hashtag that can be read, and how often it was spelt how."""
        written: dict[str, Counter[str]] = {}
        for each in self.readable:
            for tag in {found.text for found in each.entities.hashtags} if each.entities else ():
                written.setdefault(tag.lower(), Counter())[tag] += 1
        return written

    def threads(self) -> Table:
        _ = self._
        threads: dict[int, list[Contribution]] = {}
        for each in self.transcript.contributions:
            threads.setdefault(each.root, []).append(each)
        rows = sorted(
            (
                (root, len(thread), len({each.author.person for each in thread}), max(map(_depth, thread)))
                for root, thread in threads.items()
                if len(thread) > 1
            ),
            key=lambda row: (-row[1], row[0]),
        )
        about = self.sentences.gettext(
            "Threads: {n}, with an answer: {answered}. The longest come first.",
            n=self.transcript.figures.threads,
            answered=len(rows),
        )
        columns = (
            Column("contribution", _("Begins with"), "contribution"),
            Column("contributions", _("Contributions")),
            Column("people", _("People")),
            Column("depth", _("Answers deep")),
        )
        return Table("threads", _("Threads"), about, columns, tuple(rows[:MOST]))

    def endorsements(self) -> Table:
        _ = self._
        endorsed = sorted(
            (each for each in self.readable if each.endorsements),
            key=lambda each: (-each.endorsements, each.contribution),
        )
        rows = tuple(
            (each.contribution, self.sentences.name(each.author.name), each.endorsements)
            for each in endorsed[:MOST]
        )
        about = self.sentences.gettext(
            "Endorsements: {n}, of so many contributions: {contributions}. The most endorsed come first.",
            n=self.transcript.figures.endorsements,
            contributions=len(endorsed),
        )
        columns = (
            Column("contribution", _("Contribution"), "contribution"),
            Column("name", _("Name"), "text"),
            Column("endorsements", _("Endorsements")),
        )
        return Table("endorsements", _("Endorsements"), about, columns, rows)

    def moderation(self) -> Table:
        _ = self._
        about = self.sentences.gettext("How many contributions are withheld, and why. Nobody is named.")
        columns = (Column("what", _("What"), "text"), Column("contributions", _("Contributions")))
        return Table("moderation", _("Moderation"), about, columns, tuple(_withheld(self.sentences)))


def _people() -> defaultdict[object, set[str]]:
    return defaultdict(set)


def _tags(contribution: Contribution) -> set[str]:
    return (
        {found.text.lower() for found in contribution.entities.hashtags} if contribution.entities else set()
    )


def _depth(contribution: Contribution) -> int:
    return contribution.path.count(".")


def _withheld(sentences: Sentences) -> Iterator[tuple[Cell, ...]]:
    _, figures = sentences.voice.say, sentences.transcript.figures
    for reason, n in figures.hidden_for.items():
        yield sentences.gettext("Hidden: {reason}", reason=reason_name(_, reason)), n
    yield _("Withdrawn by their authors"), figures.withdrawn
    yield _("Erased"), figures.erased
