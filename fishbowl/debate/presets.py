"""Presets: sets of rules under a name that organisers know, for a beginning.

Pure data. A preset is no rule: it fills in what somebody then may change, and is written down nowhere.
"""

from __future__ import annotations

from typing import Final

from msgspec import Struct

from fishbowl.debate.refused import Sentence, worded
from fishbowl.debate.vocabulary import Entry, Exit, Moderation, Names, Posting, Rules

__all__ = ["PRESETS", "Preset"]


class Preset(Struct, frozen=True):
    name: Sentence
    said: Sentence
    rules: Rules
    open_seats: int = 1
    under_18: bool = False


PRESETS: Final = {
    "virtual_hashtag_debate": Preset(
        worded("Virtual hashtag debate"),
        worded(
            "Everybody writes under the hashtag, the circle stands out, and somebody makes room for the next."
        ),
        Rules(),
    ),
    "one_free_chair": Preset(
        worded("One free chair"),
        worded(
            "As in a room: only the circle speaks, one chair in it is free, and whoever sits down on it may."
        ),
        Rules(posting=Posting.CLASSIC, entry=Entry.CLAIM, exit=Exit.MAKE_ROOM, moderation=Moderation.OPEN),
    ),
    "two_streams": Preset(
        worded("Two streams"),
        worded(
            "The circle's words make the floor. Everybody else writes beside it, and whoever sits carries the"
            " best of that in."
        ),
        Rules(posting=Posting.TWO_STREAM, entry=Entry.QUEUE, exit=Exit.MAKE_ROOM),
        open_seats=2,
    ),
    "timed_guest_chair": Preset(
        worded("Timed guest chair"),
        worded(
            "Guests come to the circle one after another, whoever was heard least first, for three minutes"
            " each."
        ),
        Rules(posting=Posting.VIRTUAL, entry=Entry.LEAST_HEARD, exit=Exit.TIMED, turn_seconds=180),
    ),
    "closed_rounds": Preset(
        worded("Closed rounds"),
        worded(
            "Groups share the circle for ten minutes each, and only they speak; then they get up together and"
            " the next group sits down."
        ),
        Rules(
            posting=Posting.CLASSIC,
            entry=Entry.INVITE,
            exit=Exit.SAY_YOUR_PIECE,
            round_seconds=600,
        ),
        open_seats=4,
    ),
    "school_class": Preset(
        worded("School class"),
        worded(
            "For people under 18: closed, with a code and made-up names. Every contribution is read before"
            " it is shown, and two adults are there."
        ),
        Rules(
            posting=Posting.VIRTUAL,
            entry=Entry.LEAST_HEARD,
            exit=Exit.MAKE_ROOM,
            moderation=Moderation.HOLD,
            names=Names.PSEUDONYM,
        ),
        open_seats=2,
        under_18=True,
    ),
}
