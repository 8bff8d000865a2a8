"""How records change the floor: its questions, its contributions, their tags and counts."""

from __future__ import annotations

from msgspec import UNSET

from fishbowl.debate import events
from fishbowl.debate.folding import folds
from fishbowl.debate.moderation import MODERATING
from fishbowl.debate.pace import after_post
from fishbowl.debate.record import Record
from fishbowl.debate.state import Announcement, CarriedIn, Contribution, Question, Report, State, Summary
from fishbowl.debate.vocabulary import Status, Tag, threaded


@folds(events.QuestionAdded)
def _question_added(state: State, event: events.QuestionAdded, record: Record) -> None:
    state.questions[event.question] = Question(event.question, event.text, event.minutes, event.gloss)
    state.order.append(event.question)


@folds(events.QuestionMoved)
def _question_moved(state: State, event: events.QuestionMoved, record: Record) -> None:
    state.order.remove(event.question)
    state.order.insert(event.to - 1, event.question)


@folds(events.QuestionDropped)
def _question_dropped(state: State, event: events.QuestionDropped, record: Record) -> None:
    state.order.remove(event.question)


@folds(events.QuestionEdited)
def _question_edited(state: State, event: events.QuestionEdited, record: Record) -> None:
    question = state.questions[event.question]
    for name in ("text", "minutes", "gloss"):
        if (value := getattr(event, name)) is not UNSET:
            setattr(question, name, value)


WAITS = 9
"""Of how many contributions it is kept how long they waited."""


@folds(events.ContributionPosted)
def _posted(state: State, event: events.ContributionPosted, record: Record) -> None:
    contribution = state.contributions.get(event.contribution)
    if contribution is None:
        contribution = _arrived(state, event, record)
    else:  # released: its text stands in the record that held it
        _no_longer_held(state, event.contribution, record)
        contribution.seq, contribution.at = record.seq, record.at
        contribution.shown = True
        if contribution.status is not Status.ERASED:
            contribution.status = Status.POSTED
    if contribution.status is Status.POSTED:
        _count(state, contribution, +1)
    state.people[event.author].contributions += 1


@folds(events.ContributionHeld)
def _held(state: State, event: events.ContributionHeld, record: Record) -> None:
    contribution = _arrived(state, event, record)
    contribution.shown = False
    if contribution.status is not Status.ERASED:
        contribution.status = Status.HELD
    contribution.held_for, contribution.usual_wait = event.why, event.usual_wait
    state.held[event.contribution] = record.at


@folds(events.ContributionRefused)
def _refused(state: State, event: events.ContributionRefused, record: Record) -> None:
    _no_longer_held(state, event.contribution, record)
    state.contributions[event.contribution].seq = record.seq
    state.contributions[event.contribution].at = record.at
    contribution = state.contributions[event.contribution]
    if contribution.status is not Status.ERASED:
        contribution.status = Status.REFUSED
    contribution.refused, contribution.reason, contribution.note = True, event.reason, event.note


def _no_longer_held(state: State, number: int, record: Record) -> None:
    since = state.held.pop(number, None)
    if since is not None:
        state.waits = [*state.waits, record.at - since][-WAITS:]


def _arrived(
    state: State, event: events.ContributionPosted | events.ContributionHeld, record: Record
) -> Contribution:
    """A contribution that is new, counted in its author's pace and hung below what it answers."""
    contribution = Contribution(
        contribution=event.contribution,
        seq=record.seq,
        at=record.at,
        author=event.author,
        circle=event.circle,
        root=event.root,
        path=event.path,
        text=event.text,
        status=Status.ERASED if event.text is None else Status.POSTED,
        tags=event.tags,
        seat=event.seat,
        language=event.language,
        reply_to=event.reply_to,
        inferred=event.inferred,
        in_focus=state.focus,
    )
    state.contributions[event.contribution] = contribution
    _hang(state, contribution)
    author = state.people[event.author]
    author.said.append(event.contribution)
    author.tokens = after_post(author, state.rules, event.seat is not None, record.at)
    author.filled_at = record.at
    return contribution


def _hang(state: State, contribution: Contribution) -> None:
    if contribution.reply_to is not None:
        parent = state.contributions[contribution.reply_to]
        parent.replies.append(contribution.contribution)
        parent.hung += 1


def _count(state: State, contribution: Contribution, sign: int) -> None:
    """Add a visible contribution to its questions' counts, or take it out."""
    for tag in contribution.tags:
        authors = state.questions[tag.question].authors
        authors[contribution.author] += sign
        if not authors[contribution.author]:
            del authors[contribution.author]


def _set_status(state: State, number: int, status: Status) -> None:
    contribution = state.contributions[number]
    if contribution.status is Status.ERASED:
        return  # for good, whatever its records say that came before the text was erased
    if contribution.status is Status.POSTED:
        _count(state, contribution, -1)
    contribution.status = status
    if state.promised.get(contribution.author) == number:
        del state.promised[contribution.author]
    if status is Status.POSTED:
        _count(state, contribution, +1)


@folds(events.ContributionWithdrawn)
def _withdrawn(state: State, event: events.ContributionWithdrawn, record: Record) -> None:
    state.held.pop(event.contribution, None)
    _set_status(state, event.contribution, Status.WITHDRAWN)
    contribution = state.contributions[event.contribution]
    contribution.text = contribution._entities = None


@folds(events.ContributionErased)
def _erased(state: State, event: events.ContributionErased, record: Record) -> None:
    state.held.pop(event.contribution, None)
    _set_status(state, event.contribution, Status.ERASED)
    contribution = state.contributions[event.contribution]
    contribution.text = contribution._entities = contribution.reason = contribution.note = None
    contribution.objection = None
    for report in state.reports.values():
        if report.contribution == event.contribution:
            report.reason = report.note = None


@folds(events.ContributionChecked)
def _checked(state: State, event: events.ContributionChecked, record: Record) -> None:
    contribution = state.contributions[event.contribution]
    contribution.checked, contribution.objection = event.right, event.note


@folds(events.ContributionHidden)
def _hidden(state: State, event: events.ContributionHidden, record: Record) -> None:
    _set_status(state, event.contribution, Status.HIDDEN)


@folds(events.ContributionRestored)
def _restored(state: State, event: events.ContributionRestored, record: Record) -> None:
    _set_status(state, event.contribution, Status.POSTED)


@folds(events.ContributionTagged)
def _tagged(state: State, event: events.ContributionTagged, record: Record) -> None:
    _retag(state, event.contribution, event.tags)
    state.contributions[event.contribution].by_chair = state.people[record.by].role in MODERATING
    for number in event.replies:
        _retag(state, number, threaded(event.tags))


@folds(events.ContributionThreaded)
def _threaded(state: State, event: events.ContributionThreaded, record: Record) -> None:
    contribution = state.contributions[event.contribution]
    contribution.inferred = False
    contribution.placed_by_chair = state.people[record.by].role in MODERATING
    if contribution.reply_to != event.reply_to:
        if contribution.reply_to is not None:
            state.contributions[contribution.reply_to].replies.remove(event.contribution)
        contribution.reply_to = event.reply_to
        _hang(state, contribution)
    for each in (contribution, *state.descendants(event.contribution)):
        each.root, each.path = event.root, event.path + each.path[len(event.was) :]
    _retag(state, event.contribution, event.tags)
    for number in event.replies:
        _retag(state, number, threaded(event.tags))


def _retag(state: State, number: int, tags: tuple[Tag, ...]) -> None:
    contribution = state.contributions[number]
    visible = contribution.status is Status.POSTED
    if visible:
        _count(state, contribution, -1)
    contribution.tags = tags
    if visible:
        _count(state, contribution, +1)


@folds(events.ContributionHighlighted)
def _highlighted(state: State, event: events.ContributionHighlighted, record: Record) -> None:
    state.contributions[event.contribution].highlighted = event.on


@folds(events.ContributionCarriedIn)
def _carried_in(state: State, event: events.ContributionCarriedIn, record: Record) -> None:
    contribution = state.contributions[event.contribution]
    contribution.carried_in = CarriedIn(record.by, record.at, record.seq)
    if event.person is not None:
        state.promised[event.person] = event.contribution


@folds(events.ContributionEndorsed)
def _endorsed(state: State, event: events.ContributionEndorsed, record: Record) -> None:
    endorsed_by = state.contributions[event.contribution].endorsed_by
    (endorsed_by.add if event.on else endorsed_by.discard)(record.by)


@folds(events.ContributionReported)
def _reported(state: State, event: events.ContributionReported, record: Record) -> None:
    state.reports[event.report] = Report(
        event.report, event.contribution, record.at, event.person, event.reason, event.note
    )


@folds(events.ReportResolved)
def _resolved(state: State, event: events.ReportResolved, record: Record) -> None:
    state.reports[event.report].resolved = True


@folds(events.QuestionSummarised)
def _summarised(state: State, event: events.QuestionSummarised, record: Record) -> None:
    state.summaries[event.question] = Summary(event.text, record.by)


@folds(events.AnnouncementMade)
def _announced(state: State, event: events.AnnouncementMade, record: Record) -> None:
    state.announcement = Announcement(event.text, record.at)
