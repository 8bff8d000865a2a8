"""A debate walked through by its commands alone: posting, replying, the hand, the seat, coming back."""

import asyncio
import itertools
import re
from collections.abc import Callable
from contextlib import AsyncExitStack
from typing import Any

from tests.e2e.client import Debate, Live, Message, Person

MakeDebate = Callable[..., Debate]


async def test_a_stranger_takes_part(make_debate: MakeDebate) -> None:
    """Join, hello, post, reply, raise a hand, take the seat, leave it, drop, resume: all once."""
    debate = make_debate("lobby")
    start = debate.onlooker.snapshot()
    member, other = debate.join(), debate.join()
    async with member.live(epoch=start["epoch"], seq=start["seq"]) as live:
        assert (await live.do("post", text="too early"))["code"] == "phase.not_live"
        debate.chair.must("move_to", phase="live")
        said = await live.must("post", text="Q2 books, and #tools @Chair https://example.org/lend")
        assert said["contribution"] == 1
        assert said["status"] == "posted"
        answer = other.must("post", text="and seeds", reply_to=1)
        assert (await live.must("raise_hand"))["seq"] > answer["seq"]
        await live.until(lambda: any(record["type"] == "seat.offered" for record in live.records))
        assert other.do("take_seat")["code"] == "seat.not_first"
        seated = await live.must("take_seat")
        assert seated["seat"] == 3
        live.drop()

    missed = other.must("post", text="while you were away", reply_to=2)
    async with member.live(epoch=start["epoch"], seq=live.records[-1]["seq"]) as back:
        assert back.hello["you"]["seat"] == 3
        inner = await back.must("post", text="from the circle")
        left = await back.must("leave_seat")
        await back.until_seq(left["seq"])
        together = live.records + back.records
        assert together == member.records(since=start["seq"])[: len(together)]
        by_seq = {record["seq"]: record for record in together}
        assert by_seq[missed["seq"]]["path"] == "1.1.1"
        assert by_seq[inner["seq"]]["circle"] == "inner"
        assert by_seq[inner["seq"]]["seat"] == 3
        said_again = by_seq[said["seq"]]
        assert said_again["circle"] == "outer"
        assert said_again["author"] | {"handle": ""} == {
            "person": member.person, "name": member.name, "handle": "", "role": "participant",
        }  # fmt: skip
        assert (said_again["root"], said_again["path"]) == (1, "1")
        assert [(tag["question"], tag["source"]) for tag in said_again["tags"]] == [(2, "marker")]
        assert [each["text"] for each in said_again["entities"]["hashtags"]] == ["tools"]
        assert [each["text"] for each in said_again["entities"]["mentions"]] == ["Chair"]
        assert [each["url"] for each in said_again["entities"]["links"]] == ["https://example.org/lend"]


async def test_every_record_has_its_frame(make_debate: MakeDebate) -> None:
    """A record carries type, seq, at; times are RFC 3339 in UTC with milliseconds and never go back."""
    debate = make_debate()
    member = debate.join()
    member.must("post", text="one")
    debate.chair.must("hide", contribution=1, reason="off_topic")
    for reader in (debate.onlooker, member, debate.chair, debate.organiser):
        records = reader.records()
        assert all(re.fullmatch(r"[a-z]+\.[a-z_]+", record["type"]) for record in records)
        times = [record["at"] for record in records]
        assert all(re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z", time) for time in times)
        assert times == sorted(times)
    seqs = [record["seq"] for record in debate.organiser.records()]
    assert seqs == list(range(1, len(seqs) + 1)), "the organiser's view has gaps"
    hidden = [debate.onlooker.records()[-1], debate.chair.records()[-1]]
    assert [record["type"] for record in hidden] == ["contribution.hidden"] * 2
    assert hidden[0]["by"] == "chair"
    assert hidden[1]["by"] != "chair"
    assert "reason" not in hidden[0]


async def test_twenty_run_for_one_seat(make_debate: MakeDebate) -> None:
    """With `claim` exactly one of twenty gets a free seat all take at once; the rest are told why not."""
    debate = make_debate(rules={"entry": "claim"})
    people = [debate.join() for _ in range(20)]
    async with AsyncExitStack() as stack:
        lives: list[Live] = [await stack.enter_async_context(person.live()) for person in people]
        for race in range(10):
            replies: list[Message] = await asyncio.gather(*(live.do("take_seat") for live in lives))
            winners = [place for place, reply in enumerate(replies) if reply["ok"]]
            assert len(winners) == 1, race
            assert {reply["code"] for reply in replies if not reply["ok"]} <= {"seat.none_free", "seat.taken"}
            seats = debate.onlooker.snapshot()["seats"]
            assert seats[2]["person"] == people[winners[0]].person
            await lives[winners[0]].must("leave_seat")
        taken = [record for record in debate.onlooker.records() if record["type"] == "seat.taken"]
        assert len(taken) == 10


async def test_reserved_seats_are_taken_by_connecting(make_debate: MakeDebate) -> None:
    """A speaker's seat is free until they first connect in lobby or later, then taken by itself."""
    debate = make_debate("lobby")
    assert [seat["state"] for seat in debate.onlooker.snapshot()["seats"]] == ["free"] * 3
    async with debate.onlooker.live() as live, debate.speakers[1].live() as speaker:
        await live.until(lambda: any(record["type"] == "seat.taken" for record in live.records))
        seats = debate.onlooker.snapshot()["seats"]
        assert [seat["state"] for seat in seats] == ["free", "taken", "free"]
        assert seats[1]["name"] == "Ben Shelf"
        assert speaker.hello["you"]["role"] == "speaker"


async def test_holder_who_drops_is_away_and_comes_back(make_debate: MakeDebate) -> None:
    """When a holder's last connection is gone the seat is `away`; when they are back it is theirs."""
    debate = make_debate(rules={"entry": "claim"})
    member = debate.join()
    async with debate.onlooker.live() as watching:
        async with member.live() as phone:
            async with member.live() as laptop:
                await laptop.must("take_seat")
                laptop.drop()
            assert (await phone.must("post", text="still here"))["status"] == "posted"
            phone.drop()
        await watching.until(lambda: watching.records[-1]["type"] == "seat.away")
        seat = debate.onlooker.snapshot()["seats"][2]
        assert (seat["state"], seat["person"]) == ("away", member.person)
        assert seat["until"] > watching.records[-1]["at"]
        assert debate.join().do("take_seat")["code"] == "seat.none_free"
        async with member.live():
            await watching.until(lambda: watching.records[-1]["type"] == "seat.back")
            assert debate.onlooker.snapshot()["seats"][2]["state"] == "taken"
        assert len([record for record in watching.records if record["type"] == "seat.away"]) == 1


async def test_two_chairs_race(make_debate: MakeDebate) -> None:
    """Whatever two chairs do at once, there is one order: every move begins where the last ended."""
    debate = make_debate()
    issued = debate.organiser.request("POST", "/links", json={"role": "chair"}).json()
    debate.service.secrets.add(issued["token"])
    async with debate.chair.live() as one, Person(debate, issued["token"]).live() as two:
        moves = [("paused", "live", "wrap_up")[turn % 3] for turn in range(60)]
        asked = [(live.do("move_to", phase=phase)) for phase in moves for live in (one, two)]
        replies = await asyncio.gather(*asked)
    assert {reply["code"] for reply in replies if not reply["ok"]} <= {"phase.no_such_move"}
    moved = [record for record in debate.onlooker.records() if record["type"] == "phase.moved"]
    assert all(after["was"] == before["phase"] for before, after in itertools.pairwise(moved))
    assert all(record["by"] == "chair" for record in moved)
    assert len(moved) > 10


async def test_who_makes_room(make_debate: MakeDebate) -> None:
    """With every open seat held and a hand up, the circle is asked; a speaker who leaves lends the seat."""
    debate = make_debate(rules={"entry": "queue", "turn_seconds": 60})
    first, second = debate.join(), debate.join()
    async with AsyncExitStack() as stack:
        ada = await stack.enter_async_context(debate.speakers[0].live())
        await stack.enter_async_context(debate.speakers[1].live())
        one = await stack.enter_async_context(first.live())
        two = await stack.enter_async_context(second.live())
        await one.must("take_seat")
        assert (await two.do("take_seat"))["code"] == "seat.none_free"
        await two.must("raise_hand")
        await two.until(lambda: any(record["type"] == "circle.full" for record in two.records))
        full = debate.onlooker.snapshot()["circle_full"]
        assert sorted(full["seats"]) == full["seats"] or full["seats"]
        await ada.must("leave_seat")
        await two.until(lambda: any(record["type"] == "seat.offered" for record in two.records))
        assert (await two.must("take_seat"))["seat"] == 1
        assert debate.onlooker.snapshot()["circle_full"] is None
        await ada.must("raise_hand")
        hands = debate.onlooker.snapshot()["hands"]
        assert [hand["name"] for hand in hands] == ["Ada Quill"]
        await two.must("leave_seat")
        await ada.until(lambda: debate.onlooker.snapshot()["seats"][0]["state"] in {"offered", "taken"})


async def test_list_of_commands_is_decided_in_order(make_debate: MakeDebate) -> None:
    """Up to 100 commands in a request: in order, and a refusal does not stop the rest."""
    debate = make_debate()
    member = debate.join()
    given: list[dict[str, Any]] = [
        {"do": "post", "id": f"p{number}", "text": f"{number}"} for number in range(96)
    ]
    given.insert(10, {"do": "post", "id": "empty", "text": ""})
    given.insert(20, {"do": "hide", "id": "not-mine-to-hide", "contribution": 1})
    given.insert(30, {"do": "post", "id": "odd", "text": "x", "wat": 1})
    given.insert(40, {"do": "post", "id": "huge", "text": "x", "reply_to": 10**40})
    replies = member.commands(given)
    assert [reply["reply"] for reply in replies] == [command["id"] for command in given]
    refused = {reply["reply"]: reply["code"] for reply in replies if not reply["ok"]}
    assert refused == {
        "empty": "text.empty",
        "not-mine-to-hide": "right.missing", "odd": "bad_request", "huge": "bad_request",
    }  # fmt: skip
    assert [reply["contribution"] for reply in replies if reply["ok"]] == list(range(1, 97))
    one = member.commands({"do": "post", "id": "single", "text": "one, not in a list"})
    assert [reply["contribution"] for reply in one] == [97]


async def test_what_is_no_list_of_commands_is_400(make_debate: MakeDebate) -> None:
    """A body that is no command, or no list of 1 to 100 with ids, is 400, and nothing of it is done."""
    debate = make_debate()
    head = debate.onlooker.snapshot()["seq"]
    good = {"do": "post", "id": "g", "text": "good"}
    for body in (
        "nonsense",
        7,
        None,
        [],
        [good] * 101,
        {"do": "post", "text": "no id"},
        [good, "x"],
        [[good]],
    ):
        answer = debate.chair.request("POST", "/commands", json=body)
        assert answer.status_code == 400, body
        assert answer.headers["content-type"] == "application/problem+json"
        assert answer.json()["code"] == "bad_request"
    answer = debate.chair.request("POST", "/commands", content=b'{"do":"post","id":"x","text":"cut')
    assert answer.status_code == 400
    assert debate.onlooker.snapshot()["seq"] == head


async def test_nothing_to_change_is_ok(make_debate: MakeDebate) -> None:
    """A command that changes nothing is ok with the head's seq, and stores nothing."""
    debate = make_debate()
    member = debate.join()
    member.must("post", text="one")
    debate.chair.must("endorse", contribution=1, on=True)
    head = debate.chair.must("freeze", on=True)["seq"]
    assert debate.chair.must("freeze", on=True)["seq"] == head
    assert debate.chair.must("endorse", contribution=1, on=True)["seq"] == head
    assert debate.onlooker.snapshot()["seq"] == head


async def test_presence_is_told(make_debate: MakeDebate) -> None:
    """How many are online and joined comes as a message without seq, when one of them changes."""
    debate = make_debate()
    async with debate.onlooker.live() as live:
        await live.until(lambda: bool(live.ephemera))
        before = live.ephemera[-1]
        assert before["type"] == "presence"
        assert set(before) == {"type", "online", "joined"}
        debate.join()
        await live.until(lambda: live.ephemera[-1]["joined"] == before["joined"] + 1)
        async with debate.onlooker.live(), debate.onlooker.live():
            await live.until(lambda: live.ephemera[-1]["online"] >= before["online"] + 2)
