"""The page on which a debate or a contribution is cited, its files, and what other sites show of a link."""

import json
import re
from typing import Any

import pytest

from tests.web.conftest import ORIGIN, House


async def spoken(house: House, **changes: Any) -> dict[str, Any]:
    made = await house.live(**changes)
    for number in (1, 2):
        post = {"do": "post", "text": f"Word <{number}>.", "id": str(number)}
        await house.command(made, made["tokens"]["Ada Lind"], post)
    hide = {"do": "hide", "contribution": 2, "reason": "off_topic", "id": "hide"}
    await house.command(made, made["tokens"]["chair"], hide)
    await house.move(made, "wrap_up")
    return made


@pytest.mark.parametrize(
    ("ending", "media_type"),
    [
        ("txt", "text/plain; charset=utf-8"),
        ("bib", "application/x-bibtex; charset=utf-8"),
        ("csl.json", "application/vnd.citationstyles.csl+json"),
    ],
)
async def test_files(house: House, ending: str, media_type: str) -> None:
    """Each form is there as a file, for the debate and for a contribution, with the permanent address."""
    await spoken(house)
    client = await house.client()
    address = f"{ORIGIN}/debates/high-street/transcript.html"
    whole = await client.get(f"/debates/high-street/citation.{ending}")
    one = await client.get(f"/debates/high-street/citation.{ending}?contribution=1")
    assert (whole.headers["content-type"], one.headers["content-type"]) == (media_type, media_type)
    assert address in whole.text
    assert f"{address}#c1" in one.text
    assert f"{address}#c1" not in whole.text
    assert one.headers["content-disposition"] == f'attachment; filename="high-street-c1.{ending}"'
    if ending == "csl.json":
        assert json.loads(one.text)[0]["URL"] == f"{address}#c1"


async def test_what_is_hidden(house: House) -> None:
    """What is hidden is cited by its number, without a word of it; what does not exist is not there."""
    await spoken(house)
    client = await house.client()
    page = await client.get("/debates/high-street/citation?contribution=2")
    assert page.status_code == 200
    assert "Word" not in page.text
    for asked in ("3", "0", "x", "1e9"):
        assert (await client.get(f"/debates/high-street/citation?contribution={asked}")).status_code == 404
    assert (await client.get("/debates/high-street/citation.exe")).status_code == 404


async def test_previews(house: House) -> None:
    """Other sites show a debate's title and introduction, and of a contribution its words, escaped."""
    await spoken(house)
    client = await house.client()
    for address, about in (
        ("/debates/high-street", "Shops close. What comes next?"),
        ("/debates/high-street/citation?contribution=1", "Word &lt;1&gt;."),
    ):
        page = (await client.get(address)).text
        found = dict(re.findall(r'<meta property="og:(\w+)" content="([^"]*)">', page))
        assert found["title"] == "Who owns the high street?"
        assert found["description"] == about
        assert found["url"].startswith(f"{ORIGIN}/debates/high-street")


async def test_closed_debates_have_no_preview(house: House) -> None:
    """Of a closed debate nobody outside gets more than its title, by no preview either."""
    await spoken(house, audience="closed")
    page = (await (await house.client()).get("/debates/high-street")).text
    assert "Shops close" not in page
    assert "og:description" not in page
