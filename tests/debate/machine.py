"""A debate that is played, by Hypothesis or at random, and held to its laws at every turn.

`laws.broken` says what holds of the state, `meanings.not_so` what each record means. Beside them the machine
keeps a model of its own: a second state folded from the records, and running time counted apart, against
which every clock is measured.
"""

from __future__ import annotations

from random import Random
from typing import Any

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, rule, run_state_machine_as_test

from fishbowl.debate import commands, events
from fishbowl.debate.commands import Asked, Command
from fishbowl.debate.decide import decide, play
from fishbowl.debate.definition import parse_definition
from fishbowl.debate.evolve import OUTLINE, evolve, fold, outlined
from fishbowl.debate.opening import opening
from fishbowl.debate.reading import command_from
from fishbowl.debate.record import Cause, Record
from fishbowl.debate.refused import CODES, Refused
from fishbowl.debate.rights import ADMINISTRATOR
from fishbowl.debate.settle import due, next_deadline
from fishbowl.debate.vocabulary import CLOCK, Instant, Role
from fishbowl.log.codec import decode, encode
from tests.debate.chances import (
    CHAIRS,
    CIRCLE,
    FLOOR,
    Ask,
    ask,
    contribution,
    names,
    person,
    rules,
    sitter,
    words,
)
from tests.debate.laws import broken
from tests.debate.meanings import not_so
from tests.debate.stories import HARBOUR, NOON
from tests.debate.wandering import wish

SETTING = {
    "room": (events.CircleFull,),
    "round": (events.RoundStarted, events.RoundExtended),
    "plan": (events.DebateChanged, events.PhaseMoved),
}
"""Clocks that are nobody's seat's, and the events that set them."""


class Debate(RuleBasedStateMachine):
    """One debate, played by Hypothesis."""

    @initialize(given=rules, begins=st.sampled_from([["live"], ["live"], ["live"], ["lobby"], []]))
    def begins(self, given: dict[str, Any], begins: list[str]) -> None:
        ids = iter(["organiser", "chair", "ines", "tomos"])
        definition = parse_definition({**HARBOUR, "rules": given})
        _, self.records = opening(definition, NOON, lambda: next(ids), lambda: b"0123456789abcdef")
        self.state = fold(self.records)
        self.mirror = fold(self.records)
        self.now: Instant = NOON
        self.ran = 0
        self.clocks: dict[str, int] = {}
        self.present: set[str] = set()
        self.ids = 0
        self.plays(ADMINISTRATOR, commands.Admit(person="mo", role=Role.MODERATOR))
        for phase in begins:
            self.plays("chair", ask("move_to", phase=phase)(f"begins {phase}"))
            for comer in ("cleo", "dan", "eva"):
                self.somebody_joins(comer, None)
            for comer in ("ines", "tomos", "chair"):
                self.somebody_connects(comer)
        if begins == ["live"]:
            self.somebody_posts("cleo", "Q1 A pool.", None)
            self.somebody_posts("ines", "And who skims it?", 1)

    # What may happen

    @rule(by=person, command=CIRCLE | CHAIRS | FLOOR)
    def anybody_asks_for_anything(self, by: str, command: Ask) -> None:
        self.asks(by, command)

    @rule(by=sitter, command=CIRCLE)
    def a_sitter_moves_in_the_circle(self, by: str, command: Ask) -> None:
        self.asks(by, command)

    @rule(by=sitter)
    def a_hand_goes_up(self, by: str) -> None:
        self.asks(by, ask("raise_hand"))

    @rule(by=sitter)
    def somebody_sits_down(self, by: str) -> None:
        self.asks(by, ask("take_seat"))

    @rule(command=CHAIRS)
    def the_chair_steers(self, command: Ask) -> None:
        self.asks("chair", command)

    @rule(by=st.sampled_from(["chair", "mo"]), command=FLOOR)
    def the_floor_is_moderated(self, by: str, command: Ask) -> None:
        self.asks(by, command)

    @rule(by=sitter, text=words, reply_to=st.none() | contribution)
    def somebody_posts(self, by: str, text: str, reply_to: int | None) -> None:
        self.asks(by, ask("post", text=text, reply_to=reply_to))

    @rule(by=sitter, command=FLOOR)
    def a_sitter_speaks(self, by: str, command: Ask) -> None:
        self.asks(by, command)

    @rule(
        by=st.sampled_from(["chair", "chair", "chair", "organiser"]),
        phase=st.sampled_from(["live", "live", "live", "paused", "lobby", "wrap_up", "announced"]),
    )
    def the_phase_is_moved(self, by: str, phase: str) -> None:
        self.asks(by, ask("move_to", phase=phase))

    @rule(phase=st.sampled_from(["correction", "archived"]))
    def the_evening_ends(self, phase: str) -> None:
        if self.ids > 40 or self.state.phase == "correction":
            self.asks("chair", ask("move_to", phase="wrap_up"))
            self.asks("chair", ask("move_to", phase=phase))

    @rule(
        who=st.sampled_from(["cleo", "dan", "eva", "fay"]),
        code=st.none() | st.just(" PIER"),
        name=st.none() | names,
    )
    def somebody_joins(self, who: str, code: str | None, name: str | None = None) -> None:
        known = self.state.people.get(who)
        if known is None or known.left:
            self.ids += 1
            fresh = who if known is None else f"{who}{self.ids}"  # whoever comes again is somebody new
            self.plays(fresh, commands.Join(person=fresh, choice=self.ids, name=name, code=code))
            self.somebody_connects(fresh)

    @rule(
        by=st.sampled_from([ADMINISTRATOR, "organiser", "chair"]),
        role=st.sampled_from([Role.SPEAKER, Role.CHAIR, Role.MODERATOR, None]),
        minutes=st.integers(5, 90),
        most=st.none() | st.integers(3, 5),
    )
    def something_is_arranged(self, by: str, role: Role | None, minutes: int, most: int | None) -> None:
        if role is None:
            self.plays(by, commands.Change(minutes=minutes, max_people=most))
        elif len(self.state.people) < 20:
            self.ids += 1
            self.plays(by, commands.Admit(person=f"guest{self.ids}", role=role))

    @rule(by=st.sampled_from(["organiser", "organiser", ADMINISTRATOR, "chair"]), old=sitter)
    def a_speaker_cancels(self, by: str, old: str) -> None:
        if len(self.state.people) < 20:
            self.ids += 1
            name = f"Guest {self.ids}"
            self.plays(by, commands.Replace(person=old, successor=f"guest{self.ids}", name=name))

    @rule(who=sitter)
    def somebody_connects(self, who: str) -> None:
        self.present.add(who)
        self.plays(CLOCK, commands.TimePasses())

    @rule(who=sitter)
    def somebody_drops(self, who: str) -> None:
        self.present.discard(who)
        self.plays(CLOCK, commands.TimePasses())

    @rule(seconds=st.sampled_from([0.001, 1, 4, 29.999, 31, 61, 100]))
    def time_passes_unseen(self, seconds: float) -> None:
        self.goes_on(round(seconds * 1000))

    @rule(seconds=st.sampled_from([1, 5, 30, 60, 90, 301]))
    def time_passes(self, seconds: int) -> None:
        """The loop wakes at every deadline; each strike makes progress, and they end."""
        until = self.now + seconds * 1000
        for _ in range(200):
            deadline = next_deadline(self.state)
            if deadline is None or deadline > until:
                break
            self.goes_on(max(0, deadline - self.now))
            before = self.state.seq
            self.plays(CLOCK, commands.TimePasses())
            assert self.state.seq > before or next_deadline(self.state) != deadline, "a deadline without end"
        else:
            raise AssertionError("deadlines do not end")
        self.goes_on(until - self.now)

    @rule(alive=st.sampled_from([0, 7]), down=st.sampled_from([1, 45, 4000]))
    def the_service_goes_down(self, alive: int, down: int) -> None:
        self.goes_on(alive * 1000)
        since = self.now
        self.now += down * 1000
        self.present.clear()
        self.plays(CLOCK, commands.Resume(since=since))

    @rule(by=person, command=CIRCLE, back=st.integers(1, 100_000))
    def the_wall_clock_is_set_back(self, by: str, command: Ask, back: int) -> None:
        """A record's time never goes back, whatever the clock on the wall does."""
        self.ids += 1
        self.plays(by, command(f"i{self.ids}"), at=self.now - back)

    # Playing, and what holds at every turn

    def asks(self, by: str, command: Ask) -> None:
        self.ids += 1
        self.plays(by, command(f"i{self.ids}"))

    def goes_on(self, milliseconds: int) -> None:
        self.now += milliseconds
        if self.state.running:
            self.ran += milliseconds

    def plays(self, by: str, command: Command, at: Instant | None = None) -> None:
        asked = Asked(by, command, self.now if at is None else at)
        given = getattr(command, "id", None)
        cause = Cause(given, f"digest of {given}") if given else None
        played = play(self.state, asked, cause=cause, present=self.present, salt=b"0123456789abcdef")
        if isinstance(played, Refused):
            self.refused_is_final(asked, played)
            return
        self.follow_on(played, asked)
        for record in played:
            evolve(self.mirror, record)
            assert (untrue := not_so(self.mirror, record)) == "", untrue
        self.records += played
        assert self.state == self.mirror, f"after {command} the fold differs from the live state"
        if cause is not None:
            self.is_remembered(by, cause, [record for record in played if record.cause])
        self.clocks_keep_their_time(played)
        assert (wrong := broken(self.state, self.state.at if at else self.now, self.present)) == [], wrong
        if isinstance(command, commands.TimePasses):
            assert due(self.state, self.now) == [], "what was due has been carried out"
            deadline = next_deadline(self.state)
            assert deadline is None or deadline > self.now, "a deadline stays in the past"

    def refused_is_final(self, asked: Asked, refused: Refused) -> None:
        """A refusal has a documented code and a sentence, and changes nothing; waiting as told is enough."""
        assert self.state == self.mirror, f"refused {asked.command}, and yet the state changed"
        assert refused.code in CODES
        assert refused.message.strip() == refused.message
        assert refused.message.endswith((".", ";", "?")) or refused.code == "bad_request", refused.message
        if refused.code == "person.muted":
            assert (refused.retry_after or 0) > 0
        if refused.code == "pace.too_fast":
            assert refused.retry_after is not None
            assert refused.retry_after > 0
            later = Asked(asked.by, asked.command, asked.at + round(refused.retry_after * 1000))
            again = decide(self.state, later)
            assert not (isinstance(again, Refused) and again.code == "pace.too_fast"), again

    def follow_on(self, played: list[Record], asked: Asked) -> None:
        """Seqs follow without gaps, time never goes back, and everything says by whom it is."""
        at, seq = self.mirror.at, self.mirror.seq
        for record in played:
            seq += 1
            assert record.seq == seq
            assert record.at >= at
            at = record.at
            assert record.by in (asked.by, CLOCK)
            if record.by == CLOCK and isinstance(record.event, events.SeatFreed | events.SeatLent):
                assert record.event.why in ("away", "closed", "turn_over", "round"), (
                    "the clock frees nobody else"
                )

    def is_remembered(self, by: str, cause: Cause, caused: list[Record]) -> None:
        answered = self.state.answered.get((by, cause.id))
        if not caused:
            return
        assert answered is not None
        assert answered.seq == caused[-1].seq
        assert answered.digest == cause.digest
        arriving = events.ContributionPosted | events.ContributionHeld
        posted = [each.event for each in caused if isinstance(each.event, arriving)]
        assert answered.contribution == (posted[0].contribution if posted else None)

    def clocks_keep_their_time(self, played: list[Record]) -> None:
        """A clock ends after as much running time as it was given, whatever stood still meanwhile."""
        shifted = 0 if self.state.stopped_since is None else self.now - self.state.stopped_since
        found: dict[str, int] = {}
        for each in self.state.seats.values():
            if each.until is not None:
                found[f"seat {each.seat}"] = each.until
            if each.turn_until is not None:
                found[f"turn {each.seat}"] = each.turn_until
        if self.state.circle_full is not None:
            found["room"] = self.state.circle_full.until
        if self.state.round is not None and self.state.round.until is not None:
            found["round"] = self.state.round.until
        if self.state.ends_at is not None:
            found["plan"] = self.state.ends_at
        touched = {f"seat {getattr(record.event, 'seat', None)}" for record in played}
        touched |= {name.replace("seat", "turn") for name in touched}
        for record in played:
            touched |= {name for name, kinds in SETTING.items() if isinstance(record.event, kinds)}
        ends = {name: until - (self.now - shifted) + self.ran for name, until in found.items()}
        for name, end in ends.items():
            if name in self.clocks and name not in touched:
                assert end == self.clocks[name], (
                    f"{name} moved by {end - self.clocks[name]} ms of running time"
                )
        self.clocks = ends

    def wanders(self, random: Random) -> None:
        """One step of a play at random."""
        chance = random.random()
        if chance < 0.7:
            by, fields = wish(random, self.state)
            self.asks(by, lambda id: command_from({"id": id, **fields}))
        elif chance < 0.8:
            self.time_passes(random.choice([1, 5, 30, 90]))
        elif chance < 0.85:
            self.time_passes_unseen(random.choice([0.001, 1, 31]))
        elif chance < 0.94:
            self.somebody_connects(random.choice(list(self.state.people)))
        elif chance < 0.98:
            self.somebody_drops(random.choice(list(self.state.people)))
        elif chance < 0.985:
            self.the_service_goes_down(random.choice([0, 7]), random.choice([1, 4000]))
        elif chance < 0.99:
            self.something_is_arranged("organiser", None, random.randint(5, 90), random.randint(2, 6))
        else:
            self.somebody_joins(random.choice(["cleo", "dan", "eva", "fay"]), " PIER")

    def teardown(self) -> None:
        """Stored and read back, the records still fold to the live state."""
        if not hasattr(self, "records"):
            return
        stored = [decode(*encode(record)) for record in self.records]
        assert fold(stored) == self.state
        self.an_outline_agrees(stored)

    def an_outline_agrees(self, records: list[Record]) -> None:
        """What a glance at a few records tells of the debate is what all of them tell."""
        glance = outlined(record for record in records if record.event.__struct_config__.tag in OUTLINE)
        for name in (
            "slug",
            "title",
            "phase",
            "starts_at",
            "timezone",
            "audience",
            "organisation",
            "language",
        ):
            assert getattr(glance, name) == getattr(self.state, name), name


def run(examples: int, steps: int) -> None:
    run_state_machine_as_test(
        Debate,
        settings=settings(
            max_examples=examples,
            stateful_step_count=steps,
            suppress_health_check=list(HealthCheck),
            deadline=None,
            print_blob=True,
        ),
    )


def wander(seed: int, steps: int, **rules: Any) -> Debate:
    """A debate played at random, to its end; it begins under `rules`."""
    random = Random(seed)
    debate = Debate()
    debate.begins(rules, ["live"])
    for _ in range(steps):
        debate.wanders(random)
    for phase in ("live", "wrap_up", "correction"):
        debate.asks("chair", ask("move_to", phase=phase))
    debate.time_passes(100 * 3600)
    assert debate.state.phase == "archived", "the clock archives it"
    debate.teardown()
    return debate
