"""Kick-off questions: added, edited, brought into focus. RULES, "Words" and "Questions and tags"."""

import pytest

from fishbowl.debate.commands import EditQuestion, Post
from fishbowl.debate.events import QuestionAdded, QuestionEdited
from tests.debate.stories import begun, drafted, opened


def test_adding() -> None:
    """A question is added at the end, with its minutes and gloss."""
    story = begun()
    assert story.chair.asks("add_question", text=" And the gulls? ", minutes=5, gloss="All of them.") == [
        "question.added"
    ]
    assert story.last(QuestionAdded) == QuestionAdded(
        question=4, text="And the gulls?", minutes=5, gloss="All of them."
    )


def test_in_several_languages() -> None:
    """A question may stand in several languages."""
    story = drafted()
    story.chair.asks("add_question", text={"en": "And the gulls?", "cy": "A'r gwylanod?"})
    assert story.question(4).text == {"en": "And the gulls?", "cy": "A'r gwylanod?"}
    with story.refuses("text.empty"):
        story.chair.asks("add_question", text={"en": "And the gulls?", "cy": " "})


def test_twenty_at_most() -> None:
    """A debate has at most twenty questions."""
    story = drafted()
    for _ in range(17):
        story.chair.asks("add_question", text="And then?")
    with story.refuses("debate.full", "20 questions"):
        story.chair.asks("add_question", text="And then?")


def test_its_text() -> None:
    """A question is a text of 1 to 500 characters."""
    story = drafted()
    with story.refuses("text.empty"):
        story.chair.asks("add_question", text="")
    with story.refuses("text.too_long", "500"):
        story.chair.asks("add_question", text="x" * 501)
    with story.refuses("text.too_long"):
        story.chair.asks("edit_question", question=1, text="x" * 501)


def test_editing() -> None:
    """Editing changes what is named; the record carries only what is different."""
    story = begun()
    assert story.chair.asks("edit_question", question=3, text="What may it cost?", minutes=15) == [
        "question.edited"
    ]
    assert story.last(QuestionEdited) == QuestionEdited(question=3, minutes=15)
    question = story.question(3)
    assert (question.text, question.minutes, question.gloss) == ("What may it cost?", 15, "A year, all in.")
    assert story.chair.asks("edit_question", question=3, minutes=15) == []
    assert story.chair.asks("edit_question", question=3) == []


def test_taking_minutes_away() -> None:
    """Minutes and gloss may be taken away."""
    story = drafted()
    story.play("chair", EditQuestion(id="e1", question=3, minutes=None, gloss=None))
    assert (story.question(3).minutes, story.question(3).gloss) == (None, None)


def test_a_question_that_is_not() -> None:
    """A question that does not exist is neither edited nor in focus."""
    story = begun()
    with story.refuses("question.unknown", "has 3"):
        story.chair.asks("edit_question", question=4, text="And the gulls?")
    with story.refuses("question.unknown", "no question 4"):
        story.chair.focuses(4)


def test_focus() -> None:
    """At most one question is in focus; the chair moves it, and may take it away."""
    story = begun()
    assert story.chair.focuses(None) == [], "none is, to begin with"
    assert story.chair.focuses(2) == ["question.focused"]
    assert story.chair.focuses(2) == []
    assert story.chair.focuses(1) == ["question.focused"]
    assert story.state.focus == 1
    assert story.chair.focuses(None) == ["question.focused"]
    assert story.state.focus is None


def test_minutes_in_focus() -> None:
    """A question is credited with the time it is in focus while the debate is live and its clocks run."""
    story = opened()
    story.chair.focuses(1)
    story.passes(60)
    story.chair.moves_to("live")
    story.passes(100)
    story.chair.focuses(2)
    assert story.question(1).focus_ms == 100_000, "the lobby does not count"
    story.passes(10)
    story.chair.moves_to("paused")
    story.passes(500)
    story.chair.moves_to("live")
    story.passes(10)
    story.chair.freezes()
    story.passes(500)
    story.chair.thaws()
    story.passes(10)
    story.service_is_down(500)
    story.passes(10)
    story.chair.moves_to("wrap_up")
    story.passes(500)
    story.chair.focuses(None)
    assert (story.question(1).focus_ms, story.question(2).focus_ms) == (100_000, 40_000)


def test_back_into_focus() -> None:
    """Brought back into focus, a question's time adds up."""
    story = begun()
    for question in (1, 2, 1):
        story.chair.focuses(question)
        story.passes(30)
    story.chair.focuses(None)
    assert [story.question(number).focus_ms for number in (1, 2, 3)] == [60_000, 30_000, 0]


@pytest.mark.parametrize("phases", [[], ["announced"], ["live", "wrap_up", "correction"]])
def test_questions_until_archived(phases: list[str]) -> None:
    """Questions may be edited until the debate is archived, and then no more."""
    story = drafted()
    story.chair.moves_to(*phases)
    story.chair.asks("edit_question", question=1, text="What is it for?")
    if "correction" in phases:
        story.chair.moves_to("archived")
        with story.refuses("phase.not_live"):
            story.chair.asks("edit_question", question=1, text="What was it for?")


def test_a_summary() -> None:
    """The chair says in short what was said under a question, or in all; the newest counts."""
    story = begun("cleo")
    assert story.chair.asks("summarise", question=1, text="  Deep enough.  ") == ["question.summarised"]
    assert story.chair.asks("summarise", question=1, text="Deep enough.") == []
    assert story.chair.asks("summarise", text="A pool, then.") == ["question.summarised"]
    assert {of: each.text for of, each in story.state.summaries.items()} == {
        1: "Deep enough.",
        None: "A pool, then.",
    }
    story.chair.asks("summarise", question=1, text="Deep enough for most.")
    assert story.state.summaries[1].text == "Deep enough for most."


def test_a_summary_of_nothing() -> None:
    """A question that is not there has no summary, an empty one is none; only the chair gives one."""
    story = begun("cleo")
    with story.refuses("question.unknown"):
        story.chair.asks("summarise", question=9, text="Deep enough.")
    with story.refuses("text.empty"):
        story.chair.asks("summarise", question=1, text=" ")
    with story.refuses("text.too_long"):
        story.chair.asks("summarise", question=1, text="x" * 1001)
    with story.refuses("right.missing"):
        story.cleo.asks("summarise", question=1, text="Deep enough.")


def test_an_erased_summary() -> None:
    """With the person whose words they were a summary goes."""
    story = begun()
    story.admits("ada", "chair")
    story.ada.asks("summarise", question=1, text="Deep enough.")
    story.chair.asks("summarise", question=2, text="Nobody does.")
    story.organiser.erases(person="ada")
    assert [story.state.summaries[of].text for of in (1, 2)] == [None, "Nobody does."]


def test_moving() -> None:
    """A question is moved to another place; every number stays whose it is, and so does what is under it."""
    story = begun("cleo")
    story.chair.focuses(2)
    story.cleo.posts("Q3 Half of what it costs now.")
    assert story.chair.asks("move_question", question=3, to=1) == ["question.moved"]
    assert story.state.order == [3, 1, 2]
    assert story.chair.asks("move_question", question=3, to=1) == [], "it stands there already"
    assert story.chair.asks("move_question", question=3, to=2) == ["question.moved"]
    assert story.state.order == [1, 3, 2]
    assert story.state.focus == 2
    assert story.question(3).contributions == 1
    story.cleo.posts("Q3 And who pays?")
    assert [tag.question for tag in story.state.contributions[2].tags] == [3]


def test_a_place_there_is_not() -> None:
    """There are as many places as questions that stand."""
    story = begun()
    with story.refuses("question.no_such_place", "1 to 3"):
        story.chair.asks("move_question", question=1, to=4)
    with story.refuses("question.unknown", "no question 4"):
        story.chair.asks("move_question", question=4, to=1)


def test_dropping() -> None:
    """A dropped question goes out of focus and out of the order; what was said under it stays there, and its
    number goes to no other.
    """
    story = begun("cleo")
    story.chair.focuses(2)
    story.cleo.posts("Deep enough.")
    assert story.chair.asks("drop_question", question=2) == ["question.focused", "question.dropped"]
    assert (story.state.order, story.state.focus) == ([1, 3], None)
    assert story.question(2).contributions == 1
    assert story.chair.asks("drop_question", question=3) == ["question.dropped"]
    story.chair.asks("add_question", text="And the gulls?")
    assert story.state.order == [1, 4]


def test_the_only_question() -> None:
    """A debate keeps one question at least."""
    story = drafted()
    story.chair.asks("drop_question", question=1)
    story.chair.asks("drop_question", question=3)
    with story.refuses("question.last"):
        story.chair.asks("drop_question", question=2)


def test_a_dropped_question_is_asked_no_more() -> None:
    """It is neither chosen, brought into focus, reworded, moved, summed up nor dropped again."""
    story = begun("cleo")
    story.chair.asks("drop_question", question=2)
    with story.refuses("question.dropped", "Question 2"):
        story.cleo.asks("post", text="Deep enough.", questions=[2])
    for do, fields in (
        ("focus", {}),
        ("edit_question", {"text": "How deep?"}),
        ("move_question", {"to": 1}),
        ("summarise", {"text": "Deep enough."}),
        ("drop_question", {}),
    ):
        with story.refuses("question.dropped", "Question 2"):
            story.chair.asks(do, question=2, **fields)


def test_nothing_goes_under_a_dropped_question_by_itself() -> None:
    """No marker, thread or likeness puts a contribution there; chair, moderators and the author still can."""
    story = begun("cleo dan")
    story.cleo.posts("Q2 Deep enough.")
    story.chair.asks("drop_question", question=2)
    story.chair.focuses(1)
    story.cleo.posts("Q2 Deeper.")
    story.dan.posts("How deep?", reply_to=1)
    story.play("dan", Post(id="alike", text="So deep."), likeness=((2, 0.9),))
    tags = [[(tag.question, tag.source) for tag in story.state.contributions[n].tags] for n in (2, 3, 4)]
    assert tags == [[(1, "focus")]] * 3
    story.chair.asks("tag", contribution=3, questions=[2])
    assert story.question(2).contributions == 2


def test_twenty_that_stand() -> None:
    """Dropped questions do not count among the twenty."""
    story = drafted()
    for _ in range(17):
        story.chair.asks("add_question", text="And then?")
    story.chair.asks("drop_question", question=20)
    story.chair.asks("add_question", text="And then?")
    assert story.state.order[-1] == 21
