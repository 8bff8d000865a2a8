"""A small language for tests of the rules: a debate as a play, told by who does what.

    story = begun("cleo dan")                # live, both speakers in their seats, two participants
    story.cleo.raises_hand()                 # -> ["hand.raised", "seat.offered"]
    story.cleo.takes_seat()
    with story.refuses("seat.none_free", "Raise your hand"):
        story.dan.takes_seat()
    story.passes(30)

Time stands still until it `passes`; every deadline on the way is played, as the loop would. Every verb goes
through the wire's own reading of commands and returns the names of the events that followed. After every
turn the story holds the laws that cost nothing: a refusal changed nothing, folding the records gives the
live state, the debate is at rest, and the chairs of its circle are in order (`laws.held`).
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from itertools import count
from typing import Any, TypeVar

import pytest

from fishbowl.debate import commands
from fishbowl.debate.commands import Asked, Command
from fishbowl.debate.decide import play
from fishbowl.debate.definition import Definition, parse_definition
from fishbowl.debate.events import Event
from fishbowl.debate.evolve import fold
from fishbowl.debate.opening import opening
from fishbowl.debate.reading import command_from
from fishbowl.debate.record import Cause, Record
from fishbowl.debate.refused import Refused
from fishbowl.debate.rights import ADMINISTRATOR
from fishbowl.debate.settle import next_deadline
from fishbowl.debate.state import Contribution, Person, Question, Seat
from fishbowl.debate.vocabulary import CLOCK, Instant, Role
from tests.debate.laws import broken

__all__ = ["HARBOUR", "NOON", "Actor", "Story", "begun", "drafted", "opened"]

E = TypeVar("E", bound=Event)

NOON: Instant = 1_769_860_800_000
"""2026-01-31T12:00:00.000Z, when every story begins."""

HARBOUR: dict[str, Any] = {
    "title": "Who looks after the harbour?",
    "hashtags": ["harbourtalk"],
    "introduction": "The old basin is ours from spring on. What shall it be?",
    "starts_at": "2026-01-31T12:00:00+00:00",
    "minutes": 60,
    "speakers": [
        {"name": "Ines Falk", "bio": "Swims there all winter.", "affiliation": "Harbour baths"},
        {"name": "Tomos Rhys"},
    ],
    "seats": {"open": 1},
    "questions": [
        {"text": "What is the basin for?", "minutes": 10},
        {"text": "Who keeps the key?", "minutes": 10},
        {"text": "What may it cost?", "minutes": 10, "gloss": "A year, all in."},
    ],
}
"""A debate of our own invention: seats 1 and 2 are kept for Ines and Tomos, seat 3 is open."""


class Story:
    """A debate being played. `story.cleo` is whoever has the id `cleo`, in the debate or not."""

    def __init__(self, definition: Definition, at: Instant = NOON) -> None:
        ids = iter(["organiser", "chair", *(_first_name(each.name) for each in definition.speakers)])
        self.cast, self.records = opening(definition, at, lambda: next(ids), _salt)
        self.state = fold(self.records)
        self.now = at
        self.present: set[str] = set()
        self._told = fold(self.records)
        self._ids = count(1)
        self._expected: Refused | None = None

    def __getattr__(self, person: str) -> Actor:
        if person.startswith("_"):
            raise AttributeError(person)
        return Actor(self, person)

    # Reading the state

    def seat(self, number: int) -> Seat:
        return self.state.seats[number]

    def person(self, person: str) -> Person:
        return self.state.people[person]

    def contribution(self, number: int) -> Contribution:
        return self.state.contributions[number]

    def question(self, number: int) -> Question:
        return self.state.questions[number]

    @property
    def hands(self) -> list[str]:
        """Whose hands are up, in serving order."""
        return [hand.person for hand in self.state.line()]

    def last(self, kind: type[E]) -> E:
        """The latest event of a kind."""
        return next(record.event for record in reversed(self.records) if isinstance(record.event, kind))

    def names(self, since: int = 0) -> list[str]:
        """The names of the events after record `since`."""
        return [_name(record) for record in self.records[since:]]

    # Playing

    def play(self, by: str, command: Command, likeness: tuple[tuple[int, float], ...] = ()) -> list[str]:
        """One turn. Raises `Refused`, having made sure that it changed nothing."""
        given = getattr(command, "id", None)
        cause = Cause(given, f"digest of {given}") if given else None
        asked = Asked(by, command, self.now, likeness)
        played = play(self.state, asked, cause=cause, present=self.present, salt=_salt())
        if isinstance(played, Refused):
            assert self.state == self._told, f"refused {command}, and yet the state changed"
            raise played
        self.records += played
        fold(played, self._told)
        assert self.state == self._told, f"after {command} the fold differs from the live state"
        assert (wrong := broken(self.state, self.now, self.present)) == [], wrong
        return [_name(record) for record in played]

    def clock_strikes(self) -> list[str]:
        """The rules look at the time, and at who is there."""
        return self.play(CLOCK, commands.TimePasses())

    def passes(self, seconds: float) -> list[str]:
        """Time goes on; every deadline on the way is played when it is due."""
        until = self.now + round(seconds * 1000)
        before = len(self.records)
        for _ in range(1000):
            deadline = next_deadline(self.state)
            if deadline is None or deadline > until:
                self.now = until
                return self.names(before)
            self.now = max(self.now, deadline)
            assert self.clock_strikes() or next_deadline(self.state) != deadline, "a deadline without end"
        raise AssertionError("deadlines do not end")

    def service_is_down(self, seconds: float) -> list[str]:
        """The service stops now, everybody's connection drops, and it starts again later."""
        since = self.now
        self.now += round(seconds * 1000)
        self.present.clear()
        return self.play(CLOCK, commands.Resume(since=since))

    def admits(self, person: str, role: str, name: str | None = None, by: str = ADMINISTRATOR) -> list[str]:
        """A link is issued for a role; its holder has not connected yet."""
        return self.play(by, commands.Admit(person=person, role=Role(role), name=name))

    @contextmanager
    def refuses(self, code: str, *words: str) -> Iterator[None]:
        """What is played inside is refused with `code`, in a sentence that holds `words`."""
        before = len(self.records)
        with pytest.raises(Refused) as caught:
            yield
        refused = caught.value
        assert refused.code == code, f"{refused.code}: {refused.message}"
        missing = [word for word in words if word not in refused.message]
        assert missing == [], f"{refused.message!r} does not say {missing}"
        assert len(self.records) == before


class Actor:
    """Somebody in a story, and the verbs of the contract."""

    def __init__(self, story: Story, person: str) -> None:
        self.story = story
        self.id = person

    def asks(self, do: str, *, likeness: tuple[tuple[int, float], ...] = (), **fields: Any) -> list[str]:
        """Give a command as it stands on the wire; a field that is None is left out."""
        given = {name: value for name, value in fields.items() if value is not None}
        value = {"do": do, "id": f"c{next(self.story._ids)}", **given}
        return self.story.play(self.id, command_from(value), likeness)

    # Coming and going

    def joins(self, code: str | None = None) -> list[str]:
        """Comes in by the door, and is connected."""
        choice = sum(map(ord, self.id))
        events = self.story.play(self.id, commands.Join(person=self.id, choice=choice, code=code))
        self.story.present.add(self.id)
        return events + self.story.clock_strikes()

    def arrives(self) -> list[str]:
        """Connects."""
        self.story.present.add(self.id)
        return self.story.clock_strikes()

    def drops(self) -> list[str]:
        """Loses the connection."""
        self.story.present.discard(self.id)
        return self.story.clock_strikes()

    def leaves(self) -> list[str]:
        return self.asks("leave")

    def renames(self, name: str) -> list[str]:
        return self.asks("rename", name=name)

    # The floor

    def posts(
        self,
        text: str = "The basin is deep enough.",
        *,
        reply_to: int | None = None,
        questions: list[int] | None = None,
        language: str | None = None,
        likeness: tuple[tuple[int, float], ...] = (),
    ) -> int:
        """The number of the contribution."""
        self.asks(
            "post", text=text, reply_to=reply_to, questions=questions, language=language, likeness=likeness
        )
        return len(self.story.state.contributions)

    def erases(self, contribution: int | None = None, person: str | None = None) -> list[str]:
        return self.asks("erase", contribution=contribution, person=person, reason="asked for")

    def withdraws(self, contribution: int) -> list[str]:
        return self.asks("withdraw", contribution=contribution)

    def endorses(self, contribution: int, on: bool = True) -> list[str]:
        return self.asks("endorse", contribution=contribution, on=on)

    def releases(self, contribution: int, reason: str | None = None, note: str | None = None) -> list[str]:
        return self.asks("release", contribution=contribution, reason=reason, note=note)

    def refuses(self, contribution: int, reason: str | None = None, note: str | None = None) -> list[str]:
        return self.asks("refuse", contribution=contribution, reason=reason, note=note)

    def hides(self, contribution: int, reason: str | None = None, note: str | None = None) -> list[str]:
        return self.asks("hide", contribution=contribution, reason=reason, note=note)

    def restores(self, contribution: int, reason: str | None = None, note: str | None = None) -> list[str]:
        return self.asks("restore", contribution=contribution, reason=reason, note=note)

    def tags(self, contribution: int, *questions: int, thread: bool | None = None) -> list[str]:
        return self.asks("tag", contribution=contribution, questions=list(questions), thread=thread)

    def threads(
        self, contribution: int, reply_to: int | None = None, likeness: tuple[tuple[int, float], ...] = ()
    ) -> list[str]:
        value = {"do": "thread", "id": f"c{next(self.story._ids)}"}
        command = command_from({**value, "contribution": contribution, "reply_to": reply_to})
        return self.story.play(self.id, command, likeness)

    def carries_in(self, contribution: int) -> list[str]:
        return self.asks("carry_in", contribution=contribution)

    def highlights(self, contribution: int, on: bool = True) -> list[str]:
        return self.asks("highlight", contribution=contribution, on=on)

    def announces(self, text: str) -> list[str]:
        return self.asks("announce", text=text)

    def mutes(self, person: str, seconds: int = 60, reason: str | None = None) -> list[str]:
        return self.asks("mute", person=person, seconds=seconds, reason=reason)

    def unmutes(self, person: str) -> list[str]:
        return self.asks("unmute", person=person)

    def blocks(self, person: str, reason: str = "spam") -> list[str]:
        return self.asks("block", person=person, reason=reason)

    def unblocks(self, person: str) -> list[str]:
        return self.asks("unblock", person=person)

    def lets_in(self, person: str) -> list[str]:
        return self.asks("admit", person=person, on=True)

    def turns_away(self, person: str) -> list[str]:
        return self.asks("admit", person=person, on=False)

    def reports(self, contribution: int, reason: str = "insult", note: str | None = None) -> list[str]:
        return self.asks("report", contribution=contribution, reason=reason, note=note)

    def resolves(self, report: str, note: str | None = None) -> list[str]:
        return self.asks("resolve_report", report=report, note=note)

    def freezes(self) -> list[str]:
        return self.asks("freeze", on=True)

    def thaws(self) -> list[str]:
        return self.asks("freeze", on=False)

    # The circle

    def raises_hand(self, note: str | None = None) -> list[str]:
        return self.asks("raise_hand", note=note)

    def lowers_hand(self) -> list[str]:
        return self.asks("lower_hand")

    def takes_seat(self, seat: int | None = None) -> list[str]:
        return self.asks("take_seat", seat=seat)

    def leaves_seat(self) -> list[str]:
        return self.asks("leave_seat")

    def extends_turn(self) -> list[str]:
        return self.asks("extend_turn")

    def opens_seat(self, kind: str | None = None, person: str | None = None) -> list[str]:
        return self.asks("open_seat", kind=kind, person=person)

    def closes_seat(self, seat: int, reason: str | None = None) -> list[str]:
        return self.asks("close_seat", seat=seat, reason=reason)

    def seats(self, person: str, seat: int | None = None) -> list[str]:
        return self.asks("seat", person=person, seat=seat)

    def invites(self, person: str, seat: int | None = None) -> list[str]:
        return self.asks("invite", person=person, seat=seat)

    def frees_seat(self, seat: int, reason: str = "Others wait.") -> list[str]:
        return self.asks("free_seat", seat=seat, reason=reason)

    def extends(self, seat: int, seconds: int) -> list[str]:
        return self.asks("extend", seat=seat, seconds=seconds)

    # The debate

    def moves_to(self, *phases: str) -> list[str]:
        """Moves the debate through `phases`, one after the other."""
        return [name for phase in phases for name in self.asks("move_to", phase=phase)]

    def focuses(self, question: int | None) -> list[str]:
        command = {"do": "focus", "id": f"c{next(self.story._ids)}", "question": question}
        return self.story.play(self.id, command_from(command))

    def sets_rules(self, **rules: Any) -> list[str]:
        return self.asks("set_rules", **rules)

    def sets_door(self, door: str, join_code: str | None = None) -> list[str]:
        return self.asks("set_door", door=door, join_code=join_code)


def drafted(definition: dict[str, Any] | None = None, **rules: Any) -> Story:
    """The harbour debate (with some keys of its definition changed), as a draft under these rules."""
    return Story(parse_definition({**HARBOUR, **(definition or {}), "rules": rules}))


def opened(joined: str = "", definition: dict[str, Any] | None = None, **rules: Any) -> Story:
    """The same in the lobby: the speakers sit in their seats, `joined` ("cleo dan") have come in."""
    story = drafted(definition, **rules)
    story.chair.moves_to("lobby")
    for person in ["chair", *(person for person, _ in story.cast.speakers)]:
        Actor(story, person).arrives()
    for person in joined.split():
        Actor(story, person).joins()
    return story


def begun(joined: str = "", definition: dict[str, Any] | None = None, **rules: Any) -> Story:
    """The same, live."""
    story = opened(joined, definition, **rules)
    story.chair.moves_to("live")
    return story


def _first_name(name: str) -> str:
    return name.split()[0].lower()


def _name(record: Record) -> str:
    return str(record.event.__struct_config__.tag)


def _salt() -> bytes:
    return b"sixteen bytes..."
