"""Which questions a contribution answers: how it is matched, and how chair and moderators correct.

RULES, "Questions and tags". The order among sources is tested with `fishbowl.text`; here, that a debate asks
in that order with what it knows.
"""

from fishbowl.debate.events import ContributionTagged
from tests.debate.stories import Story, begun


def tagged(story: Story, contribution: int) -> list[tuple[int, str]]:
    return [(tag.question, tag.source) for tag in story.contribution(contribution).tags]


def test_the_authors_choice() -> None:
    """The author's choice comes before a marker in the text."""
    story = begun("cleo")
    story.cleo.posts("Q2 or so", questions=[3, 1, 3])
    assert tagged(story, 1) == [(3, "author"), (1, "author")]


def test_a_choice_that_is_not() -> None:
    """Choosing a question that does not exist is refused, and says how many there are."""
    story = begun("cleo")
    with story.refuses("question.unknown", "no question 4", "has 3"):
        story.cleo.posts(questions=[1, 4])


def test_markers() -> None:
    """Markers name questions; one that names none that exists yields nothing."""
    story = begun("cleo")
    story.cleo.posts("Q2 and Q3: both")
    story.cleo.posts("Q9 is not one")
    assert tagged(story, 1) == [(2, "marker"), (3, "marker")]
    assert tagged(story, 2) == []


def test_the_thread() -> None:
    """A reply has the present tags of what it answers, a little less surely."""
    story = begun("cleo", pace_per_minute=0)
    story.cleo.posts("Q2 Nobody does.")
    story.cleo.posts("Why not?", reply_to=1)
    assert tagged(story, 2) == [(2, "thread")]
    assert story.contribution(2).tags[0].confidence < story.contribution(1).tags[0].confidence
    story.chair.tags(1, 3, thread=False)
    story.cleo.posts("It costs.", reply_to=1)
    assert tagged(story, 3) == [(3, "thread")]


def test_likeness() -> None:
    """Clear likeness comes after the thread and before the question in focus."""
    story = begun("cleo", pace_per_minute=0)
    story.chair.focuses(1)
    story.cleo.posts("Something like it", likeness=((3, 0.8),))
    story.cleo.posts("Again", reply_to=1, likeness=((2, 0.9),))
    assert tagged(story, 1) == [(3, "similar")]
    assert tagged(story, 2) == [(3, "thread")]


def test_the_focus() -> None:
    """With nothing better, a contribution answers the question in focus, at low confidence."""
    story = begun("cleo")
    story.chair.focuses(2)
    story.cleo.posts()
    assert tagged(story, 1) == [(2, "focus")]
    assert story.contribution(1).tags[0].confidence < 0.5


def test_untagged() -> None:
    """A contribution may stay untagged."""
    story = begun("cleo")
    story.cleo.posts()
    assert tagged(story, 1) == []


def test_a_correction() -> None:
    """Chair and moderators put their tags in the place of all others; none is a correction too."""
    story = begun("cleo")
    story.admits("mo", "moderator")
    story.cleo.posts("Q2 or so")
    assert story.mo.tags(1, 3, 1) == ["contribution.tagged"]
    assert tagged(story, 1) == [(3, "chair"), (1, "chair")]
    assert story.chair.tags(1, 3, 1) == [], "nothing to change"
    assert story.chair.tags(1) == ["contribution.tagged"]
    assert tagged(story, 1) == []
    assert story.contribution(1).by_chair


def test_saying_none_of_them() -> None:
    """Saying of an untagged contribution that it answers none of them is a correction, once."""
    story = begun("cleo")
    story.cleo.posts()
    assert story.chair.tags(1) == ["contribution.tagged"]
    assert story.chair.tags(1) == []


def test_what_cannot_be_tagged() -> None:
    """Tagging needs a contribution and questions that exist; what is hidden may be tagged."""
    story = begun("cleo")
    story.cleo.posts()
    with story.refuses("contribution.unknown"):
        story.chair.tags(2, 1)
    with story.refuses("question.unknown", "no question 9"):
        story.chair.tags(1, 9)
    story.chair.hides(1)
    assert story.chair.tags(1, 1) == ["contribution.tagged"]


def test_moving_a_root() -> None:
    """Moving a contribution moves its replies, but none that carries a stronger tag, nor what hangs there."""
    story = begun("cleo", pace_per_minute=0)
    story.cleo.posts("Q1 A pool.")
    story.cleo.posts("Heated?", reply_to=1)
    story.cleo.posts("Q2 I would keep it.", reply_to=1)
    story.cleo.posts("Would you?", reply_to=3)
    story.cleo.posts("Of course.", reply_to=2)
    story.cleo.posts("Chosen", reply_to=1, questions=[1])
    story.cleo.posts("Told", reply_to=1)
    story.chair.tags(7, 1)
    story.chair.tags(1, 3)
    assert story.last(ContributionTagged).replies == (2, 5)
    found = [tagged(story, number) for number in range(1, 8)]
    assert found == [
        [(3, "chair")],
        [(3, "thread")],
        [(2, "marker")],
        [(2, "thread")],
        [(3, "thread")],
        [(1, "author")],
        [(1, "chair")],
    ]


def test_moving_one_alone() -> None:
    """Without `thread` the replies stay where they are."""
    story = begun("cleo", pace_per_minute=0)
    story.cleo.posts("Q1 A pool.")
    story.cleo.posts("Heated?", reply_to=1)
    story.chair.tags(1, 3, thread=False)
    assert story.last(ContributionTagged).replies == ()
    assert tagged(story, 2) == [(1, "thread")]
    assert story.chair.tags(1, 3) == ["contribution.tagged"]
    assert tagged(story, 2) == [(3, "thread")]
    assert story.chair.tags(1, 3) == [], "the thread has moved already"


def test_an_authors_correction() -> None:
    """An author changes the questions of their own, and the thread below moves; nobody else's."""
    story = begun("cleo dan", pace_per_minute=0)
    story.cleo.posts("Q1 A pool.")
    story.dan.posts("Heated?", reply_to=1)
    assert story.cleo.tags(1, 3, 2) == ["contribution.tagged"]
    assert tagged(story, 1) == [(3, "author"), (2, "author")]
    assert tagged(story, 2) == [(3, "thread"), (2, "thread")]
    assert story.cleo.tags(1, 3, 2) == [], "nothing to change"
    assert not story.contribution(1).by_chair
    with story.refuses("right.missing"):
        story.cleo.tags(2, 1)
    with story.refuses("right.missing"):
        story.cleo.tags(9, 1)
    with story.refuses("question.unknown"):
        story.cleo.tags(1, 9)
    assert story.cleo.tags(1) == ["contribution.tagged"]
    assert tagged(story, 1) == []
    assert story.cleo.tags(1) == []


def test_the_chair_has_the_last_word() -> None:
    """What chair or moderators have said of a contribution its author does not change; they may always."""
    story = begun("cleo", pace_per_minute=0)
    story.cleo.posts("Q1 A pool.")
    story.cleo.tags(1, 2)
    story.chair.tags(1)
    assert tagged(story, 1) == []
    with story.refuses("right.missing", "Chair or moderators"):
        story.cleo.tags(1, 2)
    story.chair.posts("Mine.")
    story.chair.tags(2, 1)
    assert tagged(story, 2) == [(1, "chair")]


def test_when_an_author_corrects() -> None:
    """An author corrects from the lobby to correction, as chair and moderators do."""
    story = begun("cleo", pace_per_minute=0)
    story.cleo.posts("Q1 A pool.")
    for phase in ("wrap_up", "correction"):
        story.chair.moves_to(phase)
        assert story.cleo.tags(1, 2 if phase == "wrap_up" else 3) == ["contribution.tagged"]
    story.chair.moves_to("archived")
    with story.refuses("phase.not_live"):
        story.cleo.tags(1, 1)


def test_counts() -> None:
    """A question counts its visible contributions and their people; others do not count."""
    story = begun("cleo dan", pace_per_minute=0)
    story.cleo.posts("Q1 A pool.")
    story.cleo.posts("Q1 and Q2")
    story.dan.posts("Q1 No.")
    counts = story.question(1)
    assert (counts.contributions, len(counts.authors)) == (3, 2)
    story.chair.hides(1)
    story.dan.withdraws(3)
    assert (counts.contributions, len(counts.authors)) == (1, 1)
    story.chair.restores(1)
    story.chair.tags(2, 3)
    assert (counts.contributions, story.question(2).contributions, story.question(3).contributions) == (
        1,
        0,
        1,
    )
