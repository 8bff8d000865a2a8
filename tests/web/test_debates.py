"""`/api/v1/debates`: making, reading, changing and deleting."""

from typing import Any

import pytest

from tests.web.conftest import ADMIN, DEFINITION, House


async def test_a_debate_is_made(house: House) -> None:
    """A good definition gives the slug, every link with its secret behind `#`, and every token."""
    admin = await house.client(ADMIN)
    answer = await admin.post("/api/v1/debates", json=DEFINITION)
    assert (answer.status_code, answer.headers["location"]) == (201, "/api/v1/debates/high-street")
    made = answer.json()
    assert made["slug"] == "high-street"
    assert made["links"]["public"] == "http://127.0.0.1:8000/debates/high-street"
    assert made["links"]["wall"] == "http://127.0.0.1:8000/debates/high-street/wall"
    tokens = [made["tokens"]["chair"], made["tokens"]["organiser"]]
    links = [made["links"]["chair"], made["links"]["organiser"]]
    assert [each["name"] for each in made["links"]["speakers"]] == ["Ada Lind", "Bo Marsh"]
    for speaker in made["links"]["speakers"]:
        tokens.append(speaker["token"])
        links.append(speaker["link"])
    assert links == [f"http://127.0.0.1:8000/join/high-street#{token}" for token in tokens]
    assert len(set(tokens)) == 4
    assert all(len(token) >= 22 for token in tokens), "128 bits take 22 letters"


@pytest.mark.parametrize(
    ("changes", "key", "value"),
    [
        ({"colour": "blue"}, "colour", "blue"),
        ({"title": ""}, "title", ""),
        ({"title": 7}, "title", 7),
        ({"rules": {"entry": "loudest"}}, "rules.entry", "loudest"),
        ({"rules": {"exit": "never"}}, "rules.exit", "never"),
        ({"rules": {"posting": "three_streams"}}, "rules.posting", "three_streams"),
        ({"rules": {"moderation": "later"}}, "rules.moderation", "later"),
        ({"rules": {"names": "real"}}, "rules.names", "real"),
        ({"door": "ajar"}, "door", "ajar"),
        ({"under_18": "yes"}, "under_18", "yes"),
        ({"speakers": [{"name": "A"}, {"nom": "B"}]}, "speakers[1].nom", "B"),
        ({"starts_at": "tomorrow"}, "starts_at", "tomorrow"),
        ({"questions": []}, "questions", []),
        ({"slug": "Ünfit"}, "slug", "Ünfit"),
        ({"minutes": 10**15}, "minutes", 10**15),
    ],
)
async def test_malformed(house: House, changes: dict[str, Any], key: str, value: object) -> None:
    """A malformed definition is answered with key, value and what is expected; nothing is made."""
    admin = await house.client(ADMIN)
    answer = await admin.post("/api/v1/debates", json=DEFINITION | changes)
    assert answer.status_code == 422
    assert answer.headers["content-type"] == "application/problem+json"
    problem = answer.json()
    assert (problem["code"], problem["key"], problem["value"]) == ("definition.malformed", key, value)
    assert problem["expected"]
    assert problem["key"] in problem["detail"]
    assert house.site.debates.all() == []
    assert await house.site.log.debates() == []


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"{",
        b"\xff",
        b'{"title": "\\ud800"}',
        b"[" * 100_000,
        b'{"minutes": NaN}',
    ],
)
async def test_no_json(house: House, body: bytes) -> None:
    """What cannot be read is a 400 that says so, never a failure."""
    answer = await (await house.client(ADMIN)).post("/api/v1/debates", content=body)
    assert (answer.status_code, answer.json()["code"]) == (400, "bad_request")


@pytest.mark.parametrize("number", [b"1" + b"0" * 40, b"-1" + b"0" * 5000, b"1e999", b"6e1", b"60.5"])
async def test_odd_numbers(house: House, number: bytes) -> None:
    """A number beyond every store, or none that is whole, is refused as its key's, never a failure."""
    answer = await (await house.client(ADMIN)).post("/api/v1/debates", content=b'{"minutes":' + number + b"}")
    assert answer.status_code == 422
    assert "minutes" in [problem["key"] for problem in answer.json()["problems"]]


@pytest.mark.parametrize("number", [b"1" + b"0" * 40, b"1" + b"0" * 5000, b"1e999"])
async def test_number_out_of_every_range(house: House, number: bytes) -> None:
    """A number no store holds is refused as any other that is out of range: by its key."""
    answer = await (await house.client(ADMIN)).post(
        "/api/v1/debates", content=b'{"minutes": ' + number + b"}"
    )
    assert answer.status_code == 422
    assert "minutes" in {problem["key"] for problem in answer.json()["problems"]}


async def test_too_large(house: House) -> None:
    """A body larger than any definition is refused, whether its length was declared or not."""
    admin = await house.client(ADMIN)
    declared = await admin.post("/api/v1/debates", content=b" " * 300_000)

    async def pieces() -> Any:
        for _ in range(30):
            yield b" " * 10_000

    undeclared = await admin.post("/api/v1/debates", content=pieces())
    for answer in (declared, undeclared):
        assert (answer.status_code, answer.json()["code"]) == (413, "body.too_large")


async def test_a_taken_slug(house: House) -> None:
    """A slug is given once; the debate that has it stays as it was, with its links."""
    made = await house.debate()
    admin = await house.client(ADMIN)
    answer = await admin.post("/api/v1/debates", json=DEFINITION | {"title": "Another"})
    assert (answer.status_code, answer.json()["code"]) == (409, "slug.taken")
    chair = await house.client(made["tokens"]["chair"])
    assert (await chair.get("/api/v1/debates/high-street")).json()["debate"]["title"] == DEFINITION["title"]


async def test_the_set_up_page_keeps_its_address(house: House) -> None:
    """No debate is called as the page is where debates are made."""
    answer = await (await house.client(ADMIN)).post("/api/v1/debates", json=DEFINITION | {"slug": "new"})
    assert (answer.status_code, answer.json()["code"]) == (409, "slug.taken")


async def test_the_snapshot(house: House) -> None:
    """The snapshot has its documented parts; `you` is the caller, null for an onlooker."""
    made = await house.live()
    onlooker = (await (await house.client()).get("/api/v1/debates/high-street")).json()
    assert {
        "epoch", "seq", "now", "debate", "seats", "hands", "questions", "people", "contributions", "you"
    } <= set(onlooker)  # fmt: skip
    assert onlooker["you"] is None
    assert onlooker["circle_full"] is None
    assert onlooker["debate"]["phase"] == "live"
    chair = (await (await house.client(made["tokens"]["chair"])).get("/api/v1/debates/high-street")).json()
    assert (chair["you"]["name"], chair["you"]["role"]) == ("Chair", "chair")


async def test_pages_of_contributions(house: House) -> None:
    """A snapshot holds the newest `limit` contributions, older ones come `before` a number."""
    made = await house.live()
    posts = [{"do": "post", "text": f"Number {n}", "id": f"p{n}"} for n in range(1, 8)]
    await house.command(made, made["tokens"]["Ada Lind"], *posts)
    client = await house.client()

    async def numbers(query: str) -> list[int]:
        snapshot = (await client.get(f"/api/v1/debates/high-street?{query}")).json()
        return [each["contribution"] for each in snapshot["contributions"]]

    assert await numbers("") == [1, 2, 3, 4, 5, 6, 7]
    assert await numbers("limit=3") == [5, 6, 7]
    assert await numbers("limit=3&before=5") == [2, 3, 4]
    for query in ("limit=0", "limit=-1", "limit=x", "before=0", "limit=٣"):
        answer = await client.get(f"/api/v1/debates/high-street?{query}")
        assert (answer.status_code, answer.json()["code"]) == (400, "bad_request")


async def test_the_organiser_changes_it(house: House) -> None:
    """The organiser changes what the definition held; what cannot be changed so is refused by name."""
    made = await house.debate()
    organiser = await house.client(made["tokens"]["organiser"])
    answer = await organiser.patch(
        "/api/v1/debates/high-street",
        json={
            "title": "Whose high street?",
            "audience": "public",
            "rules": {"max_length": 200},
            "minutes": 90,
        },
    )
    assert answer.status_code == 200
    debate = answer.json()["debate"]
    assert (debate["title"], debate["audience"], debate["minutes"]) == ("Whose high street?", "public", 90)
    assert (debate["rules"]["max_length"], debate["rules"]["pace_per_minute"]) == (200, 0)
    for changes, key in [({"slug": "other"}, "slug"), ({"questions": []}, "questions"), ({"x": 1}, "x")]:
        refused = await organiser.patch("/api/v1/debates/high-street", json=changes)
        assert (refused.status_code, refused.json()["key"]) == (422, key)


async def test_the_door_is_changed(house: House) -> None:
    """Door and code are changed together or each alone; a door with a code needs one."""
    made = await house.debate()
    organiser = await house.client(made["tokens"]["organiser"])
    path = "/api/v1/debates/high-street"
    refused = await organiser.patch(path, json={"door": "code"})
    assert (refused.status_code, refused.json()["key"]) == (422, "join_code")
    both = (await organiser.patch(path, json={"door": "code", "join_code": "minnow"})).json()["debate"]
    assert (both["door"], both["join_code"]) == ("code", "minnow")
    code = (await organiser.patch(path, json={"join_code": "perch"})).json()["debate"]
    assert (code["door"], code["join_code"]) == ("code", "perch")


async def test_deleting(house: House) -> None:
    """A deleted debate is gone with its links; its slug may be used again, and the old links do not fit."""
    made = await house.debate()
    organiser = await house.client(made["tokens"]["organiser"])
    assert (await organiser.delete("/api/v1/debates/high-street")).status_code == 204
    assert (await organiser.get("/api/v1/debates/high-street")).status_code == 404
    assert await house.site.links.of("high-street") == []
    again = await house.debate()
    assert again["tokens"]["chair"] != made["tokens"]["chair"]
    assert (await organiser.get("/api/v1/debates/high-street")).status_code == 404


async def test_a_store_that_fails_makes_nothing(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where the links cannot be stored, no debate stays without them."""
    from fishbowl.log.contract import Unavailable

    async def fails(*_: object) -> None:
        raise Unavailable("The disk is full.")

    monkeypatch.setattr(house.site.links, "issue_all", fails)
    answer = await (await house.client(ADMIN)).post("/api/v1/debates", json=DEFINITION)
    assert (answer.status_code, answer.json()["code"]) == (503, "service.unavailable")
    assert answer.headers["retry-after"] == "5"
    assert await house.site.debates.find("high-street") is None
    assert await house.site.log.debates() == []
