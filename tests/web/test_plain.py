"""Taking part without scripts: every act of a participant by a plain form, once, refused in a sentence."""

from __future__ import annotations

import re
from html import unescape
from typing import Any

import httpx
import pytest

from tests.web.conftest import House

PAGE = "/debates/high-street"
ACT = f"{PAGE}/act"


async def participant(house: House) -> httpx.AsyncClient:
    """Somebody who came in by the plain door."""
    browser = await house.browser()
    answer = await browser.post("/join/high-street", data={})
    assert answer.status_code == 303
    return browser


def form_id(page: str) -> str:
    """What the page's forms carry, the same in all of them."""
    (found,) = set(re.findall(r'name="id" value="([^"]+)"', page))
    return str(found)


async def sends(browser: httpx.AsyncClient, do: str, **fields: Any) -> httpx.Response:
    """Open the page, and press one of its buttons."""
    page = (await browser.get(PAGE)).text
    return await browser.post(ACT, data={"do": do, "id": form_id(page), **fields})


async def snapshot(browser: httpx.AsyncClient) -> dict[str, Any]:
    found: dict[str, Any] = (await browser.get("/api/v1/debates/high-street")).json()
    return found


def button(page: str, form: str, value: str = "") -> bool:
    """Whether the page offers a button that sends `form`."""
    valued = f'[^>]*value="{value}"' if value else ""
    found = re.findall(rf'<button(?=[^>]*form="do-{form}"){valued}[^>]*>', page.partition("<template")[0])
    return any(not re.search(r"\shidden[\s>]", each) for each in found)


async def test_the_return_link(house: House) -> None:
    """Who joins by the form is shown their own link on the next page, once; it stands in no address."""
    await house.live()
    browser = await house.browser()
    answer = await browser.post("/join/high-street", data={})
    assert (answer.headers["location"], answer.text) == (PAGE, "")
    await browser.head(PAGE)
    assert 'id="own-link"' not in (await (await house.client()).get(PAGE)).text
    page = await browser.get(PAGE)
    (link,) = re.findall(r'id="own-link" readonly value="[^"]*/join/high-street#([^"]+)"', page.text)
    assert page.headers["cache-control"] == "no-store"
    assert link not in (await browser.get(PAGE)).text
    elsewhere = await house.browser(link)
    assert (await snapshot(elsewhere))["you"] == (await snapshot(browser))["you"]
    assert (await browser.post("/join/high-street", data={})).status_code == 303  # again: nobody new
    assert 'id="own-link"' not in (await browser.get(PAGE)).text


async def test_posting(house: House) -> None:
    """A contribution goes by a form, with its questions, and the answer leads to where it stands."""
    await house.live()
    browser = await participant(house)
    answer = await sends(browser, "post", text="Everybody does.\r\nDo they?", questions=["2", "1"])
    assert (answer.status_code, answer.headers["location"]) == (303, f"{PAGE}#c1")
    (made,) = (await snapshot(browser))["contributions"]
    assert made["text"] == "Everybody does.\nDo they?"
    assert [(tag["question"], tag["source"]) for tag in made["tags"]] == [(1, "author"), (2, "author")]
    assert 'id="c1"' in (await browser.get(PAGE)).text


async def test_a_form_sent_twice_is_one_record(house: House) -> None:
    """The same form again makes nothing more; another text from the same page is another contribution."""
    await house.live()
    browser = await participant(house)
    form = {"do": "post", "id": form_id((await browser.get(PAGE)).text), "text": "Once."}
    answers = [await browser.post(ACT, data=form) for _ in range(3)]
    assert [answer.headers["location"] for answer in answers] == [f"{PAGE}#c1"] * 3
    again = await browser.post(ACT, data=form | {"text": "Twice."})
    assert again.headers["location"] == f"{PAGE}#c2"
    assert [each["text"] for each in (await snapshot(browser))["contributions"]] == ["Once.", "Twice."]


async def test_replying(house: House) -> None:
    """To reply leads to the composer, which says what it answers and sends it along."""
    made = await house.live()
    await house.command(made, made["tokens"]["Ada Lind"], {"do": "post", "text": "Who?", "id": "1"})
    browser = await participant(house)
    answer = await sends(browser, "reply", contribution="1")
    assert (answer.status_code, answer.headers["location"]) == (303, f"{PAGE}?reply=1")
    page = (await browser.get(f"{PAGE}?reply=1")).text
    assert "You answer #1" in page
    assert 'name="reply_to" data-part="reply_to" value="1"' in page
    await sends(browser, "post", text="We.", reply_to="1")
    assert [each["path"] for each in (await snapshot(browser))["contributions"]] == ["1", "1.1"]


async def test_endorsing_and_withdrawing(house: House) -> None:
    """One endorses and takes it back; to withdraw is asked once, and only then done."""
    made = await house.live()
    await house.command(made, made["tokens"]["Ada Lind"], {"do": "post", "text": "Who?", "id": "1"})
    browser = await participant(house)
    await sends(browser, "post", text="My own.")
    page = (await browser.get(PAGE)).text
    assert (button(page, "endorse", "1"), button(page, "endorse", "2")) == (True, False)
    assert (button(page, "withdraw", "1"), button(page, "withdraw", "2")) == (False, True)
    assert (await sends(browser, "endorse", contribution="1", on="true")).headers["location"] == f"{PAGE}#c1"
    assert (await snapshot(browser))["contributions"][0]["endorsements"] == 1
    assert button((await browser.get(PAGE)).text, "take-back", "1")
    await sends(browser, "endorse", contribution="1", on="false")
    assert (await snapshot(browser))["contributions"][0]["endorsements"] == 0

    asked = await sends(browser, "withdraw", contribution="2")
    assert (asked.status_code, "Withdraw this contribution?" in asked.text) == (200, True)
    assert (await snapshot(browser))["contributions"][1]["status"] == "posted"
    await sends(browser, "withdraw", contribution="2", sure="yes")
    assert (await snapshot(browser))["contributions"][1]["status"] == "withdrawn"
    assert "My own." not in (await browser.get(PAGE)).text


async def test_a_hand_and_a_seat(house: House) -> None:
    """A hand is raised with a note and lowered, a seat taken and left; each is offered where allowed."""
    await house.live(rules={"pace_per_minute": 0, "entry": "claim"})
    browser = await participant(house)
    assert (await sends(browser, "raise_hand", note="The rents.")).status_code == 303
    (hand,) = (await snapshot(browser))["hands"]
    assert hand["note"] == "The rents."
    page = (await browser.get(PAGE)).text
    assert (button(page, "raise_hand"), button(page, "lower_hand")) == (False, True)
    await sends(browser, "lower_hand", note="")
    assert (await snapshot(browser))["hands"] == []
    page = (await browser.get(PAGE)).text
    assert (button(page, "take_seat", "3"), button(page, "take_seat", "1")) == (True, False)
    assert (await sends(browser, "take_seat", seat="3")).headers["location"] == f"{PAGE}#circle-title"
    assert (await snapshot(browser))["you"]["seat"] == 3
    page = (await browser.get(PAGE)).text
    assert (button(page, "raise_hand"), button(page, "leave_seat")) == (False, True)
    await sends(browser, "leave_seat")
    assert "seat" not in (await snapshot(browser))["you"]


async def test_a_seat_offered(house: House) -> None:
    """Who is first in line is offered the free seat on the page, and may take it or pass it on."""
    await house.live()
    browser = await participant(house)
    await sends(browser, "raise_hand")
    page = unescape((await browser.get(PAGE)).text)
    assert "Seat 3 is free. It is your turn." in page
    assert "You are the first to be asked" in page
    assert button(page, "extend_turn")
    await sends(browser, "take_seat", seat="3")
    assert (await snapshot(browser))["you"]["seat"] == 3


async def test_who_makes_room(house: House) -> None:
    """Who is seated while somebody waits is asked to make room, by name, and leaves by the button there."""
    await house.live(rules={"pace_per_minute": 0, "turn_seconds": 0})
    seated, waiting = await participant(house), await participant(house)
    await sends(seated, "take_seat", seat="3")
    await sends(waiting, "raise_hand")
    name = (await snapshot(waiting))["you"]["name"]
    page = (await seated.get(PAGE)).text
    assert f"{name} would like to join in." in page
    await sends(seated, "leave_seat")
    assert "Seat 3 is free. It is your turn." in (await waiting.get(PAGE)).text


async def test_a_refused_text_is_kept(house: House) -> None:
    """A refusal is the page again: the sentence beside the composer, and what was typed still in it."""
    await house.live()
    browser = await participant(house)
    await sends(browser, "post", text="Here.")
    text = "<i>Long</i> " * 60
    answer = await sends(browser, "post", text=text, questions="2", reply_to="1")
    assert (answer.status_code, answer.headers["content-type"]) == (400, "text/html; charset=utf-8")
    page = unescape(answer.text)
    assert re.search(r'id="composer-wrong"[^>]*>The text is too long', page)
    assert text in page
    assert "<i>Long" not in answer.text
    assert re.search(r'name="questions"[^>]*value="2" checked', answer.text)
    assert "You answer #1" in page
    assert len((await snapshot(browser))["contributions"]) == 1


async def test_too_fast(house: House) -> None:
    """Who posts too fast is told how long to wait, and keeps the text."""
    await house.live(rules={"pace_per_minute": 6, "pace_burst": 1})
    browser = await participant(house)
    assert (await sends(browser, "post", text="One.")).status_code == 303
    answer = await sends(browser, "post", text="Two.")
    assert (answer.status_code, answer.headers["retry-after"]) == (429, "10")
    assert "Two." in answer.text
    assert "wait 10 s" in answer.text
    house.clock.advance(10)
    assert (await sends(browser, "post", text="Two.")).status_code == 303


async def test_a_refused_act_is_told(house: House) -> None:
    """What a button could not do is said across the page, with the status of a refusal."""
    await house.live()
    first, second = await participant(house), await participant(house)
    stale = form_id((await second.get(PAGE)).text)
    await sends(first, "take_seat", seat="3")
    answer = await second.post(ACT, data={"do": "take_seat", "id": stale, "seat": "3"})
    assert answer.status_code == 409
    assert re.search(r'id="failed" role="alert">\s*<svg.*?</svg><span data-part="said">Seat 3', answer.text)


async def test_why_nobody_writes(house: House) -> None:
    """Where nothing may be posted the page says why; a text that comes nonetheless stays to be copied."""
    made = await house.live()
    browser = await participant(house)
    stale = form_id((await browser.get(PAGE)).text)
    await house.command(made, made["tokens"]["chair"], {"do": "freeze", "on": True, "id": "f"})
    page = unescape((await browser.get(PAGE)).text)
    assert re.search(r'<form class="composer"[^>]* hidden', page)
    assert "The floor is frozen for a moment." in page
    answer = await browser.post(ACT, data={"do": "post", "id": stale, "text": "Too late?"})
    assert answer.status_code == 400
    assert "Too late?" in answer.text
    assert not re.search(r'<form class="composer"[^>]* hidden', answer.text)


@pytest.mark.parametrize(
    ("fields", "status"),
    [
        ({}, 400),
        ({"do": "move_to", "phase": "archived"}, 400),
        ({"do": "hide", "contribution": "1"}, 400),
        ({"do": "post", "id": "", "text": "x"}, 400),
        ({"do": "post", "id": "a b", "text": "x"}, 400),
        ({"do": "post", "id": "x" * 200, "text": "x"}, 400),
        ({"do": "post", "id": "a"}, 400),
        ({"do": "post", "id": "a", "text": "x", "reply_to": "-1"}, 400),
        ({"do": "post", "id": "a", "text": "x", "reply_to": "9"}, 400),
        ({"do": "post", "id": "a", "text": "x", "questions": "9999999999"}, 400),
        ({"do": "endorse", "id": "a", "contribution": "one"}, 400),
        ({"do": "withdraw", "id": "a", "contribution": "77"}, 404),
        ({"do": "take_seat", "id": "a", "seat": "99"}, 409),
    ],
)
async def test_odd_forms(house: House, fields: dict[str, str], status: int) -> None:
    """A form no page of ours holds is refused, and nothing is done."""
    await house.live()
    browser = await participant(house)
    before = await snapshot(browser)
    assert (await browser.post(ACT, data=fields)).status_code == status
    assert (await snapshot(browser))["seq"] == before["seq"]


async def test_onlookers_and_strangers(house: House) -> None:
    """An onlooker is told to join; a page of another site, and a debate that is not there, are refused."""
    await house.live()
    onlooker = await house.browser()
    answer = await onlooker.post(ACT, data={"do": "raise_hand", "id": "a"})
    assert answer.status_code == 403
    assert "Join the debate to take part." in answer.text
    browser = await participant(house)
    form = {"do": "post", "id": "a", "text": "x"}
    foreign = await browser.post(ACT, data=form, headers={"Origin": "https://elsewhere.example"})
    assert foreign.status_code == 403
    assert (await browser.post("/debates/no-such/act", data=form)).status_code == 404
    assert (await snapshot(browser))["contributions"] == []


async def test_the_answer_s_own_address(house: House) -> None:
    """Who reloads a refusal by its address comes to the debate; what its links ask for goes along."""
    await house.live()
    answer = await (await house.client()).get(f"{ACT}?reply=3")
    assert (answer.status_code, answer.headers["location"]) == (303, f"{PAGE}?reply=3")


async def test_present_by_requests_alone(house: House) -> None:
    """A seat is kept by whoever asks for the page every minute, and away when nobody has for longer."""
    await house.live()
    browser = await participant(house)
    await sends(browser, "take_seat", seat="3")
    for _ in range(4):
        house.clock.advance(60)
        await browser.get(PAGE)
    assert (await snapshot(browser))["seats"][2]["state"] == "taken"


async def test_the_earlier_contributions(house: House) -> None:
    """Older contributions are a link away, replies also where their root is older than the page."""
    made = await house.live()
    ada = made["tokens"]["Ada Lind"]
    posts = [{"do": "post", "text": f"No. {n}.", "id": str(n)} for n in range(1, 103)]
    await house.command(made, ada, *posts[:100])
    replies = [{"do": "post", "text": f"Re {n}", "reply_to": 1, "id": f"r{n}"} for n in range(1, 103)]
    await house.command(made, ada, *posts[100:], *replies[:98])
    await house.command(made, ada, *replies[98:])
    browser = await house.client()
    page = (await browser.get(PAGE)).text
    assert ("No. 4." in page, "No. 5." in page, "Re 102" in page) == (False, True, True)
    assert 'href="?before=5#shown"' in page
    earlier = (await browser.get(f"{PAGE}?before=5")).text
    assert ("No. 4." in earlier, "No. 5." in earlier, "?before=" in earlier) == (True, False, False)


async def test_refused_and_written_anew(house: House) -> None:
    """What was refused comes back into the form, for its author alone, with what it answered."""
    made = await house.live(rules={"moderation": "hold", "pace_per_minute": 0})
    browser, other = await participant(house), await participant(house)
    chair = made["tokens"]["chair"]
    await house.command(made, chair, {"do": "post", "id": "p", "text": "Who owns it?"})
    form = {"do": "post", "id": form_id((await browser.get(PAGE)).text), "reply_to": "1"}
    mine = form | {"text": "Me, ask at 4 Mill Lane.", "questions": "2"}
    warned = (await browser.post(ACT, data=mine)).text
    assert 'name="warned" value="Me, ask at 4 Mill Lane."' in warned
    assert "looks like a home address" in warned
    await browser.post(ACT, data=mine | {"warned": "Me, ask at 4 Mill Road."})
    assert not button((await browser.get(PAGE)).text, "again", "2")
    await browser.post(ACT, data=mine | {"warned": mine["text"]})
    assert not button((await browser.get(PAGE)).text, "again", "2")
    refusal = {"do": "refuse", "id": "r", "contribution": 2, "reason": "personal_data"}
    await house.command(made, chair, refusal)
    assert button((await browser.get(PAGE)).text, "again", "2")
    page = (await sends(browser, "again", contribution="2")).text
    assert ">\nMe, ask at 4 Mill Lane.</textarea>" in page
    assert 'name="reply_to" data-part="reply_to" value="1"' in page
    assert re.search(r'value="2" checked', page)
    for whose, number in ((other, "2"), (browser, "1"), (browser, "9")):
        assert (await sends(whose, "again", contribution=number)).status_code == 404
