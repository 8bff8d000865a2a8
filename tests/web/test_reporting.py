"""Reports by plain forms: anybody who may read, asked why, with a receipt that says when it was looked at."""

from __future__ import annotations

import re
from typing import Any

import httpx

from tests.web.conftest import House
from tests.web.test_plain import ACT, PAGE, button, form_id, participant

SAID = "Something rude."


async def with_something_said(house: House, **changes: Any) -> dict[str, Any]:
    made = await house.live(**changes)
    speaker = made["tokens"]["Ada Lind"]
    await house.command(made, speaker, {"do": "post", "id": "p", "text": SAID})
    return made


async def reports(browser: httpx.AsyncClient, **fields: str) -> httpx.Response:
    """Press the button beside the contribution, pick a reason and send it; twice, by mistake."""
    page = (await browser.get(PAGE)).text
    assert button(page, "report", "1")
    form = {"do": "report", "id": form_id(page), "contribution": "1"}
    asked = await browser.post(ACT, data=form)
    assert asked.status_code == 200
    assert SAID in asked.text
    assert 'value="unlawful"' in asked.text
    sent, again = [await browser.post(ACT, data=form | {"reason": "insult"} | fields) for _ in range(2)]
    assert sent.headers["location"] == again.headers["location"]
    return sent


async def reported(house: House, made: dict[str, Any]) -> list[dict[str, Any]]:
    chair = await house.client(made["tokens"]["chair"])
    found: list[dict[str, Any]] = (await chair.get("/api/v1/debates/high-street")).json()["reports"]
    return found


async def test_by_an_onlooker(house: House) -> None:
    """Without a name: one report, also when sent twice; the receipt is theirs, and says when it is done."""
    made = await with_something_said(house)
    onlooker = await house.browser()
    answer = await reports(onlooker, note="It is about my sister.")
    assert (answer.status_code, answer.headers["location"]) == (303, f"{PAGE}/reports/r1")
    (found,) = await reported(house, made)
    assert (found["reason"], found["note"], "person" in found) == ("insult", "It is about my sister.", False)
    receipt = (await onlooker.get(f"{PAGE}/reports/r1")).text
    assert "have not answered yet" in receipt
    assert "my sister" not in receipt
    chair = made["tokens"]["chair"]
    await house.command(made, chair, {"do": "resolve_report", "id": "r", "report": "r1"})
    assert "The moderators have looked at it." in (await onlooker.get(f"{PAGE}/reports/r1")).text
    house.clock.advance(3_601)
    assert (await onlooker.get(f"{PAGE}/reports/r1")).status_code == 404


async def test_by_a_participant(house: House) -> None:
    """One report each; the receipt is theirs for good, the backstage has it too, and nobody else."""
    made = await with_something_said(house)
    cleo, dan = await participant(house), await participant(house)
    assert (await reports(cleo)).headers["location"] == f"{PAGE}/reports/r1"
    assert not button((await cleo.get(PAGE)).text, "report", "1")
    again = {"do": "report", "id": "another", "contribution": "1", "reason": "spam"}
    assert (await cleo.post(ACT, data=again)).headers["location"] == f"{PAGE}/reports/r1"
    assert len(await reported(house, made)) == 1
    house.clock.advance(7_200)
    assert (await cleo.get(f"{PAGE}/reports/r1")).status_code == 200
    assert (await (await house.browser(made["tokens"]["chair"])).get(f"{PAGE}/reports/r1")).status_code == 200
    assert (await dan.get(f"{PAGE}/reports/r1")).status_code == 404
    assert (await cleo.get(f"{PAGE}/reports/r2")).status_code == 404


async def test_what_cannot_be_reported(house: House) -> None:
    """One's own, what is hidden, what does not exist: not offered, and refused in a sentence."""
    made = await with_something_said(house)
    ada = await house.browser(made["tokens"]["Ada Lind"])
    assert not button((await ada.get(PAGE)).text, "report", "1")
    onlooker = await house.browser()
    form = {"do": "report", "id": "f", "contribution": "1", "reason": "spam"}
    await house.command(made, made["tokens"]["chair"], {"do": "hide", "id": "h", "contribution": 1})
    assert not button((await onlooker.get(PAGE)).text, "report", "1")
    refused = await onlooker.post(ACT, data=form)
    assert refused.status_code == 409
    assert re.search(r'role="alert">Contribution 1 is hidden', refused.text)
    for wrong in ({"contribution": "2"}, {"contribution": "x"}, {"id": "?"}):
        assert (await onlooker.post(ACT, data=form | wrong)).status_code in (400, 404)
    assert await reported(house, made) == []


async def test_until_when_somebody_is_muted(house: House) -> None:
    """Who is muted reads until when, by the debate's clock, and nobody else reads it."""
    made = await house.live(timezone="Europe/London")
    cleo = await participant(house)
    who = (await cleo.get("/api/v1/debates/high-street")).json()["you"]["person"]
    await house.command(
        made, made["tokens"]["chair"], {"do": "mute", "id": "m", "person": who, "seconds": 600}
    )
    now = (await cleo.get("/api/v1/debates/high-street")).json()["you"]["muted_until"]
    page = (await cleo.get(PAGE)).text
    assert f"You are muted until {now[11:16]}." in page
    assert (
        "You are muted until 1"
        not in (await (await participant(house)).get(PAGE)).text.partition("<template")[0]
    )


async def test_a_page_for_whoever_is_blocked(house: House) -> None:
    """It says so and nothing of the debate; unblocked, the debate is there again."""
    made = await with_something_said(house)
    cleo = await participant(house)
    who = (await cleo.get("/api/v1/debates/high-street")).json()["you"]["person"]
    chair = made["tokens"]["chair"]
    await house.command(made, chair, {"do": "block", "id": "b", "person": who, "reason": "insult"})
    page = await cleo.get(PAGE)
    assert (page.status_code, SAID in page.text) == (403, False)
    assert "The moderators of this debate have blocked you." in page.text
    assert (await cleo.get(f"{PAGE}/wall")).status_code == 404
    assert SAID in (await (await house.browser()).get(PAGE)).text
    await house.command(made, chair, {"do": "unblock", "id": "u", "person": who})
    assert (await cleo.get(PAGE)).status_code == 200
