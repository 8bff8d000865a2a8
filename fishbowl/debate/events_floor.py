"""What can happen on the floor: to questions, to contributions, to the floor as a whole.

Who hears of it stands beside each event (event.py).
"""

from __future__ import annotations

from msgspec import UNSET, UnsetType

from fishbowl.debate.event import Event, Hears
from fishbowl.debate.vocabulary import Circle, Tag, Words

# Questions


class QuestionAdded(Event, frozen=True, tag="question.added"):
    question: int
    text: Words
    minutes: int | None = None
    gloss: str | None = None


class QuestionEdited(Event, frozen=True, tag="question.edited"):
    question: int
    text: Words | UnsetType = UNSET
    minutes: int | UnsetType | None = UNSET
    gloss: str | UnsetType | None = UNSET


class QuestionMoved(Event, frozen=True, tag="question.moved"):
    """It keeps its number. `to`: its place among the questions that stand, from 1 on."""

    question: int
    to: int


class QuestionDropped(Event, frozen=True, tag="question.dropped"):
    """It is asked no more. Its number goes to no other question, and what was said under it stays there."""

    question: int


class QuestionFocused(Event, frozen=True, tag="question.focused"):
    question: int | None


class QuestionSummarised(Event, frozen=True, tag="question.summarised"):
    """What was said under it, in the chair's words; None: in the whole debate. The newest counts."""

    personal = ("text",)
    question: int | None
    text: str | None = None


# Contributions


class ContributionPosted(Event, frozen=True, tag="contribution.posted"):
    """A contribution; or one that was held, released: then its text stands in `contribution.held`.

    `inferred`: what it replies to was not chosen by its author; see threads.py.
    """

    backstage = ("reason", "note")
    personal = ("text", "reason", "note")
    contribution: int
    author: str
    circle: Circle
    root: int
    path: str
    tags: tuple[Tag, ...]
    text: str | None = None
    seat: int | None = None
    language: str | None = None
    reply_to: int | None = None
    inferred: bool | None = None
    reason: str | None = None
    note: str | None = None


class ContributionHeld(Event, frozen=True, tag="contribution.held"):
    """A contribution waits for the moderators. `why`: `all` or `first` by the rule, else what was found in it
    (fishbowl.text.screening). `usual_wait`: seconds that others waited.
    """

    hears = Hears.MODERATORS
    personal = ("text",)
    contribution: int
    author: str
    circle: Circle
    root: int
    path: str
    tags: tuple[Tag, ...]
    why: tuple[str, ...]
    text: str | None = None
    seat: int | None = None
    language: str | None = None
    reply_to: int | None = None
    inferred: bool | None = None
    usual_wait: int | None = None


class ContributionRefused(Event, frozen=True, tag="contribution.refused"):
    """A held contribution will not be shown."""

    hears = Hears.BACKSTAGE
    personal = ("reason", "note")
    contribution: int
    reason: str | None = None
    note: str | None = None


class ContributionReported(Event, frozen=True, tag="contribution.reported"):
    """The moderators are to look at it. `person`: who asks, unless an onlooker. Its author hears nothing."""

    hears = Hears.BACKSTAGE
    concerns_author = False
    personal = ("reason", "note")
    contribution: int
    report: str
    person: str | None = None
    reason: str | None = None
    note: str | None = None


class ReportResolved(Event, frozen=True, tag="report.resolved"):
    """The moderators have looked; `person`: who reported, and is told so."""

    hears = Hears.BACKSTAGE
    concerns_author = False
    personal = ("note",)
    report: str
    contribution: int
    person: str | None = None
    note: str | None = None


class ContributionWithdrawn(Event, frozen=True, tag="contribution.withdrawn"):
    contribution: int


class ContributionChecked(Event, frozen=True, tag="contribution.checked"):
    """Its speaker says that it is `right`; or asks for it to be corrected, and how (`note`)."""

    hears = Hears.BACKSTAGE
    personal = ("note",)
    contribution: int
    right: bool
    note: str | None = None


class ContributionErased(Event, frozen=True, tag="contribution.erased"):
    """Its text is gone everywhere. `records`: those whose words are gone with it."""

    backstage = ("records", "reason")
    personal = ("reason",)
    contribution: int
    records: tuple[int, ...]
    reason: str | None = None


class ContributionHidden(Event, frozen=True, tag="contribution.hidden"):
    backstage = ("reason", "note")
    personal = ("reason", "note")
    contribution: int
    reason: str | None = None
    note: str | None = None


class ContributionRestored(Event, frozen=True, tag="contribution.restored"):
    backstage = ("reason", "note")
    personal = ("reason", "note")
    contribution: int
    reason: str | None = None
    note: str | None = None


class ContributionTagged(Event, frozen=True, tag="contribution.tagged"):
    """The tags of one contribution, by chair, moderators or its author, as their source says.

    `replies`: those that move with it, at source `thread`.
    """

    contribution: int
    tags: tuple[Tag, ...]
    replies: tuple[int, ...] = ()


class ContributionThreaded(Event, frozen=True, tag="contribution.threaded"):
    """Somebody says what it answers that was taken to answer somebody by its first word; None: nothing.

    `was`: its path before. What hangs below it moves along: `path` takes the place of `was` in its own path.
    `tags` and `replies` as in `contribution.tagged`.
    """

    contribution: int
    reply_to: int | None
    root: int
    path: str
    was: str
    tags: tuple[Tag, ...]
    replies: tuple[int, ...] = ()


class ContributionHighlighted(Event, frozen=True, tag="contribution.highlighted"):
    contribution: int
    on: bool


class ContributionCarriedIn(Event, frozen=True, tag="contribution.carried_in"):
    """A contribution of the outer circle stands on the floor from now on, as its author's.

    `person`: its author, where the next seat that is free will be offered to them.
    """

    contribution: int
    person: str | None = None


class ContributionEndorsed(Event, frozen=True, tag="contribution.endorsed"):
    """`endorsements`: how many there are now."""

    contribution: int
    on: bool
    endorsements: int


# The floor


class FloorFrozen(Event, frozen=True, tag="floor.frozen"):
    pass


class FloorThawed(Event, frozen=True, tag="floor.thawed"):
    """`stood_still` as in `phase.moved`."""

    stood_still: int = 0


class AnnouncementMade(Event, frozen=True, tag="announcement.made"):
    personal = ("text",)
    text: str | None = None
