"""Muting, blocking, and reports.

RULES, "Moderation and safety".
"""

from fishbowl.debate.commands import Report
from fishbowl.debate.events import ContributionReported, DoorSet, PersonMuted, ReportResolved
from fishbowl.debate.safety import ONLOOKER
from tests.debate.stories import begun


def test_muted_for_a_while() -> None:
    """They post nothing until it is over, are told how long, and keep everything else."""
    story = begun("cleo dan", pace_per_minute=0)
    story.cleo.posts()
    assert story.chair.mutes("cleo", 90, "Too loud.") == ["person.muted"]
    assert story.last(PersonMuted).until == story.now + 90_000
    with story.refuses("person.muted", "90 s"):
        story.cleo.posts()
    story.cleo.raises_hand()
    story.chair.moves_to("paused", "live")
    story.passes(89)
    with story.refuses("person.muted", "1 s"):
        story.cleo.posts()
    story.passes(1)
    assert story.cleo.posts() == 2


def test_unmuted() -> None:
    """Once more they post; whoever is not muted cannot be unmuted."""
    story = begun("cleo")
    story.chair.mutes("cleo")
    assert story.chair.unmutes("cleo") == ["person.unmuted"]
    assert story.chair.unmutes("cleo") == []
    assert story.cleo.posts() == 1


def test_blocked() -> None:
    """Seat, hand and membership end at once, and nothing is possible any more."""
    story = begun("cleo dan")
    story.cleo.takes_seat()
    assert story.chair.blocks("cleo") == ["seat.freed", "person.left", "person.blocked"]
    with story.refuses("right.missing", "blocked you"):
        story.cleo.posts()
    assert story.chair.blocks("cleo") == []
    assert story.chair.unblocks("cleo") == ["person.unblocked"]
    assert story.chair.unblocks("cleo") == []


def test_a_blocked_speaker() -> None:
    """A speaker's seat is lent; unblocked, they sit down on it again when they ask for it."""
    story = begun("cleo")
    assert story.chair.blocks("ines") == ["seat.lent", "person.blocked"]
    with story.refuses("right.missing"):
        story.ines.raises_hand()
    story.chair.unblocks("ines")
    assert story.ines.takes_seat() == ["seat.taken"]


def test_the_code_is_changed_with_a_block() -> None:
    """Whoever was blocked knows the code: it opens nothing any more. With an open door there is none."""
    story = begun("cleo")
    story.chair.sets_door("code", "pier")
    assert story.chair.blocks("cleo")[-1] == "door.set"
    code = story.last(DoorSet).join_code
    assert code not in (None, "pier")
    with story.refuses("door.wrong_code"):
        story.again.joins("pier")
    assert story.again.joins(code)[0] == "person.joined"


def test_those_who_moderate_are_not_moderated() -> None:
    """Neither muted nor blocked."""
    story = begun("cleo")
    story.admits("mo", "moderator")
    for person in ("chair", "mo", "organiser"):
        with story.refuses("person.moderating"):
            story.mo.mutes(person)
        with story.refuses("person.moderating"):
            story.chair.blocks(person)


def test_reported_and_resolved() -> None:
    """A report has an id, is remembered with its command, and is answered once."""
    story = begun("cleo dan")
    story.cleo.posts()
    assert story.dan.reports(1, note="Look.") == ["contribution.reported"]
    reported = story.last(ContributionReported)
    assert (reported.report, reported.person, reported.note) == ("r1", "dan", "Look.")
    assert "r1" in {each.report for each in story.state.answered.values()}
    assert story.dan.reports(1) == [], "once is enough, until it has been looked at"
    assert story.ines.reports(1) == ["contribution.reported"]
    assert story.chair.resolves("r1", "Hidden.") == ["report.resolved"]
    assert story.last(ReportResolved).person == "dan"
    assert story.chair.resolves("r1") == []
    assert story.dan.reports(1) == ["contribution.reported"]


def test_an_onlooker_reports() -> None:
    """Whoever may read may report; what nobody sees cannot be reported."""
    story = begun("cleo")
    story.cleo.posts()
    assert story.play(ONLOOKER, Report(id="1", contribution=1, reason="spam")) == ["contribution.reported"]
    assert story.last(ContributionReported).person is None
    story.cleo.posts("07700 900123")
    with story.refuses("contribution.unknown"):
        story.play(ONLOOKER, Report(id="2", contribution=2, reason="spam"))
