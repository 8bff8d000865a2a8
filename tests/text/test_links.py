"""Links in running text."""

import pytest

from fishbowl.text.links import find_links


def urls(text: str) -> list[str]:
    return [link.url for link in find_links(text)]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("See example.org.", ["example.org"]),
        ("See (https://example.org/a_(b)).", ["https://example.org/a_(b)"]),
        ("https://example.org:8080/x?y=1#z, then", ["https://example.org:8080/x?y=1#z"]),
        ("HTTPS://EXAMPLE.ORG", ["HTTPS://EXAMPLE.ORG"]),
        ("http://bücher.example.de/ü", ["http://bücher.example.de/ü"]),
        ("http://xn--bcher-kva.de", ["http://xn--bcher-kva.de"]),
        ("http://例え.みんなです", ["http://例え.みんな"]),
        ("twitter.comこれexample.jp", ["twitter.com", "example.jp"]),
        ("a.http://example.org", ["http://example.org"]),
    ],
)
def test_found(text: str, found: list[str]) -> None:
    """A link is found with or without https, in any script, and ends where the sentence goes on."""
    assert urls(text) == found


@pytest.mark.parametrize(
    "text",
    [
        "end.Start", "e.g. this", "version 1.2.3", "archive.tar.bz2", "bo@example.org",
        "bo@mail.example.org", "http://localhost", "http://", "http://example.orgé", "a_b.org", "-a.org",
        "x/example.org", "..org", "$a.org", "https://" + "a" * 64 + ".org", "https://" + "a." * 130 + "org",
        "http://xn--はじめ.com",
    ],
)  # fmt: skip
def test_left_alone(text: str) -> None:
    """What only resembles a link is none: sentences, versions, files, addresses, hosts that cannot be."""
    assert urls(text) == []


def test_too_long_a_link_is_none() -> None:
    """A link of more than 4,096 characters is text, and what follows it is still read."""
    assert urls(f"https://example.org/{'a' * 4_080} https://example.org") == ["https://example.org"]
    assert urls(f"https://example.org/{'a' * 4_000}") != []
