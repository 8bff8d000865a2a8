"""Onlookers' reports: a receipt for an hour, by address; and what a block does at both doors."""

from fishbowl.web.receipts import MOST, Receipts
from tests.fakes import FakeClock
from tests.web.conftest import House

COMMANDS = "/api/v1/debates/high-street/commands"


def test_an_hour(clock: FakeClock) -> None:
    """A receipt is known for an hour, and then is not."""
    receipts = Receipts(clock)
    receipts.keep(("pond", "10.0.0.1", "a"), b"{}", {"ok": True})
    clock.advance(3_599)
    assert receipts.find(("pond", "10.0.0.1", "a")) == (b"{}", {"ok": True})
    assert receipts.find(("pond", "10.0.0.2", "a")) is None
    clock.advance(2)
    assert receipts.find(("pond", "10.0.0.1", "a")) is None


def test_no_more_than_so_many(clock: FakeClock) -> None:
    """The oldest goes for the newest."""
    receipts = Receipts(clock)
    for number in range(MOST + 1):
        receipts.keep(("pond", "10.0.0.1", str(number)), b"", {})
    assert receipts.find(("pond", "10.0.0.1", "0")) is None
    assert receipts.find(("pond", "10.0.0.1", str(MOST))) is not None


async def test_an_onlooker_reports(house: House) -> None:
    """Without a secret: a receipt, the same for the same id; another body is refused, and all else."""
    made = await house.live()
    chair = await house.client(made["tokens"]["chair"])
    await chair.post(COMMANDS, json={"do": "post", "id": "p", "text": "Welcome."})
    onlooker = await house.client()
    report = {"do": "report", "id": "r", "contribution": 1, "reason": "spam"}
    first = (await onlooker.post(COMMANDS, json=report)).json()[0]
    assert (first["ok"], first["report"]) == (True, "r1")
    assert (await onlooker.post(COMMANDS, json=report)).json() == [first]
    other = (await onlooker.post(COMMANDS, json=report | {"reason": "insult"})).json()[0]
    assert other["code"] == "id.reused"
    denied = (await onlooker.post(COMMANDS, json={"do": "raise_hand", "id": "h"})).json()[0]
    assert denied["code"] == "right.missing"
    snapshot = (await chair.get("/api/v1/debates/high-street")).json()
    assert [each["report"] for each in snapshot["reports"]] == ["r1"]
    assert "reports" not in (await onlooker.get("/api/v1/debates/high-street")).json()


async def test_a_blocked_person_finds_both_doors_shut(house: House) -> None:
    """Their token is like one that never was, for reading and asking; unblocked, it is good again."""
    made = await house.live()
    chair = await house.client(made["tokens"]["chair"])
    joined = (await (await house.client()).post("/api/v1/debates/high-street/join")).json()
    person = await house.client(joined["token"])
    command = {"do": "block", "id": "b", "person": joined["person"], "reason": "spam"}
    assert (await chair.post(COMMANDS, json=command)).json()[0]["ok"]
    known = (await chair.get("/api/v1/debates/high-street")).json()["blocked"]
    assert known == [{"person": joined["person"], "name": joined["name"]}]
    assert "blocked" not in (await (await house.client()).get("/api/v1/debates/high-street")).json()
    assert (await person.get("/api/v1/debates/high-street")).status_code == 404
    assert (await person.post(COMMANDS, json={"do": "raise_hand", "id": "h"})).status_code == 404
    await chair.post(COMMANDS, json={"do": "unblock", "id": "u", "person": joined["person"]})
    assert (await person.get("/api/v1/debates/high-street")).status_code == 200
