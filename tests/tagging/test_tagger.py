"""Likeness, and what corrections teach."""

import subprocess
import sys
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fishbowl.tagging import Tagger
from fishbowl.tagging.tagger import FULL

QUESTIONS = {
    1: "Does focusing on outcomes make a big difference?",
    2: "What are the barriers to commissioning?",
    3: "How can we involve young people in the design?",
}
texts = st.sampled_from(
    [
        "a job first",
        "time and money",
        "they design it",
        "young people say",
        "barrier after barrier",
        "漢字",
        "",
    ]
)
Lesson = tuple[str, list[int]]
lessons = st.tuples(texts, st.lists(st.sampled_from([1, 2, 3]), max_size=2, unique=True))


def best(tagger: Tagger, text: str) -> int:
    return tagger.likeness(text)[0][0]


def test_ranks_every_question() -> None:
    """All questions come back, best first, each with a likeness from 0 to 1."""
    ranking = Tagger(QUESTIONS).likeness("The main barrier is time")
    assert ranking[0][0] == 2
    assert sorted(number for number, _ in ranking) == [1, 2, 3]
    assert [likeness for _, likeness in ranking] == sorted((one for _, one in ranking), reverse=True)
    assert all(0 <= likeness <= 1 for _, likeness in ranking)


def test_a_question_is_most_like_itself() -> None:
    """Who repeats a question word for word is as good as certain, in any case and punctuation."""
    (best, likeness), *_ = Tagger(QUESTIONS).likeness("what ARE the barriers to: commissioning")
    assert best == 2
    assert likeness > 0.9


@pytest.mark.parametrize("text", ["", "!!!", "漢字", "hm"])
def test_nothing_in_common(text: str) -> None:
    """What shares nothing is like nothing, and equals stand in the order of their numbers."""
    assert Tagger(QUESTIONS).likeness(text) == [(1, 0.0), (2, 0.0), (3, 0.0)]


def test_without_questions() -> None:
    """A debate without questions ranks nothing."""
    assert Tagger().likeness("anything") == []


def test_a_correction_teaches() -> None:
    """After a correction what resembles it goes where the chair put it, and nothing else moves there."""
    tagger = Tagger(QUESTIONS)
    assert best(tagger, "our procurement office") != 3
    tagger.learn("procurement takes months", [3])
    assert best(tagger, "our procurement office") == 3
    assert best(tagger, "the barriers we met") == 2
    assert best(tagger, "what difference outcomes make") == 1


def test_more_examples_weigh_more() -> None:
    """A second and a third example of a question pull harder than one alone."""
    tagger = Tagger(QUESTIONS)
    pull = []
    for example in ("procurement office one", "procurement office two", "procurement office three"):
        tagger.learn(example, [1])
        pull.append(dict(tagger.likeness("procurement office"))[1])
    assert pull == sorted(pull)
    assert len(set(pull)) == 3


def test_none_of_them_teaches_nothing() -> None:
    """A correction to no question leaves the ranking as it was."""
    tagger = Tagger(QUESTIONS)
    before = tagger.likeness("hello everybody")
    tagger.learn("hello everybody", [])
    assert tagger.likeness("hello everybody") == before


def test_an_edited_question() -> None:
    """Another text in a question's place is what counts from then on; its examples stay."""
    tagger = Tagger(QUESTIONS)
    tagger.learn("procurement takes months", [2])
    tagger.set_question(2, "Who pays?")
    assert best(tagger, "barriers to commissioning") != 2 or tagger.likeness("barriers")[0][1] == 0.0
    assert best(tagger, "who pays for it") == 2
    assert best(tagger, "procurement") == 2
    assert [number for number, _ in sorted(tagger.likeness(""))] == [1, 2, 3]


def test_a_guess_teaches_less() -> None:
    """A lesson of less weight pulls, but less than one somebody gave."""
    pull = []
    for weight in (0, 2, FULL):
        tagger = Tagger(QUESTIONS)
        if weight:
            tagger.learn("procurement takes months", [3], weight)
        pull.append(dict(tagger.likeness("procurement"))[3])
    assert pull == sorted(set(pull))


def test_what_everybody_says_tells_nothing() -> None:
    """A question like all that was said comes behind one that is like this text alone; forgotten, no more."""
    tagger = Tagger({1: "Who pays for the sauna in winter?", 2: "Who pays for the harbour bus?"})
    text = "the sauna in winter beside the harbour"
    assert best(tagger, text) == 1
    said = [f"sauna in winter, sauna in winter {word}" for word in ("steam", "towels", "wood", "soap") * 10]
    for each in said:
        tagger.hear(each)
    assert best(tagger, text) == 2
    for each in said:
        tagger.forget(each)
    assert best(tagger, text) == 1


@settings(max_examples=60)
@given(
    st.lists(lessons, max_size=6),
    st.lists(lessons, max_size=4),
    st.lists(texts, max_size=4),
    st.randoms(use_true_random=False),
    texts,
)
def test_memory_is_a_set(
    kept: list[Lesson], undone: list[Lesson], heard: list[str], order: Random, asked: str
) -> None:
    """Whatever the order and whatever was undone, the same lessons and texts make the same ranking."""
    plain, shuffled = Tagger(QUESTIONS), Tagger(QUESTIONS)
    for text in heard:
        plain.hear(text)
    for text, correct in kept:
        plain.learn(text, correct)
    mixed = [(lesson, True) for lesson in kept] + [(lesson, False) for lesson in undone]
    order.shuffle(mixed)
    for (text, correct), stays in mixed:
        shuffled.learn(text, correct)
        shuffled.likeness(asked)
        if not stays:
            shuffled.hear(text)
    for text in heard:
        shuffled.hear(text)
    for (text, correct), stays in mixed:
        if not stays:
            shuffled.unlearn(text, correct)
            shuffled.forget(text)
    assert shuffled.likeness(asked) == plain.likeness(asked)


@given(st.lists(lessons, max_size=4), st.lists(texts, max_size=4), texts)
def test_a_look_is_never_stale(taught: list[Lesson], heard: list[str], asked: str) -> None:
    """What was looked at before a change is looked at anew after it: asking leaves no trace."""
    asking, silent = Tagger(QUESTIONS), Tagger(QUESTIONS)
    for tagger in (asking, silent):
        for text, correct in taught:
            tagger.learn(text, correct)
            if tagger is asking:
                tagger.likeness(asked)
        for text in heard:
            tagger.hear(text)
            if tagger is asking:
                tagger.likeness(asked)
        tagger.set_question(2, "Who designs it?")
    assert asking.likeness(asked) == silent.likeness(asked)


def test_the_same_in_every_process() -> None:
    """The order in which Python hashes strings leaves no trace in a likeness."""
    program = (
        "from fishbowl.tagging import Tagger\n"
        f"tagger = Tagger({QUESTIONS!r})\n"
        "tagger.learn('young people design what they care about most', [3])\n"
        "print(tagger.likeness('what do young people care about when they design outcomes'))\n"
    )
    seeds = ("1", "2")
    said = {
        subprocess.run(
            [sys.executable, "-c", program], env={"PYTHONHASHSEED": seed}, capture_output=True, check=True
        ).stdout
        for seed in seeds
    }
    assert len(said) == 1
    assert b"(3, 0." in said.pop()


def test_what_is_shared() -> None:
    """A likeness is explained by the words it rests on, the rarest first; common words explain nothing."""
    tagger = Tagger(QUESTIONS)
    assert tagger.shared("The barriers to good commissioning, what are they?", 2) == [
        "commissioning",
        "barriers",
    ]
    assert tagger.shared("what are the to", 2) == []
    tagger.learn("procurement takes months", [3])
    assert tagger.shared("our procurement is slow", 3) == ["procurement"]
