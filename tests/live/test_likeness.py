"""The tagger in a running debate: asked only where nothing stronger decides, and a fold of the log."""

import json
from pathlib import Path
from typing import Any

import pytest

from fishbowl.debate.commands import Post
from fishbowl.debate.evolve import fold
from fishbowl.debate.state import State
from fishbowl.live.likeness import Likeness
from fishbowl.live.loop import Accepted
from tests.fakes import FakeClock
from tests.live.stage import SLUG, Stage, stage

MEETINGS = Path(__file__).parents[3] / "shared" / "data" / "tagging" / "meetings.json"
ABOUT_PAYING = "Sauna tickets pay for heating"


def post(text: str, **fields: Any) -> Post:
    return Post(id="p", text=text, **fields)


def tags(state: State) -> list[tuple[tuple[int, str, float], ...]]:
    return [
        tuple((tag.question, tag.source, tag.confidence) for tag in one.tags)
        for one in state.contributions.values()
    ]


async def stored(played: Stage) -> State:
    return fold(await played.log.read(SLUG))


async def teaches(played: Stage, question: int, *texts: str) -> None:
    for text in texts:
        done = await played.does("chair", "post", text, text=text, questions=[question])
        assert isinstance(done, Accepted)


async def test_a_post_finds_its_question(clock: FakeClock) -> None:
    """What is clearly like what was said under a question is tagged with it, by likeness."""
    async with stage(clock) as played:
        await teaches(played, 2, "Sauna tickets pay for heating", "Heating the sauna costs a fortune")
        person = await played.joins()
        await played.does(person, "post", "asked", text="A sauna ticket costs a fortune, heating more")
        last = (await stored(played)).contributions[3]
        assert [(tag.question, tag.source) for tag in last.tags] == [(2, "similar")]
        assert 0.5 < last.tags[0].confidence < 1


async def test_greetings_stay_untagged(clock: FakeClock) -> None:
    """Who says hello, thanks or ha ha is tagged with nothing."""
    async with stage(clock) as played:
        likeness = Likeness(await stored(played))
        for text in ("hi", "Hello everybody!", "thank you all", "haha", "bore da", "Guten Abend", "👍"):
            assert likeness.of(await stored(played), post(text)) == ()


async def test_not_looked_for_where_something_stronger_decides(clock: FakeClock) -> None:
    """A choice, a marker, an answer to what is tagged: likeness is not even computed; alone it is."""
    async with stage(clock) as played:
        await teaches(played, 2, ABOUT_PAYING)
        state = await stored(played)
        likeness = Likeness(state)
        assert likeness.of(state, post(ABOUT_PAYING)) != ()
        for stronger in (
            post(ABOUT_PAYING, questions=[1]),
            post("Q1 " + ABOUT_PAYING),
            post(ABOUT_PAYING, reply_to=1),
        ):
            assert likeness.of(state, stronger) == ()


async def test_the_level_is_a_rule(clock: FakeClock) -> None:
    """The chair's rule decides how sure a likeness must be, from the next post on."""
    async with stage(clock) as played:
        await teaches(played, 2, ABOUT_PAYING)
        await teaches(played, 1, other := "children learn swimming there, summer after summer")
        rest = other.split()
        texts = [f"{ABOUT_PAYING} {' '.join(rest[:length])}" for length in range(len(rest) + 1)]
        counts = []
        for level in ("sure", "helpful", "everything"):
            await played.does("chair", "set_rules", level, tagging=level)
            state = await stored(played)
            counts.append(sum(bool(Likeness(state).of(state, post(text))) for text in texts))
        assert 0 < counts[0] <= counts[1] <= counts[2]
        assert counts[0] < counts[2]


async def test_before_a_question_is_in_focus(clock: FakeClock) -> None:
    """A word in passing tags nothing while no question is in focus, whatever was taught; then it may."""
    async with stage(clock) as played:
        await teaches(played, 2, ABOUT_PAYING)
        passing = post("Good evening from the sauna")
        before = await stored(played)
        assert before.focus is None
        assert Likeness(before).of(before, passing) == ()
        await played.does("chair", "focus", "f", question=1)
        state = await stored(played)
        assert [question for question, _ in Likeness(state).of(state, passing)] == [2]


async def test_corrections_and_what_undoes_them(clock: FakeClock) -> None:
    """The live memory equals one folded anew after every act: posts, corrections, hiding, taking back."""
    asked = [post(text) for text in (ABOUT_PAYING, "Sauna tickets pay", "What is the basin for?")]
    async with stage(clock) as played:
        person = await played.joins()
        lived = Likeness(await stored(played))
        seen = (await stored(played)).seq
        for do, fields in (
            ("post", {"text": ABOUT_PAYING, "questions": [2]}),
            ("post", {"text": "Sauna tickets pay for heating"}),
            ("post", {"text": "Q3 sauna tickets"}),
            ("tag", {"contribution": 2, "questions": [3]}),
            ("tag", {"contribution": 2, "questions": []}),
            ("hide", {"contribution": 1, "reason": "spam"}),
            ("restore", {"contribution": 1}),
            ("edit_question", {"question": 1, "text": "Who heats the sauna?", "gloss": "tickets"}),
            ("withdraw", {"contribution": 3}),
        ):
            by = person if do in ("post", "withdraw") else "chair"
            done = await played.does(by, do, f"{do} {seen}", **fields)
            assert isinstance(done, Accepted), (do, done)
            records = await played.log.read(SLUG)
            state = fold(records)
            lived.follow(state, records[seen:])
            seen = len(records)
            anew = Likeness(state)
            assert [lived.of(state, one) for one in asked] == [anew.of(state, one) for one in asked], do


async def test_a_meeting_played_and_started_again(clock: FakeClock) -> None:
    """A real meeting, the chair's moves and corrections included: folded anew, every tag is what it was.

    And the service that was started again tags what comes next as the one that went on would have.
    """
    if not MEETINGS.exists():
        pytest.skip(f"the meetings are not here: {MEETINGS}")
    meeting = max(json.loads(MEETINGS.read_text(encoding="utf-8")), key=lambda one: len(one["items"]))
    moves = list(meeting["chair_moves"])
    async with stage(clock, rules={"max_length": 2000}) as played:
        for text in meeting["questions"][3:]:
            await played.does("chair", "add_question", text[:40], text=text[:500])
        for number, text in enumerate(meeting["questions"][:3], 1):
            await played.does("chair", "edit_question", f"q{number}", question=number, text=text[:500])
        people: dict[str, str] = {}
        for item in meeting["items"]:
            number = item["n"]
            while moves and moves[0][0] <= number:
                at, question = moves.pop(0)
                moved = await played.does("chair", "focus", f"f{at}", question=question)
                assert isinstance(moved, Accepted), moved
            by = "chair" if item["chair"] else people.setdefault(item["who"], "") or await played.joins()
            people[item["who"]] = by
            done = await played.does(by, "post", f"p{number}", text=item["text"][:2000])
            if isinstance(done, Accepted) and number % 9 == 0 and item["focus"]:
                await played.does(
                    "chair", "tag", f"t{number}", contribution=done.contribution, questions=[item["focus"]]
                )
        live = await played.debate.read(tags)
        state = await stored(played)
        sources = {source for found in tags(state) for _, source, _ in found}
        assert tags(state) == live
        assert len(live) > 100
        assert {"chair", "similar", "focus"} <= sources
        texts = [post(item["text"][:2000]) for item in meeting["items"][::5]]
        going_on = played.debate.loop.likeness
        anew = Likeness(state)
        assert [anew.of(state, one) for one in texts] == [going_on.of(state, one) for one in texts]
