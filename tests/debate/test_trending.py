"""Which hashtags a debate uses now, and which stand together."""

from __future__ import annotations

from typing import Any

from fishbowl.debate.state import Contribution, State
from fishbowl.debate.trending import LOOKED_AT, WINDOW, Used, together, trending
from fishbowl.debate.vocabulary import Circle, Status

MINUTE = 60_000


def floor(*said: tuple[str, str], hashtags: tuple[str, ...] = (), **last: Any) -> State:
    """A state of what these people said, a minute apart; `last` is of the last one."""
    state = State()
    state.hashtags = hashtags
    for number, (author, text) in enumerate(said, 1):
        given: dict[str, Any] = {"at": number * MINUTE} | (last if number == len(said) else {})
        state.contributions[number] = Contribution(
            contribution=number,
            seq=number,
            author=author,
            circle=Circle.OUTER,
            root=number,
            path=str(number),
            text=text,
            tags=(),
            **given,
        )
    return state


def test_those_of_most_people_come_first() -> None:
    """People count before contributions, a contribution counts once, and one person alone makes no trend."""
    state = floor(
        ("ann", "#boats and #boats"),
        ("ben", "#Keys #boats"),
        ("ann", "#keys"),
        ("cleo", "#keys"),
        ("ben", "#boats"),
        *(("dan", "#mine"),) * 5,
    )
    assert trending(state) == [Used("Keys", 3, 3), Used("boats", 3, 2)]
    assert trending(state, most=1) == [Used("Keys", 3, 3)]


def test_the_debates_own_are_none() -> None:
    """What belongs to every contribution is nobody's trend, however it is written."""
    state = floor(("ann", "#GovInt #keys"), ("ben", "#govint #keys"), hashtags=("govint",))
    assert [used.tag for used in trending(state)] == ["keys"]
    assert [used.tag for used in together(state, "keys")] == []


def test_now_is_the_last_half_hour_of_the_debate() -> None:
    """Counted back from the last contribution, not from a clock; what is older is no trend any more."""
    said = (("ann", "#keys"), ("ben", "#keys"), ("ann", "so"))
    assert trending(floor(*said, at=WINDOW)) == [Used("keys", 2, 2)]
    assert trending(floor(*said, at=WINDOW + MINUTE)) == []


def test_what_is_withheld_is_not_counted() -> None:
    """A hashtag in a held or hidden text is told to nobody by a list."""
    said = (("ann", "#keys #boats"), ("ben", "#keys #boats"))
    assert len(trending(floor(*said))) == 2
    for status in (Status.HIDDEN, Status.WITHDRAWN, Status.ERASED):
        assert trending(floor(*said, status=status)) == []
        assert together(floor(*said, status=status), "keys") == [Used("boats", 1, 1)]
    assert trending(floor(*said, shown=False, status=Status.HELD)) == []


def test_which_stand_together() -> None:
    """In one contribution, whatever the case; over the whole debate, of one person too."""
    state = floor(("ann", "#keys #Boats"), ("ben", "#KEYS #boats #tea"), ("cleo", "#tea"))
    assert together(state, "Keys") == [Used("Boats", 2, 2), Used("tea", 1, 1)]
    assert together(state, "none") == []


def test_a_long_debate_stays_cheap() -> None:
    """Only the newest are looked at."""
    state = floor(("ann", "#old #keys"), ("ben", "#old #keys"), *(("cleo", "so"),) * LOOKED_AT)
    assert together(state, "keys") == []


def test_nothing_said() -> None:
    """Before the first word nothing is a trend."""
    assert trending(State()) == []
