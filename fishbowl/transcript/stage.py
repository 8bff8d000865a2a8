"""Stage directions told: a sentence for each thing that happened beside the contributions.

Knows no format and no log; a direction comes in as data (`gathering.Direction`), plain text goes out.
Every kind of direction has its sentence: `_TOLD` is compared with `gathering.DIRECTED` below.
"""

from __future__ import annotations

from collections.abc import Callable

from fishbowl.debate.vocabulary import Phase
from fishbowl.transcript.gathering import DIRECTED, Direction
from fishbowl.transcript.names import field_name
from fishbowl.transcript.sentences import Sentences

__all__ = ["told"]

Told = Callable[[Sentences, Direction], str]
_TOLD: dict[str, Told] = {}


def told(sentences: Sentences, direction: Direction) -> str:
    """The sentence for `direction`."""
    return _TOLD[direction.event](sentences, direction)


def _tells(event: str) -> Callable[[Told], Told]:
    def register(told: Told) -> Told:
        _TOLD[event] = told
        return told

    return register


# The debate


@_tells("phase.moved")
def _phase_moved(sentences: Sentences, direction: Direction) -> str:
    _ = sentences.voice.say
    if direction.phase is Phase.LIVE and direction.was in (Phase.PAUSED, Phase.WRAP_UP):
        return _interrupted(sentences, direction, _("The debate went on."))
    moves = {
        Phase.DRAFT: _("The debate was taken back into its draft."),
        Phase.ANNOUNCED: _("The debate was announced."),
        Phase.LOBBY: _("The lobby opened."),
        Phase.LIVE: _("The debate began."),
        Phase.PAUSED: _("The debate was paused."),
        Phase.WRAP_UP: _("The wrap-up began."),
        Phase.CORRECTION: _("The debate ended. Corrections are still possible."),
        Phase.ARCHIVED: _("The debate was archived."),
    }
    assert direction.phase is not None
    return _interrupted(sentences, direction, moves[direction.phase])


def _interrupted(sentences: Sentences, direction: Direction, told: str) -> str:
    if direction.since is None:
        return told
    span = sentences.times.span(direction.since, direction.at)
    return f"{told} " + sentences.gettext("(Interrupted {span}.)", span=span)


@_tells("floor.frozen")
def _frozen(sentences: Sentences, direction: Direction) -> str:
    return sentences.gettext("{who} froze the floor.", who=_who(sentences, direction))


@_tells("floor.thawed")
def _thawed(sentences: Sentences, direction: Direction) -> str:
    told = sentences.gettext("{who} opened the floor again.", who=_who(sentences, direction))
    return _interrupted(sentences, direction, told)


@_tells("service.resumed")
def _resumed(sentences: Sentences, direction: Direction) -> str:
    span = sentences.times.span(direction.since or direction.at, direction.at)
    return sentences.gettext("Interrupted {span}: the service was down.", span=span)


@_tells("announcement.made")
def _announced(sentences: Sentences, direction: Direction) -> str:
    text = sentences.gettext("erased") if direction.text is None else sentences.voice.said(direction.text)
    return sentences.gettext("{who} announced: {text}", who=_who(sentences, direction), text=text)


@_tells("question.focused")
def _focused(sentences: Sentences, direction: Direction) -> str:
    who = _who(sentences, direction)
    if direction.question is None:
        return sentences.gettext("{who} took the question out of focus.", who=who)
    return sentences.gettext("{who} turned to question {question}.", who=who, question=direction.question)


@_tells("question.summarised")
def _summarised(sentences: Sentences, direction: Direction) -> str:
    text = sentences.gettext("erased") if direction.text is None else sentences.voice.said(direction.text)
    who = _who(sentences, direction)
    if direction.question is None:
        return sentences.gettext("{who} summed up: {text}", who=who, text=text)
    return sentences.gettext(
        "{who} summed up question {question}: {text}", who=who, question=direction.question, text=text
    )


@_tells("question.added")
def _question_added(sentences: Sentences, direction: Direction) -> str:
    return _question(sentences, direction, sentences.gettext("{who} added question {question}: {text}"))


@_tells("question.edited")
def _question_edited(sentences: Sentences, direction: Direction) -> str:
    if direction.text is not None:
        return _question(sentences, direction, sentences.gettext("Question {question} now reads: {text}"))
    changed = _changed(sentences, direction)
    return sentences.gettext(
        "{who} changed question {question}: {changed}.",
        who=_who(sentences, direction),
        question=direction.question,
        changed=changed,
    )


@_tells("question.moved")
def _question_moved(sentences: Sentences, direction: Direction) -> str:
    return sentences.gettext(
        "{who} moved question {question} to place {place}.",
        who=_who(sentences, direction),
        question=direction.question,
        place=direction.to,
    )


@_tells("question.dropped")
def _question_dropped(sentences: Sentences, direction: Direction) -> str:
    return sentences.gettext(
        "{who} dropped question {question}.", who=_who(sentences, direction), question=direction.question
    )


def _question(sentences: Sentences, direction: Direction, told: str) -> str:
    text = "" if direction.text is None else sentences.voice.said(direction.text)
    return told.format(who=_who(sentences, direction), question=direction.question, text=text)


@_tells("debate.changed")
def _debate_changed(sentences: Sentences, direction: Direction) -> str:
    changed = _changed(sentences, direction)
    return sentences.gettext("{who} changed {changed}.", who=_who(sentences, direction), changed=changed)


@_tells("rules.changed")
def _rules_changed(sentences: Sentences, direction: Direction) -> str:
    changed = _changed(sentences, direction)
    return sentences.gettext(
        "{who} changed the rules: {changed}.", who=_who(sentences, direction), changed=changed
    )


def _changed(sentences: Sentences, direction: Direction) -> str:
    return ", ".join(field_name(sentences.voice.say, field) for field in direction.changed)


@_tells("door.set")
def _door_set(sentences: Sentences, direction: Direction) -> str:
    _ = sentences.voice.say
    assert direction.door is not None
    told = {
        "open": _("{who} opened the door to everybody."),
        "code": _("{who} opened the door to those who know the code."),
        "shut": _("{who} shut the door."),
    }
    return told[direction.door].format(who=_who(sentences, direction))


@_tells("contribution.carried_in")
def _carried_in(sentences: Sentences, direction: Direction) -> str:
    return sentences.gettext(
        "{who} carried in contribution {number}.",
        who=_who(sentences, direction),
        number=direction.contribution,
    )


# People and seats


@_tells("person.invited")
def _invited(sentences: Sentences, direction: Direction) -> str:
    return sentences.gettext("{name} was invited as a speaker.", name=sentences.name(direction.name))


@_tells("person.replaced")
def _replaced(sentences: Sentences, direction: Direction) -> str:
    (successor,) = direction.names
    return sentences.gettext(
        "{successor} speaks in place of {name}.",
        successor=sentences.name(successor),
        name=sentences.name(direction.name),
    )


@_tells("seat.opened")
def _seat_opened(sentences: Sentences, direction: Direction) -> str:
    who, seat = _who(sentences, direction), direction.seat
    if direction.person is None:
        return sentences.gettext("{who} opened seat {seat}.", who=who, seat=seat)
    return sentences.gettext(
        "{who} opened seat {seat} for {name}.", who=who, seat=seat, name=sentences.name(direction.name)
    )


@_tells("seat.closed")
def _seat_closed(sentences: Sentences, direction: Direction) -> str:
    return _with_reason(
        sentences, direction, sentences.gettext("Seat {seat} was closed.", seat=direction.seat)
    )


@_tells("round.started")
def _round_started(sentences: Sentences, direction: Direction) -> str:
    names = ", ".join(sentences.name(name) for name in direction.names)
    who, title = _who(sentences, direction), direction.title
    if title is None:
        return sentences.gettext("{who} began a closed round with {names}.", who=who, names=names)
    return sentences.gettext(
        "{who} began a closed round, {title}, with {names}.",
        who=who,
        title=sentences.voice.said(title),
        names=names,
    )


@_tells("round.ended")
def _round_ended(sentences: Sentences, direction: Direction) -> str:
    _ = sentences.voice.say
    patterns = {
        "over": _("The time of the round was over."),
        "chair": _("{who} ended the round."),
        "next": _("The round ended for the next group."),
        "left": _("The round ended: nobody of it sat there any more."),
    }
    return patterns[direction.why or "over"].format(who=_who(sentences, direction))


@_tells("seat.taken")
def _seat_taken(sentences: Sentences, direction: Direction) -> str:
    _ = sentences.voice.say
    pattern = (
        _("{who} seated {name} on seat {seat}.")
        if direction.why == "seated"
        else (
            _("{name} took their seat, seat {seat}.")
            if direction.why == "reserved"
            else _("{name} took seat {seat}.")
        )
    )
    return _seat(sentences, direction, pattern)


@_tells("seat.lent")
def _seat_lent(sentences: Sentences, direction: Direction) -> str:
    _ = sentences.voice.say
    patterns = {
        "left": _("{name} stepped out and lent seat {seat}."),
        "away": _("{name} had not come back; seat {seat} was lent."),
        "chair": _("{who} asked {name} to lend seat {seat}."),
        "gone": _("{name} left the debate; seat {seat} was lent."),
        "replaced": _("{name} left seat {seat} to somebody else, after {minutes} min."),
        "round": _("{name} made room for the closed round; seat {seat} was lent."),
        "round_over": _("{name} got up as the round was over; seat {seat} was lent."),
    }
    return _with_reason(
        sentences,
        direction,
        _seat(sentences, direction, patterns.get(direction.why or "left", patterns["left"])),
    )


@_tells("seat.freed")
def _seat_freed(sentences: Sentences, direction: Direction) -> str:
    _ = sentences.voice.say
    patterns = {
        "left": _("{name} left seat {seat} after {minutes} min."),
        "away": _("{name} had not come back; seat {seat} was freed."),
        "chair": _("{who} freed seat {seat}, where {name} had sat for {minutes} min."),
        "closed": _("{name} left seat {seat}, which was to be closed, after {minutes} min."),
        "gone": _("{name} left the debate and seat {seat}."),
        "replaced": _("{name} left seat {seat} to somebody else, after {minutes} min."),
        "round": _("{name} made room for the closed round, after {minutes} min on seat {seat}."),
        "round_over": _("{name} got up from seat {seat} as the round was over, after {minutes} min."),
    }
    return _with_reason(
        sentences,
        direction,
        _seat(sentences, direction, patterns.get(direction.why or "left", patterns["left"])),
    )


@_tells("seat.away")
def _seat_away(sentences: Sentences, direction: Direction) -> str:
    return _seat(sentences, direction, sentences.gettext("{name} on seat {seat} lost the connection."))


@_tells("seat.back")
def _seat_back(sentences: Sentences, direction: Direction) -> str:
    return _seat(sentences, direction, sentences.gettext("{name} on seat {seat} was back."))


def _seat(sentences: Sentences, direction: Direction, pattern: str) -> str:
    sat = 0 if direction.since is None else direction.at - direction.since
    return pattern.format(
        who=_who(sentences, direction),
        name=sentences.name(direction.name),
        seat=direction.seat,
        minutes=max(1, round(sat / 60_000)),
    )


def _with_reason(sentences: Sentences, direction: Direction, told: str) -> str:
    """`told`, with the reason where this version has it."""
    if not direction.reason:
        return told
    return f"{told} " + sentences.gettext("Reason: {reason}.", reason=direction.reason)


def _who(sentences: Sentences, direction: Direction) -> str:
    return sentences.actor(direction.by, direction.actor)


assert set(_TOLD) == {str(kind.__struct_config__.tag) for kind in DIRECTED}, "every direction is told"
