"""The rule card: the rules that are set, in plain sentences.

The one place where a rule is put in words for readers, so that words and behaviour cannot differ: pages, the
set-up form and transcripts all say what stands here, each in its own language. Knows no language but English.
Guarantees a sentence for every value a rule can have.
"""

from __future__ import annotations

from collections.abc import Iterator

from fishbowl.debate.refused import Sentence, worded
from fishbowl.debate.vocabulary import Entry, Exit, Moderation, Posting, Rules

__all__ = ["rule_card"]


HELD = {
    Moderation.FIRST: worded("The first contribution of each person is looked at before it is shown."),
    Moderation.HOLD: worded("Every contribution is looked at before it is shown."),
}


def rule_card(rules: Rules) -> Iterator[Sentence]:
    """Who writes, who sits down, who gets up; then what bounds a contribution."""
    yield _posting(rules)
    yield _entry(rules)
    yield _exit(rules)
    if rules.moderation in HELD:
        yield HELD[rules.moderation]
    yield worded("A contribution has at most {n} characters.", n=rules.max_length)
    if rules.slow_seconds:
        yield worded("Between two contributions of one person lie at least {n} s.", n=rules.slow_seconds)


def _posting(rules: Rules) -> Sentence:
    return {
        Posting.VIRTUAL: worded("Everyone who joined may contribute; seats give prominence, not permission."),
        Posting.CLASSIC: worded("The circle and the chair contribute; whoever wants to, raises a hand."),
    }[rules.posting]


def _entry(rules: Rules) -> Sentence:
    return {
        Entry.QUEUE: worded("A free seat is offered to the first hand raised."),
        Entry.CLAIM: worded("Whoever takes a free seat first has it."),
        Entry.LEAST_HEARD: worded(
            "A free seat is offered to whoever of those with a hand up has sat least often and said least."
        ),
        Entry.INVITE: worded("The chair invites to a free seat; a raised hand shows who would like to sit."),
    }[rules.entry]


def _exit(rules: Rules) -> Sentence:
    return {
        Exit.MAKE_ROOM: worded("When no seat is free and a hand is up, somebody seated makes room."),
        Exit.TIMED: worded(
            "An open seat is yours for {n} s. Then, once somebody waits, you have {grace} s to finish.",
            n=rules.turn_seconds,
            grace=rules.grace_seconds,
        ),
        Exit.OLDEST_OUT: worded(
            "With no seat free, a newcomer may ask for one: who has sat on an open one longest has {n} s to"
            " finish, and goes.",
            n=rules.grace_seconds,
        ),
        Exit.SAY_YOUR_PIECE: worded(
            "Whoever sits gets up by themselves, once they have said their piece and heard the answers."
        ),
        Exit.CHAIR: worded("The chair frees seats."),
    }[rules.exit]
