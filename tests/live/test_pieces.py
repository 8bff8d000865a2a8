"""Pieces of the ring: small, shared, and as they may be seen now."""

from __future__ import annotations

import json

from fishbowl.debate.vocabulary import Role
from fishbowl.live.pieces import PIECE_BYTES, Pieces
from fishbowl.live.views import ONLOOKER, Reader
from tests.fakes import FakeClock
from tests.live.stage import stage


async def test_a_piece_is_small_and_the_next_follows_on(clock: FakeClock) -> None:
    """Pieces go on where the last ended, each a little longer than its bound at most, up to the end."""
    async with stage(clock) as played:
        cleo = await played.joins()
        for number in range(300):
            await played.does(cleo, "post", f"{number}", text="x" * 500)
        ring, pieces, seqs = played.debate.ring, Pieces(), list[int]()
        start = cursor = ring.first - 1
        while cursor < ring.head:
            piece = pieces.after(ring, cursor, ring.head, ONLOOKER)
            assert piece.end > cursor
            assert piece.frame is not None
            assert len(piece.frame.payload) < PIECE_BYTES * 1.1
            seqs += [message["seq"] for message in json.loads(piece.frame.payload)]
            cursor = piece.end
        assert seqs == list(range(start + 1, ring.head + 1))


async def test_who_stands_at_the_same_place_shares_a_piece(clock: FakeClock) -> None:
    """The same frame for all of the public; one of their own for the backstage and whoever it concerns."""
    async with stage(clock) as played:
        cleo, dan = await played.joins(), await played.joins()
        ring, pieces = played.debate.ring, Pieces()
        cursor = ring.head
        await played.does(cleo, "raise_hand", note="for the chair")

        def seen(reader: Reader) -> object:
            return pieces.after(ring, cursor, ring.head, reader).frame

        def notes(reader: Reader) -> bool:
            frame = pieces.after(ring, cursor, ring.head, reader).frame
            assert frame is not None
            return b"for the chair" in frame.payload

        assert seen(ONLOOKER) is seen(ONLOOKER) is seen(Reader(dan, Role.PARTICIPANT))
        assert [notes(reader) for reader in (ONLOOKER, Reader(dan, Role.PARTICIPANT))] == [False, False]
        assert notes(Reader(cleo, Role.PARTICIPANT))
        assert notes(Reader("chair", Role.CHAIR))


async def test_a_piece_made_before_a_text_was_hidden_is_not_used_again(clock: FakeClock) -> None:
    """The ring's version counts, as for strokes."""
    async with stage(clock) as played:
        cleo = await played.joins()
        await played.does(cleo, "post", text="a secret of the harbour")
        ring, pieces = played.debate.ring, Pieces()
        cursor, end = ring.head - 1, ring.head
        before = pieces.after(ring, cursor, end, ONLOOKER).frame
        await played.does("chair", "hide", contribution=1)
        after = pieces.after(ring, cursor, end, ONLOOKER).frame
        assert before is not None
        assert after is not None
        assert (b"secret" in before.payload, b"secret" in after.payload) == (True, False)
