"""Rehearsals: a debate tried beforehand with an invented crowd, of which nothing is left."""

import asyncio
import re
from typing import Any

import httpx

from tests.web.conftest import ADMIN, House

SLUG = "high-street-rehearsal"


async def begin(browser: httpx.AsyncClient, slug: str = "high-street") -> httpx.Response:
    return await browser.post(f"/debates/{slug}/rehearsal", data={"do": "begin"})


async def snapshot(browser: httpx.AsyncClient, slug: str = SLUG) -> Any:
    answer = await browser.get(f"/api/v1/debates/{slug}")
    return answer.json() if answer.status_code == 200 else answer.status_code


async def gone(house: House) -> bool:
    """Whether the rehearsal is gone, given the moment its crowd needs to notice."""
    for _ in range(200):
        if await house.site.debates.find(SLUG) is None:
            return True
        await asyncio.sleep(0.05)
    return False


async def test_the_chair_rehearses_what_will_be_debated(house: House) -> None:
    """It has the same speakers, questions and rules, is called a rehearsal, and its chair is who began it."""
    made = await house.debate(title={"en": "Who owns it?", "de": "Wem gehört das?"}, audience="public")
    chair = await house.browser(made["tokens"]["chair"])
    answer = await begin(chair)
    assert (answer.status_code, answer.headers["location"]) == (303, f"/debates/{SLUG}/chair")
    found = await snapshot(chair)
    assert found["you"]["role"] == "chair"
    assert found["debate"]["title"] == {"en": "Rehearsal: Who owns it?", "de": "Probe: Wem gehört das?"}
    assert (found["debate"]["phase"], found["debate"]["audience"]) == ("lobby", "closed")
    original = await snapshot(chair, "high-street")
    assert [one["text"] for one in found["questions"]] == [one["text"] for one in original["questions"]]
    assert found["debate"]["rules"] == original["debate"]["rules"]
    assert [seat["kind"] for seat in found["seats"]] == [seat["kind"] for seat in original["seats"]]
    assert original["debate"]["phase"] == "draft", "the debate itself is as it was"
    page = (await chair.get(f"/debates/{SLUG}/chair")).text
    assert "End the rehearsal" in page


async def test_nobody_else_sees_a_rehearsal(house: House) -> None:
    """To everybody but its chair it is a closed debate: no way in, and no word of it."""
    made = await house.debate(audience="public")
    await house.move(made, "announced")
    chair, organiser = [await house.browser(made["tokens"][who]) for who in ("chair", "organiser")]
    await begin(chair)
    for other in (organiser, await house.browser(made["tokens"]["Ada Lind"]), await house.browser()):
        assert await snapshot(other) == 404
        assert (await other.post(f"/api/v1/debates/{SLUG}/join", json={"code": "guess"})).status_code == 403
        assert "Rehearsal: " not in (await other.get("/")).text


async def test_chair_and_organiser_rehearse_together(house: House) -> None:
    """Whoever begins one that is going on is taken to it."""
    made = await house.debate()
    chair, organiser = [await house.browser(made["tokens"][who]) for who in ("chair", "organiser")]
    assert "Rehearse with an invented crowd" in (await organiser.get("/debates/high-street/links")).text
    await begin(chair)
    assert "Back to the rehearsal" in (await organiser.get("/debates/high-street/links")).text
    await begin(organiser)
    assert (await snapshot(organiser))["you"] == (await snapshot(chair))["you"]


async def test_only_chair_and_organiser_may_rehearse(house: House) -> None:
    """Nobody else can begin or end one, nor find out by trying whether there is one."""
    made = await house.debate()
    await house.move(made, "announced")
    chair = await house.browser(made["tokens"]["chair"])
    for other in (await house.browser(made["tokens"]["Ada Lind"]), await house.browser()):
        assert (await begin(other)).status_code == 403
    await begin(chair)
    for other in (await house.browser(made["tokens"]["Ada Lind"]), await house.browser()):
        ended = await other.post(f"/debates/{SLUG}/rehearsal", data={"do": "end"})
        assert ended.status_code == 404
    assert house.site.rehearsals.of("high-street") is not None


async def test_an_ended_rehearsal_leaves_nothing(house: House) -> None:
    """Its end leads back; its debate and every way into it are gone, and nothing of it was ever stored."""
    made = await house.debate()
    chair = await house.browser(made["tokens"]["chair"])
    await begin(chair)
    link = house.site.rehearsals.of("high-street")
    assert link is not None
    assert await house.site.log.debates() == ["high-street"], "it is kept in memory alone"
    ended = await chair.post(f"/debates/{SLUG}/rehearsal", data={"do": "end"})
    assert (ended.status_code, ended.headers["location"]) == (303, "/debates/high-street")
    assert await snapshot(chair) == 404
    assert await house.site.links.of(SLUG) == []
    assert (await begin(chair)).status_code == 303, "and another may begin"


async def test_a_rehearsal_is_gone_when_the_lobby_opens(house: House) -> None:
    """Nobody takes the play for the debate: it ends by itself, and none can be begun any more."""
    made = await house.debate()
    chair = await house.browser(made["tokens"]["chair"])
    await begin(chair)
    await house.move(made, "lobby")
    assert await gone(house)
    assert (await begin(chair)).status_code == 409
    assert not re.search("Rehearse|rehearsal", (await chair.get("/debates/high-street/chair")).text)


async def test_a_rehearsal_cannot_be_rehearsed(house: House) -> None:
    """There is one stage only."""
    made = await house.debate()
    chair = await house.browser(made["tokens"]["chair"])
    await begin(chair)
    assert (await begin(chair, SLUG)).status_code == 409


async def test_a_debate_in_the_way_is_left_alone(house: House) -> None:
    """Where a real debate has the rehearsal's name, it stays, and whoever asked is told."""
    made = await house.debate()
    await house.debate(slug=SLUG)
    chair = await house.browser(made["tokens"]["chair"])
    assert (await begin(chair)).status_code == 409
    admin = await house.client(ADMIN)
    assert (await admin.get(f"/api/v1/debates/{SLUG}")).status_code == 200
