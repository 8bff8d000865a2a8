"""Who gets in where: every route for every caller, by a table written by hand from RULES and PROTOCOL."""

from typing import Any

import httpx
import pytest

from tests.web.conftest import ADMIN, DEFINITION, House

D = "/api/v1/debates/high-street"
P = "/debates/high-street"

CALLERS = (
    "nobody participant speaker moderator chair organiser administrator other_chair revoked unknown".split()
)

# One row a request, one column a caller, in the order above. DELETE is tested on its own.
LIVE = """
GET    {D}                                       200 200 200 200 200 200 200 200 404 404
GET    {D}/records                               200 200 200 200 200 200 200 200 404 404
POST   {D}/commands                              200 200 200 200 200 200 200 200 404 404
POST   {D}/guess                                 403 200 200 200 200 200 403 403 404 404
GET    {D}/contributions/9/why                   404 404 404 404 404 404 404 404 404 404
POST   {D}/join                                  201 200 200 200 200 200 201 201 404 404
PATCH  {D}                                       403 403 403 403 403 200 200 403 404 404
GET    {D}/links                                 403 403 403 403 403 200 200 403 404 404
POST   {D}/links                                 403 403 403 403 403 201 201 403 404 404
DELETE {D}/links/none                            403 403 403 403 403 404 404 403 404 404
POST   /api/v1/debates                           401 401 401 401 401 401 422 401 401 401
POST   /api/v1/admin-link                        401 401 401 401 401 401 201 401 401 401
GET    {P}                                       200 200 200 200 200 200 200 200 404 404
GET    {P}/wall                                  200 200 200 200 200 200 200 200 404 404
GET    {P}/chair                                 403 403 403 200 200 403 403 403 404 404
GET    {P}/yours                                 403 200 200 200 200 403 403 403 404 404
GET    {P}/links                                 403 403 403 403 403 200 200 403 404 404
GET    {P}/quotes                                403 403 403 403 403 200 200 403 404 404
GET    {P}/erase                                 403 403 403 403 403 200 200 403 404 404
POST   {P}/erase                                 403 403 403 403 403 422 422 403 404 404
POST   {P}/retention                             403 403 403 403 403 303 303 403 404 404
GET    /api/v1/retention                         401 401 401 401 401 401 200 401 401 401
GET    {P}/transcript.json                       403 403 403 403 200 200 200 403 404 404
GET    {P}/transcript.json?version=public        403 403 403 403 200 200 200 403 404 404
GET    {P}/transcript.json?version=organiser     403 403 403 403 403 200 200 403 404 404
GET    {P}/figures                               403 403 403 403 200 200 200 403 404 404
GET    {P}/figures/minutes.csv                   403 403 403 403 200 200 200 403 404 404
GET    {P}/citation                              403 403 403 403 200 200 200 403 404 404
GET    {P}/replay                                403 403 403 403 200 200 200 403 404 404
GET    {P}/replay?version=organiser              403 403 403 403 403 200 200 403 404 404
GET    {P}/citation.bib                          403 403 403 403 200 200 200 403 404 404
GET    {P}/search?q=word                         200 200 200 200 200 200 200 200 404 404
GET    /archives?q=word                          200 200 200 200 200 200 200 200 200 200
GET    /debates/new                              401 401 401 401 401 401 200 401 401 401
POST   /debates/new                              401 401 401 401 401 401 422 401 401 401
GET    /join/high-street                         200 200 200 200 200 200 200 200 200 200
"""

WRAP_UP = """
GET    {P}/transcript.json                       200 200 200 200 200 200 200 200 404 404
GET    {P}/transcript.json?version=public        200 200 200 200 200 200 200 200 404 404
GET    {P}/transcript.json?version=organiser     403 403 403 403 403 200 200 403 404 404
GET    {P}/figures                               200 200 200 200 200 200 200 200 404 404
GET    {P}/figures/minutes.csv                   200 200 200 200 200 200 200 200 404 404
GET    {P}/citation                              200 200 200 200 200 200 200 200 404 404
GET    {P}/replay                                200 200 200 200 200 200 200 200 404 404
"""

# A draft is known to its organiser and chairs. (Nobody can have joined it: no such column.)
DRAFT = """
GET    {D}                                       404 ... 404 404 200 200 200 404 404 404
GET    {D}/records                               404 ... 404 404 200 200 200 404 404 404
POST   {D}/commands                              404 ... 404 404 200 200 200 404 404 404
POST   {D}/join                                  404 ... 404 404 200 200 409 404 404 404
PATCH  {D}                                       404 ... 404 404 403 200 200 404 404 404
GET    {D}/links                                 404 ... 404 404 403 200 200 404 404 404
POST   {D}/links                                 404 ... 404 404 403 201 201 404 404 404
DELETE {D}/links/none                            404 ... 404 404 403 404 404 404 404 404
GET    {P}                                       404 ... 404 404 200 200 200 404 404 404
GET    {P}/wall                                  404 ... 404 404 200 200 200 404 404 404
GET    {P}/chair                                 404 ... 404 404 200 403 403 404 404 404
GET    {P}/links                                 404 ... 404 404 403 200 200 404 404 404
GET    {P}/transcript.json                       404 ... 404 404 200 200 200 404 404 404
GET    {P}/figures                               404 ... 404 404 200 200 200 404 404 404
GET    {P}/search?q=word                         404 ... 404 404 200 200 200 404 404 404
"""

# Nobody outside sees a closed debate but its title and the way in; under /api only `join` answers them.
CLOSED = """
GET    {D}                                       404 200 200 200 200 200 200 404 404 404
GET    {D}/records                               404 200 200 200 200 200 200 404 404 404
POST   {D}/commands                              404 200 200 200 200 200 200 404 404 404
POST   {D}/join                                  201 200 200 200 200 200 201 201 404 404
PATCH  {D}                                       404 403 403 403 403 200 200 404 404 404
GET    {D}/links                                 404 403 403 403 403 200 200 404 404 404
POST   {D}/links                                 404 403 403 403 403 201 201 404 404 404
GET    {P}                                       200 200 200 200 200 200 200 200 404 404
GET    {P}/wall                                  404 200 200 200 200 200 200 404 404 404
GET    {P}/chair                                 404 403 403 200 200 403 403 404 404 404
GET    {P}/transcript.json                       404 403 403 403 200 200 200 404 404 404
"""

BODIES: dict[tuple[str, str], Any] = {
    ("POST", f"{D}/commands"): {"do": "raise_hand", "id": "h"},
    ("POST", f"{D}/links"): {"role": "moderator"},
    ("POST", f"{D}/guess"): {"text": "Who is it for?"},
    ("PATCH", D): {"minutes": 75},
    ("POST", "/api/v1/debates"): {},
}


def rows(table: str) -> list[tuple[str, str, dict[str, int]]]:
    """Method, address and the expected status for each caller that has one."""
    read = []
    for line in table.strip().splitlines():
        method, address, *cells = line.split()
        expected = {caller: int(cell) for caller, cell in zip(CALLERS, cells, strict=True) if cell != "..."}
        read.append((method, address.format(D=D, P=P), expected))
    return read


async def tokens_of(house: House, made: dict[str, Any], *, joined: bool) -> dict[str, str | None]:
    """A secret for every caller of the table."""
    organiser = await house.client(made["tokens"]["organiser"])
    moderator = (await organiser.post(f"{D}/links", json={"role": "moderator"})).json()
    dead = (await organiser.post(f"{D}/links", json={"role": "chair"})).json()
    assert (await organiser.delete(f"{D}/links/{dead['id']}")).status_code == 204
    other = await house.debate(slug="another")
    tokens: dict[str, str | None] = {
        "nobody": None,
        "speaker": made["tokens"]["Ada Lind"],
        "moderator": moderator["token"],
        "chair": made["tokens"]["chair"],
        "organiser": made["tokens"]["organiser"],
        "administrator": ADMIN,
        "other_chair": other["tokens"]["chair"],
        "revoked": dead["token"],
        "unknown": "no-such-secret-anywhere",
    }
    if joined:
        tokens["participant"] = (await (await house.client()).post(f"{D}/join")).json()["token"]
    return tokens


async def check(house: House, table: str, tokens: dict[str, str | None]) -> None:
    wrong = []
    for method, address, expected in rows(table):
        for caller, status in expected.items():
            client = await house.client(tokens[caller])
            body = BODIES.get((method, address))
            answer = await client.request(method, address, json=body)
            if answer.status_code != status:
                wrong.append(f"{method} {address} as {caller}: {answer.status_code}, not {status}")
    assert wrong == []


async def test_a_live_debate(house: House) -> None:
    """A live debate that whoever has the address may read."""
    made = await house.live()
    await check(house, LIVE, await tokens_of(house, made, joined=True))


async def test_a_live_debate_in_a_browser(house: House) -> None:
    """With a cookie it is the same table as with a token."""
    made = await house.live()
    tokens = await tokens_of(house, made, joined=True)
    organiser = await house.client(made["tokens"]["organiser"])
    ending = (await organiser.post(f"{D}/links", json={"role": "chair"})).json()
    tokens["revoked"] = ending["token"]
    browsers = {
        caller: await house.browser(tokens[caller])
        for caller in CALLERS
        if caller not in ("nobody", "unknown")
    }
    await organiser.delete(f"{D}/links/{ending['id']}")
    # What makes a person of nobody, or a link of the administrator's, is done once and not for each caller.
    once = (f"{D}/join", "/api/v1/admin-link")
    wrong = []
    for method, address, expected in rows(LIVE):
        for caller, browser in browsers.items():
            if address in once and caller in ("administrator", "other_chair"):
                continue
            answer = await browser.request(method, address, json=BODIES.get((method, address)))
            if answer.status_code != expected[caller]:
                wrong.append(f"{method} {address} as {caller}: {answer.status_code}, not {expected[caller]}")
    assert wrong == []


async def test_a_debate_in_wrap_up(house: House) -> None:
    """From wrap-up on the public transcript is for whoever may read, the organiser's for nobody more."""
    made = await house.live()
    tokens = await tokens_of(house, made, joined=True)
    await house.move(made, "wrap_up")
    await check(house, WRAP_UP, tokens)


async def test_a_draft(house: House) -> None:
    """A draft does not exist but for its organiser, its chairs and the administrator."""
    made = await house.debate()
    await check(house, DRAFT, await tokens_of(house, made, joined=False))


async def test_a_closed_debate(house: House) -> None:
    """A closed debate is read by those who are in it."""
    made = await house.live(audience="closed")
    await check(house, CLOSED, await tokens_of(house, made, joined=True))


@pytest.mark.parametrize("caller", ["nobody", "participant", "speaker", "moderator", "chair", "other_chair"])
async def test_who_may_not_delete(house: House, caller: str) -> None:
    """Only the organiser and the administrator delete a debate; for everybody else it is still there."""
    made = await house.live()
    tokens = await tokens_of(house, made, joined=True)
    assert (await (await house.client(tokens[caller])).delete(D)).status_code == 403
    assert (await (await house.client()).get(D)).status_code == 200


@pytest.mark.parametrize("caller", ["organiser", "administrator"])
async def test_who_may_delete(house: House, caller: str) -> None:
    """The organiser deletes a debate, and so does the administrator."""
    made = await house.live()
    tokens = await tokens_of(house, made, joined=True)
    assert (await (await house.client(tokens[caller])).delete(D)).status_code == 204
    assert (await (await house.client()).get(D)).status_code == 404


def told(answer: httpx.Response) -> tuple[int, bytes, dict[str, str]]:
    """All that an answer tells."""
    return answer.status_code, answer.content, {**answer.headers}


async def test_one_answer_for_all_that_is_not_there(house: House) -> None:
    """Unknown, draft, closed, revoked and never heard of are the same answer, byte for byte."""
    made = await house.debate()
    await house.live(slug="behind-doors", audience="closed")
    tokens = await tokens_of(house, made, joined=False)
    nobody, revoked, unknown = [await house.client(tokens[who]) for who in ("nobody", "revoked", "unknown")]
    for rest in ("", "/records", "/links", "/nothing"):
        answers = [
            await nobody.get(f"/api/v1/debates/never-was{rest}"),
            await nobody.get(f"/api/v1/debates/high-street{rest}"),
            await nobody.get(f"/api/v1/debates/behind-doors{rest}"),
            await revoked.get(f"/api/v1/debates/high-street{rest}"),
            await unknown.get(f"/api/v1/debates/never-was{rest}"),
        ]
        assert len({str(told(answer)) for answer in answers}) == 1, answers
        assert answers[0].status_code == 404
    page = [await nobody.get("/debates/never-was"), await nobody.get("/debates/high-street")]
    assert told(page[0]) == told(page[1])


async def test_the_way_in_tells_nothing(house: House) -> None:
    """The page a link leads to is the same for a draft and for what never was, but for its own address."""
    await house.debate()
    nobody = await house.client()
    draft = (await nobody.get("/join/high-street")).text
    never = (await nobody.get("/join/high-stree7")).text
    assert draft.replace("high-street", "X") == never.replace("high-stree7", "X")
    assert str(DEFINITION["title"]) not in draft


async def test_a_closed_debates_page(house: House) -> None:
    """Somebody who has not joined a closed debate sees its title and the way in, and nothing said in it."""
    made = await house.live(audience="closed")
    await house.command(made, made["tokens"]["chair"], {"do": "post", "text": "Among ourselves", "id": "1"})
    page = (await (await house.client()).get(P)).text
    assert "Who owns the high street?" in page
    for secret in ("Among ourselves", "Who should?", "Ada Lind", "Shops close"):
        assert secret not in page


async def test_who_has_left_is_an_onlooker(house: House) -> None:
    """A participant who left reads on as an onlooker and gives no command; they may join anew."""
    made = await house.live()
    token = (await (await house.client()).post(f"{D}/join")).json()["token"]
    client = await house.client(token)
    assert (await client.get(D)).json()["you"] is not None
    await house.command(made, token, {"do": "leave", "id": "bye"})
    assert (await client.get(D)).json()["you"] is None
    reply = (await client.post(f"{D}/commands", json={"do": "raise_hand", "id": "x"})).json()[0]
    assert (reply["ok"], reply["code"]) == (False, "right.missing")
    assert (await client.post(f"{D}/join")).status_code == 201


async def test_the_administrators_secret(house: House) -> None:
    """A missing or wrong administrator's secret is a 401 that says how to come in."""
    for token in (None, "wrong", ADMIN + "x", ADMIN[:-1]):
        answer = await (await house.client(token)).post("/api/v1/debates", json=DEFINITION)
        assert (answer.status_code, answer.json()["code"]) == (401, "administrator.required")
        assert answer.headers["www-authenticate"] == "Bearer"
    assert house.site.debates.all() == []
