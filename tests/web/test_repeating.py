"""A debate once more: what was prepared is taken over, what was said is not, and the first one stays."""

from __future__ import annotations

from tests.web.conftest import ADMIN, House

PAGE = "/debates/high-street"
AGAIN = f"{PAGE}/again"


async def test_once_more(house: House) -> None:
    """Another start and new links, the same questions, speakers, seats and rules; a draft without a word."""
    made = await house.live(
        timezone="Europe/London", seats={"open": 2}, rules={"exit": "timed", "max_length": 300}
    )
    await house.command(made, made["tokens"]["Ada Lind"], {"do": "post", "id": "p", "text": "Said once."})
    admin = await house.browser(ADMIN)
    assert f'href="{AGAIN}"' in (await admin.get(f"{PAGE}/links")).text
    assert "Europe/London" in (await admin.get(AGAIN)).text
    answer = await admin.post(AGAIN, data={"date": "2026-07-01", "time": "19:30"})
    assert answer.headers["location"] == "/debates/high-street-2/links"
    sheet = (await admin.get(answer.headers["location"])).text
    assert "Personal link of Ada Lind" in sheet
    assert made["tokens"]["Ada Lind"] not in sheet
    first, second = [
        (await admin.get(f"/api/v1/debates/{slug}")).json() for slug in ("high-street", "high-street-2")
    ]
    assert (second["debate"]["phase"], second["contributions"]) == ("draft", [])
    assert second["debate"]["starts_at"] == "2026-07-01T18:30:00.000Z"
    for same in ("title", "introduction", "hashtags", "timezone", "minutes", "rules", "audience", "door"):
        assert second["debate"][same] == first["debate"][same], same
    assert [one["text"] for one in second["questions"]] == [one["text"] for one in first["questions"]]
    assert [one["kind"] for one in second["seats"]] == [one["kind"] for one in first["seats"]]
    assert (first["debate"]["phase"], len(first["contributions"])) == ("live", 1)


async def test_without_a_time(house: House) -> None:
    """What is missing is told at its field, and nothing is made."""
    await house.live()
    admin = await house.browser(ADMIN)
    answer = await admin.post(AGAIN, data={"date": "2026-07-01", "time": ""})
    assert (answer.status_code, 'id="date-error"' in answer.text) == (422, True)
    assert len(house.site.debates.summaries()) == 1


async def test_for_the_administrator_alone(house: House) -> None:
    """Who may not make debates may not make one once more, and is not offered it."""
    made = await house.live()
    for token in ("organiser", "chair", "Ada Lind", None):
        browser = await house.browser(made["tokens"][token] if token else None)
        assert (await browser.get(AGAIN)).status_code == 401
        assert (await browser.post(AGAIN, data={"date": "2026-07-01", "time": "19:30"})).status_code == 401
    organiser = await house.browser(made["tokens"]["organiser"])
    assert AGAIN not in (await organiser.get(f"{PAGE}/links")).text
    assert len(house.site.debates.summaries()) == 1
