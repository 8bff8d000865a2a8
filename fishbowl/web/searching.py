"""An index of what can be read in debates: words in, contributions out.

Knows no reader and no right: whoever asks says in which debates to look, and looks at each contribution
found as it stands now (`web.search`). It is kept in memory alone and made anew from the debates after every
start, so that no word of an erased text stays on a disk because somebody might have searched for it.

Guarantees that it holds nothing but texts that everybody who may read the debate could read when `renew` was
last called for it.
"""

from __future__ import annotations

import asyncio
import re
import sqlite3
from collections.abc import Collection, Mapping
from typing import Final, NamedTuple

from fishbowl.debate.state import Contribution, State
from fishbowl.debate.vocabulary import Status

__all__ = ["Found", "Index", "is_open", "words_of"]

MOST_WORDS: Final = 12
"""Words of one question that are looked for; further ones are left out."""
BEFORE, AFTER = "\x01", "\x02"
"""Around a hit. No text holds them: they are refused as control characters."""
_WORD: Final = re.compile(r"\w+")


class Found(NamedTuple):
    """A contribution that holds all the words; `pieces` of its text, each with whether it is one of them."""

    debate: str
    contribution: int
    pieces: tuple[tuple[str, bool], ...]

    @property
    def text(self) -> str:
        return "".join(piece for piece, _ in self.pieces)


def is_open(contribution: Contribution) -> bool:
    """Whether its text is there for everybody who may read the debate."""
    return contribution.shown and contribution.status is Status.POSTED


def words_of(asked: str) -> list[str]:
    return _WORD.findall(asked)[:MOST_WORDS]


class Index:
    """Of any number of debates."""

    def __init__(self) -> None:
        self._database = sqlite3.connect(":memory:", check_same_thread=False)
        self._database.execute(
            "create virtual table texts using fts5"
            '(text, debate unindexed, tokenize="unicode61 remove_diacritics 2")'
        )
        self._rows: dict[str, dict[int, int]] = {}
        """By debate: the row of every contribution."""
        self._contributions: dict[int, tuple[str, int]] = {}
        self._turn = asyncio.Lock()

    def __contains__(self, debate: str) -> bool:
        return debate in self._rows

    def close(self) -> None:
        self._database.close()

    def missing(self, state: State) -> tuple[Mapping[int, str], Collection[int]]:
        """What of a debate is to be put in, by number, and what is to be taken out."""
        known = self._rows.get(state.slug, {})
        readable = {each.contribution: each.text for each in state.contributions.values() if is_open(each)}
        fresh = {number: text or "" for number, text in readable.items() if number not in known}
        return fresh, [number for number in known if number not in readable]

    async def renew(self, debate: str, fresh: Mapping[int, str], gone: Collection[int]) -> None:
        async with self._turn:
            await asyncio.to_thread(self._renew, debate, fresh, gone)

    async def forget(self, debate: str) -> None:
        """The debate is no more."""
        await self.renew(debate, {}, list(self._rows.get(debate, ())))
        self._rows.pop(debate, None)

    async def look(self, asked: str, debates: Collection[str], most: int) -> list[Found]:
        """Contributions of `debates` with all words of `asked`, the last as a beginning too; best first."""
        words = words_of(asked)
        if not words or not debates:
            return []
        async with self._turn:
            return await asyncio.to_thread(self._look, words, frozenset(debates), most)

    def _renew(self, debate: str, fresh: Mapping[int, str], gone: Collection[int]) -> None:
        rows = self._rows.setdefault(debate, {})
        for number in gone:
            if (row := rows.pop(number, None)) is not None:
                del self._contributions[row]
                self._database.execute("delete from texts where rowid = ?", (row,))
        for number, text in fresh.items():
            if number not in rows:
                cursor = self._database.execute("insert into texts values (?, ?)", (text, debate))
                rows[number] = row = cursor.lastrowid or 0
                self._contributions[row] = debate, number
        self._database.commit()

    def _look(self, words: list[str], debates: frozenset[str], most: int) -> list[Found]:
        expression = " ".join(f'"{word}"' for word in words) + "*"
        rows = self._database.execute(
            "select rowid, highlight(texts, 0, ?, ?), debate from texts where texts match ?"
            " order by rank, rowid",
            (BEFORE, AFTER, expression),
        )
        found = []
        for row, text, debate in rows:
            if debate in debates:
                found.append(Found(*self._contributions[row], _pieces(text)))
                if len(found) == most:
                    break
        rows.close()
        return found


def _pieces(text: str) -> tuple[tuple[str, bool], ...]:
    pieces = []
    for place, part in enumerate(text.split(BEFORE)):
        hit, _, rest = part.partition(AFTER) if place else ("", "", part)
        pieces += [(hit, True), (rest, False)]
    return tuple(piece for piece in pieces if piece[0])
