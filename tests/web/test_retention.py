"""Retention: what people wrote goes when its days are over, and not before; what was done is told."""

from typing import Any

import pytest

from tests.web.conftest import ADMIN, House

DAY = 24 * 3600


async def archived(house: House, days: str | None = None, slug: str = "high-street") -> dict[str, Any]:
    """A debate with two contributions, archived now; kept for so many days."""
    made = await house.live(slug=slug)
    for number, name in enumerate(("Ada Lind", "Bo Marsh")):
        post = {"do": "post", "text": f"Word {number}.", "id": str(number)}
        await house.command(made, made["tokens"][name], post)
    await house.move(made, "wrap_up", "correction", "archived")
    if days is not None:
        browser = await house.browser(made["tokens"]["organiser"])
        answer = await browser.post(f"/debates/{slug}/retention", data={"days": days})
        assert answer.status_code == 303
    return made


async def texts(house: House, made: dict[str, Any]) -> list[str | None]:
    organiser = await house.client(made["tokens"]["organiser"])
    file = (await organiser.get(f"/debates/{made['slug']}/transcript.json")).json()
    return [each["text"] for each in file["contributions"]]


async def test_when_its_days_are_over(house: House) -> None:
    """Nothing goes a moment too early; then everybody and everything they wrote, once, and it is told."""
    made = await archived(house, "30")
    house.clock.advance(30 * DAY - 1)
    assert await house.site.retention.look(house.site.debates) == []
    assert await texts(house, made) == ["Word 0.", "Word 1."]
    house.clock.advance(1)
    (done,) = await house.site.retention.look(house.site.debates)
    assert (done.debate, done.contributions) == ("high-street", 2)
    assert await texts(house, made) == [None, None]
    snapshot = (await (await house.client()).get("/api/v1/debates/high-street")).json()
    assert not any(each["name"] in ("Ada Lind", "Bo Marsh") for each in snapshot["people"])
    assert [each["text"] for each in snapshot["questions"]] == ["Who owns it?", "Who should?"]
    assert await house.site.retention.look(house.site.debates) == []
    told = (await (await house.client(ADMIN)).get("/api/v1/retention")).json()["erased"]
    assert [(each["debate"], each["contributions"]) for each in told] == [("high-street", 2)]


async def test_a_debate_that_rests(house: House) -> None:
    """A debate nobody has asked for in a long time is erased like any other."""
    made = await archived(house, "1")
    house.clock.advance(2 * DAY)
    await house.site.debates.rest()
    assert house.site.debates.running("high-street") is None
    assert len(await house.site.retention.look(house.site.debates)) == 1
    assert await texts(house, made) == [None, None]


@pytest.mark.parametrize("days", ["0", None])
async def test_kept_for_good(house: House, days: str | None) -> None:
    """Where nobody said for how long, or 0, all of it stays."""
    made = await archived(house, days)
    house.clock.advance(3650 * DAY)
    assert await house.site.retention.look(house.site.debates) == []
    assert await texts(house, made) == ["Word 0.", "Word 1."]


async def test_the_services_days(house: House) -> None:
    """The service's days are for debates that say none; one that says 0 is kept, also from these."""
    house.site.retention.otherwise = 7
    one, two = await archived(house), await archived(house, "0", slug="two-street")
    house.clock.advance(8 * DAY)
    assert [each.debate for each in await house.site.retention.look(house.site.debates)] == ["high-street"]
    assert await texts(house, one) == [None, None]
    assert await texts(house, two) == ["Word 0.", "Word 1."]


async def test_not_while_it_goes_on(house: House) -> None:
    """A debate that is not archived is not erased from, whatever its days."""
    house.site.retention.otherwise = 1
    made = await house.live()
    await house.command(made, made["tokens"]["Ada Lind"], {"do": "post", "text": "Word.", "id": "1"})
    house.clock.advance(5 * DAY)
    assert await house.site.retention.look(house.site.debates) == []
    assert await texts(house, made) == ["Word."]


@pytest.mark.parametrize("days", ["soon", "-1", "1.5", "36501", "999999"])
async def test_days_there_are_not(house: House, days: str) -> None:
    """What is no number of days is refused beside its field, and nothing changes."""
    made = await archived(house, "30")
    browser = await house.browser(made["tokens"]["organiser"])
    answer = await browser.post("/debates/high-street/retention", data={"days": days})
    assert answer.status_code == 422
    assert "A whole number of days" in answer.text
    assert await house.site.retention.days("high-street") == 30
    await browser.post("/debates/high-street/retention", data={"days": ""})
    assert await house.site.retention.days("high-street") is None


async def test_a_name_given_again(house: House) -> None:
    """A debate made anew under the name of a deleted one has nothing of it."""
    made = await archived(house, "1")
    house.clock.advance(2 * DAY)
    await house.site.retention.look(house.site.debates)
    organiser = await house.client(made["tokens"]["organiser"])
    assert (await organiser.delete("/api/v1/debates/high-street")).status_code in (200, 204)
    assert await house.site.retention.days("high-street") is None
    assert await house.site.retention.done() == []
