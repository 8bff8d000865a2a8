"""Text that has been hidden, withdrawn or erased: gone from everywhere at once, for everyone without the
right.
"""

import asyncio
from collections.abc import Callable

import httpx
import pytest

from fishbowl.transcript import FORMATS
from tests.e2e.client import Debate, Person, request
from tests.transcript.office_readers import searchable

MakeDebate = Callable[..., Debate]

SECRET = "Quillfeather-7 must not be read by anybody"
WORD = "Quillfeather"
DRAWN_BY_SCRIPTS = {"wall"}
"""Pages without a text in them; they must stay so when one is hidden."""


def _with_secret(make_debate: MakeDebate) -> tuple[Debate, Person, int]:
    debate = make_debate(rules={"entry": "claim"})
    author, other = debate.join(), debate.join()
    author.must("take_seat")  # the wall shows what is said in the circle
    other.must("post", text="before it #fish")
    said = author.must("post", text=f"{SECRET} #quillfeather https://example.org/{WORD}")
    other.must("post", text="an answer", reply_to=said["contribution"])
    return debate, author, said["contribution"]


def _everything(debate: Debate, person: Person) -> dict[str, str]:
    """Every body a person gets by HTTP."""
    found = {
        "snapshot": person.request("GET"),
        "snapshot before": person.request("GET", params={"before": 3, "limit": 2}),
        "records": person.request("GET", "/records", params={"since": 0, "limit": 1000}),
        "page": debate.page("", person.token),
        "page to reply by": debate.page("?reply=2", person.token),
        "wall": debate.page("/wall", person.token),
    }
    return {name: answer.text for name, answer in found.items() if _read(answer, name)}


def _read(answer: httpx.Response, name: str) -> bool:
    assert answer.status_code == 200, (name, answer.status_code)
    return True


async def _streams(person: Person) -> dict[str, str]:
    """Everything a person is sent on streams: two resumed, and one with a snapshot."""
    at = person.snapshot()
    posted = [record["seq"] for record in person.records() if record["type"] == "contribution.posted"]
    found = {}
    for name, hello in {
        "resume": {"epoch": at["epoch"], "seq": posted[0] - 1},
        "resume at it": {"epoch": at["epoch"], "seq": posted[1] - 1},
        "late hello": {"epoch": "another", "seq": 1},
    }.items():
        async with person.live(**hello) as live:
            if live.hello["resume"] == "replayed":
                await live.until_seq(at["seq"])
            found[name] = str((live.snapshot, live.records))
    return found


def _transcripts(debate: Debate, token: str | None, version: str) -> dict[str, str]:
    found = {}
    for ending in FORMATS:
        answer = debate.page(f"/transcript.{ending}?version={version}", token)
        assert answer.status_code == 200, (ending, answer.status_code, answer.text)
        found[ending] = searchable(ending, answer.content)
    return found


def _places_without(seen: dict[str, str]) -> set[str]:
    return {place for place, text in seen.items() if WORD not in text}


@pytest.mark.parametrize("act", ["hide", "withdraw", "erase"])
async def test_gone_text_is_nowhere(make_debate: MakeDebate, act: str) -> None:
    """Hidden, withdrawn, erased text is in no answer and no frame of anybody without the right, at once."""
    debate, author, number = _with_secret(make_debate)
    other = debate.join()
    speaker = debate.speakers[0]
    everybody = {"onlooker": debate.onlooker, "other": other, "author": author, "speaker": speaker}
    for name, person in everybody.items():
        assert _places_without(_everything(debate, person)) == DRAWN_BY_SCRIPTS, name

    by = {"hide": debate.chair, "withdraw": author, "erase": debate.organiser}[act]
    given = {"hide": {"reason": "personal_data", "note": "a note"}, "erase": {"reason": "asked for"}}
    by.must(act, contribution=number, **given.get(act, {}))
    if act != "hide":
        everybody |= {"chair": debate.chair, "organiser": debate.organiser}
    status = {"hide": "hidden", "withdraw": "withdrawn", "erase": "erased"}[act]
    for name, person in everybody.items():
        seen = _everything(debate, person) | await _streams(person)
        assert [place for place, text in seen.items() if WORD in text] == [], name
        said = person.snapshot()["contributions"][1]
        assert (said["text"], said["entities"], said["status"]) == (None, None, status)
        record = next(record for record in person.records() if record.get("contribution") == number)
        assert (record["type"], record["text"], record["entities"]) == ("contribution.posted", None, None)
        assert record["status"] == status
        assert person.snapshot()["contributions"][2]["reply_to"] == number, "replies stay"
    if act == "hide":
        for person in (debate.chair, debate.organiser):
            assert SECRET in person.request("GET").text, "chair and organiser still read what is hidden"

    debate.chair.must("move_to", phase="wrap_up")
    for token in (None, other.token, author.token, debate.organiser.token):
        read = _transcripts(debate, token, "public")
        assert [ending for ending, text in read.items() if WORD in text] == []
    organisers = _transcripts(debate, debate.organiser.token, "organiser")
    shown = [ending for ending, text in organisers.items() if WORD in text]
    assert shown == (list(FORMATS) if act == "hide" else [])


async def test_restored_text_comes_back(make_debate: MakeDebate) -> None:
    """What is restored is there again everywhere, and its record carries it for those who had lost it."""
    debate, author, number = _with_secret(make_debate)
    async with debate.onlooker.live() as live:
        debate.chair.must("hide", contribution=number, reason="spam")
        seq = debate.chair.must("restore", contribution=number)["seq"]
        await live.until_seq(seq)
        assert [record["type"] for record in live.records] == ["contribution.hidden", "contribution.restored"]
        assert SECRET in live.records[1]["text"]
        assert WORD not in str(live.records[0])
    for person in (debate.onlooker, author):
        assert _places_without(_everything(debate, person)) == DRAWN_BY_SCRIPTS
        assert all(WORD in text for text in (await _streams(person)).values())
    debate.chair.must("hide", contribution=number, reason="spam")
    assert [place for place, text in _everything(debate, author).items() if WORD in text] == []


async def test_withdrawn_text_cannot_be_restored(make_debate: MakeDebate) -> None:
    """What its author took back nobody brings back, nor may anybody else take it back."""
    debate, author, number = _with_secret(make_debate)
    assert debate.join().do("withdraw", contribution=number)["ok"] is False
    assert debate.chair.do("withdraw", contribution=number)["ok"] is False
    debate.chair.must("hide", contribution=number, reason="other")
    author.must("withdraw", contribution=number)
    assert debate.chair.do("restore", contribution=number)["ok"] is False
    for person in (debate.chair, debate.organiser, author, debate.onlooker):
        assert [place for place, text in _everything(debate, person).items() if WORD in text] == []


async def test_hiding_under_load_leaves_no_late_copy(make_debate: MakeDebate) -> None:
    """While others post and many listen: nobody gets a text after the record that hides it."""
    debate = make_debate()
    author, writer = debate.join(), debate.join()
    stop = asyncio.Event()
    lives = [await debate.onlooker.dial() for _ in range(30)]
    for live in lives:
        await live.say_hello()
    async with writer.live() as busy, author.live() as saying, debate.chair.live() as chair:

        async def chatter() -> None:
            while not stop.is_set():
                await busy.must("post", text="chatter")

        chatting = asyncio.create_task(chatter())
        last = 0
        for number in range(40):
            said = await saying.must("post", text=f"{WORD} {number}")
            last = (await chair.must("hide", contribution=said["contribution"], reason="spam"))["seq"]
            late = debate.onlooker.records(since=said["seq"] - 1)
            assert WORD not in str(late)
        stop.set()
        await chatting
    for live in lives:
        await live.until_seq(last)
        hidden: set[int] = set()
        for record in live.records:
            if record["type"] == "contribution.hidden":
                hidden.add(record["contribution"])
            assert not (
                record["type"] == "contribution.posted"
                and WORD in str(record)
                and record["contribution"] in hidden
            )
        assert len(hidden) == 40
        await live.leave()


async def test_long_poll_answers_without_hidden_text(make_debate: MakeDebate) -> None:
    """Somebody waiting for the next record gets the hiding, not the text."""
    debate, _, number = _with_secret(make_debate)
    head = debate.onlooker.snapshot()["seq"]
    waiting = asyncio.create_task(
        asyncio.to_thread(
            request, debate.service, "GET", debate.api + "/records", params={"since": head, "wait": 20}
        )
    )
    await asyncio.sleep(0.3)
    assert not waiting.done(), "there is nothing to tell yet"
    debate.chair.must("hide", contribution=number, reason="spam")
    answer = (await waiting).json()
    assert [record["type"] for record in answer["records"]] == ["contribution.hidden"]
    assert answer["next"] is None
    assert WORD not in str(answer)
