"""What every request passes, and what every answer carries."""

from typing import Any

import pytest

from tests.web.conftest import ADMIN, DEFINITION, ORIGIN, House


@pytest.mark.parametrize("headers", [{"Host": "evil.example"}, {"Host": ""}, {"Host": "127.0.0.1:9"}])
async def test_other_hosts(house: House, headers: dict[str, str]) -> None:
    """A request by a name that is not ours gets nothing, whatever it shows."""
    answer = await (await house.client(ADMIN)).get("/", headers=headers)
    assert (answer.status_code, "Fishbowl debates" in answer.text) == (400, False)


@pytest.mark.parametrize("origin", ["https://evil.example", "null"])
async def test_foreign_origins(house: House, origin: str) -> None:
    """A foreign origin is a 403 with any credentials and none, and nothing is done."""
    for token in (ADMIN, None):
        client = await house.client(token)
        answer = await client.post("/api/v1/debates", json=DEFINITION, headers={"Origin": origin})
        assert (answer.status_code, answer.json()["code"]) == (403, "origin.foreign")
    assert house.site.debates.all() == []


async def test_a_cookie_needs_an_origin(house: House) -> None:
    """What rests on a cookie says where it comes from; a bearer's secret speaks for itself."""
    browser = await house.browser(ADMIN)
    del browser.headers["Origin"]
    del browser.headers["Sec-Fetch-Site"]
    assert (await browser.post("/api/v1/debates", json=DEFINITION)).status_code == 403
    assert house.site.debates.all() == []
    with_both = {"Authorization": f"Bearer {ADMIN}"}
    assert (await browser.post("/api/v1/debates", json=DEFINITION, headers=with_both)).status_code == 201
    assert (await browser.get("/debates/new")).status_code == 200, "reading needs no origin"


async def upgrade(house: House, path: str, **headers: str) -> list[dict[str, Any]]:
    """What an upgrade to a WebSocket is answered, before any frame."""
    answers: list[dict[str, Any]] = []
    given = {"host": "127.0.0.1:8000", **headers}
    scope = {
        "type": "websocket",
        "path": path,
        "raw_path": path.encode(),
        "root_path": "",
        "scheme": "ws",
        "query_string": b"",
        "headers": [(name.encode(), value.encode()) for name, value in given.items()],
        "client": ("192.0.2.7", 4),
        "server": ("127.0.0.1", 8000),
        "subprotocols": [],
        "extensions": {},
    }
    messages = iter([{"type": "websocket.connect"}])

    async def receive() -> dict[str, Any]:
        return next(messages, {"type": "websocket.disconnect", "code": 1001})

    async def send(message: Any) -> None:
        answers.append(message)

    await house.app(scope, receive, send)
    return answers


@pytest.mark.parametrize("slug", ["high-street", "never-was"])
async def test_upgrades(house: House, slug: str) -> None:
    """The upgrade is accepted for every well-formed slug, and closed before it for a foreign page."""
    await house.debate()
    path = f"/api/v1/debates/{slug}/live"
    cookie = {"cookie": "fishbowl=something"}
    for headers in ({}, {"origin": ORIGIN}, {"origin": ORIGIN} | cookie, {"cookie": "theirs=1"}):
        assert (await upgrade(house, path, **headers))[0]["type"] == "websocket.accept", headers
    for headers in (
        {"origin": "https://evil.example"},
        {"origin": "null"},
        {"origin": "https://evil.example"} | cookie,
        cookie,
        {"host": "evil.example"},
    ):
        assert [each["type"] for each in await upgrade(house, path, **headers)] == ["websocket.close"], (
            headers
        )


@pytest.mark.parametrize("slug", ["x", "Ünfit", "a" * 61, "a.b", "A-B"])
async def test_upgrades_for_no_slug(house: House, slug: str) -> None:
    """What cannot be a slug is not accepted."""
    answers = await upgrade(house, f"/api/v1/debates/{slug}/live", origin=ORIGIN)
    assert [each["type"] for each in answers] == ["websocket.close"]


@pytest.mark.parametrize(
    ("method", "path", "status"),
    [
        ("GET", "/", 200),
        ("GET", "/healthz", 200),
        ("GET", "/debates/never-was", 404),
        ("GET", "/api/v1/debates/never-was", 404),
        ("GET", "/static/x/none.css", 404),
        ("POST", "/debates/new", 401),
        ("PUT", "/api/v1/debates", 405),
        ("GET", "/%00", 404),
        ("GET", "/debates/..%2f..%2fetc", 404),
    ],
)
async def test_every_answer_keeps_to_itself(house: House, method: str, path: str, status: int) -> None:
    """Every answer, an error's too, carries the headers that keep a page to itself and out of caches."""
    answer = await (await house.client()).request(method, path)
    assert answer.status_code == status
    policy = answer.headers["content-security-policy"]
    assert policy.startswith("default-src 'none'; script-src 'self'; ")
    assert "unsafe" not in policy
    parts = policy.split("; ")
    for part in ("base-uri 'none'", "frame-ancestors 'none'", "form-action 'self'", "trusted-types 'none'"):
        assert part in parts
    assert "require-trusted-types-for 'script'" in parts
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert answer.headers["referrer-policy"] == "same-origin"
    assert answer.headers["cache-control"] == "no-store"
    assert "server" not in answer.headers


async def test_an_unexpected_error(
    house: House, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    """An error nobody expected is logged in full and answered in one sentence, with the same headers."""

    def fails(*_: object) -> None:
        raise RuntimeError("the inner workings")

    monkeypatch.setattr(house.site.debates, "find", fails)
    client = await house.client("some-secret")
    page = await client.get("/debates/high-street")
    document = await client.get("/api/v1/debates/high-street")
    for answer in (page, document):
        assert answer.status_code == 500
        assert "inner workings" not in answer.text
        assert "default-src 'none'" in answer.headers["content-security-policy"]
    assert document.json()["code"] == "service.failed"
    assert "inner workings" in caplog.text
    assert "some-secret" not in caplog.text


async def test_static_files(house: House) -> None:
    """A page's files may be kept for ever under their address; under a past one they are asked for anew."""
    client = await house.client()
    page = (await client.get("/")).text
    address = page.split('rel="stylesheet" href="')[1].split('"')[0]
    now = await client.get(address)
    assert (now.status_code, now.headers["content-type"]) == (200, "text/css; charset=utf-8")
    assert now.headers["cache-control"] == "public, max-age=31536000, immutable"
    version = address.split("/")[2]
    past = await client.get(address.replace(version, "000000000000"))
    assert (past.status_code, past.headers["cache-control"]) == (200, "no-cache")
    assert past.content == now.content
    for path in ("../../fishbowl/cli.py", "..%2f..%2fpyproject.toml", "css", "", "%00"):
        assert (await client.get(f"/static/{version}/{path}")).status_code == 404, path


async def test_static_files_are_compressed(house: House) -> None:
    """A static file is compressed for whoever asks, byte for byte the same; a part of it is sent as it is."""
    client = await house.client()
    address = (await client.get("/")).text.split('rel="stylesheet" href="')[1].split('"')[0]
    plain = await client.get(address, headers={"Accept-Encoding": "identity"})
    for packed in [await client.get(address, headers={"Accept-Encoding": "gzip"}) for _ in range(2)]:
        assert packed.headers["content-encoding"] == "gzip"
        assert int(packed.headers["content-length"]) < len(plain.content)
        assert packed.content == plain.content
        assert packed.headers["content-type"] == plain.headers["content-type"]
        assert plain.headers["vary"] == packed.headers["vary"] == "Accept-Encoding"
    part = await client.get(address, headers={"Accept-Encoding": "gzip", "Range": "bytes=0-9"})
    assert (part.status_code, part.content) == (206, plain.content[:10])


async def test_pages_are_compressed(house: House) -> None:
    """A page is compressed for whoever asks, and tells caches that it varies."""
    client = await house.client()
    plain = await client.get("/", headers={"Accept-Encoding": "identity"})
    packed = await client.get("/", headers={"Accept-Encoding": "gzip"})
    assert packed.headers["content-encoding"] == "gzip"
    assert "content-encoding" not in plain.headers
    assert packed.text == plain.text
    assert "Accept-Encoding" in packed.headers["vary"]
