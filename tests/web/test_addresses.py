"""Hosts and origins: exactly ours, and nothing that resembles them."""

from typing import Any

import pytest

from fishbowl.settings import Settings
from fishbowl.web.addresses import Addresses

LOCAL = Addresses(Settings(port=8000))
PUBLIC = Addresses(Settings(port=8000, public_url="https://debate.example.org"))
ANYWHERE = Addresses(Settings(host="0.0.0.0", port=8000, insecure_http=True))


@pytest.mark.parametrize(
    ("addresses", "host", "ours"),
    [
        (LOCAL, "127.0.0.1:8000", True),
        (LOCAL, "localhost:8000", True),
        (LOCAL, "LOCALHOST:8000", True),
        (LOCAL, "localhost", False),
        (LOCAL, "127.0.0.1:8001", False),
        (LOCAL, "127.0.0.2:8000", False),
        (LOCAL, "localhost:8000.evil.example", False),
        (LOCAL, "evil.example", False),
        (LOCAL, "", False),
        (LOCAL, None, False),
        (PUBLIC, "debate.example.org", True),
        (PUBLIC, "debate.example.org:443", False),
        (PUBLIC, "127.0.0.1:8000", True),
        (PUBLIC, "www.debate.example.org", False),
        (PUBLIC, "debate.example.org.evil.example", False),
        (ANYWHERE, "192.0.2.7:8000", True),
        (ANYWHERE, "[2001:db8::1]:8000", True),
        (ANYWHERE, "192.0.2.7", True),
        (ANYWHERE, "evil.example:8000", False),
        (ANYWHERE, "192.0.2.7.evil.example", False),
        (ANYWHERE, "192.0.2.777:8000", False),
        (ANYWHERE, "192.0.2.7:8000/x", False),
    ],
)
def test_hosts(addresses: Addresses, host: str | None, ours: bool) -> None:
    """A host is one of ours as a whole; listening everywhere takes any IP address, and no name."""
    assert addresses.knows(host) is ours


NOTHING: dict[str, str] = {}
OURS = {"origin": "http://127.0.0.1:8000"}
TOO = {"origin": "http://localhost:8000"}
FOREIGN = {"origin": "https://evil.example"}
NULL = {"origin": "null"}


@pytest.mark.parametrize("method", ["POST", "PATCH", "DELETE", "WEBSOCKET"])
@pytest.mark.parametrize(
    ("headers", "without_cookie", "with_cookie"),
    [
        (NOTHING, True, False),
        (OURS, True, True),
        (TOO, True, True),
        (FOREIGN, False, False),
        (NULL, False, False),
        ({"origin": ""}, False, False),
        ({"origin": "http://127.0.0.1:8001"}, False, False),
        ({"origin": "https://127.0.0.1:8000"}, False, False),
        ({"origin": "http://127.0.0.1"}, False, False),
        ({"origin": "http://127.0.0.1:8000/"}, False, False),
        ({"origin": "http://127.0.0.1:8000.evil.example"}, False, False),
        ({"origin": "http://evil.example/http://127.0.0.1:8000"}, False, False),
        ({"sec-fetch-site": "same-origin"}, True, False),
        ({"sec-fetch-site": "none"}, True, False),
        ({"sec-fetch-site": "cross-site"}, False, False),
        ({"sec-fetch-site": "same-site"}, False, False),
        (OURS | {"sec-fetch-site": "same-origin"}, True, True),
        (OURS | {"sec-fetch-site": "cross-site"}, False, False),
        (FOREIGN | {"sec-fetch-site": "same-origin"}, False, False),
    ],
)
def test_what_may_change_something(
    method: str, headers: dict[str, str], without_cookie: bool, with_cookie: bool
) -> None:
    """An unsafe request or an upgrade comes from our own pages, or from a program without a cookie."""
    assert LOCAL.takes(method, headers, rests_on_cookie=False) is without_cookie
    assert LOCAL.takes(method, headers, rests_on_cookie=True) is with_cookie


@pytest.mark.parametrize("method", ["GET", "HEAD", "OPTIONS"])
@pytest.mark.parametrize("rests_on_cookie", [False, True])
@pytest.mark.parametrize(
    ("headers", "taken"),
    [
        (NOTHING, True),
        (OURS, True),
        (FOREIGN, False),
        (NULL, False),
        ({"sec-fetch-site": "cross-site"}, True),
    ],
)
def test_what_only_reads(method: str, rests_on_cookie: bool, headers: dict[str, str], taken: bool) -> None:
    """A link from anywhere leads to a page, with its reader's cookie; a foreign origin is refused always."""
    assert LOCAL.takes(method, headers, rests_on_cookie=rests_on_cookie) is taken


def test_behind_a_proxy() -> None:
    """The public URL is taken, and the service's own address beside it; plain http of the name is not."""
    for origin, taken in [
        ("https://debate.example.org", True),
        ("http://127.0.0.1:8000", True),
        ("http://debate.example.org", False),
        ("https://debate.example.org:8443", False),
    ]:
        assert PUBLIC.takes("POST", {"origin": origin}, rests_on_cookie=True) is taken


def test_anywhere() -> None:
    """Listening everywhere, the origin must be the very host that was asked."""

    def taken(**headers: str) -> bool:
        return ANYWHERE.takes("POST", headers, rests_on_cookie=True)

    assert taken(host="192.0.2.7:8000", origin="http://192.0.2.7:8000")
    assert not taken(host="192.0.2.7:8000", origin="http://192.0.2.8:8000")
    assert not taken(host="evil.example:8000", origin="http://evil.example:8000")


@pytest.mark.parametrize(
    ("settings", "base", "https"),
    [
        ({}, "http://127.0.0.1:8000", False),
        ({"host": "localhost", "port": 81}, "http://localhost:81", False),
        ({"host": "::1"}, "http://[::1]:8000", False),
        ({"host": "0.0.0.0", "insecure_http": True}, "http://127.0.0.1:8000", False),
        ({"public_url": "https://debate.example.org"}, "https://debate.example.org", True),
    ],
)
def test_links_are_made_with_the_public_address(settings: dict[str, Any], base: str, https: bool) -> None:
    """Links are made with the public URL, else with the address served; https is told by it."""
    addresses = Addresses(Settings(**settings))
    assert (addresses.base, addresses.is_https) == (base, https)
    assert addresses.base_for("evil.example") == base


def test_links_for_who_came_by_an_address() -> None:
    """Listening everywhere without a public URL, links are made with the address somebody came by."""
    assert ANYWHERE.base_for("192.0.2.7:8000") == "http://192.0.2.7:8000"
