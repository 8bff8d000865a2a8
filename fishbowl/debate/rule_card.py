"""The rule card: the rules that are set, in plain sentences.

The one place where a rule is put in words for readers, so that words and behaviour cannot differ: pages, the
set-up form and transcripts all say what stands here, each in its own language. Knows no language but English,
and of a debate only what is set: its rules, and on pages its door and audience too.
Guarantees a sentence for every value a rule can have.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, Final

import msgspec
from msgspec import Struct

from fishbowl.debate.refused import Sentence, worded
from fishbowl.debate.vocabulary import Rules

__all__ = ["LINES", "Line", "lasting", "rule_card"]


class Line(Struct, frozen=True):
    """A sentence of the card, said where `rule` is `value`; with no value, where it is more than nothing.

    Its places are the names of rules: `{grace_seconds}` is said as a time, any other as a number.
    """

    rule: str
    value: str | None
    said: Sentence

    def holds(self, settings: Mapping[str, Any]) -> bool:
        """Whether this is what is set; of what the settings do not hold nothing is said."""
        found = settings.get(self.rule)
        return bool(found) if self.value is None else found == self.value

    def filled(self, settings: Mapping[str, Any]) -> Sentence:
        """The sentence with the figures that are set."""
        return Sentence(self.said.words, {name: _figure(name, settings[name]) for name in self.places})

    @property
    def places(self) -> tuple[str, ...]:
        return tuple(name for name in Rules.__struct_fields__ if f"{{{name}}}" in self.said.words)


LINES: Final = (
    Line("audience", "public", worded("Anybody may read; the debate is listed on the front page.")),
    Line("audience", "link", worded("Whoever has the address may read.")),
    Line("audience", "closed", worded("Only people who joined may read.")),
    Line("door", "open", worded("Anybody who may read may join, without an account.")),
    Line(
        "door",
        "approve",
        worded("Whoever wants to join waits at the door until the chair or a moderator lets them in."),
    ),
    Line("door", "code", worded("Whoever knows the code may join. The chair says it or shows it.")),
    Line("door", "shut", worded("Nobody can join just now; the chair can open the door at any time.")),
    Line("names", "pseudonym", worded("Whoever joins gets a friendly made-up name.")),
    Line("names", "free", worded("Whoever joins may choose a name; none that looks like somebody else's.")),
    Line(
        "posting",
        "virtual",
        worded("Everyone who joined may contribute; seats give prominence, not permission."),
    ),
    Line(
        "posting",
        "two_stream",
        worded(
            "The circle's contributions make the floor; everybody else's run beside it. Whoever sits, or"
            " chairs, can carry one in: its author is told, and is offered the next free seat."
        ),
    ),
    Line(
        "posting", "classic", worded("The circle and the chair contribute; whoever wants to, raises a hand.")
    ),
    Line("entry", "queue", worded("A free seat is offered to the first hand raised.")),
    Line("entry", "claim", worded("Whoever takes a free seat first has it.")),
    Line(
        "entry",
        "least_heard",
        worded(
            "A free seat is offered to whoever of those with a hand up has sat least often and said least."
        ),
    ),
    Line(
        "entry",
        "invite",
        worded("The chair invites to a free seat; a raised hand shows who would like to sit."),
    ),
    Line(
        "exit",
        "make_room",
        worded(
            "When no seat is free and a hand is up, the circle is asked who makes room; nobody is asked in"
            " their first {turn_seconds}. If nobody has gone after {grace_seconds}, the chair decides."
        ),
    ),
    Line(
        "exit",
        "timed",
        worded(
            "An open seat is yours for {turn_seconds}. Then, once somebody waits, you have {grace_seconds} to"
            " finish."
        ),
    ),
    Line(
        "exit",
        "oldest_out",
        worded(
            "With no seat free, a newcomer may ask for one: who has sat on an open one longest has"
            " {grace_seconds} to finish, and goes."
        ),
    ),
    Line(
        "exit",
        "say_your_piece",
        worded("Whoever sits gets up by themselves, once they have said their piece and heard the answers."),
    ),
    Line("exit", "chair", worded("The chair frees seats.")),
    Line(
        "round_seconds",
        None,
        worded(
            "In a closed round a group has the circle to itself for {round_seconds}; then all of it get up,"
            " and the next group sits down."
        ),
    ),
    Line("away_seconds", None, worded("Whoever loses the connection keeps their seat for {away_seconds}.")),
    Line(
        "moderation",
        "open",
        worded(
            "Contributions appear at once. Telephone numbers, addresses and words that wound wait for the"
            " moderators."
        ),
    ),
    Line(
        "moderation",
        "first",
        worded("The first contribution of each person is looked at before it is shown."),
    ),
    Line("moderation", "hold", worded("Every contribution is looked at before it is shown.")),
    Line("max_length", None, worded("A contribution has at most {max_length} characters.")),
    Line(
        "pace_per_minute",
        None,
        worded("One person can post {pace_burst} times in a row, and {pace_per_minute} times a minute."),
    ),
    Line(
        "slow_seconds",
        None,
        worded("Between two contributions of one person lie at least {slow_seconds}."),
    ),
    Line(
        "tagging",
        "sure",
        worded("A contribution that names no question is put under one only where that is quite clear."),
    ),
    Line(
        "tagging",
        "helpful",
        worded(
            "A contribution that names no question is put under the one it is most like, if any is like it."
        ),
    ),
    Line(
        "tagging",
        "everything",
        worded("A contribution that names no question is put under one wherever a guess can be made."),
    ),
    Line(
        "correction_hours",
        None,
        worded(
            "After the end, contributions can be withdrawn or hidden for {correction_hours} h; then the"
            " debate is archived."
        ),
    ),
)
"""Who reads, who comes in, who writes, who sits down and gets up; then what bounds a contribution."""


def rule_card(rules: Rules) -> Iterator[Sentence]:
    """The rules that are set, in the order of `LINES`."""
    settings = msgspec.to_builtins(rules)
    return (line.filled(settings) for line in LINES if line.holds(settings))


def lasting(seconds: int) -> Sentence:
    """A time as it is said: in minutes where they are whole ones."""
    minutes, rest = divmod(seconds, 60)
    return worded("{n} s", n=seconds) if rest or not minutes else worded("{n} min", n=minutes)


def _figure(name: str, value: int) -> object:
    return lasting(value) if name.endswith("_seconds") else value
