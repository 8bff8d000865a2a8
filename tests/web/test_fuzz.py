"""Whatever is sent to whichever address, the answer is a documented one and never a failure."""

import json
import random
from typing import Any

import pytest

from fishbowl.web.api import ROUTES
from tests.web.conftest import ADMIN, DEFINITION, House

ODD: list[Any] = [
    *(None, True, False, 0, -1, 1, 2**31, 2**63, -(2**63) - 1, 10**300, 0.5, 1e308),
    *("", "x", "\0", "\u202e", "\N{FISH}", "a" * 300, "code", "high-street", "<script>", "%00", "../../etc"),
    *("2026-01-31T19:00:00+00:00", "0001-01-01T00:00:00+23:59", "9999-12-31T23:59:59-23:59"),
    *([], [[]], {}, {"en": "x"}, {"": ""}, {"open": 3}),
]
COMMANDS: list[dict[str, Any]] = [
    {"do": "post", "text": "Hello", "id": "1"},
    {"do": "tag", "contribution": 1, "questions": [1], "id": "2"},
    {"do": "set_rules", "max_length": 300, "id": "3"},
    {"do": "seat", "person": "x", "seat": 1, "id": "4"},
]
BODIES = [DEFINITION, COMMANDS, COMMANDS[0], {"role": "chair", "name": "x"}, {"secret": "x"}, {"code": "x"}]


def mutated(random: random.Random, value: Any) -> Any:
    """The value with something odd in it."""
    if random.random() < 0.15 or not isinstance(value, dict | list) or not value:
        return random.choice(ODD)
    if isinstance(value, list):
        copy = list(value)
        at = random.randrange(len(copy))
        copy[at] = mutated(random, copy[at])
        return copy * random.choice([1, 1, 1, 30])
    changed = dict(value)
    key = random.choice(list(changed))
    match random.randrange(4):
        case 0:
            del changed[key]
        case 1:
            changed[str(random.choice(ODD))[:20]] = random.choice(ODD)
        case _:
            changed[key] = mutated(random, changed[key])
    return changed


@pytest.mark.parametrize("seed", range(6))
async def test_odd_requests(house: House, seed: int, caplog: pytest.LogCaptureFixture) -> None:
    """Odd bodies, queries, slugs and ids give no 5xx and no traceback, for every caller."""
    chance = random.Random(seed)
    made = await house.live()
    callers = [await house.client(token) for token in (None, ADMIN, *made["tokens"].values())]
    documented = (await callers[0].get("/api/v1/openapi.json")).json()["paths"]
    for _ in range(150):
        route = chance.choice(ROUTES)
        method = chance.choice(sorted(set(route.methods or ()) - {"HEAD", "DELETE"} or {"GET"}))
        slug = chance.choice(["high-street"] * 3 + ["never-was", "%00", "%F0%9F%90%9F"])
        path = route.path.replace("{slug}", slug).replace("{id}", chance.choice(["x", "%ff", "a" * 300]))
        query = {
            name: str(chance.choice(ODD))[:30]
            for name in ("since", "limit", "before")
            if chance.random() < 0.3
        }
        body = json.dumps(mutated(chance, chance.choice(BODIES))).encode()
        if chance.random() < 0.1:
            body = body[: chance.randrange(len(body) + 1)] + bytes([chance.randrange(256)])
        content = body if method != "GET" else None
        answer = await chance.choice(callers).request(method, path, params=query, content=content)
        described = set(documented[route.path].get(method.lower(), {}).get("responses", {}))
        assert str(answer.status_code) in described | {"404", "405"}, (method, path, query, body, answer.text)
        if answer.status_code >= 400:
            assert answer.headers["content-type"] == "application/problem+json"
    assert "Traceback" not in caplog.text
