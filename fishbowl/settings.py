"""What the operator may set, and what each setting means.

Knows neither the command line nor the process's environment: both are handed in as mappings. Opens nothing
and makes no directory.

Guarantees that the service starts with exactly what was asked for, or not at all. An option wins over its
`FISHBOWL_*` variable; a variable nobody knows and a value that does not fit are refused by name, because a
limit that was misspelt would otherwise be no limit. The fields of `Settings` are the one table: options,
variables and the table of docs/operating.md follow it.
"""

import ipaddress
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, fields
from difflib import get_close_matches
from math import floor
from pathlib import Path
from types import MappingProxyType
from typing import Any, Final, Self

from fishbowl.colour import AA, BLACK, as_written, contrast, mixed, read_colour

PREFIX: Final = "FISHBOWL_"

PLAIN_HTTP: Final = (
    "over plain http anybody on the way (the same Wi-Fi, the provider) can read and change what people "
    "send, and can take over the personal links of the chair and the speakers"
)

_HOST_NAME = re.compile(r"(?i)(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)*[a-z](?:[a-z0-9-]{0,61}[a-z0-9])?")
_ORIGIN = re.compile(
    r"(?i)(?P<scheme>https?)://(?P<host>\[[^\]/?#]+\]|[^\[\]:/?#@]+)(?::(?P<port>[0-9]{1,5}))?/?"
)
_PALEST_GROUND: Final = (0xE5, 0xF4, 0xF8)
"""`--sunken` of static/css/tokens.css: of the light grounds that links stand on, the darkest."""
_USUAL_PORT = {"http": 80, "https": 443}


class SettingsError(Exception):
    """A setting was refused. The message names it, says what was given and what is expected."""


class Unfit(Exception):
    """A value does not fit.

    `expected` completes "expected ..."; `given` speaks of the value where quoting it would betray a secret.
    """

    def __init__(self, expected: str, given: str | None = None) -> None:
        super().__init__(expected)
        self.expected = expected
        self.given = given


@dataclass(frozen=True, slots=True)
class Setting:
    """One row of the table of settings."""

    name: str
    unit: str
    default: object
    sentence: str
    read: Callable[[str], object]
    has_option: bool

    @property
    def option(self) -> str | None:
        """`--public-url`; None where the command line is no place for it."""
        return "--" + self.name.replace("_", "-") if self.has_option else None

    @property
    def variable(self) -> str:
        """`FISHBOWL_PUBLIC_URL`."""
        return PREFIX + self.name.upper()

    def take(self, given: object, called: str) -> object:
        """The value, read from how it was written; refused under the name it was `called` by."""
        written = str(given)
        try:
            if not written.strip():
                raise Unfit(f"{self.unit}; leave it out for the default", "empty")
            return self.read(written)
        except Unfit as unfit:
            raise SettingsError(
                f"{called} is {unfit.given or repr(written)}; expected {unfit.expected}"
            ) from None


def _means(
    unit: str, sentence: str, read: Callable[[str], object], *, has_option: bool = True
) -> Mapping[str, Any]:
    return MappingProxyType({"unit": unit, "sentence": sentence, "read": read, "has_option": has_option})


def _host(written: str) -> str:
    host = written[1:-1] if written.startswith("[") and written.endswith("]") else written
    if not (_is_address(host) or _HOST_NAME.fullmatch(host)):
        raise Unfit("an IP address or host name, such as 127.0.0.1, ::1 or 0.0.0.0")
    return host


def _database(written: str) -> str:
    if written != "sqlite" and not re.match(r"postgres(?:ql)?://", written):
        raise Unfit(
            "sqlite, or postgresql:// with user, host and name of a database", _without_password(written)
        )
    return written


def _log_form(written: str) -> str:
    if written not in ("text", "json"):
        raise Unfit("text or json")
    return written


def _public_url(written: str) -> str:
    """As a browser would send it in `Origin`: lower case, no usual port, no slash at the end."""
    parts = _ORIGIN.fullmatch(written)
    expected = "https://host or https://host:port, or the same with http, and no path"
    if parts is None:
        raise Unfit(expected, _without_password(written))
    scheme, host = parts["scheme"].lower(), parts["host"].lower()
    port = int(parts["port"] or _USUAL_PORT[scheme])
    bare = host.strip("[]")
    fits = _is_address(bare) if bare != host else _is_address(host) or _HOST_NAME.fullmatch(host)
    if not fits or not 0 < port < 65536:
        raise Unfit(expected + "; a name in other letters than a-z is written as xn--...")
    return f"{scheme}://{host}" + ("" if port == _USUAL_PORT[scheme] else f":{port}")


def _line(written: str) -> str:
    if len(written) > 200 or not written.isprintable():
        raise Unfit("one line of text, 200 characters at most")
    return written.strip()


def _accent(written: str) -> str:
    colour = read_colour(written)
    if colour is None:
        raise Unfit("a colour written as #rrggbb")
    found = contrast(colour, _PALEST_GROUND)
    if found < AA:
        darker = next(
            as_written(tried)
            for percent in range(1, 101)
            if contrast(tried := mixed(colour, BLACK, percent / 100), _PALEST_GROUND) >= AA
        )
        raise Unfit(
            f"a colour that can be read on white and pale grounds, and white on it: {AA}:1 or more, where "
            f"this has {floor(found * 10) / 10}:1; {darker} would do"
        )
    return as_written(colour)


def _sites(written: str) -> str:
    """Origins as a `Content-Security-Policy` lists them: exactly these, no wildcard and no path."""
    return " ".join(dict.fromkeys(_public_url(site) for site in written.split()))


def _switch(written: str) -> bool:
    match written.lower():
        case "1" | "true" | "yes" | "on":
            return True
        case "0" | "false" | "no" | "off":
            return False
    raise Unfit("1, true, yes or on; or 0, false, no or off")


def _secret(written: str) -> str:
    # It travels in an Authorization header, where a blank or a letter beyond ASCII would be lost or changed.
    if not re.fullmatch(r"[!-~]*", written):
        raise Unfit("printable ASCII characters without blanks", "a text with other characters (not shown)")
    if len(written) < 32:
        raise Unfit("32 characters or more", f"{len(written)} characters long (not shown)")
    return written


def _whole_number(most: int) -> Callable[[str], int]:
    def read(written: str) -> int:
        if not re.fullmatch(r"[0-9]{1,9}", written) or int(written) > most:
            raise Unfit(f"a whole number from 0 to {most}")
        return int(written)

    return read


_limit = _whole_number(1_000_000)


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """What the service runs with. Whoever holds one knows that it was not refused.

    `connections` is 20,000 by default: twice the largest audience measured on one core, at 15 KB each about
    300 MB, so that a flood ends in refusals and not in the kernel ending the service.
    """

    host: str = field(
        default="127.0.0.1",
        metadata=_means("address", "Where to listen; 0.0.0.0 or :: is everywhere.", _host),
    )
    port: int = field(
        default=8000,
        metadata=_means("port", "The port to listen on; 0 takes any free one.", _whole_number(65535)),
    )
    data: Path = field(
        default=Path("data"),
        metadata=_means("directory", "Everything that is kept; made when it is missing.", Path),
    )
    database: str = field(
        default="sqlite",
        repr=False,  # a URL may hold a password
        metadata=_means(
            "sqlite or URL",
            "Where records are kept: `sqlite`, a file in the data directory, or `postgresql://...`.",
            _database,
        ),
    )
    public_url: str | None = field(
        default=None,
        metadata=_means(
            "URL",
            "The address people use, when a proxy stands in front; links are made with it.",
            _public_url,
        ),
    )
    insecure_http: bool = field(
        default=False,
        metadata=_means(
            "switch", "Allow plain http beyond this machine; see below what that means.", _switch
        ),
    )
    admin_token: str | None = field(
        default=None,
        repr=False,
        metadata=_means(
            "32 characters or more",
            "The administrator's secret, for programs; never an option, which every process could read.",
            _secret,
            has_option=False,
        ),
    )
    connections: int = field(
        default=20_000,
        metadata=_means("connections", "Live connections in all; 0 lifts the limit.", _limit),
    )
    per_debate: int = field(
        default=15_000,
        metadata=_means("connections", "Live connections to one debate; 0 lifts the limit.", _limit),
    )
    per_address: int = field(
        default=2000,
        metadata=_means("connections", "Live connections from one address; 0 lifts the limit.", _limit),
    )
    joins_per_address: int = field(
        default=600,
        metadata=_means("joins in ten minutes", "Joins from one address; 0 lifts the limit.", _limit),
    )
    per_person: int = field(
        default=10,
        metadata=_means("connections", "Live connections of one person; 0 lifts the limit.", _limit),
    )

    retention_days: int = field(
        default=0,
        metadata=_means(
            "days",
            "How long an archived debate keeps names and texts, if it says nothing else; 0 keeps them.",
            _whole_number(36_500),
        ),
    )

    log: str = field(
        default="text",
        metadata=_means(
            "text or json",
            "How warnings and errors are written to stderr; `json`: an object a line.",
            _log_form,
        ),
    )

    embed_sites: str | None = field(
        default=None,
        metadata=_means(
            "origins, with spaces between",
            "Other sites whose pages may show `/debates/{slug}/embed` in a frame.",
            _sites,
        ),
    )

    organisation: str | None = field(
        default=None,
        metadata=_means("text", "Who runs the service, for the foot of the pages.", _line),
    )
    contact: str | None = field(
        default=None,
        metadata=_means("text", "A mail address, a page's address or a sentence: where people ask.", _line),
    )
    logo: Path | None = field(
        default=None,
        metadata=_means("file", "A picture in place of our mark: svg, png, webp or jpg.", Path),
    )
    accent: str | None = field(
        default=None,
        metadata=_means(
            "colour", "The colour of links and buttons, as #rrggbb; dark enough to be read.", _accent
        ),
    )

    def __post_init__(self) -> None:
        if self.is_exposed and not self.insecure_http:
            raise SettingsError(
                f"--host {self.host} and --public-url {self.public_url or '(not set)'} let other machines "
                f"in without https; {PLAIN_HTTP}. Put a proxy that speaks https in front, keep the service "
                "on 127.0.0.1 behind it and name its address with --public-url https://...; or, on a network "
                "where you accept this, say --insecure-http"
            )

    @classmethod
    def load(cls, options: Mapping[str, object], environ: Mapping[str, str]) -> Self:
        """The settings asked for: an option that is not None, else its variable, else the default.

        `options` are keyed by field name and may be text or already what they mean. Raises `SettingsError`
        for the first that is unknown or malformed.
        """
        _refuse_unknown(options, environ)
        chosen: dict[str, Any] = {}
        for setting in SETTINGS:
            if (given := options.get(setting.name)) is not None:
                chosen[setting.name] = setting.take(given, setting.option or setting.name)
            elif setting.variable in environ:
                chosen[setting.name] = setting.take(environ[setting.variable], setting.variable)
        return cls(**chosen)

    @property
    def is_https(self) -> bool:
        """Whether people reach the service by https."""
        return self.public_url is not None and self.public_url.startswith("https://")

    @property
    def is_exposed(self) -> bool:
        """Whether people on other machines reach the service by plain http."""
        if self.is_https:
            return False
        parts = _ORIGIN.fullmatch(self.public_url or "")
        return not is_loopback(self.host) or (
            parts is not None and not is_loopback(parts["host"].strip("[]"))
        )


SETTINGS: Final = tuple(
    Setting(name=each.name, default=each.default, **each.metadata) for each in fields(Settings)
)


def is_loopback(host: str) -> bool:
    """Whether the host is this machine and no other can reach it."""
    return ipaddress.ip_address(host).is_loopback if _is_address(host) else host.lower() == "localhost"


def _is_address(host: str) -> bool:
    try:
        ipaddress.ip_address(host)
    except ValueError:
        return False
    return True


def _without_password(url: str) -> str:
    """The URL as it may be shown: a password in it stays out of logs."""
    return repr(re.sub(r"//[^/@]*@", "//...@", url))


def _refuse_unknown(options: Mapping[str, object], environ: Mapping[str, str]) -> None:
    _refuse_first({name for name in environ if name.startswith(PREFIX)}, [each.variable for each in SETTINGS])
    _refuse_first(set(options), [each.name for each in SETTINGS])


def _refuse_first(given: set[str], known: list[str]) -> None:
    for name in sorted(given.difference(known)):
        near = get_close_matches(name, known, n=1)
        advice = f"did you mean {near[0]}?" if near else f"known are {', '.join(known)}"
        raise SettingsError(f"{name} is no setting of this version; {advice}")
