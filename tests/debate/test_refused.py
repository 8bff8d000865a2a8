"""Every refusal code there is can be reached, and says what was needed.

`PLAYS` has one short play for each code, ending in the refusal. Codes of the running debate (its loop, its
store, its ids) are tested with `fishbowl.live`.
"""

from typing import Any

import pytest

from fishbowl.debate.refused import CODES, Refused
from tests.debate.stories import Actor, Story, begun

LIVE = {"id.reused", "service.overloaded", "service.unavailable"}
"""Codes that the rules themselves never give."""

OF_A_CLASS = {"debate.protected", "phase.two_adults"}
"""Codes of debates for people under 18: test_under_18.py leads to them."""

PLAYS = {
    "bad_request": "cleo asks dance",
    "contribution.gone": "cleo posts, cleo withdraws 1, chair hides 1",
    "contribution.held": "cleo posts insta:lily, chair hides 1",
    "contribution.not_held": "cleo posts, chair refuses 1",
    "contribution.not_inferred": "cleo posts, chair threads 1",
    "contribution.unknown": "cleo endorses 1",
    "debate.full": "chair adds, chair adds",
    "door.full": "eva joins",
    "door.shut": "chair sets_door shut, eva joins",
    "door.turned_away": "cleo leaves, chair sets_door approve, eva joins, chair turns_away eva, eva posts",
    "door.waiting": "cleo leaves, chair sets_door approve, eva joins, eva posts",
    "door.wrong_code": "chair sets_door code pier, eva joins quay",
    "floor.frozen": "chair freezes, cleo posts",
    "floor.one_stream": "cleo posts, chair carries_in 1",
    "name.given": "cleo renames Cleo",
    "name.looks_like": "ines renames Chair",
    "name.taken": "story admits nora speaker InesFalk",
    "name.unfit": "ines renames ***",
    "pace.too_fast": "cleo posts, cleo posts",
    "person.moderating": "chair mutes chair 60",
    "person.muted": "chair mutes cleo 60, cleo posts",
    "person.not_speaker": "chair opens_seat reserved cleo",
    "person.not_waiting": "chair turns_away cleo",
    "person.unknown": "chair seats nobody",
    "phase.no_such_move": "chair moves_to archived",
    "phase.not_live": "chair moves_to paused, cleo posts",
    "question.dropped": "chair drops 1, chair focuses 1",
    "question.last": ", ".join(f"chair drops {n}" for n in range(1, 20)),
    "question.no_such_place": "chair moves_on 1 20",
    "question.unknown": "chair focuses 99",
    "report.unknown": "chair resolves r7",
    "right.missing": "cleo freezes",
    "round.running": "chair starts_round, cleo takes_seat",
    "seat.already_seated": "cleo takes_seat, cleo raises_hand",
    "seat.by_invitation": "chair sets_entry, cleo takes_seat",
    "seat.chair_decides": "chair sets_exit, ines leaves_seat",
    "seat.closed": "chair closes_seat 3, cleo takes_seat 3",
    "seat.extended": "cleo raises_hand, cleo extends_turn, cleo extends_turn",
    "seat.no_clock": "ines extends_turn",
    "seat.none_free": "cleo takes_seat, dan takes_seat",
    "seat.not_first": "cleo raises_hand, dan takes_seat",
    "seat.not_seated": "cleo leaves_seat",
    "seat.offered": "cleo raises_hand, chair invites cleo",
    "seat.reserved": "chair opens_seat reserved ines",
    "seat.taken": "cleo takes_seat, dan takes_seat 3",
    "seat.too_many": ", ".join(["chair opens_seat"] * 30),
    "seat.unknown": "cleo takes_seat 99",
    "text.concern": "cleo tells_number",
    "text.empty": "chair announces ",
    "text.too_long": "cleo posts " + "x" * 501,
}
"""In a live debate for two, with nineteen questions and no patience for a second contribution."""

ACTS: dict[str, tuple[Any, ...]] = {
    "adds": ("add_question", {"text": "And?"}),
    "sets_entry": ("set_rules", {"entry": "invite"}),
    "starts_round": ("start_round", {"people": ["dan"]}),
    "sets_exit": ("set_rules", {"exit": "chair"}),
    "tells_number": ("post", {"text": "Ring 07700 900123.", "warn": True}),
    "drops": ("drop_question", {}, "question"),
    "moves_on": ("move_question", {}, "question", "to"),
}
"""Commands for which the stories have no verb of their own; the names of the fields that a play gives."""


def played(play: str) -> None:
    """Who, does what, with what; acts apart by commas."""
    definition = {"questions": [{"text": "And?"}] * 19, "max_people": 2}
    story = begun("cleo dan", definition, pace_burst=1)
    for act in play.split(", "):
        who, verb, *words = act.split(" ")
        actor: Story | Actor = story if who == "story" else Actor(story, who)
        said = [int(word) if word.isdigit() else word for word in words]
        if verb in ACTS and isinstance(actor, Actor):
            do, fields, *names = ACTS[verb]
            actor.asks(do, **fields, **dict(zip(names, said, strict=True)))
        else:
            getattr(actor, verb)(*said)


@pytest.mark.parametrize("code", sorted(PLAYS))
def test_each_code_is_reached(code: str) -> None:
    """A play leads to the code; its message is a sentence of its own, and says more than the code does."""
    with pytest.raises(Refused) as caught:
        played(PLAYS[code])
    refused = caught.value
    assert refused.code == code
    assert refused.message.endswith((".", "'"))
    assert len(refused.message) > len(code)
    assert (refused.retry_after is not None) == (code in ("pace.too_fast", "person.muted"))


def test_no_code_is_left_over() -> None:
    """The codes there are, are those that can be reached, and those of the running debate."""
    assert set(PLAYS) | LIVE | OF_A_CLASS == set(CODES)
    assert not set(PLAYS) & LIVE


def test_codes_are_named_alike() -> None:
    """A code is noun.reason, but for the one of the protocol itself; each has a sentence."""
    for code, meaning in CODES.items():
        assert code == "bad_request" or code.count(".") == 1
        assert code == code.lower()
        assert meaning.endswith(".")


def test_refusals_are_data() -> None:
    """Two refusals with the same code, sentence and wait are equal."""
    assert Refused("seat.taken", "Taken.") == Refused("seat.taken", "Taken.")
    assert Refused("seat.taken", "Taken.") != Refused("seat.taken", "Taken.", 3.0)
    assert Refused("seat.taken", "Taken.") != "seat.taken"
