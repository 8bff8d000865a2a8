"""The moderation policy, generated from what is set, and the moderation log, for the organiser alone."""

from __future__ import annotations

import csv
from io import StringIO
from typing import Any

import pytest

from tests.web.conftest import ADMIN, House

PAGE = "/debates/high-street"
HELD = "Ask at 4 Mill Lane."


async def moderated(house: House) -> dict[str, Any]:
    """A debate in which everything there is was done, by a chair, a moderator and the rules."""
    made = await house.live(rules={"pace_per_minute": 0})
    organiser = await house.client(made["tokens"]["organiser"])
    link = {"role": "moderator", "name": "Mo Reader"}
    moderator = (await organiser.post(f"/api/v1{PAGE}/links", json=link)).json()["token"]
    ada, chair = made["tokens"]["Ada Lind"], made["tokens"]["chair"]
    bo = (await (await house.client(made["tokens"]["Bo Marsh"])).get(f"/api/v1{PAGE}")).json()["you"][
        "person"
    ]
    posts = ({"do": "post", "id": f"p{n}", "text": text} for n, text in enumerate(["=1+1", HELD, HELD]))
    await house.command(made, ada, *posts)
    await house.command(made, made["tokens"]["Bo Marsh"], {
        "do": "report", "id": "r", "contribution": 1, "reason": "spam", "note": "-sum",
    })  # fmt: skip
    given: list[dict[str, Any]] = [
        {"do": "release", "contribution": 2, "reason": "harmless"},
        {"do": "refuse", "contribution": 3, "reason": "personal_data", "note": "No address, please."},
        {"do": "hide", "contribution": 1, "reason": "spam"},
        {"do": "restore", "contribution": 1},
        {"do": "resolve_report", "report": "r1"},
        {"do": "mute", "person": bo, "seconds": 60, "reason": "a pause"},
        {"do": "unmute", "person": bo},
    ]
    await house.command(made, moderator, *(each | {"id": str(n)} for n, each in enumerate(given)))
    await house.command(made, chair, *(
        {"do": "freeze", "id": "f", "on": True},
        {"do": "freeze", "id": "t", "on": False},
        {"do": "block", "id": "b", "person": bo, "reason": "insult"},
        {"do": "unblock", "id": "u", "person": bo},
    ))  # fmt: skip
    return made | {"moderator": moderator}


ACTS = [
    "contribution.held", "contribution.held", "contribution.reported", "contribution.released",
    "contribution.refused", "contribution.hidden", "contribution.restored", "report.resolved", "person.muted",
    "person.unmuted", "floor.frozen", "floor.thawed", "person.blocked", "person.unblocked",
]  # fmt: skip


async def test_the_log(house: House) -> None:
    """Each act once, in order, with its actor, time and reason; no contribution's text; no cell a formula."""
    made = await moderated(house)
    organiser = await house.client(made["tokens"]["organiser"])
    told = (await organiser.get(f"{PAGE}/moderation.json")).json()
    assert [each["act"] for each in told["entries"]] == ACTS
    by_act = {each["act"]: each for each in told["entries"]}
    refused = by_act["contribution.refused"]
    assert (refused["actor"], refused["role"], refused["name"]) == ("Mo Reader", "moderator", "Ada Lind")
    assert (refused["contribution"], refused["reason"]) == (3, "personal_data")
    assert (refused["note"], refused["at"][:10]) == ("No address, please.", "2026-01-31")
    assert by_act["contribution.held"]["why"] == "address"
    assert (by_act["person.muted"]["name"], by_act["person.blocked"]["role"]) == ("Bo Marsh", "chair")
    assert by_act["contribution.reported"]["actor"] == "Bo Marsh"
    answer = await organiser.get(f"{PAGE}/moderation.csv")
    assert f'high-street-moderation-{told["as_of_seq"]}.csv"' in answer.headers["content-disposition"]
    rows = list(csv.DictReader(StringIO(answer.text.removeprefix("\ufeff"))))
    assert [row["act"] for row in rows] == ACTS
    assert rows[2]["note"] == "'-sum"
    for file in (answer.text, str(told)):
        assert HELD not in file
        assert "=1+1" not in file


async def test_for_the_organiser_alone(house: House) -> None:
    """Chair, moderator, speaker, onlooker are refused, the administrator is not; two formats, no more."""
    made = await moderated(house)
    for token in (made["tokens"]["chair"], made["moderator"], made["tokens"]["Ada Lind"], None):
        for ending in ("csv", "json"):
            assert (await (await house.client(token)).get(f"{PAGE}/moderation.{ending}")).status_code == 403
    admin = await house.client(ADMIN)
    assert (await admin.get(f"{PAGE}/moderation.json")).status_code == 200
    assert (await admin.get(f"{PAGE}/moderation.xlsx")).status_code == 404


@pytest.mark.parametrize(
    ("moderation", "said"),
    [
        ("open", "Contributions appear at once."),
        ("first", "Later ones appear at once."),
        ("hold", "While nobody moderates, it waits; its author is told."),
    ],
)
async def test_the_policy(house: House, moderation: str, said: str) -> None:
    """It says what is set, names whom to ask and no moderator, and is reached from the debate's page."""
    made = await house.live(
        rules={"moderation": moderation, "correction_hours": 3}, help_contact="help@x.org"
    )
    organiser = await house.client(made["tokens"]["organiser"])
    await organiser.post(f"/api/v1{PAGE}/links", json={"role": "moderator", "name": "Mo Reader"})
    reader = await house.client()
    assert f'href="{PAGE}/policy"' in (await reader.get(PAGE)).text
    page = (await reader.get(f"{PAGE}/policy")).text
    assert said in page
    assert page.count("appear at once.</p>") == (moderation != "hold")
    assert "For 3 hours after the end" in page
    assert "help@x.org" in page
    assert "Mo Reader" not in page
    german = (await reader.get(f"{PAGE}/policy", headers={"Accept-Language": "de"})).text
    assert said not in german


async def test_a_closed_debates_policy(house: House) -> None:
    """Of a debate somebody may not read they learn nothing by its policy."""
    await house.live(audience="closed")
    assert (await (await house.client()).get(f"{PAGE}/policy")).status_code == 404
