"""The transcript itself: what is where, who may know what, and as of when."""

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fishbowl.debate import commands
from fishbowl.debate.evolve import fold
from fishbowl.debate.vocabulary import Door, Phase, Posting, Role, Status
from fishbowl.transcript import Version, activity, akoma, html, markdown, plain, transcript
from fishbowl.transcript.contents import Transcript
from fishbowl.transcript.gathering import Direction
from fishbowl.transcript.sentences import Sentences
from fishbowl.transcript.stage import told
from fishbowl.transcript.voice import ENGLISH
from tests.transcript.invented import START, Evening, invented_definition, invented_records

MINUTE = 60_000
LONG = invented_records(900, seed=6)


@pytest.fixture
def evening() -> Evening:
    """A debate that is live since 19:00, question 1 in focus, with two participants."""
    evening = Evening(invented_definition(), seed=1)
    evening.begin(people=2)
    return evening


def post(evening: Evening, text: str, *, by: str | None = None, **more: int | list[int]) -> int:
    """Somebody posts; the number of the contribution."""
    given = commands.Post(id="", text=text, **more)  # type: ignore[arg-type]
    assert evening.ask(by or evening.participants[0], given)
    return len(evening.state.contributions)


def since_live(evening: Evening, version: Version = Version.PUBLIC) -> list[str]:
    """The stage directions after the opening, each with its time."""
    made = transcript(evening.records, version)
    sentences = Sentences(made, ENGLISH)
    return [
        f"{sentences.times.hour(each.at)} {told(sentences, each)}" for each in made.directions if each.begun
    ][1:]


def layout(made: Transcript) -> dict[str, list[str | list[int]]]:
    """What stands under each heading: threads by numbers, directions by their event."""
    sentences = Sentences(made, ENGLISH)
    return {
        sentences.heading(section).partition(".")[0]: [
            item.event if isinstance(item, Direction) else [each.contribution for each in item]
            for item in section.items
        ]
        for section in made.sections
    }


def test_threads_stand_under_their_roots_question(evening: Evening) -> None:
    """A thread belongs to its root's first tag, whatever its replies are tagged; what has no tag comes last,
    what happened before the first question first.
    """
    first = post(evening, "First.")
    second = post(evening, "Both.", questions=[3, 2])
    post(evening, "Q4 is what this is about.", reply_to=first)
    evening.chair(commands.Focus(id="", question=None))
    untagged = post(evening, "By the way.")
    post(evening, "Indeed.", reply_to=untagged)
    evening.chair(commands.Focus(id="", question=2))
    found = layout(transcript(evening.records))
    assert list(found) == ["Before the first question", "Q1", "Q2", "Q3", "Q4", "Q5", "Without a question"]
    assert found["Before the first question"][0] == "phase.moved"
    assert found["Q1"] == ["question.focused", [1, 3]]
    assert found["Q2"] == ["question.focused"]
    assert found["Q3"] == [[second]]
    assert found["Q4"] == found["Q5"] == []
    assert found["Without a question"] == ["question.focused", [4, 5]]


def test_replies_follow_what_they_answer(evening: Evening) -> None:
    """Within a thread every reply stands after what it answers, branch by branch."""
    root = post(evening, "Root.")
    left = post(evening, "Left.", reply_to=root)
    right = post(evening, "Right.", reply_to=root)
    below = post(evening, "Below left.", reply_to=left)
    (thread,) = (item for item in transcript(evening.records).sections[1].items if isinstance(item, tuple))
    assert [each.contribution for each in thread] == [root, left, below, right]
    assert [each.path for each in thread] == ["1", "1.1", "1.1.1", "1.2"]
    assert [each.depth for each in thread] == [0, 1, 2, 1]


def test_everything_stands_somewhere_once() -> None:
    """Every contribution and every stage direction stands in exactly one section, in order of time."""
    made = transcript(LONG)
    threads = [item for section in made.sections for item in section.items if isinstance(item, tuple)]
    directions = [item for section in made.sections for item in section.items if isinstance(item, Direction)]
    assert sorted(each.contribution for thread in threads for each in thread) == [*range(1, 901)]
    assert sorted(each.seq for each in directions) == [each.seq for each in made.directions]
    for section in made.sections:
        seqs = [item.seq if isinstance(item, Direction) else item[0].seq for item in section.items]
        assert seqs == sorted(seqs)
        for item in section.items:
            if isinstance(item, Direction) and not section.opening:
                assert item.focus == (section.question.question if section.question else None)


def test_interruptions(evening: Evening) -> None:
    """A pause, a frozen floor and a service that was down are told with when they began and ended."""
    evening.now = START + 31 * MINUTE
    evening.chair(commands.MoveTo(id="", phase=Phase.PAUSED))
    evening.now += 2 * MINUTE
    evening.chair(commands.MoveTo(id="", phase=Phase.LIVE))
    evening.ask(evening.moderator, commands.Freeze(id="", on=True))
    evening.now += 20_000
    evening.chair(commands.Freeze(id="", on=False))
    evening.now += 5 * MINUTE
    evening.play_command("clock", commands.Resume(since=evening.now - 3 * MINUTE), evening.now)
    assert since_live(evening)[-5:] == [
        "19:31 The debate was paused.",
        "19:33 The debate went on. (Interrupted 19:31-19:33.)",
        "19:33 The moderators froze the floor.",
        "19:33 The chair opened the floor again. (Interrupted 19:33:00-19:33:20.)",
        "19:38 Interrupted 19:35-19:38: the service was down.",
    ]


def test_the_circle(evening: Evening) -> None:
    """Who sat where, from when to when, is told and listed; a seat that ends with the debate ends then."""
    heron = evening.participants[0]
    name = evening.state.people[heron].name
    evening.now = START + 2 * MINUTE
    evening.ask(heron, commands.TakeSeat(id=""))
    evening.now = START + 9 * MINUTE
    evening.ask(heron, commands.LeaveSeat(id=""))
    evening.ask(evening.cast.speakers[0][0], commands.LeaveSeat(id=""))
    for phase in (Phase.WRAP_UP, Phase.CORRECTION):
        evening.chair(commands.MoveTo(id="", phase=phase))
    assert since_live(evening)[:3] == [
        f"19:02 {name} took seat 5.",
        f"19:09 {name} left seat 5 after 7 min.",
        "19:09 Ottilie Marchbanks stepped out and lent seat 1.",
    ]
    sittings = transcript(evening.records).sittings
    assert {(each.seat, each.name, each.until) for each in sittings} == {
        (1, "Ottilie Marchbanks", START + 9 * MINUTE),
        (2, "Deniz Harrowgate", START + 9 * MINUTE),
        (3, "Siôn Pentrellyn", START + 9 * MINUTE),
        (4, "Amara Quillfeather", START + 9 * MINUTE),
        (5, name, START + 9 * MINUTE),
    }
    during = transcript(evening.records[:-4]).sittings
    assert {each.seat for each in during if each.until is None} >= {2, 3, 4}


def test_sittings_are_the_seats() -> None:
    """At any record, who sits according to the sittings is who sits according to the seats."""
    for seq in range(60, len(LONG), 41):
        seats = fold(LONG[:seq]).seats.values()
        seated = {(seat.seat, seat.holder, seat.since) for seat in seats if seat.held}
        made = transcript(LONG, seq=seq)
        assert {
            (each.seat, each.person, each.since) for each in made.sittings if each.until is None
        } == seated


def test_the_chairs_acts(evening: Evening) -> None:
    """What the chair changes is told: words said, questions, rules, door, seats."""
    evening.chair(commands.Announce(id="", text="Ten minutes\nto go."))
    evening.chair(commands.EditQuestion(id="", question=2, text="What would it cost?"))
    evening.chair(commands.EditQuestion(id="", question=2, minutes=12))
    evening.chair(commands.SetRules(id="", slow_seconds=20, max_length=300))
    evening.chair(commands.SetDoor(id="", door=Door.CODE, join_code="heron"))
    evening.chair(commands.OpenSeat(id=""))
    evening.chair(commands.CloseSeat(id="", seat=6, reason="one is enough"))
    evening.ask(evening.cast.organiser, commands.Change(title="When is it open?"))
    assert since_live(evening) == [
        "19:00 The chair announced: Ten minutes\nto go.",
        "19:00 Question 2 now reads: What would it cost?",
        "19:00 The chair changed question 2: minutes.",
        "19:00 The chair changed the rules: length of a contribution, seconds between contributions.",
        "19:00 The chair opened the door to those who know the code.",
        "19:00 The chair opened seat 6.",
        "19:00 Seat 6 was closed.",
        "19:00 The organiser changed title.",
    ]
    assert "19:00 Seat 6 was closed. Reason: one is enough." in since_live(evening, Version.ORGANISER)


def test_closed_rounds(evening: Evening) -> None:
    """Who had the circle together, under which name, and how it ended."""
    one, other = evening.participants[:2]
    names = [evening.state.people[each].name for each in (one, other)]
    evening.chair(commands.StartRound(id="", people=[one, other], title="The readers"))
    evening.chair(commands.StartRound(id="", people=[other]))
    evening.chair(commands.EndRound(id=""))
    speakers = [evening.state.people[person].name for person, _ in evening.cast.speakers]
    told = [line for line in since_live(evening) if "round" in line]
    assert told == [
        f"19:00 The chair began a closed round, The readers, with {names[0]}, {names[1]}.",
        *(
            f"19:00 {name} made room for the closed round; seat {seat} was lent."
            for seat, name in enumerate(speakers, start=1)
        ),
        "19:00 The round ended for the next group.",
        f"19:00 The chair began a closed round with {names[1]}.",
        f"19:00 {names[0]} made room for the closed round, after 1 min on seat 5.",
        "19:00 The chair ended the round.",
        f"19:00 {names[1]} got up from seat 1 as the round was over, after 1 min.",
    ]
    redacted = transcript(evening.records, Version.REDACTED).directions
    assert not {name for each in redacted for name in each.names} & set(names)


def test_a_speaker_replaced(evening: Evening) -> None:
    """Who speaks in whose place is told by both names, or by what stands for them in the redacted version."""
    old, name = evening.cast.speakers[0][0], evening.state.people[evening.cast.speakers[0][0]].name
    evening.ask(old, commands.Post(id="", text="Before I go."))
    replace = commands.Replace(person=old, successor="nora", name="Nora Lind")
    assert evening.ask(evening.cast.organiser, replace)
    assert since_live(evening)[-4:] == [
        f"19:00 {name} left seat 1 to somebody else, after 10 min.",
        "19:00 Nora Lind was invited as a speaker.",
        f"19:00 Nora Lind speaks in place of {name}.",
        "19:00 The organiser opened seat 1 for Nora Lind.",
    ]
    assert "19:00 S5 speaks in place of S1." in since_live(evening, Version.REDACTED)
    written = "".join(plain.render(transcript(evening.records, Version.REDACTED)))
    assert "Nora" not in written
    assert "nora" not in written


def test_carried_in(evening: Evening) -> None:
    """What was carried in stays its author's, where it was said; who carried it in stands beside it, and when
    is told. The chair is named in the organiser's version only, whoever sits in all but the redacted one.
    """
    evening.chair(commands.SetRules(id="", posting=Posting.TWO_STREAM))
    numbers = [post(evening, "A cart on wheels."), post(evening, "A tent.")]
    speaker, name = evening.cast.speakers[0][0], evening.state.people[evening.cast.speakers[0][0]].name
    assert evening.ask(speaker, commands.CarryIn(id="", contribution=numbers[0]))
    evening.chair(commands.CarryIn(id="", contribution=numbers[1]))
    carrying = [line for line in since_live(evening) if "carried in" in line]
    assert carrying == [
        f"19:00 {name} carried in contribution {numbers[0]}.",
        f"19:00 The chair carried in contribution {numbers[1]}.",
    ]
    made = transcript(evening.records)
    by_number = {each.contribution: each for each in made.contributions}
    by_speaker, by_chair = (by_number[number].carried_in for number in numbers)
    assert by_speaker is not None
    assert (by_speaker.by, by_speaker.name) == (speaker, name)
    assert by_chair is not None
    assert (by_chair.by, by_chair.name) == ("chair", None)
    for render in (plain.render, markdown.render, html.render):
        written = "".join(render(made))
        assert f"outer circle, carried in by {name}" in written
        assert "outer circle, carried in by the chair" in written
    organisers = transcript(evening.records, Version.ORGANISER).contributions[numbers[1] - 1].carried_in
    assert organisers is not None
    assert organisers.by == evening.cast.chair
    assert str(name) not in "".join(plain.render(transcript(evening.records, Version.REDACTED)))


def test_questions_moved_and_dropped(evening: Evening) -> None:
    """Questions come in their order; a dropped one comes last, and only where something is under it."""
    last = len(evening.state.questions)
    kept = transcript(evening.records).questions
    number = post(evening, "Q2 This one stays.")
    evening.chair(commands.MoveQuestion(id="", question=last, to=1))
    evening.chair(commands.DropQuestion(id="", question=2))
    evening.chair(commands.DropQuestion(id="", question=3))
    assert since_live(evening)[-3:] == [
        f"19:00 The chair moved question {last} to place 1.",
        "19:00 The chair dropped question 2.",
        "19:00 The chair dropped question 3.",
    ]
    made = transcript(evening.records)
    middle = [each.question for each in kept if each.question not in (2, 3, last)]
    assert [each.question for each in made.questions] == [last, *middle, 2]
    assert [each.question for each in made.questions if each.dropped] == [2]
    (section,) = [each for each in made.sections if each.question and each.question.question == 2]
    assert [
        each.contribution for thread in section.items if isinstance(thread, tuple) for each in thread
    ] == [number]
    assert Sentences(made, ENGLISH).heading(section).endswith("(dropped)")


def test_what_was_prepared_is_not_told() -> None:
    """What was changed in the draft is nobody's business; the draft's end is told."""
    evening = Evening(invented_definition(), seed=1)
    evening.chair(commands.EditQuestion(id="", question=1, text="Secret wording?"))
    evening.chair(commands.AddQuestion(id="", text="And another?"))
    assert transcript(evening.records, Version.ORGANISER).directions == ()
    evening.chair(commands.MoveTo(id="", phase=Phase.ANNOUNCED))
    (direction,) = transcript(evening.records).directions
    assert direction.phase is Phase.ANNOUNCED


def test_actors(evening: Evening) -> None:
    """To the public acts read "chair" and "moderators", without reason; the organiser sees who, and why."""
    number = post(evening, "Something or other.")
    evening.now += MINUTE
    hide = commands.Hide(id="", contribution=number, reason="insult", note="twice")
    evening.ask(evening.moderator, hide)
    evening.chair(commands.FreeSeat(id="", seat=2, reason="a word in private"))
    public, organiser = transcript(evening.records), transcript(evening.records, Version.ORGANISER)
    assert {each.by for each in public.directions} == {"chair", "clock"}
    assert not [each for each in public.directions if each.actor or each.reason]
    assert (public.contributions[0].status, public.contributions[0].text) == (Status.HIDDEN, None)
    assert public.contributions[0].acts == ()
    assert (organiser.contributions[0].status, organiser.contributions[0].text) == (
        Status.HIDDEN,
        "Something or other.",
    )
    sentences = Sentences(organiser, ENGLISH)
    (act,) = organiser.contributions[0].acts
    assert sentences.act(act) == "Moderator hid this at 19:01. Reason: insult. Note: twice."
    assert organiser.directions[-1].reason == "a word in private"
    assert organiser.directions[-1].by == evening.cast.chair


def test_figures_per_question(evening: Evening) -> None:
    """A question counts visible contributions that carry its tag, their people, and its time in focus up to
    the last record.
    """
    first, other = evening.participants
    post(evening, "One.", by=first)
    post(evening, "Two.", by=first)
    post(evening, "Q2: three.", by=other)
    evening.ask(evening.moderator, commands.Hide(id="", contribution=2))
    evening.now += 3 * MINUTE
    evening.chair(commands.Announce(id="", text="Go on."))
    made = transcript(evening.records)
    assert [(each.contributions, each.people) for each in made.questions][:2] == [(1, 1), (1, 1)]
    assert [each.focus_ms for each in made.questions][:2] == [3 * MINUTE, 0]
    assert made.figures.contributions == 3
    assert made.figures.hidden == 1


def test_people() -> None:
    """Chair, moderators and speakers are listed, speakers with what was said of them and their seat."""
    people = transcript(LONG).people
    assert [person.role for person in people] == [Role.CHAIR, Role.MODERATOR, *[Role.SPEAKER] * 4]
    assert (people[2].name, people[2].affiliation, people[2].seat) == (
        "Ottilie Marchbanks",
        "Town library",
        1,
    )
    assert people[2].bio == "Runs the front desk since 2009."


@given(st.integers(1, len(LONG)), st.sampled_from(Version))
@settings(max_examples=25)
def test_as_of_a_record(seq: int, version: Version) -> None:
    """The transcript as of seq k is that of the first k records, whatever came later."""
    assert transcript(LONG, version, seq=seq) == transcript(LONG[:seq], version)


def test_other_days_and_zones() -> None:
    """Times are told where the debate takes place, with the date where it is not the day it began."""
    evening = Evening(invented_definition(timezone="Asia/Tokyo"), seed=1)
    evening.begin(people=1)
    evening.now += 24 * 60 * MINUTE
    evening.chair(commands.Announce(id="", text="A day later."))
    made = transcript(evening.records)
    sentences = Sentences(made, ENGLISH)
    assert sentences.times.hour(START) == "04:00"
    assert sentences.times.hour(made.at) == "2026-02-02 04:00"
    assert sentences.when() == "Sunday, 1 February 2026, 04:00 JST"
    assert sentences.as_of().endswith("Monday, 2 February 2026, 04:00 JST. Times are those of Asia/Tokyo.")


def test_who_is_answered_by_the_first_word(evening: Evening) -> None:
    """A guess at what is answered stands in that thread and says that it is one, in every format for people;
    Activity Streams, which know no guesses, leave it out. Once its author has said so it is none.
    """
    first, second = evening.participants[:2]
    root = post(evening, "Q2 is what this is about.", by=first)
    reply = post(evening, f"@{evening.state.people[first].handle} indeed", by=second)
    for guessed in (True, False):
        made = transcript(evening.records)
        found = next(each for each in made.contributions if each.contribution == reply)
        assert (found.reply_to, found.inferred, found.path) == (root, guessed, f"{root}.1")
        says = f"probably answers {root}"
        for render in (html.render, markdown.render, plain.render, akoma.render):
            assert (says in "".join(render(made))) is guessed
        item = next(
            each
            for each in json.loads("".join(activity.render(made)))["orderedItems"]
            if each["id"] == f"#c{reply}"
        )
        assert ("inReplyTo" in item) is not guessed
        assert evening.ask(second, commands.Thread(id="", contribution=reply, reply_to=root))
