"""Links just made wait for the one page that shows them."""

from __future__ import annotations

from fishbowl.web.access import Credentials
from fishbowl.web.fresh import SECONDS, FreshLinks
from fishbowl.web.links import Issued, Link
from tests.fakes import FakeClock

MINE = Credentials(cookie="mine")


def issued(id: str) -> Issued:
    link = Link(id=id, debate="pier", person=id, role="chair", secret=b"hashed", created_at=0)
    return Issued(link, f"secret of {id}")


def test_shown_once(clock: FakeClock) -> None:
    """What was made is given to its maker once, all of it; to nobody else, and for no other debate."""
    fresh = FreshLinks(clock)
    fresh.keep("pier", MINE, [issued("a")])
    fresh.keep("pier", MINE, [issued("b")])
    assert fresh.take("pier", Credentials(cookie="yours")) == ()
    assert fresh.take("pier", Credentials()) == ()
    assert fresh.take("harbour", MINE) == ()
    assert [each.link.id for each in fresh.take("pier", MINE)] == ["a", "b"]
    assert fresh.take("pier", MINE) == ()


def test_nothing_is_kept_for_long(clock: FakeClock) -> None:
    """Whoever never looks leaves no secret behind."""
    fresh = FreshLinks(clock)
    fresh.keep("pier", MINE, [issued("a")])
    clock.advance(SECONDS)
    fresh.keep("harbour", MINE, [])
    assert len(fresh) == 0
    assert fresh.take("pier", MINE) == ()
