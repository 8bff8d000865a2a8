"""What a reader may see: served as seen now."""

from __future__ import annotations

from typing import Any

import pytest

from fishbowl.debate.commands import Change, EditQuestion
from fishbowl.debate.record import Record
from fishbowl.debate.vocabulary import Role
from fishbowl.live.snapshot import snapshot_view
from fishbowl.live.views import ONLOOKER, Reader, may_read, record_view, seen_alike
from tests.debate.stories import Story, begun, drafted

CHAIR = Reader("chair", Role.CHAIR)
ORGANISER = Reader("organiser", Role.ORGANISER)
CLEO = Reader("cleo", Role.PARTICIPANT)
DAN = Reader("dan", Role.PARTICIPANT)


def seen(story: Story, reader: Reader) -> list[dict[str, Any]]:
    """Every record as `reader` may see it now."""
    views = (record_view(story.state, record, reader) for record in story.records)
    return [view for view in views if view is not None]


def texts(story: Story, reader: Reader) -> str:
    """All that `reader` may see, in records and snapshot, as one text."""
    snapshot = snapshot_view(story.state, reader, epoch="e", now=story.now)
    return f"{seen(story, reader)} {snapshot}"


def last(story: Story, reader: Reader) -> dict[str, Any]:
    view = record_view(story.state, story.records[-1], reader)
    assert view is not None
    return view


@pytest.mark.parametrize("reader", [ONLOOKER, CLEO, DAN, Reader("ines", Role.SPEAKER)])
def test_a_hidden_text_is_gone_from_every_view_but_the_backstage(reader: Reader) -> None:
    """From the hiding record on, old records and snapshots show nobody else the text; restored, they do."""
    story = begun("cleo dan")
    story.cleo.posts("a secret of the harbour #key")
    assert "harbour #key" in texts(story, reader)
    story.chair.hides(1, reason="off_topic")
    assert "harbour #key" not in texts(story, reader)
    assert "'key'" not in texts(story, reader)
    assert "harbour #key" in texts(story, CHAIR)
    assert "harbour #key" in texts(story, ORGANISER)
    story.chair.restores(1)
    assert "harbour #key" in texts(story, reader)


def test_the_backstage_alone_sees_the_listed_words() -> None:
    """Neither snapshot nor record shows anybody else which words wait."""
    story = begun("cleo", {"held_words": ["numpty"]})
    story.play("organiser", Change(held_words=("cobblers",)))
    for reader in (ONLOOKER, CLEO, DAN, Reader("ines", Role.SPEAKER)):
        assert "numpty" not in texts(story, reader)
        assert "cobblers" not in texts(story, reader)
    for reader in (CHAIR, ORGANISER, Reader("mo", Role.MODERATOR)):
        assert "numpty" in texts(story, reader)
        assert "cobblers" in texts(story, reader)


@pytest.mark.parametrize("reader", [ONLOOKER, CLEO, CHAIR, ORGANISER])
def test_a_withdrawn_text_is_in_nobody_s_view(reader: Reader) -> None:
    """Withdrawn means withdrawn: a tombstone with its number stays."""
    story = begun("cleo")
    story.cleo.posts("what I should not have said")
    story.cleo.withdraws(1)
    assert "should not have said" not in texts(story, reader)
    (posted,) = [view for view in seen(story, reader) if view["type"] == "contribution.posted"]
    assert (posted["contribution"], posted["text"], posted["entities"]) == (1, None, None)
    assert posted["status"] == "withdrawn"


def test_an_act_of_chair_or_moderators_names_nobody_to_the_public() -> None:
    """`by` reads "chair" or "moderators" for everybody else; the backstage sees the person."""
    story = begun("cleo")
    story.admits("mo", "moderator")
    story.cleo.posts("Q1 a bath house")
    story.mo.highlights(1)
    assert last(story, CLEO)["by"] == last(story, ONLOOKER)["by"] == "moderators"
    assert last(story, ORGANISER)["by"] == "mo"
    story.admits("lead", "chair")
    story.lead.focuses(2)
    assert last(story, CLEO)["by"] == "chair"
    assert last(story, CHAIR)["by"] == "lead"


def test_the_note_of_a_hand_is_the_chair_s_and_its_owner_s() -> None:
    """Hand notes go to chair and moderators only, and to whoever wrote them."""
    story = begun("cleo dan")
    story.cleo.raises_hand(note="only for the chair")
    for reader in (CLEO, CHAIR, ORGANISER):
        assert "only for the chair" in texts(story, reader)
    for reader in (ONLOOKER, DAN):
        assert "only for the chair" not in texts(story, reader)


def test_why_a_seat_was_freed_is_told_to_its_holder() -> None:
    """A reason against a holder's will is seen by the holder and the backstage, by nobody else."""
    story = begun("cleo dan")
    story.cleo.takes_seat()
    story.chair.frees_seat(3, reason="we agreed on five minutes")
    for reader in (CLEO, CHAIR):
        assert "we agreed on five minutes" in texts(story, reader)
    assert "we agreed on five minutes" not in texts(story, DAN)


def test_the_join_code_is_for_the_backstage() -> None:
    """The chair shows the code; the debate's records and snapshot show it to nobody else."""
    story = begun("cleo")
    story.chair.sets_door("code", join_code="heron-77")
    assert "heron-77" in texts(story, CHAIR)
    assert "heron-77" not in texts(story, CLEO)
    assert "heron-77" not in texts(story, ONLOOKER)


def test_a_draft_is_known_to_organiser_and_chairs_only() -> None:
    """To everybody else, its speakers included, a draft does not exist."""
    state = drafted().state
    assert may_read(state, ORGANISER)
    assert may_read(state, CHAIR)
    for reader in (ONLOOKER, CLEO, Reader("ines", Role.SPEAKER), Reader("m", Role.MODERATOR)):
        assert not may_read(state, reader)


def test_a_draft_lists_its_speakers() -> None:
    """Who sets a debate up sees whom they invited; nobody else reads it yet."""
    story = drafted()
    for reader in (ORGANISER, CHAIR):
        people = snapshot_view(story.state, reader, epoch="e", now=story.now)["people"]
        invited = {seat.speaker for seat in story.state.seats.values() if seat.speaker}
        assert invited
        assert invited == {person["person"] for person in people if person["role"] == "speaker"}


def test_a_time_is_written_the_same_everywhere() -> None:
    """RFC 3339 in UTC with milliseconds, in records and snapshots; no bare number of milliseconds."""
    story = begun("cleo")
    story.cleo.raises_hand()
    offered = last(story, CLEO)
    assert (offered["type"], offered["at"], offered["until"]) == (
        "seat.offered",
        "2026-01-31T12:00:00.000Z",
        "2026-01-31T12:00:30.000Z",
    )
    assert str(story.now)[:8] not in texts(story, CHAIR)


def test_what_was_cleared_is_null_and_what_was_not_given_is_left_out() -> None:
    """A client must be able to tell "no minutes any more" from "minutes as before"."""
    story = begun("cleo")
    story.play("chair", EditQuestion(id="1", question=1, minutes=None))
    edited = last(story, CLEO)
    assert edited["minutes"] is None
    assert "text" not in edited
    assert "gloss" not in edited


def test_a_snapshot_pages_back() -> None:
    """The newest contributions first; older ones by the number they come before."""
    story = begun("cleo")
    for number in range(1, 6):
        story.passes(60)
        story.cleo.posts(f"point {number}")

    def numbers(**page: Any) -> list[int]:
        view = snapshot_view(story.state, CLEO, epoch="e", now=story.now, **page)
        return [each["contribution"] for each in view["contributions"]]

    assert numbers(limit=2) == [4, 5]
    assert numbers(limit=2, before=4) == [2, 3]
    assert numbers(limit=2, before=2) == [1]
    assert numbers(before=1) == []


def test_every_record_has_a_view_for_everybody() -> None:
    """A view carries type, seq, at, by, and nothing that JSON cannot hold."""
    story = begun("cleo dan")
    story.cleo.posts("Q2 who keeps the key?")
    for record, view in zip(story.records, seen(story, ONLOOKER), strict=True):
        _checked(record, view)


def _checked(record: Record, view: dict[str, Any]) -> None:
    assert list(view)[:4] == ["type", "seq", "at", "by"]
    assert view["seq"] == record.seq


def test_one_view_serves_all_only_where_all_see_the_same() -> None:
    """What is said to be seen alike is equal for onlooker, participant, chair and organiser; a post is."""
    story = begun("cleo dan")
    story.cleo.posts("for everybody")
    posted = story.records[-1]
    assert seen_alike(story.state, posted)
    story.chair.posts("by the chair")
    story.cleo.posts("soon hidden")
    story.chair.hides(3, reason="off_topic", note="for the moderators")
    story.dan.raises_hand(note="for the chair")
    differ = 0
    for record in story.records:
        views = [record_view(story.state, record, reader) for reader in (ONLOOKER, CLEO, CHAIR, ORGANISER)]
        same = all(view == views[0] for view in views)
        differ += not same
        assert same or not seen_alike(story.state, record), record
    assert differ >= 3
