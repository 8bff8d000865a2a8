"""A debate in another site's page: who may frame it, and that it is nobody's own view."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from tests.web.conftest import House

EMBED = "/debates/high-street/embed"
SITES = "https://www.example.org http://news.example:8080"


@pytest.mark.parametrize(
    ("sites", "ancestors"), [(None, "frame-ancestors 'self';"), (SITES, f"frame-ancestors 'self' {SITES};")]
)
async def test_who_may_frame_it(open_house: Callable[..., Any], sites: str | None, ancestors: str) -> None:
    """The named sites may frame this page, and no site any other; all else of the policy is the same."""
    house: House = await open_house(embed_sites=sites)
    await house.live()
    browser = await house.client()
    for _ in range(2):  # made, and then kept
        page = await browser.get(EMBED)
        policy = page.headers["content-security-policy"]
        assert ancestors in policy
        assert page.headers["cross-origin-resource-policy"] == "cross-origin"
        other = (await browser.get("/debates/high-street")).headers
        assert "frame-ancestors 'none'" in other["content-security-policy"]
        assert other["cross-origin-resource-policy"] == "same-origin"
        assert policy.replace(ancestors, "frame-ancestors 'none';") == other["content-security-policy"]


async def test_it_is_the_same_for_everybody(house: House) -> None:
    """Chair, speaker and onlooker get an onlooker's page: no hidden text, no name, no button, no stream."""
    made = await house.live()
    ada = made["tokens"]["Ada Lind"]
    await house.command(
        made,
        ada,
        {"do": "post", "text": "To be seen.", "id": "1"},
        {"do": "post", "text": "Rude.", "id": "2"},
    )
    chair = made["tokens"]["chair"]
    await house.command(made, chair, {"do": "hide", "contribution": 2, "id": "h"})
    pages = [
        (await browser.get(EMBED)).text
        for browser in (await house.client(), await house.browser(ada), await house.browser(chair))
    ]
    for page in pages:
        assert ("To be seen." in page, "Rude." in page) == (True, False)
        assert "data-live" not in page
        assert "<form" not in page
    assert len(set(pages)) == 1


async def test_what_nobody_may_read(house: House) -> None:
    """A closed debate and a draft are not there, also for those who may read them elsewhere."""
    made = await house.live(audience="closed")
    await house.debate(slug="draft")
    ada = await house.browser(made["tokens"]["Ada Lind"])
    assert (await ada.get("/debates/high-street")).status_code == 200
    gone = [
        (await ada.get(path)).status_code for path in (EMBED, "/debates/draft/embed", "/debates/x-y-z/embed")
    ]
    assert gone == [404, 404, 404]
