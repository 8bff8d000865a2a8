"""How fast people may contribute: a token bucket per person. RULES, "Contributions"."""

from contextlib import suppress
from typing import Any

import pytest

from fishbowl.debate.commands import Asked
from fishbowl.debate.decide import decide
from fishbowl.debate.reading import command_from
from fishbowl.debate.refused import Refused
from tests.debate.stories import Actor, Story, begun


def posts_in_a_row(actor: Actor) -> int:
    """How many contributions are accepted at once."""
    for number in range(200):
        with suppress(Refused):
            actor.posts()
            continue
        return number
    return 200


def wait(story: Story, by: str) -> float:
    """How long `by` is told to wait just now."""
    command = command_from({"do": "post", "id": "again", "text": "Deep enough."})
    decided = decide(story.state, Asked(by, command, story.now))
    assert isinstance(decided, Refused)
    assert decided.retry_after is not None
    return decided.retry_after


def test_a_burst() -> None:
    """Three contributions at once, then one every ten seconds; the refusal says how long to wait."""
    story = begun("cleo")
    assert posts_in_a_row(story.cleo) == 3
    with story.refuses("pace.too_fast", "wait 10 s"):
        story.cleo.posts()
    assert wait(story, "cleo") == 10.0
    story.passes(9.9)
    assert wait(story, "cleo") == 0.1
    story.passes(0.1)
    assert posts_in_a_row(story.cleo) == 1


def test_the_bucket_fills() -> None:
    """Half a minute of silence fills the bucket again, and not beyond."""
    story = begun("cleo")
    assert posts_in_a_row(story.cleo) == 3
    story.passes(3600)
    assert posts_in_a_row(story.cleo) == 3


@pytest.mark.parametrize("moment", [0.0, 0.01, 3.333, 6.66, 8.549])
def test_waiting_as_told_is_enough(moment: float) -> None:
    """Whoever waits as long as they were told may post."""
    story = begun("cleo", pace_per_minute=7)
    posts_in_a_row(story.cleo)
    story.passes(moment)
    story.passes(wait(story, "cleo"))
    assert posts_in_a_row(story.cleo) == 1


def test_everybody_has_their_own() -> None:
    """One person's haste costs nobody else."""
    story = begun("cleo dan")
    posts_in_a_row(story.cleo)
    assert posts_in_a_row(story.dan) == 3


def test_only_accepted_ones_count() -> None:
    """Refused contributions cost no pace."""
    story = begun("cleo")
    for _ in range(5):
        with story.refuses("contribution.unknown"):
            story.cleo.posts(reply_to=9)
    assert posts_in_a_row(story.cleo) == 3


def test_the_circle_is_freer() -> None:
    """Whoever sits has twice the pace."""
    story = begun("cleo")
    story.cleo.takes_seat()
    assert posts_in_a_row(story.cleo) == 6
    story.passes(5)
    assert posts_in_a_row(story.cleo) == 1


def test_chair_and_moderators_are_freest() -> None:
    """Chair and moderators have ten times the pace, seated or not."""
    story = begun()
    story.admits("mo", "moderator")
    assert posts_in_a_row(story.chair) == 30
    assert posts_in_a_row(story.mo) == 30
    story.passes(1)
    assert posts_in_a_row(story.chair) == 1


def test_a_seat_is_no_second_bucket() -> None:
    """Sitting down does not hand out a full bucket, and getting up leaves no more than an outer one holds."""
    story = begun("cleo")
    posts_in_a_row(story.cleo)
    story.cleo.takes_seat()
    assert posts_in_a_row(story.cleo) == 0
    story.passes(60)
    story.cleo.posts()
    story.cleo.leaves_seat()
    assert posts_in_a_row(story.cleo) == 3


@pytest.mark.parametrize(
    ("rules", "at_once"),
    [({"pace_burst": 1}, 1), ({"pace_burst": 50}, 50), ({"pace_per_minute": 0}, 200)],
)
def test_pace_is_a_rule(rules: dict[str, Any], at_once: int) -> None:
    """Burst and pace are rules; a pace of 0 lifts every rate."""
    story = begun("cleo", **rules)
    assert posts_in_a_row(story.cleo) == at_once


def test_slow_mode() -> None:
    """Slow mode sets a pause after each contribution, in the circle too, but not for chair and moderators."""
    story = begun("cleo", slow_seconds=30)
    story.admits("mo", "moderator")
    assert posts_in_a_row(story.cleo) == 1
    assert wait(story, "cleo") == 30.0
    assert posts_in_a_row(story.ines) == 1
    assert posts_in_a_row(story.chair) == 30
    assert posts_in_a_row(story.mo) == 30
    story.passes(29.9)
    assert posts_in_a_row(story.cleo) == 0
    story.passes(0.1)
    assert posts_in_a_row(story.cleo) == 1


def test_slow_mode_under_way() -> None:
    """Slow mode holds from the change on, counted from the last contribution."""
    story = begun("cleo")
    story.cleo.posts()
    story.passes(20)
    story.chair.sets_rules(slow_seconds=60)
    assert wait(story, "cleo") == 40.0
    story.chair.sets_rules(slow_seconds=0)
    assert posts_in_a_row(story.cleo) == 3


def test_no_pace_no_slow_mode() -> None:
    """With a pace of 0 slow mode is lifted too."""
    story = begun("cleo", slow_seconds=30, pace_per_minute=0)
    assert posts_in_a_row(story.cleo) == 200


def test_a_replay_has_the_same_pace() -> None:
    """The bucket is a fold of the records (every story holds that): it says when one may post again."""
    story = begun("cleo")
    posts_in_a_row(story.cleo)
    story.passes(4)
    assert story.person("cleo").tokens == 0.0
    assert wait(story, "cleo") == 6.0
