"""Making, changing and deleting a debate, paging its records, and how errors are told."""

import asyncio
import time
from collections.abc import Callable
from typing import Any

import pytest

from tests.e2e.client import Debate, request
from tests.e2e.service import ADMIN_TOKEN, Service

MakeDebate = Callable[..., Debate]

GOOD: dict[str, Any] = {
    "title": "A definition to be spoilt",
    "introduction": "In one place at a time.",
    "hashtags": ["spoilt"],
    "language": "en",
    "starts_at": "2026-01-31T12:00:00Z",
    "questions": [{"text": "Which key?"}],
    "speakers": [{"name": "Ada Quill"}],
    "seats": {"open": 1},
}


@pytest.mark.parametrize(
    ("spoilt", "key"),
    [
        ({"title": ""}, "title"),
        ({"title": 7}, "title"),
        ({"title": None}, "title"),
        ({"title": {"xx-nope!": "a"}}, "title"),
        ({"title": "a\u0000b"}, "title"),
        ({"colour": "red"}, "colour"),
        ({"starts_at": "tomorrow"}, "starts_at"),
        ({"starts_at": "2026-01-31T12:00:00"}, "starts_at"),
        ({"minutes": 0}, "minutes"),
        ({"minutes": "60"}, "minutes"),
        ({"minutes": 10**30}, "minutes"),
        ({"timezone": "Mars/Olympus"}, "timezone"),
        ({"language": "english, please"}, "language"),
        ({"hashtags": ["not a tag"]}, "hashtags"),
        ({"hashtags": ["2026"]}, "hashtags"),
        ({"hashtags": "one"}, "hashtags"),
        ({"audience": "everybody"}, "audience"),
        ({"door": "ajar"}, "door"),
        ({"door": "code"}, "join_code"),
        ({"max_people": -1}, "max_people"),
        ({"slug": "No"}, "slug"),
        ({"slug": "a" * 61}, "slug"),
        ({"slug": "a b c"}, "slug"),
        ({"seats": {"open": -1}}, "seats.open"),
        ({"seats": {"shut": 1}}, "seats.shut"),
        ({"questions": [{"text": ""}]}, "questions"),
        ({"questions": [{"text": "x", "colour": 1}]}, "questions"),
        ({"questions": "x"}, "questions"),
        ({"speakers": [{"name": ""}]}, "speakers"),
        ({"speakers": [{}]}, "speakers"),
        ({"rules": {"entry": "loudest"}}, "rules.entry"),
        ({"rules": {"exit": "never"}}, "rules.exit"),
        ({"rules": {"posting": "three_streams"}}, "rules.posting"),
        ({"rules": {"moderation": "later"}}, "rules.moderation"),
        ({"rules": {"names": "real"}}, "rules.names"),
        ({"rules": {"max_length": 139}}, "rules.max_length"),
        ({"rules": {"max_length": 2001}}, "rules.max_length"),
        ({"rules": {"pace_per_minute": -1}}, "rules.pace_per_minute"),
        ({"rules": {"colour": "red"}}, "rules.colour"),
        ({"under_18": "yes"}, "under_18"),
    ],
    ids=str,
)
async def test_malformed_definition_is_refused_by_name(service: Service, spoilt: Any, key: str) -> None:
    """422 names key, value and expectation, and nothing is made."""
    slug = "never-made"
    answer = request(service, "POST", "/api/v1/debates", ADMIN_TOKEN, json={**GOOD, "slug": slug, **spoilt})
    assert answer.status_code == 422, answer.text
    assert answer.headers["content-type"] == "application/problem+json"
    problem = answer.json()
    assert key.partition(".")[0] in problem["key"] or key in problem["key"], problem
    assert key.rpartition(".")[2] in problem["detail"], problem
    assert problem["expected"]
    assert "value" in problem
    assert request(service, "GET", f"/api/v1/debates/{slug}", ADMIN_TOKEN).status_code == 404


async def test_slug_that_is_taken(service: Service, make_debate: MakeDebate) -> None:
    """A slug in use is 409 `slug.taken`, and the debate there stays as it is."""
    debate = make_debate()
    answer = request(service, "POST", "/api/v1/debates", ADMIN_TOKEN, json={**GOOD, "slug": debate.slug})
    assert (answer.status_code, answer.json()["code"]) == (409, "slug.taken")
    assert debate.onlooker.snapshot()["debate"]["title"] != GOOD["title"]


async def test_answer_to_a_definition(service: Service) -> None:
    """201 has exactly the documented keys; links are absolute, secrets in the fragment only."""
    answer = request(service, "POST", "/api/v1/debates", ADMIN_TOKEN, json=GOOD)
    assert answer.status_code == 201
    made = answer.json()
    assert set(made) == {"slug", "links", "tokens"}
    assert set(made["links"]) == {"public", "wall", "chair", "organiser", "speakers"}
    assert set(made["tokens"]) == {"chair", "organiser"}
    slug = made["slug"]
    assert made["links"]["public"] == f"{service.base}/debates/{slug}"
    assert made["links"]["wall"] == f"{service.base}/debates/{slug}/wall"
    for role in ("chair", "organiser"):
        assert made["links"][role] == f"{service.base}/join/{slug}#{made['tokens'][role]}"
    speaker = made["links"]["speakers"][0]
    assert speaker == {
        "name": "Ada Quill",
        "token": speaker["token"],
        "link": f"{service.base}/join/{slug}#{speaker['token']}",
    }
    tokens = {*made["tokens"].values(), speaker["token"]}
    assert len(tokens) == 3
    assert all(len(token) >= 22 for token in tokens), "128 bits or more"
    service.secrets |= tokens


async def test_organiser_changes_what_a_definition_holds(make_debate: MakeDebate) -> None:
    """PATCH is the organiser's; it changes what it names, and streams are told."""
    debate = make_debate()
    for person, status in ((debate.chair, 403), (debate.join(), 403), (debate.onlooker, 403)):
        assert person.request("PATCH", json={"title": "Mine now"}).status_code == status
    async with debate.onlooker.live() as live:
        answer = debate.organiser.request(
            "PATCH", json={"title": {"en": "Anew", "de": "Neu"}, "rules": {"max_length": 200}}
        )
        assert answer.status_code == 200, answer.text
        await live.until(lambda: any(record["type"] == "debate.changed" for record in live.records))
    now = debate.onlooker.snapshot()
    assert now["debate"]["title"] == {"en": "Anew", "de": "Neu"}
    assert now["debate"]["rules"]["max_length"] == 200
    assert now["debate"]["introduction"] == "A debate made for one test."
    assert debate.join().do("post", text="x" * 201)["code"] == "text.too_long"
    for wrong, key in (
        ({"colour": 1}, "colour"),
        ({"minutes": 0}, "minutes"),
        ({"rules": {"x": 1}}, "rules"),
    ):
        answer = debate.organiser.request("PATCH", json=wrong)
        assert answer.status_code == 422, answer.text
        assert key in answer.json()["detail"]


async def test_snapshot_has_the_documented_keys(make_debate: MakeDebate) -> None:
    """The snapshot's keys, its limit and what is before; what a contribution there holds."""
    debate = make_debate()
    for number in range(1, 8):
        debate.chair.must("post", text=f"number {number}")
    found = debate.onlooker.snapshot()
    documented = {
        "epoch",
        "seq",
        "now",
        "debate",
        "seats",
        "hands",
        "questions",
        "people",
        "contributions",
        "you",
    }
    assert documented <= set(found)
    assert found["circle_full"] is None
    assert found["you"] is None
    assert found["debate"]["phase"] == "live"
    posted = {record["contribution"]: record for record in debate.onlooker.records() if "path" in record}
    for said in found["contributions"]:
        record = posted[said["contribution"]]
        assert {name: said[name] for name in record if name in said} == {
            name: record[name] for name in record if name in said
        }
        assert set(record) - set(said) <= {"type", "by"}
        assert (said["status"], said["endorsements"]) == ("posted", 0)
    assert [said["contribution"] for said in debate.onlooker.snapshot(limit=3)["contributions"]] == [5, 6, 7]
    older = debate.onlooker.snapshot(limit=3, before=5)["contributions"]
    assert [said["contribution"] for said in older] == [2, 3, 4]
    assert debate.onlooker.snapshot(before=1)["contributions"] == []


async def test_records_page_by_page(make_debate: MakeDebate) -> None:
    """Any limit gives the same records, each once; `next` ends with null; the defaults are as documented."""
    debate = make_debate()
    author = debate.join()
    author.commands([{"do": "post", "id": f"{n}", "text": f"n {n}"} for n in range(100)])
    author.commands([{"do": "post", "id": f"m{n}", "text": f"m {n}"} for n in range(100)])
    debate.chair.must("move_to", phase="paused")
    everything = debate.onlooker.records()
    assert len(everything) > 200
    for limit in (1, 7, 200, 999):
        since = 0 if limit > 1 else everything[-20]["seq"]
        assert debate.onlooker.records(since=since, limit=limit) == [
            record for record in everything if record["seq"] > since
        ]
    default = debate.onlooker.request("GET", "/records").json()
    assert default["records"] == everything[:200][: len(default["records"])]
    assert default["next"] is not None
    assert set(default) == {"epoch", "records", "next"}
    more = debate.onlooker.request("GET", "/records", params={"limit": 5000})
    assert more.status_code == 200, "more than 1,000 is taken as 1,000"
    assert more.json()["records"] == everything
    beyond = debate.onlooker.request("GET", "/records", params={"since": everything[-1]["seq"] + 50}).json()
    assert (beyond["records"], beyond["next"]) == ([], None)


@pytest.mark.parametrize(
    "query",
    ["since=-1", "since=x", "since=1.5", "limit=0", "limit=-1", "limit=x", "wait=-1", "wait=x", "since="],
)
async def test_malformed_query_is_400(make_debate: MakeDebate, query: str) -> None:
    """A parameter that is no number in its range is refused by name."""
    answer = make_debate().onlooker.request("GET", f"/records?{query}")
    assert answer.status_code == 400, answer.text
    assert query.partition("=")[0] in answer.json()["detail"]


async def test_long_poll_waits_for_a_record(make_debate: MakeDebate) -> None:
    """`wait` answers as soon as there is a record, with nothing when there is none, never sooner."""
    debate = make_debate()
    head = debate.onlooker.snapshot()["seq"]
    begun = time.monotonic()
    nothing = debate.onlooker.request("GET", "/records", params={"since": head, "wait": 1}).json()
    assert (nothing["records"], nothing["next"]) == ([], None)
    assert time.monotonic() - begun >= 0.9
    waiting = [
        asyncio.create_task(
            asyncio.to_thread(debate.onlooker.request, "GET", "/records", params={"since": head, "wait": 30})
        )
        for _ in range(5)
    ]
    await asyncio.sleep(0.3)
    seq = debate.chair.must("post", text="here it is")["seq"]
    for answer in await asyncio.gather(*waiting):
        assert [record["seq"] for record in answer.json()["records"]] == [seq]


async def test_errors_are_problems(make_debate: MakeDebate) -> None:
    """Every error under /api/v1 is `application/problem+json` with a code; a wrong method is 405."""
    debate = make_debate()
    for method, path, status in (
        ("GET", "/api/v1/nothing-here", 404),
        ("GET", "/api/v1/debates/no-such-debate", 404),
        ("GET", f"{debate.api}/nothing-here", 404),
        ("PUT", debate.api, 405),
        ("GET", f"{debate.api}/commands", 405),
        ("POST", f"{debate.api}/commands", 400),
    ):
        answer = request(debate.service, method, path, debate.chair.token)
        assert answer.status_code == status, (method, path)
        assert answer.headers["content-type"] == "application/problem+json", path
        assert answer.json()["status"] == status
        assert answer.json()["code"]


async def test_no_get_changes_anything(make_debate: MakeDebate) -> None:
    """Reading everything there is leaves the log as it was."""
    debate = make_debate("wrap_up")
    before = debate.organiser.records()
    for token in (debate.organiser.token, debate.chair.token, None):
        for path in ("", "/wall", "/chair", "/links", "/transcript.json", "/transcript.html"):
            assert debate.page(path, token).status_code < 500
        for path in ("", "/records", "/links"):
            assert request(debate.service, "GET", debate.api + path, token).status_code < 500
    assert debate.organiser.records() == before


async def test_health(service: Service) -> None:
    """Alive, ready, and measured, without a secret."""
    for path in ("/healthz", "/readyz"):
        assert request(service, "GET", path).status_code == 200
    assert "# TYPE" in request(service, "GET", "/metrics").text
    described = request(service, "GET", "/api/v1/openapi.json").json()
    assert described["openapi"].startswith("3.")
    assert {path for path in described["paths"] if path.endswith("/records")}
