"""What writers sent, were promised and saw, and what a debate's log says about it.

`judge` is the whole verdict on a run with crashes in it. It is pure, so that it can be shown a log with a
planted fault, and shown to see it.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

Record = Mapping[str, Any]


@dataclass
class Ledger:
    """One writer's book. Texts are unique in a run; `sent` keeps the order in which they were sent."""

    person: str
    sent: dict[str, str] = field(default_factory=dict)
    """Every id this writer made, and its text."""
    promised: dict[str, tuple[int, int]] = field(default_factory=dict)
    """Ids answered ok: the seq and the contribution's number they were told."""

    @property
    def unanswered(self) -> list[str]:
        """Ids nobody answered, in the order they were sent."""
        return [id for id in self.sent if id not in self.promised]


def judge(ledgers: Iterable[Ledger], seen: Mapping[int, int], records: Sequence[Record]) -> list[str]:
    """What is wrong with `records`, the whole log as the organiser reads it; empty when nothing is.

    `seen`: the contributions that came on any stream, their numbers by seq.
    """
    ledgers = list(ledgers)
    posts = [record for record in records if record["type"] == "contribution.posted"]
    return [
        *_gaps([record["seq"] for record in records], "seq"),
        *_gaps([post["contribution"] for post in posts], "contribution"),
        *_twice(posts),
        *_strangers(ledgers, posts),
        *_lost(ledgers, posts),
        *_taken_back(seen, posts),
        *_out_of_order(ledgers, posts),
    ]


def _gaps(numbers: list[int], what: str) -> list[str]:
    if numbers == list(range(1, len(numbers) + 1)):
        return []
    place = next(place for place, number in enumerate(numbers) if number != place + 1)
    return [f"{what} {place + 1} is missing or out of order: {numbers[max(0, place - 2) : place + 3]}"]


def _twice(posts: Sequence[Record]) -> list[str]:
    return [f"{text!r} is stored {n} times" for text, n in Counter(p["text"] for p in posts).items() if n > 1]


def _strangers(ledgers: list[Ledger], posts: Sequence[Record]) -> list[str]:
    sent = {(ledger.person, text) for ledger in ledgers for text in ledger.sent.values()}
    stored = {(post["author"]["person"], post["text"]) for post in posts}
    return [
        f"{text!r} by {person} is stored, but they never sent it" for person, text in sorted(stored - sent)
    ]


def _lost(ledgers: list[Ledger], posts: Sequence[Record]) -> list[str]:
    stored = {(post["seq"], post["contribution"]): post for post in posts}
    wrong = [f"{ledger.person}'s {id} has no answer" for ledger in ledgers for id in ledger.unanswered]
    for ledger in ledgers:
        for id, place in ledger.promised.items():
            if place not in stored:
                wrong.append(f"{ledger.person}'s {id} was acknowledged as {place}, which is not stored")
            elif stored[place]["text"] != ledger.sent[id]:
                wrong.append(f"{ledger.person}'s {id} was acknowledged as {place}, where another is stored")
    return wrong


def _taken_back(seen: Mapping[int, int], posts: Sequence[Record]) -> list[str]:
    stored = {post["seq"]: post["contribution"] for post in posts}
    return [
        f"seq {seq} was shown as contribution {number}, and is not stored as that"
        for seq, number in seen.items()
        if stored.get(seq) != number
    ]


def _out_of_order(ledgers: list[Ledger], posts: Sequence[Record]) -> list[str]:
    stored: dict[str, dict[str, None]] = {ledger.person: {} for ledger in ledgers}
    for post in posts:
        stored.get(post["author"]["person"], {}).setdefault(post["text"])
    return [
        f"{ledger.person}'s are not in the order sent"
        for ledger in ledgers
        if [text for text in ledger.sent.values() if text in stored[ledger.person]]
        != [*stored[ledger.person]]
    ]
