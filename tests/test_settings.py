"""Settings: what is taken from where, and what is refused by name."""

from dataclasses import FrozenInstanceError, fields
from pathlib import Path

import pytest

from fishbowl.settings import SETTINGS, Settings, SettingsError, is_loopback

SECRET = "s" * 32


def refusal(options: dict[str, object] | None = None, environ: dict[str, str] | None = None) -> str:
    """What the operator is told."""
    with pytest.raises(SettingsError) as refused:
        Settings.load(options or {}, environ or {})
    return str(refused.value)


def test_defaults_work_on_a_laptop() -> None:
    """With nothing given the service listens on this machine alone and keeps its data in ./data."""
    settings = Settings.load({}, {})
    assert settings == Settings()
    assert (settings.host, settings.port, settings.data) == ("127.0.0.1", 8000, Path("data"))
    assert (settings.database, settings.public_url, settings.insecure_http) == ("sqlite", None, False)
    assert settings.admin_token is None
    assert not settings.is_exposed


def test_the_contracts_limits() -> None:
    """The limits have the defaults of the public contract."""
    settings = Settings()
    assert (settings.per_address, settings.joins_per_address, settings.per_person) == (2000, 600, 10)
    assert settings.connections >= 10_000


@pytest.mark.parametrize(
    ("variable", "written", "name", "value"),
    [
        ("FISHBOWL_HOST", "::1", "host", "::1"),
        ("FISHBOWL_HOST", "[::1]", "host", "::1"),
        ("FISHBOWL_HOST", "localhost", "host", "localhost"),
        ("FISHBOWL_PORT", "0", "port", 0),
        ("FISHBOWL_PORT", "65535", "port", 65535),
        ("FISHBOWL_DATA", "/srv/fishbowl", "data", Path("/srv/fishbowl")),
        ("FISHBOWL_DATABASE", "sqlite", "database", "sqlite"),
        ("FISHBOWL_DATABASE", "postgresql://db/fishbowl", "database", "postgresql://db/fishbowl"),
        ("FISHBOWL_PUBLIC_URL", "https://debate.example.org", "public_url", "https://debate.example.org"),
        (
            "FISHBOWL_PUBLIC_URL",
            "HTTPS://Debate.Example.ORG:443/",
            "public_url",
            "https://debate.example.org",
        ),
        ("FISHBOWL_PUBLIC_URL", "https://[2001:db8::1]:8443", "public_url", "https://[2001:db8::1]:8443"),
        ("FISHBOWL_PUBLIC_URL", "http://localhost:8000", "public_url", "http://localhost:8000"),
        ("FISHBOWL_INSECURE_HTTP", "1", "insecure_http", True),
        ("FISHBOWL_INSECURE_HTTP", "Off", "insecure_http", False),
        ("FISHBOWL_ADMIN_TOKEN", SECRET, "admin_token", SECRET),
        ("FISHBOWL_CONNECTIONS", "0", "connections", 0),
        ("FISHBOWL_PER_ADDRESS", "5", "per_address", 5),
        ("FISHBOWL_JOINS_PER_ADDRESS", "50", "joins_per_address", 50),
        ("FISHBOWL_PER_PERSON", "1", "per_person", 1),
        ("FISHBOWL_ORGANISATION", " Town Council ", "organisation", "Town Council"),
        ("FISHBOWL_CONTACT", "debates@example.org", "contact", "debates@example.org"),
        ("FISHBOWL_LOGO", "/srv/logo.svg", "logo", Path("/srv/logo.svg")),
        ("FISHBOWL_ACCENT", "#0A5F6B", "accent", "#0a5f6b"),
        (
            "FISHBOWL_EMBED_SITES",
            " https://News.example:443/  http://localhost:9000 https://news.example",
            "embed_sites",
            "https://news.example http://localhost:9000",
        ),
    ],
)
def test_variables(variable: str, written: str, name: str, value: object) -> None:
    """Every setting can be given as its variable, and nothing else changes with it."""
    settings = Settings.load({}, {variable: written, "HOME": "/root"})
    assert getattr(settings, name) == value
    others = [each.name for each in fields(Settings) if each.name != name]
    assert all(getattr(settings, other) == getattr(Settings(), other) for other in others)


def test_an_option_wins() -> None:
    """An option wins over its variable; one that was not given (None) leaves the variable standing."""
    settings = Settings.load(
        {"port": 9000, "data": Path("/a"), "host": None}, {"FISHBOWL_PORT": "1", "FISHBOWL_HOST": "::1"}
    )
    assert (settings.port, settings.data, settings.host) == (9000, Path("/a"), "::1")


def test_options_come_as_text_or_as_values() -> None:
    """The command line may hand over what it read or what was written."""
    assert Settings.load({"port": "81", "insecure_http": True}, {}) == Settings.load(
        {"port": 81, "insecure_http": "true"}, {}
    )


@pytest.mark.parametrize(
    ("variable", "written", "expected"),
    [
        ("FISHBOWL_HOST", "not a host", "an IP address or host name"),
        ("FISHBOWL_HOST", "127.0.0.1:8000", "an IP address or host name"),
        ("FISHBOWL_HOST", "1.2.3.400", "an IP address or host name"),
        ("FISHBOWL_PORT", "http", "a whole number from 0 to 65535"),
        ("FISHBOWL_PORT", "65536", "a whole number from 0 to 65535"),
        ("FISHBOWL_PORT", "-1", "a whole number from 0 to 65535"),
        ("FISHBOWL_PORT", "٨٠", "a whole number from 0 to 65535"),
        ("FISHBOWL_DATABASE", "mysql://db/fishbowl", "sqlite, or postgresql:// with user, host and name"),
        ("FISHBOWL_DATABASE", "mysql", "sqlite, or postgresql:// with user, host and name"),
        ("FISHBOWL_PUBLIC_URL", "debate.example.org", "and no path"),
        ("FISHBOWL_PUBLIC_URL", "https://example.org/debates", "and no path"),
        ("FISHBOWL_PUBLIC_URL", "https://example.org?x", "and no path"),
        ("FISHBOWL_PUBLIC_URL", "https://example.org\n", "and no path"),
        ("FISHBOWL_PUBLIC_URL", "ftp://example.org", "and no path"),
        ("FISHBOWL_PUBLIC_URL", "https://example.org:0", "and no path"),
        ("FISHBOWL_PUBLIC_URL", "https://example.org:70000", "and no path"),
        ("FISHBOWL_PUBLIC_URL", "https://2001:db8::1", "and no path"),
        ("FISHBOWL_PUBLIC_URL", "https://[example.org]", "and no path"),
        ("FISHBOWL_PUBLIC_URL", "https://bürgerrat.example", "written as xn--"),
        ("FISHBOWL_INSECURE_HTTP", "maybe", "1, true, yes or on"),
        ("FISHBOWL_CONNECTIONS", "1e4", "a whole number from 0 to 1000000"),
        ("FISHBOWL_PER_ADDRESS", "9999999", "a whole number from 0 to 1000000"),
        ("FISHBOWL_JOINS_PER_ADDRESS", "600/10min", "a whole number from 0 to 1000000"),
        ("FISHBOWL_PER_PERSON", "10.0", "a whole number from 0 to 1000000"),
        ("FISHBOWL_ORGANISATION", "Town\nCouncil", "one line of text"),
        ("FISHBOWL_CONTACT", "x" * 201, "200 characters at most"),
        ("FISHBOWL_ACCENT", "teal", "a colour written as #rrggbb"),
        ("FISHBOWL_EMBED_SITES", "news.example", "and no path"),
        ("FISHBOWL_EMBED_SITES", "https://*.example", "and no path"),
        ("FISHBOWL_EMBED_SITES", "https://news.example/page", "and no path"),
        ("FISHBOWL_EMBED_SITES", "https://news.example; script-src *", "and no path"),
    ],
)
def test_malformed(variable: str, written: str, expected: str) -> None:
    """What does not fit is refused: which variable, what was given, what is expected."""
    told = refusal(environ={variable: written})
    assert told.startswith(f"{variable} is {written!r}; expected ")
    assert expected in told


def test_an_option_is_refused_by_its_own_name() -> None:
    """Who gave an option is told of the option, not of a variable they never set."""
    told = refusal({"public_url": "example.org"}, {"FISHBOWL_PUBLIC_URL": "https://example.org"})
    assert told.startswith("--public-url is 'example.org'; expected ")
    assert "FISHBOWL_" not in told


@pytest.mark.parametrize("variable", [each.variable for each in SETTINGS])
@pytest.mark.parametrize("nothing", ["", "  "])
def test_empty(variable: str, nothing: str) -> None:
    """A variable that is set to nothing is refused, lest a forgotten value pass for the default."""
    assert refusal(environ={variable: nothing}).startswith(f"{variable} is empty; expected ")


def test_unknown_variables() -> None:
    """A variable nobody knows is refused by name, with the one probably meant, and without its value."""
    told = refusal(environ={"FISHBOWL_PER_ADRESS": "0"})
    assert told == "FISHBOWL_PER_ADRESS is no setting of this version; did you mean FISHBOWL_PER_ADDRESS?"
    told = refusal(environ={"FISHBOWL_ZZZZ_QQQQ_XXXX_KKKK": SECRET})
    assert "FISHBOWL_ZZZZ_QQQQ_XXXX_KKKK" in told
    assert "FISHBOWL_PORT" in told
    assert SECRET not in told


def test_unknown_options() -> None:
    """An option nobody knows is refused as well, also one that was not given a value."""
    assert refusal({"prot": None}) == "prot is no setting of this version; did you mean port?"


def test_other_peoples_variables() -> None:
    """Variables that only resemble ours are nobody's business here."""
    assert Settings.load({}, {"FISHBOWLS": "1", "fishbowl_port": "x", "PORT": "y"}) == Settings()


@pytest.mark.parametrize(
    ("written", "told"),
    [
        ("s" * 31, "FISHBOWL_ADMIN_TOKEN is 31 characters long (not shown); expected 32 characters or more"),
        ("kitten" * 6 + " ", "expected printable ASCII characters without blanks"),
        ("kitten" * 6 + "é", "expected printable ASCII characters without blanks"),
    ],
)
def test_the_administrators_secret(written: str, told: str) -> None:
    """The administrator's secret has 32 characters or more, and is not repeated when it is refused."""
    refused = refusal(environ={"FISHBOWL_ADMIN_TOKEN": written})
    assert told in refused
    assert written not in refused
    assert "kitten" not in refused


def test_secrets_are_not_shown() -> None:
    """Printing the settings prints no secret, and a refused URL keeps its password to itself."""
    assert SECRET not in repr(Settings(admin_token=SECRET))
    assert "hunter2" not in repr(Settings(database="postgresql://ann:hunter2@db/fishbowl"))
    for variable in ("FISHBOWL_DATABASE", "FISHBOWL_PUBLIC_URL"):
        told = refusal(environ={variable: "mysql://ann:hunter2@db/fishbowl"})
        assert "hunter2" not in told
        assert "mysql://...@db/fishbowl" in told


def test_the_secret_has_no_option() -> None:
    """The administrator's secret is no option: every process on the machine could read it there."""
    options = {each.name: each.option for each in SETTINGS}
    assert options["admin_token"] is None
    assert options["public_url"] == "--public-url"


@pytest.mark.parametrize(
    "options",
    [
        {"host": "0.0.0.0"},
        {"host": "::"},
        {"host": "192.0.2.7"},
        {"host": "debate.example.org"},
        {"host": "0.0.0.0", "public_url": "http://localhost"},
        {"public_url": "http://debate.example.org"},
        {"public_url": "http://[2001:db8::1]"},
    ],
)
def test_plain_http_beyond_this_machine(options: dict[str, object]) -> None:
    """Plain http beyond loopback is refused, saying what it means, unless it is asked for by name."""
    told = refusal(options)
    assert "--insecure-http" in told
    assert "read and change" in told
    assert Settings.load({**options, "insecure_http": True}, {}).is_exposed


@pytest.mark.parametrize(
    "options",
    [
        {"host": "127.0.0.2"},
        {"host": "::1", "public_url": "http://localhost:8000"},
        {"public_url": "http://[::1]:8000"},
        {"host": "0.0.0.0", "public_url": "https://debate.example.org"},
        {"public_url": "https://debate.example.org"},
    ],
)
def test_what_needs_no_leave(options: dict[str, object]) -> None:
    """Loopback and https need no leave."""
    settings = Settings.load(options, {})
    assert not settings.is_exposed
    assert settings.is_https == str(options.get("public_url")).startswith("https:")


def test_settings_cannot_be_talked_round() -> None:
    """Settings made in code are held to the same rule, and do not change once made."""
    with pytest.raises(SettingsError, match="--insecure-http"):
        Settings(host="0.0.0.0")
    with pytest.raises(FrozenInstanceError):
        Settings().port = 1  # type: ignore[misc]


@pytest.mark.parametrize(
    ("host", "is_ours"),
    [
        ("127.0.0.1", True),
        ("127.1.2.3", True),
        ("::1", True),
        ("LOCALHOST", True),
        ("0.0.0.0", False),
        ("::", False),
        ("localhost.example.org", False),
        ("128.0.0.1", False),
    ],
)
def test_loopback(host: str, is_ours: bool) -> None:
    """Loopback is what no other machine can reach; listening everywhere is not."""
    assert is_loopback(host) is is_ours
