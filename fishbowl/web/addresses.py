"""Under which addresses the service is reached, and from which origins it takes requests.

Knows no person, no cookie's value and no route. Authorises nothing: it only turns away what comes by a name
that is not ours (a host somebody else's DNS points here) or from another site's page.

Guarantees an exact list: a host and an origin are compared as a whole, never by a part. One exception has a
reason: who listens everywhere over plain http without a public URL cannot list their addresses, so there any
IP address passes as host, and the origin must be that same host; a name never does, so no foreign name can be
pointed here.
"""

from __future__ import annotations

import ipaddress
import re
from collections.abc import Mapping
from typing import Final

from fishbowl.settings import Settings

__all__ = ["Addresses"]

_EVERYWHERE: Final = frozenset({"0.0.0.0", "::"})  # noqa: S104 - compared with, not listened on
_ADDRESS: Final = re.compile(r"(\[[0-9A-Fa-f:.]+\]|[0-9.]+)(?::[0-9]{1,5})?")
_SAFE: Final = frozenset({"GET", "HEAD", "OPTIONS"})


class Addresses:
    """The addresses of a service whose settings name the port it really listens on."""

    def __init__(self, settings: Settings) -> None:
        host = f"[{settings.host}]" if ":" in settings.host else settings.host
        self._is_anywhere = settings.host in _EVERYWHERE and settings.public_url is None
        names = {"127.0.0.1", "localhost"} | (set() if settings.host in _EVERYWHERE else {host.lower()})
        served = {f"http://{name}:{settings.port}" for name in names}
        if settings.port == 80:
            served |= {f"http://{name}" for name in names}
        self.local = f"http://{'127.0.0.1' if settings.host in _EVERYWHERE else host}:{settings.port}"
        """The address a program on this machine uses."""
        self.base = settings.public_url or self.local
        """The address people use, without a slash at the end; links are made with it."""
        self.is_https = self.base.startswith("https://")
        self.origins: Final = frozenset(served | {self.base})
        self._hosts = frozenset(origin.partition("://")[2] for origin in self.origins)

    def knows(self, host: str | None) -> bool:
        """Whether the request's `Host` is one of ours."""
        if host is None:
            return False
        return host.lower() in self._hosts or (self._is_anywhere and _is_bare_address(host))

    def base_for(self, host: str | None) -> str:
        """The address to make links with, for whoever reached us by this `Host`."""
        return f"http://{host}" if self._is_anywhere and host and _is_bare_address(host) else self.base

    def takes(self, method: str, headers: Mapping[str, str], *, rests_on_cookie: bool) -> bool:
        """Whether a request may come from where it comes from.

        A foreign origin, `null` too, never may. No origin at all is what programs send, and what a page is
        loaded with; it will not do for something that changes anything on the strength of a cookie, nor where
        the browser says that another site made the request. A WebSocket's upgrade is asked with method
        `"WEBSOCKET"`.
        """
        origin = headers.get("origin")
        if origin is not None:
            return self._is_ours(origin, headers.get("host")) and (
                method in _SAFE or headers.get("sec-fetch-site") not in ("cross-site", "same-site")
            )
        if method in _SAFE:
            return True
        return not rests_on_cookie and headers.get("sec-fetch-site") in (None, "none", "same-origin")

    def _is_ours(self, origin: str, host: str | None) -> bool:
        if origin in self.origins:
            return True
        return (
            self._is_anywhere and host is not None and _is_bare_address(host) and origin == f"http://{host}"
        )


def _is_bare_address(host: str) -> bool:
    """Whether a `Host` is an IP address, with or without a port."""
    parts = _ADDRESS.fullmatch(host)
    try:
        return parts is not None and bool(ipaddress.ip_address(parts[1].strip("[]")))
    except ValueError:
        return False
