"""Coming in: by a link, by the door, with a cookie or a token."""

from collections.abc import Callable
from http.cookies import SimpleCookie
from typing import Any

import httpx
import pytest

from fishbowl.text.pseudonyms import WORDS
from tests.web.conftest import ADMIN, ORIGIN, House

D = "/api/v1/debates/high-street"


def cookie_of(answer: httpx.Response) -> Any:
    """The one cookie an answer sets, with its attributes."""
    cookie: SimpleCookie = SimpleCookie()
    cookie.load(answer.headers["set-cookie"])
    (morsel,) = cookie.values()
    return morsel


async def links_of(organiser: httpx.AsyncClient, name: str) -> list[dict[str, Any]]:
    """The listed links of the person called so."""
    links = (await organiser.get(f"{D}/links")).json()["links"]
    return [link for link in links if link["name"] == name]


async def test_a_link_is_exchanged_for_a_cookie(house: House) -> None:
    """A secret gives a cookie that scripts cannot read and other sites' forms do not send."""
    made = await house.debate()
    browser = await house.browser()
    answer = await browser.post("/api/v1/session", json={"secret": made["tokens"]["chair"]})
    assert answer.status_code == 200
    assert {
        "slug": "high-street",
        "name": "Chair",
        "role": "chair",
        "go": "/debates/high-street/chair",
    }.items() <= (answer.json().items())
    cookie = cookie_of(answer)
    assert cookie.key == "fishbowl"
    assert (cookie["httponly"], cookie["samesite"], cookie["path"]) == (True, "Lax", "/")
    assert (cookie["secure"], cookie["domain"]) == ("", "")
    assert int(cookie["max-age"]) > 24 * 3600
    assert made["tokens"]["chair"] not in answer.headers["set-cookie"] + answer.text
    assert (await browser.get(D)).json()["you"]["role"] == "chair"


async def test_the_cookie_under_https(open_house: Callable[..., Any]) -> None:
    """Under an https address the cookie is bound to host and https."""
    house: House = await open_house(public_url="https://debate.example.org")
    made = await house.debate()
    assert made["links"]["chair"].startswith("https://debate.example.org/join/high-street#")
    browser = await house.browser()
    answer = await browser.post("/api/v1/session", json={"secret": made["tokens"]["chair"]})
    cookie = cookie_of(answer)
    assert cookie.key == "__Host-fishbowl"
    assert (cookie["secure"], cookie["path"], cookie["domain"]) == (True, "/", "")


@pytest.mark.parametrize("secret", ["", "x", "no-such-secret", "\N{GRINNING FACE}", "x" * 10_000])
async def test_unknown_secrets(house: House, secret: str) -> None:
    """An unknown secret is the 404 of what does not exist, and sets no cookie."""
    await house.debate()
    answer = await (await house.browser()).post("/api/v1/session", json={"secret": secret})
    assert (answer.status_code, answer.json()["code"]) == (404, "address.unknown")
    assert "set-cookie" not in answer.headers


@pytest.mark.parametrize("body", [{}, {"secret": 7}, {"secret": "x", "a": 1}, {"secret": "x\0"}, [], None])
async def test_malformed_exchanges(house: House, body: Any) -> None:
    """What is no exchange is a 400 that says what was expected."""
    answer = await (await house.browser()).post("/api/v1/session", json=body)
    assert (answer.status_code, answer.json()["code"]) == (400, "bad_request")


async def test_links_into_a_draft(house: House) -> None:
    """Into a draft lead the chair's and the organiser's links; a speaker's opens with the announcement."""
    made = await house.debate()
    for name, status in [("chair", 200), ("organiser", 200), ("Ada Lind", 404)]:
        browser = await house.browser()
        answer = await browser.post("/api/v1/session", json={"secret": made["tokens"][name]})
        assert answer.status_code == status, name
    await house.move(made, "announced")
    await house.browser(made["tokens"]["Ada Lind"])


async def test_one_person_per_debate_in_a_browser(house: House) -> None:
    """Another link of the same debate asks "Enter as X instead of Y?", and changes nothing until told to."""
    made = await house.live()
    browser = await house.browser(made["tokens"]["Ada Lind"])
    other = {"secret": made["tokens"]["Bo Marsh"]}
    asked = await browser.post("/api/v1/session", json=other)
    assert (asked.status_code, asked.json()["code"]) == (409, "session.other_person")
    assert (asked.json()["enter_as"], asked.json()["instead_of"]) == ("Bo Marsh", "Ada Lind")
    assert "set-cookie" not in asked.headers
    assert (await browser.get(D)).json()["you"]["name"] == "Ada Lind"
    assert (await browser.post("/api/v1/session", json=other | {"instead": True})).status_code == 200
    assert (await browser.get(D)).json()["you"]["name"] == "Bo Marsh"
    again = await browser.post("/api/v1/session", json=other)
    assert again.status_code == 200, "the same person is no other"


async def test_one_browser_many_debates(house: House) -> None:
    """A browser is somebody in each debate, and the administrator beside."""
    first = await house.live()
    second = await house.live(slug="second")
    browser = await house.browser(first["tokens"]["chair"])
    await browser.post("/api/v1/session", json={"secret": second["tokens"]["Ada Lind"]})
    await browser.post("/api/v1/session", json={"secret": ADMIN})
    assert (await browser.get(D)).json()["you"]["role"] == "chair"
    assert (await browser.get("/api/v1/debates/second")).json()["you"]["name"] == "Ada Lind"
    assert (await browser.get("/debates/new")).status_code == 200


async def test_a_planted_cookie_is_not_taken_over(house: House) -> None:
    """A cookie that we never gave out is replaced: whoever planted it knows it."""
    made = await house.debate()
    browser = await house.browser()
    browser.cookies.set("fishbowl", "planted")
    answer = await browser.post("/api/v1/session", json={"secret": made["tokens"]["chair"]})
    assert cookie_of(answer).value != "planted"
    assert (await house.site.links.browser("planted")).held == {}


async def test_revoking_ends_everything(house: House) -> None:
    """A revoked link opens nothing any more: not as a token, not in a browser that came in by it."""
    made = await house.live()
    organiser = await house.client(made["tokens"]["organiser"])
    links = {link["name"]: link for link in (await organiser.get(f"{D}/links")).json()["links"]}
    ada = made["tokens"]["Ada Lind"]
    browser, client = await house.browser(ada), await house.client(ada)
    assert (await browser.get(D)).json()["you"] == (await client.get(D)).json()["you"]
    assert (await organiser.delete(f"{D}/links/{links['Ada Lind']['id']}")).status_code == 204
    for gone in (browser, client):
        assert (await gone.get(D)).status_code == 404
        assert (await gone.get(f"{D}/records")).status_code == 404
        assert (await gone.post(f"{D}/commands", json={"do": "raise_hand", "id": "1"})).status_code == 404
    assert (await (await house.browser()).post("/api/v1/session", json={"secret": ada})).status_code == 404
    assert (await (await house.client(made["tokens"]["Bo Marsh"])).get(D)).status_code == 200
    shown = {link["name"]: link for link in (await organiser.get(f"{D}/links")).json()["links"]}
    assert (shown["Ada Lind"]["revoked"], shown["Bo Marsh"]["revoked"]) == (True, False)


async def test_a_new_link_ends_the_old_one(house: House) -> None:
    """A link issued anew ends the one before; the person stays who they were."""
    made = await house.live()
    organiser = await house.client(made["tokens"]["organiser"])
    (ada,) = [
        link for link in (await organiser.get(f"{D}/links")).json()["links"] if link["name"] == "Ada Lind"
    ]
    new = await organiser.post(f"{D}/links", json={"person": ada["person"]})
    assert (new.status_code, new.json()["name"]) == (201, "Ada Lind")
    assert (await (await house.client(made["tokens"]["Ada Lind"])).get(D)).status_code == 404
    you = (await (await house.client(new.json()["token"])).get(D)).json()["you"]
    assert (you["person"], you["role"]) == (ada["person"], "speaker")
    listed = [
        link for link in (await organiser.get(f"{D}/links")).json()["links"] if link["name"] == "Ada Lind"
    ]
    assert [(link["id"], link["revoked"]) for link in listed] == [(new.json()["id"], False)]


async def test_links_for_roles(house: House) -> None:
    """A link for a role makes a person of that role, named as asked, else by the role and a number."""
    made = await house.debate()
    organiser = await house.client(made["tokens"]["organiser"])
    issued = [
        (await organiser.post(f"{D}/links", json=asked)).json()
        for asked in (
            {"role": "chair"},
            {"role": "moderator"},
            {"role": "moderator"},
            {"role": "speaker", "name": "Cy Reed"},
            {"role": "organiser"},
        )
    ]
    assert [each["name"] for each in issued] == [
        "Chair 2", "Moderator", "Moderator 2", "Cy Reed", "Organiser 2"
    ]  # fmt: skip
    for each in issued:
        assert each["link"] == f"{ORIGIN}/join/high-street#{each['token']}"
    for asked in (
        {"role": "participant"},
        {"role": "king"},
        {"role": ["chair"]},
        {},
        {"person": "nobody"},
        {"x": 1},
    ):
        assert (await organiser.post(f"{D}/links", json=asked)).status_code == 400
    taken = await organiser.post(f"{D}/links", json={"role": "speaker", "name": "Ada Lind"})
    assert (taken.status_code, taken.json()["code"]) == (409, "name.taken")


async def test_links_are_listed_without_secrets(house: House) -> None:
    """The list shows when a link was last used, and no secret."""
    made = await house.live()
    house.clock.advance(60)
    await (await house.client(made["tokens"]["Ada Lind"])).get(D)
    answer = await (await house.client(made["tokens"]["organiser"])).get(f"{D}/links")
    used = {link["name"]: link.get("last_used") for link in answer.json()["links"]}
    assert used["Ada Lind"] == "2026-01-31T12:01:00.000Z"
    assert used["Chair"] == "2026-01-31T12:00:00.000Z"
    assert used["Bo Marsh"] is None
    assert not [token for token in made["tokens"].values() if token in answer.text]


async def test_another_debates_links(house: House) -> None:
    """An organiser reaches no link of another debate by its id."""
    first = await house.debate()
    second = await house.debate(slug="second")
    (link, *_) = (await (await house.client(first["tokens"]["organiser"])).get(f"{D}/links")).json()["links"]
    other = await house.client(second["tokens"]["organiser"])
    assert (await other.delete(f"/api/v1/debates/second/links/{link['id']}")).status_code == 404
    assert (await (await house.client(first["tokens"]["organiser"])).get(D)).status_code == 200


async def test_a_program_joins(house: House) -> None:
    """A program joins without a cookie, gets a pseudonym and a token, and may join as many as it likes."""
    await house.live()
    program = await house.client()
    answers = [await program.post(f"{D}/join", json={"name": "The Chair"}) for _ in range(2)]
    for answer in answers:
        assert answer.status_code == 201
        assert "set-cookie" not in answer.headers
        you = (await (await house.client(answer.json()["token"])).get(D)).json()["you"]
        assert {key: you[key] for key in ("person", "name", "handle")} == {
            key: answer.json()[key] for key in ("person", "name", "handle")
        }
        assert you["role"] == "participant"
        assert answer.json()["name"] != "The Chair"
    assert answers[0].json()["person"] != answers[1].json()["person"]


async def test_a_browser_joins_once(house: House) -> None:
    """A browser that has joined is told who it is; it does not become somebody else."""
    await house.live()
    browser = await house.browser()
    first = await browser.post(f"{D}/join")
    assert (first.status_code, cookie_of(first).key) == (201, "fishbowl")
    again = await browser.post(f"{D}/join")
    assert again.status_code == 200
    assert again.json()["person"] == first.json()["person"]
    assert "token" not in again.json()
    assert (await browser.get(D)).json()["joined"] == 1


@pytest.mark.parametrize(
    ("changes", "body", "status", "code"),
    [
        ({"door": "shut"}, {}, 403, "door.shut"),
        ({"door": "code", "join_code": "minnow"}, {}, 403, "door.wrong_code"),
        ({"door": "code", "join_code": "minnow"}, {"code": "perch"}, 403, "door.wrong_code"),
        ({"door": "code", "join_code": "minnow"}, {"code": "minnow"}, 201, None),
        ({"door": "code", "join_code": "minnow"}, {"code": 7}, 400, "bad_request"),
        ({"max_people": 1}, {}, 403, "door.full"),
        ({}, {"colour": "blue"}, 400, "bad_request"),
        ({}, {"name": "a\0b"}, 400, "bad_request"),
        ({}, [], 400, "bad_request"),
    ],
)
async def test_the_door(
    house: House, changes: dict[str, Any], body: Any, status: int, code: str | None
) -> None:
    """The door decides who joins, and says why not."""
    await house.live(**changes)
    if "max_people" in changes:
        assert (await (await house.client()).post(f"{D}/join")).status_code == 201
    answer = await (await house.client()).post(f"{D}/join", json=body)
    assert (answer.status_code, answer.json().get("code")) == (status, code)


async def test_joining_too_early(house: House) -> None:
    """Joining begins with the lobby; before, and after the wrap-up, it is refused by name."""
    made = await house.debate()
    await house.move(made, "announced")
    early = await (await house.client()).post(f"{D}/join")
    assert (early.status_code, early.json()["code"]) == (409, "phase.not_live")
    await house.move(made, "lobby")
    assert (await (await house.client()).post(f"{D}/join")).status_code == 201


async def test_joins_from_one_address(open_house: Callable[..., Any]) -> None:
    """One address joins so many people in ten minutes, wrong codes included; then it is told to wait."""
    house: House = await open_house(joins_per_address=3)
    await house.live(door="code", join_code="minnow")
    program = await house.client()
    statuses = [
        (await program.post(f"{D}/join", json={"code": code})).status_code
        for code in ("perch", "minnow", "perch", "minnow")
    ]
    assert statuses == [403, 201, 403, 429]
    refused = await program.post(f"{D}/join", json={"code": "minnow"})
    assert refused.json()["code"] == "pace.too_fast"
    assert 0 < int(refused.headers["retry-after"]) <= 600
    house.clock.advance(1200)
    assert (await program.post(f"{D}/join", json={"code": "minnow"})).status_code == 201


async def test_nothing_of_a_secret_is_stored(house: House, caplog: pytest.LogCaptureFixture) -> None:
    """No secret, no token and no cookie stands in the store or in what is logged."""
    caplog.set_level("DEBUG")
    made = await house.live()
    browser = await house.browser(made["tokens"]["chair"])
    joined = (await (await house.browser()).post(f"{D}/join")).json()
    secrets = [*made["tokens"].values(), joined["token"], ADMIN, browser.cookies["fishbowl"]]
    await house.site.links.note_uses()
    stored = b"".join(file.read_bytes() for file in house.site.settings.data.iterdir())
    assert b"high-street" in stored
    for secret in secrets:
        assert secret.encode() not in stored
        assert secret not in caplog.text


async def test_a_new_administrators_link_ends_the_old_one(house: House) -> None:
    """The administrator's link is made anew by the administrator; the one before ends, in browsers too."""
    admin = await house.client(ADMIN)
    first = (await admin.post("/api/v1/admin-link")).json()["link"].partition("#")[2]
    browser = await house.browser(first)
    assert (await browser.get("/debates/new")).status_code == 200
    second = (await admin.post("/api/v1/admin-link")).json()["link"].partition("#")[2]
    assert (await browser.get("/debates/new")).status_code == 401
    assert (await (await house.browser()).post("/api/v1/session", json={"secret": first})).status_code == 404
    assert (await (await house.browser(second)).get("/debates/new")).status_code == 200


async def test_the_operators_secret_ends_with_its_setting(open_house: Callable[..., Any]) -> None:
    """A browser let in by FISHBOWL_ADMIN_TOKEN is out when the operator changes it."""
    house: House = await open_house(admin_token="first-secret-of-the-operator-000000")
    browser = await house.browser("first-secret-of-the-operator-000000")
    cookie = browser.cookies["fishbowl"]
    assert (await house.site.links.browser(cookie)).held
    changed = type(house.site.links)(house.site.store, house.clock, ["second-secret-of-the-operator-00000"])
    held = (await changed.browser(cookie)).held
    assert await changed.by_id(held[""]) is None


async def test_names_in_the_debate_s_language(house: House) -> None:
    """Who joins a German debate is given a German name, whatever language they read the pages in."""
    await house.live(language="de")
    client = await house.client(**{"Accept-Language": "cy"})
    joined = (await client.post("/api/v1/debates/high-street/join")).json()
    adjective, animal, _ = joined["name"].split()
    words = WORDS["de"]
    assert adjective.removesuffix("s").removesuffix("r").removesuffix("e") in words.adjectives
    assert animal in {each.partition(".")[0] for each in words.animals}
    assert joined["handle"] == joined["name"].replace(" ", "")
