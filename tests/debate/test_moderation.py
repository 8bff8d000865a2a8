"""Moderation before: what waits for the moderators, and what becomes of it.

RULES, "Moderation and safety".
"""

import pytest

from fishbowl.debate.commands import Change
from fishbowl.debate.events import ContributionHeld, ContributionPosted, ContributionRefused
from fishbowl.debate.refused import Refused
from fishbowl.text import CONCERNS
from tests.debate.stories import Story, begun

LOOKED_AT = (
    "Ring 07700 900123.",
    "Write to ines@example.org.",
    "I live at 12 Larch Road, come round.",
    "I go to Pebble Hill Primary School.",
    "My snap is pebble_22.",
    "You twat.",
)
"""One of each kind that makes a text wait."""


def moderated(mode: str = "hold") -> Story:
    story = begun("cleo dan", moderation=mode, pace_per_minute=0)
    story.admits("mo", "moderator")
    return story


def test_everything_waits_under_hold() -> None:
    """A contribution has its number and waits; the reply says so."""
    story = moderated()
    number = story.cleo.posts("Deep enough.", questions=[2])
    held = story.last(ContributionHeld)
    assert (number, held.contribution, held.why, held.text) == (1, 1, ("all",), "Deep enough.")
    assert (story.contribution(1).status, story.contribution(1).shown) == ("held", False)
    answered = [each for (by, _), each in story.state.answered.items() if by == "cleo"]
    assert [(each.contribution, each.status) for each in answered] == [(1, "held")]


def test_the_first_waits_under_first() -> None:
    """Until one of theirs has been shown, a person's contributions wait; then they appear at once."""
    story = moderated("first")
    story.cleo.posts("One.")
    story.cleo.posts("Two.")
    story.mo.refuses(1)
    story.cleo.posts("Three.")
    assert [story.contribution(number).status for number in (1, 2, 3)] == ["refused", "held", "held"]
    story.mo.releases(2)
    story.cleo.posts("Four.")
    story.dan.posts("Mine.")
    assert [story.contribution(number).status for number in (4, 5)] == ["posted", "held"]


@pytest.mark.parametrize("mode", ["open", "first", "hold"])
def test_personal_data_waits_under_every_mode(mode: str) -> None:
    """What was found is said; nothing is dropped."""
    story = moderated(mode)
    story.ines.posts("Hello.")
    if mode == "first":
        story.mo.releases(1)
    story.ines.posts("Ring me: 07700 900123, or ines@example.org, you bitch")
    why = story.last(ContributionHeld).why
    assert why[-3:] == ("phone", "email", "words")
    assert story.contribution(2).text is not None


@pytest.mark.parametrize("mode", ["open", "first", "hold"])
def test_warned_rather_than_held(mode: str) -> None:
    """Who asks for it is told what a text looks like, and nothing is kept; sent plainly, it waits."""
    story = moderated(mode)
    before = len(story.state.contributions)
    sentences = set()
    for text in LOOKED_AT:
        with pytest.raises(Refused) as refusal:
            story.ines.asks("post", text=text, warn=True)
        assert refusal.value.code == "text.concern"
        sentences.add(refusal.value.message)
    assert len(sentences) == len(LOOKED_AT) == len(CONCERNS)
    assert len(story.state.contributions) == before
    story.ines.posts(LOOKED_AT[0])
    assert story.last(ContributionHeld).why[-1] == "phone"
    story.ines.asks("post", text="Open on Sundays.", warn=True)
    assert story.contribution(2).status == ("posted" if mode == "open" else "held")


def test_who_is_not_looked_at_is_not_warned() -> None:
    """What would not wait is not refused either."""
    story = moderated()
    story.chair.asks("post", text=LOOKED_AT[0], warn=True)
    assert story.contribution(1).status == "posted"


def test_words_of_the_organisers_own() -> None:
    """They wait, in names too, from when they are listed until they are no more."""
    story = begun("cleo dan", {"held_words": ["numpty", "shut it down"]}, pace_per_minute=0, names="free")
    story.cleo.posts("Shut it down!")
    story.cleo.posts("Shut up.")
    assert [each.status for each in story.state.contributions.values()] == ["held", "posted"]
    assert story.last(ContributionHeld).why == ("words",)
    assert story.cleo.asks("rename", name="Numpty") == ["name.held"]
    assert story.play("organiser", Change(held_words=("cobblers",))) == ["debate.changed"]
    story.dan.posts("Shut it down!")
    story.dan.posts("Cobblers.")
    assert [story.contribution(number).status for number in (3, 4)] == ["posted", "held"]
    assert story.play("organiser", Change(held_words=None)) == ["debate.changed"]
    assert story.play("organiser", Change(held_words=None)) == []
    story.dan.posts("Cobblers.")
    assert story.contribution(5).status == "posted"


def test_chair_and_moderators_never_wait() -> None:
    """Those who look are not looked at."""
    story = moderated()
    story.chair.posts("Ring 07700 900123")
    story.mo.posts("Welcome.")
    assert [each.status for each in story.state.contributions.values()] == ["posted", "posted"]


def test_released() -> None:
    """The release has the seq and the time; the text is in no record but the one that held it."""
    story = moderated()
    story.cleo.posts("Deep enough.")
    story.passes(20)
    assert story.mo.releases(1, reason="fine", note="well put") == ["contribution.posted"]
    posted = story.last(ContributionPosted)
    assert (posted.text, posted.author, posted.reason, posted.note) == (None, "cleo", "fine", "well put")
    shown = story.contribution(1)
    assert (shown.text, shown.status, shown.seq, shown.at) == (
        "Deep enough.",
        "posted",
        story.state.seq,
        story.now,
    )
    assert story.records[-1].by == "mo"
    assert story.mo.releases(1) == []


def test_refused_and_on_second_thoughts_released() -> None:
    """A refusal has reason and note, and stays a refusal; it can be taken back by a release."""
    story = moderated()
    story.cleo.posts("Off we go.")
    assert story.mo.refuses(1, reason="off_topic", note="Later, please.") == ["contribution.refused"]
    assert story.last(ContributionRefused).reason == "off_topic"
    assert story.mo.refuses(1) == []
    assert story.chair.releases(1) == ["contribution.posted"]
    assert story.contribution(1).status == "posted"


def test_what_does_not_wait_is_neither_released_nor_refused() -> None:
    """What stands on the floor is hidden instead; what waits is not hidden."""
    story = moderated("open")
    story.cleo.posts("Fine.")
    with story.refuses("contribution.not_held", "posted"):
        story.mo.refuses(1)
    story.mo.hides(1)
    with story.refuses("contribution.not_held", "hidden"):
        story.mo.releases(1)
    story.cleo.posts("07700 900123")
    with story.refuses("contribution.held"):
        story.mo.hides(2)
    with story.refuses("contribution.held"):
        story.mo.restores(2)
    story.cleo.withdraws(2)
    with story.refuses("contribution.not_held", "withdrawn"):
        story.mo.releases(2)


def test_what_waits_is_unknown_to_others() -> None:
    """Nobody but author and moderators learns that there is such a contribution."""
    story = moderated()
    story.cleo.posts("Deep enough.")
    for act in (
        lambda: story.dan.posts(reply_to=1),
        lambda: story.dan.endorses(1),
        lambda: story.dan.withdraws(1),
    ):
        with story.refuses("contribution.unknown"):
            act()
    with story.refuses("contribution.gone"):
        story.cleo.posts(reply_to=1)
    assert story.cleo.withdraws(1) == ["contribution.withdrawn"]
    assert story.contribution(1).text is None


def test_what_waits_counts_nowhere() -> None:
    """Neither for its author nor for its question, until it is shown."""
    story = moderated()
    story.cleo.posts("Q2 Deep enough.")
    assert (story.person("cleo").contributions, story.question(2).contributions) == (0, 0)
    story.mo.releases(1)
    assert (story.person("cleo").contributions, story.question(2).contributions) == (1, 1)


def test_pace_counts_what_was_sent() -> None:
    """A held contribution costs pace when it is sent, not when it is released."""
    story = begun("cleo dan", moderation="hold", pace_burst=1)
    story.cleo.posts("One.")
    with story.refuses("pace.too_fast"):
        story.cleo.posts("Two.")
    story.passes(10)
    story.chair.releases(1)
    story.cleo.posts("Two.")


def test_the_usual_wait_is_told() -> None:
    """An author is told how long others waited, as a rule; nothing where nobody has."""
    story = moderated()
    story.cleo.posts("One.")
    assert story.last(ContributionHeld).usual_wait is None
    story.passes(40)
    story.mo.releases(1)
    for number, seconds in ((2, 10), (3, 12)):
        story.cleo.posts("More.")
        story.passes(seconds)
        story.mo.refuses(number)
    story.dan.posts("Mine.")
    assert story.last(ContributionHeld).usual_wait == 12


def test_threads_stay_whole() -> None:
    """A reply keeps the place it was given when it was sent, however late it is released."""
    story = moderated()
    story.chair.posts("Root.")
    story.cleo.posts("First.", reply_to=1)
    story.mo.posts("Second.", reply_to=1)
    story.mo.releases(2)
    assert [story.contribution(number).path for number in (1, 2, 3)] == ["1", "1.1", "1.2"]


def test_a_mode_changed_holds_from_then_on() -> None:
    """What waits goes on waiting when the mode is opened; what comes then appears."""
    story = moderated()
    story.cleo.posts("Before.")
    story.chair.sets_rules(moderation="open")
    story.cleo.posts("After.")
    assert [each.status for each in story.state.contributions.values()] == ["held", "posted"]
