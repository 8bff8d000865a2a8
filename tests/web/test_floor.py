"""Commands and records over HTTP."""

import asyncio
from typing import Any

import pytest

from tests.web.conftest import House

D = "/api/v1/debates/high-street"


async def test_one_command(house: House) -> None:
    """One command gives a list of one reply, with what it made."""
    made = await house.live()
    client = await house.client(made["tokens"]["Ada Lind"])
    answer = await client.post(f"{D}/commands", json={"do": "post", "text": "Good evening.", "id": "p"})
    assert answer.status_code == 200
    (reply,) = answer.json()
    assert {"type": "reply", "reply": "p", "ok": True, "contribution": 1, "status": "posted"}.items() <= (
        reply.items()
    )
    assert reply["seq"] == (await client.get(D)).json()["seq"]


async def test_a_refusal_does_not_stop_the_rest(house: House) -> None:
    """Commands are decided in order; refused and unreadable ones have their replies in their place."""
    made = await house.live()
    client = await house.client(made["tokens"]["Ada Lind"])
    commands = [
        {"do": "post", "text": "One", "id": "1"},
        {"do": "focus", "question": 1, "id": "2"},
        {"do": "invent", "id": "3"},
        {"do": "post", "text": "Four\0", "id": "4"},
        {"do": "post", "text": "Five", "reply_to": 1, "id": "5"},
        {"do": "post", "text": "One", "id": "1"},
        {"do": "post", "text": "Another one", "id": "1"},
        {"do": "post", "text": "Eight", "reply_to": 10**30, "id": "8"},
    ]
    replies = (await client.post(f"{D}/commands", json=commands)).json()
    assert [reply["reply"] for reply in replies] == ["1", "2", "3", "4", "5", "1", "1", "8"]
    assert [reply.get("code") for reply in replies] == [
        None, "right.missing", "bad_request", "bad_request", None, None, "id.reused", "bad_request"
    ]  # fmt: skip
    assert replies[5] == replies[0]
    texts = [each["text"] for each in (await client.get(D)).json()["contributions"]]
    assert texts == ["One", "Five"]


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"{",
        b"7",
        b'"post"',
        b"null",
        b"[]",
        b"{}",
        b'{"do":"post","text":"x"}',
        b'{"do":"post","text":"x","id":7}',
        b'[{"do":"post","text":"x","id":"1"},{"do":"post","text":"y"}]',
        b'[{"do":"post","text":"x","id":"1"},7]',
        b"[" * 50_000,
        b'{"do":"post","text":"\\ud800","id":"1"}',
        b"[" + b",".join([b'{"do":"raise_hand","id":"1"}'] * 101) + b"]",
    ],
)
async def test_what_is_no_command(house: House, body: bytes) -> None:
    """A body that is no command, or holds one that no reply could name, is a 400, and none is carried out."""
    made = await house.live()
    client = await house.client(made["tokens"]["Ada Lind"])
    before = (await client.get(D)).json()["seq"]
    answer = await client.post(f"{D}/commands", content=body)
    assert (answer.status_code, answer.json()["code"]) == (400, "bad_request")
    assert (await client.get(D)).json()["seq"] == before


async def test_a_hundred_commands(house: House) -> None:
    """A hundred commands at their largest go in one request."""
    made = await house.live()
    client = await house.client(made["tokens"]["Ada Lind"])
    commands = [{"do": "post", "text": "ä" * 500, "id": str(n)} for n in range(100)]
    replies = (await client.post(f"{D}/commands", json=commands)).json()
    assert [reply["contribution"] for reply in replies] == [*range(1, 101)]


async def test_onlookers_send_little(house: House) -> None:
    """Who has not joined sends no more than one frame's worth; the rest is not read."""
    made = await house.live()
    body = b'[{"do":"raise_hand","id":"1"}' + b" " * 70_000 + b"]"
    refused = await (await house.client()).post(f"{D}/commands", content=body)
    assert (refused.status_code, refused.json()["code"]) == (413, "body.too_large")
    ada = await house.client(made["tokens"]["Ada Lind"])
    assert (await ada.post(f"{D}/commands", content=body)).status_code == 200


async def test_onlookers_give_no_commands(house: House) -> None:
    """Who has not joined, the administrator too, is refused by name."""
    await house.live()
    client = await house.client()
    (reply,) = (await client.post(f"{D}/commands", json={"do": "raise_hand", "id": "h"})).json()
    assert (reply["ok"], reply["code"], reply["reply"]) == (False, "right.missing", "h")


async def test_records_page_by_page(house: House) -> None:
    """Following `next` gives every record once, in order, and ends with null."""
    made = await house.live()
    posts = [{"do": "post", "text": f"Number {n}", "id": f"p{n}"} for n in range(20)]
    await house.command(made, made["tokens"]["chair"], *posts)
    client = await house.client(made["tokens"]["organiser"])
    seqs: list[int] = []
    epochs = set()
    since: int | None = 0
    while since is not None:
        page = (await client.get(f"{D}/records?since={since}&limit=7")).json()
        assert len(page["records"]) <= 7
        seqs += [record["seq"] for record in page["records"]]
        epochs.add(page["epoch"])
        since = page["next"]
    snapshot = (await client.get(D)).json()
    assert seqs == [*range(1, snapshot["seq"] + 1)]
    assert epochs == {snapshot["epoch"]}


@pytest.mark.parametrize("query", ["since=-1", "since=x", "limit=0", "limit=x", "wait=-1", "since=٣"])
async def test_malformed_queries(house: House, query: str) -> None:
    """A number that is none, or too small, is refused by name; more than the most is taken as the most."""
    await house.live()
    client = await house.client()
    answer = await client.get(f"{D}/records?{query}")
    assert (answer.status_code, answer.json()["code"]) == (400, "bad_request")
    assert query.partition("=")[0] in answer.json()["detail"]
    for most in ("limit=5000", "since=99999999999999", "since=9" + "9" * 16):
        assert (await client.get(f"{D}/records?{most}")).status_code == 200


async def test_waiting_for_a_record(house: House) -> None:
    """With `wait` the answer comes with the next record."""
    made = await house.live()
    client = await house.client()
    head = (await client.get(D)).json()["seq"]
    waiting = asyncio.create_task(client.get(f"{D}/records?since={head}&wait=30"))
    await asyncio.sleep(0)
    assert not waiting.done()
    await house.command(made, made["tokens"]["chair"], {"do": "post", "text": "At last", "id": "1"})
    page = (await waiting).json()
    assert [record["text"] for record in page["records"]] == ["At last"]


@pytest.mark.parametrize("end", ["deleted", "going down"])
async def test_the_end_while_waiting(house: House, end: str) -> None:
    """A wait ends with the debate, and with the service; neither is held up by it."""
    made = await house.live()
    client = await house.client()
    head = (await client.get(D)).json()["seq"]
    waiting = asyncio.create_task(client.get(f"{D}/records?since={head}&wait=30"))
    for _ in range(20):
        await asyncio.sleep(0)
    assert _is_waiting(house)
    if end == "deleted":
        organiser = await house.client(made["tokens"]["organiser"])
        assert (await organiser.delete(D)).status_code == 204
        assert (await waiting).status_code == 404
    else:
        house.site.going_down.set()
        answer = await waiting
        assert (answer.status_code, answer.json()["records"]) == (200, [])


def _is_waiting(house: House) -> bool:
    """Whether somebody waits for the debate's next record."""
    debate = house.site.debates.running("high-street")
    return debate is not None and bool(debate._more._waiters)


async def test_revoked_while_waiting(house: House) -> None:
    """Whoever's link ends while they wait is told so, and nothing that came after."""
    made = await house.live()
    organiser = await house.client(made["tokens"]["organiser"])
    link = (await organiser.post(f"{D}/links", json={"role": "moderator"})).json()
    client = await house.client(link["token"])
    head = (await client.get(D)).json()["seq"]
    waiting = asyncio.create_task(client.get(f"{D}/records?since={head}&wait=30"))
    await asyncio.sleep(0)
    await organiser.delete(f"{D}/links/{link['id']}")
    await house.command(made, made["tokens"]["chair"], {"do": "post", "text": "Not for you", "id": "1"})
    answer = await waiting
    assert (answer.status_code, "Not for you" in answer.text) == (404, False)


async def test_hidden_text(house: House) -> None:
    """From the hiding on, the text is in no onlooker's records, snapshot or page; the organiser keeps it."""
    made = await house.live()
    chair = made["tokens"]["chair"]
    await house.command(made, made["tokens"]["Ada Lind"], {"do": "post", "text": "Regrettable", "id": "1"})
    nobody, organiser = await house.client(), await house.client(made["tokens"]["organiser"])
    places = (D, f"{D}/records?limit=1000", "/debates/high-street", "/debates/high-street/transcript.json")

    async def seen_by(client: Any) -> list[bool]:
        return ["Regrettable" in (await client.get(place)).text for place in places]

    assert await seen_by(nobody) == [True, True, True, False]
    await house.command(made, chair, {"do": "hide", "contribution": 1, "reason": "insult", "id": "2"})
    await house.move(made, "wrap_up")
    assert await seen_by(nobody) == [False, False, False, False]
    assert (await seen_by(organiser))[3]
