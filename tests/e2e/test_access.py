"""Who gets in, who is kept out, and who is thrown out: links, doors, audiences, origins, limits."""

import asyncio
import time
from collections.abc import Callable
from typing import Any

import httpx
import pytest
from websockets.exceptions import InvalidStatus

from tests.e2e.client import PATIENCE, Debate, Live, Person, dial, request
from tests.e2e.conftest import StartService, new_debate
from tests.e2e.service import ADMIN_TOKEN, Service
from tests.e2e.spread import Spread

MakeDebate = Callable[..., Debate]

READS = ["", "/records", "/commands", "/links"]
PAGES = ["", "/wall", "/chair", "/links", "/calendar.ics", "/transcript.json", "/transcript.html", "/act"]
PAGES += ["/policy", "/moderation.json", "/moderation.csv", "/reports/r1"]


async def test_revoked_link_is_closed_at_once(make_debate: MakeDebate) -> None:
    """Revoking closes the link's sockets with 4501 on every device; nothing arrives there afterwards."""
    debate = make_debate()
    speaker, other = debate.speakers
    async with speaker.live() as phone, speaker.live() as laptop, other.live() as stays:
        listed = debate.organiser.request("GET", "/links").json()
        link = next(link for link in _links(listed) if link["name"] == speaker.name)
        answer = debate.organiser.request("DELETE", f"/links/{link['id']}")
        assert answer.status_code in {200, 204}, answer.text
        seq = debate.chair.must("post", text="after the end")["seq"]
        for device in (phone, laptop):
            assert await device.closed() == 4501
            assert all(record["seq"] < seq for record in device.records)
        await stays.until_seq(seq)
    assert speaker.request("GET").status_code == 404
    assert speaker.request("POST", "/commands", json={"do": "raise_hand", "id": "x"}).status_code == 404
    again = await speaker.dial()
    await again.send({"do": "hello", "token": speaker.token})
    assert await again.closed() == 4501


async def test_a_replaced_speaker_is_out_at_once(make_debate: MakeDebate) -> None:
    """With the record that somebody else speaks instead, the old link's sockets are closed with 4501; others
    hear of it, and whoever comes instead sits down on the seat.
    """
    debate = make_debate()
    speaker, other = debate.speakers
    async with speaker.live() as phone, other.live() as stays:
        asked = {"instead_of": speaker.snapshot()["you"]["person"], "name": "Nora Lind"}
        answer = debate.organiser.request("POST", "/links", json=asked)
        assert answer.status_code == 201, answer.text
        assert await phone.closed() == 4501
        assert "person.replaced" not in [record["type"] for record in phone.records]
        nora = Person(debate, answer.json()["token"], person=answer.json()["person"])
        async with nora.live():
            await stays.until_seq(debate.chair.must("post", text="Welcome, Nora.")["seq"])
        told = [record for record in stays.records if record["type"] == "person.replaced"]
        assert [(one["name"], one["successor_name"]) for one in told] == [(speaker.name, "Nora Lind")]
        taken = [record for record in stays.records if record["type"] == "seat.taken"]
        assert (taken[-1]["seat"], taken[-1]["person"]) == (1, nora.person)
    assert speaker.request("GET").status_code == 404


async def test_reissued_link_ends_the_old_one(make_debate: MakeDebate) -> None:
    """A link issued anew for a person ends the one they had; they remain the same person."""
    debate = make_debate()
    speaker = debate.speakers[0]
    you = speaker.snapshot()["you"]
    async with speaker.live() as live:
        answer = debate.organiser.request("POST", "/links", json={"person": you["person"]})
        assert answer.status_code == 201, answer.text
        assert await live.closed() == 4501
    debate.service.secrets.add(answer.json()["token"])
    assert speaker.request("GET").status_code == 404
    anew = Person(debate, answer.json()["token"])
    assert anew.snapshot()["you"]["person"] == you["person"]


async def test_links_are_listed_without_secrets(make_debate: MakeDebate) -> None:
    """The organiser sees whose links there are and their last use; no secret; nobody else sees the list."""
    debate = make_debate()
    debate.speakers[0].snapshot()
    deadline = time.monotonic() + PATIENCE
    while True:  # another node learns of the use within seconds
        answer = debate.organiser.request("GET", "/links")
        assert [secret for secret in debate.service.secrets if secret in answer.text] == []
        used = {link["name"]: link.get("last_used") for link in _links(answer.json())}
        if used["Ada Quill"] is not None or time.monotonic() > deadline:
            break
        await asyncio.sleep(0.2)
    assert used["Ada Quill"] is not None
    assert used["Ben Shelf"] is None
    for person in (debate.chair, debate.speakers[0], debate.onlooker):
        assert person.request("GET", "/links").status_code in {403, 404}
        assert person.request("POST", "/links", json={"role": "chair"}).status_code in {403, 404}


@pytest.mark.parametrize("role", ["chair", "moderator", "speaker", "organiser"])
async def test_link_is_issued_for_a_role(make_debate: MakeDebate, role: str) -> None:
    """The organiser issues links for roles while the debate runs; its holder is that role at once."""
    debate = make_debate()
    answer = debate.organiser.request("POST", "/links", json={"role": role, "name": "Cato Index"})
    assert answer.status_code == 201, answer.text
    issued = answer.json()
    debate.service.secrets.add(issued["token"])
    assert issued["link"].endswith(f"/join/{debate.slug}#{issued['token']}")
    async with Person(debate, issued["token"]).live() as live:
        assert (live.hello["you"]["role"], live.hello["you"]["name"]) == (role, "Cato Index")


async def test_deleted_debate_closes_its_streams(make_debate: MakeDebate) -> None:
    """A debate deleted while people are connected is 4502 for them, and afterwards one that never was."""
    debate = make_debate()
    member = debate.join()
    async with member.live() as live, debate.onlooker.live() as watching:
        assert debate.chair.request("DELETE").status_code == 403
        answer = debate.organiser.request("DELETE")
        assert answer.status_code in {200, 204}, answer.text
        assert await live.closed() == 4502
        assert await watching.closed() == 4502
    never = request(debate.service, "GET", "/api/v1/debates/never-was-there", member.token)
    for person in (member, debate.chair, debate.organiser, debate.onlooker):
        assert _essence(person.request("GET")) == _essence(never)
    late = await member.dial()
    await late.send({"do": "hello", "token": member.token})
    assert await late.closed() == 4501


async def test_slug_used_again_is_another_debate(make_debate: MakeDebate) -> None:
    """After a deletion the slug may be used again: old links, seqs and epochs mean nothing there."""
    debate = make_debate()
    member = debate.join()
    member.must("post", text="in the old one")
    old = member.snapshot()
    assert debate.organiser.request("DELETE").status_code in {200, 204}
    anew = new_debate(debate.service, "live", slug=debate.slug)
    anew.chair.commands([{"do": "post", "id": f"{n}", "text": "in the new one"} for n in range(30)])
    for person in (member, debate.chair, debate.organiser):
        assert person.request("GET").status_code == 404
    async with anew.onlooker.live(epoch=old["epoch"], seq=old["seq"]) as live:
        assert live.hello["resume"] == "snapshot"
        assert "in the old one" not in str(live.snapshot)
    assert "in the old one" not in anew.organiser.request("GET", "/records").text


@pytest.mark.parametrize("state", ["closed", "draft"])
async def test_unreadable_debate_is_as_if_it_were_not(make_debate: MakeDebate, state: str) -> None:
    """A draft, and a closed debate's API, answer to outsiders byte for byte like a slug nobody uses."""
    debate = make_debate("draft") if state == "draft" else make_debate("live", audience="closed")
    outsiders: list[str | None] = [None, "x" * 27, make_debate().chair.token]
    if state == "draft":
        outsiders += [speaker.token for speaker in debate.speakers]
    nobody = "nobody-uses-this"
    assert len(nobody) >= len(debate.slug)
    for token in outsiders:
        for path in READS:
            method = "POST" if path == "/commands" else "GET"
            body = {"json": {"do": "leave", "id": "x"}} if method == "POST" else {}
            there = request(debate.service, method, debate.api + path, token, **body)
            not_there = request(debate.service, method, f"/api/v1/debates/{nobody}{path}", token, **body)
            assert there.status_code == 404
            assert _essence(there) == _essence(not_there), path
        for path in PAGES:
            there = debate.page(path, token)
            not_there = request(debate.service, "GET", f"/debates/{nobody}{path}", token)
            if state == "closed" and path == "" and there.status_code == 200:
                assert token != "x" * 27, "an unknown secret is a 404 everywhere"
                assert "Who is it for?" not in there.text, "nothing but title, phase and join form"
                continue
            assert there.status_code == 404 or path == "/act", path
            assert _essence(there, debate.slug, nobody) == _essence(not_there), path
        live = await Person(debate, token).dial()
        await live.send({"do": "hello", **({} if token is None else {"token": token})})
        assert await live.closed() == 4501
        if state == "draft":
            for method, path in (("GET", "/join/{}"), ("POST", "/join/{}")):
                there = request(debate.service, method, path.format(debate.slug), token)
                not_there = request(debate.service, method, path.format(nobody), token)
                assert _essence(there, debate.slug, nobody) == _essence(not_there), (method, path)
    if state == "draft":
        refused = debate.onlooker.request("POST", "/join", json={})
        assert _essence(refused) == _essence(
            request(debate.service, "POST", f"/api/v1/debates/{nobody}/join", json={})
        )
        assert debate.organiser.snapshot()["debate"]["phase"] == "draft"
    else:
        assert "What should a town library be for?" in debate.page().text
        assert debate.join().snapshot()["you"]["role"] == "participant"


async def test_audience_closed_midway_ends_streams(make_debate: MakeDebate) -> None:
    """When the organiser closes the audience, onlookers hear nothing more; people who joined stay."""
    debate = make_debate()
    member = debate.join()
    async with member.live() as stays, debate.onlooker.live() as goes:
        answer = debate.organiser.request("PATCH", json={"audience": "closed"})
        assert answer.status_code == 200, answer.text
        seq = debate.chair.must("post", text="among ourselves")["seq"]
        await stays.until_seq(seq)
        assert await goes.closed() == 4501
        assert all(record["seq"] < seq for record in goes.records)


async def test_doors(make_debate: MakeDebate) -> None:
    """Open, code, shut, full: each refused with its own code, and turned at any time by the chair."""
    debate = make_debate(max_people=3)
    debate.join()
    debate.chair.must("set_door", door="code", join_code="otter")
    for body in ({}, {"code": "badger"}, {"code": ""}):
        assert _refusal(debate, body) == (403, "door.wrong_code")
    debate.join(code="otter")
    debate.chair.must("set_door", door="shut")
    assert _refusal(debate, {"code": "otter"}) == (403, "door.shut")
    debate.chair.must("set_door", door="open")
    debate.join()
    assert _refusal(debate, {}) == (403, "door.full")
    assert "otter" not in debate.onlooker.request("GET", "/records").text
    assert "otter" not in debate.onlooker.request("GET").text


async def test_join_has_its_phases(make_debate: MakeDebate) -> None:
    """Joining is for lobby to wrap_up; otherwise 409."""
    for phase, expected in (
        ("announced", 409),
        ("lobby", 201),
        ("paused", 201),
        ("wrap_up", 201),
        ("correction", 409),
    ):
        answer = make_debate(phase).onlooker.request("POST", "/join", json={})
        assert answer.status_code == expected, (phase, answer.text)
        if expected == 409:
            assert answer.json()["code"] == "phase.not_live"


async def test_pseudonyms_ignore_a_name_sent(make_debate: MakeDebate) -> None:
    """With `names: pseudonym` a name sent is ignored; names and handles are unique."""
    debate = make_debate()
    people = [debate.join(name="The Chair") for _ in range(30)]
    names = [person.name for person in people]
    assert "The Chair" not in names
    handles = [person["handle"] for person in debate.onlooker.snapshot()["people"]]
    assert len(set(names)) == len(names)
    assert len(set(handles)) == len(handles) >= 30


async def test_unknown_keys_of_a_body_are_refused(make_debate: MakeDebate) -> None:
    """A key that is not known is refused by name."""
    answer = make_debate().onlooker.request("POST", "/join", json={"colour": "red"})
    assert answer.status_code == 400
    assert "colour" in answer.text


@pytest.mark.parametrize("origin", ["http://evil.example", "null", "http://127.0.0.1:1", "https://{address}"])
async def test_foreign_origin_is_refused(make_debate: MakeDebate, origin: str) -> None:
    """A foreign or `null` Origin is 403 before the upgrade and on every unsafe request, cookie or not."""
    debate = make_debate()
    origin = origin.format(address=debate.service.address)
    with pytest.raises(InvalidStatus) as refused:
        await dial(debate.service, debate.slug, origin=origin)
    assert refused.value.response.status_code == 403
    for token, path in ((None, "/join"), (debate.chair.token, "/commands")):
        answer = request(
            debate.service, "POST", debate.api + path, token, json={}, headers={"Origin": origin}
        )
        assert answer.status_code == 403, (path, answer.text)


async def test_own_origin_is_allowed(make_debate: MakeDebate) -> None:
    """The served address is allowed as 127.0.0.1 and as localhost."""
    debate = make_debate()
    port = debate.service.address.rpartition(":")[2]
    if isinstance(debate.service, Spread):
        pytest.skip("behind a balancer there is one address, the public one")
    for host in ("127.0.0.1", "localhost"):
        live = Live(await dial(debate.service, debate.slug, origin=f"http://{host}:{port}"))
        await live.say_hello()
        await live.leave()


async def test_cookie_needs_an_origin(make_debate: MakeDebate) -> None:
    """A browser's cookie stands for its person; with it, a missing or foreign Origin is refused."""
    debate = make_debate()
    own = {"Origin": debate.service.base}
    answer = request(
        debate.service, "POST", "/api/v1/session", json={"secret": debate.speakers[0].token}, headers=own
    )
    assert answer.status_code in {200, 201, 204}, answer.text
    cookie = answer.headers["set-cookie"]
    assert {part.strip().lower() for part in cookie.split(";")[1:]} >= {"httponly", "samesite=lax", "path=/"}
    assert cookie.startswith("fishbowl=")
    assert str(debate.speakers[0].token) not in cookie
    held = {"Cookie": cookie.partition(";")[0]}
    debate.service.secrets.add(held["Cookie"].partition("=")[2])
    assert request(debate.service, "GET", debate.api, headers=held).json()["you"]["name"] == "Ada Quill"
    hand = {"do": "raise_hand", "id": "hand"}
    for headers, status in (
        ({}, 403),
        ({"Origin": "null"}, 403),
        ({"Origin": "http://a.example"}, 403),
        (own, 200),
    ):
        answer = request(
            debate.service, "POST", debate.api + "/commands", json=hand, headers={**held, **headers}
        )
        assert answer.status_code == status, (headers, answer.text)
    form = {"do": "post", "id": "form-1", "text": "by a plain form"}
    for headers, status in (
        ({}, 403),
        ({"Origin": "null"}, 403),
        ({"Origin": "http://a.example"}, 403),
        (own, 303),
    ):
        sent = {**held, **headers}
        answer = request(debate.service, "POST", f"/debates/{debate.slug}/act", data=form, headers=sent)
        assert answer.status_code == status, (headers, answer.text)
    assert [said["text"] for said in debate.onlooker.snapshot()["contributions"]] == ["by a plain form"]
    with pytest.raises(InvalidStatus):
        await dial(debate.service, debate.slug, headers=held)
    live = Live(await dial(debate.service, debate.slug, origin=debate.service.base, headers=held))
    assert (await live.say_hello())["you"]["name"] == "Ada Quill"
    await live.leave()


async def test_browser_that_has_joined_is_its_own_person(make_debate: MakeDebate) -> None:
    """Joining twice with one browser gives the same person, 200; joining from a page sets the cookie."""
    debate = make_debate()
    own = {"Origin": debate.service.base}
    first = request(debate.service, "POST", debate.api + "/join", json={}, headers=own)
    assert first.status_code == 201
    debate.service.secrets.add(first.json()["token"])
    held = {"Cookie": first.headers["set-cookie"].partition(";")[0], **own}
    again = request(debate.service, "POST", debate.api + "/join", json={}, headers=held)
    assert again.status_code == 200
    assert again.json()["person"] == first.json()["person"]


async def test_administrator_is_asked_for(service: Service) -> None:
    """Making a debate takes the administrator's secret: 401 without it or with a wrong one."""
    for token in (None, "wrong" * 10, ADMIN_TOKEN[:-1], ADMIN_TOKEN + "x"):
        answer = request(service, "POST", "/api/v1/debates", token, json={"title": "x"})
        assert answer.status_code == 401, answer.text
        assert answer.headers["content-type"] == "application/problem+json"
        assert answer.json()["code"]


async def test_session_tells_nothing_of_secrets(service: Service) -> None:
    """Unknown, malformed and empty secrets get the same 404."""
    bodies: list[Any] = [{"secret": "x" * 27}, {"secret": "y" * 5}, {"secret": ""}]
    answers = [request(service, "POST", "/api/v1/session", json=body) for body in bodies]
    assert {_essence(answer) for answer in answers} == {_essence(answers[0])}
    assert answers[0].status_code == 404


@pytest.mark.parametrize(
    "host", ["evil.example", "evil.example:{port}", "127.0.0.1.evil.example", "127.0.0.1:1"]
)
async def test_foreign_host_is_refused(make_debate: MakeDebate, host: str) -> None:
    """A name that was pointed at this machine from elsewhere is not this service's: nothing is read by it."""
    debate = make_debate()
    named = {"Host": host.format(port=debate.service.address.rpartition(":")[2])}
    for path in (debate.api, f"/debates/{debate.slug}", "/"):
        answer = request(debate.service, "GET", path, headers=named)
        assert answer.status_code == 400
        assert "Who pays?" not in answer.text


async def test_connections_in_all_are_limited(start_service: StartService) -> None:
    """Beyond the service's limit a connection is 4013; what is no connection is answered as ever."""
    debate = new_debate(start_service(FISHBOWL_CONNECTIONS="2"))
    async with debate.onlooker.live(), debate.onlooker.live() as second:
        third = await debate.onlooker.dial()
        assert await third.closed() == 4013
        assert request(debate.service, "GET", "/healthz").status_code == 200
        await second.until_seq(debate.chair.must("post", text="for those who are in")["seq"])
    async with debate.onlooker.live():
        pass


async def test_connections_of_one_person_are_limited(start_service: StartService) -> None:
    """One connection of a person too many is 4013; a place left is free again; onlookers have no limit."""
    debate = new_debate(start_service(FISHBOWL_PER_PERSON="3"))
    member = debate.join()
    lives = [await member.dial() for _ in range(4)]
    for live in lives[:3]:
        await live.say_hello(member.token)
    await lives[3].send({"do": "hello", "token": member.token})
    assert await lives[3].closed() == 4013
    async with debate.onlooker.live(), debate.onlooker.live(), debate.onlooker.live(), debate.onlooker.live():
        pass
    await lives[0].leave()
    async with asyncio.timeout(10), member.live():
        pass
    for live in lives[1:3]:
        await live.leave()


async def test_connections_and_joins_of_one_address_are_limited(start_service: StartService) -> None:
    """Beyond an address's limit: 4013 for sockets, 429 for joins; forged headers change nothing."""
    service = start_service(FISHBOWL_PER_ADDRESS="2", FISHBOWL_JOINS_PER_ADDRESS="3")
    debate = new_debate(service)
    async with debate.onlooker.live(), debate.onlooker.live():
        third = await debate.onlooker.dial(headers={"X-Forwarded-For": "192.0.2.7"})
        assert await third.closed() == 4013
    people = [debate.join() for _ in range(3)]
    for headers in ({}, {"X-Forwarded-For": "192.0.2.8"}, {"Forwarded": "for=192.0.2.9"}):
        answer = debate.onlooker.request("POST", "/join", json={}, headers=headers)
        assert answer.status_code == 429
        assert int(answer.headers["retry-after"]) > 0
    assert len(people) == 3


def _links(listed: Any) -> list[dict[str, Any]]:
    links: list[dict[str, Any]] = listed["links"] if isinstance(listed, dict) else listed
    return links


def _refusal(debate: Debate, body: dict[str, Any]) -> tuple[int, str]:
    answer = debate.onlooker.request("POST", "/join", json=body)
    return answer.status_code, answer.json()["code"]


def _essence(answer: httpx.Response, slug: str = "", other: str = "") -> tuple[int, str, str]:
    """What an outsider can tell two answers apart by; the slug they asked for is theirs already."""
    kept = {name: value for name, value in answer.headers.items() if name not in {"date", "content-length"}}
    headers, text = str(sorted(kept.items())), answer.text
    if slug:
        headers, text = headers.replace(slug, other), text.replace(slug, other)
    return answer.status_code, headers, text
