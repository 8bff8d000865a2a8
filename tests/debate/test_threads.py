"""Who answers without saying so: a text that begins with somebody's handle, and who puts it right."""

from fishbowl.debate.events import ContributionThreaded
from tests.debate.stories import Story, begun


def handle(story: Story, person: str) -> str:
    return f"@{story.person(person).handle}"


def place(story: Story, contribution: int) -> tuple[int | None, bool | None, int, str]:
    found = story.contribution(contribution)
    return found.reply_to, found.inferred, found.root, found.path


def tagged(story: Story, contribution: int) -> list[tuple[int, str]]:
    return [(tag.question, tag.source) for tag in story.contribution(contribution).tags]


def answering() -> Story:
    """Cleo says two things, under Q1 and Q2, and Dan answers her by her handle; somebody answers Dan."""
    story = begun("cleo dan eva", pace_per_minute=0)
    story.cleo.posts("Q1 A pool.")
    story.cleo.posts("Q2 I do.")
    story.dan.posts(f"{handle(story, 'cleo').upper()}, since when?")
    story.eva.posts("Since May.", reply_to=3)
    return story


def test_the_first_word() -> None:
    """A text that begins with a handle answers that person's latest, as a guess, under its question."""
    story = answering()
    assert place(story, 3) == (2, True, 2, "2.1")
    assert tagged(story, 3) == [(2, "thread")]
    assert place(story, 4) == (3, None, 2, "2.1.1")
    assert story.contribution(2).replies == [3]


def test_what_is_no_address() -> None:
    """Nobody is answered by a handle further on, nor by one's own, nor one of nobody; a choice stays."""
    story = begun("cleo dan", pace_per_minute=0)
    cleo = handle(story, "cleo")
    story.cleo.posts()
    story.dan.posts(f"As {cleo} says")
    story.dan.posts("@nobody why?")
    story.cleo.posts(f"{cleo} again")
    story.dan.posts(f"{cleo} yes", reply_to=1)
    story.dan.posts(f"{cleo}ish")
    story.dan.posts("@ no")
    for number in (2, 3, 4, 6, 7):
        assert place(story, number) == (None, None, number, str(number))
    assert place(story, 5) == (1, None, 1, "1.1")


def test_recent() -> None:
    """What was said more than ten minutes ago is not answered without saying so."""
    story = begun("cleo dan")
    story.cleo.posts()
    story.passes(600)
    story.dan.posts(f"{handle(story, 'cleo')} yes")
    story.passes(1)
    story.dan.posts(f"{handle(story, 'cleo')} still")
    assert place(story, 2)[:2] == (1, True)
    assert place(story, 3)[:2] == (None, None)


def test_never_what_is_not_on_the_floor() -> None:
    """Held, hidden, withdrawn and refused contributions are passed over; the one before is answered."""
    story = begun("cleo dan", pace_per_minute=0)
    cleo = handle(story, "cleo")
    story.cleo.posts("One")
    for _ in range(2):
        story.cleo.posts("Ring 07700 900123")
    story.chair.refuses(3, reason="personal_data")
    story.cleo.posts("Hidden")
    story.chair.hides(4)
    story.cleo.posts("Withdrawn")
    story.cleo.withdraws(5)
    story.dan.posts(f"{cleo} yes")
    assert place(story, 6) == (1, True, 1, "1.1")
    story.chair.hides(1)
    story.dan.posts(f"{cleo} and now?")
    assert place(story, 7) == (None, None, 7, "7")


def test_a_name_of_before() -> None:
    """Whoever changed their name is still addressed by the handle of before."""
    story = begun("cleo dan", names="free", pace_per_minute=0)
    before = handle(story, "cleo")
    story.cleo.posts()
    story.cleo.renames("Nora Lind")
    assert handle(story, "cleo") != before
    story.dan.posts(f"{before} yes")
    assert place(story, 2)[:2] == (1, True)


def test_stronger_words() -> None:
    """A choice and a marker decide the question, and the thread is inferred all the same."""
    story = begun("cleo dan", pace_per_minute=0)
    story.cleo.posts("Q1 A pool.")
    story.dan.posts(f"{handle(story, 'cleo')} Q3 it costs")
    story.dan.posts(f"{handle(story, 'cleo')} hm", questions=[2])
    assert [tagged(story, number) for number in (2, 3)] == [[(3, "marker")], [(2, "author")]]
    assert place(story, 2)[:2] == place(story, 3)[:2] == (1, True)
    story.dan.threads(2, None)
    assert tagged(story, 2) == [(3, "marker")]


def test_held_and_released() -> None:
    """What waits for the moderators answers as it did when it came, also once it is released."""
    story = begun("cleo dan", pace_per_minute=0)
    story.cleo.posts()
    story.dan.posts(f"{handle(story, 'cleo')} ring 07700 900123")
    assert place(story, 2) == (1, True, 1, "1.1")
    story.chair.hides(1)
    story.chair.releases(2)
    assert place(story, 2) == (1, True, 1, "1.1")


def test_putting_it_elsewhere() -> None:
    """Its author puts it under another one: it takes that thread and that question, with all below it."""
    story = answering()
    assert story.dan.threads(3, 1) == ["contribution.threaded"]
    assert place(story, 3) == (1, False, 1, "1.1")
    assert place(story, 4) == (3, None, 1, "1.1.1")
    assert (story.contribution(1).replies, story.contribution(2).replies) == ([3], [])
    assert tagged(story, 3) == tagged(story, 4) == [(1, "thread")]
    event = story.last(ContributionThreaded)
    assert (event.was, event.replies) == ("2.1", (4,))
    assert story.dan.threads(3, 1) == [], "nothing to change"


def test_answering_nobody() -> None:
    """What answers nothing begins a thread; its question is that of its words, else of the focus then."""
    story = begun("cleo dan", pace_per_minute=0)
    story.chair.focuses(3)
    story.cleo.posts("Q1 A pool.")
    story.dan.posts(f"{handle(story, 'cleo')} yes")
    story.dan.posts(f"{handle(story, 'cleo')} no")
    story.chair.focuses(2)
    story.dan.threads(2, None)
    assert place(story, 2) == (None, False, 2, "2")
    assert tagged(story, 2) == [(3, "focus")]
    story.dan.threads(3, None, likeness=((2, 0.8),))
    assert tagged(story, 3) == [(2, "similar")]


def test_a_path_is_nobody_elses() -> None:
    """A path that somebody had is not given again, and to come back is to come last."""
    story = answering()
    story.dan.threads(3, None)
    story.eva.posts("Me too.", reply_to=2)
    assert place(story, 5)[3] == "2.2"
    story.dan.threads(3, 2)
    assert place(story, 3)[3] == "2.3"
    assert place(story, 4)[3] == "2.3.1"


def test_yes_it_does() -> None:
    """To say of a guess that it is right is no guess any more; nothing moves."""
    story = answering()
    assert story.dan.threads(3, 2) == ["contribution.threaded"]
    assert place(story, 3) == (2, False, 2, "2.1")
    assert story.contribution(2).replies == [3]
    assert story.dan.threads(3, 2) == []


def test_whose_word_counts() -> None:
    """Its author, chair and moderators say what it answers; after these two its author does not."""
    story = answering()
    story.admits("mo", "moderator")
    with story.refuses("right.missing"):
        story.eva.threads(3, 1)
    with story.refuses("right.missing"):
        story.organiser.threads(3, 1)
    story.dan.threads(3, 1)
    story.mo.threads(3, 2)
    with story.refuses("right.missing", "have said what it answers"):
        story.dan.threads(3, 1)
    story.chair.threads(3, None)
    assert place(story, 3) == (None, False, 3, "3")


def test_what_an_author_chose_stays() -> None:
    """Where an author chose what to reply to, or nobody was addressed, nothing is put elsewhere."""
    story = answering()
    for number in (1, 4):
        with story.refuses("contribution.not_inferred", f"contribution {number}"):
            story.chair.threads(number, None)


def test_only_what_came_before() -> None:
    """Nothing answers itself, what came later, what is not there or what is not on the floor."""
    story = answering()
    for number in (3, 4):
        with story.refuses("contribution.unknown", f"no contribution {number} before"):
            story.dan.threads(3, number)
    with story.refuses("contribution.unknown"):
        story.chair.threads(9, 1)
    story.chair.hides(1)
    with story.refuses("contribution.gone"):
        story.dan.threads(3, 1)
