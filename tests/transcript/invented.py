"""Whole debates, invented for tests: an evening about a town library's opening hours, with invented speakers.

Every record is made by playing commands through `fishbowl.debate.decide.play`, so what comes out is lawful,
and made from a seed, so the same arguments give the same records. In it: threads, tags of every source,
languages, endorsements, highlights, hidden, restored and withdrawn contributions, hands, offers, lent seats,
dropped connections, a pause, a frozen floor, a service that was down, questions changed and added.

    records = invented_records(10_000, seed=1)     # a second or two; ends in the correction phase
    state = fold(records)                          # and any first k of them are a debate under way
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from random import Random

from fishbowl.debate import commands
from fishbowl.debate.commands import Asked, Command
from fishbowl.debate.decide import play
from fishbowl.debate.definition import (
    Definition,
    QuestionDefinition,
    SpeakerDefinition,
)
from fishbowl.debate.evolve import fold
from fishbowl.debate.opening import opening
from fishbowl.debate.record import Cause, Record
from fishbowl.debate.refused import Refused
from fishbowl.debate.settle import next_deadline
from fishbowl.debate.vocabulary import CLOCK, Phase, Role, Rules, SeatState, Status
from tests.transcript.phrases import ANNOUNCEMENTS, REASONS, library_text, plain_text

__all__ = ["Evening", "invented_definition", "invented_records", "one_long_thread", "people_saying", "played"]

START = 1_769_886_000_000
"""2026-01-31T19:00:00.000Z, when the invented evening begins."""
HOUR = 3_600_000


def invented_definition(**changes: object) -> Definition:
    """The debate about the library; no pace, so that an evening of any size fits into an hour."""
    given: dict[str, object] = {
        "title": "When should the town library be open?",
        "slug": "library-hours",
        "hashtags": ("openlibrary", "fishbowl"),
        "introduction": "The library of Lower Wending opens when most of us work. Four people who know it"
        " from the inside talk about what could change; one chair is free for you.",
        "organisation": "Friends of Lower Wending Library",
        "starts_at": START,
        "timezone": "Europe/London",
        "rules": Rules(pace_per_minute=0),
        "speakers": (
            SpeakerDefinition("Ottilie Marchbanks", "Runs the front desk since 2009.", "Town library"),
            SpeakerDefinition("Deniz Harrowgate", affiliation="Town council, culture"),
            SpeakerDefinition("Siôn Pentrellyn", "Teaches geography, brings his classes."),
            SpeakerDefinition("Amara Quillfeather", affiliation="Volunteers' circle"),
        ),
        "questions": (
            QuestionDefinition("Who stands before a closed door today?", 10),
            QuestionDefinition("What would one more evening a week cost, and whom?", 10),
            QuestionDefinition("Could volunteers hold a key?", 15, "Insurance and data protection included."),
            QuestionDefinition("What about Sundays?", 10),
            QuestionDefinition("What do we try first?", 10),
        ),
    }
    return Definition(**{**given, **changes})  # type: ignore[arg-type]


def invented_records(contributions: int, seed: int = 1) -> list[Record]:
    """The records of the invented evening with that many contributions."""
    return played(invented_definition(), contributions, seed)


def played(
    definition: Definition, contributions: int, seed: int = 1, *, speakers_speak: bool = True
) -> list[Record]:
    """The records of an evening after `definition`. Without `speakers_speak` only participants contribute,
    in words that mean nothing in particular: no invented words by real people.
    """
    evening = Evening(definition, seed, speakers_speak=speakers_speak)
    evening.run(contributions)
    return evening.records


def one_long_thread(depth: int) -> list[Record]:
    """A debate of one thread, each contribution a reply to the one before."""
    evening = Evening(invented_definition(), seed=1)
    evening.begin(people=2)
    for number in range(1, depth + 1):
        evening.ask(
            evening.participants[number % 2],
            commands.Post(id="", text=f"Answer {number}.", reply_to=number - 1 or None),
        )
    return evening.records


def people_saying(texts: Sequence[str], definition: Definition | None = None) -> list[Record]:
    """A debate in which participants post just these texts, one after another."""
    evening = Evening(definition or invented_definition(), seed=1)
    evening.begin(people=2)
    for number, text in enumerate(texts):
        assert evening.ask(evening.participants[number % 2], commands.Post(id="", text=text)), text
    return evening.records


class Evening:
    """One debate being played. `ask` gives a command as somebody; `run` plays a whole evening."""

    def __init__(self, definition: Definition, seed: int, *, speakers_speak: bool = True) -> None:
        self.dice = Random(seed)
        self.people = 0
        self.commands = 0
        self.now = definition.starts_at - HOUR // 6
        self.cast, self.records = opening(definition, self.now, self._fresh_id, self._salt)
        self.state = fold(self.records)
        self.speakers_speak = speakers_speak
        self.say = library_text if speakers_speak else plain_text
        self.starts_at = definition.starts_at
        self.step = 5_000
        self.moderator = self._fresh_id()
        self.participants: list[str] = []
        self.present = {person for person, _ in self.cast.speakers}

    def _fresh_id(self) -> str:
        self.people += 1
        return f"p{self.people}"

    def _salt(self) -> bytes:
        return self.dice.randbytes(16)

    def ask(self, by: str, command: Command) -> bool:
        """Play `command`; whether it was accepted. Deadlines that came before it are carried out first."""
        while (deadline := next_deadline(self.state)) is not None and deadline <= self.now:
            self.play_command(CLOCK, commands.TimePasses(), max(deadline, self.state.at))
            if next_deadline(self.state) == deadline:
                break
        return self.play_command(by, command, self.now)

    def play_command(self, by: str, command: Command, at: int) -> bool:
        cause = None
        if isinstance(command, commands.WireCommand):
            self.commands += 1
            cause = Cause(f"c{self.commands}", f"{self.commands:064x}")
        played = play(
            self.state, Asked(by, command, at), cause=cause, present=self.present, salt=self._salt()
        )
        if isinstance(played, Refused):
            return False
        self.records += played
        return True

    def chair(self, command: Command) -> bool:
        return self.ask(self.cast.chair, command)

    def run(self, contributions: int) -> None:
        self.step = max(20, min(40_000, HOUR * 8 // 10 // max(1, contributions)))
        self.begin(people=max(4, min(250, contributions // 12)))
        scenes = self._scenes(contributions)
        for number in range(1, contributions + 1):
            for scene in scenes.get(number, ()):
                scene()
            self.meanwhile()
            self.post()
        self.end()

    def begin(self, people: int) -> None:
        """From the draft to live, with a moderator, the speakers in their seats, and people who joined."""
        self.ask(
            self.cast.organiser, commands.Admit(person=self.moderator, role=Role.MODERATOR, name="Moderator")
        )
        for phase in (Phase.ANNOUNCED, Phase.LOBBY):
            self.chair(commands.MoveTo(id="", phase=phase))
        for _ in range(people):
            self._join()
        self.now = self.starts_at
        self.chair(commands.MoveTo(id="", phase=Phase.LIVE))
        self.chair(commands.Announce(id="", text=ANNOUNCEMENTS[0]))
        self.chair(commands.Focus(id="", question=1))

    def end(self) -> None:
        for phase in (Phase.WRAP_UP, Phase.CORRECTION):
            self.now += 60_000
            self.chair(commands.MoveTo(id="", phase=phase))
        self.now += HOUR
        if last := self._visible(1):
            self.ask(self.moderator, commands.Hide(id="", contribution=last[0], reason="off_topic"))

    def _scenes(self, contributions: int) -> dict[int, list[Callable[[], object]]]:
        """What the chair has planned, by the number of the contribution it comes before."""
        scenes: dict[int, list[Callable[[], object]]] = {}

        def at(share: float, scene: Callable[[], object]) -> None:
            scenes.setdefault(1 + int(share * contributions), []).append(scene)

        questions = len(self.state.questions)
        for place in range(1, questions):
            share = place / questions
            at(share, partial(self._focus, place + 1))
            text = ANNOUNCEMENTS[1 + place % (len(ANNOUNCEMENTS) - 1)]
            at(share + 0.02, partial(self.chair, commands.Announce(id="", text=text)))
        at(0.25, self._freeze)
        at(0.35, self.pause)
        at(0.45, partial(self._focus, 1))
        at(0.50, partial(self._focus, min(3, questions)))
        at(0.55, self._service_down)
        at(0.65, self.change_questions)
        at(0.70, partial(self.chair, commands.OpenSeat(id="")))
        at(0.75, self.free_a_seat)
        at(0.90, partial(self._focus, None))
        at(0.95, partial(self._focus, questions))
        return scenes

    def _focus(self, question: int | None) -> None:
        self.chair(commands.Focus(id="", question=question))

    def free_a_seat(self) -> None:
        borrowed = [seat for seat in self.state.seats.values() if seat.held and not seat.own]
        for seat in borrowed[:1]:
            self.chair(commands.FreeSeat(id="", seat=seat.seat, reason="the next in line has waited long"))
        self.chair(commands.CloseSeat(id="", seat=max(self.state.seats), reason="six are enough"))

    def _freeze(self) -> None:
        self.ask(self.moderator, commands.Freeze(id="", on=True))
        self.now += 45_000
        self.ask(self.moderator, commands.Freeze(id="", on=False))

    def pause(self) -> None:
        self.chair(commands.MoveTo(id="", phase=Phase.PAUSED))
        self.now += 120_000
        self.chair(commands.MoveTo(id="", phase=Phase.LIVE))

    def _service_down(self) -> None:
        since = self.state.at
        self.now += 100_000
        # As the service does: clocks stood still, so nothing that fell due meanwhile is carried out first.
        self.play_command(CLOCK, commands.Resume(since=since), self.now)

    def change_questions(self) -> None:
        last = len(self.state.questions)
        if self.speakers_speak:
            self.chair(
                commands.EditQuestion(id="", question=last, text="What do we try first, and who counts?")
            )
            self.chair(commands.AddQuestion(id="", text="Who tells those who are not here?", minutes=5))

    def _join(self) -> None:
        person = self._fresh_id()
        if self.play_command(
            CLOCK, commands.Join(person=person, choice=self.dice.randrange(10**6)), self.now
        ):
            self.participants.append(person)
            self.present.add(person)

    def meanwhile(self) -> None:
        """What happens beside the contributions: most often an endorsement, now and then one of the rest."""
        self.now += int(self.dice.expovariate(1 / self.step))
        self._answer_offers()
        if self.dice.random() < 0.4:
            self._endorse()
        if self.dice.random() < 0.2:
            moves: tuple[Callable[[], object], ...] = (
                self._raise_hand, self._leave_seat, self._drop_or_return, self._hide, self._restore,
                self._withdraw, self._retag, self._highlight,
            )  # fmt: skip
            self.dice.choice(moves)()

    def _visible(self, among: int = 40) -> list[int]:
        """Some of the newest contributions that can be seen, newest first."""
        newest = len(self.state.contributions)
        numbers = range(newest, max(0, newest - among), -1)
        return [n for n in numbers if self.state.contributions[n].status is Status.POSTED]

    def post(self) -> None:
        speakers = [person for person, _ in self.cast.speakers] if self.speakers_speak else []
        chance = self.dice.random()
        if speakers and chance < 0.3:
            author = self.dice.choice(speakers)
        elif self.speakers_speak and chance < 0.34:
            author = self.cast.chair
        else:
            author = self.dice.choice(self.participants)
        handles = [self.state.people[person].handle or "" for person in (*speakers, *self.participants[:9])]
        text, language = self.say(self.dice, len(self.state.questions), handles)
        visible = self._visible()
        reply_to = visible[int(self.dice.random() ** 2 * len(visible))] if visible else None
        if self.dice.random() < 0.5:
            reply_to = None
        questions = [self.dice.randint(1, len(self.state.questions))] if self.dice.random() < 0.08 else None
        post = commands.Post(id="", text=text, reply_to=reply_to, questions=questions, language=language)
        assert self.ask(author, post), "the floor is open, and there is no pace"

    def _endorse(self) -> None:
        if visible := self._visible():
            endorse = commands.Endorse(id="", contribution=self.dice.choice(visible), on=True)
            self.ask(self.dice.choice(self.participants), endorse)

    def _answer_offers(self) -> None:
        for seat in list(self.state.seats.values()):
            if seat.state is SeatState.OFFERED and seat.holder and self.dice.random() < 0.5:
                yes = self.dice.random() < 0.8
                self.ask(seat.holder, commands.TakeSeat(id="") if yes else commands.LowerHand(id=""))

    def _raise_hand(self) -> None:
        speakers = [person for person, _ in self.cast.speakers]
        for person in (self.dice.choice(self.participants), self.dice.choice(speakers)):
            if self.state.seat_of(person) is None:
                self.ask(person, commands.RaiseHand(id="", note="a word on keys, for the chair only"))

    def _leave_seat(self) -> None:
        """Whoever borrows a seat leaves sooner than a speaker leaves their own."""
        for seat in list(self.state.seats.values()):
            if seat.held and seat.holder and self.dice.random() < (0.1 if seat.own else 0.7):
                self.ask(seat.holder, commands.LeaveSeat(id=""))

    def _drop_or_return(self) -> None:
        """A connection drops, and the ones that dropped before come back, or stay away for good."""
        gone = [person for person in self.participants if person not in self.present]
        self.present.update(person for person, _ in self.cast.speakers)
        self.present.update(gone[:3])
        seated = [seat.holder for seat in self.state.seats.values() if seat.held and seat.holder]
        if seated:
            self.present.discard(self.dice.choice(seated))

    def _hide(self) -> None:
        if visible := self._visible():
            hide = commands.Hide(
                id="",
                contribution=self.dice.choice(visible),
                reason=self.dice.choice(REASONS),
                note="seen by two of us",
            )
            self.ask(self.dice.choice((self.moderator, self.cast.chair)), hide)

    def _restore(self) -> None:
        hidden = [c.contribution for c in self.state.contributions.values() if c.status is Status.HIDDEN]
        if hidden and self.dice.random() < 0.3:
            self.ask(self.moderator, commands.Restore(id="", contribution=self.dice.choice(hidden)))

    def _withdraw(self) -> None:
        if visible := self._visible():
            number = self.dice.choice(visible)
            self.ask(self.state.contributions[number].author, commands.Withdraw(id="", contribution=number))

    def _retag(self) -> None:
        if visible := self._visible():
            count = self.dice.choice((0, 1, 1, 1, 2))
            questions = self.dice.sample(range(1, len(self.state.questions) + 1), count)
            number = self.dice.choice(visible)
            self.chair(commands.TagQuestions(id="", contribution=number, questions=questions))

    def _highlight(self) -> None:
        if visible := self._visible():
            number = self.dice.choice(visible)
            on = not self.state.contributions[number].highlighted
            self.chair(commands.Highlight(id="", contribution=number, on=on))
