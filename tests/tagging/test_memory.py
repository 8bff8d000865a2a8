"""What texts teach by the tags they have now."""

from hypothesis import given, settings
from hypothesis import strategies as st

from fishbowl.tagging import Memory
from fishbowl.tagging.memory import ENOUGH
from fishbowl.text import Tag

QUESTIONS = {1: "Whose outcomes?", 2: "What are the barriers to commissioning?", 3: "How do they take part?"}
ASKED = "procurement takes months and money"

sources = st.sampled_from(["author", "marker", "thread", "similar", "focus", "chair"])
confidences = st.sampled_from([0.3, 0.65, 0.8, 0.95, 1.0])
tags = st.builds(Tag, st.sampled_from([1, 2, 3]), sources, confidences)
texts = st.sampled_from(["procurement is slow", "months of work", "money first", "漢字", ""])
kept = st.tuples(st.integers(1, 4), st.none() | texts, st.lists(tags, max_size=2))


def taught(*tags: Tag) -> list[tuple[int, float]]:
    memory = Memory(QUESTIONS)
    memory.keep(1, "procurement takes months", tags)
    return memory.tagger.likeness(ASKED)


def test_what_teaches() -> None:
    """The author's choice, a marker and a correction teach in full; a sure guess less; nothing else does."""
    nothing = taught()
    full = taught(Tag(3, "author", 1.0))
    assert full == taught(Tag(3, "marker", 0.95)) == taught(Tag(3, "chair", 1.0))
    guess = taught(Tag(3, "similar", 0.98))
    assert dict(nothing)[3] < dict(guess)[3] < dict(full)[3]
    assert taught(Tag(3, "thread", 0.9)) == taught(Tag(3, "focus", 0.3)) == nothing
    assert taught(Tag(3, "similar", 0.5)) == nothing


def test_a_correction_takes_the_place_of_a_guess() -> None:
    """Corrected, a text teaches its new question alone; to none, or taken away, it teaches nothing."""
    memory = Memory(QUESTIONS)
    memory.keep(1, "procurement takes months", [Tag(2, "similar", 0.98)])
    memory.keep(1, "procurement takes months", [Tag(3, "chair", 1.0)])
    assert memory.tagger.likeness(ASKED) == taught(Tag(3, "chair", 1.0))
    memory.keep(1, "procurement takes months", [])
    assert memory.tagger.likeness(ASKED) == taught()
    memory.keep(1, "procurement takes months", [Tag(3, "chair", 1.0)])
    memory.keep(1, None, [Tag(3, "chair", 1.0)])
    assert memory.tagger.likeness(ASKED) == Memory(QUESTIONS).tagger.likeness(ASKED)


@settings(max_examples=60)
@given(st.lists(kept, max_size=12))
def test_only_the_last_word_counts(said: list[tuple[int, str | None, list[Tag]]]) -> None:
    """Whatever was said before of each text, the memory is that of what was said last: a fold restores it."""
    lived, folded = Memory(QUESTIONS), Memory(QUESTIONS)
    for id, text, given_tags in said:
        lived.keep(id, text, given_tags)
    last = {id: (text, given_tags) for id, text, given_tags in said}
    for id, (text, given_tags) in sorted(last.items(), reverse=True):
        folded.keep(id, text, given_tags)
    assert lived.tagger.likeness(ASKED) == folded.tagger.likeness(ASKED)


def test_a_greeting_is_no_guess() -> None:
    """While nothing is in focus one word in passing is no guess at any level; a sentence is one."""
    memory = Memory(QUESTIONS)
    for passing in ("hello, barriers!", "thanks all, great outcomes", "welcome to commissioning"):
        assert memory.tagger.likeness(passing)[0][1] > 0.2
        assert memory.likely(passing, "everything", focused=False) == ()
    ((question, confidence),) = memory.likely(
        "commissioning has its barriers: barriers of money", "helpful", focused=False
    )
    assert question == 2
    assert confidence > 0.5


def test_what_is_enough_grows_with_what_is_shared() -> None:
    """Evidence is the sum of all rare pieces shared, so it grows with a text, everyday words aside."""
    evidence = [
        Memory(QUESTIONS).tagger.evidence(text, 2)
        for text in ("what are the", "barriers", "the barriers", "commissioning barriers")
    ]
    assert evidence[0] < evidence[1] <= evidence[2] < evidence[3]
    assert evidence[2] - evidence[1] < 0.05 * evidence[1]
    assert evidence[2] < ENOUGH <= evidence[3]
