"""Debates for people under 18: what they are held to, from the beginning and later."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from fishbowl.debate.commands import Change
from fishbowl.debate.definition import BadDefinition, Definition, parse_changes, parse_definition
from fishbowl.debate.vocabulary import Audience
from fishbowl.live.snapshot import snapshot_view
from fishbowl.live.views import ONLOOKER, Reader
from tests.debate.stories import HARBOUR, Story

CLASS: dict[str, Any] = {**HARBOUR, "under_18": True, "join_code": "pier 7"}


def defined(**more: Any) -> Definition:
    return parse_definition({**CLASS, **more})


def opened() -> Story:
    """A class in the lobby: the chair is there, a moderator is not yet, and cleo has joined."""
    story = Story(defined())
    story.admits("mo", "moderator")
    story.chair.arrives()
    story.chair.moves_to("lobby")
    story.cleo.joins("pier 7")
    return story


def test_what_it_is() -> None:
    """Where nothing else is said it is closed, with a code, everything held, with pseudonyms."""
    definition = defined()
    assert (definition.under_18, definition.audience, definition.door) == (True, "closed", "code")
    assert (definition.rules.moderation, definition.rules.names) == ("hold", "pseudonym")
    assert defined(rules={"max_length": 200}).rules.max_length == 200


@pytest.mark.parametrize(
    ("key", "more"),
    [
        ("audience", {"audience": "public"}),
        ("audience", {"audience": "link"}),
        ("door", {"door": "open"}),
        ("rules.moderation", {"rules": {"moderation": "open"}}),
        ("rules.moderation", {"rules": {"moderation": "first"}}),
        ("rules.names", {"rules": {"names": "free"}}),
        ("under_18", {"under_18": "yes"}),
    ],
)
def test_what_is_weaker(key: str, more: dict[str, Any]) -> None:
    """A weaker value is refused by its name, and nothing is made; for grown-ups it is fine."""
    with pytest.raises(BadDefinition) as refused:
        defined(**more)
    assert [problem.key for problem in refused.value.problems] == [key]
    if key != "under_18":
        assert parse_definition({**HARBOUR, **more}).under_18 is False


def test_a_code_is_asked_for() -> None:
    """The code at the door is the organiser's to think of."""
    with pytest.raises(BadDefinition, match="join_code"):
        parse_definition({**HARBOUR, "under_18": True})


def test_later() -> None:
    """Nor is it weakened afterwards, by chair or organiser; the door may be shut, other rules may change."""
    story = opened()
    weakening: list[Callable[[], object]] = [
        lambda: story.chair.sets_rules(moderation="open"),
        lambda: story.chair.sets_rules(names="free"),
        lambda: story.chair.sets_door("open"),
        lambda: story.play("organiser", Change(audience=Audience.LINK)),
    ]
    for weakens in weakening:
        with story.refuses("debate.protected", "under 18"):
            weakens()
    assert story.chair.sets_door("shut") == ["door.set"]
    assert story.chair.sets_rules(max_length=200) == ["rules.changed"]


def test_it_stays_what_it_is() -> None:
    """Whom a debate is for is said at its beginning only."""
    with pytest.raises(BadDefinition, match="under_18"):
        parse_changes({"under_18": False})


def test_two_adults() -> None:
    """It goes live when two of chair and moderators are connected; a speaker is no third adult."""
    story = opened()
    story.ines.arrives()
    with story.refuses("phase.two_adults", "second chair or moderator"):
        story.chair.moves_to("live")
    story.mo.arrives()
    assert story.chair.moves_to("live") == ["phase.moved"]
    story.mo.drops()
    story.chair.moves_to("paused")
    assert story.chair.moves_to("live") == ["phase.moved"], "it has begun, and goes on"


def test_for_grown_ups_one_is_enough() -> None:
    """A debate for anybody begins with its chair alone."""
    story = Story(parse_definition(HARBOUR))
    assert story.chair.moves_to("live") == ["phase.moved"]


def test_links_are_no_links() -> None:
    """What somebody writes is read as it stands, and no view says that it is a link."""
    story = opened()
    story.mo.arrives()
    story.chair.moves_to("live")
    story.chair.posts("See example.org #pier")
    shown = snapshot_view(story.state, Reader("chair"), epoch="e", now=story.now)["contributions"]
    assert shown[-1]["text"] == "See example.org #pier"
    assert (shown[-1]["entities"]["links"], len(shown[-1]["entities"]["hashtags"])) == ([], 1)
    assert snapshot_view(story.state, ONLOOKER, epoch="e", now=story.now)["debate"]["under_18"] is True
