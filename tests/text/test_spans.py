"""Places outside closed spans."""

import msgspec
from hypothesis import given
from hypothesis import strategies as st

from fishbowl.text.spans import outside


class At(msgspec.Struct, frozen=True):
    start: int


span = st.tuples(st.integers(0, 30), st.integers(0, 30)).map(lambda pair: (min(pair), max(pair)))


@given(st.lists(st.integers(0, 30)).map(sorted), st.lists(span).map(sorted))
def test_as_the_naive_way(places: list[int], closed: list[tuple[int, int]]) -> None:
    """The single walk finds what comparing everything with everything finds, overlaps included."""
    naive = [place for place in places if not any(start <= place < end for start, end in closed)]
    assert [one.start for one in outside(map(At, places), closed)] == naive
