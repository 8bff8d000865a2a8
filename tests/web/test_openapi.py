"""The OpenAPI document and the routes say the same."""

from typing import Any

import pytest
from msgspec import Meta
from msgspec.structs import fields
from starlette.routing import Route

from fishbowl import __version__
from fishbowl.debate.commands import SetRules
from fishbowl.debate.definition import CHANGEABLE, Definition
from fishbowl.debate.vocabulary import Rules
from fishbowl.web.api import ROUTES
from tests.web.conftest import ADMIN, House


@pytest.fixture
async def document(house: House) -> dict[str, Any]:
    answer = await (await house.client()).get("/api/v1/openapi.json")
    read: dict[str, Any] = answer.json()
    return read


async def test_every_route_is_described(document: dict[str, Any]) -> None:
    """What is answered is described, and what is described is answered."""
    described = {
        (method.upper(), path)
        for path, methods in document["paths"].items()
        for method in methods
        if method != "parameters"
    }
    assert all(isinstance(route, Route) for route in ROUTES)
    answered = {
        (method, route.path) for route in ROUTES for method in route.methods or () if method != "HEAD"
    }
    assert described == answered
    assert document["info"]["version"] == __version__


async def test_a_definition_is_described(document: dict[str, Any]) -> None:
    """The definition's keys are those that are read, and the rules' with their values and bounds."""
    schemas = document["components"]["schemas"]
    read = {field.name for field in fields(Definition)} - {"open_seats"} | {"seats"}
    assert set(schemas["Definition"]["properties"]) == read
    assert set(schemas["Changes"]["properties"]) == {*CHANGEABLE, "rules", "door", "join_code"}
    rules = schemas["Rules"]["properties"]
    assert set(rules) == {field.name for field in fields(Rules)}
    for field in fields(Rules):
        if (bounds := getattr(field.type, "__metadata__", None)) is not None:
            (meta,) = bounds
            assert isinstance(meta, Meta)
            assert (rules[field.name]["minimum"], rules[field.name]["maximum"]) == (meta.ge, meta.le)
        else:
            assert rules[field.name]["enum"] == [str(member) for member in field.type]
    assert set(rules) == {field.name for field in fields(SetRules)} - {"id"}


async def test_references_lead_somewhere(document: dict[str, Any]) -> None:
    """Every reference within the document is to something in it, and nothing in it is idle."""
    used = set()

    def follow(value: Any) -> None:
        if isinstance(value, dict):
            if "$ref" in value:
                used.add(value["$ref"])
            for each in value.values():
                follow(each)
        elif isinstance(value, list):
            for each in value:
                follow(each)

    follow(document)
    there = {
        f"#/components/{kind}/{name}"
        for kind in ("parameters", "responses", "schemas")
        for name in document["components"][kind]
    }
    assert used == there


async def test_answers_are_as_described(house: House, document: dict[str, Any]) -> None:
    """What the service answers has the keys its schema requires, and no others where it closes them."""
    made = await house.live()
    schemas = document["components"]["schemas"]
    organiser = await house.client(made["tokens"]["organiser"])
    path = "/api/v1/debates/high-street"
    joined = (await (await house.client()).post(f"{path}/join")).json()
    person = await house.client(joined["token"])
    session = await (await house.browser()).post("/api/v1/session", json={"secret": made["tokens"]["chair"]})
    answers = {
        "Opened": {key: made[key] for key in ("slug", "links")} | {"tokens": {"chair": "", "organiser": ""}},
        "Snapshot": (await person.get(path)).json(),
        "Records": (await person.get(f"{path}/records")).json(),
        "Record": (await person.get(f"{path}/records")).json()["records"][0],
        "Reply": (await person.post(f"{path}/commands", json={"do": "raise_hand", "id": "h"})).json()[0],
        "Link": (await organiser.get(f"{path}/links")).json()["links"][0],
        "IssuedLink": (await organiser.post(f"{path}/links", json={"role": "chair"})).json(),
        "Joined": joined,
        "Session": session.json(),
        "Problem": (await person.get(f"{path}/links")).json(),
    }
    malformed = (await (await house.client(ADMIN)).post("/api/v1/debates", json={})).json()
    assert set(malformed) <= set(schemas["Problem"]["properties"])
    for name, answer in answers.items():
        schema = schemas[name]
        assert set(schema["required"]) <= set(answer), name
        if schema.get("additionalProperties") is False:
            assert set(answer) <= set(schema["properties"]), name
