"""Every documented refusal, reached from outside."""

import re
from collections.abc import Callable
from typing import Any

import pytest

from tests.e2e.client import Debate, Message
from tests.e2e.service import CHECKOUT

MakeDebate = Callable[..., Debate]
Scene = Callable[[MakeDebate], Message]

ELSEWHERE = {
    "service.overloaded": "takes ten thousand waiting commands; tests/live",
    "service.unavailable": "takes a store that fails; tests/live and tests/durability",
}
"""Codes that no scene here reaches, and where they are reached."""


def _bad_request(make: MakeDebate) -> Message:
    return make().chair.do("post", text="x", colour="red")


def _contribution_gone(make: MakeDebate) -> Message:
    debate = make()
    debate.chair.must("post", text="x")
    debate.chair.must("withdraw", contribution=1)
    return debate.join().do("post", text="an answer", reply_to=1)


def _contribution_held(make: MakeDebate) -> Message:
    debate = make(rules={"moderation": "hold"})
    number = debate.join().must("post", text="soon")["contribution"]
    return debate.chair.do("hide", contribution=number)


def _contribution_not_held(make: MakeDebate) -> Message:
    debate = make()
    number = debate.join().must("post", text="shown")["contribution"]
    return debate.chair.do("refuse", contribution=number)


def _contribution_not_inferred(make: MakeDebate) -> Message:
    debate = make()
    author = debate.join()
    number = author.must("post", text="by itself")["contribution"]
    return author.do("thread", contribution=number, reply_to=None)


def _contribution_unknown(make: MakeDebate) -> Message:
    return make().chair.do("hide", contribution=7)


def _debate_full(make: MakeDebate) -> Message:
    debate = make()
    for number in range(300):
        reply = debate.chair.do("add_question", text=f"And {number}?")
        if not reply["ok"]:
            return reply
    raise AssertionError("a debate takes any number of questions")


def _door(make: MakeDebate, body: Any, **definition: Any) -> Message:
    debate = make(**definition)
    debate.join(**({"code": "otter"} if definition.get("door") == "code" else {}))
    if definition.get("door") == "shut":
        debate.chair.must("set_door", door="shut")
    answer = debate.onlooker.request("POST", "/join", json=body)
    assert answer.status_code == 403
    found: Message = answer.json()
    return found


def _door_full(make: MakeDebate) -> Message:
    return _door(make, {}, max_people=1)


def _door_shut(make: MakeDebate) -> Message:
    debate = make(door="shut")
    found: Message = debate.onlooker.request("POST", "/join", json={}).json()
    return found


def _door_waiting(make: MakeDebate) -> Message:
    return make(door="approve").join().do("post", text="may I?")


def _door_turned_away(make: MakeDebate) -> Message:
    debate = make(door="approve")
    outside = debate.join()
    debate.chair.must("admit", person=outside.person, on=False)
    return outside.do("post", text="may I?")


def _person_not_waiting(make: MakeDebate) -> Message:
    debate = make()
    return debate.chair.do("admit", person=debate.join().person, on=False)


def _door_wrong_code(make: MakeDebate) -> Message:
    return _door(make, {"code": "badger"}, door="code", join_code="otter")


def _floor_frozen(make: MakeDebate) -> Message:
    debate = make()
    debate.chair.must("freeze", on=True)
    debate.chair.must("post", text="the chair may")
    return debate.join().do("post", text="others may not")


def _id_reused(make: MakeDebate) -> Message:
    debate = make()
    debate.chair.must("post", id="one", text="x")
    return debate.chair.do("post", id="one", text="y")


def _pace_too_fast(make: MakeDebate) -> Message:
    member = make(rules={"pace_per_minute": 1, "pace_burst": 1}).join()
    member.must("post", text="x")
    return member.do("post", text="y")


def _slow_mode(make: MakeDebate) -> Message:
    member = make(rules={"slow_seconds": 30, "pace_per_minute": 60}).join()
    member.must("post", text="x")
    return member.do("post", text="y")


def _name_taken(make: MakeDebate) -> Message:
    answer = make().organiser.request("POST", "/links", json={"role": "speaker", "name": "ada quill"})
    found: Message = answer.json()
    return found


def _person_moderating(make: MakeDebate) -> Message:
    debate = make()
    return debate.chair.do("mute", person=debate.chair.snapshot()["you"]["person"], seconds=60)


def _person_muted(make: MakeDebate) -> Message:
    debate = make()
    member = debate.join()
    debate.chair.must("mute", person=member.person, seconds=60)
    return member.do("post", text="but")


def _report_unknown(make: MakeDebate) -> Message:
    return make().chair.do("resolve_report", report="r9")


def _person_not_speaker(make: MakeDebate) -> Message:
    debate = make()
    return debate.chair.do("open_seat", kind="reserved", person=debate.join().person)


def _person_unknown(make: MakeDebate) -> Message:
    return make().chair.do("seat", person="nobody-knows")


def _phase_no_such_move(make: MakeDebate) -> Message:
    return make("correction").chair.do("move_to", phase="live")


def _phase_not_live(make: MakeDebate) -> Message:
    debate = make("lobby")
    return debate.join().do("post", text="too early")


def _question_dropped(make: MakeDebate) -> Message:
    debate = make()
    debate.chair.must("drop_question", question=1)
    return debate.chair.do("focus", question=1)


def _question_last(make: MakeDebate) -> Message:
    debate = make()
    first, *others = (each["question"] for each in debate.chair.snapshot()["questions"])
    for number in others:
        debate.chair.must("drop_question", question=number)
    return debate.chair.do("drop_question", question=first)


def _question_no_such_place(make: MakeDebate) -> Message:
    return make().chair.do("move_question", question=1, to=99)


def _question_unknown(make: MakeDebate) -> Message:
    return make().chair.do("focus", question=99)


def _right_missing(make: MakeDebate) -> Message:
    return make().join().do("freeze", on=True)


def _one_stream(make: MakeDebate) -> Message:
    debate = make()
    debate.join().must("post", text="beside the floor")
    return debate.chair.do("carry_in", contribution=1)


def _not_of_the_circle(make: MakeDebate) -> Message:
    debate = make(rules={"posting": "two_stream"})
    debate.join().must("post", text="beside the floor")
    return debate.join().do("carry_in", contribution=1)


def _classic(make: MakeDebate) -> Message:
    return make(rules={"posting": "classic"}).join().do("post", text="from outside the circle")


def _organiser_posts(make: MakeDebate) -> Message:
    return make().organiser.do("post", text="the organiser gives no participant's command")


def _chair_raises_hand(make: MakeDebate) -> Message:
    return make().chair.do("raise_hand")


def _anonymous(make: MakeDebate) -> Message:
    return make().onlooker.do("post", text="who am I?")


def _seated(make: MakeDebate, **rules: Any) -> tuple[Debate, Any]:
    debate = make(rules={"entry": "claim", **rules})
    member = debate.join()
    member.must("take_seat")
    return debate, member


def _seat_already_seated(make: MakeDebate) -> Message:
    _, member = _seated(make)
    return member.do("raise_hand")  # type: ignore[no-any-return]


def _seat_by_invitation(make: MakeDebate) -> Message:
    return make(rules={"entry": "invite"}).join().do("take_seat")


def _round_running(make: MakeDebate) -> Message:
    debate = make(rules={"entry": "claim"})
    debate.chair.must("start_round", people=[debate.join().person])
    return debate.join().do("take_seat")


def _round_of_others(make: MakeDebate) -> Message:
    debate = make(rules={"posting": "classic"})
    debate.chair.must("start_round", people=[debate.join().person])
    return debate.join().do("post", text="And I?")


def _seat_chair_decides(make: MakeDebate) -> Message:
    _, member = _seated(make, exit="chair")
    return member.do("leave_seat")  # type: ignore[no-any-return]


def _seat_closed(make: MakeDebate) -> Message:
    debate = make(rules={"entry": "claim"})
    debate.chair.must("close_seat", seat=3)
    return debate.join().do("take_seat", seat=3)


def _seat_extended(make: MakeDebate) -> Message:
    debate, member = _seated(make)
    debate.chair.must("close_seat", seat=3)
    member.must("extend_turn")
    return member.do("extend_turn")  # type: ignore[no-any-return]


def _seat_no_clock(make: MakeDebate) -> Message:
    debate = make()
    return debate.chair.do("extend", seat=3, seconds=60)


def _seat_none_free(make: MakeDebate) -> Message:
    debate, _ = _seated(make)
    return debate.join().do("take_seat")


def _seat_not_first(make: MakeDebate) -> Message:
    debate = make(rules={"entry": "queue"})
    debate.join().must("raise_hand")
    return debate.join().do("take_seat")


def _seat_not_seated(make: MakeDebate) -> Message:
    return make().join().do("leave_seat")


def _class(make: MakeDebate, phase: str) -> Debate:
    return make(phase, under_18=True, door="code", join_code="pier 7", audience="closed")


def _under_18(make: MakeDebate) -> Message:
    return _class(make, "lobby").chair.do("set_door", door="open")


def _two_adults(make: MakeDebate) -> Message:
    return _class(make, "lobby").chair.do("move_to", phase="live")


def _name_given(make: MakeDebate) -> Message:
    return make().join().do("rename", name="Nora")


def _name_looks_like(make: MakeDebate) -> Message:
    return make(rules={"names": "free"}).join().do("rename", name="Сhаir")


def _name_unfit(make: MakeDebate) -> Message:
    return make(rules={"names": "free"}).join().do("rename", name="***")


def _seat_offered(make: MakeDebate) -> Message:
    debate = make(rules={"entry": "queue"})
    debate.chair.must("open_seat")
    member = debate.join()
    member.must("raise_hand")
    return debate.chair.do("invite", person=member.person)


def _seat_reserved(make: MakeDebate) -> Message:
    return make(rules={"entry": "claim"}).join().do("take_seat", seat=1)


def _seat_taken(make: MakeDebate) -> Message:
    debate, _ = _seated(make)
    return debate.join().do("take_seat", seat=3)


def _seat_too_many(make: MakeDebate) -> Message:
    debate = make()
    for _ in range(200):
        reply = debate.chair.do("open_seat")
        if not reply["ok"]:
            return reply
    raise AssertionError("a circle takes any number of seats")


def _seat_unknown(make: MakeDebate) -> Message:
    return make().chair.do("close_seat", seat=99)


def _text_concern(make: MakeDebate) -> Message:
    return make().join().do("post", text="Ring 07700 900123.", warn=True)


def _text_empty(make: MakeDebate) -> Message:
    return make().chair.do("post", text="\n")


def _text_too_long(make: MakeDebate) -> Message:
    return make(rules={"max_length": 140}).chair.do("post", text="x" * 141)


SCENES: dict[str, list[Scene]] = {
    "bad_request": [_bad_request],
    "contribution.gone": [_contribution_gone],
    "contribution.held": [_contribution_held],
    "contribution.not_held": [_contribution_not_held],
    "contribution.not_inferred": [_contribution_not_inferred],
    "contribution.unknown": [_contribution_unknown],
    "debate.full": [_debate_full],
    "debate.protected": [_under_18],
    "door.full": [_door_full],
    "door.shut": [_door_shut],
    "door.turned_away": [_door_turned_away],
    "door.waiting": [_door_waiting],
    "door.wrong_code": [_door_wrong_code],
    "floor.frozen": [_floor_frozen],
    "floor.one_stream": [_one_stream],
    "id.reused": [_id_reused],
    "name.given": [_name_given],
    "name.looks_like": [_name_looks_like],
    "name.taken": [_name_taken],
    "name.unfit": [_name_unfit],
    "pace.too_fast": [_pace_too_fast, _slow_mode],
    "person.moderating": [_person_moderating],
    "person.muted": [_person_muted],
    "person.not_speaker": [_person_not_speaker],
    "person.not_waiting": [_person_not_waiting],
    "person.unknown": [_person_unknown],
    "phase.no_such_move": [_phase_no_such_move],
    "phase.not_live": [_phase_not_live],
    "phase.two_adults": [_two_adults],
    "question.dropped": [_question_dropped],
    "question.last": [_question_last],
    "question.no_such_place": [_question_no_such_place],
    "question.unknown": [_question_unknown],
    "report.unknown": [_report_unknown],
    "right.missing": [
        _right_missing,
        _classic,
        _organiser_posts,
        _chair_raises_hand,
        _anonymous,
        _not_of_the_circle,
    ],
    "round.running": [_round_running, _round_of_others],
    "seat.already_seated": [_seat_already_seated],
    "seat.by_invitation": [_seat_by_invitation],
    "seat.chair_decides": [_seat_chair_decides],
    "seat.closed": [_seat_closed],
    "seat.extended": [_seat_extended],
    "seat.no_clock": [_seat_no_clock],
    "seat.none_free": [_seat_none_free],
    "seat.not_first": [_seat_not_first],
    "seat.not_seated": [_seat_not_seated],
    "seat.offered": [_seat_offered],
    "seat.reserved": [_seat_reserved],
    "seat.taken": [_seat_taken],
    "seat.too_many": [_seat_too_many],
    "seat.unknown": [_seat_unknown],
    "text.concern": [_text_concern],
    "text.empty": [_text_empty],
    "text.too_long": [_text_too_long],
}


@pytest.mark.parametrize(
    ("code", "scene"),
    [(code, scene) for code, scenes in SCENES.items() for scene in scenes],
    ids=lambda value: value if isinstance(value, str) else value.__name__,
)
async def test_refusal(make_debate: MakeDebate, code: str, scene: Scene) -> None:
    """A documented code, with a sentence, and where waiting helps with the seconds to wait."""
    refused = scene(make_debate)
    assert refused["code"] == code, refused
    sentence = refused.get("message") or refused["detail"]
    if code != "bad_request":  # names the field; read by whoever wrote the client
        assert re.fullmatch(r"[A-Z].*[.?!]", sentence, re.DOTALL), sentence
    assert ("retry_after" in refused) == (code in ("pace.too_fast", "person.muted"))


def test_every_documented_code_is_reached() -> None:
    """The documentation's table and the scenes here name the same codes."""
    text = (CHECKOUT / "docs" / "protocol.md").read_text("utf-8")
    table = text.partition("## Refusals")[2].partition("\n## ")[0]
    documented = re.findall(r"^\| `([a-z_.]+)` \|", table, re.MULTILINE)
    assert len(documented) == len(set(documented)) > 20
    assert set(documented) == set(SCENES) | set(ELSEWHERE)
