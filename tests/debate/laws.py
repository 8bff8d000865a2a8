"""What holds of every debate at rest, whoever did what: the laws, as plain checks of a `State`.

Each law is a generator of sentences, one for every way in which it is broken; `broken` gathers them all. They
are written from RULES and count everything again by hand: they share no code with the rules they check.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Iterator

from fishbowl.debate.settle import next_deadline, settle
from fishbowl.debate.state import Seat, State
from fishbowl.debate.vocabulary import Instant
from fishbowl.text import look

__all__ = ["LAWS", "broken"]

HELD = ("taken", "leaving", "away")
CLOCKED = ("offered", "leaving", "away")
CIRCLE_PHASES = ("lobby", "live", "paused", "wrap_up")
RUNNING_PHASES = ("lobby", "live", "wrap_up")
HAND_PHASES = ("lobby", "live")

Law = Callable[[State, Instant, Collection[str]], Iterator[str]]


def broken(state: State, now: Instant, present: Collection[str]) -> list[str]:
    """Every law that a debate at rest breaks at `now`, with those `present` connected."""
    return [f"{law.__name__}: {wrong}" for law in LAWS for wrong in law(state, now, present)]


def one_seat_each(state: State, now: Instant, present: Collection[str]) -> Iterator[str]:
    """Nobody holds two seats, or holds one and has another offered, or has two offered."""
    holders = Counter(seat.holder for seat in state.seats.values() if seat.holder is not None)
    yield from (f"{holder} is tied to {times} seats" for holder, times in holders.items() if times > 1)


def a_seat_is_what_it_says(state: State, now: Instant, present: Collection[str]) -> Iterator[str]:
    """A closed, free or lent seat has nobody; an offered, leaving or away one has a person and a clock."""
    for seat in state.seats.values():
        here = f"seat {seat.seat} ({seat.state})"
        if (seat.holder is not None) != (seat.state in HELD or seat.state == "offered"):
            yield f"{here} has the holder {seat.holder}"
        if (seat.until is not None) != (seat.state in CLOCKED):
            yield f"{here} has the clock {seat.until}"
        if seat.state == "lent" and seat.speaker is None:
            yield f"{here} is nobody's to lend"
        if seat.closing and seat.state != "leaving":
            yield f"{here} is closing"
        if (seat.kind == "reserved") != (seat.speaker is not None):
            yield f"{here} is {seat.kind} for {seat.speaker}"
        if seat.turn_until is not None and (seat.state not in HELD or seat.holder == seat.speaker):
            yield f"{here} protects a newcomer who is none"


def who_sits_is_here(state: State, now: Instant, present: Collection[str]) -> Iterator[str]:
    """Only participants and speakers sit or wait, and no participant who left."""
    tied = {seat.holder for seat in state.seats.values() if seat.holder} | set(state.hands)
    for person in tied:
        known = state.people.get(person)
        if known is None or known.role not in ("participant", "speaker"):
            yield f"{person} has no business in the circle"
        elif known.left and known.role == "participant":
            yield f"{person} left and is still in the circle"
        elif known.replaced:
            yield f"{person} was replaced and is still in the circle"
        elif known.let_in is None:
            yield f"{person} stands before the door and is in the circle"


def whoever_sits_has_no_hand_up(state: State, now: Instant, present: Collection[str]) -> Iterator[str]:
    """A hand is lowered when its owner is seated."""
    for seat in state.seats.values():
        if seat.state in HELD and seat.holder in state.hands:
            yield f"{seat.holder} sits on {seat.seat} with a hand up"


def hands_have_their_time(state: State, now: Instant, present: Collection[str]) -> Iterator[str]:
    """Nobody's hand is up from wrap-up on."""
    if state.hands and state.phase in ("wrap_up", "correction", "archived"):
        yield f"hands in {state.phase}: {list(state.hands)}"


def the_circle_ends(state: State, now: Instant, present: Collection[str]) -> Iterator[str]:
    """From correction on there is no circle: no holder, no clock, no question who makes room."""
    if state.phase in ("correction", "archived"):
        tied = [seat.seat for seat in state.seats.values() if seat.holder or seat.until]
        if tied or state.circle_full:
            yield f"still a circle: seats {tied}, question {state.circle_full}"


def clocks_run_or_stand(state: State, now: Instant, present: Collection[str]) -> Iterator[str]:
    """Clocks run in lobby, live and wrap-up while the floor is not frozen, and only then."""
    if state.running != (state.phase in RUNNING_PHASES and not state.frozen):
        yield f"{state.phase}, frozen {state.frozen}, and running is {state.running}"
    if state.focus_since is not None and not (state.running and state.phase == "live" and state.focus):
        yield "the question in focus is credited with time that does not run"


def presence_is_seen(state: State, now: Instant, present: Collection[str]) -> Iterator[str]:
    """Whoever sits and is gone is away, whoever is back is not, and a speaker who is here sits somewhere."""
    if state.phase not in CIRCLE_PHASES:
        return
    seated = {seat.holder for seat in state.seats.values() if seat.state in HELD}
    for seat in state.seats.values():
        if seat.state == "taken" and seat.holder not in present:
            yield f"{seat.holder} is gone from seat {seat.seat}"
        if seat.state == "away" and seat.holder in present:
            yield f"{seat.holder} is back on seat {seat.seat}"
        if seat.kind == "reserved" and seat.state == "free" and seat.speaker in present:
            speaker = state.people[seat.speaker or ""]
            if seat.speaker not in seated and not speaker.left and state.round is None:
                yield f"{seat.speaker} stands beside seat {seat.seat}"


def a_free_seat_is_offered(state: State, now: Instant, present: Collection[str]) -> Iterator[str]:
    """In a line, no seat stands free while somebody waits who has no offer to answer."""
    if (
        state.rules.entry not in ("queue", "least_heard")
        or state.round is not None
        or state.phase not in HAND_PHASES
        or not state.running
    ):
        return
    if _waiting(state) and (free := [seat.seat for seat in state.seats.values() if _for_anybody(seat)]):
        yield f"seats {free} are free while {_waiting(state)} wait"


def a_promise_is_kept(state: State, now: Instant, present: Collection[str]) -> Iterator[str]:
    """Whoever was promised the next free seat is in the debate, does not sit, and is offered one at once."""
    seated = {seat.holder for seat in state.seats.values() if seat.state in HELD}
    offered = {seat.holder for seat in state.seats.values() if seat.state == "offered"}
    for person, number in state.promised.items():
        known, carried = state.people[person], state.contributions[number]
        if state.phase not in (*HAND_PHASES, "paused"):
            yield f"a seat is promised to {person} in {state.phase}"
        if person in seated or known.left or known.blocked or known.role not in ("participant", "speaker"):
            yield f"a seat is promised to {person}, who cannot use it"
        if carried.author != person or carried.carried_in is None or carried.status != "posted":
            yield f"a seat is promised to {person} for contribution {number}"
    free = [seat.seat for seat in state.seats.values() if _for_anybody(seat)]
    offering = state.phase in HAND_PHASES and state.running and state.round is None
    if free and offering and (waiting := set(state.promised) - offered):
        yield f"seats {free} are free while one is promised to {waiting}"


def room_is_asked_for(state: State, now: Instant, present: Collection[str]) -> Iterator[str]:
    """Who makes room? is asked while a hand waits and no seat is free or offered, and else it is not."""
    free = any(_for_anybody(seat) or seat.state == "offered" for seat in state.seats.values())
    wanted = state.rules.exit == "make_room" and _waiting(state) and not free and state.round is None
    if state.phase not in CIRCLE_PHASES:
        return
    if state.circle_full is not None and not (wanted and state.phase in (*HAND_PHASES, "paused")):
        yield f"it is asked of {state.circle_full.seats}, and need not be"
    if state.circle_full is None and wanted and state.phase in HAND_PHASES and state.running:
        could = [
            seat.seat
            for seat in state.seats.values()
            if seat.state in HELD and not seat.closing and (seat.turn_until or 0) <= now
        ]
        if could:
            yield f"{could} could be asked"


def who_must_go_is_waited_for(state: State, now: Instant, present: Collection[str]) -> Iterator[str]:
    """A turn ends for somebody who waits, under a rule that ends it, and never a speaker's own."""
    going = [seat for seat in state.seats.values() if seat.state == "leaving" and not seat.closing]
    timed = [seat for seat in going if seat.successor is None]
    for seat in going:
        if seat.holder == seat.speaker:
            yield f"{seat.holder} must go from their own seat"
        if seat.successor is not None and seat.successor not in _waiting(state):
            yield f"{seat.holder} must go for {seat.successor}, who does not wait"
        if state.rules.exit != ("timed" if seat.successor is None else "oldest_out"):
            yield f"{seat.holder} must go under {state.rules.exit}"
    if len(timed) > len(_waiting(state)):
        yield f"{len(timed)} must go for {_waiting(state)}"


def turns_end(state: State, now: Instant, present: Collection[str]) -> Iterator[str]:
    """Under `timed` nobody sits on undisturbed whose turn is over while more wait than go."""
    if state.rules.exit != "timed" or not state.running or state.phase not in HAND_PHASES or state.round:
        return
    going = [seat for seat in state.seats.values() if seat.state == "leaving" and not seat.closing]
    free = any(_for_anybody(seat) for seat in state.seats.values())
    if free or len(_waiting(state)) <= len(going):
        return
    for seat in state.seats.values():
        if seat.state == "taken" and seat.holder != seat.speaker and (seat.turn_until or 0) <= now:
            yield f"the turn on seat {seat.seat} is over, and {_waiting(state)} wait"


def a_round_has_the_circle(state: State, now: Instant, present: Collection[str]) -> Iterator[str]:
    """While a round runs its group sits, nobody else does, and none must go but from a closing seat."""
    if state.round is None or state.phase not in CIRCLE_PHASES:
        if state.round is not None and state.phase in ("correction", "archived"):
            yield "a round outlives the circle"
        return
    seated = {seat.holder for seat in state.seats.values() if seat.state in HELD}
    if seated != set(state.round.people) or not seated:
        yield f"{seated} sit, the round is of {state.round.people}"
    if len(state.round.people) != len(set(state.round.people)):
        yield f"{state.round.people} are in the round"
    if going := [seat.seat for seat in state.seats.values() if seat.state == "leaving" and not seat.closing]:
        yield f"{going} must go in the middle of a round"
    if state.round.until is not None and state.running and state.round.until < now:
        yield f"the round was to end at {state.round.until}"


def counts_are_counts(state: State, now: Instant, present: Collection[str]) -> Iterator[str]:
    """Counts equal a recount: of each question's contributions and people, of posts, of who is in."""
    shown = [each for each in state.contributions.values() if each.status == "posted"]
    for question in state.questions.values():
        recount = Counter(
            each.author for each in shown for tag in each.tags if tag.question == question.question
        )
        if question.authors != recount:
            yield f"Q{question.question} counts {question.authors}, there are {recount}"
    posts = Counter(each.author for each in state.contributions.values() if each.shown)
    for person in state.people.values():
        if person.contributions != posts[person.person]:
            yield f"{person.person} counts {person.contributions} of {posts[person.person]} posts"
    participants = [each for each in state.people.values() if each.role == "participant"]
    here = sum(1 for each in participants if not each.left and each.let_in is not None)
    if state.joined != here:
        yield f"{state.joined} are said to have joined, {here} did"


def questions_stand_in_order(state: State, now: Instant, present: Collection[str]) -> Iterator[str]:
    """Each question that stands has one place, one stands at least, and the one in focus is among them."""
    if sorted(state.order) != sorted(state.questions.keys() & set(state.order)) or not state.order:
        yield f"{state.order} of {list(state.questions)}"
    if list(state.questions) != list(range(1, len(state.questions) + 1)):
        yield f"questions are numbered {list(state.questions)}"
    if state.focus is not None and state.focus not in state.order:
        yield f"Q{state.focus} is in focus, and was dropped"


def whoever_waits_is_outside(state: State, now: Instant, present: Collection[str]) -> Iterator[str]:
    """Whoever has not been let in said nothing and endorsed nothing; none wait at an open door with room."""
    outside = {each.person for each in state.people.values() if each.let_in is None}
    for each in state.contributions.values():
        if each.author in outside or each.endorsed_by & outside:
            yield f"{each.contribution} is by, or endorsed by, somebody outside"
    room = state.max_people is None or state.joined < state.max_people
    waiting = [one for one in outside if not (state.people[one].turned_away or state.people[one].left)]
    if state.door == "open" and state.phase in CIRCLE_PHASES and room and waiting:
        yield f"{waiting} wait at an open door"


def threads_are_trees(state: State, now: Instant, present: Collection[str]) -> Iterator[str]:
    """Contributions are numbered without gaps; a reply's root and path follow from what it answers.

    Replies stand in the order of their paths; a path that somebody had before is not given again.
    """
    if list(state.contributions) != list(range(1, len(state.contributions) + 1)):
        yield f"numbers {list(state.contributions)}"
    for each in state.contributions.values():
        if each.reply_to is None:
            expected = (each.contribution, str(each.contribution))
        else:
            parent = state.contributions[each.reply_to]
            step = int(each.path.rpartition(".")[2])
            before = parent.replies[: parent.replies.index(each.contribution)]
            steps = [int(state.contributions[other].path.rpartition(".")[2]) for other in before]
            if not max(steps, default=0) < step <= parent.hung:
                yield f"{each.contribution} is {each.path} after {steps}, of {parent.hung}"
            expected = (parent.root, f"{parent.path}.{step}")
        if (each.root, each.path) != expected:
            yield f"{each.contribution} is {each.path} under {each.root}, not {expected}"
        if (each.status in ("withdrawn", "erased")) != (each.text is None):
            yield f"{each.contribution} is {each.status} with the text {each.text!r}"


def held_is_held(state: State, now: Instant, present: Collection[str]) -> Iterator[str]:
    """What waits or was refused was never shown, what is posted or hidden was; the queue is what waits."""
    for each in state.contributions.values():
        gone = each.status in ("withdrawn", "erased")
        if not gone and each.shown != (each.status in ("posted", "hidden")):
            yield f"{each.contribution} is {each.status}, and shown is {each.shown}"
    waiting = {each.contribution for each in state.contributions.values() if each.status == "held"}
    if set(state.held) != waiting:
        yield f"{set(state.held)} are in the queue, {waiting} wait"


def handles_are_unique(state: State, now: Instant, present: Collection[str]) -> Iterator[str]:
    """No two people share a handle, upper and lower case alike."""
    handles = Counter(person.handle.lower() for person in state.people.values() if person.handle is not None)
    yield from (f"{handle} is {times} people" for handle, times in handles.items() if times > 1)


def names_are_told_apart(state: State, now: Instant, present: Collection[str]) -> Iterator[str]:
    """No two people have names that a reader would take for one another, pseudonyms and roles included."""
    looks = Counter(look(person.name) for person in state.people.values() if person.name)
    yield from (f"{times} people are called {name}" for name, times in looks.items() if times > 1)


def it_is_at_rest(state: State, now: Instant, present: Collection[str]) -> Iterator[str]:
    """Nothing more follows by itself now."""
    if following := settle(state, now, present):
        yield f"{following} still follow"
    deadline = next_deadline(state)
    if deadline is not None and not (state.running or state.phase == "correction"):
        yield f"a deadline at {deadline} while clocks stand still"


def _waiting(state: State) -> list[str]:
    """Whose hands are up and who have no offer to answer."""
    asked = {seat.holder for seat in state.seats.values() if seat.state == "offered"}
    return [person for person in state.hands if person not in asked]


def _for_anybody(seat: Seat) -> bool:
    return seat.state == "lent" or (seat.state == "free" and seat.kind == "open")


LAWS: tuple[Law, ...] = (
    one_seat_each,
    a_seat_is_what_it_says,
    who_sits_is_here,
    whoever_sits_has_no_hand_up,
    hands_have_their_time,
    the_circle_ends,
    clocks_run_or_stand,
    presence_is_seen,
    a_free_seat_is_offered,
    a_promise_is_kept,
    room_is_asked_for,
    who_must_go_is_waited_for,
    turns_end,
    a_round_has_the_circle,
    counts_are_counts,
    questions_stand_in_order,
    whoever_waits_is_outside,
    threads_are_trees,
    held_is_held,
    handles_are_unique,
    names_are_told_apart,
    it_is_at_rest,
)
