"""The ring: recent records as bytes, as they may be seen now."""

from __future__ import annotations

from fishbowl.debate.vocabulary import Role
from fishbowl.live.ring import Ring
from fishbowl.live.views import ONLOOKER, Reader
from tests.debate.stories import Story, begun

CHAIR = Reader("chair", Role.CHAIR)
CLEO = Reader("cleo", Role.PARTICIPANT)


def ring_of(story: Story, size: int = 4096) -> Ring:
    ring = Ring(0, size)
    ring.add(story.state, story.records)
    return ring


def test_it_holds_the_newest_and_says_from_where() -> None:
    """Older records leave; `first` tells what must come from the log."""
    story = begun("cleo")
    ring = ring_of(story, size=5)
    assert (ring.first, ring.head) == (story.state.seq - 4, story.state.seq)
    assert [entry.record for entry in ring.since(ring.first - 1)] == story.records[-5:]
    assert [entry.record for entry in ring.since(ring.head - 2, ring.head - 1)] == [story.records[-2]]
    assert list(ring.since(ring.head)) == []


def test_hiding_encodes_anew_what_it_holds() -> None:
    """No byte of a hidden text is left for the public, and frames made before count as stale."""
    story = begun("cleo")
    story.cleo.posts("a secret of the harbour")
    ring = ring_of(story)
    version, before = ring.version, story.state.seq
    assert any(b"secret" in (entry.public or b"") for entry in ring.since(0))
    story.chair.hides(1)
    ring.add(story.state, story.records[before:])
    assert not any(b"secret" in (entry.for_(ONLOOKER) or b"") for entry in ring.since(0))
    assert not any(b"secret" in (entry.for_(CLEO) or b"") for entry in ring.since(0))
    assert any(b"secret" in (entry.for_(CHAIR) or b"") for entry in ring.since(0))
    assert ring.version > version


def test_only_those_concerned_have_a_view_of_their_own() -> None:
    """The note of a hand is in its owner's bytes and the backstage's, not in the public's."""
    story = begun("cleo dan")
    story.cleo.raises_hand(note="only for the chair")
    (raised,) = [
        entry for entry in ring_of(story).since(0) if b"only for the chair" in (entry.moderators or b"")
    ]
    assert b"only for the chair" in (raised.for_(CLEO) or b"")
    assert b"only for the chair" not in (raised.for_(Reader("dan", Role.PARTICIPANT)) or b"")
    assert list(raised.personal) == ["cleo"]
