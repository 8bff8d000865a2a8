"""The rules of moderation: what is held and why, releasing and refusing it, hiding and restoring.

Each function with a command decides it. What is found in a text is `fishbowl.text.screening`'s; who is told
of what is held stands beside the events. RULES, "Moderation and safety".
"""

from __future__ import annotations

from collections.abc import Iterable
from statistics import median

from fishbowl.debate import commands, events
from fishbowl.debate.commands import Asked
from fishbowl.debate.events import Event
from fishbowl.debate.refused import Refused, worded
from fishbowl.debate.state import Contribution, Person, State
from fishbowl.debate.vocabulary import Moderation, Role, Status
from fishbowl.text import concerns

__all__ = [
    "MODERATING",
    "held_for",
    "hide",
    "known",
    "moderates",
    "refuse",
    "release",
    "restore",
    "usual_wait",
    "visible",
    "warn",
]

MODERATING = frozenset({Role.CHAIR, Role.MODERATOR})
"""Who moderates, and is not moderated."""


# What waits


def held_for(state: State, person: Person, text: str) -> tuple[str, ...]:
    """Why `text` waits for the moderators; () where it appears at once."""
    if person.role in MODERATING:
        return ()
    found = concerns(text, state.held_words or ())
    mode = state.rules.moderation
    if mode is Moderation.HOLD:
        return ("all", *found)
    if mode is Moderation.FIRST and not person.contributions:
        return ("first", *found)
    return found


def warn(why: Iterable[str]) -> None:
    """Refuse what waits because of what it says, as its author asked; `why`: as in `held_for`."""
    for concern in why:
        if sentence := _WARNINGS.get(concern):
            raise Refused("text.concern", sentence.words)


_WARNINGS = {
    "phone": worded(
        "This looks like a phone number. Take it out, or post again: then a moderator reads it first."
    ),
    "email": worded(
        "This looks like an e-mail address. Take it out, or post again: then a moderator reads it first."
    ),
    "address": worded(
        "This looks like a home address. Take it out, or post again: then a moderator reads it first."
    ),
    "school": worded(
        "This looks like somebody's school. Take it out, or post again: then a moderator reads it first."
    ),
    "social": worded(
        "This looks like an account on another platform."
        " Take it out, or post again: then a moderator reads it first."
    ),
    "words": worded(
        "There is a word in this that may hurt. Take it out, or post again: then a moderator reads it first."
    ),
}
"""What an author is told, by the kind of concern."""


def usual_wait(state: State) -> int | None:
    """How many seconds the last ones waited, as a rule; None where none has waited."""
    return max(1, round(median(state.waits) / 1000)) if state.waits else None


def release(state: State, asked: Asked, command: commands.Release) -> list[Event]:
    """Show what was held; also what was refused, on second thoughts."""
    contribution = known(state, asked.by, command.contribution)
    if contribution.status is Status.POSTED:
        return []
    _check_held(contribution, Status.REFUSED)
    return [
        events.ContributionPosted(
            contribution=contribution.contribution,
            author=contribution.author,
            circle=contribution.circle,
            seat=contribution.seat,
            root=contribution.root,
            path=contribution.path,
            reply_to=contribution.reply_to,
            inferred=contribution.inferred,
            tags=contribution.tags,
            language=contribution.language,
            reason=command.reason,
            note=command.note,
        )
    ]


def refuse(state: State, asked: Asked, command: commands.Refuse) -> list[Event]:
    contribution = known(state, asked.by, command.contribution)
    if contribution.status is Status.REFUSED:
        return []
    _check_held(contribution)
    return [
        events.ContributionRefused(
            contribution=command.contribution, reason=command.reason, note=command.note
        )
    ]


def _check_held(contribution: Contribution, *also: Status) -> None:
    if contribution.status in (Status.HELD, *also):
        return
    raise Refused(
        "contribution.not_held",
        "Contribution {number} does not wait for the moderators: it is {status}.",
        number=contribution.contribution,
        status=contribution.status,
    )


# What was shown


def hide(state: State, asked: Asked, command: commands.Hide) -> list[Event]:
    contribution = known(state, asked.by, command.contribution)
    if contribution.status is Status.HIDDEN:
        return []
    _check_shown(contribution)
    return [
        events.ContributionHidden(contribution=command.contribution, reason=command.reason, note=command.note)
    ]


def restore(state: State, asked: Asked, command: commands.Restore) -> list[Event]:
    contribution = known(state, asked.by, command.contribution)
    if contribution.status is Status.POSTED:
        return []
    _check_shown(contribution)
    return [
        events.ContributionRestored(
            contribution=command.contribution, reason=command.reason, note=command.note
        )
    ]


def _check_shown(contribution: Contribution) -> None:
    """Refuse unless it stands on the floor, or did and can again."""
    if contribution.status is Status.ERASED:
        raise Refused(
            "contribution.gone", "Contribution {number} was erased.", number=contribution.contribution
        )
    if contribution.status is Status.WITHDRAWN:
        raise Refused(
            "contribution.gone",
            "Contribution {number} was withdrawn by its author.",
            number=contribution.contribution,
        )
    if not contribution.shown:
        raise Refused(
            "contribution.held",
            "Contribution {number} is shown to nobody yet: release or refuse it.",
            number=contribution.contribution,
        )


# What several rules share


def known(state: State, by: str, number: int) -> Contribution:
    """The contribution of this number; one never shown is known to its author and the moderators only."""
    contribution = state.contributions.get(number)
    hidden_from = contribution is not None and not contribution.shown and contribution.author != by
    if contribution is None or (hidden_from and not moderates(state, by)):
        raise Refused("contribution.unknown", "There is no contribution {number}.", number=number)
    return contribution


def moderates(state: State, by: str) -> bool:
    """Whether `by` is chair or moderator."""
    return by in state.people and state.people[by].role in MODERATING


def visible(state: State, by: str, number: int) -> Contribution:
    """The contribution of this number, that stands on the floor for all to read."""
    contribution = known(state, by, number)
    if contribution.status is not Status.POSTED:
        status = contribution.status
        raise Refused("contribution.gone", "Contribution {number} is {status}.", number=number, status=status)
    return contribution
