"""The page of figures and its tables as files. (Rights: test_access.)"""

import re
from typing import Any

import pytest

from fishbowl.transcript.figures import NAMES
from tests.transcript.readers import csv_rows
from tests.web.conftest import House


async def spoken(house: House) -> dict[str, Any]:
    """A debate with three contributions, one of them hidden."""
    made = await house.live()
    for number, name in enumerate(("Ada Lind", "Bo Marsh", "Ada Lind")):
        post = {"do": "post", "text": f"Word {number} #tag{number}.", "id": str(number)}
        await house.command(made, made["tokens"][name], post)
    hide = {"do": "hide", "contribution": 3, "reason": "off_topic", "id": "hide"}
    await house.command(made, made["tokens"]["chair"], hide)
    return made


async def test_every_table_has_its_file(house: House) -> None:
    """The page shows every table and offers it as a file; the file holds the numbers of the page."""
    made = await spoken(house)
    await house.move(made, "wrap_up")
    client = await house.client()
    page = (await client.get("/debates/high-street/figures")).text
    offered = re.findall(r'href="(/debates/high-street/figures/(\w+)\.csv)"', page)
    assert {name for _, name in offered} == set(NAMES) - {"together", "threads", "endorsements"}
    for address, name in offered:
        file = await client.get(address)
        assert file.headers["content-type"] == "text/csv; charset=utf-8"
        assert file.headers["content-disposition"].startswith(f'attachment; filename="high-street-{name}-')
    rows = list(csv_rows((await client.get("/debates/high-street/figures/minutes.csv")).text))
    assert sum(int(row["inner"]) + int(row["outer"]) for row in rows) == 3
    assert {row["at"][:11] for row in rows} == {"2026-01-31T"}
    assert (await client.get("/debates/high-street/figures/secrets.csv")).status_code == 404


@pytest.mark.parametrize("who", ["chair", "organiser"])
async def test_while_it_is_live(house: House, who: str) -> None:
    """Chair and organiser have the figures while the debate goes on, without what was hidden in it."""
    made = await spoken(house)
    client = await house.client(made["tokens"][who])
    page = (await client.get("/debates/high-street/figures")).text
    assert "#tag1" in page
    assert "#tag2" not in page


async def test_nothing_old_is_kept(house: House) -> None:
    """A text that is hidden now is not counted any more, however soon the page is asked for again."""
    made = await spoken(house)
    await house.move(made, "wrap_up")
    client = await house.client()
    assert "#tag1" in (await client.get("/debates/high-street/figures")).text
    hide = {"do": "hide", "contribution": 2, "reason": "off_topic", "id": "hide again"}
    await house.command(made, made["tokens"]["chair"], hide)
    assert "#tag1" not in (await client.get("/debates/high-street/figures")).text
